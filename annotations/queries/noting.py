"""What is noted of a source as still to be confirmed, as far as a person may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from annotations.models import Annotation, Citation, Source, SourceNote, User


def citing(source: Source, person: User) -> QuerySet[Annotation]:
    """The person's own annotations that cite the source."""
    cited = Citation.objects.visible_to(person).filter(source=source)
    own = Annotation.objects.visible_to(person).filter(assignment__person=person)
    rows = own.filter(pk__in=cited.values("annotation"))
    return rows.select_related("assignment__claim__desk").order_by("assignment__claim__number")


def described(source: Source, person: User) -> QuerySet[Source]:
    """The descriptions of its document that the person may see."""
    return Source.objects.visible_to(person).same_document(source)


def notes_on(source: Source, person: User) -> list[SourceNote]:
    """What is noted of the document and not settled, oldest first; it is noted as seen."""
    rows = SourceNote.objects.visible_to(person).open()
    rows = rows.filter(source__in=described(source, person).values("pk"))
    return list(
        rows.select_related("annotation__assignment__claim", "annotation__assignment__person")
    )
