"""What a test begins with is made by the moves once in a run, and then put back as it was.

A published claim takes some forty moves, a quarter of a second; hundreds of tests begin with one.
The next test that stands where the first one stood, and takes the same steps, gets the same rows
by COPY; where the clock is turned, if it stood at the same moment. A test that changes a setting
takes the steps itself.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakSet

import pytest
from django.db import connection, transaction
from django.utils import timezone
from time_machine import escape_hatch

from annotations import blobs
from annotations.models import Original
from tests.emptying import FROM_MIGRATING

CHANGES_THE_WORLD = {"settings", "caplog", "mailoutbox"}
"""Fixtures after which the same steps may lead elsewhere, or leave what is not a row."""

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Made:
    """What steps have left: all rows, as COPY writes them, their digests, and the objects."""

    rows: dict[str, bytes]
    content: dict[str, str]
    sequences: dict[str, int]
    """The last key that each had given."""
    objects: bytes
    files: list[bytes]
    """What its texts were made from: a test before this one may have lost them."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a test stands: after which steps, and how many rows its transaction had written."""

    key: Hashable = "nothing"
    written: int = 0


NOTHING = Made({}, {}, {}, b"", [])
_made: dict[Hashable, Made] = {"nothing": NOTHING}
_asked: WeakSet[Any] = WeakSet()
"""The connections on which our questions are prepared."""
_stands = Stand()
_may_replay = False


@pytest.fixture(autouse=True)
def replaying(request: pytest.FixtureRequest) -> Iterator[None]:
    """Decide for each test whether what it begins with may be put back from an earlier one."""
    global _may_replay, _stands
    patches = "monkeypatch" in request.node._fixtureinfo.argnames
    _may_replay = not (patches or CHANGES_THE_WORLD.intersection(request.fixturenames))
    _stands = Stand()
    yield
    _may_replay = False


def replayed(
    name: tuple[Any, ...], steps: Callable[[], Given], known: dict[str, Any] | None = None
) -> Given:
    """What `steps` gives, with all the rows that it leaves: taken, or put back.

    `name` says which steps these are. The objects given are equal to those of the first time; those
    that the caller has already, by name in `known`, are the caller's.
    """
    global _stands
    if not (_may_replay and is_as_it_stood()):
        return steps()
    before = _made[_stands.key]
    key = (*name, _stands.key, timezone.now() if escape_hatch.is_travelling() else None)
    if key in _made:
        put_back(_made[key], instead_of=before)
        blobs.keep_each(_made[key].files)
        given: Given = unpacked(_made[key].objects, known or {})
    else:
        given = steps()
        digests = content()
        objects = packed(given, known or {})
        _made[key] = Made(rows(digests), digests, sequences(), objects, files())
    _stands = Stand(key, written())
    return given


def files() -> list[bytes]:
    """The bytes that rows name, of what texts were made from."""
    return [blobs.read(row.sha256) for row in Original.objects.all()]


def forget() -> None:
    """From now on all steps are taken again, and kept: what they lead to may have changed."""
    _made.clear()
    _made["nothing"] = NOTHING


def is_as_it_stood() -> bool:
    """Whether nothing was written since the steps that were taken last."""
    if connection.in_atomic_block:
        return written() == _stands.written
    return content() == _made[_stands.key].content


def packed(given: Any, known: dict[str, Any]) -> bytes:
    """The objects as bytes, without those that are known by name."""
    names = {id(each): name for name, each in known.items()}
    file = io.BytesIO()
    pickler = pickle.Pickler(file)
    pickler.persistent_id = lambda each: names.get(id(each))  # type: ignore[method-assign]
    pickler.dump(given)
    return file.getvalue()


def unpacked(data: bytes, known: dict[str, Any]) -> Any:
    unpickler = pickle.Unpickler(io.BytesIO(data))  # noqa: S301 - we wrote it
    unpickler.persistent_load = known.__getitem__  # type: ignore[method-assign]
    return unpickler.load()


def written() -> int:
    """How many rows this transaction has written so far, those taken back included."""
    return int(_ask("replaying_written")[0][0])


def content() -> dict[str, str]:
    """A digest of the rows of each table that has any, by its name."""
    return dict(_ask("replaying_content"))


def sequences() -> dict[str, int]:
    """The last key that each sequence has given."""
    return dict(_ask("replaying_sequences"))


def _ask(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        if connection.connection not in _asked:
            _prepare(cursor)
        cursor.execute(f"execute {question}")
        found: list[Any] = cursor.fetchall()
        return found


def _prepare(cursor: Any) -> None:
    """Planning for 70 tables takes longer than reading them."""
    tables = set(connection.introspection.table_names(cursor)).difference(FROM_MIGRATING)
    digests = (
        f"select '{each}', md5(string_agg(r::text, '|' order by r::text)) from {each} r"
        " having count(*) > 0"
        for each in tables
    )
    cursor.execute(f"prepare replaying_content as {' union all '.join(digests)}")
    cursor.execute(
        "prepare replaying_written as select coalesce(sum(pg_stat_get_xact_tuples_inserted(oid)"
        " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)), 0)"
        " from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    cursor.execute(
        "prepare replaying_sequences as select sequencename, coalesce(last_value, 0)"
        " from pg_sequences where schemaname = 'public'"
    )
    _asked.add(connection.connection)


def rows(names: Iterable[str]) -> dict[str, bytes]:
    """All rows of these tables, as COPY writes them."""
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            file = io.BytesIO()
            cursor.copy_expert(f"copy {name} to stdout", file)
            found[name] = file.getvalue()
    return found


def put_back(made: Made, instead_of: Made) -> None:
    """Make these all the rows that there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        # No trigger and no key: these rows were accepted once.
        cursor.execute("set local session_replication_role = replica")
        for name in instead_of.rows:
            cursor.execute(f"delete from {name}")
        for name, data in made.rows.items():
            cursor.copy_expert(f"copy {name} from stdin", io.BytesIO(data))
        cursor.execute("set local session_replication_role = origin")
        # A test of loaddata may have set them to what it loaded.
        now = sequences()
        for name in (each for each, last in made.sequences.items() if last > now[each]):
            cursor.execute("select setval(%s, %s)", [name, made.sequences[name]])
