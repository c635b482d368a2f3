"""What is noted of a source as still to be confirmed, as far as a person may see it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from annotations.models import Annotation, Source, SourceNote, User


def citing(source: Source, person: User) -> QuerySet[Annotation]:
    """The person's own annotations that cite the source."""
    own = Annotation.objects.shown_where(
        person, assignment__person=person.pk, citations__source=source.pk
    )
    return own.select_related("assignment__claim__desk").order_by("assignment__claim__number")


def described(source: Source, person: User) -> QuerySet[Source]:
    """The descriptions of its document that the person may see."""
    return Source.objects.visible_to(person).same_document(source)


def notes_on(descriptions: Collection[int], person: User) -> list[SourceNote]:
    """What is noted of a document and not settled, oldest first; it is noted as seen.

    `descriptions` are the keys of those that the person may see.
    """
    rows = SourceNote.objects.shown_where(person, source__in=descriptions, settled_at__isnull=True)
    return list(
        rows.select_related("annotation__assignment__claim", "annotation__assignment__person")
    )
