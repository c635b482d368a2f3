"""Many make the same move at once: one winner, clear refusals, one line in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import OperationalError, connection

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Claim,
    Confidant,
    Edition,
    Invitation,
    Mark,
    Orphan,
    Transition,
    Verdict,
)
from annotations.vocabulary import Dealing
from annotations.workflow import core
from tests import cast as c
from tests.cast import Cast

from .racing import REFUSALS, at_once, crossing

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


@pytest.fixture
def cast(transactional_db) -> Cast:
    return Cast()


ONE_WINNER = Counter({"done": 1, "Refused": THREADS - 1})


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


# --- moves that cross ---


def test_who_waited_for_a_change_of_the_rules_is_judged_by_the_new_ones(transactional_db):
    cast = Cast(needed=3)
    article, claim = cast.marked()
    people = [cast.ann, cast.ben, cast.eli]
    workflow.open_checking(article, people, actor=cast.eda)
    workflow.decline(c.check_of(claim, cast.eli), actor=cast.eli, reason="No time.")
    c.annotate(claim, cast.ann)
    answer = workflow.Answer(c.rating(claim, "true"), "So it is", "We looked")
    workflow.save_annotation(c.check_of(claim, cast.ben), answer, person=cast.ben, based_on=0)
    fewer = {"annotations_needed": 2}
    end = crossing(
        lambda: workflow.change_rules(cast.desk, fewer, actor=cast.mia, reason="Quicker."),
        lambda: workflow.submit(c.check_of(claim, cast.ben), actor=cast.ben),
    )
    claim.refresh_from_db()
    assert (end, claim.status) == ("done", "deciding"), "two are enough, and two are in"


def test_who_waited_for_a_confidence_to_end_is_told_nothing(cast):
    _article, claim = cast.checking()
    draft = workflow.SourceDraft("An official of the ministry", is_confidential=True)
    check = c.check_of(claim, cast.ann)
    cited = workflow.save_citation(check, draft, person=cast.ann, stance="supports")
    workflow.keep_identity(cited.source, workflow.Who("Z. Quill", "Ring twice."), actor=cast.ann)
    workflow.confide(cited.source, cast.eda, actor=cast.ann)
    end = crossing(
        lambda: workflow.end_confidence(Confidant.objects.get(), actor=cast.ann),
        lambda: workflow.see_identity(cited.source, actor=cast.eda),
    )
    assert end == "PermissionDenied"


def test_eight_invitations_of_one_address_at_once_are_one(cast):
    ends = at_once(
        *[lambda: workflow.invite(cast.desk, "new@desk.example", actor=cast.mia)] * THREADS
    )
    assert ends == Counter({"done": THREADS})
    assert Invitation.objects.open().count() == 1


def test_of_eight_who_end_a_membership_at_once_seven_are_told_that_it_is_over(cast):
    member = cast.ben.memberships.get()
    ends = at_once(*[lambda: workflow.end_membership(member, actor=cast.mia)] * THREADS)
    assert ends == Counter({"done": 1, "Stale": THREADS - 1})


def left_with_nobody(cast: Cast) -> list[Assignment]:
    """What is owed by people who are not at the desk."""
    members = cast.desk.members.values("pk")
    return list(Assignment.objects.filter(status__in=OPEN).exclude(person__in=members))


def test_who_is_asked_while_their_membership_ends_is_let_go_of(cast):
    """The membership's end waits for the request, and finds it."""
    _article, claim = cast.checking()
    gus = c.make_person("gus", cast.desk)
    end = crossing(
        lambda: workflow.assign(claim, gus, actor=cast.eda),
        lambda: workflow.end_membership(gus.memberships.get(), actor=cast.mia),
    )
    assert end == "done"
    assert left_with_nobody(cast) == []
    assert Transition.objects.filter(person=gus, move="end membership").exists()
    assert Assignment.objects.get(person=gus).status == "expired"


def test_nobody_is_asked_whose_membership_is_ending(cast):
    """Nor does the request wait: whoever ends it may wait for the claim that it holds."""
    _article, claim = cast.checking()
    gus = c.make_person("gus", cast.desk)
    end = crossing(
        lambda: workflow.end_membership(gus.memberships.get(), actor=cast.mia),
        lambda: workflow.assign(claim, gus, actor=cast.eda),
    )
    assert end == "Refused"
    assert left_with_nobody(cast) == []


ASKING = {
    "assign": lambda cast, gus, article, claim: workflow.assign(claim, gus, actor=cast.eda),
    "take": lambda cast, gus, article, claim: workflow.take(article, actor=gus),
    "open checking": lambda cast, gus, article, claim: workflow.open_checking(
        article, [gus, cast.ann], actor=cast.eda
    ),
}


@pytest.mark.parametrize("ask", ASKING)
def test_in_whatever_order_nobody_who_left_is_left_with_a_check(cast, ask):
    article, claim = cast.marked() if ask == "open checking" else cast.checking()
    if ask == "take":
        workflow.decline(c.check_of(claim, cast.ben), actor=cast.ben, reason="No.")
    gus = c.make_person("gus", cast.desk)
    ends = at_once(
        lambda: ASKING[ask](cast, gus, article, claim),
        lambda: workflow.end_membership(gus.memberships.get(), actor=cast.mia),
    )
    assert {*ends} <= {"done", "Refused", "PermissionDenied"}
    assert left_with_nobody(cast) == []


def test_a_scale_does_not_change_while_checking_is_opened(cast):
    article, _claim = cast.marked()
    finer = c.make_scale("finer")
    end = crossing(
        lambda: workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda),
        lambda: workflow.change_scale(cast.desk, finer, actor=cast.mia, reason="Finer."),
    )
    assert end == "Refused"


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


def test_whoever_takes_passes_over_what_another_is_taking_and_does_not_wait(cast):
    article = cast.article()
    claims = [c.mark(article, words, cast.eda) for words in (c.MARKED, c.SECOND)]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [], actor=cast.eda, way=Dealing.TAKEN)
    taker = c.make_person("taker", cast.desk)

    def take_without_waiting() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = 1")  # ms: any wait is an error
        workflow.take(article, actor=taker)

    held = claims[0]
    end = crossing(
        lambda: Claim.objects.select_for_update(no_key=True).get(pk=held.pk), take_without_waiting
    )
    assert end == "done"
    assert list(Assignment.objects.values_list("claim", "person")) == [(claims[1].pk, taker.pk)]
