"""Rating scales, and their labels."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import Tone

from .base import Keyed, KeyedQuerySet, one_of


class RatingScale(Keyed):
    """A named, versioned scale. One in use is never edited (a trigger says so): add a version."""

    name = models.CharField(max_length=100)
    slug = models.SlugField()
    version = models.PositiveSmallIntegerField(default=1)
    definition = models.TextField(blank=True)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(name="scale_version_once", fields=["slug", "version"]),
        ]

    def __str__(self) -> str:
        words = {"name": self.name, "number": self.version}
        return str(_("%(name)s, version %(number)d") % words)


class Rating(Keyed):
    """One label of a scale, with its meaning, its look and its number, if it has one."""

    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="ratings")
    slug = models.SlugField()
    label = models.CharField(max_length=60)
    short = models.CharField(max_length=120, blank=True, help_text=_("Shown on the rating card."))
    definition = models.TextField()
    tone = models.CharField(max_length=20, choices=Tone)
    order = models.PositiveSmallIntegerField()
    value = models.SmallIntegerField(
        null=True, blank=True, help_text=_("Its number on the scale; empty if it has none.")
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(name="rating_slug_once", fields=["scale", "slug"]),
            models.UniqueConstraint(name="rating_label_once", fields=["scale", "label"]),
            models.UniqueConstraint(name="rating_order_once", fields=["scale", "order"]),
            # Each number maps to one label (ClaimReview statement 3).
            models.UniqueConstraint(
                name="rating_value_once",
                fields=["scale", "value"],
                condition=Q(value__isnull=False),
            ),
            models.CheckConstraint(name="rating_has_label", condition=~Q(label="")),
            one_of("rating_tone_is_known", "tone", Tone),
        ]

    def __str__(self) -> str:
        return self.label
