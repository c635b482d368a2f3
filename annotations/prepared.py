"""Questions that are asked by every page or every save: their SQL is written once in a process.

For a long one Django takes ten times as long to write the SQL as PostgreSQL to answer it, and from
one page to the next it differs in nothing but a few numbers: who asks, at which desk, about which
rows. So it is written with blanks in their place.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, connections, router
from django.db.models import Field, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from annotations.database.plans import KeptSQL

Row = TypeVar("Row", bound=Model)
Key = int | str | uuid.UUID | dt.date | None
Given = Key | list[int] | list[str]

_FIRST_BLANK = 2**31 - 1
"""A number that no condition compares with, and the largest that fits into every column."""


@Field.register_lookup
class AnyOf(Lookup):
    """`pk__any_of`: as `pk__in`, with the keys as one array, however many there are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*given, self.rhs]


class _Written(NamedTuple):
    """A statement with blanks, and what its columns are."""

    sql: str
    params: tuple[Any, ...]
    blanks: list[tuple[int, int]]
    """Which of the parameters are which of the keys that it is asked with."""
    compiler: SQLCompiler
    converters: dict[int, Any]
    """How columns become values of Python, where PostgreSQL's driver leaves it to Django."""
    locks: bool


class Prepared:
    """A question of keys and numbers, of which `rows` is given a blank for each thing asked with.

    `rows` is called once, and hands out a query set of plain values. It may do with a blank only
    what it would do with a key: what is asked may not depend on it. The blanks are numbers, which
    stand for words too, then as many UUIDs and then days as are said.
    """

    def __init__(
        self,
        rows: Callable[..., QuerySet[Any, Any]],
        blanks: int,
        *,
        uuids: int = 0,
        days: int = 0,
    ) -> None:
        self.rows = rows
        self._blanks: list[Key] = [_FIRST_BLANK - number for number in range(blanks)]
        self._blanks += [uuid.UUID(int=number + 1) for number in range(uuids)]
        self._blanks += [dt.date.max - dt.timedelta(number) for number in range(days)]

    def __call__(self, *given: Given) -> list[tuple[Any, ...]]:
        """The answer for a key, or for a list of them where it is asked with `any_of`."""
        return list(map(tuple, self._filled(given).results_iter()))

    def one(self, *given: Given) -> tuple[Any, ...] | None:
        """The first answer, if there is any."""
        return next(iter(self(*given)), None)

    def _filled(self, given: tuple[Given, ...]) -> _Filled:
        """What makes the rows. Raises TransactionManagementError where none can be locked."""
        if len(given) != len(self._blanks):
            raise TypeError(f"This is asked with {len(self._blanks)} keys.")
        written = self._written
        choose = router.db_for_write if written.locks else router.db_for_read
        model: Any = written.compiler.query.model
        using = choose(model)
        if written.locks and not connections[using].in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        params = list(written.params)
        for place, number in written.blanks:
            params[place] = given[number]
        return _Filled(written, params, using)

    @cached_property
    def _written(self) -> _Written:
        query = self._question().query
        compiler = query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        sql, params = with_bounds(sql, given, self._blanks)
        blanks = [
            (place, number)
            for place, param in enumerate(params)
            for number, blank in enumerate(self._blanks)
            if param in (blank, str(blank))  # which it is where a column is text
        ]
        if {number for _place, number in blanks} != set(range(len(self._blanks))):
            raise TypeError("A question that is asked with a number has to depend on it.")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        is_locked = query.select_for_update
        key_of = dict(blanks)
        kept = KeptSQL(sql, [key_of.get(place) for place in range(len(params))], params)
        return _Written(kept, tuple(params), blanks, compiler, converters, is_locked)

    def _question(self) -> QuerySet[Any, Any]:
        return self.rows(*self._blanks)


def with_bounds(sql: str, params: Iterable[Any], given: Iterable[Given]) -> tuple[str, list[Any]]:
    """With what bounds how many rows there are as a parameter, which Django writes out."""
    found = list(params)
    for number in given:
        before, bound, after = sql.partition(f" LIMIT {number}")
        if bound:
            found.insert(before.count("%s"), number)
            sql = f"{before} LIMIT %s{after}"
    return sql, found


class PreparedRows(Prepared, Generic[Row]):
    """As `Prepared`, of rows of a model, with what is selected and annotated beside them.

    Not of rows that tell of others' work: to read these is noted, for whoever asked.
    """

    rows: Callable[..., QuerySet[Row]]

    @cached_property
    def _makers(self) -> dict[str, Callable[[tuple[Any, ...]], Row]]:
        """By the name of the database."""
        return {}

    def __call__(self, *given: Given) -> list[Row]:  # type: ignore[override]
        filled: Any = self._filled(given)
        make = self._maker(filled.using)
        return [make(row) for row in filled.results_iter()]

    def one(self, *given: Given) -> Row | None:  # type: ignore[override]
        """The first of the rows, if there is any."""
        return next(iter(self(*given)), None)

    def get(self, *given: Given) -> Row:
        """The first of the rows. Raises the model's DoesNotExist where there is none."""
        row = self.one(*given)
        if row is None:
            missing: Any = self._written.compiler.query.model
            raise missing.DoesNotExist
        return row

    def _maker(self, using: str) -> Callable[[tuple[Any, ...]], Row]:
        """What makes a row of its columns, as Django's ModelIterable does: found out once."""
        if using not in self._makers:
            self._makers[using] = _made_by(self._written.compiler, using)
        return self._makers[using]

    def _question(self) -> QuerySet[Row]:
        rows = super()._question()
        if getattr(rows, "reader", None) is not None:
            raise TypeError("Rows that tell of others' work are read through `shown_to`.")
        return rows


def _made_by(compiler: SQLCompiler, using: str) -> Callable[[tuple[Any, ...]], Any]:
    found: Any = compiler.klass_info
    model, places = found["model"], found["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    related = get_related_populators(found, compiler.select, using)
    beside = list(compiler.annotation_col_map.items())

    def make(row: tuple[Any, ...]) -> Any:
        made = model.from_db(using, names, row[first:end])
        for each in related:
            each.populate(row, made)
        for name, place in beside:
            setattr(made, name, row[place])
        return made

    return make


class _Filled(SQLCompiler):
    """A compiler that has done its work: the statement is there, and what its columns are."""

    def __init__(self, written: _Written, params: list[Any], using: str) -> None:
        wrote = written.compiler
        super().__init__(wrote.query, connections[using], using)
        self.select, self.klass_info = wrote.select, wrote.klass_info
        self.annotation_col_map, self.col_count = wrote.annotation_col_map, wrote.col_count
        self.has_extra_select = wrote.has_extra_select
        self._statement, self._converters = (written.sql, params), written.converters

    def as_sql(self, *_args: Any, **_named: Any) -> tuple[str, Any]:
        return self._statement

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        return self._converters
