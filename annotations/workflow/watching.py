"""Cited pages of published checks, looked at again: when, by whom, and what is told of it.

As copies are fetched: a row is claimed under a lease, the page is asked for outside of any
transaction, and what was seen is settled once. Whether a change matters is for a person to say.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.capture.recording import host_of
from annotations.models import Claim, SourceChange, User, Watch, cited_in_public
from annotations.models.watch import WatchQuerySet
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, MoveName, PageChange

from . import guards
from .copies import LEASE, hold_hosts, just_asked
from .core import Refused, lock_claim, log, one_transaction, require, require_reason, tally

EVERY = dt.timedelta(days=7)
"""Between two looks at one page."""
SURE_AFTER = dt.timedelta(hours=20)
"""A page is told to be gone when it still is so long after it was first missed."""
FIRST_WAIT = dt.timedelta(hours=1)
"""After a look that failed; then four times as long each time, until it is `EVERY`."""
AT_A_TIME = 50
"""Pages that are due of which it is asked whether readers are sent to them."""
AT_ONCE = 500
"""Pages that begin to be watched in one transaction."""


@one_transaction
def begin(at: dt.datetime) -> int:
    """Watch what published verdicts stand on and is not watched yet; returns how many pages.

    Their first looks are spread over a day.
    """
    rows = cited_in_public().filter(watch__isnull=True).order_by("pk").values_list("pk", "url")
    spread = random.Random()  # noqa: S311  # to spread requests, and no secret
    made = [
        Watch(
            source_id=key,
            address=url,
            host=host_of(url),
            next_try_at=at + spread.random() * dt.timedelta(days=1),
        )
        for key, url in rows[:AT_ONCE]
    ]
    Watch.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@one_transaction
def claim(at: dt.datetime) -> Watch | None:
    """The page whose turn has been longest and is due by then (UTC), held by the caller, or None.

    None of a host that was asked just now, for this or for a copy.
    """
    hold_hosts()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = Watch.objects.filter(free, next_try_at__lte=at).exclude(host__in=just_asked(at))
    watch = _first_wanted(due, at)
    if watch is None:
        return None
    watch.tries += 1
    watch.tried_at, watch.claimed_until = at, at + LEASE
    watch.next_try_at = at + wait_after(watch.tries)
    watch.save(update_fields=["tries", "tried_at", "claimed_until", "next_try_at"])
    return watch


def _first_wanted(due: WatchQuerySet, at: dt.datetime) -> Watch | None:
    """The first of these that readers are sent to; those before it are asked about in a day again.

    Some at a time: what was watched once does not make the next one dearer.
    """
    while batch := list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:AT_A_TIME]):
        rows = Watch.objects.filter(pk__in=batch).wanted()
        wanted = rows.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related(
            "source__desk"
        )
        if (found := wanted.order_by("next_try_at", "pk").first()) is not None:
            return found
        others = Watch.objects.filter(pk__in=set(batch) - set(rows.values_list("pk", flat=True)))
        if not others.update(next_try_at=at + dt.timedelta(days=1)):
            return None  # they are held by somebody else
    return None


def wait_after(tries: int) -> dt.timedelta:
    """How long to wait after so many looks that failed."""
    factor: int = 4 ** min(tries - 1, 10)
    return min(FIRST_WAIT * factor, EVERY)


@one_transaction
def failed(watch: Watch, problem: str, at: dt.datetime, wait: dt.timedelta) -> None:
    """It could not be seen, and why. Its next look is as late as its server asks for."""
    row = _held(watch)
    if row is None:
        return
    row.claimed_until = None
    if row.problem != "gone":  # which was told, and is told once
        row.problem = problem[:20]
    row.next_try_at = max(row.next_try_at, at + wait)
    row.save(update_fields=["problem", "claimed_until", "next_try_at"])
    tally("looks", "failed")


@one_transaction
def missed(watch: Watch, status: int, at: dt.datetime) -> None:
    """There is no such page. It is told once, when it still is so a day later."""
    row = _held(watch)
    if row is None:
        return
    is_first = row.gone_since is None
    row.gone_since = row.gone_since or at
    is_sure = at - row.gone_since >= SURE_AFTER
    if is_sure and row.problem != "gone":
        _tell(row, PageChange.GONE, {"status": status}, at)
    row.problem = "gone" if is_sure else "missed"
    row.next_try_at = at + (dt.timedelta(days=1) if is_first else EVERY)
    row.claimed_until, row.tries = None, 0
    row.etag = row.last_modified = row.sha256 = ""
    row.save()
    tally("looks", "gone")


@one_transaction
def seen(
    watch: Watch,
    at: dt.datetime,
    *,
    validators: tuple[str, str] | None = None,
    sha256: str = "",
    moved_to: str = "",
    stood: Mapping[str, bool] | None = None,
    changed: Mapping[int, list[dict[str, str]]] | None = None,
    notice: str = "",
) -> None:
    """The page was seen. `changed` are passages that stand there no more, by the key of the claim;
    `notice` are the words by which it says that it was retracted, told once.

    Without `validators` its server said that it is the same.
    """
    row = _held(watch)
    if row is None:
        return
    if moved_to and moved_to != row.moved_to:
        _tell(row, PageChange.MOVED, {"address": moved_to}, at)
    for key, passages in (changed or {}).items():
        _tell(row, PageChange.CHANGED, {"passages": passages}, at, claims=[key])
    if notice and not row.notice:
        _tell(row, PageChange.RETRACTED, {"notice": notice}, at)
    row.moved_to = moved_to
    if validators is not None:
        row.notice = notice
        row.etag, row.last_modified = validators
        row.sha256 = sha256
    row.stood = row.stood | dict(stood or {})
    row.seen_at, row.gone_since, row.problem = at, None, ""
    row.claimed_until, row.tries = None, 0
    row.next_try_at = at + EVERY * random.uniform(0.9, 1.1)  # noqa: S311  # to spread them
    row.save()
    is_changed = bool(changed or notice)
    tally("looks", "same" if validators is None else "changed" if is_changed else "seen")


def _held(watch: Watch) -> Watch | None:
    """The row, if it is still held for the look that was taken; else somebody else settles it."""
    rows = Watch.objects.select_for_update(no_key=True)
    return rows.filter(pk=watch.pk, claimed_until=watch.claimed_until).first()


def _tell(
    row: Watch,
    kind: PageChange,
    about: dict[str, Any],
    at: dt.datetime,
    claims: Iterable[int] | None = None,
) -> None:
    """Put the change before whoever decides, of each published claim that stands on the page."""
    cited = Claim.objects.filter(
        status=ClaimStatus.PUBLISHED, verdict__citations__source=row.source
    )
    if claims is not None:
        cited = cited.filter(pk__in=list(claims))
    for each in cited.distinct().select_related("desk").order_by("pk"):
        SourceChange.objects.create(
            source_id=row.source_id, claim=each, kind=kind, about=about, found_at=at
        )
        detail = {"change": str(kind)}
        log(each.desk, MoveName.SOURCE_CHANGED, None, claim=each, detail=detail)


@one_transaction
def settle_change(change: SourceChange, matters: bool, reason: str, *, actor: User) -> SourceChange:
    """Say whether a change matters, once, and why. Raises PermissionDenied, Refused."""
    claim = lock_claim(change.claim)
    require(actor, Right.DECIDE, claim.desk)
    if why := guards.checks_it_not(claim, actor):
        raise Refused(why)
    require_reason(reason)
    row = SourceChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if row.settled_at is not None:
        raise Refused(_("Somebody has said so already."))
    row.matters, row.reason = matters, reason
    row.settled_by, row.settled_at = actor, timezone.now()
    row.save()
    detail = {"change": row.kind, "matters": matters}
    log(claim.desk, MoveName.JUDGE_CHANGE, actor, claim=claim, reason=reason, detail=detail)
    return row
