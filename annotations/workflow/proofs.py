"""The root of each day: one hash for all that was saved and published until it was over.

Roots, and what they stand for, are rows that the database lets nobody change. The stamps of
authorities are asked for by the worker, as captures are: claimed, asked outside of any
transaction, and settled once.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.db import connection
from django.db.models import Q

from annotations.formats import merkle
from annotations.formats.proof import edition_bytes
from annotations.models import Capture, DailyRoot, Edition, RootLeaf, Snapshot, Stamp
from annotations.vocabulary import CaptureState, StampState

from .core import one_transaction, tally
from .letters import wait_after

LEASE = dt.timedelta(minutes=2)
_MAKING = 7105
"""The key of the lock under which a root is made: of two workers, the second finds it made."""


@one_transaction
def make_root(until: dt.date, authorities: Iterable[str]) -> DailyRoot | None:
    """The root of all that no root stands for yet and was there when the day (UTC) ended.

    Its stamps are asked for then. None where the day, or a later one, has its root. Days on which
    no worker ran are in the next root.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_MAKING])
    previous = DailyRoot.objects.order_by("-day").first()
    if previous is not None and previous.day >= until:
        return None
    leaves = list(_new_leaves(_end_of(until)))
    root = DailyRoot(day=until, previous=previous, seed=secrets.token_hex(32))
    root.root = merkle.root(root.tree(each.digest for each in leaves)).hex()
    root.save(force_insert=True)
    for each in leaves:
        each.root = root
    RootLeaf.objects.bulk_create(leaves, batch_size=2000)
    Stamp.objects.bulk_create([Stamp(root=root, authority=each) for each in authorities])
    return root


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)


def _new_leaves(before: dt.datetime) -> Iterator[RootLeaf]:
    # A path to the root tells hashes of others: none of what a confidential source gave.
    copies = Snapshot.objects.filter(
        leaf=None, taken_at__lt=before, source__is_confidential=False
    ).order_by()
    for key, digest in copies.values_list("pk", "sha256").iterator():
        yield RootLeaf(snapshot_id=key, digest=digest)
    records = Capture.objects.filter(
        leaf=None, state=CaptureState.SAVED, finished_at__lt=before
    ).exclude(warc="")
    for key, digest in records.order_by().values_list("pk", "warc").iterator():
        yield RootLeaf(capture_id=key, digest=digest)
    editions = Edition.objects.filter(leaf=None, published_at__lt=before).order_by()
    for key, content in editions.values_list("pk", "content").iterator(chunk_size=100):
        yield RootLeaf(edition_id=key, digest=sha256(edition_bytes(content)).hexdigest())


@one_transaction
def claim(at: dt.datetime) -> Stamp | None:
    """The stamp that is due by then (UTC) and has waited longest, held by the caller, or None."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = Stamp.objects.filter(free, state=StampState.WAITING, next_try_at__lte=at)
    stamp = (
        due.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("root")
        .order_by("next_try_at", "pk")
        .first()
    )
    if stamp is None:
        return None
    stamp.tries += 1
    stamp.claimed_until, stamp.next_try_at = at + LEASE, at + wait_after(stamp.tries)
    stamp.save(update_fields=["tries", "claimed_until", "next_try_at"])
    return stamp


@one_transaction
def stamped(stamp: Stamp, token: bytes, at: dt.datetime) -> None:
    """The authority has answered. What it answered first stays."""
    waiting = Stamp.objects.filter(pk=stamp.pk, state=StampState.WAITING)
    if waiting.update(
        state=StampState.STAMPED, token=token, stamped_at=at, claimed_until=None, problem=""
    ):
        tally("stamps", "stamped")


@one_transaction
def not_stamped(stamp: Stamp, why: str) -> None:
    """It is asked again later, as long as it takes."""
    waiting = Stamp.objects.filter(pk=stamp.pk, state=StampState.WAITING)
    if waiting.update(problem=why[:200], claimed_until=None):
        tally("stamps", "later")
