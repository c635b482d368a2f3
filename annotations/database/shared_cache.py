"""The cache that all processes and hosts share: a table, in which attempts are counted.

Django's own takes a write that failed for one that somebody else was quicker with. That is right
for pages that are quick to make again. A count that is not kept lets everybody try passwords
without end, or lets nobody in, and nobody is told. Here it is written in one statement, and an
error is one.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import Error, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from annotations.database.losing import is_lost, is_read_only


class Uncounted(Exception):
    """The database answers, and its table of the shared cache cannot be read or written."""


@contextmanager
def _counted() -> Iterator[None]:
    """A database that is lost or only reads says so itself; whatever else is wrong is Uncounted."""
    try:
        yield
    except Error as error:
        if is_lost(error) or is_read_only(error):
            raise
        raise Uncounted from error


_PUT = """
insert into {table} (cache_key, value, expires) values (%s, %s, %s)
on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires
"""
_IF_OVER = "where {table}.expires < %s"


class SharedCache(DatabaseCache):
    """Django's cache in a table, of which no write fails in silence. All of it raises Uncounted."""

    _table: str
    _cull: Any

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        with _counted():
            found: dict[Any, Any] = super().get_many(keys, version)
            return found

    def delete(self, key: str, version: int | None = None) -> bool:
        with _counted():
            return bool(super().delete(key, version))

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Whether there was none, or one that is over. Of several at once, one is told so."""
        return self._write(key, value, timeout, version, _IF_OVER)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(key, value, timeout, version, "")

    def _write(self, key: str, value: Any, timeout: Any, version: int | None, over: str) -> bool:
        """Whether the row is in: in the place of another with its key only if that is `over`.

        Without its primary key the table would hold several, and is refused by PostgreSQL.
        """
        alias = router.db_for_write(self.cache_model_class)
        table = connections[alias].ops.quote_name(self._table)
        now = timezone.now()
        row: list[Any] = [
            self.make_and_validate_key(key, version=version),
            base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii"),
            _moment(self.get_backend_timeout(timeout)),
        ]
        with _counted(), connections[alias].cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")  # noqa: S608 - named in the settings
            (number,) = cursor.fetchone()
            if number > self._max_entries:
                self._cull(alias, cursor, now, number)
            statement = f"{_PUT.format(table=table)} {over.format(table=table)}"
            cursor.execute(statement, [*row, now] if over else row)
            return bool(cursor.rowcount)


def _moment(end: float | None) -> datetime:
    """When a row is over, from seconds since 1970; None is never."""
    if end is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.fromtimestamp(end, UTC)


_LOOK = """
select
    there is not null,
    exists (
        select from pg_index
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indrelid = there and indisunique and indisvalid and indpred is null
            and indnkeyatts = 1 and attname = 'cache_key'
    ),
    coalesce((
        select bool_and(has_table_privilege(there, needed))
        from unnest(array['select', 'insert', 'update', 'delete']) as needed
    ), false)
from to_regclass(%s) as there
"""


def wrong_with_counting(asked: BaseDatabaseWrapper) -> str:
    """Why attempts cannot be counted, in English for whoever keeps the server; else nothing.

    Looks only. Raises what the database raises where it does not answer.
    """
    cache = caches["default"]
    if not isinstance(cache, SharedCache):
        return ""
    table = cache._table
    with asked.cursor() as cursor:
        cursor.execute(_LOOK, [table])
        is_there, has_key, is_ours = cursor.fetchone()
    if not is_there:
        return f"the table {table} is missing"
    if not is_ours:
        return f"the table {table} is not this role's to read and write"
    return "" if has_key else f"the table {table} has no primary key"
