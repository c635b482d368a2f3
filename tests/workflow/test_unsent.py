"""What somebody typed and did not send: theirs alone, and no longer than it serves them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from annotations import workflow
from annotations.models import UNSENT_KEPT, Membership, Receipt, Transition, UnsentForm
from annotations.workflow import cleaning
from tests.cast import Cast

FORM = "/articles/1/claims/1/decide/"
TYPED = [("finding", "It cost seven."), ("add-1-url", "https://two.example/")]


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def keep(cast: Cast, fields=TYPED, *, based_on=0, who=None, key=None) -> UnsentForm:
    return workflow.keep_unsent(
        cast.desk, FORM, fields, actor=who or cast.eda, based_on=based_on, key=key
    )


def test_each_save_is_a_version_and_none_is_a_line_of_the_log(cast):
    lines = Transition.objects.count()
    assert keep(cast).version == 1
    again = keep(cast, [("finding", "It cost eight.")], based_on=1)
    assert (again.version, again.fields) == (2, [["finding", "It cost eight."]])
    assert UnsentForm.objects.count() == 1
    assert Transition.objects.count() == lines


def test_the_second_of_two_windows_is_told_what_the_first_saved(cast):
    keep(cast)
    with pytest.raises(workflow.Stale) as stale:
        keep(cast, [("finding", "Typed elsewhere.")])
    assert stale.value.current.fields == [list(pair) for pair in TYPED]
    assert UnsentForm.objects.get().version == 1


def test_a_save_that_is_sent_twice_has_one_effect(cast):
    assert keep(cast).version == keep(cast).version == 1


def test_a_form_that_was_sent_is_not_kept_any_more(cast):
    key = uuid.uuid4()
    Receipt.objects.create(person=cast.eda, key=key, answer={"what": FORM, "answer": "/"})
    with pytest.raises(workflow.Closed):
        keep(cast, key=key)
    assert keep(cast, who=cast.eli, key=key).version == 1, "a key is its sender's own"


@pytest.mark.parametrize(
    "fields",
    [
        [("text", "x" * (workflow.unsent.UNSENT_AT_MOST + 1))],
        [("cite", "")] * (workflow.unsent.NAMES_AT_MOST + 1),
    ],
    ids=["characters", "fields"],
)
def test_it_is_bounded(cast, fields):
    with pytest.raises(workflow.Refused, match="too much"):
        keep(cast, fields)


def test_a_person_keeps_a_bounded_number_of_forms(cast, monkeypatch):
    monkeypatch.setattr(workflow.unsent, "FORMS_AT_MOST", 1)
    keep(cast)
    keep(cast, [("finding", "More.")], based_on=1)
    with pytest.raises(workflow.Refused, match="Too many"):
        workflow.keep_unsent(cast.desk, "/another/", TYPED, actor=cast.eda, based_on=0)


def test_what_postgresql_cannot_hold_is_left_out(cast):
    assert keep(cast, [("finding", "a\0b")]).fields == [["finding", "ab"]]


def test_nobody_else_has_it_and_a_stranger_keeps_nothing(cast):
    row = keep(cast)
    for other in (cast.ann, cast.eli, cast.mia, cast.ola, cast.stranger):
        assert not UnsentForm.objects.visible_to(other).exists()
    assert UnsentForm.objects.visible_to(cast.eda).get() == row
    with pytest.raises(PermissionDenied):
        keep(cast, who=cast.stranger)


def test_whoever_leaves_the_desk_loses_it(cast):
    keep(cast)
    keep(cast, who=cast.eli)
    member = Membership.objects.get(desk=cast.desk, user=cast.eda)
    workflow.end_membership(member, actor=cast.mia)
    assert UnsentForm.objects.get().person == cast.eli


def test_it_is_let_go_of_as_far_as_its_sender_saw_it(cast):
    keep(cast)
    keep(cast, [("finding", "Of another window.")], based_on=1)
    workflow.drop_unsent(FORM, actor=cast.eda, version=1)
    assert UnsentForm.objects.exists(), "another window has saved since"
    workflow.drop_unsent(FORM, actor=cast.eli, version=2)
    assert UnsentForm.objects.exists(), "it is somebody else's"
    workflow.drop_unsent(FORM, actor=cast.eda, version=2)
    assert not UnsentForm.objects.exists()


def test_it_lapses_a_month_after_the_last_key(cast):
    now = timezone.now()
    keep(cast)
    UnsentForm.objects.update(saved_at=now - UNSENT_KEPT + dt.timedelta(minutes=1))
    assert UnsentForm.objects.current().exists()
    assert cleaning.unsent_forms(now) == 0
    UnsentForm.objects.update(saved_at=now - UNSENT_KEPT - dt.timedelta(minutes=1))
    assert not UnsentForm.objects.current().exists()
    assert cleaning.unsent_forms(now) == 1


def test_a_late_save_of_a_form_that_arrived_is_shown_to_nobody_and_cleaned(cast):
    key = uuid.uuid4()
    keep(cast, key=key)
    Receipt.objects.create(person=cast.eda, key=key, answer={"what": FORM, "answer": "/"})
    assert not UnsentForm.objects.current().exists()
    assert cleaning.unsent_forms(timezone.now()) == 1
