"""How often the worker did what it does besides its jobs: counted in rows, as jobs are."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One figure of /metrics, whichever process is asked: docs/decisions/0087."""

    kind = models.CharField(max_length=20)
    """What was done: captures, looks, stamps, archives."""
    outcome = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["kind", "outcome"]
        constraints = [
            models.UniqueConstraint(name="tally_once", fields=["kind", "outcome"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}: {self.number}"
