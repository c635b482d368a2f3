"""Pages that are to be saved: a row with the citation, and what became of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from annotations.vocabulary import CaptureState

from .base import Keyed, one_of
from .disclosure import DisclosedQuerySet
from .evidence import Snapshot, Source, note_uses
from .user import User


class CaptureQuerySet(DisclosedQuerySet["Capture"]):
    def visible_to(self, user: User) -> CaptureQuerySet:
        rows = self.filter(source__in=Source.objects.visible_to(user).values("pk"))
        return rows.read_by(user)

    def note(self, reader: User, rows: list[Any]) -> None:
        note_uses(reader, [row.source_id for row in rows if row.wanted_by_id != reader.pk])

    def waiting(self) -> CaptureQuerySet:
        return self.filter(state=CaptureState.WAITING)


class Capture(Keyed):
    """One page that the worker fetches and keeps: held until `claimed_until` by who does it now.

    Of two people who cite one page each has a capture of their own: one that was there already
    would tell the second of the first (rule 4).
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    address = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    wanted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=CaptureState, default=CaptureState.WAITING)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    """Why it could not be fetched, as `capture.fetch.Unfetchable` names it."""
    about_problem = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="captures"
    )
    warc = models.CharField(max_length=64, blank=True)
    """The SHA-256 of its WARC file, which is kept as bytes are (annotations.blobs)."""

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["source", "-wanted_at"]
        constraints = [
            one_of("capture_state_is_known", "state", CaptureState),
            models.UniqueConstraint(
                name="capture_waits_once", fields=["source"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="capture_is_saved_with_its_copy",
                condition=Q(state="saved", snapshot__isnull=False)
                | (~Q(state="saved") & Q(snapshot__isnull=True, warc="")),
            ),
        ]
        indexes = [
            # The next one, and whether its host was asked just now: workflow.copies.claim.
            models.Index(
                name="capture_to_do", fields=["next_try_at"], condition=Q(state="waiting")
            ),
            models.Index(name="capture_by_host", fields=["host", "tried_at"]),
        ]

    def __str__(self) -> str:
        return f"Capture {self.uuid.hex[:8]}"
