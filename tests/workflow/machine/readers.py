"""Moves of a desk that is played: what readers get, take back or ask."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from annotations import workflow
from annotations.models import Article, Claim, Edition, ReplyRequest, Report
from annotations.vocabulary import CorrectionKind
from annotations.workflow import reports

from .asking import Asking
from .moves import AT, OWN, WHO, WHY, has, move


class ReaderMoves(Asking):
    """Publishing, correcting, taking back, reports, replies."""

    @move(writes="publish, also in", ripe=has("Edition"), who=WHO, article=AT, noted=OWN)
    def publish(self, who: int, article: int, noted: bool) -> None:
        self.give_readers(self.pick(Article, article), who, noted)

    @move(who=WHO, claim=AT, why=WHY, report=st.none() | AT)
    def reopen(self, who: int, claim: int, why: str, report: int | None) -> None:
        row, me = self.at("published", claim), self.someone(who)
        told = None if report is None else self.pick(Report, report)
        self.attempt("reopen", partial(workflow.reopen, row, actor=me, reason=why, report=told))

    @move(
        writes="retract, withdraw, also in",
        weight=1,
        when=has("Edition"),
        ripe=has("Claim", status="published"),
        who=WHO,
        claim=AT,
        why=WHY,
    )
    def retract(self, who: int, claim: int, why: str) -> None:
        row, me = self.at("published", claim), self.someone(who)
        self.attempt("retract", partial(workflow.retract, row, actor=me, why=why))

    @move(
        writes="withdraw, retract, also in",
        weight=1,
        when=has("Edition"),
        ripe=has("Article", status="published"),
        who=WHO,
        article=AT,
        why=WHY,
        whole=st.booleans(),
    )
    def withdraw(self, who: int, article: int, why: str, whole: bool) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        going = self.claims_of(place.pk) if whole else []
        self.attempt("withdraw", partial(workflow.withdraw, place, actor=me, why=why, going=going))

    @move(when=has("Edition"), ripe=lambda desk: desk.taken_back(), who=WHO, at=AT)
    def confirm_taking_back(self, who: int, at: int) -> None:
        gone = self.taken_back() or self.rows("Article") + self.rows("Claim")
        found, me = gone[at % len(gone)], self.someone(who)
        row = self.pick(Article if "outlet" in found else Claim, 0, [found])
        self.attempt("confirm_taking_back", partial(workflow.confirm_taking_back, row, actor=me))

    @move(
        writes="", when=has("Edition"), at=AT, address=st.sampled_from(["192.0.2.1", "192.0.2.2"])
    )
    def report(self, at: int, address: str) -> None:
        edition = self.pick(Edition, at)
        draft = reports.ReportDraft("It is wrong.", email="reader@mail.example")
        self.attempt("report", partial(reports.receive, edition, draft, address=address), None)

    @move(
        writes="",
        when=has("Report"),
        who=WHO,
        at=AT,
        outcome=st.sampled_from(["correct", "stands", "spam"]),
    )
    def answer_report(self, who: int, at: int, outcome: str) -> None:
        found, me = self.pick(Report, at), self.someone(who)
        url = "https://desk.example/"
        self.attempt(
            "answer_report",
            partial(reports.answer, found, outcome, "We looked.", actor=me, url=url),
            None,
        )

    @move(writes="ask reply, reply not needed", who=WHO, claim=AT, why=WHY, is_asked=st.booleans())
    def ask_reply(self, who: int, claim: int, why: str, is_asked: bool) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        if is_asked:
            self.attempt(
                "ask_reply",
                partial(workflow.ask_reply, [row], "The mayor", channel="email", actor=me),
            )
        else:
            self.attempt(
                "reply_not_needed", partial(workflow.no_reply_needed, [row], why, actor=me)
            )

    @move(
        writes="reply",
        when=has("ReplyRequest"),
        ripe=has("ReplyRequest", answer="", not_needed=""),
        who=WHO,
        at=AT,
        answer=WHY,
    )
    def keep_reply(self, who: int, at: int, answer: str) -> None:
        waiting = self.rows("ReplyRequest", answer="", not_needed="")
        asked, me = self.pick(ReplyRequest, at, waiting or None), self.someone(who)
        self.attempt("keep_reply", partial(workflow.keep_reply, asked, answer, actor=me), "reply")

    def give_readers(self, place: Article, who: int, noted: bool) -> bool:
        note = workflow.CorrectionNote(CorrectionKind.CORRECTION, "A letter shows it.")
        notes = {claim.pk: note for claim in workflow.to_correct(place)} if noted else {}
        me = self.someone(who)
        return self.attempt("publish", partial(workflow.publish, place, actor=me, notes=notes))
