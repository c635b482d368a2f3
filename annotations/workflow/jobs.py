"""Who does what is due by the clock: rows that are held for a while, and what became of each.

A lease instead of an advisory lock: it holds through a pooler of connections, a page can show it,
and a worker that was killed has let go of it some minutes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from annotations.models import Job

from .core import one_transaction
from .letters import LONGEST_ERROR, wait_after

LEASE = dt.timedelta(minutes=15)
"""Longer than any job takes. One that takes longer may be done twice at once, without harm."""

APART = dt.timedelta(minutes=5)
"""How far the clocks of two machines may be apart. A job that began later than this from now began
before the clock was set back: it does not wait until then."""


def plan(names: Iterable[str]) -> None:
    """See to it that there is a row for each of these jobs. One that is new is due now."""
    there = set(Job.objects.values_list("name", flat=True))
    missing = [Job(name=name) for name in names if name not in there]
    Job.objects.bulk_create(missing, ignore_conflicts=True)


@one_transaction
def claim(names: Iterable[str], at: dt.datetime) -> Job | None:
    """The job of these that is due by then (UTC) and has waited longest, held by the caller."""
    was_set_back = Q(started_at__gt=at + APART)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at) | was_set_back
    is_due = Q(next_at__lte=at) | was_set_back
    due = Job.objects.filter(free, is_due, name__in=list(names))
    job = due.select_for_update(skip_locked=True, no_key=True).order_by("next_at", "pk").first()
    if job is None:
        return None
    job.started_at, job.claimed_until = at, at + LEASE
    job.save(update_fields=["started_at", "claimed_until"])
    return job


@one_transaction
def done(job: Job, every: dt.timedelta) -> None:
    """It went well, and is due again so long after it began."""
    assert job.started_at is not None
    _end(job, tries=0, error="", next_at=job.started_at + every, done=F("done") + 1)


@one_transaction
def failed(job: Job, why: str, every: dt.timedelta) -> None:
    """It did not go well. It is tried again soon, and no later than its next time."""
    assert job.started_at is not None
    wait = min(every, wait_after(job.tries + 1))
    error = why[:LONGEST_ERROR]
    next_at = job.started_at + wait
    _end(job, tries=job.tries + 1, error=error, next_at=next_at, failed=F("failed") + 1)


def _end(job: Job, **values: object) -> None:
    """What became of it, unless somebody else has taken it since, or asked for it again."""
    rows = Job.objects.filter(pk=job.pk, started_at=job.started_at)
    rows.update(claimed_until=None, finished_at=timezone.now(), **values)


@one_transaction
def run_again(name: str) -> bool:
    """Let a job be due now; returns whether there is one of that name."""
    return bool(Job.objects.filter(name=name).update(next_at=timezone.now()))
