"""Many new rows in one statement: PostgreSQL's COPY, several times as quick as INSERT."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

# What COPY's text format says otherwise (PostgreSQL, "File Formats").
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def copy_in(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model. They get no primary key here; their UUIDs name them.

    Constraints and triggers hold as for any insert. Raises DatabaseError of Django.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    lines = io.StringIO()
    for row in rows:
        values = (
            field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
        )
        lines.write("\t".join(map(_cell, values)) + "\n")
    lines.seek(0)
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    # Django raises its own errors of what it knows, and COPY it does not.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quoted(meta.db_table)} ({columns}) FROM STDIN", lines)


def _cell(value: Any) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPED)
