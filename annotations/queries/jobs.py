"""What the worker does: what waits, what failed, and why. It tells nothing of anybody's work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from annotations.models import Job, Letter

from .paging import MOST

SHOWN = 50
"""Letters of either kind that are listed."""
ASLEEP_AFTER = dt.timedelta(minutes=5)
"""A job that has waited so long for its turn says that no worker is running."""


@dataclass(frozen=True, slots=True)
class Clock:
    """All of it, at one moment."""

    jobs: list[Job]
    is_asleep: bool
    mail_goes_out: bool
    waiting: int
    """Letters to be sent; at most `paging.MOST` are counted."""
    failing: list[Letter]
    """Those that were given up, the latest first; then those that failed and are tried again."""


def failed() -> int:
    """How many jobs went wrong the last time, and letters that were given up."""
    jobs = Job.objects.exclude(error="").count()
    given_up = Letter.objects.filter(failed_at__isnull=False).order_by()
    return jobs + given_up[:MOST].count()


def clock() -> Clock:
    """What the worker does, in four statements however much there is."""
    now = timezone.now()
    jobs = list(Job.objects.order_by("name"))
    oldest = min((job.next_at for job in jobs), default=None)
    is_asleep = oldest is None or oldest < now - ASLEEP_AFTER
    waiting = Letter.objects.open().order_by()
    given_up = Letter.objects.filter(failed_at__isnull=False).order_by("-failed_at")
    failing = waiting.exclude(error="").order_by("next_try_at")
    listed = [*given_up.defer("body")[:SHOWN], *failing.defer("body")[:SHOWN]]
    return Clock(jobs, is_asleep, settings.MAIL_GOES_OUT, waiting[:MOST].count(), listed)
