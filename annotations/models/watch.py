"""Cited pages of published checks, looked at again: when, and what changed of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import ClaimStatus, PageChange

from .annotation import checks_blind
from .base import Keyed, KeyedQuerySet, one_of
from .claim import Claim
from .desk import desks_of
from .evidence import Citation, Source
from .user import User


class WatchQuerySet(models.QuerySet["Watch"]):
    def wanted(self) -> WatchQuerySet:
        """Of sources on which the verdict of a published claim stands now.

        Of few rows at a time: of all at once it reads all that is cited.
        """
        stands = Citation.objects.filter(
            source=OuterRef("source"),
            verdict__claim__verdict=F("verdict"),
            verdict__claim__status=ClaimStatus.PUBLISHED,
            verdict__claim__desk__is_sample=False,
        )
        return self.filter(Exists(stands)).exclude(source__url="")


def cited_in_public() -> models.QuerySet[Source]:
    """The sources with an address on which the verdict of a published claim stands.

    Of samples none: their pages are made up.
    """
    published = Claim.objects.filter(status=ClaimStatus.PUBLISHED, desk__is_sample=False)
    verdicts = published.values("verdict")
    return Source.objects.filter(citations__verdict__in=verdicts).exclude(url="").distinct()


class Watch(models.Model):
    """One page that the worker looks at again: held until `claimed_until` by who does it now."""

    source = models.OneToOneField(Source, models.PROTECT, related_name="watch")
    address = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    """Since it was last answered."""
    seen_at = models.DateTimeField(null=True, blank=True)
    """When it was last answered with the page, or that the page is the same."""
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of its bytes when it was last seen."""
    stood = models.JSONField(default=dict, blank=True)
    """Whether each passage stood there when it was last looked for, by the UUID of its citation."""
    gone_since = models.DateTimeField(null=True, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True)
    notice = models.TextField(blank=True, default="", db_default="")
    """The words by which it said that it was retracted, when it was last read."""
    problem = models.CharField(max_length=20, blank=True)
    """Why it could not be seen, as `capture.fetch.Unfetchable` names it."""

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["next_try_at", "pk"]
        indexes = [
            # The next one, and whether its host was asked just now: workflow.watching.claim.
            models.Index(name="watch_to_do", fields=["next_try_at"]),
            models.Index(name="watch_by_host", fields=["host", "tried_at"]),
        ]

    def __str__(self) -> str:
        return f"Watch {self.pk}"


class SourceChangeQuerySet(KeyedQuerySet["SourceChange"]):
    def visible_to(self, user: User) -> SourceChangeQuerySet:
        """Members, but for those who check the claim again and blind: it tells of its verdict."""
        rows = self.filter(claim__desk__in=desks_of(user))
        return rows.exclude(claim__in=Claim.objects.filter(checks_blind(user, "pk")).values("pk"))

    def open(self) -> SourceChangeQuerySet:
        """Those of which nobody has said whether they matter."""
        return self.filter(settled_at__isnull=True)


class SourceChange(Keyed):
    """What became of a page on which a published verdict stands, and whether it matters."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="changes")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="source_changes")
    kind = models.CharField(max_length=10, choices=PageChange)
    about: Any = models.JSONField(default=dict, blank=True)
    """`status`, where it is gone; `address`, where it moved to; `notice`, the words by which it
    says that it was retracted; else `passages`: each what was
    quoted (`before`) and the words that are most like it now (`now`, empty if there are none)."""
    found_at = models.DateTimeField(default=timezone.now)
    matters = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SourceChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "pk"]
        constraints = [
            one_of("change_kind_is_known", "kind", PageChange),
            models.CheckConstraint(
                name="change_is_settled_by_somebody",
                condition=Q(
                    settled_at__isnull=True,
                    settled_by__isnull=True,
                    matters__isnull=True,
                    reason="",
                )
                | Q(settled_at__isnull=False, settled_by__isnull=False, matters__isnull=False)
                & ~Q(reason=""),
                violation_error_message=_("Say whether it matters, and why."),
            ),
        ]
        indexes = [
            # What nobody has looked at, in the queue: queries.changes.
            models.Index(
                name="change_open", fields=["claim"], condition=Q(settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Change {self.uuid.hex[:8]}"
