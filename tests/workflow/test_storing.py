"""What is written by a statement that is written once is what Django would write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.sql import InsertQuery
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from annotations import workflow
from annotations.models import Annotation, Claim, Mark, Transition, User
from annotations.vocabulary import MoveName
from annotations.workflow.storing import _insertion, _is_given, insert, update
from tests import cast as c

MODELS = [
    model
    for model in apps.get_app_config("annotations").get_models()
    if model._meta.auto_field and all(map(_is_given, model._meta.concrete_fields))
]
OF_ITS_OWN = {"id", "uuid", "created_at", "at", "changed_at", "saved_at"}


def _told(row: Any) -> dict[str, Any]:
    """What the database holds of a row, but for what is another with each."""
    stored = type(row)._base_manager.get(pk=row.pk)
    return {
        field.attname: getattr(stored, field.attname)
        for field in stored._meta.concrete_fields
        if field.name not in OF_ITS_OWN
    }


def _claim(cast: Any, number: int) -> Claim:
    words = {"claim_reviewed": "Trains ran late – “100 %”.", "language": "en", "type": "event"}
    return Claim(desk=cast.desk, number=number, created_by=cast.eda, changed_by=cast.eda, **words)


def _line(cast: Any, **more: Any) -> Transition:
    detail = {"words": ["“a”", 1, None], "quote": "it's %s"}
    return Transition(
        desk=cast.desk, move=MoveName.MARK, actor=cast.eda, detail=detail, policy={"a": 1}, **more
    )


def test_a_row_is_as_django_writes_it(cast):
    article, _claim_of_it = cast.checking()
    theirs, ours = _claim(cast, 9001), _claim(cast, 9002)
    theirs.save()
    insert([ours])
    assert _told(ours) == _told(theirs) | {"number": 9002}
    place: dict[str, Any] = {"claim": ours, "revision": article.revision, "created_by": cast.eda}
    text = article.revision.text
    one = Mark(**place, start=0, end=4, exact=text[:4])
    other = Mark(**place, start=0, end=5, exact=text[:5])
    one.save()
    insert([other])
    assert _told(other) == _told(one) | {"end": 5, "exact": text[:5]}
    assert (ours.pk, ours._state.adding, ours._state.db) == (theirs.pk + 1, False, "default")
    assert model_to_dict(Claim.objects.get(pk=ours.pk)) == model_to_dict(ours)


def test_several_rows_are_one_statement_and_each_has_its_key(cast):
    lines = [_line(cast, target=str(number)) for number in range(3)]
    with CaptureQueriesContext(connection) as asked:
        insert(lines)
    assert len(asked) == 1
    assert [Transition.objects.get(pk=line.pk).target for line in lines] == ["0", "1", "2"]
    [alone] = Transition.objects.bulk_create([_line(cast, target="0")])
    assert _told(lines[0]) == _told(alone)
    with CaptureQueriesContext(connection) as asked:
        insert([])
    assert len(asked) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_the_statement_is_the_one_that_django_would_write(model):
    """Of each model, so that none is written otherwise the day it comes this way."""
    fields, statement = _insertion(model, 1, "default")
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler: Any = query.get_compiler("default")
    compiler.returning_fields = [model._meta.pk]
    [(sql, values)] = compiler.as_sql()
    assert statement == sql
    assert len(values) == len(fields)


def test_a_row_that_points_at_one_that_is_not_saved_is_refused(cast):
    with pytest.raises(ValueError, match="unsaved related object 'claim'"):
        insert([_line(cast, claim=_claim(cast, 9003))])
    assert not Transition.objects.filter(claim__number=9003).exists()


def test_columns_of_a_row_are_written_and_no_others(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.save_annotation(check, workflow.Answer(finding="So."), person=cast.ann, based_on=0)
    draft = Annotation.objects.get(assignment=check)
    before = _told(draft)
    draft.finding, draft.confidence = "So it is – “100 %”.", "low"
    draft.saved_at = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)
    update(draft, "finding", "saved_at")
    stored = Annotation.objects.get(pk=draft.pk)
    assert _told(draft) == before | {"finding": draft.finding}
    assert stored.saved_at == draft.saved_at


def test_a_row_that_is_not_there_is_no_row_that_is_held(cast):
    gone = User(pk=10**9, first_name="Nobody")
    with pytest.raises(AssertionError):
        update(gone, "first_name")
