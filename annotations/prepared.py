"""Questions that stand beside every page: their SQL is written once in a process.

For a long one Django takes ten times as long to write the SQL as PostgreSQL to answer it, and from
one page to the next it differs in nothing but a few numbers: who asks, at which desk, about which
rows. So it is written with blanks in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Field, Lookup, QuerySet

_FIRST_BLANK = -(2**62)
"""A number that no row has for its key, and no condition compares with."""


@Field.register_lookup
class AnyOf(Lookup):
    """`pk__any_of`: as `pk__in`, with the keys as one array, however many there are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*given, self.rhs]


class Prepared:
    """A question of keys and numbers, of which `rows` is given a blank for each thing asked with.

    `rows` is called once, and hands out a query set of plain values. It may do with a blank only
    what it would do with a key: what is asked may not depend on it.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]], blanks: int) -> None:
        self.rows = rows
        self._blanks = [_FIRST_BLANK - number for number in range(blanks)]

    def __call__(self, *given: int | list[int]) -> list[tuple[Any, ...]]:
        """The answer for a key, or for a list of them where it is asked with `any_of`."""
        values = dict(zip(self._blanks, given, strict=True))
        sql, params = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [values.get(each, each) for each in params])
            return list(cursor.fetchall())

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.rows(*self._blanks).query.sql_with_params()
        missing = [each for each in self._blanks if each not in params]
        if missing:
            raise TypeError("A question that is asked with a number has to depend on it.")
        return sql, params
