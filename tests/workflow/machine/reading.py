"""Somebody looks at all they may see at a desk that is played, or keeps a copy."""

from __future__ import annotations

from functools import partial

from annotations import workflow
from annotations.models import Source

from .asking import Asking
from .moves import AT, WHO, has, move
from .promises import REASONS, SEEN, everything, visible


class Reading(Asking):
    """What a person reads is remembered, to be held against the sightings."""

    @move(writes="", weight=4, ripe=has("Claim", status="deciding"), who=WHO)
    def person_reads(self, who: int) -> None:
        """Somebody looks at all they may see; whose work of others that is, is remembered."""
        me = self.someone(who)
        seen = {model.__name__: {row.pk for row in model.objects.visible_to(me)} for model in SEEN}
        assert seen == visible(me), "pages get other rows than the rules were asked of"
        self.now = everything()
        public = {row["verdict_id"] for row in self.now["Edition"].values()}
        authors = {key: self.author(key) for key in seen["Annotation"]}
        checks = {key: self.now["Annotation"][key]["assignment_id"] for key in seen["Annotation"]}
        claims = [
            self.now["Assignment"][checks[key]]["claim_id"]
            for key, author in authors.items()
            if author != me.pk
        ]
        for key in seen["Verdict"] - public:
            verdict = self.now["Verdict"][key]
            if me.pk not in (verdict["decided_by_id"], self.author(verdict["adopted_id"])):
                claims.append(verdict["claim_id"])
        for key in seen["Comment"]:
            comment = self.now["Comment"][key]
            if comment["author_id"] != me.pk:
                claims.append(comment["claim_id"])
        for key in seen["SourceNote"]:
            annotation = self.now["SourceNote"][key]["annotation_id"]
            if self.author(annotation) != me.pk:
                check = self.now["Annotation"][annotation]["assignment_id"]
                claims.append(self.now["Assignment"][check]["claim_id"])
        for key in seen["Transition"]:
            line = self.now["Transition"][key]
            is_told = line["move"] in REASONS and line["reason"].strip()
            if is_told and line["claim_id"] and line["actor_id"] not in (None, me.pk):
                claims.append(line["claim_id"])
        self.has_read |= {(me.pk, claim) for claim in claims}
        self.tally.accepted["(reads)"] += 1
        self._ask_sightings()

    @move(writes="", when=has("Source"), who=WHO, at=AT)
    def keep_copy(self, who: int, at: int) -> None:
        if source := self.pick(Source, at):
            me = self.someone(who)
            data = b"A page, as it was."
            self.attempt(
                "keep_copy",
                partial(workflow.keep_copy, source, data, person=me),
                None,
                may_rest=True,
            )
