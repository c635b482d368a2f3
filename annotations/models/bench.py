"""What the workbench keeps beside the work: steps to undo, marks taken out, who has it open."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from annotations.vocabulary import StepKind

from .article import Article
from .base import Keyed, KeyedQuerySet, PartialDateField, one_of, partial_date
from .claim import Claim
from .desk import desks_of
from .text import Revision
from .user import User


class RemovedMarkQuerySet(KeyedQuerySet["RemovedMark"]):
    def visible_to(self, user: User) -> RemovedMarkQuerySet:
        return self.filter(claim__desk__in=desks_of(user))


class RemovedMark(Keyed):
    """A mark that was taken out, as it stood, so that it can be put back. Never changed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="removed_marks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="removed_marks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    said_on = PartialDateField()
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(default=timezone.now)

    objects = RemovedMarkQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="removed_mark_is_not_empty", condition=Q(start__lt=F("end"))
            ),
            partial_date("removed_mark_said_on_is_a_date", "said_on"),
        ]
        indexes = [
            # The marks taken out of a text, latest first: queries.workbench.removed.
            models.Index(name="removed_mark_latest", fields=["revision", "-removed_at"]),
        ]

    def __str__(self) -> str:
        return self.exact


class Step(models.Model):
    """One thing a person did to a text, so that it can be undone and done again.

    A note for that person, not the log: doing, undoing and redoing are moves with lines there.
    `what` says which rows, see workflow.undoing.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="steps")
    person = models.ForeignKey(User, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    what = models.JSONField(default=dict)
    is_undone = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [one_of("step_kind_is_known", "kind", StepKind)]
        indexes = [
            # A person's latest steps in an article: workflow.undoing.
            models.Index(name="step_latest", fields=["article", "person", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Presence(models.Model):
    """When a person last had an article open; of who may mark (views.article.presence)."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="presences")
    person = models.ForeignKey(User, models.PROTECT, related_name="presences")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # Also who else has the article open: queries.presence.
            models.UniqueConstraint(name="presence_once", fields=["article", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.article}"
