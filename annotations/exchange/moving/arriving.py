"""A desk on its way in: lines become rows, all of them or none.

It comes to a site that does not have it. Rows get keys of this site and name each other as they
did; times, the log and editions are as they were. The database's own guards look at every row.
How an article comes to a desk that is here, by the same steps, is in `joining`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db import models as db

from annotations import models as m
from annotations.database.losing import is_lost
from annotations.formats.lossless import (
    DESK,
    ROW,
    VERSION,
    ValueKind,
    Wrong,
    parsed,
    read,
    require_header,
)
from annotations.workflow.copying import copy_in

from .leaving import Unfit
from .newcomers import Arrived, Newcomers
from .scope import Scope, rows_of
from .tables import Described, Part, described
from .upgrading import settle, upgraded

Keep = Callable[[Iterable[str]], None]
"""Keeps the files of these SHA-256 beside the rows: called when all rows were found right."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What comes: how its first line is looked at, its parts, and that of which it has one row.

    `header` reads the first line, and raises Wrong, Unfit.
    """

    one: str
    header: Callable[[bytes], dict[str, Any]]
    has: Callable[[Part], bool]


A_DESK = Whole("desk", lambda line: require_header(line, DESK), lambda _part: True)


def checked(lines: Iterable[bytes], whole: Whole = A_DESK) -> Counter[str]:
    """Look at every line without writing anything; how many rows of each part. Raises Unfit."""
    found: Counter[str] = Counter()
    for _number, each, _row in Lines(lines, whole):
        found[each.part.name] += 1
    if found[whole.one] != 1:
        raise Unfit(f"rows.jsonl has {found[whole.one]} {whole.one}s; expected was one.")
    return found


def arrive(lines: Iterable[bytes], *, slug: str = "", keep: Keep) -> Arrived:
    """Write the rows of a desk, in one transaction. `slug` is another name in addresses, if any.

    Raises Unfit, in words, with nothing written.
    """
    coming = _ComingDesk(slug)
    with transaction.atomic():
        coming.take_all(Lines(lines, A_DESK))
        keep(coming.kept)
    return coming.arrived


Line = tuple[int, Described, dict[str, Any]]
"""The number of a line, from 1; what it is; and its values."""


class Lines:
    """Every row with its values, as this version has them, of whichever version it came."""

    def __init__(self, lines: Iterable[bytes], whole: Whole) -> None:
        self.lines = enumerate(lines, start=1)
        self.whole = whole
        self.version = VERSION
        """What the first line says, once it was read."""

    def __iter__(self) -> Iterator[Line]:
        """Raises Unfit that names the line."""
        parts = list(described())
        place = 0
        for number, line in self.lines:
            try:
                if number == 1:
                    self.version = self.whole.header(line)["version"]
                    continue
                each, values = self._read(line)
            except Wrong as wrong:
                raise Unfit(f"rows.jsonl, line {number}: {wrong}.") from wrong
            if parts.index(each.part.name) < place:
                raise Unfit(
                    f"rows.jsonl, line {number}: a {each.part.name} comes after a {parts[place]}."
                )
            place = parts.index(each.part.name)
            yield number, each, values

    def _read(self, line: bytes) -> tuple[Described, dict[str, Any]]:
        row = parsed(line)
        name = row.get(ROW)
        each = described().get(name) if isinstance(name, str) else None
        if each is None:
            raise Wrong(f"/{ROW}", name, "the name of a table")
        if not self.whole.has(each.part):
            raise Wrong(f"/{ROW}", row.get(ROW), f"what is of one {self.whole.one}")
        return each, read(each.table, upgraded(row, self.version))


def _in_batches(lines: Iterator[Line]) -> Iterator[tuple[Described, list[Line]]]:
    """Rows of one part, as many at a time as may be in memory."""
    batch: list[Line] = []
    for line in lines:
        if batch and (line[1] is not batch[0][1] or len(batch) >= line[1].part.batch):
            yield batch[0][1], batch
            batch = []
        batch.append(line)
    if batch:
        yield batch[0][1], batch


class Coming:
    """The state of an arrival: whom and what the lines have named so far."""

    def __init__(self, arrived: Arrived, newcomers: Newcomers) -> None:
        self.arrived = arrived
        self.newcomers = newcomers
        self.scope: Scope | None = None
        """What rows may name: of what is here nothing else."""
        self.ahead: dict[str, dict[str, int]] = defaultdict(dict)
        """The keys that wait for rows which were named and did not come yet, by part."""
        self.kept: dict[str, None] = {}
        """The SHA-256 of originals, copies and recordings, in their order."""
        self.later: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)

    def take_all(self, lines: Lines) -> None:
        """Write the rows, within a transaction of the caller's. Raises Unfit."""
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
        for each, batch in _in_batches(iter(lines)):
            self._take(each, batch)
        self.settle()
        if self.scope is not None:
            settle(self.scope, lines.version)

    def _take(self, each: Described, batch: list[Line]) -> None:
        self.arrived.rows[each.part.name] += len(batch)
        try:
            with transaction.atomic():
                self.take(each, batch)
        except DatabaseError as error:
            raise Unfit(
                f"rows.jsonl, lines {batch[0][0]} to {batch[-1][0]}: the database refuses a"
                f" {each.part.name}: {_first_line(error)}."
            ) from error

    def take(self, each: Described, batch: list[Line]) -> None:
        """Write some rows of a part. Raises Unfit, DatabaseError."""
        take_one = self.newcomers.takers.get(each.part.name)
        if take_one is None:
            self.take_rows(each, batch)
            return
        for number, _each, values in batch:
            take_one(number, values)

    # All else

    def take_rows(self, each: Described, batch: list[Line]) -> None:
        part = each.part
        keys = _reserve(part, len(batch))
        ahead = self.ahead[part.name]
        own = {
            uuid: ahead.pop(uuid, key)
            for (_number, _each, values), key in zip(batch, keys, strict=True)
            if (uuid := str(values["uuid"]))
        }
        names = self.resolve(each, batch, own)
        rows = [self._row(each, line, own, names) for line in batch]
        if part.is_copied:
            copy_in(rows)
        else:
            part.model._base_manager.bulk_create(rows)
        for name in part.lists:
            self.add_to_list(part, name, batch, own, names)

    def resolve(
        self, each: Described, batch: list[Line], own: dict[str, int]
    ) -> dict[str, dict[str, int]]:
        """The keys here of all the rows that the batch names, by part and key there."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for _number, _each, values in batch:
            for one in each.table.fields:
                if one.of and one.name not in each.part.later and values[one.name] is not None:
                    value = values[one.name]
                    wanted[one.of].update(value if isinstance(value, list) else [value])
        found = {of: self._keys_of(of, keys) for of, keys in wanted.items()}
        here = found.setdefault(each.part.name, {})
        here.update(own)
        for _number, _each, values in batch:
            for name in each.part.ahead:
                if values[name] and values[name] not in here:
                    here[values[name]] = self._await(each.part, values[name])
        return found

    def _await(self, part: Part, uuid: str) -> int:
        """The key of a row that is still to come."""
        ahead = self.ahead[part.name]
        if uuid not in ahead:
            ahead[uuid] = _reserve(part, 1)[0]
        return ahead[uuid]

    def _keys_of(self, of: str, keys: set[str]) -> dict[str, int]:
        if of in self.newcomers.known:
            return self.newcomers.known[of]
        if self.scope is None:
            return {}
        # Of what came alone: a file cannot reach for other rows.
        rows = rows_of(described()[of].part, self.scope)
        rows = rows.filter(uuid__in=[key for key in keys if _is_uuid(key)])
        return {str(uuid): pk for uuid, pk in rows.values_list("uuid", "pk")}

    def _row(
        self,
        each: Described,
        line: Line,
        own: dict[str, int],
        names: dict[str, dict[str, int]],
    ) -> db.Model:
        number, _each, values = line
        key = own[str(values["uuid"])]
        columns: dict[str, Any] = {"pk": key}
        later = {}
        for one in each.table.fields:
            value = values[one.name]
            if one.kind == ValueKind.KEYS:
                continue
            if one.name in each.part.later:
                if value is not None:
                    later[one.name] = value
            elif one.of:
                columns[f"{one.name}_id"] = key_of(names, one.of, value, number)
            elif each.part.name == "original" and one.kind == ValueKind.FILE:
                if value != values["sha256"]:
                    raise Unfit(
                        f"rows.jsonl, line {number}: the sha256 of an original is not its own."
                    )
            else:
                columns[one.name] = value
        if later:
            self.later[each.part.name].append((key, later))
        self.kept.update({values[name]: None for name in each.part.files if values[name]})
        self.readdress(each.part.name, columns, number)
        return each.part.model(**columns)

    def readdress(self, name: str, columns: dict[str, Any], line: int) -> None:
        """What a row says of addresses, as they are here."""

    def add_to_list(
        self,
        part: Part,
        name: str,
        batch: list[Line],
        own: dict[str, int],
        names: dict[str, dict[str, int]],
    ) -> None:
        relation: Any = part.model._meta.get_field(name)
        of = described()[part.name].by_name[name].of
        ours, theirs = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        through = relation.remote_field.through
        through._base_manager.bulk_create(
            through(
                **{
                    f"{ours}_id": own[str(values["uuid"])],
                    f"{theirs}_id": key_of(names, of, other, number),
                }
            )
            for number, _each, values in batch
            for other in values[name]
        )

    # What rows named that came after them

    def settle(self) -> None:
        """Fill in what was named before it came, and ask what the database asks at the end."""
        for name, waiting in self.ahead.items():
            for uuid in waiting:
                raise Unfit(f"rows.jsonl, at its end: the {name} “{uuid}” is not in it.")
        try:
            for name, rows in self.later.items():
                each = described()[name]
                for start in range(0, len(rows), each.part.batch):
                    self._settle(each, rows[start : start + each.part.batch])
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
        except DatabaseError as error:
            raise Unfit(f"The database refuses it: {_first_line(error)}.") from error

    def _settle(self, each: Described, rows: list[tuple[int, dict[str, str]]]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for _key_here, values in rows:
            for name, value in values.items():
                wanted[each.by_name[name].of].add(value)
        found = {of: self._keys_of(of, keys) for of, keys in wanted.items()}
        model = each.part.model
        changed = []
        for key, values in rows:
            named = {
                f"{name}_id": key_of(found, each.by_name[name].of, value, None)
                for name, value in values.items()
            }
            changed.append(model(pk=key, **named))
        for name in each.part.later:
            having = [row for row in changed if getattr(row, f"{name}_id") is not None]
            model._base_manager.bulk_update(having, [name], batch_size=500)


class _ComingDesk(Coming):
    """A desk that this site does not have."""

    def __init__(self, slug: str) -> None:
        arrived = Arrived()
        super().__init__(arrived, Newcomers(arrived))
        self.slug = slug
        self.came_from = ""

    def take_rows(self, each: Described, batch: list[Line]) -> None:
        if each.part.name != "desk":
            super().take_rows(each, batch)
            return
        ((_number, _each, values),) = batch
        self._require_new(values)
        super().take_rows(each, batch)
        self.arrived.desk = m.Desk.objects.get(uuid=values["uuid"])
        self.scope = Scope(self.arrived.desk)

    def _require_new(self, desk: dict[str, Any]) -> None:
        if m.Desk.objects.filter(uuid=desk["uuid"]).exists():
            raise Unfit(f"The desk “{desk['name']}” is here already. Nothing is added to it.")
        slug = self.slug or desk["slug"]
        if m.Desk.objects.filter(slug=slug).exists():
            raise Unfit(f"Another desk is called “{slug}” here: give this one another slug.")

    def readdress(self, name: str, columns: dict[str, Any], line: int) -> None:
        """Another slug is in the desk's row, and in the editions, whose pages it leads to."""
        if name == "desk":
            self.came_from = columns["slug"]
            columns["slug"] = self.slug or self.came_from
        elif name == "edition" and self.slug:
            told = columns["content"].get("desk", {})
            if told.get("slug") == self.came_from:
                told["slug"] = self.slug


def key_of(names: dict[str, dict[str, int]], of: str, value: str | None, line: int | None) -> Any:
    if value is None:
        return None
    if value not in names.get(of, {}):
        where = f"line {line}" if line else "at its end"
        raise Unfit(f"rows.jsonl, {where}: the {of} “{value}” is not in it.")
    return names[of][value]


def _reserve(part: Part, count: int) -> list[int]:
    """The next keys of the table, in order: rows that name each other have theirs at once."""
    meta = part.model._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)",
            [meta.db_table, meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _first_line(error: DatabaseError) -> str:
    """What the database says of rows. Raises it again where it was lost: that says nothing."""
    if is_lost(error):
        raise error
    return str(error).strip().splitlines()[0].rstrip(".")
