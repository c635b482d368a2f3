"""What readers got, and what was corrected: immutable, numbered, self-contained."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from annotations.vocabulary import ArticleStatus, CorrectionKind

from .article import Article, Revision
from .base import Keyed, KeyedQuerySet, one_of
from .claim import Claim
from .desk import Desk, User, desks_of
from .verdict import Verdict


class EditionWords(Func):
    """The words of an edition as PostgreSQL searches them; its language is the text's.

    A function of the database (migration 0003) and not a column: editions are append-only.
    """

    function = "annotations_edition_words"
    output_field = SearchVectorField()


class EditionQuerySet(KeyedQuerySet["Edition"]):
    def public(self) -> EditionQuerySet:
        """What anyone may read: editions of articles and claims that were not withdrawn."""
        return self.exclude(article__status=ArticleStatus.WITHDRAWN)

    def newest(self) -> EditionQuerySet:
        """The last edition of each article and of each claim."""
        later = Edition.objects.filter(number__gt=OuterRef("number"))
        return self.exclude(Exists(later.filter(article=OuterRef("article")))).exclude(
            Exists(later.filter(claim=OuterRef("claim")))
        )

    def standing(self) -> EditionQuerySet:
        """What readers are told today: the newest of each, without what left a tombstone."""
        return self.public().newest().filter(~Q(content__has_key="tombstone"))

    def latest_of_articles(self) -> EditionQuerySet:
        """The newest edition of each article."""
        articles = self.filter(article__isnull=False).order_by("article_id", "-number")
        return articles.distinct("article_id")

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
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                name="edition_is_of_one",
                condition=Q(article__isnull=False, revision__isnull=False, claim__isnull=True)
                | Q(article__isnull=True, claim__isnull=False, verdict__isnull=False),
            ),
            # Also the lookup of a public page's newest edition: queries.public_article.
            models.UniqueConstraint(name="edition_of_article_once", fields=["article", "number"]),
            models.UniqueConstraint(name="edition_of_claim_once", fields=["claim", "number"]),
        ]
        indexes = [
            # The public index, newest first: queries.latest_checks.
            models.Index(name="edition_newest", fields=["desk", "-published_at"]),
            # Search in what readers get: queries.catalogue.search.
            GinIndex(EditionWords(F("content")), name="edition_words"),
            # By claimant, outlet and rating: queries.catalogue.search.
            GinIndex(name="edition_content", fields=["content"], opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class CorrectionQuerySet(KeyedQuerySet["Correction"]):
    def visible_to(self, user: User) -> CorrectionQuerySet:
        return self.filter(edition__desk__in=desks_of(user))


class Correction(Keyed):
    """A dated public record beside the edition of a claim that it brought about."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="correction")
    kind = models.CharField(max_length=20, choices=CorrectionKind)
    changes = models.JSONField(
        help_text="[{field, before, after, language}], by the keys of editions.changes."
    )
    why = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            one_of("correction_kind_is_known", "kind", CorrectionKind),
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
