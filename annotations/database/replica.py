"""Which database is asked: a replica for what everybody reads, where there is one.

A replica is a moment behind. That shows only to whoever has just written, so the pages of a desk,
and all that writes, ask the first database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings

REPLICA = "replica"

_is_public: ContextVar[bool] = ContextVar("is_public", default=False)


def has_replica() -> bool:
    return REPLICA in settings.DATABASES


@contextmanager
def asked() -> Iterator[None]:
    """Read from the replica, if there is one."""
    token = _is_public.set(has_replica())
    try:
        yield
    finally:
        _is_public.reset(token)


class Router:
    """Django's DATABASE_ROUTERS: None leaves it to the first database."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return REPLICA if _is_public.get() else None

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # the same rows, whichever was asked

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == REPLICA else None
