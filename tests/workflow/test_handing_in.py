"""A check from its first minute to the moment it is handed in or given back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from annotations import workflow
from annotations.models import Annotation, Assignment, Desk, Sighting, Transition
from tests import cast as c


@pytest.fixture
def check(cast):
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def written(check: Assignment, **missing: object) -> Annotation:
    """A draft with all it needs but what is missing."""
    fields = {"rating": c.rating(check.claim, "true"), "finding": "So.", "justification": "Look."}
    return Annotation.objects.create(assignment=check, **(fields | missing))


def moves(check: Assignment) -> list[str]:
    rows = Transition.objects.filter(assignment=check).order_by("pk")
    return list(rows.values_list("move", flat=True))


def test_who_begins_twice_began_once(cast, check):
    assert workflow.start(check, actor=cast.ann).status == "started"
    assert workflow.start(check, actor=cast.ann).status == "started"
    assert Assignment.objects.get(pk=check.pk).status == "started"
    assert moves(check) == ["assign", "start"]


@pytest.mark.parametrize("missing", [{"rating": None}, {"finding": ""}, {"justification": ""}])
def test_an_annotation_without_its_rating_finding_or_reasons_is_not_handed_in(cast, check, missing):
    written(check, **missing)
    with pytest.raises(workflow.Refused, match="Choose a rating"):
        workflow.submit(check, actor=cast.ann)
    assert Annotation.objects.get().submitted_at is None


def test_nothing_written_is_not_handed_in(cast, check):
    with pytest.raises(workflow.Refused, match="Choose a rating"):
        workflow.submit(check, actor=cast.ann)


def test_two_passages_of_one_source_are_one_source(cast, check):
    Desk.objects.update(demand_sources="block", sources_needed=2)
    written(check)
    for title in ("Register", "Register", "Letter"):
        with pytest.raises(workflow.Refused, match="asks for 2 sources"):
            workflow.submit(check, actor=cast.ann)
        source = workflow.SourceDraft(title)
        workflow.save_citation(check, source, person=cast.ann, stance="context")
    workflow.submit(check, actor=cast.ann)


def test_what_was_changed_in_another_window_is_not_handed_in_unread(cast, check):
    now = written(check)
    with pytest.raises(workflow.Stale) as stale:
        workflow.submit(check, actor=cast.ann, based_on=now.version + 1)
    assert stale.value.current == now
    assert workflow.submit(check, actor=cast.ann, based_on=now.version).submitted_at


def test_what_is_handed_in_says_when_and_the_check_is_submitted(cast, check):
    written(check)
    handed_in = workflow.submit(check, actor=cast.ann)
    assert Annotation.objects.get().submitted_at == handed_in.submitted_at is not None
    assert not Annotation.objects.get().revised_in_view
    assert Assignment.objects.get(pk=check.pk).status == "submitted"
    assert Transition.objects.get(assignment=check, move="submit").detail == {}


def test_nobody_gives_their_own_annotation_back_nor_one_that_is_not_in(cast):
    _article, claim = cast.deciding()
    mine = Assignment.objects.filter(claim=claim, person=cast.ann)
    c.make_editor(cast.ann, cast.desk)
    with pytest.raises(workflow.Refused, match="your own annotation"):
        workflow.give_back(mine.get(), actor=cast.ann, reason="Again.")
    mine.update(status="declined")
    with pytest.raises(workflow.Refused, match="not submitted"):
        workflow.give_back(mine.get(), actor=cast.eda, reason="Again.")


def test_who_had_a_check_is_not_asked_for_another_annotation(cast):
    _article, claim = cast.deciding()
    with pytest.raises(workflow.Refused, match="annotated it already"):
        workflow.ask_again(claim, cast.ann, actor=cast.eda)


def test_one_more_is_asked_by_a_day_and_for_a_reason_that_the_log_keeps(cast):
    _article, claim = cast.deciding()
    asked = workflow.ask_again(claim, cast.mia, actor=cast.eda, reason="They differ.")
    assert (asked.person, asked.status) == (cast.mia, "assigned")
    assert Transition.objects.get(claim=claim, move="ask again").reason == "They differ."


def test_who_was_asked_to_decide_may_still_be_asked_for_an_annotation(cast):
    _article, claim = cast.deciding()
    workflow.assign(claim, cast.mia, actor=cast.eda, task="approve")
    assert workflow.ask_again(claim, cast.mia, actor=cast.eda).task == "check"


def test_a_check_of_someone_elses_is_refused_as_such(cast, check):
    with pytest.raises(PermissionDenied, match="asked of someone else"):
        workflow.start(check, actor=cast.ben)


def test_that_somebody_else_saw_the_annotations_says_nothing_of_this_one(cast, check):
    Sighting.objects.note(cast.ben, [check.claim.pk])
    written(check)
    assert not workflow.submit(check, actor=cast.ann).revised_in_view


def test_what_was_taken_back_is_a_draft_again_and_is_handed_in_anew(cast, check):
    written(check)
    workflow.submit(check, actor=cast.ann)
    workflow.resume(check, actor=cast.ann)
    row = Annotation.objects.get(assignment=check)
    assert (row.submitted_at, row.assignment.status) == (None, "started")
    assert moves(check) == ["assign", "submit", "resume"]
    workflow.submit(check, actor=cast.ann)
    assert Annotation.objects.get(assignment=check).submitted_at is not None
