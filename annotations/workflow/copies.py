"""Saved copies of sources: their bytes are kept first, and then a row that names them.

A page that is cited puts a row (`want`) in the transaction of the citation. The worker claims one,
fetches it outside of any transaction, and says what became of it. Ended at any moment it loses
nothing: the row is anybody's again when the lease is over, and is settled once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import blobs
from annotations.capture.recording import host_of
from annotations.models import Capture, Citation, Desk, Snapshot, Source, User, Watch
from annotations.models.capture import CaptureQuerySet
from annotations.rights import Right
from annotations.vocabulary import CaptureState

from .core import one_transaction, require, tally
from .letters import wait_after

LEASE = dt.timedelta(minutes=5)
"""Longer than a page and its robots.txt can hold us, through all redirects."""
HOST_RATE = dt.timedelta(seconds=3)
"""Between two requests for pages of one host."""
MOST_TRIES = 6
"""Over about nine hours; then a person has to bring the page."""
AGAIN_AFTER = dt.timedelta(hours=1)
"""A page that could not be saved is not asked for sooner, however often it is cited."""
_CLAIMING = 7104
"""The key of the lock under which a row is chosen: of two workers, the second sees the first's."""


def keep_copy(
    source: Source,
    data: bytes | IO[bytes],
    *,
    person: User,
    name: str = "",
    media_type: str = "",
) -> Snapshot:
    """Keep a copy of a source as it is now; the same bytes again are the copy there is.

    Raises PermissionDenied for someone who may not see the source, or who it is, or not annotate
    at its desk; OSError where there is no room for it. Then nothing of it is kept.
    """
    known = Source.objects.known_to(person).values("pk")
    rows = Source.objects.visible_to(person).filter(pk=source.pk)
    if not rows.filter(pk__in=known).exists():
        raise PermissionDenied(_("You may not see this source."))
    require(person, Right.ANNOTATE, source.desk)
    return add_copy(source, blobs.keep(data), person, name, media_type)


@one_transaction
def add_copy(
    source: Source, kept: blobs.Kept, person: User, name: str, media_type: str
) -> Snapshot:
    """The row of a copy whose bytes are kept, found again or made."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    copy, _made = Snapshot.objects.get_or_create(
        source=source,
        sha256=kept.sha256,
        defaults={
            "size": kept.size,
            "name": name[:255],
            "media_type": media_type[:100],
            "taken_by": person,
        },
    )
    return copy


# --- pages that the worker saves ---


def want(source: Source, person: User) -> Capture | None:
    """Have the page saved, as part of the transaction it is called in.

    None where pages are not saved here, the source has no address, or it was wanted before; but
    one that could not be saved is tried again when it is cited again, `AGAIN_AFTER` at the soonest.
    """
    if not settings.SAVE_COPIES or not host_of(source.url):
        return None
    latest = source.captures.order_by("-wanted_at").first()
    if latest is not None and not _may_be_tried_again(latest):
        return None
    return Capture.objects.create(
        source=source, address=source.url, host=host_of(source.url), wanted_by=person
    )


def _may_be_tried_again(capture: Capture) -> bool:
    since = capture.finished_at
    return (
        capture.state == CaptureState.FAILED
        and since is not None
        and since < timezone.now() - AGAIN_AFTER
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How many cited pages a desk has, and what became of them."""

    pages: int
    saved: int
    """That have a copy, fetched or brought."""
    waiting: int
    failed: int
    """That have no copy and do not wait: whoever cited one has to bring the page, or ask again."""


def figures(desk: Desk) -> Figures:
    rows = _cited_pages(desk).annotate(
        is_saved=Exists(_copies_of()),
        waits=Exists(_captures_of().waiting()),
        was_tried=Exists(_captures_of()),
    )
    counted = rows.aggregate(
        pages=Count("pk"),
        saved=Count("pk", filter=Q(is_saved=True)),
        waiting=Count("pk", filter=Q(waits=True)),
        failed=Count("pk", filter=Q(is_saved=False, waits=False, was_tried=True)),
    )
    return Figures(**counted)


def lacking(desk: Desk, *, again: bool = False) -> list[int]:
    """The keys of the sources whose pages may be asked for; `again`: also where there is a copy.

    Not of those that wait, nor that were asked for less than `AGAIN_AFTER` ago.
    """
    lately = _captures_of().filter(finished_at__gt=timezone.now() - AGAIN_AFTER)
    rows = _cited_pages(desk).exclude(Exists(_captures_of().waiting())).exclude(Exists(lately))
    if not again:
        rows = rows.exclude(Exists(_copies_of()))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@one_transaction
def want_each(sources: Sequence[int]) -> int:
    """Have the pages of these sources saved, each for whoever described it; returns how many.

    One that somebody else has asked for meanwhile waits once. One without a host is left out.
    """
    rows = Source.objects.filter(pk__in=sources)
    wanted = [
        Capture(source=each, address=each.url, host=host, wanted_by_id=each.added_by_id)
        for each in rows
        if (host := host_of(each.url))
    ]
    Capture.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


def _cited_pages(desk: Desk) -> QuerySet[Source]:
    cited = Citation.objects.filter(source=OuterRef("pk"))
    return Source.objects.filter(Exists(cited), desk=desk).exclude(url="")


def _captures_of() -> CaptureQuerySet:
    return Capture.objects.filter(source=OuterRef("pk"))


def _copies_of() -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(source=OuterRef("pk"))


@one_transaction
def claim(at: dt.datetime) -> Capture | None:
    """The page that has waited longest and is due by then (UTC), held by the caller, or None.

    None of a host that was asked less than `HOST_RATE` ago.
    """
    hold_hosts()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = Capture.objects.waiting().filter(free, next_try_at__lte=at)
    capture = (
        due.exclude(host__in=just_asked(at))
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("source__desk", "wanted_by")
        .order_by("next_try_at", "pk")
        .first()
    )
    if capture is None:
        return None
    capture.tries += 1
    capture.tried_at, capture.claimed_until = at, at + LEASE
    capture.next_try_at = at + wait_after(capture.tries)
    capture.save(update_fields=["tries", "tried_at", "claimed_until", "next_try_at"])
    return capture


def hold_hosts() -> None:
    """Choose a page alone, until the transaction ends: no two ask one host at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CLAIMING])


def just_asked(at: dt.datetime) -> list[str]:
    """The hosts that were asked for a page less than `HOST_RATE` before then (UTC)."""
    rows = [
        model.objects.filter(tried_at__gt=at - HOST_RATE).values_list("host", flat=True)
        for model in (Capture, Watch)
    ]
    return [*rows[0], *rows[1]]


@one_transaction
def saved(
    capture: Capture,
    page: blobs.Kept,
    warc: blobs.Kept,
    *,
    name: str,
    media_type: str,
    leads_to: str = "",
) -> bool:
    """The page is kept: its copy, and the WARC file; returns whether nobody said so before.

    `leads_to` names the other document that its address led to, if it did.
    """
    rows = Capture.objects.waiting().select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=capture.pk).first()
    if row is None:
        return False
    row.snapshot = add_copy(capture.source, page, capture.wanted_by, name, media_type)
    row.state, row.warc, row.finished_at = CaptureState.SAVED, warc.sha256, timezone.now()
    row.claimed_until, row.problem, row.about_problem = None, "", {}
    row.save()
    if capture.source.leads_to != leads_to:
        Source.objects.filter(pk=capture.source_id).update(leads_to=leads_to)
    tally("captures", "saved")
    return True


@one_transaction
def failed(
    capture: Capture,
    problem: str,
    about: Mapping[str, Any],
    *,
    is_passing: bool,
    until: dt.datetime | None = None,
) -> None:
    """It could not be fetched, and why. It waits for its next try if that may go better.

    That is no sooner than `until` (UTC), before which its server asks to be left alone.
    """
    rows = Capture.objects.waiting().filter(pk=capture.pk)
    values: dict[str, Any] = {"problem": problem[:20], "about_problem": dict(about)}
    if not is_passing or capture.tries >= MOST_TRIES:
        values |= {"state": CaptureState.FAILED, "finished_at": timezone.now()}
    elif until is not None:
        values["next_try_at"] = Greatest("next_try_at", until)
    if rows.update(claimed_until=None, **values):
        tally("captures", "failed" if "state" in values else "later")
