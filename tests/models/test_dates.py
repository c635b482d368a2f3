"""Dates known in part: the same rule in forms, in models, and in the database itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from annotations.forms import PartialDateField
from annotations.text.dates import is_partial_date
from tests.models.test_constraints import copy_of

DATES = ["", "0001", "2026", "2026-02", "2026-02-28", "2024-02-29", "2000-02-29", "9999-12-31"]
NO_DATES = [
    "0000",
    "26",
    "20260",
    "2026-00",
    "2026-13",
    "2026-2",
    "2026-",
    "2026-02-",
    "2026-02-00",
    "2026-02-29",
    "2026-02-30",
    "1900-02-29",
    "2025-04-31",
    "2026-11-31",
    "2026-12-32",
    "2026-12-1",
    "24.11.2026",
    "2026-11-24T",
    "2026\n",
    " 2026",
    "-2026",
    "٢٠٢٦",
    "2026-١١",
]
PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "article": ("published_on", {"slug": "other"}),
    "source_unused": ("published_on", {}),
    "mark": ("said_on", {"start": 8, "end": 13, "exact": "three"}),
    "removedmark": ("said_on", {}),
}


def in_the_database(words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select annotations_is_partial_date(%s)", [words])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("words", DATES)
def test_what_is_a_date_is_one_everywhere(db, words):
    assert is_partial_date(words)
    assert in_the_database(words)
    assert PartialDateField(required=False).clean(words) == words


@pytest.mark.parametrize("words", NO_DATES)
def test_what_is_no_date_is_none_anywhere(db, words):
    assert not is_partial_date(words)
    assert not in_the_database(words)


@pytest.mark.parametrize("words", ["0000", "2026-02-30", "2025-04-31", "24.11.2026"])
def test_a_form_says_how_a_date_is_given(words):
    with pytest.raises(ValidationError, match="Give a date as 2026"):
        PartialDateField().clean(words)


def test_a_date_may_be_typed_in_the_digits_of_any_script():
    assert PartialDateField().clean(" ٢٠٢٦-١١-٢٤ ") == "2026-11-24"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", ["2026-02-30", "2025-04-31"])
def test_the_database_takes_no_row_with_a_day_that_there_is_not(rows, place, words):
    field, changes = PLACES[place]
    row = copy_of(rows[place], **changes, **{field: words})
    with (
        pytest.raises(IntegrityError, match=f"'{words}' is no date") as refused,
        transaction.atomic(),
    ):
        row.save(force_insert=True)
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name.endswith(f"{field}_is_a_date")


@pytest.mark.parametrize("place", ["article", "source_unused", "mark"])
def test_no_row_is_given_a_day_that_there_is_not(rows, place):
    field, _changes = PLACES[place]
    same = type(rows[place]).objects.filter(pk=rows[place].pk)
    assert same.update(**{field: "2026-02-28"}) == 1
    with pytest.raises(IntegrityError, match="'2026-02-30' is no date"), transaction.atomic():
        same.update(**{field: "2026-02-30"})


@pytest.mark.parametrize("place", PLACES)
def test_a_model_refuses_such_a_day_where_no_form_was(rows, place):
    field, _changes = PLACES[place]
    setattr(rows[place], field, "2026-02-30")
    with pytest.raises(ValidationError, match="Give a date as 2026"):
        rows[place].full_clean()


def put_in_before(table: str, field: str, pk: int) -> None:
    """A row from before the calendar was asked."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(f"update {table} set {field} = '2026-02-30' where id = %s", [pk])
        cursor.execute(f"alter table {table} enable trigger user")


@pytest.mark.parametrize("place", ["article", "source_unused", "mark"])
def test_a_row_with_such_a_day_from_before_can_still_change_otherwise(rows, place):
    field, changes = PLACES[place]
    row = rows[place]
    put_in_before(row._meta.db_table, field, row.pk)
    same = type(row).objects.filter(pk=row.pk)
    other = next(iter(changes.items()), ("title", "Other"))
    same.get().save()
    if place != "mark":
        assert same.update(**dict([other])) == 1
    assert same.update(**{field: "2026-02"}) == 1


def test_a_day_from_before_goes_with_its_mark_out_of_the_text_and_back(rows):
    mark = rows["mark"]
    put_in_before("annotations_mark", "said_on", mark.pk)
    changes = {"start": 8, "end": 13, "exact": "three", "said_on": "2026-02-30"}
    copy_of(mark, **changes).save(force_insert=True)  # in the next text
    removed = copy_of(rows["removedmark"], said_on="2026-02-30")
    removed.save(force_insert=True)
    type(mark).objects.filter(said_on="2026-02-30", came_from=None, start=8).delete()
    copy_of(mark, **changes).save(force_insert=True)
    other = copy_of(mark, claim=rows["claim_translation"], said_on="2026-02-30")
    with pytest.raises(IntegrityError, match="no date"), transaction.atomic():
        other.save(force_insert=True)
