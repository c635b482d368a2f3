"""What is checked: an article, as it stands at its desk. Its words are in `text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import (
    ArticleStatus,
    Priority,
    PublicText,
)

from .base import Keyed, KeyedQuerySet, PartialDateField, WebAddressField, one_of, partial_date
from .desk import Desk, desks_of
from .folding import Folded
from .user import User

if TYPE_CHECKING:
    from .text import Revision

DESCRIBED = (
    "title",
    "outlet",
    "topic",
    "byline",
    "published_on",
    "url",
    "why_selected",
    "public_text",
    "permission",
)
"""What is said of an article beside its text, and may change after import. The text does by a
revision; the language never, since claims are tied by it; nor the slug, which readers' addresses
hold."""


class ArticleQuerySet(KeyedQuerySet["Article"]):
    def visible_to(self, user: User) -> ArticleQuerySet:
        return self.filter(desk__in=desks_of(user))


PLANNED = ("due_at", "priority", "on_hold")
"""How an article's work is planned, beside who looks after it. Readers are told none of it."""


class Article(Keyed):
    """The thing checked, with why it was selected and how much of it readers may see."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="articles")
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(max_length=80, editable=False, allow_unicode=True)
    outlet = models.CharField(_("outlet"), max_length=100, blank=True)
    topic = models.CharField(
        _("topic"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text=_("What it is about, in a word or two: “Health”. Readers can find checks by it."),
    )
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    url = WebAddressField(_("web address"), max_length=2000, blank=True)
    published_on = PartialDateField(
        _("published on"), help_text=_("As 2026-11-24, 2026-11 or 2026.")
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    why_selected = models.TextField(_("why this article?"), blank=True)
    public_text = models.CharField(
        _("what readers may see of the text"),
        max_length=10,
        choices=PublicText,
        default=PublicText.EXCERPTS,
    )
    permission = models.CharField(
        _("permission"),
        max_length=200,
        blank=True,
        help_text=_("By whose permission or licence the whole text may be shown."),
    )
    status = models.CharField(
        max_length=10, choices=ArticleStatus, default=ArticleStatus.DRAFT, editable=False
    )
    original = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="translations",
        help_text=_("The article that this one is a translation of."),
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
    outdated_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since when readers have it otherwise than it is; empty while they do not."),
    )
    outdated_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text=_("Who was the last to change what readers have not got yet."),
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="owned_articles",
        verbose_name=_("who looks after it"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    priority = models.CharField(
        _("priority"),
        max_length=6,
        choices=Priority,
        blank=True,
        default=Priority.NORMAL,
        db_default=Priority.NORMAL,
        editable=False,
    )
    on_hold = models.CharField(
        _("waits for"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Why nobody works on it now. If empty, it is not on hold."),
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    role: str | None = None
    """The role of the person it was loaded for, where a query says so (queries.access)."""

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="article_slug_once_per_desk", fields=["desk", "slug"]),
            models.CheckConstraint(name="article_has_a_title", condition=~Q(title="")),
            # Also how the others are found: queries.publication.
            models.UniqueConstraint(
                name="article_translated_once_a_language", fields=["original", "language"]
            ),
            models.CheckConstraint(
                name="article_is_not_its_own_original",
                condition=Q(original__isnull=True) | ~Q(original=F("pk")),
            ),
            one_of("article_status_is_known", "status", ArticleStatus),
            models.CheckConstraint(
                name="article_withdrawn_has_no_edition",
                condition=~Q(status=ArticleStatus.WITHDRAWN) | Q(edition__isnull=True),
            ),
            models.CheckConstraint(
                name="article_outdated_by_somebody",
                condition=Q(outdated_since__isnull=True, outdated_by__isnull=True)
                | Q(outdated_since__isnull=False, outdated_by__isnull=False),
            ),
            one_of("article_public_text_is_known", "public_text", PublicText),
            one_of("article_priority_is_known", "priority", Priority),
            partial_date("article_published_on_is_a_date", "published_on"),
        ]
        indexes = [
            # A desk's articles, newest first: queries.queue.articles.
            models.Index(name="article_newest", fields=["desk", "-created_at"]),
            # Articles that wait to be marked, and how many there are: queries.to_begin.
            models.Index(
                name="article_drafts",
                fields=["desk", "-created_at"],
                condition=Q(status=ArticleStatus.DRAFT),
            ),
            # What readers have otherwise than it is: queries.outdated.
            models.Index(
                name="article_outdated",
                fields=["desk", "outdated_since"],
                condition=Q(outdated_since__isnull=False),
            ),
            # By a word of the title, whatever its accents: queries.filters.
            GinIndex(OpClass(Folded("title"), "gin_trgm_ops"), name="article_title_folded"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_is_away(self) -> bool:
        """Whether somebody looks after it who is not there today."""
        owner = self.owner if self.looked_after_by else None
        return owner is not None and owner.is_away(timezone.localdate())

    @property
    def looked_after_by(self) -> int | None:
        """The key of its owner; None where nobody is, or their account is closed."""
        return self.owner_id if self.owner and self.owner.is_active else None

    @property
    def revision(self) -> Revision:
        """The latest revision: the one that is marked and checked."""
        return self.revisions.latest("number")
