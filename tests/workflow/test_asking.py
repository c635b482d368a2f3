"""Who is asked for what, and how a request ends when it is not met."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from annotations import tasks, workflow
from annotations.models import (
    Annotation,
    Assignment,
    Claim,
    Desk,
    Membership,
    Sighting,
    Transition,
)
from tests import cast as c

DAY = dt.timedelta(days=1)


def status(row: Any) -> str:
    return str(type(row).objects.values_list("status", flat=True).get(pk=row.pk))


def draft(claim: Claim, person: Any) -> Assignment:
    check = c.check_of(claim, person)
    workflow.start(check, actor=person)
    workflow.save_annotation(check, workflow.Answer(finding="Half done"), person=person, based_on=0)
    return check


def test_opening_takes_as_many_people_as_the_desk_needs_and_answers_which_claims_opened(cast):
    article, claim = cast.marked()
    with pytest.raises(workflow.Refused, match="needs 2 people who check it; you chose 1"):
        workflow.open_checking(article, [cast.ann], actor=cast.eda)
    assert status(claim) == "spotted"
    assert workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda) == [claim]


def test_a_right_at_another_desk_opens_no_check_at_this_one(cast):
    _article, claim = cast.checking()
    Membership.objects.filter(user=cast.ann).update(desk=c.make_desk("third"))
    with pytest.raises(PermissionDenied, match="annotate claims at this desk"):
        workflow.start(c.check_of(claim, cast.ann), actor=cast.ann)


def test_a_check_that_is_declined_keeps_its_draft_and_can_be_asked_again(cast):
    _article, claim = cast.checking()
    check = draft(claim, cast.ann)
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.decline(check, actor=cast.ann, reason=" ")
    workflow.decline(check, actor=cast.ann, reason="I know the mayor.")
    assert status(check) == "declined"
    assert Annotation.objects.get(assignment=check).finding == "Half done"
    assert Transition.objects.get(assignment=check, move="decline").reason == "I know the mayor."
    workflow.assign(claim, cast.ann, actor=cast.eda)
    assert status(check) == "assigned"


def test_what_is_handed_in_can_neither_be_declined_nor_taken_back(cast):
    _article, claim = cast.checking()
    check = c.annotate(claim, cast.ann)
    with pytest.raises(workflow.Refused, match="not open"):
        workflow.decline(check, actor=cast.ann, reason="Oh.")
    with pytest.raises(workflow.Refused, match="not open"):
        workflow.take_back(check, actor=cast.eda, reason="Oh.")


@pytest.mark.parametrize("how", ["decline", "take back", "lapse", "leave"])
def test_the_rest_is_disclosed_when_the_last_who_owed_is_not_waited_for_any_more(cast, how):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.mia], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    check = c.check_of(claim, cast.mia)
    assert status(claim) == "checking"
    if how == "decline":
        workflow.decline(check, actor=cast.mia, reason="No time.")
    elif how == "take back":
        workflow.take_back(check, actor=cast.eda, reason="Enough.")
    elif how == "leave":
        workflow.enrol(cast.desk, cast.eli, "manager", actor=cast.mia)
        workflow.end_membership(cast.mia.memberships.get(), actor=cast.eli)
    else:
        Desk.objects.update(lapse_days=2)
        assert tasks.lapse_overdue(timezone.now() + 3 * DAY) == 1
    assert status(check) in ("declined", "expired")
    assert status(claim) == "deciding"


def test_too_few_answers_are_never_disclosed_however_many_stop(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    workflow.decline(c.check_of(claim, cast.ben), actor=cast.ben, reason="No time.")
    assert status(claim) == "checking"
    assert not Annotation.objects.visible_to(cast.eda).exists()


def test_a_check_lapses_so_many_days_after_it_was_due_and_never_before(cast):
    article, claim = cast.marked()
    Desk.objects.filter(pk=cast.desk.pk).update(lapse_days=2)
    due = timezone.now() + 5 * DAY
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=due)
    check = draft(claim, cast.ann)
    assert tasks.lapse_overdue(due + 2 * DAY - dt.timedelta(seconds=1)) == 0
    assert not workflow.lapse(check, at=due + DAY)
    c.annotate(claim, cast.ben)
    assert tasks.lapse_overdue(due + 2 * DAY) == 1
    assert tasks.lapse_overdue(due + 2 * DAY) == 0, "twice is once"
    assert status(check) == "expired"
    assert Annotation.objects.get(assignment=check).finding == "Half done"
    line = Transition.objects.get(assignment=check, move="expire")
    assert (line.actor, line.reason, line.detail) == (None, "", {"days": 2})


def test_a_returned_check_begins_to_lapse_anew(cast):
    article, claim = cast.marked()
    Desk.objects.update(lapse_days=1)
    due = timezone.now() - 3 * DAY
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=due)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    check = c.check_of(claim, cast.ann)
    workflow.give_back(check, actor=cast.eda, reason="A primary source, please.")
    assert tasks.lapse_overdue() == 0
    assert tasks.lapse_overdue(timezone.now() + DAY) == 1


def test_the_worker_lets_checks_lapse(cast):
    _article, claim = cast.checking()
    Desk.objects.update(lapse_days=1)
    Assignment.objects.update(assigned_at=timezone.now() - 2 * DAY)
    call_command("worker", "--once")
    assert set(claim.assignments.values_list("status", flat=True)) == {"expired"}


def test_nobody_is_asked_for_what_the_rules_would_refuse_them(cast):
    _article, claim = cast.checking()
    for person, task, why in (
        (cast.ola, "check", "may not annotate"),
        (cast.ann, "decide", "may not decide"),
        (cast.ann, "approve", "may not approve"),
        (cast.stranger, "check", "may not annotate"),
    ):
        with pytest.raises(workflow.Refused, match=why):
            workflow.assign(claim, person, actor=cast.eda, task=task)
    workflow.assign(claim, cast.eli, actor=cast.eda)
    for task in ("decide", "approve"):
        with pytest.raises(workflow.Refused, match="so someone else"):
            workflow.assign(claim, cast.eli, actor=cast.eda, task=task)


def test_who_is_asked_to_decide_or_approve_is_done_when_it_is_done(cast):
    _article, claim = cast.deciding()
    mine = workflow.assign(claim, cast.eda, actor=cast.mia, task="decide")
    other = workflow.assign(claim, cast.mia, actor=cast.mia, task="decide")
    approval = workflow.assign(claim, cast.eli, actor=cast.mia, task="approve")
    c.decide(claim, cast.eda)
    assert (status(mine), status(other)) == ("submitted", "expired")
    workflow.approve(claim, actor=cast.mia)
    assert status(approval) == "expired"
    assert Transition.objects.get(assignment=approval, move="expire").detail == {"done_by": "Mia"}


def test_what_is_sent_back_goes_to_its_decider_or_to_whom_one_names(cast):
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Read page 3.")
    back = Assignment.objects.get(claim=claim, task="decide")
    assert (back.person, back.status) == (cast.eda, "returned")
    line = Transition.objects.get(assignment=back, move="return")
    assert (line.actor, line.reason) == (cast.eli, "Read page 3.")
    c.decide(claim, cast.eda)
    workflow.send_back(claim, actor=cast.eli, reason="No.", to=cast.mia)
    assert Assignment.objects.get(claim=claim, task="decide", person=cast.mia).status == "returned"


def test_a_new_day_is_written_for_what_is_open_only(cast):
    _article, claim = cast.checking()
    due = timezone.now() + DAY
    check = workflow.assign(claim, cast.ann, actor=cast.eda, due_at=due)
    assert check.due_at == due
    assert Transition.objects.get(assignment=check, move="extend").source == "assigned"
    c.annotate(claim, cast.ann)
    workflow.assign(claim, cast.ann, actor=cast.eda, due_at=due + DAY)
    assert Assignment.objects.get(pk=check.pk).due_at == due


def test_who_checks_cannot_take_anothers_check_back_and_learns_nothing_by_trying(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    for _before_and_after in range(2):
        with pytest.raises(workflow.Refused, match="yourself, and not all"):
            workflow.take_back(c.check_of(claim, cast.ann), actor=cast.eli, reason="Mine.")
        if status(c.check_of(claim, cast.ann)) != "submitted":
            c.annotate(claim, cast.ann)


def test_a_day_that_has_passed_is_taken_out_when_a_check_is_asked_for_again(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.assign(claim, cast.ann, actor=cast.eda, due_at=timezone.now() - DAY)
    workflow.decline(check, actor=cast.ann, reason="I know the mayor.")
    workflow.assign(claim, cast.ann, actor=cast.eli, due_at=timezone.now() - DAY)
    again = Assignment.objects.get(pk=check.pk)
    assert (again.status, again.due_at, again.assigned_by) == ("assigned", None, cast.eli)


def test_the_same_day_again_is_no_line_of_the_log(cast):
    _article, claim = cast.checking()
    day = timezone.now() + DAY
    for _time in range(2):
        workflow.assign(claim, cast.ann, actor=cast.eda, due_at=day)
    workflow.assign(claim, cast.ann, actor=cast.eda)
    assert Assignment.objects.get(claim=claim, person=cast.ann).due_at == day
    assert Transition.objects.filter(claim=claim, move="extend").count() == 1


def test_who_is_asked_to_approve_does_not_annotate_it(cast):
    _article, claim = cast.checking()
    c.make_editor(cast.ann, cast.desk)
    with pytest.raises(workflow.Refused, match=r"annotates .* so someone else approves"):
        workflow.assign(claim, cast.ann, actor=cast.eda, task="approve")


def test_who_decided_is_not_asked_to_approve(cast):
    _article, claim = cast.decided()
    with pytest.raises(workflow.Refused, match=r"decided on .* so someone else approves"):
        workflow.assign(claim, cast.eda, actor=cast.eli, task="approve")


@pytest.mark.parametrize(
    ("task", "stage"), [("check", "deciding"), ("decide", "decided"), ("approve", "approved")]
)
def test_nobody_is_asked_for_what_is_over(cast, task, stage):
    _article, claim = getattr(cast, stage)()
    with pytest.raises(workflow.Refused, match="cannot be asked for"):
        workflow.assign(claim, cast.mia, actor=cast.eli, task=task)


def test_a_right_at_another_desk_is_no_right_to_be_asked_here(cast):
    _article, claim = cast.checking()
    with pytest.raises(workflow.Refused, match="may not annotate claims at this desk"):
        workflow.assign(claim, cast.stranger, actor=cast.eda)


def test_who_else_was_asked_to_decide_is_told_who_did(cast):
    _article, claim = cast.deciding()
    for person in (cast.eda, cast.mia):
        workflow.assign(claim, person, actor=cast.eda, task="decide")
    workflow.assign(claim, cast.eli, actor=cast.eda, task="approve")
    c.decide(claim, cast.eda)
    found = dict(
        Assignment.objects.filter(claim=claim).exclude(task="check").values_list("person", "status")
    )
    assert found == {cast.eda.pk: "submitted", cast.mia.pk: "expired", cast.eli.pk: "assigned"}
    assert Transition.objects.get(assignment__person=cast.mia, move="expire").detail == {
        "done_by": str(cast.eda)
    }


@pytest.mark.parametrize(
    ("task", "stage"),
    [
        *(("check", stage) for stage in ("marked", "checking")),
        *(("decide", stage) for stage in ("marked", "checking", "deciding")),
        *(("approve", stage) for stage in ("marked", "checking", "deciding", "decided")),
    ],
)
def test_until_a_task_is_over_somebody_can_be_asked_for_it(cast, task, stage):
    _article, claim = getattr(cast, stage)()
    assert workflow.assign(claim, cast.mia, actor=cast.eli, task=task).status == "assigned"


def test_a_check_is_taken_back_with_a_reason_only(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.take_back(check, actor=cast.eda, reason=" ")
    assert status(check) == "assigned"


def test_what_was_handed_in_meanwhile_does_not_lapse(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(lapse_days=1)
    _article, claim = cast.checking()
    stale = c.check_of(claim, cast.ann)
    c.annotate(claim, cast.ann)
    assert workflow.lapse(stale, at=timezone.now() + 9 * DAY) is False
    assert status(stale) == "submitted"


def test_what_somebody_else_has_seen_keeps_nobody_from_a_check(cast):
    _article, claim = cast.checking()
    Sighting.objects.note(cast.ola, [claim.pk])
    assert workflow.assign(claim, cast.mia, actor=cast.eda).status == "assigned"


@pytest.mark.parametrize("task", ["decide", "approve"])
def test_who_checks_does_not_learn_who_else_does_by_asking_them_for_more(cast, task):
    """They would be told that ben annotates it, and so somebody else decides."""
    _article, claim = cast.marked()
    workflow.open_checking(_article, [cast.eda, cast.ben], actor=cast.eli)
    told = set()
    for person in (cast.ben, cast.mia):
        with pytest.raises(workflow.Refused) as why:
            workflow.assign(claim, person, actor=cast.eda, task=task)
        told.add(str(why.value))
    assert told == {f"You check “{claim}” yourself, and not all answers are in: ask somebody else."}
    workflow.assign(claim, cast.mia, actor=cast.eli, task=task)
