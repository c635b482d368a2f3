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

from tests.emptying import FROM_MIGRATING

CHANGES_THE_WORLD = {"settings", "caplog", "mailoutbox"}
"""Fixtures after which the same steps may lead elsewhere, or leave what is not a row."""

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Stand:
    """What a test's database holds: a name for all of it, and the tables that have rows."""

    key: Hashable
    tables: tuple[str, ...]
    written: int
    """Rows that the test's transaction had written by then."""


NOTHING = Stand("nothing", (), 0)

_made: dict[Hashable, tuple[dict[str, bytes], bytes]] = {}
_asked: WeakSet[Any] = WeakSet()
"""The connections on which our questions are prepared."""
_stands = NOTHING
_may_replay = False


@pytest.fixture(autouse=True)
def replaying(request: pytest.FixtureRequest) -> Iterator[None]:
    """Decide for each test whether what it begins with may be put back from an earlier one."""
    global _may_replay, _stands
    patches = "monkeypatch" in request.node._fixtureinfo.argnames
    _may_replay = not (patches or CHANGES_THE_WORLD.intersection(request.fixturenames))
    _stands = NOTHING
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
    if not _may_replay:
        return steps()
    before = standing()
    key = (*name, before.key, timezone.now() if escape_hatch.is_travelling() else None)
    if key in _made:
        tables, objects = _made[key]
        put_back(tables, instead_of=before.tables)
        given: Given = unpacked(objects, known or {})
    else:
        given = steps()
        tables = rows()
        _made[key] = (tables, packed(given, known or {}))
    _stands = Stand(key, tuple(tables), written())
    return given


def standing() -> Stand:
    """What the database holds: what the steps before left, unless anything was written since."""
    if connection.in_atomic_block and written() == _stands.written:
        return _stands
    digests = content()
    return Stand(tuple(sorted(digests.items())), tuple(digests), written())


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
    _asked.add(connection.connection)


def rows() -> dict[str, bytes]:
    """All rows, as COPY writes them, by table."""
    found = {}
    with connection.cursor() as cursor:
        for name in content():
            file = io.BytesIO()
            cursor.copy_expert(f"copy {name} to stdout", file)
            found[name] = file.getvalue()
    return found


def put_back(tables: dict[str, bytes], instead_of: Iterable[str]) -> None:
    """Make these all the rows that there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        # No trigger and no key: these rows were accepted once.
        cursor.execute("set local session_replication_role = replica")
        for name in instead_of:
            cursor.execute(f"delete from {name}")
        for name, data in tables.items():
            cursor.copy_expert(f"copy {name} from stdin", io.BytesIO(data))
        cursor.execute("set local session_replication_role = origin")
