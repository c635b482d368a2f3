"""Moves of a desk that is played: who is asked to check, and what they hand in."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.utils import timezone
from hypothesis import strategies as st

from annotations import workflow
from annotations.models import Article, Assignment, Citation, Claim, DraftVersion, User
from annotations.vocabulary import Dealing, Task

from .moves import AT, OWN, RATING, TASK, WHO, WHY, has, move
from .promises import PEOPLE
from .sending import Sending


class CheckMoves(Sending):
    """From opening the checks of an article to handing one in, or giving it up."""

    @move(
        writes="open, assign",
        who=WHO,
        article=AT,
        asked=st.lists(st.integers(0, PEOPLE - 1), unique=True, max_size=4),
        way=st.sampled_from([Dealing.ALL, *Dealing]),
    )
    def open_checking(self, who: int, article: int, asked: list[int], way: Dealing) -> None:
        self.open(self.pick(Article, article), [self.people[n] for n in asked], who, way)

    @move(
        writes="assign, extend",
        ripe=has("Claim", status="checking"),
        who=WHO,
        claim=AT,
        whom=WHO,
        task=TASK,
        due=st.booleans(),
    )
    def assign(self, who: int, claim: int, whom: int, task: Task, due: bool) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        asked = self.free(row, whom)
        by = timezone.now() + dt.timedelta(days=self.number()) if due else None
        lines = self.attempt_logged(
            "assign", partial(workflow.assign, row, asked, actor=me, task=task, due_at=by)
        )
        assert lines <= {"assign", "extend"}, lines

    @move(
        writes="ask again, assign",
        ripe=has("Claim", status="deciding"),
        who=WHO,
        claim=AT,
        whom=WHO,
    )
    def ask_again(self, who: int, claim: int, whom: int) -> None:
        row, me = self.at("deciding", claim), self.someone(who)
        asked = self.free(row, whom)
        self.attempt("ask_again", partial(workflow.ask_again, row, asked, actor=me))

    @move(when=has("Assignment"), at=AT, own=OWN, who=WHO)
    def start(self, at: int, own: bool, who: int) -> None:
        if check := self.check(at):
            me = check.person if own else self.someone(who)
            self.attempt("start", partial(workflow.start, check, actor=me), may_rest=True)

    @move(
        writes="",
        when=has("Assignment"),
        at=AT,
        own=OWN,
        who=WHO,
        slug=RATING,
        is_stale=st.sampled_from([False] * 5 + [True]),
    )
    def save(self, at: int, own: bool, who: int, slug: str, is_stale: bool) -> None:
        if check := self.check(at):
            self.write_answer(check, check.person if own else self.someone(who), slug, is_stale)

    @move(writes="", when=has("Assignment"), at=AT, own=OWN, who=WHO, change=st.booleans())
    def cite(self, at: int, own: bool, who: int, change: bool) -> None:
        if check := self.check(at):
            me = check.person if own else self.someone(who)
            mine = self.citations_of(check)
            old = self.pick(Citation, at, mine) if change and mine else None
            n = self.number()
            source = workflow.SourceDraft(f"Register {n}", url=f"https://register{n}.example/")
            act = partial(workflow.save_citation, check, source, person=me, citation=old)
            self.send("cite", me, partial(act, stance="contradicts", passage="No."))

    @move(writes="", when=has("Citation"), at=AT, own=OWN, who=WHO)
    def uncite(self, at: int, own: bool, who: int) -> None:
        cited = [row for row in self.rows("Citation") if row["annotation_id"]]
        if cited:
            citation = self.pick(Citation, at, cited)
            assert citation.annotation is not None
            check = citation.annotation.assignment
            me = check.person if own else self.someone(who)
            self.attempt(
                "uncite", partial(workflow.remove_citation, check, citation, person=me), None
            )

    @move(writes="", when=has("Citation"), at=AT, place=st.integers(0, 3), own=OWN, who=WHO)
    def place(self, at: int, place: int, own: bool, who: int) -> None:
        cited = [row for row in self.rows("Citation") if row["annotation_id"]]
        if cited:
            citation = self.pick(Citation, at, cited)
            assert citation.annotation is not None
            check = citation.annotation.assignment
            me = check.person if own else self.someone(who)
            put = partial(workflow.place_citation, check, citation, place, person=me)
            self.attempt("place", put, None, may_rest=True)

    @move(writes="", when=has("DraftVersion"), at=AT, own=OWN, who=WHO, whole=st.booleans())
    def restore(self, at: int, own: bool, who: int, whole: bool) -> None:
        version = self.pick(DraftVersion, at)
        if version is None:
            return
        check = version.annotation.assignment
        me = check.person if own else self.someone(who)
        if whole:
            based_on = version.annotation.version
            self.attempt(
                "restore_version",
                partial(workflow.restore_version, check, version, person=me, based_on=based_on),
                None,
            )
        elif version.citations:
            key = uuid.UUID(version.citations[0]["uuid"])
            self.attempt(
                "restore_citation",
                partial(workflow.restore_citation, check, version, key, person=me),
                None,
                may_rest=True,
            )

    @move(
        writes="submit, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        at=AT,
        own=OWN,
        who=WHO,
    )
    def submit(self, at: int, own: bool, who: int) -> None:
        if check := self.check(at):
            self.hand_in(check, check.person if own else self.someone(who))

    @move(
        writes="decline, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        at=AT,
        own=OWN,
        who=WHO,
        why=WHY,
    )
    def decline(self, at: int, own: bool, who: int, why: str) -> None:
        if check := self.owed(at):
            me = check.person if own else self.someone(who)
            self.attempt("decline", partial(workflow.decline, check, actor=me, reason=why))

    @move(
        writes="take back, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        who=WHO,
        at=AT,
        why=WHY,
    )
    def take_back(self, who: int, at: int, why: str) -> None:
        if check := self.owed(at):
            me = self.someone(who)
            self.attempt("take_back", partial(workflow.take_back, check, actor=me, reason=why))

    @move(
        writes="expire, disclose, adopt, fulfil",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        at=AT,
        days=st.sampled_from([1, 10]),
    )
    def lapse(self, at: int, days: int) -> None:
        if check := self.owed(at):
            day = timezone.now() + dt.timedelta(days=days)
            self.attempt("lapse", partial(workflow.lapse, check, at=day), "expire", may_rest=True)

    @move(
        writes="return",
        when=has("Assignment", status="submitted"),
        ripe=has("Claim", status="deciding"),
        who=WHO,
        at=AT,
        why=WHY,
    )
    def give_back(self, who: int, at: int, why: str) -> None:
        handed_in = self.rows("Assignment", task="check", status="submitted")
        open_ones = {row["id"] for row in self.rows("Claim", status="deciding")}
        handed_in.sort(key=lambda row: row["claim_id"] not in open_ones)
        if check := self.pick(Assignment, at, handed_in):
            me = self.someone(who)
            self.attempt(
                "give_back", partial(workflow.give_back, check, actor=me, reason=why), "return"
            )

    # --- what several moves do ---

    def open(
        self, article: Article, asked: list[User], who: int, way: Dealing = Dealing.ALL
    ) -> bool:
        act = partial(workflow.open_checking, article, asked, actor=self.someone(who), way=way)
        return self.attempt("open_checking", act, "open")

    def write_answer(self, check: Assignment, me: User, slug: str, is_stale: bool = False) -> None:
        n, key = self.number(), check.pk
        rating = check.claim.desk.scale.ratings.get(slug=slug)
        words = " ".join([f"reason{n}"] * 4)
        answer = workflow.Answer(rating, f"Finding {n}.", f"Because of {words}.", "high")
        version = self.annotation_of(key).get("version", 0) + is_stale
        act = partial(workflow.save_annotation, check, answer, person=me, based_on=version)
        if self.send("save", me, act, saves=key):
            text = (answer.finding, answer.justification)
            self.texts[self.annotation_of(key)["id"]].add(text)

    def hand_in(self, check: Assignment, me: User) -> bool:
        return self.attempt("submit", partial(workflow.submit, check, actor=me))
