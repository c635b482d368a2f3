"""What somebody still has to confirm of a source: a note to oneself first, and to colleagues."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .annotation import Annotation
from .base import Keyed
from .desk import desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .evidence import Citation, Source
from .user import User


class SourceNoteQuerySet(DisclosedQuerySet["SourceNote"]):
    def visible_to(self, user: User) -> SourceNoteQuerySet:
        """As the annotations they stand beside: one's own, and others' once they are disclosed."""
        annotations = Annotation.objects.visible_to(user).values("pk")
        others = ~Q(annotation__assignment__person=user.pk)
        tells = first_seen(user, "annotation__assignment__claim", others)
        rows = self.filter(annotation__in=annotations, source__desk__in=desks_of(user))
        return rows.read_by(user, tells=tells)

    def open(self) -> SourceNoteQuerySet:
        return self.filter(settled_at__isnull=True)

    def standing(self) -> SourceNoteQuerySet:
        """The open ones of sources that their annotation still cites: others stop nobody."""
        cited = Citation.objects.filter(
            annotation=OuterRef("annotation"), source=OuterRef("source")
        )
        return self.open().filter(Exists(cited))

    def told(self) -> SourceNoteQuerySet:
        """Beside annotations that are disclosed: what is never handed in is told to nobody."""
        return self.filter(
            annotation__disclosed_at__isnull=False, annotation__submitted_at__isnull=False
        )


class SourceNote(Keyed):
    """“Needs a primary source”: of a source that an annotation cites, until it is settled."""

    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="notes")
    source = models.ForeignKey(Source, models.PROTECT, related_name="notes")
    body = models.TextField(_("what is still to be confirmed"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""

    objects = SourceNoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="source_note_has_words", condition=~Q(body="")),
            models.CheckConstraint(
                name="source_note_settled_by_someone",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [
            # What an annotation still has to confirm: handing in, and readiness.
            models.Index(
                name="source_note_open",
                fields=["annotation"],
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.uuid.hex[:8]}"
