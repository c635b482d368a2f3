"""What is done at a desk that is played beside the road of a claim: plans, notes, letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from annotations import workflow
from annotations.editions import making
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Claim,
    Claimant,
    Criticism,
    EarlierCheck,
    Invitation,
    LetterTemplate,
    RatingScale,
    ReplyRequest,
    SourceChange,
    SourceNote,
    Watch,
)
from annotations.vocabulary import Channel, Role, Stands
from annotations.workflow import replies, watching

from .moves import AT, OWN, WHO, WHY, has, move
from .promises import Promise
from .sending import Sending

NAMES = ["The mayor", "Mayor Lind", "The harbour office"]
NAME = st.sampled_from(NAMES)


class Beside(Sending):
    """Plans, notes, letters, claimants, the desk's look, pages that change."""

    # --- looking at an article before readers have it ---

    @move(weight=3, ripe=has("Claim", status="decided"), writes="", who=WHO, article=AT)
    def preview(self, who: int, article: int) -> None:
        """A member looks at what readers would get."""
        me, place = self.someone(who), self.pick(Article, article)
        if me.pk not in {member["user_id"] for member in self.members()}:
            return
        shown = making.of_article(place, number=1, at=timezone.now(), reader=me).claims
        claims = {row["uuid"]: row for row in self.rows("Claim")}
        told = {claims[each.uuid]["id"]: each for each in shown if each.verdict is not None}
        for claim, promise in self.closed_claims(me.pk).items():
            self.promise(promise, claim not in told, f"a preview tells of claim {claim}")
        public = {row["verdict_id"] for row in self.rows("Edition")}
        for claim in told:
            verdict = max(self.rows("Verdict", claim_id=claim), key=lambda row: int(row["number"]))
            mine = (verdict["decided_by_id"], self.author(verdict["adopted_id"]))
            if verdict["id"] not in public and me.pk not in mine:
                self.has_read.add((me.pk, claim))
        self.look_anew()

    # --- checks ---

    @move(
        weight=4,
        ripe=has("Claim", status="checking"),
        writes="assign",
        who=WHO,
        article=AT,
    )
    def take(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        self.attempt("take", partial(workflow.take, place, actor=me), "assign")

    @move(when=has("Assignment", status="submitted"), at=AT, own=OWN, who=WHO)
    def resume(self, at: int, own: bool, who: int) -> None:
        handed_in = self.rows("Assignment", task="check", status="submitted")
        if check := self.pick(Assignment, at, handed_in):
            me = check.person if own else self.someone(who)
            self.attempt("resume", partial(workflow.resume, check, actor=me))

    @move(when=has("Citation"), writes="", at=AT, own=OWN, who=WHO)
    def note_source(self, at: int, own: bool, who: int) -> None:
        cited = [row for row in self.rows("Citation") if row["annotation_id"]]
        if cited:
            row = cited[at % len(cited)]
            annotation = self.pick(Annotation, 0, [{"id": row["annotation_id"]}])
            source = annotation.citations.get(pk=row["id"]).source
            me = annotation.assignment.person if own else self.someone(who)
            body = f"Ask them again, says {self.number()}."
            act = partial(workflow.add_note, annotation, source, body, person=me)
            self.send("note_source", me, act)

    @move(when=has("SourceNote"), writes="", at=AT, who=WHO)
    def settle_note(self, at: int, who: int) -> None:
        note, me = self.pick(SourceNote, at), self.someone(who)
        act = partial(workflow.settle_note, note, person=me)
        self.attempt("settle_note", act, None, may_rest=True)

    # --- planning ---

    @move(who=WHO, article=AT, days=st.integers(1, 9), on_hold=st.sampled_from(["", "A court."]))
    def plan(self, who: int, article: int, days: int, on_hold: str) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        values = {"due_at": timezone.now() + dt.timedelta(days=days), "on_hold": on_hold}
        base = {name: getattr(place, name) for name in values}
        act = partial(workflow.plan, place, values, actor=me, base=base)
        self.attempt("plan", act, may_rest=True)

    @move(writes="own", who=WHO, article=AT, whom=st.none() | WHO)
    def hand_over(self, who: int, article: int, whom: int | None) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        owner = None if whom is None else self.someone(whom)
        act = partial(workflow.hand_over, place, owner, actor=me, based_on=place.owner_id)
        self.attempt("hand_over", act, "own", may_rest=True)

    @move(writes="own", who=WHO, article=AT)
    def look_after(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        act = partial(workflow.look_after, place, actor=me)
        self.attempt("look_after", act, "own", may_rest=True)

    @move(ripe=has("Claim", status="published"), who=WHO, claim=AT, days=st.none() | AT)
    def plan_review(self, who: int, claim: int, days: int | None) -> None:
        row, me = self.at("published", claim), self.someone(who)
        day = None if days is None else timezone.localdate() + dt.timedelta(days=days)
        act = partial(
            workflow.plan_review, row, day, actor=me, reason="Looked.", based_on=row.review_by
        )
        self.attempt("plan_review", act, may_rest=True)

    # --- who is criticised, and what they answer ---

    @move(writes="note criticism", who=WHO, claim=AT, of=NAME)
    def criticise(self, who: int, claim: int, of: str) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        act = partial(workflow.note_criticism, [row], of, actor=me)
        self.attempt("criticise", act, "note criticism", may_rest=True)

    @move(
        weight=3,
        when=has("Criticism"),
        writes="drop criticism, look for answer",
        who=WHO,
        at=AT,
        stands=st.none() | st.sampled_from(Stands),
    )
    def settle_criticism(self, who: int, at: int, stands: Stands | None) -> None:
        row, me = self.pick(Criticism, at), self.someone(who)
        if stands is None:
            self.attempt("drop_criticism", partial(workflow.drop_criticism, row, actor=me))
        else:
            act = partial(workflow.look_for_answer, row, stands, actor=me)
            self.attempt("look_for_answer", act, may_rest=True)

    @move(
        when=has("ReplyRequest"),
        ripe=has("ReplyRequest", answer="", not_needed="", withdrawn_at=None),
        writes="withdraw reply",
        who=WHO,
        at=AT,
        why=WHY,
    )
    def withdraw_reply(self, who: int, at: int, why: str) -> None:
        waiting = self.rows("ReplyRequest", answer="", not_needed="", withdrawn_at=None)
        asked, me = self.pick(ReplyRequest, at, waiting or None), self.someone(who)
        self.attempt("withdraw_reply", partial(workflow.withdraw_reply, asked, why, actor=me))

    @move(writes="ask reply, remind reply", who=WHO, claim=AT)
    def write_to_them(self, who: int, claim: int) -> None:
        """A letter goes out, and the worker reminds of it a week later."""
        row, me = self.pick(Claim, claim), self.someone(who)
        letter = workflow.ReplyLetter("mayor@town.example", "A claim", "Is it so?", reminds=True)
        until = timezone.localdate() + dt.timedelta(days=7)
        ask = partial(workflow.ask_reply, [row], "The mayor", channel=Channel.EMAIL, actor=me)
        ask = partial(ask, until=until, letter=letter, fill=lambda asked: letter.body)
        if self.attempt("ask_reply", ask):
            asked, later = ReplyRequest.objects.latest("pk"), timezone.now() + dt.timedelta(days=5)
            self.attempt("remind_reply", partial(replies.remind, asked, later, "Is it so?"))

    @move(who=WHO, is_stale=st.booleans())
    def write_letter(self, who: int, is_stale: bool) -> None:
        me, desk = self.someone(who), self.desk
        based_on = len(self.rows("LetterTemplate")) + is_stale
        assert LetterTemplate.objects.count() + is_stale == based_on
        act = partial(
            workflow.write_letter, desk, "A claim", "Is it so?", actor=me, based_on=based_on
        )
        self.attempt("write_letter", act)

    # --- who said it ---

    @move(ripe=has("Claim", status="spotted"), writes="word", who=WHO, claim=AT, name=NAME)
    def name_claimant(self, who: int, claim: int, name: str) -> None:
        row, me = self.at("spotted", claim), self.someone(who)
        wording = workflow.ClaimDraft(
            row.claim_reviewed, claimant=workflow.claimant_typed(row.desk, name)
        )
        act = partial(workflow.save_wording, row, wording, person=me, based_on=row.version)
        self.attempt("name_claimant", act, "word", may_rest=True)

    @move(
        weight=4,
        when=has("Claimant"),
        writes="merge claimants, part claimants, word",
        who=WHO,
        kept=AT,
        other=AT,
        apart=st.booleans(),
    )
    def join_claimants(self, who: int, kept: int, other: int, apart: bool) -> None:
        me, first = self.someone(who), self.pick(Claimant, kept)
        if apart:
            merged = [row for row in self.rows("Claimant") if row["same_as_id"]]
            name = self.pick(Claimant, other, merged or None)
            self.attempt("part_claimants", partial(workflow.part_claimants, name, actor=me))
        else:
            second = self.pick(Claimant, other)
            act = partial(workflow.merge_claimants, first, second, actor=me)
            self.attempt("merge_claimants", act)

    @move(when=has("Claimant"), writes="change claimant", who=WHO, at=AT, name=NAME)
    def say_of_claimant(self, who: int, at: int, name: str) -> None:
        me, entry = self.someone(who), self.pick(Claimant, at)
        now = workflow.ClaimantDraft.of(entry)
        said = replace(now, name=name)
        act = partial(workflow.change_claimant, entry, said, actor=me, based_on=now)
        self.attempt("change_claimant", act)

    # --- the desk ---

    @move(who=WHO, role=st.sampled_from(Role))
    def invite(self, who: int, role: Role) -> None:
        me, desk = self.someone(who), self.desk
        address = f"new{self.number()}@desk.example"
        self.attempt("invite", partial(workflow.invite, desk, address, role=role, actor=me))

    @move(when=has("Invitation"), who=WHO, at=AT)
    def uninvite(self, who: int, at: int) -> None:
        row, me = self.pick(Invitation, at), self.someone(who)
        self.attempt("uninvite", partial(workflow.uninvite, row, actor=me), may_rest=True)

    @move(writes="change rules", who=WHO, why=WHY)
    def change_scale(self, who: int, why: str) -> None:
        me, desk = self.someone(who), self.desk
        scale: Any = RatingScale.objects.exclude(pk=desk.scale_id).order_by("pk").last()
        act = partial(workflow.change_scale, desk, scale, actor=me, reason=why)
        if self.attempt("change_scale", act, "change rules"):
            rated = [
                row["id"]
                for row in self.rows("Claim")
                if row["status"] in ("checking", "deciding", "decided", "approved")
            ]
            self.promise(Promise.SCALE_STANDS, not rated, f"claims {rated}")

    @move(writes="change rules", who=WHO, why=WHY, colour=st.sampled_from(["", "#0b4a9e"]))
    def change_look(self, who: int, why: str, colour: str) -> None:
        me, desk = self.someone(who), self.desk
        act = partial(workflow.change_look, desk, workflow.NewLook(colour), actor=me, reason=why)
        self.attempt("change_look", act, "change rules")

    @move(writes="import checks", who=WHO)
    def import_checks(self, who: int) -> None:
        me, desk, n = self.someone(who), self.desk, self.number()
        told = {"external_id": f"check{n}", "sha256": f"{n:064}", "claim": "It is so."}
        row = EarlierCheck(desk=desk, added_by=me, **told)
        act = partial(workflow.keep_earlier_checks, desk, [row], [], actor=me, file="checks.json")
        self.attempt("import_checks", act)

    # --- pages that verdicts stand on ---

    @move(
        weight=3,
        ripe=has("Claim", status="published"),
        writes="source changed",
        days=st.integers(2, 9),
    )
    def page_moves(self, days: int) -> None:
        """The worker finds that a page which readers are sent to has moved."""
        at = timezone.now() + dt.timedelta(days=days)

        def look() -> None:
            watching.begin(at - dt.timedelta(days=2))
            watch: Watch | None = watching.claim(at)
            if watch is not None:
                watching.seen(watch, at, moved_to=f"https://moved{self.number()}.example/")

        self.attempt_logged("page_moves", look)

    @move(
        when=has("SourceChange"),
        writes="judge change",
        who=WHO,
        at=AT,
        why=WHY,
        matters=st.booleans(),
    )
    def judge_change(self, who: int, at: int, why: str, matters: bool) -> None:
        row, me = self.pick(SourceChange, at), self.someone(who)
        act = partial(workflow.settle_change, row, matters, why, actor=me)
        self.attempt("judge_change", act)
