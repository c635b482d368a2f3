"""What may be deleted once it has served its time, and why then. All else is kept.

Versions of drafts, sightings and the log are not in this list, and the database would refuse it:
nothing that was typed is lost, and who has seen what is known for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.db.models import Q

from annotations import blobs
from annotations.models import (
    FILE_IMPORTS_KEPT,
    UNSENT_KEPT,
    FileImport,
    HeldForm,
    Incoming,
    Letter,
    Notice,
    Presence,
    Receipt,
    Salt,
    UnsentForm,
)

from .core import one_transaction
from .letters import KEPT_FOR as LETTERS_KEPT

AT_ONCE = 1_000
"""Rows that one statement deletes, so that none holds locks for long."""
RECEIPTS_KEPT = dt.timedelta(days=7)
"""A browser that comes back with a form after a week has been closed and opened over and over."""
INCOMING_KEPT = dt.timedelta(days=1)
"""A preview that was not saved in a day is not saved any more."""
SALTS_KEPT = dt.timedelta(days=2)
"""Then the hashes of senders tell nothing any more: we promise readers that."""
NOTICES_KEPT = LETTERS_KEPT
"""What was not read in that time is in the log and the queue all the same."""
HALF_FILES_KEPT = dt.timedelta(hours=1)
"""No file takes that long to be written, once all of it has come."""
PRESENCE_KEPT = dt.timedelta(days=1)
"""It says who has an article open now."""


def _some_of(rows: Any) -> int:
    """Delete some of these rows, and say how many."""
    chosen = rows.values("pk")[:AT_ONCE]
    deleted, _by_model = rows.model.objects.filter(pk__in=chosen).delete()
    return int(deleted)


@one_transaction
def receipts(at: dt.datetime) -> int:
    return _some_of(Receipt.objects.filter(at__lt=at - RECEIPTS_KEPT))


@one_transaction
def held_forms(at: dt.datetime) -> int:
    return _some_of(HeldForm.objects.filter(expires_at__lte=at))


@one_transaction
def unsent_forms(at: dt.datetime) -> int:
    """What nobody came back to, and what a late save left behind of a form that was sent."""
    rows = UnsentForm.objects
    return _some_of(rows.sent()) + _some_of(rows.filter(saved_at__lt=at - UNSENT_KEPT))


@one_transaction
def incoming(at: dt.datetime) -> int:
    return _some_of(Incoming.objects.filter(at__lt=at - INCOMING_KEPT))


@one_transaction
def file_imports(at: dt.datetime) -> int:
    """Those that have ended. One that waits is kept however long no worker runs."""
    return _some_of(FileImport.objects.filter(ended_at__lt=at - FILE_IMPORTS_KEPT))


@one_transaction
def salts(at: dt.datetime) -> int:
    return _some_of(Salt.objects.filter(day__lt=(at - SALTS_KEPT).date()))


@one_transaction
def presence(at: dt.datetime) -> int:
    return _some_of(Presence.objects.filter(seen_at__lt=at - PRESENCE_KEPT))


@one_transaction
def notices(at: dt.datetime) -> int:
    """What people were told: before the letters that told them."""
    return _some_of(Notice.objects.filter(at__lt=at - NOTICES_KEPT))


@one_transaction
def old_letters(at: dt.datetime) -> int:
    """Letters to members. An answer to a reader stays beside the report."""
    end = at - LETTERS_KEPT
    settled = Q(sent_at__lt=end) | Q(failed_at__lt=end)
    rows = Letter.objects.filter(settled, report__isnull=True, notices__isnull=True)
    return _some_of(rows)


def half_files(at: dt.datetime) -> int:
    """What a process that was killed had begun to write beside the rows."""
    return blobs.sweep(at - HALF_FILES_KEPT)


def sessions(at: dt.datetime) -> int:
    """Those that are over. Django leaves them lying."""
    return _some_of(Session.objects.filter(expire_date__lt=at))


def cached(at: dt.datetime) -> int:
    """Rows of caches in the database that are over. Django deletes them only when it is full."""
    deleted = 0
    for alias in settings.CACHES:
        cache: Any = caches[alias]
        if not issubclass(type(cache), DatabaseCache):
            continue
        connection = connections[router.db_for_write(cache.cache_model_class)]
        table = connection.ops.quote_name(cache._table)
        with connection.cursor() as cursor:
            # The name is that of the settings.
            cursor.execute(f"delete from {table} where expires < %s", [at])  # noqa: S608
            deleted += cursor.rowcount
    return deleted


KINDS: tuple[Callable[[dt.datetime], int], ...] = (
    held_forms,
    # Before the receipts, which tell what was sent.
    unsent_forms,
    receipts,
    incoming,
    file_imports,
    salts,
    presence,
    notices,
    old_letters,
    sessions,
    cached,
    half_files,
)
"""Each deletes some of what is over at a time (UTC), and returns how many rows."""
