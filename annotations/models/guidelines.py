"""A desk's guidelines: every version of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Keyed, KeyedQuerySet
from .desk import Desk, desks_of
from .user import User


class GuidelinesQuerySet(KeyedQuerySet["Guidelines"]):
    def visible_to(self, user: User) -> GuidelinesQuerySet:
        return self.filter(desk__in=desks_of(user))

    def current(self, desk: Desk) -> Guidelines | None:
        """The desk's newest guidelines, if it has any."""
        return self.filter(desk=desk).order_by("-version").first()


class Guidelines(Keyed):
    """How a desk rates and writes: one numbered version. A change is a new version."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="guidelines")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    why = models.CharField(_("what changed, and why"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = GuidelinesQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidelines")
        verbose_name_plural = _("guidelines")
        ordering = ["desk", "-version"]
        constraints = [
            # Also the lookup of the newest: GuidelinesQuerySet.current.
            models.UniqueConstraint(name="guidelines_version_once", fields=["desk", "version"]),
            models.CheckConstraint(name="guidelines_say_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return str(_("Guidelines, version %(number)d") % {"number": self.version})
