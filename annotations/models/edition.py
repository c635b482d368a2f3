"""What readers got, and what was corrected: immutable, numbered, self-contained."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.listing import listed
from annotations.vocabulary import CorrectionKind

from .article import Article
from .base import Keyed, KeyedQuerySet, one_of
from .claim import Claim
from .desk import Desk, desks_of
from .text import Revision
from .user import User
from .verdict import Verdict


class EditionWords(Func):
    """The words of an edition. Migration 0006 names it; lists have them in `Listing`."""

    function = "annotations_edition_words"
    output_field = SearchVectorField()


class EditionQuerySet(KeyedQuerySet["Edition"]):
    def standing(self) -> EditionQuerySet:
        """What readers are told today: the newest of each, without what left a tombstone."""
        return self.filter(listing__isnull=False)

    def visible_to(self, user: User) -> EditionQuerySet:
        return self.filter(desk__in=desks_of(user))


class Edition(Keyed):
    """What readers got of an article or of a claim at a moment.

    `content` is all that a page, feed or export needs (`editions.making` makes it), so that reading
    costs one row and nothing done later at the desk can show through.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="editions")
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    content = models.JSONField(encoder=DjangoJSONEncoder)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                name="edition_is_of_one",
                condition=Q(article__isnull=False, revision__isnull=False, claim__isnull=True)
                | Q(article__isnull=True, claim__isnull=False, verdict__isnull=False),
            ),
            # Also the lookup of a public page's newest edition: queries.publication.
            models.UniqueConstraint(name="edition_of_article_once", fields=["article", "number"]),
            models.UniqueConstraint(name="edition_of_claim_once", fields=["claim", "number"]),
        ]
        indexes = [
            # The editions of a desk, newest first: the admin.
            models.Index(name="edition_newest", fields=["desk", "-published_at"]),
            # The last edition of a desk: queries.publication.site_state.
            models.Index(name="edition_last", fields=["desk", "-id"]),
            # Tombstones among the corrections: queries.public_lists.corrections.
            models.Index(
                name="edition_tombstone",
                fields=["-published_at", "-id"],
                condition=Q(content__has_key="tombstone"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Edition %(number)s") % {"number": self.number})


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, user: User) -> ListingQuerySet:
        return self.filter(desk__in=desks_of(user))

    def get_by_natural_key(self, edition: str | None) -> Listing:
        if edition is None:
            raise self.model.DoesNotExist
        return self.get(edition__uuid=edition)


class Listing(models.Model):
    """What lists and search need of an edition that stands: one row an article or claim.

    Derived from the edition by a trigger (migration 0021) whenever the pointer of its article or
    claim moves, so that no way of publishing, restoring or loading can forget it.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="listing")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", db_index=False)
    article = models.OneToOneField(Article, models.PROTECT, null=True, related_name="listing")
    claim = models.OneToOneField(Claim, models.PROTECT, null=True, related_name="listing")
    number = models.PositiveIntegerField(null=True, help_text="A claim's number at its desk.")
    slug = models.TextField()
    title = models.TextField(help_text="The title of an article, the wording of a claim.")
    language = models.TextField(help_text="Of the text that the edition is about.")
    claimant = models.TextField(blank=True)
    claimant_description = models.TextField(blank=True)
    outlets = ArrayField(
        models.TextField(blank=True), help_text="Where it was published, the first first."
    )
    topics = ArrayField(models.TextField(blank=True))
    rating = models.TextField(blank=True, help_text="The slug of a claim's rating.")
    rating_label = models.TextField(blank=True)
    published_at = models.DateTimeField()
    words = SearchVectorField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-edition_id"]
        indexes = [
            # Search in what readers get: queries.catalogue.search.
            GinIndex(name="listing_words", fields=["words"]),
            # By outlet and topic: queries.catalogue.search.
            GinIndex(name="listing_places", fields=["outlets", "topics"]),
            # The public index, of the site and of a desk: queries.public_lists.latest.
            models.Index(
                name="listing_articles",
                fields=["-published_at", "-edition"],
                condition=Q(article__isnull=False),
            ),
            models.Index(
                name="listing_articles_of_desk",
                fields=["desk", "-published_at", "-edition"],
                condition=Q(article__isnull=False),
            ),
            # Feeds and the claims of a search without words: queries.public_lists.standing_claims.
            models.Index(
                name="listing_claims",
                fields=["-published_at", "-edition"],
                condition=Q(claim__isnull=False),
            ),
            models.Index(
                name="listing_claims_of_desk",
                fields=["desk", "-published_at", "-edition"],
                condition=Q(claim__isnull=False),
            ),
            # What can be chosen, and a claimant's claims: queries.catalogue.choices, claimants.
            models.Index(
                name="listing_claimants",
                fields=["desk", "claimant", "-published_at"],
                condition=Q(claim__isnull=False),
            ),
            models.Index(
                name="listing_ratings",
                fields=["desk", "rating_label", "-published_at"],
                condition=Q(claim__isnull=False),
            ),
            models.Index(
                F("desk"),
                F("outlets__0"),
                name="listing_outlets",
                condition=Q(claim__isnull=False),
            ),
            models.Index(
                F("desk"), F("topics__0"), name="listing_topics", condition=Q(claim__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str | None]:
        """The edition's; None while loading, before the edition it names is there."""
        return self.edition.natural_key() if self.edition_id else (None,)


class CorrectionQuerySet(KeyedQuerySet["Correction"]):
    def visible_to(self, user: User) -> CorrectionQuerySet:
        return self.filter(edition__desk__in=desks_of(user))


class Correction(Keyed):
    """A dated public record beside the edition of a claim that it brought about."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="correction")
    kind = models.CharField(max_length=20, choices=CorrectionKind)
    # [{field, before, after, language}], by the keys of editions.changes.
    changes = models.JSONField()
    why = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at"]
        indexes = [
            # The corrections, newest first: queries.public_lists.corrections.
            models.Index(name="correction_newest", fields=["-at"]),
        ]
        constraints = [
            one_of("correction_kind_is_known", "kind", CorrectionKind),
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return listed([self.get_kind_display(), f"{self.at:%Y-%m-%d}"])
