"""Checks whose time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from annotations import workflow
from annotations.models import OPEN, Assignment, Desk
from annotations.vocabulary import Task


def lapse_overdue(at: datetime | None = None) -> int:
    """Let the checks lapse that their desks' rules let lapse by now (UTC); returns how many did."""
    at = at or timezone.now()
    lapsed = 0
    for desk in Desk.objects.filter(lapse_days__isnull=False):
        assert desk.lapse_days is not None
        late = Assignment.objects.filter(task=Task.CHECK, status__in=OPEN, claim__desk=desk)
        end = at - timedelta(days=desk.lapse_days)
        late = late.filter(Q(due_at__lte=end) | Q(due_at__isnull=True, assigned_at__lte=end))
        lapsed += sum(workflow.lapse(row, at=at) for row in late.select_related("claim"))
    return lapsed
