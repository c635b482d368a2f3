"""Every move that there is, as one that can be raced: of the desk, and of an article or a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from annotations import workflow
from annotations.exchange import earlier
from annotations.formats.earlier import Check
from annotations.models import Article, Claim
from annotations.workflow import replies
from tests import cast as c

from .racing import Busy, revise

EARLIER = earlier.Found("claimreview", (Check("a", "/0", "It is so."),))

OfDesk = Callable[[Busy], object]
OfClaim = Callable[[Busy, Article, Claim], object]


def merged_and_parted(e: Busy) -> None:
    main, other = e.claimants()
    workflow.merge_claimants(main, other, actor=e.eli)
    workflow.part_claimants(other, actor=e.eli)


def described(e: Busy) -> None:
    mayor, _other = e.claimants()
    now = workflow.ClaimantDraft.of(mayor)
    said = replace(now, description=f"{now.description}, since May")
    workflow.change_claimant(mayor, said, actor=e.eli, based_on=now)


DESK_MOVES: dict[str, OfDesk] = {
    "change rules": lambda e: workflow.change_rules(
        e.desk, {"lapse_days": e.days()}, actor=e.mia, reason="Faster."
    ),
    "change look": lambda e: workflow.change_look(
        e.desk, workflow.NewLook(e.colour()), actor=e.mia, reason="Ours."
    ),
    "enrol": lambda e: workflow.enrol(e.desk, e.gus, e.role(), actor=e.mia),
    "end membership": lambda e: workflow.end_membership(e.membership, actor=e.mia),
    "change scale": lambda e: workflow.change_scale(e.desk, e.finer, actor=e.mia, reason="Finer."),
    "write guidelines": lambda e: workflow.write_guidelines(
        e.desk, "Two sources.", actor=e.mia, based_on=0
    ),
    "write statement": lambda e: workflow.write_statement(
        e.desk, "ratings", "What they mean.", actor=e.mia, based_on=0
    ),
    "invite": lambda e: workflow.invite(e.desk, "new@desk.example", actor=e.mia),
    "uninvite": lambda e: workflow.uninvite(
        workflow.invite(e.desk, "gone@desk.example", actor=e.mia), actor=e.mia
    ),
    "write letter": lambda e: workflow.write_letter(
        e.desk, "A claim", "Is it so?", actor=e.mia, based_on=0
    ),
    "merge claimants": lambda e: workflow.merge_claimants(*e.claimants(), actor=e.eli),
    "part claimants": merged_and_parted,
    "change claimant": described,
    "import": lambda e: c.import_text(e.desk, e.eli),
    "import checks": lambda e: earlier.keep(e.desk, EARLIER, actor=e.eli, file="checks.json"),
    "erase": lambda e: workflow.erase_person(e.gus, reason="He asked."),
    "deactivate": lambda e: workflow.set_active(e.gus, False, actor=None),
    "activate": lambda e: e.let_in_again(),
}


def note_of_source(e: Busy) -> None:
    cited = e.cited()
    assert cited.annotation is not None
    note = workflow.add_note(cited.annotation, cited.source, "Ask them.", person=e.ann)
    workflow.settle_note(note, person=e.ann)


def resumed(e: Busy) -> None:
    workflow.submit(c.check_of(e.claims[1], e.ann), actor=e.ann)
    workflow.resume(c.check_of(e.claims[1], e.ann), actor=e.ann)


def criticised(e: Busy, settle: Callable[..., object]) -> None:
    workflow.note_criticism(e.claims[:1], "The mayor", actor=e.eli)
    settle(e.claims[0].criticisms.get(), actor=e.eli)


def aside_and_back(claim: Claim, e: Busy) -> None:
    workflow.set_aside(claim, "opinion", actor=e.eda)
    workflow.bring_back(claim, actor=e.eda, reason="No.")


def worded(e: Busy) -> None:
    draft, claim = workflow.ClaimDraft("It is fine."), e.mark_one()
    workflow.save_wording(claim, draft, person=e.eli, based_on=claim.version)


def translated(e: Busy, article: Article) -> Article:
    other = Article.objects.filter(language="de").first() or e.in_german()
    workflow.translate(other, article, actor=e.eli)
    return other


def untied(e: Busy, article: Article) -> None:
    workflow.untie(translated(e, article), actor=e.eli)


def withdrawn(e: Busy, article: Article) -> None:
    workflow.withdraw(article, actor=e.mia, why="A court.")
    workflow.confirm_taking_back(article, actor=e.eli)


def reminded(e: Busy) -> None:
    later = timezone.now() + dt.timedelta(days=5)
    replies.remind(e.desk.reply_requests.get(reminds=True), later, "Is it so?")


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


# The stage that each is made at, with the article and the claim that are there then.
CLAIM_MOVES: dict[str, tuple[str, OfClaim]] = {
    # while the claim is put and asked about
    "mark": ("busy", lambda e, a, q: e.mark_one()),
    "unmark": ("busy", lambda e, a, q: workflow.unmark(a, e.mark_one().marks.get(), actor=e.eli)),
    "triage": ("busy", lambda e, a, q: workflow.triage(a, [4, 5], "opinion", actor=e.eli)),
    "word": ("busy", lambda e, a, q: worded(e)),
    "describe": ("busy", lambda e, a, q: c.retitle(a, e.eli)),
    "plan": (
        "busy",
        lambda e, a, q: workflow.plan(
            a, {"on_hold": "A court."}, actor=e.eli, base={"on_hold": ""}
        ),
    ),
    "own": ("busy", lambda e, a, q: workflow.look_after(a, actor=e.eli)),
    "revise": ("busy", lambda e, a, q: revise(a, f"{c.TEXT} More.", e.eli)),
    "orphan": ("busy", lambda e, a, q: revise(a, "Another text.", e.eli)),
    "confirm": (
        "to_confirm",
        lambda e, a, q: workflow.confirm(a, [str(q.marks.latest("pk").uuid)], actor=e.eli),
    ),
    "attach": ("orphaned", lambda e, a, q: workflow.attach(e.orphan(a), 0, 7, actor=e.eli)),
    "let go": ("half_orphaned", lambda e, a, q: workflow.let_go(e.orphan(a), "gone", actor=e.eli)),
    "look again": ("placeless", lambda e, a, q: workflow.look_again(a, actor=e.eli)),
    "set aside": (
        "busy",
        lambda e, a, q: workflow.set_aside(e.claims[1], "opinion", actor=e.eli),
    ),
    "bring back": ("marked", lambda e, a, q: aside_and_back(q, e)),
    "reword": (
        "busy",
        lambda e, a, q: workflow.reword(
            q, workflow.ClaimDraft("Put better."), actor=e.eli, reason="Clearer."
        ),
    ),
    # while it is checked
    "open": ("marked", lambda e, a, q: workflow.open_checking(a, [e.ann, e.ben], actor=e.eda)),
    "assign": (
        "busy",
        lambda e, a, q: [workflow.assign(each, e.mia, actor=e.eli) for each in e.claims[::-1]],
    ),
    "extend": ("busy", lambda e, a, q: workflow.assign(q, e.gus, actor=e.eli, due_at=in_days(9))),
    "take": ("to_take", lambda e, a, q: workflow.take(a, actor=e.mia)),
    "start": (
        "busy",
        lambda e, a, q: [workflow.start(c.check_of(each, e.gus), actor=e.gus) for each in e.claims],
    ),
    "submit": ("busy", lambda e, a, q: e.submit_all(e.ann)),
    "resume": ("busy", lambda e, a, q: resumed(e)),
    "expire": (
        "busy",
        lambda e, a, q: [
            workflow.lapse(c.check_of(each, e.gus), at=in_days(99)) for each in e.claims
        ],
    ),
    "decline": (
        "checking",
        lambda e, a, q: workflow.decline(c.check_of(q, e.ann), actor=e.ann, reason="No."),
    ),
    "take back": (
        "checking",
        lambda e, a, q: workflow.take_back(c.check_of(q, e.ann), actor=e.eda, reason="No."),
    ),
    "note a source": ("busy", lambda e, a, q: note_of_source(e)),
    # once all are in
    "return": (
        "deciding",
        lambda e, a, q: workflow.give_back(c.check_of(q, e.ann), actor=e.eda, reason="Why?"),
    ),
    "ask again": ("deciding", lambda e, a, q: workflow.ask_again(q, e.eli, actor=e.eda)),
    "decide": ("deciding", lambda e, a, q: c.decide(q, e.eda)),
    "adopt": ("agreeing", lambda e, a, q: workflow.adopt_agreed(a, actor=e.eda)),
    "approve": ("decided", lambda e, a, q: workflow.approve(q, actor=e.eli)),
    "send back": ("decided", lambda e, a, q: workflow.send_back(q, actor=e.eli, reason="Why?")),
    "approve article": ("retitled", lambda e, a, q: workflow.approve_article(a, actor=e.mia)),
    # readers
    "publish": ("approved", lambda e, a, q: workflow.publish(a, actor=e.eli)),
    "reopen": ("published", lambda e, a, q: workflow.reopen(q, actor=e.eli, reason="New.")),
    "retract": ("published", lambda e, a, q: workflow.retract(q, actor=e.mia, why="Forged.")),
    "withdraw": ("published", lambda e, a, q: workflow.withdraw(a, actor=e.mia, why="A court.")),
    "confirm taking back": ("published", lambda e, a, q: withdrawn(e, a)),
    "plan review": (
        "published",
        lambda e, a, q: workflow.plan_review(
            q, timezone.localdate() + dt.timedelta(days=9), actor=e.eli
        ),
    ),
    "translate": ("published", lambda e, a, q: translated(e, a)),
    "untie": ("published", lambda e, a, q: untied(e, a)),
    "also in": ("two_languages", lambda e, a, q: translated(e, a)),
    "source changed": ("watched", lambda e, a, q: e.page_moves()),
    "judge change": (
        "changed",
        lambda e, a, q: workflow.settle_change(e.change(q), False, "The same page.", actor=e.eli),
    ),
    # those who are criticised
    "note criticism": (
        "busy",
        lambda e, a, q: workflow.note_criticism(e.claims, "The mayor", actor=e.eli),
    ),
    "drop criticism": ("busy", lambda e, a, q: criticised(e, workflow.drop_criticism)),
    "look for answer": (
        "busy",
        lambda e, a, q: criticised(
            e, lambda row, actor: workflow.look_for_answer(row, "yes", actor=actor)
        ),
    ),
    "ask reply": ("busy", lambda e, a, q: e.asked()),
    "remind reply": ("written_to", lambda e, a, q: reminded(e)),
    "withdraw reply": (
        "busy",
        lambda e, a, q: workflow.withdraw_reply(e.asked(), "In error.", actor=e.mia),
    ),
    "reply": ("busy", lambda e, a, q: workflow.keep_reply(e.asked(), "It is so.", actor=e.mia)),
    "reply not needed": (
        "busy",
        lambda e, a, q: workflow.no_reply_needed(e.claims, "It is a law.", actor=e.eli),
    ),
}

LOGGED_AS = {
    "change look": "change rules",
    "change scale": "change rules",
    "take": "assign",
    "approve article": "approve",
    "note a source": "",
}
"""What the log calls otherwise; a note is not in it."""

WITH_ANOTHER = {"disclose": "submit", "fulfil": "decide"}
"""What the desk's policy does in the transaction of another move."""

OF_NO_CLAIM = {"archive again"}
"""Locks the desk and no claim; raced with itself in tests/tasks/archiving/test_at_once.py."""
