"""How long a page waits for a database that has fallen silent.

PostgreSQL ends a statement that takes too long by itself, if it is alive. One that is stopped, or
has no memory left to go on, keeps its connections and says nothing: libpq would wait for ever, and
a few clicks would hold every thread of the site. So a thread of the process shuts a connection on
which nothing has come for too long; whoever waits for it is told that the database is lost.

The processes of pages connect so (factcheck.wsgi). Commands and the worker wait.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from psycopg2 import extensions

from . import plans

SECONDS = 40
"""More than a statement of a page may take: the server is to say itself that it took too long."""
PROBE_SECONDS = 2
"""For the answer to whether a connection from before is still good. Else a new one is tried."""
_PROBE = "SELECT 1"
"""What Django asks for it."""
_EVERY = 0.25
"""Seconds between two looks at what is waited for."""

_at_most: ContextVar[float] = ContextVar("at_most", default=SECONDS)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever is asked in this block, and not answered by then, counts as lost."""
    token = _at_most.set(seconds)
    try:
        yield
    finally:
        _at_most.reset(token)


class _Watch:
    """What is waited for, by all threads of the process, and until when."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[object, tuple[float, int]] = {}
        self._thread: Thread | None = None

    @contextmanager
    def over(self, connection: extensions.connection, seconds: float) -> Iterator[None]:
        one = object()
        with self._lock:
            self._waiting[one] = (monotonic() + seconds, connection.fileno())
            # A process that was forked has this object, and not its thread.
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._look, daemon=True, name="patience")
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._waiting.pop(one, None)

    def _look(self) -> None:
        pause = Event()
        while not pause.wait(_EVERY):
            now = monotonic()
            # Under the lock: who waits still has the connection, so that its number is no other's.
            with self._lock:
                for one, (until, number) in list(self._waiting.items()):
                    if until < now:
                        del self._waiting[one]
                        _shut(number)


def _shut(number: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(number)) as there:
        there.shutdown(socket.SHUT_RDWR)


_watch = _Watch()


class Cursor(plans.Cursor):
    """psycopg2's, that waits for no answer for ever."""

    def execute(self, query: Any, values: Any = None) -> None:
        seconds = PROBE_SECONDS if query == _PROBE else _at_most.get()
        with _watch.over(self.connection, seconds):
            super().execute(query, values)

    def executemany(self, query: Any, rows: Any) -> None:
        with _watch.over(self.connection, _at_most.get()):
            super().executemany(query, rows)

    def copy_expert(self, *args: Any, **options: Any) -> None:
        with _watch.over(self.connection, _at_most.get()):
            super().copy_expert(*args, **options)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Only a cursor with a name asks the server for it."""
        rows = self.arraysize if size is None else size
        if self.name is None:
            return super().fetchmany(rows)
        with _watch.over(self.connection, _at_most.get()):
            return super().fetchmany(rows)


class Connection(plans.Connection):
    """psycopg2's, that waits for no answer for ever."""

    def commit(self) -> None:
        with _watch.over(self, _at_most.get()):
            super().commit()

    def rollback(self) -> None:
        with _watch.over(self, _at_most.get()):
            super().rollback()


OPTIONS = {"connection_factory": Connection, "cursor_factory": Cursor}
"""What of a database's OPTIONS makes its connections so."""
