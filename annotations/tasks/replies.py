"""Whoever was asked for a reply by mail is reminded once, on the day before."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.utils import timezone, translation

from annotations.models import ReplyRequest
from annotations.words import reply_letters
from annotations.workflow import replies

AT_LEAST = dt.timedelta(hours=12)
"""Nobody is reminded of what they were asked so short a time ago."""


def remind(at: dt.datetime) -> int:
    """Send the reminders that are due by then (UTC), each once; returns how many."""
    near = at.date() + dt.timedelta(days=2)
    rows = ReplyRequest.objects.awaited().filter(
        reminds=True, reminded_at=None, until__lte=near, asked_at__lte=at - AT_LEAST
    )
    return sum(_remind(row, at) for row in rows.exclude(email="").select_related("desk"))


def _remind(row: ReplyRequest, at: dt.datetime) -> bool:
    """On the day before, or on the day itself, where the desk is; later it is of no use."""
    zone = zoneinfo.ZoneInfo(row.desk.time_zone)
    assert row.until is not None
    if not 0 <= (row.until - at.astimezone(zone).date()).days <= 1:
        return False
    with translation.override(row.desk.language), timezone.override(zone):
        return replies.remind(row, at, reply_letters.reminder(row))
