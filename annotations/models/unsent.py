"""What a person typed into a form and has not sent: theirs alone, in any browser."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .base import Keyed, KeyedQuerySet
from .desk import Desk, desks_of
from .log import Receipt
from .user import User

UNSENT_KEPT = dt.timedelta(days=30)
"""After the last key: who has not come back in a month will not."""


class UnsentFormQuerySet(KeyedQuerySet["UnsentForm"]):
    def visible_to(self, user: User) -> UnsentFormQuerySet:
        """One's own at a desk one belongs to, and nobody else's at any time."""
        return self.filter(person=user.pk, desk__in=desks_of(user))

    def sent(self) -> UnsentFormQuerySet:
        """Those whose form arrived after all: a save may come in behind the one that ends it."""
        return self.filter(Exists(_receipts()))

    def current(self) -> UnsentFormQuerySet:
        """Those that are still to be sent, and have not lapsed."""
        return self.filter(~Exists(_receipts()), saved_at__gte=timezone.now() - UNSENT_KEPT)


def _receipts() -> models.QuerySet[Receipt]:
    """The receipt that a form's sender got for its key."""
    return Receipt.objects.filter(person=OuterRef("person"), key=OuterRef("key"))


class UnsentForm(Keyed):
    """The fields of one form as a person left them. Its sender alone ever reads them.

    No line of the log tells of it, no list counts it, and the administration does not know it: that
    somebody is deciding, or about to correct, is as much theirs as the words.
    """

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    form = models.CharField(max_length=300, help_text="The address it is sent to, and which there.")
    fields = models.JSONField(help_text="[[name, value]], in the order of the page.")
    version = models.PositiveIntegerField(help_text="Goes up by one with each save.")
    key = models.UUIDField(null=True, help_text="What the form is sent under, if it has a key.")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = UnsentFormQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            # What a page opens with, too: views.unsent.
            models.UniqueConstraint(name="unsent_form_once", fields=["person", "desk", "form"]),
            models.CheckConstraint(name="unsent_form_has_a_version", condition=Q(version__gte=1)),
        ]
        indexes = [
            # Those that have lapsed: workflow.cleaning.
            models.Index(name="unsent_form_by_age", fields=["saved_at"]),
        ]

    def __str__(self) -> str:
        return f"Form {self.uuid.hex[:8]}"
