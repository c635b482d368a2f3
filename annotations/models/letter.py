"""The outbox: mails that were promised in a transaction, and are sent after it by the worker."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.rights import Right
from annotations.vocabulary import LetterKind

from .base import Keyed, KeyedQuerySet, one_of
from .desk import desks_of
from .readers import Report
from .user import User


class LetterQuerySet(KeyedQuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """Answers to readers alone: what is sent to members is between the desk and each of them.

        For those who may answer a report.
        """
        return self.filter(report__edition__desk__in=desks_of(user, Right.PUBLISH))

    def open(self) -> LetterQuerySet:
        """Neither sent nor given up."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)


class Letter(Keyed):
    """One mail to one address. The row is the truth of it: what is not `sent_at` is not sent.

    Whoever sends it holds it until `claimed_until`; if they end before they say what became of it,
    it is anybody's again then. Notices and digests have no words here: these are made when it is
    sent, of what their reader may see at that moment. Nor has what leads to a new password.
    """

    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.CharField(
        max_length=10,
        choices=LetterKind,
        default=LetterKind.ANSWER,
        db_default=LetterKind.ANSWER,
    )
    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    is_secret = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The body lets somebody in: it is blanked once it is sent or given up.",
    )
    key = models.CharField(
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text="Names the event: one makes one letter.",
    )
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_default=Now())
    next_try_at = models.DateTimeField(default=timezone.now, db_default=Now())
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was given up."))
    error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["made_at", "pk"]
        constraints = [
            one_of("letter_kind_is_known", "kind", LetterKind),
            models.CheckConstraint(
                name="letter_is_sent_or_given_up",
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_secret_is_blanked",
                condition=Q(is_secret=False)
                | Q(body="")
                | Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
        ]
        indexes = [
            # The next one to send, asked for every second: workflow.letters.claim.
            models.Index(
                name="letter_to_send",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            # Those given up, latest first, on the page of jobs.
            models.Index(
                F("failed_at").desc(),
                name="letter_given_up",
                condition=Q(failed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} {self.uuid.hex[:8]}"

    @property
    def state(self) -> str:
        """`sent`, `failed` (given up) or `waiting`."""
        if self.sent_at is not None:
            return "sent"
        return "waiting" if self.failed_at is None else "failed"
