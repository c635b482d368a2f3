"""The next move that a claim waits for: chance alone brings few desks to publish."""

from __future__ import annotations

from functools import partial

from annotations import workflow
from annotations.models import Assignment, Claim, Mark, Orphan
from annotations.vocabulary import SetAside

from .checks import CheckMoves
from .moves import AT, RATING, WHO, move
from .promises import OWING
from .readers import ReaderMoves
from .verdicts import VerdictMoves


class GoingOn(CheckMoves, VerdictMoves, ReaderMoves):
    """Each claim has a next move, and the first who may makes it."""

    @move(writes="", weight=130, claim=AT, who=WHO, slug=RATING)
    def go_on(self, claim: int, who: int, slug: str) -> None:
        """The next move that the claim waits for, by the first who may: so that desks get far."""
        row = self.waiting(claim)
        if row.status == "checking":
            owed = self.rows("Assignment", claim_id=row.pk, task="check")
            owed = [check for check in owed if check["status"] in OWING]
            if check := self.pick(Assignment, who, owed):
                if self.annotation_of(check.pk).get("rating_id"):
                    self.hand_in(check, check.person)
                else:
                    self.write_answer(check, check.person, slug)
            return
        for n in self.by_rank(who)[:3]:
            if self._go_on(row, n, who, slug):
                return

    def _go_on(self, row: Claim, n: int, first: int, slug: str) -> bool:
        """The move of a claim that nobody is checking, tried by one person."""
        me = self.people[n]
        status = row.status
        if status == "spotted":
            return self._go_on_to_checking(row, n, first)
        if status == "deciding":
            return self.settle(row, n, slug, None)
        if status == "decided":
            return self.attempt("approve", partial(workflow.approve, row, actor=me))
        if status == "approved":
            return self._go_on_to_readers(row, n)
        if status in ("published", "retracted"):
            act = partial(workflow.reopen, row, actor=me, reason="A letter came.")
            return self.attempt("reopen", act)
        act = partial(workflow.bring_back, row, actor=me, reason="It is one.")
        return self.attempt("bring_back", act)

    def _go_on_to_checking(self, row: Claim, n: int, first: int) -> bool:
        place = self.article_of(row)
        if not self.rows("Mark", claim_id=row.pk):
            start, end, _exact = self.span(place, first)
            me = self.people[n]
            return self.attempt(
                "mark", partial(workflow.mark, place, start, end, actor=me, claim=row)
            )
        needed = place.desk.annotations_needed
        ranked = [self.people[k] for k in reversed(self.by_rank(first)) if k != n]
        able = {member["user_id"] for member in self.members() if member["role"] != "observer"}
        return self.open(place, [each for each in ranked if each.pk in able][:needed], n)

    def _go_on_to_readers(self, row: Claim, n: int) -> bool:
        """Publish the article, or do first what is in the way."""
        place, me = self.article_of(row), self.people[n]
        text = place.revision
        orphans = self.rows("Orphan", revision_id=text.pk, outcome="")
        waiting = self.rows("Mark", revision_id=text.pk, came_by="context", confirmed_by_id=None)
        if orphan := self.pick(Orphan, 0, orphans):
            gone = SetAside.GONE
            return bool(
                self.attempt_logged("let_go", partial(workflow.let_go, orphan, gone, actor=me))
            )
        if mark := self.pick(Mark, 0, waiting):
            return self.attempt(
                "confirm", partial(workflow.confirm, place, [str(mark.uuid)], actor=me)
            )
        loose = [
            sentence["number"]
            for sentence in self.rows("Sentence", revision_id=text.pk, kind="body")
            if sentence["triage"] in ("", "checkworthy") and not self.is_marked(sentence)
        ]
        if loose:
            return self.attempt(
                "triage", partial(workflow.triage, place, loose, "unimportant", actor=me)
            )
        return self.give_readers(place, n, noted=True)
