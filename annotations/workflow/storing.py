"""Rows that each mark, each save and each move writes, by statements that are written once.

Django writes the SQL of an INSERT anew for each row, and of an UPDATE for each save: for a line of
the log that takes it longer than PostgreSQL to keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connections, router
from django.db.models import AutoField, Field, Model

from annotations.database.plans import KeptSQL


def insert(rows: Sequence[Model]) -> None:
    """Write rows of one model that are not saved yet, in one statement; each has its key then.

    As `bulk_create`: no signal is sent, and no `save` of the model is called. Raises ValueError
    where a row that one of them points at is not saved itself.
    """
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    fields, statement = _insertion(model, len(rows), using)
    values: list[Any] = []
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]
        values += [_value(field, row, using, is_new=True) for field in fields]
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, using


def update(row: Model, *names: str) -> None:
    """Write these columns of a row that is held, by the names of its fields."""
    model = type(row)
    using = router.db_for_write(model)
    fields, statement = _change(model, names, using)
    values = [_value(field, row, using, is_new=False) for field in fields]
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])
        assert cursor.rowcount == 1, "The row is held, so it is there."


def _value(field: Any, row: Model, using: str, *, is_new: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, is_new), connection=connections[using])


@lru_cache
def _insertion(model: type[Model], number: int, using: str) -> tuple[list[Any], str]:
    """The fields of a new row, and the statement that writes so many of them."""
    quoted = connections[using].ops.quote_name
    key = model._meta.pk
    assert isinstance(key, AutoField), "The key of the model is given by the database."
    fields = [field for field in model._meta.concrete_fields if field is not key]
    assert all(map(_is_given, fields)), "What the database fills in would have to be asked of it."
    columns = ", ".join(quoted(field.column) for field in fields)
    blanks = ", ".join(_blank(field, using) for field in fields)
    rows = ", ".join([f"({blanks})"] * number)
    table = quoted(model._meta.db_table)
    head = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608
    statement = f"{head}{rows} RETURNING {table}.{quoted(key.column)}"
    # Of a single row, which is what each move writes; the numbers of many are never twice the same.
    return fields, KeptSQL(statement) if number == 1 else statement


def _is_given(field: Any) -> bool:
    return field.has_default() or not field.has_db_default()


@cache
def _change(model: type[Model], names: tuple[str, ...], using: str) -> tuple[list[Any], str]:
    """The fields, and the statement that writes them to the row of a key."""
    quoted = connections[using].ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quoted(field.column)} = {_blank(field, using)}" for field in fields)
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    return fields, KeptSQL(f"UPDATE {table} SET {columns} WHERE {key} = %s")  # noqa: S608


def _blank(field: Field[Any, Any], using: str) -> str:
    """Where its value stands, as Django would write it: of a list, with its type."""
    written: Any = getattr(field, "get_placeholder", None)
    return written(None, None, connections[using]) if written else "%s"
