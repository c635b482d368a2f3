"""Statements that a connection keeps: PostgreSQL reads them once, and soon plans them no more.

One of some thousand characters takes five to ten times as long to read and to plan as to answer. So
what is asked all day is given to a connection by `PREPARE`, at its first use there, and asked by
its name from then on. It is planned then, once, for any keys: PostgreSQL would plan it for the keys
at hand where it reckons that to be worth the time, and it reckons its own planning too cheap
(https://www.postgresql.org/docs/current/sql-prepare.html#SQL-PREPARE-NOTES).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import errors, extensions

OUTDATED = ("0A000", "26000")
"""PostgreSQL's names for a kept statement that would bring other columns now, and for one that is
gone. Whoever asks it again tells it anew."""


class KeptSQL(str):
    """A statement with `%s` for each parameter, of which some are keys that it is asked with.

    `keys` says of each parameter which key it is, from 0 on, or None where it is always the same;
    these stand in `params`. Without `keys`, each is a key of its own.
    """

    __slots__ = ("keys", "name", "order")

    keys: tuple[int | None, ...]
    name: str
    """Tells it from all others, in whatever process. Behind a pooler that nobody has told us of, a
    session may keep what another process has given it: nothing else may answer to this name."""
    order: list[int]
    """Where each key stands first among the parameters."""

    def __new__(
        cls, sql: str, keys: Sequence[int | None] | None = None, params: Sequence[Any] = ()
    ) -> KeptSQL:
        made = super().__new__(cls, sql)
        made.keys = tuple(range(sql.count("%s")) if keys is None else keys)
        given = {key for key in made.keys if key is not None}
        made.order = [made.keys.index(key) for key in sorted(given)]
        fixed = [param for param, key in zip(params, made.keys, strict=False) if key is None]
        made.name = sha256(repr((sql, made.keys, fixed)).encode()).hexdigest()[:24]
        return made


_LARGEST = 2**31 - 1


def _fits(key: Any) -> bool:
    """Whether a number fits into any column of numbers.

    What is asked by name has the type of the column that it is compared with, where a number that
    is too large for it is an error. In a statement's own text it is a number that no row has, and
    an address may hold any.
    """
    if isinstance(key, list | tuple):
        return all(map(_fits, key))
    return not isinstance(key, int) or abs(key) <= _LARGEST


class Connection(extensions.connection):
    """psycopg2's, that knows which statements it keeps, and under which names."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.keeps = False
        self.kept: dict[str, str] = {}
        self.outdated = 0
        """How often what it keeps was found to be of tables as they were before."""


class Cursor(extensions.cursor):
    """psycopg2's, that asks by its name what its connection keeps."""

    connection: Connection
    _by_name: tuple[KeptSQL, Sequence[Any]] | None = None

    def execute(self, query: Any, values: Any = None) -> None:
        self._by_name = None
        if not isinstance(query, KeptSQL) or not self.connection.keeps:
            super().execute(query, values)
            return
        self._by_name = (query, values)
        try:
            self._ask(query, values)
        except (errors.FeatureNotSupported, errors.InvalidSqlStatementName):
            # A table's columns were changed since, or the session was emptied: it is told anew.
            self.connection.kept.clear()
            self.connection.outdated += 1
            if self.connection.info.transaction_status != extensions.TRANSACTION_STATUS_IDLE:
                raise
            self._ask(query, values)

    def _ask(self, query: KeptSQL, values: Sequence[Any]) -> None:
        keys = [values[place] for place in query.order]
        if not all(map(_fits, keys)):
            super().execute(str(query), values)
            return
        name = self.name_of(query, values)
        blanks = ", ".join(["%s"] * len(keys))
        super().execute(f"EXECUTE {name} ({blanks})" if keys else f"EXECUTE {name}", keys)

    def name_of(self, query: KeptSQL, values: Sequence[Any]) -> str:
        """The name under which the connection keeps it, from now on if it did not yet."""
        if (known := self.connection.kept.get(query.name)) is not None:
            return known
        name = f"kept_{query.name}_{self.connection.outdated}"
        blanks = values and [
            value if key is None else extensions.AsIs(f"${key + 1}")
            for value, key in zip(values, query.keys, strict=True)
        ]
        super().execute(f"PREPARE {name} AS {self.mogrify(str(query), blanks).decode()}")
        self.connection.kept[query.name] = name
        return name

    @property
    def query(self) -> Any:
        """What was asked last, in full: who reads this wants to know what, not by which name."""
        if self._by_name is None:
            return super().query
        statement, values = self._by_name
        return self.mogrify(str(statement), values)


def watch(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let a new connection keep what it is asked, if its session is ours from now to its end.

    A pooler may lend a session out for one transaction only; and a connection that ends with the
    request would be told everything for nothing. What is kept is planned once, for any keys.
    """
    known = connection.settings_dict
    if isinstance(opened := connection.connection, Connection):
        pooled = known.get("DISABLE_SERVER_SIDE_CURSORS", False)
        opened.keeps = known["CONN_MAX_AGE"] != 0 and not pooled
        if opened.keeps:
            with opened.cursor() as cursor:
                cursor.execute("set plan_cache_mode = force_generic_plan")


OPTIONS = {"connection_factory": Connection, "cursor_factory": Cursor}
"""What of a database's OPTIONS makes its connections so."""
