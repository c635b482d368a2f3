"""The order of citations is kept from the draft to what readers get, and through a desk's move."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from annotations import workflow
from annotations.models import Annotation, Assignment, Citation, Claim, DraftVersion
from tests import cast as c


def cite(check: Assignment, *titles: str) -> list[Citation]:
    person = check.person
    return [
        workflow.save_citation(
            check, workflow.SourceDraft(title), person=person, stance="context", passage=title
        )
        for title in titles
    ]


@pytest.fixture
def check(cast) -> Assignment:
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def order(check: Assignment) -> list[str]:
    return [row.source.title for row in Annotation.objects.get(assignment=check).citations.all()]


def test_a_citation_is_put_at_a_place(cast, check):
    one, _two, three = cite(check, "One", "Two", "Three")
    assert workflow.place_citation(check, three, 0, person=cast.ann) == 0
    assert order(check) == ["Three", "One", "Two"]
    assert workflow.place_citation(check, one, 99, person=cast.ann) == 2
    assert order(check) == ["Three", "Two", "One"]
    cite(check, "Four")
    assert order(check) == ["Three", "Two", "One", "Four"]


def test_one_that_is_added_stands_last_though_others_were_taken_out(cast, check):
    one, two, *_rest = cite(check, "One", "Two", "Three", "Four")
    for row in (one, two):
        workflow.remove_citation(check, row, person=cast.ann)
    cite(check, "Five")
    assert order(check) == ["Three", "Four", "Five"]


def test_the_same_form_sent_twice_puts_it_once(cast, check):
    one, two, _three = cite(check, "One", "Two", "Three")
    key = uuid.uuid4()
    workflow.place_citation(check, one, 2, person=cast.ann, key=key)
    workflow.place_citation(check, two, 2, person=cast.ann)
    assert workflow.place_citation(check, one, 2, person=cast.ann, key=key) == 2
    assert order(check) == ["Three", "One", "Two"]


def test_nobody_orders_what_is_anothers_or_handed_in(cast, check):
    mine = cite(check, "One", "Two")
    theirs = cite(c.check_of(check.claim, cast.ben), "Other")
    with pytest.raises(PermissionDenied):
        workflow.place_citation(check, theirs[0], 0, person=cast.ann)
    with pytest.raises(PermissionDenied):
        workflow.place_citation(check, mine[1], 0, person=cast.ben)
    c.annotate(check.claim, cast.ann)
    with pytest.raises(workflow.Closed):
        workflow.place_citation(check, mine[1], 0, person=cast.ann)
    assert order(check)[:2] == ["One", "Two"]


def test_a_version_brings_its_order_back(cast, check):
    one, two, _three = cite(check, "One", "Two", "Three")
    workflow.remove_citation(check, one, person=cast.ann)
    version = DraftVersion.objects.latest("at")
    workflow.place_citation(check, two, 1, person=cast.ann)
    cite(check, "Four")
    annotation = Annotation.objects.get(assignment=check)
    workflow.restore_version(check, version, person=cast.ann, based_on=annotation.version)
    assert order(check) == ["One", "Two", "Three", "Four"]


def test_what_is_adopted_stands_in_the_order_of_its_author(cast, check):
    claim = check.claim
    _one, two = cite(check, "One", "Two")
    workflow.place_citation(check, two, 0, person=cast.ann)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    article = claim.marks.get().revision.article
    workflow.adopt_agreed(article, actor=cast.eda, whose=cast.ann.pk)
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    titles = [row.source.title for row in verdict.citations.all()]
    assert titles == ["Two", "One", "Register of Ann"]
