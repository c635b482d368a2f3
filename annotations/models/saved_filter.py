"""Filters that people keep by a name: their own, or their desk's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import ListSort

from .base import Keyed, KeyedQuerySet, one_of
from .desk import Desk, desks_of
from .user import User


class SavedFilterQuerySet(KeyedQuerySet["SavedFilter"]):
    def visible_to(self, user: User) -> SavedFilterQuerySet:
        """One's own, and those of one's desks."""
        mine = Q(person=user.pk) | Q(person__isnull=True)
        return self.filter(mine, desk__in=desks_of(user))


class SavedFilter(Keyed):
    """A filter of a desk's lists (queries.filters) by the name it was given. No person: the desk's.

    It says what to look for, never what was found: each reader finds what they may see.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="saved_filters")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=200)
    sort = models.CharField(
        max_length=10,
        choices=ListSort,
        blank=True,
        default=ListSort.NEWEST,
        db_default=ListSort.NEWEST,
    )
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_name_once",
                fields=["desk", "person", "name"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="saved_filter_is_named_and_filters",
                condition=~Q(name="") & ~Q(query=""),
            ),
            one_of("saved_filter_sort_is_known", "sort", ListSort),
        ]

    def __str__(self) -> str:
        return self.name
