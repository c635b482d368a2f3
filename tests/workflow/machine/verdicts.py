"""Moves of a desk that is played: verdicts, their approval, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from hypothesis import strategies as st

from annotations import workflow
from annotations.models import Annotation, Article, Claim, Comment, Source
from annotations.vocabulary import Hold
from annotations.workflow import discussion

from .moves import AT, RATING, WHO, WHY, has, move
from .sending import Sending


class VerdictMoves(Sending):
    """Deciding, adopting, approving, sending back, comments."""

    @move(writes="decide, fulfil, expire", who=WHO, claim=AT, slug=RATING, adopts=st.none() | AT)
    def decide(self, who: int, claim: int, slug: str, adopts: int | None) -> None:
        self.settle(self.pick(Claim, claim), who, slug, adopts)

    @move(
        writes="adopt, fulfil, expire",
        ripe=has("Claim", status="deciding"),
        who=WHO,
        article=AT,
        whose=WHO,
    )
    def adopt_agreed(self, who: int, article: int, whose: int) -> None:
        place, me, key = self.pick(Article, article), self.someone(who), self.someone(whose).pk
        self.attempt(
            "adopt_agreed", partial(workflow.adopt_agreed, place, actor=me, whose=key), "adopt"
        )

    @move(writes="approve, fulfil, expire", who=WHO, claim=AT)
    def approve(self, who: int, claim: int) -> None:
        row, me = self.at("decided", claim), self.someone(who)
        self.attempt("approve", partial(workflow.approve, row, actor=me))

    @move(writes="approve", when=has("Edition"), who=WHO, article=AT)
    def approve_article(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        act = partial(workflow.approve_article, place, actor=me)
        self.attempt("approve_article", act, "approve")

    @move(
        writes="send back, assign",
        ripe=has("Claim", status="decided"),
        who=WHO,
        claim=AT,
        why=WHY,
        to=st.none() | WHO,
    )
    def send_back(self, who: int, claim: int, why: str, to: int | None) -> None:
        row, me = self.at("decided", claim), self.someone(who)
        person = None if to is None else self.someone(to)
        self.attempt("send_back", partial(workflow.send_back, row, actor=me, reason=why, to=person))

    @move(
        writes="",
        when=has("Verdict"),
        who=WHO,
        claim=AT,
        parent=st.none() | AT,
        holds=st.sampled_from(Hold),
    )
    def comment(self, who: int, claim: int, parent: int | None, holds: Hold) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        above = None if parent is None else self.pick(Comment, parent)
        body = f"Look at {self.number()}, @person1."
        asks = discussion.Asked(holds=holds) if above is None else None
        say = partial(discussion.add, row, body, person=me, parent=above, asks=asks)
        self.send("comment", me, say)

    @move(writes="", when=has("Comment"), who=WHO, at=AT, again=st.booleans())
    def resolve(self, who: int, at: int, again: bool) -> None:
        comment, me = self.pick(Comment, at), self.someone(who)
        move = discussion.reopen if again else discussion.resolve
        self.attempt("resolve", partial(move, comment, person=me), None, may_rest=True)

    def settle(self, row: Claim, who: int, slug: str, adopts: int | None) -> bool:
        """Decide, in words of one's own or in those of an annotation."""
        me, n = self.someone(who), self.number()
        checks = {check["id"] for check in self.rows("Assignment", claim_id=row.pk)}
        theirs = [
            annotation
            for annotation in self.rows("Annotation")
            if annotation["assignment_id"] in checks and annotation["submitted_at"]
        ]
        source = Source.objects.order_by("pk").first()
        draft = workflow.VerdictDraft(
            row.desk.scale.ratings.get(slug=slug),
            f"Verdict {n}.",
            "We looked.",
            [workflow.CitationDraft(source, "contradicts")] if source else [],
            cause="error",
            reason=f"The register is newer, says {n}.",
        )
        if adopts is not None and theirs:
            taken = workflow.as_draft(self.pick(Annotation, adopts, theirs))
            draft = replace(taken, cause=draft.cause, reason=draft.reason)
        return self.attempt("decide", partial(workflow.decide, row, draft, actor=me))
