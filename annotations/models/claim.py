"""Claims, who makes them, and the marks that say where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import ClaimantKind, ClaimStatus, ClaimType, SetAside

from .article import Article, Revision
from .base import Keyed, KeyedQuerySet, one_of, partial_date
from .desk import Desk, User, desks_of


class ClaimantQuerySet(KeyedQuerySet["Claimant"]):
    def visible_to(self, user: User) -> ClaimantQuerySet:
        return self.filter(desk__in=desks_of(user))


class Claimant(Keyed):
    """Who asserts claims: a speaker, an organisation, or an outlet in an article's own voice."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="claimants")
    name = models.CharField(max_length=200)
    description = models.CharField(
        max_length=200, blank=True, help_text=_("Who that is: “council leader”.")
    )
    kind = models.CharField(max_length=20, choices=ClaimantKind, default=ClaimantKind.PERSON)

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="claimant_once_per_desk", fields=["desk", "name"]),
            models.CheckConstraint(name="claimant_has_a_name", condition=~Q(name="")),
            one_of("claimant_kind_is_known", "kind", ClaimantKind),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimQuerySet(KeyedQuerySet["Claim"]):
    def visible_to(self, user: User) -> ClaimQuerySet:
        return self.filter(desk__in=desks_of(user))

    def made_in(self, article: Article) -> ClaimQuerySet:
        """The claims that any revision of the article makes."""
        marks = Mark.objects.filter(revision__article=article)
        return self.filter(pk__in=marks.values("claim"))


class Claim(Keyed):
    """A checkable statement in plain words. It may be made in many articles.

    `version` counts changes of the wording, and of nothing else: annotations coming in leave no
    trace here (rule 4).
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField(editable=False)
    slug = models.SlugField(max_length=80, blank=True, editable=False)
    claim_reviewed = models.CharField(_("the claim in plain words"), max_length=500)
    interpretation = models.TextField(
        _("how we read it"),
        blank=True,
        help_text=_("Readers see this. Say what the words are taken to mean."),
    )
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    reports = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reported_claims",
        verbose_name=_("reporting the words of"),
        help_text=_("For reported speech: whose words the claimant passes on."),
    )
    type = models.CharField(max_length=20, choices=ClaimType, default=ClaimType.EVENT)
    status = models.CharField(
        max_length=20, choices=ClaimStatus, default=ClaimStatus.SPOTTED, editable=False
    )
    set_aside = models.CharField(max_length=20, choices=SetAside, blank=True, editable=False)
    set_aside_note = models.TextField(blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    role: str | None = None
    """The role of the person it was loaded for, where a query says so (queries.access)."""

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["desk", "number"]
        constraints = [
            models.UniqueConstraint(name="claim_number_once_per_desk", fields=["desk", "number"]),
            models.CheckConstraint(name="claim_is_in_words", condition=~Q(claim_reviewed="")),
            one_of("claim_status_is_known", "status", ClaimStatus),
            one_of("claim_type_is_known", "type", ClaimType),
            models.CheckConstraint(
                name="claim_set_aside_says_why",
                condition=Q(status=ClaimStatus.SET_ASIDE, set_aside__in=SetAside.values)
                | (~Q(status=ClaimStatus.SET_ASIDE) & Q(set_aside="")),
            ),
            models.CheckConstraint(
                name="claim_duplicate_names_the_other",
                condition=Q(set_aside=SetAside.DUPLICATE, duplicate_of__isnull=False)
                | (~Q(set_aside=SetAside.DUPLICATE) & Q(duplicate_of__isnull=True)),
            ),
            models.CheckConstraint(
                name="claim_duplicates_another",
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("pk")),
            ),
            models.CheckConstraint(
                name="claim_published_has_a_slug",
                condition=~Q(status=ClaimStatus.PUBLISHED) | ~Q(slug=""),
            ),
        ]
        indexes = [
            # What a desk has to do, by stage: queries.queue.
            models.Index(name="claim_by_stage", fields=["desk", "status"]),
        ]

    def __str__(self) -> str:
        return self.claim_reviewed

    @property
    def wording_is_frozen(self) -> bool:
        """Rule 5: wording, interpretation and claimant freeze when checking opens."""
        return self.status != ClaimStatus.SPOTTED


class MarkQuerySet(KeyedQuerySet["Mark"]):
    def visible_to(self, user: User) -> MarkQuerySet:
        return self.filter(claim__desk__in=desks_of(user))


class Mark(Keyed):
    """Where a revision makes a claim: a span of its text, in code points.

    The fields are those of the W3C TextPositionSelector and TextQuoteSelector. A trigger refuses
    any mark whose `exact` is not what stands at its span (rule 1).
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="marks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="marks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    said_on = models.CharField(
        max_length=10, blank=True, help_text=_("As 2026-11-24, 2026-11 or 2026; empty: unknown.")
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "start", "end"]
        constraints = [
            models.CheckConstraint(
                name="mark_is_not_empty",
                condition=Q(start__lt=F("end")),
                violation_error_message=_("Select at least one character."),
            ),
            models.UniqueConstraint(
                name="mark_once_per_span", fields=["claim", "revision", "start", "end"]
            ),
            partial_date("mark_said_on_is_a_date", "said_on"),
        ]
        indexes = [
            # The marks of an article page, in reading order: queries.workbench.
            models.Index(name="mark_reading_order", fields=["revision", "start"]),
        ]

    def __str__(self) -> str:
        return self.exact
