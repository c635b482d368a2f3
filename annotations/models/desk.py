"""Desks: their rules and their members."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations import rights
from annotations.formats.look import Look, look_of
from annotations.listing import labelled
from annotations.prepared import PreparedRows
from annotations.rights import Right
from annotations.vocabulary import Demand, PeopleShown, Preset, Role

from .base import Keyed, KeyedQuerySet, WebAddressField, no_credentials, one_of
from .policy import PRESETS, Policy
from .scale import Rating, RatingScale
from .user import User, validate_zone

LOOK_FIELDS = (
    "slug",
    "colour",
    "logo_file",
    "logo_width",
    "logo_height",
    "icon_file",
    "touch_icon_file",
)
"""What `formats.look.look_of` takes, in its order."""
_SHA256 = "^[0-9a-f]{64}$"


def _ratings(scale: int) -> models.QuerySet[Rating]:
    return Rating.objects.filter(scale=scale).order_by("order")


_RATINGS: PreparedRows[Rating] = PreparedRows(_ratings, 1)


class DeskQuerySet(KeyedQuerySet["Desk"]):
    def get_by_natural_key(self, key: str) -> Desk:
        """The desk of this UUID, as dumps name it, or of this slug, as people do."""
        with suppress(ValueError):
            return self.get(uuid=uuid.UUID(key))
        return self.get(slug=key)

    def visible_to(self, user: User) -> DeskQuerySet:
        """The desks the person is a member of. A superuser is a member only where one was made."""
        return self.filter(pk__in=desks_of(user))


class Desk(Keyed):
    """A team with its members, rating scale and policy. Everything belongs to one desk."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(unique=True)
    organisation = models.CharField(
        _("organisation"),
        max_length=100,
        help_text=_("The name of the publisher, as readers know it."),
    )
    website = WebAddressField(blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        db_default="UTC",
        validators=[validate_zone],
        help_text=_("For the times on public pages, and for members who have not chosen one."),
    )
    second_factor = models.BooleanField(
        _("checkers, editors and managers sign in with a second factor"),
        default=False,
        db_default=False,
    )
    is_sample = models.BooleanField(
        default=False,
        help_text=_("Every output says so. Set when the desk is made, never changed."),
    )
    scale = models.ForeignKey(
        RatingScale, models.PROTECT, related_name="desks", verbose_name=_("scale")
    )
    preset = models.CharField(
        _("size of the desk"),
        max_length=10,
        choices=Preset,
        default=Preset.FOUR,
        help_text=_("The smaller the desk, the more one person may do."),
    )
    annotations_needed = models.PositiveSmallIntegerField(
        _("annotations that each claim needs"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("How many people check each claim without seeing each other’s work."),
    )
    decider_may_approve = models.BooleanField(
        _("whoever decides may also approve"),
        null=True,
        blank=True,
        choices=[
            (None, _("As is usual for a desk of this size")),
            (True, _("Yes")),
            (False, _("No")),
        ],
        help_text=_("Nobody ever approves their own annotation."),
    )
    checkers_mark = models.BooleanField(
        _("checkers may mark claims and triage sentences"), default=False
    )
    lapse_days = models.PositiveSmallIntegerField(
        _("days until a check lapses"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "Counted from the day it was due or, if it had none, from the day it was asked for."
            " The draft is kept. If empty, checks never lapse."
        ),
    )
    sources_needed = models.PositiveSmallIntegerField(
        _("minimum number of sources for each verdict"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    demand_sources = models.CharField(
        _("that minimum of sources"), max_length=10, choices=Demand, default=Demand.OFF
    )
    demand_primary = models.CharField(
        _("a primary source"), max_length=10, choices=Demand, default=Demand.OFF
    )
    demand_copies = models.CharField(
        _("a saved copy of every source"), max_length=10, choices=Demand, default=Demand.OFF
    )
    demand_locator = models.CharField(
        _("the place in the source of each citation"),
        max_length=10,
        choices=Demand,
        default=Demand.OFF,
        db_default=Demand.OFF,
        help_text=_(
            "A page, a paragraph, a time or a line. Where there is none of these, a quotation that"
            " was found in the saved copy is enough. Confidential sources need none."
        ),
    )
    demand_confirmed = models.CharField(
        _("confirmation of what checkers noted as still to be confirmed"),
        max_length=10,
        choices=Demand,
        default=Demand.OFF,
        db_default=Demand.OFF,
        help_text=_(
            "Where nothing is published without it, checkers cannot submit either while a note of"
            " their own is open."
        ),
    )
    demand_reply = models.CharField(
        _("a request for a reply to whoever the claim is about"),
        max_length=10,
        choices=Demand,
        default=Demand.OFF,
    )
    corrected_days = models.PositiveSmallIntegerField(
        _("days a correction is shown at the top of its page"),
        default=30,
        help_text=_("With 0, it is always shown there."),
    )
    people_shown = models.CharField(
        _("what readers are told about who checked, decided and approved"),
        max_length=10,
        choices=PeopleShown,
        default=PeopleShown.NAMES,
        db_default=PeopleShown.NAMES,
        help_text=_("From the next edition on. What is already published does not change."),
    )
    logo = WebAddressField(
        _("address of the logo in ClaimReview"),
        blank=True,
        default="",
        db_default="",
        help_text=_("A picture that other sites may show beside our checks."),
    )
    data_licence = WebAddressField(
        _("address of the licence of our ClaimReview"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The licence under which others may use it."),
    )
    to_internet_archive = models.BooleanField(
        _("the Internet Archive saves cited pages too"),
        default=False,
        db_default=False,
        help_text=_(
            "Once a verdict is published, the addresses of its sources that were saved here are"
            " sent there; those of verdicts that are published already, too. What it saves is"
            " public and stays public."
        ),
    )
    shows_copies = models.BooleanField(
        _("readers can open saved copies"),
        default=False,
        db_default=False,
        help_text=_(
            "Those of the sources of published verdicts, as words, with the quotation marked."
            " Never those of confidential sources. If not, readers get only the day of the copy and"
            " its SHA-256."
        ),
    )
    archiver = WebAddressField(
        _("address of the desk’s own archive"),
        blank=True,
        default="",
        db_default="",
        validators=[no_credentials],
        help_text=_(
            "An archive of your own that is to save the same pages, such as Auto Archiver or"
            " ArchiveBox behind a webhook. Leave passwords and tokens out: what is sent there is"
            " signed."
        ),
    )
    colour = models.CharField(_("colour"), max_length=7, blank=True, default="", db_default="")
    # The SHA-256 of pictures that formats.logo drew; their bytes are in blobs.
    logo_file = models.CharField(_("logo"), max_length=64, blank=True, default="", db_default="")
    logo_width = models.PositiveSmallIntegerField(default=0, db_default=0)
    logo_height = models.PositiveSmallIntegerField(default=0, db_default=0)
    icon_file = models.CharField(max_length=64, blank=True, default="", db_default="")
    touch_icon_file = models.CharField(max_length=64, blank=True, default="", db_default="")
    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        User, through="Membership", related_name="desks"
    )

    role: str | None = None
    """The role of the person it was loaded for, where a query says so (queries.access)."""

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["name"]
        constraints = [
            one_of("desk_preset_is_known", "preset", Preset),
            one_of("desk_people_shown_is_known", "people_shown", PeopleShown),
            models.CheckConstraint(
                name="desk_needs_one_to_five_annotations",
                condition=Q(annotations_needed__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="desk_needs_two_blind_unless_two_people",
                condition=Q(preset=Preset.TWO, annotations_needed=1)
                | (~Q(preset=Preset.TWO) & Q(annotations_needed__gte=2)),
                violation_error_message=_(
                    "A desk of two people has one annotation a claim; a larger one at least two."
                ),
            ),
            models.CheckConstraint(
                name="desk_lapse_days_is_a_year_at_most",
                condition=Q(lapse_days__isnull=True) | Q(lapse_days__range=(1, 365)),
            ),
            models.CheckConstraint(
                name="desk_needs_one_to_twenty_sources",
                condition=Q(sources_needed__range=(1, 20)),
            ),
            one_of("desk_demand_sources_is_known", "demand_sources", Demand),
            one_of("desk_demand_primary_is_known", "demand_primary", Demand),
            one_of("desk_demand_copies_is_known", "demand_copies", Demand),
            one_of("desk_demand_locator_is_known", "demand_locator", Demand),
            one_of("desk_demand_confirmed_is_known", "demand_confirmed", Demand),
            one_of("desk_demand_reply_is_known", "demand_reply", Demand),
            models.CheckConstraint(
                name="desk_archiver_has_no_password",
                condition=~Q(archiver__contains="@"),
            ),
            models.CheckConstraint(
                name="desk_colour_is_one",
                condition=Q(colour="") | Q(colour__regex=r"^#[0-9a-f]{6}$"),
            ),
            models.CheckConstraint(
                name="desk_logo_is_whole_or_none",
                condition=Q(
                    logo_file="", icon_file="", touch_icon_file="", logo_width=0, logo_height=0
                )
                | Q(
                    logo_file__regex=_SHA256,
                    icon_file__regex=_SHA256,
                    touch_icon_file__regex=_SHA256,
                    logo_width__gte=1,
                    logo_height__gte=1,
                ),
            ),
        ]
        indexes = [
            # Desks that look like themselves: queries.publication.search_state.
            models.Index(
                name="desk_with_a_look", fields=["id"], condition=~Q(colour="", logo_file="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ratings(self) -> list[Rating]:
        """The ratings of the desk's scale, in their order."""
        return _RATINGS(self.scale_id)

    @property
    def look(self) -> Look | None:
        """What its pages look like, if it chose anything."""
        return look_of(*(getattr(self, name) for name in LOOK_FIELDS))

    @property
    def policy(self) -> Policy:
        preset = PRESETS[Preset(self.preset)]
        return Policy(
            preset.preset,
            self.annotations_needed,
            preset.agreement_adopts,
            preset.annotator_decides,
            preset.decider_approves
            if self.decider_may_approve is None
            else self.decider_may_approve,
        )


class MembershipQuerySet(KeyedQuerySet["Membership"]):
    def visible_to(self, user: User) -> MembershipQuerySet:
        return self.filter(desk__in=desks_of(user))

    def may(self, user: User | AnonymousUser, right: Right) -> MembershipQuerySet:
        """The memberships through which the person has the right: none when deactivated.

        Asking whether the person is active also keeps out a visitor, whose key is None.
        """
        allowed = Q(role__in=rights.roles_with(right))
        widened = rights.roles_with(right, checkers_mark=True)
        if widened != rights.roles_with(right):
            allowed |= Q(role__in=widened, desk__checkers_mark=True)
        return self.filter(allowed, user=user.pk, user__is_active=True)


class Membership(Keyed):
    """A person's role at a desk."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["desk", "user"]
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["desk", "user"]),
            one_of("membership_role_is_known", "role", Role),
        ]

    def __str__(self) -> str:
        return labelled(self.user, self.get_role_display())


def desks_of(
    user: User | AnonymousUser, right: Right = Right.READ
) -> models.QuerySet[Membership, Any]:
    """The keys of the desks where the person has the right: the root of all visibility (rule 7).

    A subquery, never a join: under an OR a join would give a row once for each member.
    """
    return Membership.objects.may(user, right).order_by().values("desk")
