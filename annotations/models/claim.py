"""Claims, who makes them, and the marks that say where."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import (
    IN_WORK,
    CameBy,
    ClaimStatus,
    ClaimType,
    OrphanOutcome,
    SetAside,
)

from .article import Article
from .base import Keyed, KeyedQuerySet, PartialDateField, one_of, partial_date
from .claimant import Claimant
from .desk import Desk, desks_of
from .folding import Folded
from .text import Revision
from .user import User


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
    slug = models.SlugField(max_length=80, blank=True, editable=False, allow_unicode=True)
    claim_reviewed = models.CharField(_("the claim in plain words"), max_length=500)
    interpretation = models.TextField(
        _("how we read it"),
        blank=True,
        help_text=_("Readers see this. Say what the words are taken to mean."),
    )
    claimant = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimant"),
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
    type = models.CharField(_("type"), max_length=20, choices=ClaimType, default=ClaimType.EVENT)
    language = models.CharField(
        max_length=10,
        default="en",
        editable=False,
        help_text=_("The language of the text in which it was marked first."),
    )
    original = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="translations",
        help_text=_("The claim that this one is in another language."),
    )
    review_by = models.DateField(
        _("look again by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When somebody is to look whether what readers have is still so."),
    )
    status = models.CharField(
        max_length=20, choices=ClaimStatus, default=ClaimStatus.SPOTTED, editable=False
    )
    set_aside = models.CharField(max_length=20, choices=SetAside, blank=True, editable=False)
    set_aside_note = models.TextField(blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # What is current (rule 10). Whoever writes a verdict or an edition moves the pointer; a trigger
    # refuses one that is not the newest. No index: nothing is looked up by them.
    verdict = models.ForeignKey(
        "Verdict",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text=_("The one with the highest number."),
    )
    edition = models.ForeignKey(
        "Edition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text=_("What readers are told today; empty where it was taken back."),
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    role: str | None = None
    """The role of the person it was loaded for, where a query says so (queries.access)."""

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
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
            # Also how the others are found: queries.publication.
            models.UniqueConstraint(
                name="claim_translated_once_a_language", fields=["original", "language"]
            ),
            models.CheckConstraint(
                name="claim_is_not_its_own_original",
                condition=Q(original__isnull=True) | ~Q(original=F("pk")),
            ),
            models.CheckConstraint(
                name="claim_published_has_a_slug",
                condition=~Q(status=ClaimStatus.PUBLISHED) | ~Q(slug=""),
            ),
        ]
        indexes = [
            # What somebody was to look at again by now: queries.reviews.
            models.Index(
                name="claim_to_look_at_again",
                fields=["desk", "review_by"],
                condition=Q(review_by__isnull=False),
            ),
            # What a desk has to do, by stage: queries.queue.
            models.Index(name="claim_by_stage", fields=["desk", "status"]),
            # How many it has in work, beside each of its pages: queries.counts.
            models.Index(name="claim_in_work", fields=["desk"], condition=Q(status__in=[*IN_WORK])),
            # A desk's claims, newest first: queries.claims.listed.
            models.Index(name="claim_newest", fields=["desk", "-id"]),
            # By a word of it, whatever its accents (the lookup `holds`): queries.filters.
            GinIndex(
                OpClass(Folded("claim_reviewed"), "gin_trgm_ops"), name="claim_by_word_folded"
            ),
            # What another may repeat: queries.claims.similar.
            GinIndex(SearchVector("claim_reviewed", config="simple"), name="claim_by_whole_words"),
        ]

    def __str__(self) -> str:
        return self.claim_reviewed

    @property
    def is_shown_aside(self) -> bool:
        """Whether it was set aside for what readers are told, with the reason.

        They are not told of duplicates, nor of what is gone from the article.
        """
        shown = (SetAside.OPINION, SetAside.NOT_CHECKABLE)
        return self.status == ClaimStatus.SET_ASIDE and self.set_aside in shown

    @property
    def wording_is_frozen(self) -> bool:
        """Rule 5: wording, interpretation and claimant freeze when checking opens."""
        return self.status != ClaimStatus.SPOTTED


class MarkQuerySet(KeyedQuerySet["Mark"]):
    def visible_to(self, user: User) -> MarkQuerySet:
        return self.filter(claim__desk__in=desks_of(user))

    def current(self) -> MarkQuerySet:
        """Those of the latest revision of their article."""
        later = Revision.objects.filter(
            article=OuterRef("revision__article"), number__gt=OuterRef("revision__number")
        )
        return self.exclude(Exists(later))

    def last_places(self) -> MarkQuerySet:
        """Those of the latest revision of each article in which their claim has any."""
        later = Mark.objects.filter(
            claim=OuterRef("claim"),
            revision__article=OuterRef("revision__article"),
            revision__number__gt=OuterRef("revision__number"),
        )
        return self.exclude(Exists(later))

    def unconfirmed(self) -> MarkQuerySet:
        """Those whose sentence changed, which no person has looked at since (rule 2)."""
        return self.filter(came_by=CameBy.CONTEXT, confirmed_by__isnull=True)


class Mark(Keyed):
    """Where a revision makes a claim: a span of its text, in code points.

    The fields are those of the W3C TextPositionSelector and TextQuoteSelector. A trigger refuses
    any mark whose `exact` is not what stands at its span (rule 1), and one that came by itself
    from an earlier revision with other words than it had there (rule 2).
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="marks")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="marks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    said_on = PartialDateField(
        _("said on"), help_text=_("As 2026-11-24, 2026-11 or 2026; empty: unknown.")
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    came_by = models.CharField(
        max_length=10, choices=CameBy, default=CameBy.PLACED, db_default="placed", editable=False
    )
    came_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="successors"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    locator: str | None = None
    """Where in its file it begins, where a query says so (editions.making)."""

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
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
            one_of("mark_came_by_is_known", "came_by", CameBy),
            models.CheckConstraint(
                name="mark_came_from_somewhere_or_was_placed",
                condition=Q(came_by=CameBy.PLACED, came_from__isnull=True)
                | (~Q(came_by=CameBy.PLACED) & Q(came_from__isnull=False)),
            ),
            models.CheckConstraint(
                name="mark_confirmed_is_of_changed_context",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    came_by=CameBy.CONTEXT,
                ),
            ),
            models.UniqueConstraint(
                name="mark_once_from_each_mark", fields=["revision", "came_from"]
            ),
        ]
        indexes = [
            # The marks of an article page, in reading order: queries.workbench.
            models.Index(name="mark_reading_order", fields=["revision", "start"]),
        ]

    def __str__(self) -> str:
        return self.exact

    @property
    def waits(self) -> bool:
        """Whether a person is to confirm it, since the sentence around it changed (rule 2)."""
        return self.came_by == CameBy.CONTEXT and self.confirmed_by_id is None


class OrphanQuerySet(KeyedQuerySet["Orphan"]):
    def visible_to(self, user: User) -> OrphanQuerySet:
        return self.filter(mark__claim__desk__in=desks_of(user))

    def open(self) -> OrphanQuerySet:
        return self.filter(outcome=OrphanOutcome.OPEN)


class Orphan(Keyed):
    """A mark with no place in a later revision, until a person finds one or lets it go.

    `proposals` are places where it may belong, the best first: [{start, end, exact, likeness}].
    Never deleted; only what was done about it is written, by `workflow`.
    """

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="orphans")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="orphans")
    proposals = models.JSONField(default=list)
    outcome = models.CharField(
        max_length=10,
        choices=OrphanOutcome,
        default=OrphanOutcome.OPEN,
        blank=True,
        editable=False,
    )
    placed = models.ForeignKey(
        Mark, models.PROTECT, null=True, editable=False, related_name="was_orphan"
    )
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OrphanQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "mark__start"]
        constraints = [
            # Also what a revision's page and publication ask: queries.revisions, readiness.
            models.UniqueConstraint(name="orphan_once", fields=["revision", "mark"]),
            one_of("orphan_outcome_is_known", "outcome", OrphanOutcome),
            models.CheckConstraint(
                name="orphan_settled_by_a_person",
                condition=Q(
                    outcome=OrphanOutcome.OPEN, settled_by__isnull=True, settled_at__isnull=True
                )
                | (
                    ~Q(outcome=OrphanOutcome.OPEN)
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="orphan_placed_has_a_place",
                condition=Q(outcome=OrphanOutcome.ATTACHED, placed__isnull=False)
                | (~Q(outcome=OrphanOutcome.ATTACHED) & Q(placed__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.mark.exact
