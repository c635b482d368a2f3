"""Sources, and the uses that annotations and verdicts make of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import URLValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.text.documents import LONGEST, document_of
from annotations.vocabulary import SourceKind, Stance

from .annotation import Annotation
from .base import Keyed, PartialDateField, WebAddressField, looked_up, one_of, partial_date
from .by_hash import ByHash
from .desk import Desk, desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .folding import Folded
from .user import User
from .verdict import Verdict, is_told


class SourceQuerySet(DisclosedQuerySet["Source"]):
    def visible_to(self, user: User) -> SourceQuerySet:
        """Those a member added, and those that citations visible to the member use.

        Whoever left the desk sees none, with what others have saved of them since.
        """
        cited = looked_up(Citation.objects.visible_to(user).filter(source=OuterRef("pk")))
        shown = Q(desk__in=desks_of(user)) & (Q(added_by=user.pk) | cited)
        return self.filter(shown).read_by(user)

    def known_to(self, user: User) -> SourceQuerySet:
        """Those whose name the person may see: all but the confidential ones of others.

        These are known to whoever brought them, and to those they are confided to.
        """
        confided = self.model._base_manager.filter(confidants__person=user.pk).values("pk")
        return self.filter(Q(is_confidential=False) | Q(added_by=user.pk) | Q(pk__in=confided))

    def same_document(self, source: Source) -> SourceQuerySet:
        """All descriptions of the document at its desk, the source itself among them."""
        return self.filter(of_document(source))

    def note(self, reader: User, rows: list[Source]) -> None:
        note_uses(reader, [row.pk for row in rows if row.added_by_id != reader.pk])


def of_document(source: Source) -> Q:
    """What holds of all descriptions of the document at its desk, the source itself among them.

    They have one name, or their addresses lead to one.
    """
    names = [name for name in (source.document, source.leads_to) if name]
    if not names:
        return Q(pk=source.pk)
    return Q(desk=source.desk_id) & (Q(document__in=names) | Q(leads_to__in=names))


def note_uses(reader: User, sources: list[int]) -> None:
    """Note what these sources of others tell: reading where they are cited notes it."""
    if sources:
        list(Citation.objects.shown_where(reader, source__in=sources).only("pk"))


class Source(Keyed):
    """A document: an address, or a description of what has none.

    Two people who cite the same page make a source each: sharing one before disclosure would tell
    the second that the first was there (rule 4). `document` names what they are: those of one name
    are one document wherever somebody may see more than one of them, so that two merge at
    disclosure, by being read together, and each keeps its history. So are those whose address was
    found to lead to it (`leads_to`): what was typed stays.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="sources")
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = WebAddressField(
        _("web address"),
        max_length=2000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    published_on = PartialDateField()
    isbn = models.CharField(
        _("ISBN"),
        max_length=13,
        blank=True,
        default="",
        db_default="",
        help_text=_("In its 13 digits."),
    )
    authors = models.CharField(max_length=300, blank=True, default="", db_default="")
    language = models.CharField(max_length=35, blank=True, default="", db_default="")
    kind = models.CharField(
        max_length=20, choices=SourceKind, blank=True, default="", db_default=""
    )
    interests = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text=_("What the source may gain or lose, as far as it is known."),
    )
    is_primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("The document, data or recording itself, not a report of it."),
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        db_default=False,
        help_text=_(
            "Somebody who must not be named. The title says what readers may know: “an official of"
            " the ministry”. Who it is, is kept apart."
        ),
    )
    document = models.CharField(
        max_length=LONGEST, blank=True, default="", db_default="", editable=False
    )
    leads_to = models.CharField(
        max_length=LONGEST, blank=True, default="", db_default="", editable=False
    )
    """The name of another document, to which its address led when its page was last saved."""
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(name="source_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="source_url_is_http",
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                violation_error_message=_("Give an address that begins with http:// or https://."),
            ),
            partial_date("source_published_on_is_a_date", "published_on"),
            one_of("source_kind_is_known", "kind", SourceKind),
            models.CheckConstraint(
                name="confidential_source_has_no_address",
                condition=Q(is_confidential=False) | Q(url="", isbn="", document="", leads_to=""),
                violation_error_message=_("A confidential source has no address and no ISBN."),
            ),
        ]
        indexes = [
            # The other descriptions of one document: Source.objects.same_document.
            models.Index(name="source_of_a_document", fields=["desk", "document"]),
            models.Index(
                name="source_leads_to", fields=["desk", "leads_to"], condition=~Q(leads_to="")
            ),
            # A person's own source found again when it is cited again.
            models.Index(name="source_of_a_person", fields=["desk", "added_by"]),
            # By a word, whatever its accents: queries.sources.holding.
            GinIndex(
                OpClass(Folded("title"), "gin_trgm_ops"),
                OpClass(Folded("publisher"), "gin_trgm_ops"),
                OpClass(Folded("authors"), "gin_trgm_ops"),
                OpClass(Folded("url"), "gin_trgm_ops"),
                name="source_by_word",
            ),
            models.Index(name="source_by_isbn", fields=["isbn"], condition=~Q(isbn="")),
            # By a word that many have, the newest first: queries.searching.sources.
            models.Index(name="source_newest", fields=["desk", "-added_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.title

    def document_name(self) -> str:
        """What `document` has to hold for this description; two people are never one document."""
        return "" if self.is_confidential else document_of(self.url, self.title, self.isbn)

    def names(self) -> list[str]:
        """What it may have in common with another description of its document; at least one name.

        Somebody who must not be named has none but the key of the description.
        """
        found = [] if self.is_confidential else [self.document_name(), self.leads_to]
        return [name for name in found if name] or [str(self.uuid)]


def alike(sources: Sequence[Source], *, elsewhere: bool = True) -> dict[int, Source]:
    """The first of these sources that is the same document, by the key of each.

    Of two people who cite one address, the page may have been saved, and found to lead elsewhere,
    for one of them alone: it is one document all the same. So are two that lead to a third that is
    not among these, unless `elsewhere` is False: to a wall, all addresses of a site lead.
    """
    here = {each.document_name() for each in sources}
    names = {
        each.pk: [name for name in each.names() if elsewhere or name in here] or [str(each.uuid)]
        for each in sources
    }
    groups: dict[str, set[str]] = {}
    for own in names.values():
        group = set(own).union(*(groups.get(name, ()) for name in own))
        groups |= dict.fromkeys(group, group)
    first: dict[str, Source] = {}
    return {each.pk: first.setdefault(min(groups[names[each.pk][0]]), each) for each in sources}


class SnapshotQuerySet(DisclosedQuerySet["Snapshot"]):
    def visible_to(self, user: User) -> SnapshotQuerySet:
        known = Source.objects.known_to(user).values("pk")
        rows = self.filter(source__in=Source.objects.visible_to(user).values("pk"))
        return rows.filter(source__in=known).read_by(user)

    def note(self, reader: User, rows: list[Snapshot]) -> None:
        note_uses(reader, [row.source_id for row in rows if row.taken_by_id != reader.pk])


class Snapshot(ByHash, Keyed):
    """A saved copy of a source at a moment. Kept inside the desk.

    That of a confidential source may tell who it is, and is for those who may know.

    Its bytes are kept by their hash (annotations.blobs); `data` has those from before, until a
    migration has moved them.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots")
    name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    data = models.BinaryField(null=True, editable=False)
    size = models.BigIntegerField(default=0, db_default=0, help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["source", "-taken_at"]
        constraints = [
            # The same bytes of the same source are one copy.
            models.UniqueConstraint(name="snapshot_once", fields=["source", "sha256"]),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.sha256[:12]}, {self.taken_at:%Y-%m-%d}"


class CitationQuerySet(DisclosedQuerySet["Citation"]):
    def visible_to(self, user: User) -> CitationQuerySet:
        annotations = Annotation.objects.visible_to(user).filter(pk=OuterRef("annotation"))
        verdicts = Verdict.objects.visible_to(user).filter(pk=OuterRef("verdict"))
        others = ~Q(annotation__assignment__person=user.pk)
        tells = Coalesce(
            first_seen(user, "annotation__assignment__claim", others),
            first_seen(user, "verdict__claim", is_told(user, "verdict__pk")),
        )
        shown = looked_up(annotations) | looked_up(verdicts)
        return self.filter(shown).read_by(user, tells=tells)


class Citation(Keyed):
    """One use of a source, by an annotation or by a verdict."""

    annotation = models.ForeignKey(
        Annotation, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    stance = models.CharField(_("stance"), max_length=20, choices=Stance)
    passage = models.TextField(
        _("passage"),
        blank=True,
        help_text=_("The words relied on, exactly as they stand in the source."),
    )
    locator = models.CharField(
        _("locator"),
        max_length=100,
        blank=True,
        help_text=_("Page, paragraph or time: “page 3”, “04:12”."),
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_found = models.BooleanField(default=False, db_default=False, editable=False)
    """Whether its words stood in a saved copy without pages or times when it was handed in or
    decided; looked for only where the desk asks where each citation stands."""

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_belongs_to_one",
                condition=Q(annotation__isnull=False, verdict__isnull=True)
                | Q(annotation__isnull=True, verdict__isnull=False),
            ),
            one_of("citation_stance_is_known", "stance", Stance),
        ]

    def __str__(self) -> str:
        return str(_("Citation %(key)s") % {"key": self.uuid.hex[:8]})

    @property
    def is_placed(self) -> bool:
        """Whether it says where in its source it stands, as a desk may ask."""
        return bool(self.locator.strip()) or self.is_found or self.source.is_confidential
