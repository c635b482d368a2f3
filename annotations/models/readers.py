"""Between a desk and its readers: what it says of itself, what they report, what they are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.rights import Right
from annotations.vocabulary import ReportOutcome, StatementKind

from .base import Keyed, KeyedQuerySet, one_of
from .desk import Desk, desks_of
from .edition import Edition
from .user import User


class StatementQuerySet(KeyedQuerySet["Statement"]):
    def visible_to(self, user: User) -> StatementQuerySet:
        return self.filter(desk__in=desks_of(user))

    def newest(self) -> StatementQuerySet:
        """The last version of each kind, at each desk."""
        return self.order_by("desk_id", "kind", "-number").distinct("desk_id", "kind")


class Statement(Keyed):
    """One version of a page on which a desk says how it works. Never changed: a new one follows."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind)
    number = models.PositiveIntegerField(default=1)
    body = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["desk", "kind", "-number"]
        constraints = [
            # Also the lookup of a desk's newest statements: queries.transparency.
            models.UniqueConstraint(
                name="statement_number_once", fields=["desk", "kind", "number"]
            ),
            one_of("statement_kind_is_known", "kind", StatementKind),
        ]

    def __str__(self) -> str:
        words = {"name": self.get_kind_display(), "number": self.number}
        return str(_("%(name)s, version %(number)d") % words)


class ReportQuerySet(KeyedQuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Those who may correct: a report may hold a reader's address."""
        return self.filter(edition__desk__in=desks_of(user, Right.PUBLISH))


class Report(Keyed):
    """What a reader thinks is wrong with an edition, and what the desk answered."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reports")
    words = models.TextField(_("what is wrong?"))
    evidence = models.TextField(_("what shows it?"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=10, default="en", editable=False)
    sender = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("A hash that tells nothing once the day's salt is gone."),
    )
    is_suspect = models.BooleanField(
        default=False, editable=False, help_text=_("A field that people do not see was filled in.")
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=10, choices=ReportOutcome, blank=True, editable=False)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="report_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="report_is_answered_by_someone",
                condition=Q(outcome="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(
                    outcome__in=ReportOutcome.values,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            # Recent reports from one sender: workflow.reports.receive.
            models.Index(name="report_by_sender", fields=["sender", "at"]),
            # A desk's reports that wait for an answer, on their page.
            models.Index(name="report_of_edition", fields=["edition", "outcome"]),
        ]

    def __str__(self) -> str:
        return str(_("Report of %(day)s") % {"day": f"{self.at:%Y-%m-%d}"})


class Salt(models.Model):
    """One day's secret for hashing senders. Deleted after two days: then the hashes are mute."""

    day = models.DateField(unique=True)
    value = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)
