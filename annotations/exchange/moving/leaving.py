"""A desk or an article on its way out: its rows as lines, and the bytes that they name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import (
    Case,
    F,
    Func,
    OuterRef,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Collate

from annotations import blobs
from annotations import models as m
from annotations.formats import jsonlines
from annotations.formats.lossless import ARTICLE, DESK, ROW, Field, ValueKind, header
from annotations.models.by_hash import KeptBytes

from .scope import Scope, of_article, rows_of
from .tables import Described, Part, described


class Unfit(Exception):
    """It cannot leave, or what came is none; the message says what and where."""


@dataclass(slots=True)
class Leaving:
    """A desk that leaves, or one article of it; the rest is known once its lines were written."""

    desk: m.Desk
    article: m.Article | None = None
    rows: Counter[str] = field(default_factory=Counter)
    """How many of each part."""
    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Where the bytes of a SHA-256 are: the part and the key of a row."""

    @property
    def format(self) -> str:
        return ARTICLE if self.article else DESK

    def lines(self) -> Iterator[str]:
        """The header, then each row; in memory are some thousand rows at most.

        To be asked within `at_one_moment`. The same desk has the same lines.
        """
        scope = of_article(self.article) if self.article else Scope(self.desk)
        yield jsonlines.line(header(self.format, is_sample=self.desk.is_sample))
        for each in described().values():
            if scope.has(each.part):
                yield from self._lines_of(each, scope)

    def _lines_of(self, each: Described, scope: Scope) -> Iterator[str]:
        part = each.part
        told = {one.name: _column(part, one, scope) for one in each.table.fields}
        line = _Line({ROW: Value(part.name)} | told)
        found = rows_of(part, scope).order_by(part.order).values_list("pk", line)
        for pk, text in found.iterator(chunk_size=part.batch):
            self.rows[part.name] += 1
            if part.files:
                self._note(part, pk, text)
            yield jsonlines.one_line(text) + "\n"

    def _note(self, part: Part, pk: int, line: str) -> None:
        row = json.loads(line)
        for name in part.files:
            if row[name]:
                self.files.setdefault(row[name], (part.name, pk))

    def bytes_of(self, digest: str) -> tuple[int, Iterator[bytes]]:
        """How many bytes a file has, and the bytes. Raises Unfit if they are not what they were."""
        part, pk = self.files[digest]
        seen, size = sha256(), 0
        try:
            for piece in _pieces(part, pk, digest):
                seen.update(piece)
                size += len(piece)
        except blobs.Missing as missing:
            raise Unfit(f"{_whose(part, pk)} is missing: its bytes are kept no more.") from missing
        if seen.hexdigest() != digest:
            raise Unfit(f"{_whose(part, pk)} was altered: its SHA-256 is not {digest}.")
        return size, _pieces(part, pk, digest)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """All that is read within is as it was at its beginning, whatever people do meanwhile.

    Within a transaction of the caller's it is that one's moment.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local statement_timeout = 0")
        yield


class _Line(Func):
    """A row as JSON, its keys in the order of their letters, written by the database.

    It has the values already: to make them values of Python, and JSON of these again, took more
    than half of the time in which a desk left.
    """

    output_field = TextField()

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.names = sorted(told)
        super().__init__(*(told[name] for name in self.names))

    def as_sql(
        self, compiler: Any, connection: Any, *_how: Any, **_more: Any
    ) -> tuple[str, list[Any]]:
        columns, values = [], []
        for name, each in zip(self.names, self.source_expressions, strict=True):
            sql, theirs = compiler.compile(each)
            columns.append(f"{sql} as {connection.ops.quote_name(name)}")
            values += theirs
        row = f"select {', '.join(columns)}"  # names and expressions of ours
        return f"(select row_to_json(line.*)::text from ({row}) as line)", values  # noqa: S608


class _Moment(Func):
    """A moment as `lossless` has it."""

    template = """to_char(%(expressions)s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = TextField()


def _column(part: Part, field: Field, scope: Scope) -> Any:
    """What a line tells of a field: its value, or the key of the row that it names."""
    if field.kind == ValueKind.KEYS:
        return ArraySubquery(_listed(part, field, scope))
    if not field.of:
        return _value(part, field)
    if field.of == "desk" and scope.is_article:
        return Value("")  # the one to which it comes, whichever that is
    of = described()[field.of].part
    key = _text(f"{field.name}__{of.key}")
    if field.name in part.own or (scope.is_article and field.name in part.loose):
        return Case(When(**{f"{field.name}__in": rows_of(of, scope)}, then=key))
    return key


def _value(part: Part, field: Field) -> Any:
    if field.kind == ValueKind.MOMENT:
        return _Moment(field.name)
    if isinstance(part.model._meta.get_field(field.name), KeptBytes):
        return F("sha256")
    return F(field.name)


def _text(name: str) -> Any:
    return Cast(F(name), TextField())


def _listed(part: Part, field: Field, scope: Scope) -> QuerySet[Any]:
    """The keys of the rows that a row lists, sorted."""
    of = described()[field.of].part
    theirs: dict[str, Any] = {f"{field.name}__isnull": False}
    if of.within:
        theirs[f"{field.name}__in"] = rows_of(of, scope)
    rows = part.model._base_manager.filter(pk=OuterRef("pk"), **theirs)
    key = _text(f"{field.name}__{of.key}")
    return rows.order_by(Collate(key, "C")).values_list(key)


def _pieces(part: str, pk: int, digest: str) -> Iterator[bytes]:
    """Raises blobs.Missing."""
    if part == "original":
        return m.Original._base_manager.get(pk=pk).pieces()
    if part == "snapshot":
        return m.Snapshot._base_manager.get(pk=pk).pieces()
    return blobs.pieces(digest)


def _whose(part: str, pk: int) -> str:
    if part == "snapshot":
        copy = m.Snapshot._base_manager.select_related("source").get(pk=pk)
        return f"The copy of {copy.taken_at:%Y-%m-%d} of “{copy.source}”"
    if part == "capture":
        return f"The recording of {m.Capture._base_manager.get(pk=pk).address}"
    if part == "reply_request":
        row = m.ReplyRequest._base_manager.get(pk=pk)
        return f"What {row.addressee} sent along, “{row.attachment_name}”,"
    if part == "desk":
        return "The logo of the desk"
    return f"The original of “{m.Original.objects.get(pk=pk).revision.article}”"
