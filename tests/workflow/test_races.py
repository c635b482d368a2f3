"""Many at once: one winner, clear refusals, one line in the log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Claimant,
    Desk,
    EarlierCheck,
    Edition,
    Mark,
    Orphan,
    RatingScale,
    Transition,
    User,
    Verdict,
)
from annotations.vocabulary import Dealing, MoveName
from annotations.workflow import core
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """Run each act in a thread of its own, all let go together; how they ended, by name."""
    barrier, ends = Barrier(len(acts)), Counter[str]()

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            ends["done"] += 1
        except Exception as error:  # every way it ends is counted, and compared below
            ends[type(error).__name__] += 1
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


@pytest.fixture
def cast(transactional_db) -> Cast:
    return Cast()


ONE_WINNER = Counter({"done": 1, "Refused": THREADS - 1})
REFUSALS = ("Closed", "Stale")
NO_FAULTS = {"done", "Refused", "PermissionDenied", *REFUSALS}
"""Refusals of a kind."""


def test_eight_approvals_make_one(cast):
    _article, claim = cast.decided()
    ends = at_once(*[lambda: workflow.approve(claim, actor=cast.eli)] * THREADS)
    assert ends == ONE_WINNER
    assert Transition.objects.filter(claim=claim, move="approve").count() == 1


def test_eight_decisions_make_one_verdict(cast):
    _article, claim = cast.deciding()
    ends = at_once(*[lambda: c.decide(claim, cast.eda)] * THREADS)
    assert ends == ONE_WINNER
    assert Verdict.objects.filter(claim=claim).count() == 1


def test_eight_publications_make_one_edition_of_each(cast):
    article, claim = cast.approved()
    ends = at_once(*[lambda: workflow.publish(article, actor=cast.eli)] * THREADS)
    assert ends == ONE_WINNER
    assert Edition.objects.filter(article=article).count() == 1
    assert Edition.objects.filter(claim=claim).count() == 1


# Move: the stage it is made from, and how. Each is made by eight at once.
MOVES: dict[str, tuple[str, Callable[[Cast, Article, Claim], object]]] = {
    "open": ("marked", lambda e, a, q: workflow.open_checking(a, [e.ann, e.ben], actor=e.eda)),
    "set aside": ("marked", lambda e, a, q: workflow.set_aside(q, "opinion", actor=e.eda)),
    "decline": (
        "checking",
        lambda e, a, q: workflow.decline(c.check_of(q, e.ann), actor=e.ann, reason="No time."),
    ),
    "take back": (
        "checking",
        lambda e, a, q: workflow.take_back(c.check_of(q, e.ann), actor=e.eda, reason="Ill."),
    ),
    "return": (
        "deciding",
        lambda e, a, q: workflow.give_back(c.check_of(q, e.ann), actor=e.eda, reason="Why?"),
    ),
    "ask again": ("deciding", lambda e, a, q: workflow.ask_again(q, e.mia, actor=e.eda)),
    "adopt": ("agreed", lambda e, a, q: workflow.adopt_agreed(a, actor=e.eda)),
    "send back": ("decided", lambda e, a, q: workflow.send_back(q, actor=e.eli, reason="Why?")),
    "reopen": ("published", lambda e, a, q: workflow.reopen(q, actor=e.eli, reason="New.")),
    "withdraw": ("published", lambda e, a, q: workflow.withdraw(a, actor=e.mia, why="A court.")),
    "retract": ("published", lambda e, a, q: workflow.retract(q, actor=e.mia, why="Forged.")),
    "change rules": (
        "marked",
        lambda e, a, q: workflow.change_rules(
            e.desk, {"lapse_days": 3}, actor=e.mia, reason="Faster."
        ),
    ),
    "write guidelines": (
        "marked",
        lambda e, a, q: workflow.write_guidelines(e.desk, "Be fair.", actor=e.mia, based_on=0),
    ),
}


@pytest.mark.heart
@pytest.mark.parametrize("move", MOVES)
def test_of_eight_at_once_one_moves_and_seven_are_told_why_not(cast, move):
    stage, act = MOVES[move]
    made = cast.deciding("true", "true") if stage == "agreed" else getattr(cast, stage)()
    article, claim = made
    ends = at_once(*[lambda: act(cast, article, claim)] * THREADS)
    ends["Refused"] += sum(ends.pop(name, 0) for name in REFUSALS)
    assert ends == ONE_WINNER
    lines = Transition.objects.filter(move=move)
    # A return is logged for the claim and for the check.
    assert lines.filter(assignment=None).count() == 1 or lines.count() == 1


def test_approving_and_sending_back_at_once_end_in_one_of_the_two(cast):
    _article, claim = cast.decided()
    ends = at_once(
        lambda: workflow.approve(claim, actor=cast.eli),
        lambda: workflow.send_back(claim, actor=cast.mia, reason="Look again."),
    )
    claim.refresh_from_db()
    moves = list(
        Transition.objects.filter(claim=claim, move__in=["approve", "send back"]).values_list(
            "move", flat=True
        )
    )
    assert (claim.status, moves, ends["done"]) in [
        ("deciding", ["send back"], 1),
        ("deciding", ["approve", "send back"], 2),
    ]


def test_the_last_two_annotations_at_once_are_disclosed_once(cast):
    _article, claim = cast.checking()
    for person in (cast.ann, cast.ben):
        check = c.check_of(claim, person)
        answer = workflow.Answer(c.rating(claim, "true"), "So it is", "We looked")
        workflow.save_annotation(check, answer, person=person, based_on=0)
    ends = at_once(
        lambda: workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann),
        lambda: workflow.submit(c.check_of(claim, cast.ben), actor=cast.ben),
    )
    assert ends == Counter({"done": 2})
    assert Transition.objects.filter(claim=claim, move="disclose").count() == 1
    assert Annotation.objects.filter(disclosed_at__isnull=False).count() == 2
    assert Claim.objects.get(pk=claim.pk).status == "deciding"


def test_four_saves_of_one_version_make_one_and_three_learn_that_they_are_stale(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.save_annotation(check, workflow.Answer(finding="0"), person=cast.ann, based_on=0)

    def save(text: str) -> Callable[[], object]:
        return lambda: workflow.save_annotation(
            check, workflow.Answer(finding=text), person=cast.ann, based_on=1
        )

    assert at_once(*[save(str(n)) for n in range(4)]) == Counter({"done": 1, "Stale": 3})
    assert Annotation.objects.get(assignment=check).version == 2


def test_eight_new_texts_at_once_make_one_revision_and_seven_learn_who_was_quicker(cast):
    article, claim = cast.marked()

    def save(number: int) -> Callable[[], object]:
        document = plain.read(f"{c.TEXT} It has {number} steps.", "en")
        return lambda: exchange.revise(article, document, actor=cast.eda, based_on=1)

    ends = at_once(*[save(number) for number in range(THREADS)])
    assert ends == Counter({"done": 1, "Stale": THREADS - 1})
    assert article.revisions.count() == 2
    assert Mark.objects.filter(claim=claim).count() == 2


def test_marking_and_a_new_text_at_once_leave_no_mark_behind(cast):
    article, _claim = cast.marked()
    document = plain.read(c.TEXT + " It has steps.", "en")
    ends = at_once(
        lambda: exchange.revise(article, document, actor=cast.eda, based_on=1),
        lambda: c.mark(article, c.SECOND, cast.eli),
    )
    assert ends == Counter({"done": 2})
    assert article.revision.marks.count() == 2, "carried over, or made in the new text"


def test_an_orphan_is_placed_or_let_go_by_one_of_eight(cast):
    article, _claim = cast.marked()
    document = plain.read("Another text.\n\nIt has nothing of the first.", "en")
    exchange.revise(article, document, actor=cast.eda, based_on=1)
    orphan = Orphan.objects.get()
    ends = at_once(
        *[lambda: workflow.attach(orphan, 0, 7, actor=cast.eda)] * 4,
        *[lambda: workflow.let_go(orphan, "gone", actor=cast.eli)] * 4,
    )
    assert ends == ONE_WINNER
    assert Transition.objects.filter(move__in=["attach", "set aside"]).count() == 1


def test_claims_marked_at_once_get_numbers_of_their_own(cast):
    article = cast.article()
    words = ["We never", "asked them", "to stop", "sailing"]
    ends = at_once(*[lambda word=word: c.mark(article, word, cast.eda) for word in words])
    assert ends == Counter({"done": 4})
    assert sorted(Claim.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


# --- desk moves against claim moves: neither is lost to a deadlock ---

DESK_MOVES: dict[str, Callable[[Busy], object]] = {
    "change rules": lambda e: workflow.change_rules(
        e.desk, {"lapse_days": e.days()}, actor=e.mia, reason="Faster."
    ),
    "change look": lambda e: workflow.change_look(
        e.desk, workflow.NewLook(e.colour()), actor=e.mia, reason="Ours."
    ),
    "enrol": lambda e: workflow.enrol(e.desk, e.gus, e.role(), actor=e.mia),
    "end membership": lambda e: workflow.end_membership(e.gus.memberships.get(), actor=e.mia),
    "change scale": lambda e: workflow.change_scale(e.desk, e.finer, actor=e.mia, reason="Finer."),
    "write guidelines": lambda e: workflow.write_guidelines(
        e.desk, "Two sources.", actor=e.mia, based_on=0
    ),
    "write statement": lambda e: workflow.write_statement(
        e.desk, "ratings", "What they mean.", actor=e.mia, based_on=0
    ),
}


MORE_DESK_MOVES: dict[str, Callable[[Busy], object]] = {
    "invite": lambda e: workflow.invite(e.desk, "new@desk.example", actor=e.mia),
    "uninvite": lambda e: workflow.uninvite(
        workflow.invite(e.desk, "gone@desk.example", actor=e.mia), actor=e.mia
    ),
    "write letter": lambda e: workflow.write_letter(
        e.desk, "A claim", "Is it so?", actor=e.mia, based_on=0
    ),
    "merge claimants": lambda e: workflow.merge_claimants(*e.claimants(), actor=e.eli),
    "part claimants": lambda e: merged_and_parted(e),
    "change claimant": lambda e: described(e),
    "import": lambda e: c.import_text(e.desk, e.eli),
    "import checks": lambda e: workflow.keep_earlier_checks(
        e.desk,
        [EarlierCheck(desk=e.desk, added_by=e.eli, external_id="a", sha256="0" * 64, claim="It.")],
        [],
        actor=e.eli,
        file="checks.json",
    ),
}


def merged_and_parted(e: Busy) -> None:
    main, other = e.claimants()
    workflow.merge_claimants(main, other, actor=e.eli)
    workflow.part_claimants(other, actor=e.eli)


def described(e: Busy) -> None:
    mayor, _other = e.claimants()
    now = workflow.ClaimantDraft.of(mayor)
    said = replace(now, description=f"{now.description}, since May")
    workflow.change_claimant(mayor, said, actor=e.eli, based_on=now)


class Busy(Cast):
    """A desk with three claims being checked, also by somebody whose membership changes."""

    gus: User
    finer: RatingScale

    def __init__(self) -> None:
        super().__init__()
        self.gus = c.make_person("gus", self.desk)
        self.finer = c.make_scale("finer")
        self.article_ = c.import_text(self.desk, self.eda, f"{c.TEXT}\n\nA fine day.")
        self.claims = [
            c.mark(self.article_, words, self.eda) for words in ("We never", "The line", "new pier")
        ]
        c.triage_all(self.article_, self.eda)
        people = [self.ann, self.ben, self.gus]
        workflow.open_checking(self.article_, people, actor=self.eda)
        for claim in self.claims:
            for person in (self.ann, self.ben):
                answer = workflow.Answer(c.rating(claim, "true"), "So it is", "We looked")
                check = c.check_of(claim, person)
                workflow.save_annotation(check, answer, person=person, based_on=0)

    def days(self) -> int:
        return (Desk.objects.get(pk=self.desk.pk).lapse_days or 0) + 1

    def colour(self) -> str:
        return "#000000" if Desk.objects.get(pk=self.desk.pk).colour else "#0b4a9e"

    def role(self) -> str:
        return "observer" if self.gus.memberships.get().role == "checker" else "checker"

    def claimants(self) -> tuple[Claimant, Claimant]:
        """Two of them, also in a thread of their own."""
        names = ("The mayor", "Mayor Lind")
        made = [Claimant.objects.get_or_create(desk=self.desk, name=each)[0] for each in names]
        return made[0], made[1]

    def cited(self) -> Citation:
        check = c.check_of(self.claims[0], self.ann)
        source = workflow.SourceDraft("Register")
        return workflow.save_citation(check, source, person=self.ann, stance="context")

    def submit_all(self, person: User) -> None:
        """In an order of its own, as the page does."""
        for claim in self.claims:
            workflow.submit(c.check_of(claim, person), actor=person)

    def mark_one(self) -> None:
        c.mark(self.article_, "It is a fine pier", self.eli)


CLAIM_MOVES: dict[str, Callable[[Busy], object]] = {
    "submit": lambda e: e.submit_all(e.ann),
    "assign": lambda e: [workflow.assign(q, e.mia, actor=e.eli) for q in reversed(e.claims)],
    "mark": lambda e: e.mark_one(),
    "set aside": lambda e: workflow.set_aside(e.claims[1], "opinion", actor=e.eli),
    "reword": lambda e: workflow.reword(
        e.claims[0], workflow.ClaimDraft("Put better."), actor=e.eli, reason="Clearer."
    ),
}


MORE_CLAIM_MOVES: dict[str, Callable[[Busy], object]] = {
    "take": lambda e: workflow.take(e.article_, actor=e.mia),
    "note a source": lambda e: note_of_source(e),
    "start": lambda e: [workflow.start(c.check_of(q, e.gus), actor=e.gus) for q in e.claims],
    "resume": lambda e: resumed(e),
    "expire": lambda e: [
        workflow.lapse(c.check_of(q, e.gus), at=timezone.now() + dt.timedelta(days=99))
        for q in e.claims
    ],
    "triage": lambda e: workflow.triage(e.article_, [1, 2], "opinion", actor=e.eli),
    "unmark": lambda e: workflow.unmark(
        e.article_, c.mark(e.article_, "It is a fine pier", e.eli).marks.get(), actor=e.eli
    ),
    "word": lambda e: workflow.save_wording(
        q := c.mark(e.article_, "It is a fine pier", e.eli),
        workflow.ClaimDraft("It is fine."),
        person=e.eli,
        based_on=q.version,
    ),
    "describe": lambda e: c.retitle(e.article_, e.eli),
    "plan": lambda e: workflow.plan(
        e.article_, {"on_hold": "A court."}, actor=e.eli, base={"on_hold": ""}
    ),
    "own": lambda e: workflow.look_after(e.article_, actor=e.eli),
    "revise": lambda e: exchange.revise(
        e.article_, plain.read(f"{c.TEXT} More.", "en"), actor=e.eli, based_on=1
    ),
    "ask reply": lambda e: workflow.ask_reply(e.claims, "The mayor", channel="phone", actor=e.eli),
    "withdraw reply": lambda e: workflow.withdraw_reply(
        workflow.ask_reply(e.claims, "The mayor", channel="phone", actor=e.eli),
        "In error.",
        actor=e.mia,
    ),
    "reply": lambda e: workflow.keep_reply(
        workflow.ask_reply(e.claims, "The mayor", channel="phone", actor=e.eli),
        "It is so.",
        actor=e.mia,
    ),
    "reply not needed": lambda e: workflow.no_reply_needed(e.claims, "It is a law.", actor=e.eli),
    "note criticism": lambda e: workflow.note_criticism(e.claims, "The mayor", actor=e.eli),
    "drop criticism": lambda e: criticised(e, workflow.drop_criticism),
    "look for answer": lambda e: criticised(
        e, lambda row, actor: workflow.look_for_answer(row, "yes", actor=actor)
    ),
}


def note_of_source(e: Busy) -> None:
    cited = e.cited()
    assert cited.annotation is not None
    note = workflow.add_note(cited.annotation, cited.source, "Ask them.", person=e.ann)
    workflow.settle_note(note, person=e.ann)


def resumed(e: Busy) -> None:
    e.submit_all(e.ann)
    workflow.resume(c.check_of(e.claims[1], e.ann), actor=e.ann)


def criticised(e: Busy, settle: Callable[..., object]) -> None:
    workflow.note_criticism(e.claims[:1], "The mayor", actor=e.eli)
    settle(e.claims[0].criticisms.get(), actor=e.eli)


@pytest.mark.drill
@pytest.mark.parametrize("claim_move", [*CLAIM_MOVES, *MORE_CLAIM_MOVES])
@pytest.mark.parametrize("desk_move", [*DESK_MOVES, *MORE_DESK_MOVES])
def test_nor_any_of_all_that_there_are(transactional_db, desk_move, claim_move):
    busy = Busy()
    ends = at_once(
        lambda: (DESK_MOVES | MORE_DESK_MOVES)[desk_move](busy),
        lambda: (CLAIM_MOVES | MORE_CLAIM_MOVES)[claim_move](busy),
        lambda: busy.submit_all(busy.ben),
    )
    assert not set(ends) - NO_FAULTS, f"{ends}: no deadlock reaches anybody"


@pytest.mark.parametrize("claim_move", CLAIM_MOVES)
@pytest.mark.parametrize("desk_move", DESK_MOVES)
def test_a_move_of_the_desk_and_one_of_a_claim_do_not_stand_in_each_others_way(
    transactional_db, desk_move, claim_move
):
    busy = Busy()
    ends = at_once(
        lambda: DESK_MOVES[desk_move](busy),
        lambda: CLAIM_MOVES[claim_move](busy),
        lambda: busy.submit_all(busy.ben),
    )
    assert not set(ends) - {"done", "Refused", "Closed"}, "no deadlock reaches anybody"
    assert ends["done"] >= 2 - (desk_move == "change scale")


def aside_and_back(claim: Claim, person: User) -> None:
    workflow.set_aside(claim, "opinion", actor=person)
    workflow.bring_back(claim, actor=person, reason="No.")


# What is done to a claim at each later stage, with the article and the claim that are there.
Later = Callable[[Busy, Article, Claim], object]
LATER_MOVES: dict[str, tuple[str, Later]] = {
    "open checking": ("marked", lambda e, a, q: workflow.open_checking(a, [e.ann], actor=e.eda)),
    "take back": (
        "checking",
        lambda e, a, q: workflow.take_back(c.check_of(q, e.ann), actor=e.eda, reason="No."),
    ),
    "decline": (
        "checking",
        lambda e, a, q: workflow.decline(c.check_of(q, e.ann), actor=e.ann, reason="No."),
    ),
    "decide": ("deciding", lambda e, a, q: c.decide(q, e.eda)),
    "give back": (
        "deciding",
        lambda e, a, q: workflow.give_back(c.check_of(q, e.ann), actor=e.eda, reason="Why?"),
    ),
    "ask again": ("deciding", lambda e, a, q: workflow.ask_again(q, e.eli, actor=e.eda)),
    "approve": ("decided", lambda e, a, q: workflow.approve(q, actor=e.eli)),
    "send back": ("decided", lambda e, a, q: workflow.send_back(q, actor=e.eli, reason="Why?")),
    "publish": ("approved", lambda e, a, q: workflow.publish(a, actor=e.eli)),
    "correct": ("published", lambda e, a, q: workflow.reopen(q, actor=e.eli, reason="New.")),
    "retract": ("published", lambda e, a, q: workflow.retract(q, actor=e.mia, why="Forged.")),
    "withdraw": ("published", lambda e, a, q: workflow.withdraw(a, actor=e.mia, why="A court.")),
    "bring back": (
        "marked",
        lambda e, a, q: aside_and_back(q, e.eda),
    ),
}
MORE_LATER_MOVES: dict[str, tuple[str, Later]] = {
    "adopt": ("deciding", lambda e, a, q: workflow.adopt_agreed(a, actor=e.eda)),
    "approve article": ("approved", lambda e, a, q: workflow.approve_article(a, actor=e.mia)),
    "plan review": (
        "published",
        lambda e, a, q: workflow.plan_review(
            q, timezone.localdate() + dt.timedelta(days=9), actor=e.eli
        ),
    ),
    "confirm taking back": (
        "published",
        lambda e, a, q: (
            workflow.withdraw(a, actor=e.mia, why="A court."),
            workflow.confirm_taking_back(a, actor=e.eli),
        ),
    ),
    "translate": (
        "published",
        lambda e, a, q: workflow.translate(
            c.import_text(e.desk, e.eli, language="de"), a, actor=e.eli
        ),
    ),
    "untie": (
        "published",
        lambda e, a, q: (
            workflow.translate(b := c.import_text(e.desk, e.eli, language="de"), a, actor=e.eli),
            workflow.untie(b, actor=e.eli),
        ),
    ),
}

RACED_AS = {
    "change look": "change rules",
    "change scale": "change rules",
    "open checking": "open",
    "give back": "return",
    "correct": "reopen",
    "take": "assign",
    "approve article": "approve",
    "note a source": "",
}
"""What is raced under another name than the log's."""
WITH_ANOTHER = {
    "disclose": "submit", "fulfil": "decide", "extend": "assign", "also in": "translate",
    "orphan": "revise", "remind reply": "ask reply",
}  # fmt: skip
"""What the desk's policy, or a clock, does in the transaction of another move or of its kind."""
NOT_RACED = {
    "confirm": "a row of one revision, under the article's lock like `attach`",
    "attach": "raced against `let go` in a test of its own",
    "let go": "the same",
    "look again": "a revision's own marks, under the article's lock",
    "source changed": "the worker's, one row held at a time",
    "judge change": "of one claim, under its lock like `decide`",
    "erase": "a command of whoever keeps the server",
}


def test_every_move_that_there_is_is_raced():
    raced = {*DESK_MOVES, *MORE_DESK_MOVES, *CLAIM_MOVES, *MORE_CLAIM_MOVES}
    raced |= {*LATER_MOVES, *MORE_LATER_MOVES}
    named = {RACED_AS.get(name, name) for name in raced} - {""}
    assert named <= set(MoveName.values)
    assert named | {*WITH_ANOTHER, *NOT_RACED} == set(MoveName.values)
    assert set(WITH_ANOTHER.values()) <= named
    offered = {str(act.move.name) for act in workflow.ACTS.values()}
    assert offered <= named, "what a page offers is raced"


@pytest.mark.drill
@pytest.mark.parametrize("later_move", [*LATER_MOVES, *MORE_LATER_MOVES])
@pytest.mark.parametrize("desk_move", [*DESK_MOVES, *MORE_DESK_MOVES])
def test_nor_does_one_at_a_later_stage(transactional_db, desk_move, later_move):
    stage, move = (LATER_MOVES | MORE_LATER_MOVES)[later_move]
    busy = Busy()
    article, claim = getattr(busy, stage)()
    ends = at_once(
        lambda: (DESK_MOVES | MORE_DESK_MOVES)[desk_move](busy),
        lambda: move(busy, article, claim),
        lambda: busy.submit_all(busy.ben),
    )
    assert not set(ends) - NO_FAULTS, f"{ends}: no deadlock reaches anybody"


def test_a_move_that_crossed_with_another_is_made_once_more(cast):
    _article, claim = cast.marked()
    tries = []

    @core.one_transaction
    def crossing() -> str:
        tries.append(1)
        workflow.set_aside(claim, "opinion", actor=cast.eda)
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute("do $$ begin raise exception sqlstate '40P01'; end $$")
        return "done"

    assert crossing() == "done"
    assert Transition.objects.filter(claim=claim, move="set aside").count() == 1


def test_what_fails_for_another_reason_is_not_tried_again(cast):
    tries = []

    @core.one_transaction
    def broken() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("do $$ begin raise exception sqlstate '57014'; end $$")

    with pytest.raises(OperationalError):
        broken()
    assert len(tries) == 1


def test_of_fifty_who_take_at_once_no_two_get_the_same_slot(cast):
    article = cast.article()
    for words in (c.MARKED, c.SECOND, "In 2024 the town paid for a new pier", "It is a fine pier"):
        c.mark(article, words, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [], actor=cast.eda, way=Dealing.TAKEN)
    people = [c.make_person(f"taker{number}", cast.desk) for number in range(50)]
    ends = at_once(*[partial(workflow.take, article, actor=person) for person in people])
    assert set(ends) <= {"done", "Refused"}, ends
    taken = Counter(Assignment.objects.values_list("claim", flat=True))
    assert list(taken.values()) == [2] * 4, "every slot is taken, and none twice"
    checkers = Assignment.objects.values_list("claim", "person")
    assert len(set(checkers)) == len(checkers)
