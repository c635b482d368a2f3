"""What a draft was before: its versions, kept for its author."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from annotations.vocabulary import Confidence

from .annotation import Annotation
from .base import Keyed, KeyedQuerySet
from .scale import Rating
from .user import User


class DraftVersionQuerySet(KeyedQuerySet["DraftVersion"]):
    def visible_to(self, user: User) -> DraftVersionQuerySet:
        """One's own, and nobody else's at any time: who thought what first is not for others."""
        return self.filter(annotation__assignment__person=user.pk)


class DraftVersion(Keyed):
    """An annotation as it stood at one version, its citations included. Never changed."""

    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=140, blank=True)
    justification = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    citations = models.JSONField(
        default=list,
        help_text="[{uuid, source, title, stance, passage, locator, note}], `source` its UUID.",
    )
    at = models.DateTimeField(default=timezone.now)

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # The versions of one's draft, latest first: queries.past.versions.
            models.Index(name="draft_version_latest", fields=["annotation", "-at"]),
        ]

    def __str__(self) -> str:
        return f"Version {self.uuid.hex[:8]}"
