"""What other services said of the pages that they were to save, for whoever may see the source."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch

from annotations.models import ArchiveAnswer, ArchiveRequest, Source, User


def asked_of(sources: Collection[int], reader: User) -> list[ArchiveRequest]:
    """What was asked for these sources (keys) with all answers, the latest last; it is noted."""
    answers = Prefetch("answers", ArchiveAnswer.objects.order_by("at", "pk"), to_attr="told")
    rows = ArchiveRequest.objects.shown_where(reader, source__in=sources)
    rows = rows.select_related("source__desk")
    return list(rows.prefetch_related(answers).order_by("service", "wanted_at", "pk"))


def asked_of_document(source: Source, reader: User) -> list[ArchiveRequest]:
    """As `asked_of`, for all descriptions of the document that the reader may see."""
    rows = Source.objects.visible_to(reader).same_document(source)
    return asked_of([row.pk for row in rows], reader)
