"""A desk or an article on its way out: its rows as lines, and the bytes that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from annotations import blobs
from annotations import models as m
from annotations.formats import jsonlines
from annotations.formats.lossless import ARTICLE, DESK, ROW, Kind, header, said

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
        names = [one.name for one in each.table.fields if one.kind != Kind.KEYS]
        found = rows_of(part, scope).order_by(part.order)
        columns = [_column(part, each, name, scope) for name in names]
        found = found.values_list("pk", *columns)
        told = [
            (name, tell)
            for name in names
            if (tell := _TOLD.get(each.by_name[name].kind)) is not None
        ]
        for batch in _batches(found, part.batch):
            keys = [row[0] for row in batch]
            lists = {name: _lists(part, name, keys, scope) for name in part.lists}
            for pk, *values in batch:
                row = dict(zip(names, values, strict=True))
                for name, tell in told:
                    row[name] = tell(row[name])
                for name in part.lists:
                    row[name] = lists[name].get(pk, [])
                row[ROW] = part.name
                self._note(part, pk, row)
                yield jsonlines.line(row)

    def _note(self, part: Part, pk: int, row: dict[str, Any]) -> None:
        self.rows[part.name] += 1
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


class _Moment(Func):
    """A moment as `lossless.said` tells it, written by the database, which is quicker at it."""

    template = """to_char(%(expressions)s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = TextField()


def _column(part: Part, each: Described, name: str, scope: Scope) -> Any:
    """What is asked of the database for a field: as a line tells it, where it knows how."""
    of = each.by_name[name].of
    if not of:
        return _AS_TOLD.get(each.by_name[name].kind, F)(name)
    if of == "desk" and scope.is_article:
        return Value("")  # the one to which it comes, whichever that is
    key = _text(f"{name}__{described()[of].part.key}")
    if name in part.own or (scope.is_article and name in part.loose):
        return Case(When(**{f"{name}__in": rows_of(described()[of].part, scope)}, then=key))
    return key


def _text(name: str) -> Any:
    return Cast(F(name), TextField())


_AS_TOLD: dict[Kind, Callable[[str], Any]] = {Kind.UUID: _text, Kind.MOMENT: _Moment}


def _hashed(value: memoryview | bytes | str) -> str:
    """The SHA-256 that a column holds, or that of the bytes it holds."""
    return value if isinstance(value, str) else sha256(value).hexdigest()


_TOLD: dict[Kind, Callable[[Any], Any]] = {Kind.DAY: said, Kind.FILE: _hashed}
"""What is left to be told of what the database gives."""


def _batches(rows: QuerySet[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _lists(part: Part, name: str, keys: list[int], scope: Scope) -> dict[int, list[str]]:
    """The keys of the rows that each row lists, sorted."""
    of = described()[described()[part.name].by_name[name].of].part
    theirs: dict[str, Any] = {f"{name}__isnull": False}
    if of.within:
        theirs[f"{name}__in"] = rows_of(of, scope)
    rows = part.model._base_manager.filter(pk__in=keys, **theirs)
    found: dict[int, list[str]] = {}
    for pk, other in rows.values_list("pk", f"{name}__{of.key}"):
        found.setdefault(pk, []).append(str(other))
    return {pk: sorted(others) for pk, others in found.items()}


def _pieces(part: str, pk: int, digest: str) -> Iterator[bytes]:
    """Raises blobs.Missing."""
    if part == "original":
        return iter([bytes(m.Original.objects.get(pk=pk).data)])
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
