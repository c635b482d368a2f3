"""Saves of work in progress: versions, keys, and what closes them (rule 9)."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from annotations import workflow
from annotations.models import Annotation, Citation, Receipt, Source
from tests import cast as c


@pytest.fixture
def check(cast):
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def save(check, person, text, based_on, key=None):
    answer = workflow.Answer(finding=text)
    return workflow.save_annotation(check, answer, person=person, based_on=based_on, key=key)


def test_a_stale_save_changes_nothing_and_tells_what_stands_there(cast, check):
    save(check, cast.ann, "first", 0)
    save(check, cast.ann, "second", 1)
    with pytest.raises(workflow.Stale) as stale:
        save(check, cast.ann, "third", 1)
    assert stale.value.current == Annotation.objects.get()
    assert Annotation.objects.get().finding == "second"


def test_the_same_key_a_hundred_times_has_one_effect_and_one_answer(cast, check):
    key = uuid.uuid4()
    assert {save(check, cast.ann, "once", 0, key) for _time in range(100)} == {1}
    assert Annotation.objects.get().version == 1
    assert Receipt.objects.count() == 1


def test_one_persons_key_is_not_anothers(cast, check):
    key = uuid.uuid4()
    save(check, cast.ann, "Ann’s", 0, key)
    other = c.check_of(check.claim, cast.ben)
    save(other, cast.ben, "Ben’s", 0, key)
    assert {row.finding for row in Annotation.objects.all()} == {"Ann’s", "Ben’s"}


def test_a_source_cited_once_with_its_key_is_cited_once(cast, check):
    key = uuid.uuid4()
    for _time in range(3):
        workflow.save_citation(
            check, workflow.SourceDraft("A letter"), person=cast.ann, stance="supports", key=key
        )
    assert Citation.objects.count() == 1


def test_two_people_citing_one_page_make_a_source_each(cast, check):
    other = c.check_of(check.claim, cast.ben)
    page = workflow.SourceDraft("A letter", url="https://records.example/letter")
    workflow.save_citation(check, page, person=cast.ann, stance="supports")
    workflow.save_citation(other, page, person=cast.ben, stance="context")
    assert Source.objects.count() == 2
    assert Source.objects.visible_to(cast.ben).count() == 1


def test_a_submitted_annotation_takes_no_more_saves(cast, check):
    c.annotate(check.claim, cast.ann)
    with pytest.raises(workflow.Closed):
        save(check, cast.ann, "later", 1)
    with pytest.raises(workflow.Closed):
        workflow.save_citation(
            check, workflow.SourceDraft("Late"), person=cast.ann, stance="context"
        )
    with pytest.raises(workflow.Closed):
        workflow.remove_citation(check, Citation.objects.get(), person=cast.ann)


def test_nobody_writes_into_another_persons_annotation(cast, check):
    c.annotate(check.claim, cast.ann)
    theirs = Citation.objects.get()
    mine = c.check_of(check.claim, cast.ben)
    for person in (cast.ben, cast.eda, cast.mia):
        with pytest.raises(PermissionDenied):
            save(check, person, "not mine", 0)
    with pytest.raises(PermissionDenied):
        workflow.save_citation(
            mine, workflow.SourceDraft("Mine"), person=cast.ben, stance="context", citation=theirs
        )
    with pytest.raises(PermissionDenied):
        workflow.remove_citation(mine, theirs, person=cast.ben)


def test_a_rating_of_another_scale_is_refused(cast, check):
    other = c.make_scale("other").ratings.get(slug="true")
    with pytest.raises(workflow.Closed, match="not on the desk’s scale"):
        workflow.save_annotation(check, workflow.Answer(rating=other), person=cast.ann, based_on=0)


def test_wording_is_saved_until_checking_opens_and_never_after(cast):
    article, claim = cast.marked()
    words = workflow.ClaimDraft("Put better.")
    changed = workflow.save_wording(claim, words, person=cast.eli, based_on=1)
    assert (changed.version, changed.changed_by) == (2, cast.eli)
    with pytest.raises(workflow.Stale):
        workflow.save_wording(claim, words, person=cast.eda, based_on=1)
    with pytest.raises(PermissionDenied):
        workflow.save_wording(claim, words, person=cast.ann, based_on=2)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    with pytest.raises(workflow.Closed, match="frozen"):
        workflow.save_wording(claim, words, person=cast.eda, based_on=2)


def test_a_version_that_never_was_is_stale_and_its_key_is_good_for_another_try(cast, check):
    """What a key answers is noted before it is done: it is taken back with what was refused."""
    key = uuid.uuid4()
    for version in (3, -1):
        with pytest.raises(workflow.Stale) as refused:
            save(check, cast.ann, "So it is.", version, key)
        assert refused.value.current is None
    assert not Annotation.objects.filter(assignment=check).exists()
    assert {save(check, cast.ann, "So it is.", 0, key) for _time in range(2)} == {1}
    assert Annotation.objects.get(assignment=check).version == 1
    assert Receipt.objects.get(key=key).answer == {"what": f"annotation {check.uuid}", "answer": 1}
