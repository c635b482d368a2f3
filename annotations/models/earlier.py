"""Earlier checks by others: what they published, in their own words. No verdict of ours."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Collate, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Keyed, KeyedQuerySet, PartialDateField, partial_date
from .desk import Desk, desks_of
from .user import User

PLACES_OF_CLAIMS = 4
"""Orders in which claims like each other stand together (annotations_place_of_claim)."""


class PlaceOfClaim(Func):
    """Where a claim stands in the order of its nth weightiest word (database/search.sql)."""

    function = "annotations_place_of_claim"
    output_field = TextField()


class EarlierCheckQuerySet(KeyedQuerySet["EarlierCheck"]):
    def visible_to(self, user: User) -> EarlierCheckQuerySet:
        return self.filter(desk__in=desks_of(user))


class EarlierCheck(Keyed):
    """A check that somebody else published, as their file said it, with where it stood there.

    Its rating is the publisher's words: nothing of it is ever a verdict of the desk.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="earlier_checks")
    external_id = models.CharField(
        max_length=420, help_text=_("What tells it from others, by which it is found again.")
    )
    sha256 = models.CharField(max_length=64, help_text=_("Of all that it says."))
    claim = models.TextField()
    publisher = models.CharField(max_length=200, blank=True)
    publisher_url = models.CharField(max_length=2000, blank=True)
    claimant = models.CharField(max_length=200, blank=True)
    rating = models.CharField(
        max_length=300, blank=True, help_text=_("As the publisher says it, never one of ours.")
    )
    numbers = models.JSONField(
        default=dict, blank=True, help_text=_("Of the rating, as they came: {ratingValue, …}.")
    )
    url = models.CharField(_("web address"), max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    published_on = PartialDateField()
    said_on = PartialDateField()
    language = models.CharField(max_length=10, blank=True)
    appearances = models.JSONField(
        default=list, blank=True, help_text=_("Web addresses where the claim was made.")
    )
    evidence = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Questions and answers with their addresses, or texts with their stance."),
    )
    warned = models.JSONField(
        default=list, blank=True, help_text=_("What was odd: [{pointer, code, value}].")
    )
    file = models.CharField(max_length=255, blank=True)
    pointer = models.CharField(
        max_length=500, blank=True, help_text=_("Where it stood in the file: a JSON pointer.")
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EarlierCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier check")
        verbose_name_plural = _("earlier checks")
        ordering = ["-added_at", "-pk"]
        constraints = [
            # Also how one is found again: exchange.earlier.
            models.UniqueConstraint(name="earlier_check_once", fields=["desk", "external_id"]),
            models.CheckConstraint(name="earlier_check_has_a_claim", condition=~Q(claim="")),
            partial_date("earlier_check_published_on_is_a_date", "published_on"),
            partial_date("earlier_check_said_on_is_a_date", "said_on"),
        ]
        indexes = [
            # A desk's, newest first: views.desk.earlier.
            models.Index(name="earlier_check_newest", fields=["desk", "-added_at", "-id"]),
            # By a word of the claim: queries.earlier.
            GinIndex(OpClass(Upper("claim"), "gin_trgm_ops"), name="earlier_check_words"),
            # Those that stand beside a claim: queries.earlier.like.
            *(
                models.Index(
                    F("desk"),
                    Collate(PlaceOfClaim("claim", Value(nth)), "C"),
                    name=f"earlier_check_place_{nth}",
                )
                for nth in range(1, PLACES_OF_CLAIMS + 1)
            ),
        ]

    def __str__(self) -> str:
        return self.claim
