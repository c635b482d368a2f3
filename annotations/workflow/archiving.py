"""Addresses of published evidence, given to other services to save: what is sent, and answered.

As captures are: a row is claimed under a lease, the service is asked outside of any transaction,
and what it answers is settled once. Nothing is sent before it is published, or of what is no
longer: docs/decisions/0096-saved-by-others.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.capture.recording import host_of
from annotations.formats.archiving import Heard
from annotations.formats.savepagenow import HOME
from annotations.models import (
    ArchiveAnswer,
    ArchiveRequest,
    Claim,
    Desk,
    User,
    cited_in_public,
    to_be_archived,
)
from annotations.rights import Right
from annotations.vocabulary import ArchiveService, ArchiveState, ClaimStatus, MoveName

from .core import Refused, lock_desk, log, one_transaction, require, tally
from .letters import wait_after

NOT_PUBLISHED = gettext_lazy(
    "Readers are not sent to this page now, so it is not sent there either."
)
LEASE = dt.timedelta(minutes=2)
RATE = dt.timedelta(seconds=6)
"""Between two requests to one service: it saves pages for everybody."""
MOST_TRIES = 10
"""Over about two days; a service that is busy, or knows our keys no more, is asked for longer."""
FIRST_LOOK, LONGEST_LOOK = dt.timedelta(seconds=30), dt.timedelta(hours=1)
"""Until it is asked what became of a page, and between two such questions at most."""
GIVEN_UP_AFTER = dt.timedelta(days=2)
"""A service that works on one page for longer does not answer any more."""
AT_ONCE, AT_A_TIME = 500, 50
"""Requests that are made in one transaction; rows that are due of which it is asked whether they
still are to be sent."""
ALL_WAIT = ("busy", "keys")
"""Problems that are the service's, not a page's: all that is to be sent there waits."""
_CLAIMING = 7106
"""The key of the lock under which a row is chosen: of two workers, the second sees the first's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the status of HTTP, and what is kept of its words."""

    status: int
    said: dict[str, Any]


def services_set() -> list[ArchiveService]:
    """The services that this site has what it needs for, by its settings."""
    known = {
        ArchiveService.INTERNET_ARCHIVE: settings.INTERNET_ARCHIVE_KEYS,
        ArchiveService.OWN: settings.ARCHIVER_SECRET,
    }
    return [service for service, secret in known.items() if secret]


@one_transaction
def begin(service: str, at: dt.datetime) -> int:
    """Have what is published and was never sent there saved by the service, where desks want it.

    Returns how many sources were looked at; `AT_ONCE` where there may be more.
    """
    rows = list(to_be_archived(service).select_related("desk").order_by("pk")[:AT_ONCE])
    documents = {(row.desk_id, row.document): row for row in reversed(rows)}
    made = [
        ArchiveRequest(
            source=row,
            service=service,
            address=row.url,
            host=host_of(home_of(service, row.desk)),
            wanted_at=at,
            next_try_at=at,
        )
        for row in documents.values()
    ]
    ArchiveRequest.objects.bulk_create(made, ignore_conflicts=True)
    return len(rows)


def home_of(service: str, desk: Desk) -> str:
    """The address of the service; empty where the desk does not want it (any more)."""
    if service == ArchiveService.OWN:
        return str(desk.archiver)
    return HOME if desk.to_internet_archive else ""


@one_transaction
def claim(services: Collection[str], at: dt.datetime) -> ArchiveRequest | None:
    """What has waited longest for one of these services and is due by then (UTC), held, or None.

    Nothing for a service that was asked just now, or that sent us away for a while.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CLAIMING])
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    due = ArchiveRequest.objects.open().filter(free, service__in=services, next_try_at__lte=at)
    rows = (
        due.exclude(host__in=_at_rest(at))
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("source__desk")
        .order_by("next_try_at", "pk")
    )
    for row in rows[:AT_A_TIME]:
        if _is_wanted(row):
            row.host = host_of(home_of(row.service, row.source.desk))
            row.tries += 1
            row.tried_at, row.claimed_until = at, at + LEASE
            row.next_try_at = at + wait_after(row.tries)
            row.save(update_fields=["host", "tries", "tried_at", "claimed_until", "next_try_at"])
            return row
        row.next_try_at = at + dt.timedelta(days=1)
        row.save(update_fields=["next_try_at"])
    return None


def _at_rest(at: dt.datetime) -> list[str]:
    """The hosts of services that are not to be asked now (UTC)."""
    rows = ArchiveRequest.objects.open()
    just_asked = Q(tried_at__gt=at - RATE)
    sent_away = Q(problem__in=ALL_WAIT, next_try_at__gt=at, finished_at__isnull=True)
    asked = ArchiveRequest.objects.filter(just_asked).values_list("host", flat=True)
    return [*asked, *rows.filter(sent_away).values_list("host", flat=True).distinct()]


def _is_wanted(row: ArchiveRequest) -> bool:
    """Whether the desk still wants it there, and readers are sent to what was not sent yet."""
    if not home_of(row.service, row.source.desk):
        return False
    is_sent = row.state == ArchiveState.ASKED
    return is_sent or cited_in_public().filter(pk=row.source_id).exists()


@one_transaction
def settle(
    request: ArchiveRequest,
    heard: Heard,
    at: dt.datetime,
    *,
    answer: Answer | None = None,
    wait: dt.timedelta = dt.timedelta(),
) -> None:
    """What the service answered, or that it did not. `wait` is as long as it sends us away.

    Of the answers that it still works on a page, the first is kept.
    """
    rows = ArchiveRequest.objects.open().select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=request.pk, claimed_until=request.claimed_until).first()
    if row is None:
        return
    if answer is not None and not (heard.outcome == "asked" and row.state == ArchiveState.ASKED):
        ArchiveAnswer.objects.create(
            request=row, at=at, status=answer.status, said=dict(answer.said)
        )
    row.claimed_until = None
    row.problem, row.about_problem = heard.problem[:20], dict(heard.about)
    {"asked": _is_at_work, "answered": _is_done, "failed": _is_refused, "later": _is_put_off}[
        heard.outcome
    ](row, heard, at)
    row.next_try_at = max(row.next_try_at, at + wait)
    row.save()
    tally("archives", "failed" if row.state == ArchiveState.FAILED else heard.outcome)


def _is_at_work(row: ArchiveRequest, heard: Heard, at: dt.datetime) -> None:
    row.job = heard.job or row.job
    if not row.job:  # there is nothing to ask after
        _is_done(row, heard, at)
        return
    if row.state == ArchiveState.WAITING:
        row.state, row.asked_at, row.tries = ArchiveState.ASKED, at, 0
    assert row.asked_at is not None
    if at - row.asked_at > GIVEN_UP_AFTER:
        row.problem = "no_answer"
        _is_refused(row, heard, at)
        return
    row.next_try_at = at + min(FIRST_LOOK * 2 ** min(row.tries, 10), LONGEST_LOOK)


def _is_done(row: ArchiveRequest, heard: Heard, at: dt.datetime) -> None:
    row.state, row.finished_at = ArchiveState.ANSWERED, at
    row.archived_url, row.archived_at = heard.archived_url, heard.archived_at


def _is_refused(row: ArchiveRequest, _heard: Heard, at: dt.datetime) -> None:
    row.state, row.finished_at = ArchiveState.FAILED, at


def _is_put_off(row: ArchiveRequest, heard: Heard, at: dt.datetime) -> None:
    if row.tries >= MOST_TRIES and heard.problem not in ALL_WAIT:
        _is_refused(row, heard, at)
    elif heard.problem == "said":  # it gave the work up: it is sent again
        row.state, row.asked_at, row.job = ArchiveState.WAITING, None, ""


# --- asked once more, by a person ---


@one_transaction
def archive_again(request: ArchiveRequest, *, actor: User) -> ArchiveRequest:
    """Have the page sent once more to the service that did not save it, by a request of its own.

    What was asked before, and answered, stays. Raises PermissionDenied, Refused where that is not
    to be (`why_not_again`).
    """
    desk = lock_desk(request.source.desk)
    require(actor, Right.PUBLISH, desk)
    rows = ArchiveRequest.objects.visible_to(actor).select_related("source__desk")
    before = rows.filter(pk=request.pk).first()
    if before is None:
        raise PermissionDenied(_("You may not see this source."))
    if why := why_not_again([before])[before.pk]:
        raise Refused(why)
    source = before.source
    published = Claim.objects.filter(
        status=ClaimStatus.PUBLISHED, verdict__citations__source=source
    )
    claim = published.order_by("pk").first()
    if claim is None:  # taken back since: whoever takes back a claim does not wait for the desk
        raise Refused(str(NOT_PUBLISHED))
    detail = {"service": before.service, "address": source.url}
    log(desk, MoveName.ARCHIVE_AGAIN, actor, claim=claim, detail=detail)
    return ArchiveRequest.objects.create(
        source=source,
        service=before.service,
        address=source.url,
        host=host_of(home_of(before.service, desk)),
    )


def why_not_again(requests: Iterable[ArchiveRequest]) -> dict[int, str]:
    """Why each cannot be sent once more now, by its key; an empty string where it can.

    They come with their sources and desks.
    """
    rows = list(requests)
    sources = {row.source_id for row in rows}
    published = set(cited_in_public().filter(pk__in=sources).values_list("pk", flat=True))
    documents = {row.source.document for row in rows}
    told = ArchiveRequest.objects.filter(source__document__in=documents)
    told = told.exclude(state=ArchiveState.FAILED)
    states = {
        tuple(of): state
        for *of, state in told.values_list("source__desk", "source__document", "service", "state")
    }
    known = services_set()

    def why_not(row: ArchiveRequest) -> str:
        source = row.source
        state = states.get((source.desk_id, source.document, row.service))
        if state is not None and state != ArchiveState.ANSWERED:
            return _("It is asked already. What becomes of it is told here.")
        if state == ArchiveState.ANSWERED:
            return _("It took the address: there is nothing to send again.")
        if row.service not in known or not home_of(row.service, source.desk):
            return _("Nothing is sent there any more.")
        if row.source_id not in published:
            return str(NOT_PUBLISHED)
        return ""

    return {row.pk: why_not(row) for row in rows}
