"""What the worker does by the clock: when it did it last, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """One thing that is done again and again, by whichever worker takes the row first.

    Held until `claimed_until` by who does it now. `error` is of the last time and empty if that
    went well; `tries` counts the times in a row that it did not, `done` and `failed` all times.
    """

    name = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    done = models.PositiveBigIntegerField(default=0, db_default=0)
    failed = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="job_failed_or_not", condition=Q(tries=0, error="") | Q(tries__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name
