"""Words that a desk uses again: how it says that a figure is out of date, or a quote cut."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Keyed, KeyedQuerySet
from .desk import Desk, desks_of
from .user import User


class PhraseQuerySet(KeyedQuerySet["Phrase"]):
    def visible_to(self, user: User) -> PhraseQuerySet:
        return self.filter(desk__in=desks_of(user))


class Phrase(Keyed):
    """A beginning for findings and justifications, by a name. What is made of it knows it not."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="phrases")
    name = models.CharField(_("name"), max_length=60)
    body = models.TextField(_("words"), max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="phrase_name_once", fields=["desk", "name"]),
            models.CheckConstraint(
                name="phrase_is_named_and_says_something", condition=~Q(name="") & ~Q(body="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
