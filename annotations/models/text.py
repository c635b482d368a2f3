"""The text of an article: its revisions, what they were made of, sentences, links, pictures."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import (
    BlockKind,
    SentenceKind,
    Triage,
)

from .article import Article
from .base import Keyed, KeyedQuerySet, one_of
from .by_hash import ByHash, KeptBytes
from .desk import Desk, desks_of
from .folding import Folded
from .user import User

SEARCHED_TEXT = Left("text", 200_000)
"""The part of a text that a search looks through: more than any article, less than a book."""


class RevisionQuerySet(KeyedQuerySet["Revision"]):
    def visible_to(self, user: User) -> RevisionQuerySet:
        return self.filter(article__desk__in=desks_of(user))


class Revision(Keyed):
    """One immutable text of an article: LF line ends, NFC, with the hash of its UTF-8 form.

    Every offset in the system is a code-point offset into such a text.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    normaliser_version = models.CharField(max_length=10)
    splitter_version = models.CharField(max_length=10)
    notices = models.JSONField(
        default=list, help_text=_("What was unusual about the text: [{sentence, kind}].")
    )
    changes = models.JSONField(
        default=list, help_text=_("What was changed on the way in: [{kind, count}].")
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    has_orphans: bool = False
    """Whether marks wait for a place in it, where a query says so (queries.workbench)."""
    has_links: bool = False
    """Whether words of it lead to web addresses, where a query says so (queries.workbench)."""
    has_pictures: bool = False
    """Whether pictures stand in it, where a query says so (queries.workbench)."""

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(name="revision_number_once", fields=["article", "number"]),
            models.CheckConstraint(name="revision_has_text", condition=~Q(text="")),
            models.CheckConstraint(name="revision_number_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            # "This text is already on the desk": exchange.import_document.
            models.Index(name="revision_by_hash", fields=["sha256"]),
            # By words of the text, whatever their accents: queries.searching.
            GinIndex(OpClass(Folded(SEARCHED_TEXT), "gin_trgm_ops"), name="revision_text_folded"),
        ]

    def __str__(self) -> str:
        words = {"title": self.article, "number": self.number}
        return str(_("%(title)s, revision %(number)d") % words)


class OriginalQuerySet(KeyedQuerySet["Original"]):
    def visible_to(self, user: User) -> OriginalQuerySet:
        return self.filter(revision__article__desk__in=desks_of(user))


class Original(ByHash, Keyed):
    """The bytes a revision was made from, as received. They are kept by their hash."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="original")
    name = models.CharField(max_length=255, blank=True)
    address = models.CharField(
        max_length=2000,
        blank=True,
        db_default="",
        help_text=_("The web address the bytes came from."),
    )
    charset = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("The character set that was declared with them."),
    )
    data = KeptBytes(null=True, editable=False)
    sha256 = models.CharField(max_length=64)

    objects = OriginalQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or f"{self.sha256[:12]}"

    def whose(self) -> str:
        article = self.revision.article
        return (
            f"what revision {self.revision.number} of the article “{article.slug}” of the desk"
            f" “{article.desk.slug}” was made from is not there as it was kept"
        )


@receiver(pre_save, sender=Original)
def refuse_another_hash(instance: Original, **_kwargs: Any) -> None:
    """What a fixture says of the bytes that it brings; the database sees only their hash.

    Raises ValidationError.
    """
    if instance.data is not None and sha256(bytes(instance.data)).hexdigest() != instance.sha256:
        raise ValidationError("the sha256 of an original is not its own")


class IncomingQuerySet(KeyedQuerySet["Incoming"]):
    def visible_to(self, user: User) -> IncomingQuerySet:
        """One's own alone: nobody else's import is anybody's business before it is saved."""
        return self.filter(person=user.pk, desk__in=desks_of(user))


class Incoming(Keyed):
    """Bytes received for an import: a browser keeps no file between a preview and the save.

    With the document that was read from them, so that no look reads them again. Taken away a day
    later (workflow.cleaning), and not when the text is saved, for a save may be sent twice.
    """

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    charset = models.CharField(max_length=40, blank=True)
    media_type = models.CharField(
        max_length=100, blank=True, db_default="", help_text=_("Empty: as name and content say.")
    )
    data = models.BinaryField()
    reading = models.JSONField(
        null=True, help_text=_("The document as it was read (formats.kept), if it was.")
    )
    at = models.DateTimeField(default=timezone.now)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        indexes = [
            # Those left behind: workflow.cleaning.
            models.Index(name="incoming_by_age", fields=["at"]),
        ]

    def __str__(self) -> str:
        return self.name or self.address or self.uuid.hex[:8]

    @property
    def is_pasted(self) -> bool:
        """Whether these are characters that were pasted: no file, no page."""
        return not self.name and not self.address


class SentenceQuerySet(KeyedQuerySet["Sentence"]):
    def visible_to(self, user: User) -> SentenceQuerySet:
        return self.filter(revision__article__desk__in=desks_of(user))


class Sentence(Keyed):
    """A span of a revision, in code points, with what it is. Only its triage ever changes.

    A trigger refuses spans that overlap or leave the text.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sentences")
    position = models.PositiveIntegerField(help_text=_("Counted from 0 through the revision."))
    number = models.PositiveIntegerField(
        null=True, help_text=_("Counted from 1 through the body; headings and rows have none.")
    )
    paragraph = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=SentenceKind)
    block = models.CharField(
        max_length=10, choices=BlockKind, default=BlockKind.PARAGRAPH, db_default="", blank=True
    )
    locator = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where in its file it stands: a page, a time, a line."),
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    triage = models.CharField(
        max_length=20, choices=Triage, default=Triage.UNTRIAGED, blank=True, editable=False
    )

    objects = SentenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ["revision", "position"]
        constraints = [
            # Also the reading order of an article page: queries.workbench.
            models.UniqueConstraint(name="sentence_position_once", fields=["revision", "position"]),
            models.CheckConstraint(name="sentence_is_not_empty", condition=Q(start__lt=F("end"))),
            one_of("sentence_kind_is_known", "kind", SentenceKind),
            one_of("sentence_triage_is_known", "triage", Triage),
            one_of("sentence_block_is_known", "block", BlockKind),
            models.CheckConstraint(
                name="sentence_body_is_numbered",
                condition=Q(kind=SentenceKind.BODY, number__isnull=False)
                | (~Q(kind=SentenceKind.BODY) & Q(number__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        if self.number:
            return str(_("Sentence %(number)d") % {"number": self.number})
        return f"{self.get_kind_display()} {self.name}"

    @property
    def name(self) -> str:
        """What addresses and steps call it in its revision: its number, or "h" and its position."""
        return name_of(self.number, self.position)


def name_of(number: int | None, position: int) -> str:
    """What a sentence of this number is called, or a heading or row of this position."""
    return str(number) if number else f"h{position}"


class PictureQuerySet(KeyedQuerySet["Picture"]):
    def visible_to(self, user: User) -> PictureQuerySet:
        return self.filter(revision__article__desk__in=desks_of(user))


class Picture(Keyed):
    """A picture that stands with a place of a revision's text: its address, and what stands for it.

    A trigger refuses one that leaves the text. It is never fetched by itself, and readers are shown
    none. It has no address if it was packed into its file.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="pictures")
    at = models.PositiveIntegerField(help_text=_("A code point of the sentence it stands with."))
    address = models.CharField(max_length=2000, blank=True)
    alternative = models.CharField(
        max_length=1000, blank=True, help_text=_("The words that its page has for it.")
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "at", "pk"]
        constraints = [
            # Also the pictures of an article's text in reading order: queries.workbench.
            models.UniqueConstraint(
                name="picture_stands_once", fields=["revision", "at", "address"]
            ),
            models.CheckConstraint(
                name="picture_is_on_the_web",
                condition=Q(address="") | Q(address__regex=r"^https?://[!-~]+$"),
            ),
            models.CheckConstraint(
                name="picture_is_something", condition=~Q(address="") | ~Q(alternative="")
            ),
        ]

    def __str__(self) -> str:
        return self.alternative or self.address


class LinkQuerySet(KeyedQuerySet["Link"]):
    def visible_to(self, user: User) -> LinkQuerySet:
        return self.filter(revision__article__desk__in=desks_of(user))


class Link(Keyed):
    """Words of a revision that lead to a web address, in code points, as its author linked them.

    A trigger refuses one that leaves the text. Nothing of an address is fetched by itself, and
    readers are shown none.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="links")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    address = models.CharField(max_length=2000)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "start"]
        constraints = [
            # Also the links of an article's text in reading order: queries.workbench.
            models.UniqueConstraint(name="link_begins_once", fields=["revision", "start"]),
            models.CheckConstraint(name="link_is_not_empty", condition=Q(start__lt=F("end"))),
            # In printable ASCII, so that nothing of it is hidden, and it leads to the web alone.
            models.CheckConstraint(
                name="link_leads_to_the_web", condition=Q(address__regex=r"^https?://[!-~]+$")
            ),
        ]

    def __str__(self) -> str:
        return self.address
