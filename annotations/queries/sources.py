"""Sources found again while citing, and all that a person may see of one document."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from annotations.models import (
    Capture,
    Citation,
    Claim,
    Desk,
    Mark,
    Snapshot,
    Source,
    SourceChange,
    User,
    alike,
    of_document,
)
from annotations.text.documents import isbn
from annotations.vocabulary import CaptureState

from .filters import few

MOST = 8
WORDS = 6
"""Words of the search that count."""


def holding(desk: Desk, person: User, words: Sequence[str]) -> QuerySet[Source]:
    """The desk's sources that the person may see and in which every word stands; it is noted."""
    rows = Source.objects.visible_to(person).filter(desk=desk)
    for word in words:
        said = _says(word)
        keys = few(Source.objects.filter(said))
        rows = rows.filter(said) if keys is None else rows.filter(pk__in=keys)
    return rows


def _says(word: str) -> Q:
    said = Q(title__holds=word) | Q(publisher__holds=word)
    said |= Q(authors__holds=word) | Q(url__holds=word)
    number = isbn(word)
    return said | Q(isbn=number) if number else said


def found_again(person: User, desk: Desk, search: str) -> list[Source]:
    """The desk's sources in which every word stands, each document once, one's own first.

    Nobody's undisclosed source is among them: to whoever may not see it, it does not exist. Nor is
    a confidential one of somebody else's: to cite it is to say that one knows who it is.
    """
    words = search.split()[:WORDS]
    if not words:
        return []
    rows = holding(desk, person, words).filter(_citable(person))
    newest = list(rows.order_by("-added_at")[:200])
    own_first = sorted(newest, key=lambda source: source.added_by_id != person.pk)
    # Each would hide the others of its site behind the page where one signs in.
    return list(dict.fromkeys(alike(own_first, elsewhere=False).values()))[:MOST]


def chosen_again(person: User, desk: Desk, key: str) -> Source | None:
    """The source of this UUID, if the person may see it, and cite it."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    rows = Source.objects.visible_to(person).filter(_citable(person), desk=desk, uuid=wanted)
    return rows.first()


def _citable(person: User) -> Q:
    return Q(is_confidential=False) | Q(added_by=person.pk)


TRIED = 3
"""Copies of a document that may have to be read until one has words."""


def copies_named(person: User, desk: Desk, document: str, key: str = "") -> list[Snapshot]:
    """The newest copies of the document of this name that the person may see; it is noted.

    `key` is the UUID of a confidential source, which has no such name: two people are never one.
    """
    named = Q(document=document) | Q(leads_to=document) if document else Q(pk__in=[])
    with suppress(ValueError):
        named |= Q(uuid=uuid.UUID(key), is_confidential=True)
    # Read by itself: whoever kept a copy of another's source is told of that source here.
    found = [row.pk for row in Source.objects.visible_to(person).filter(named, desk=desk)]
    copies = Snapshot.objects.visible_to(person).filter(source__in=found)
    return list(copies.select_related("source").order_by("-taken_at", "-pk")[:TRIED])


MOST_CHANGES = 50
"""Changes of its pages that the page of a source tells."""


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of the document, by an annotation or a verdict that the person may see."""

    citation: Citation
    source: Source

    @property
    def claim(self) -> Claim:
        citation = self.citation
        if citation.verdict is not None:
            return citation.verdict.claim
        assert citation.annotation is not None
        return citation.annotation.assignment.claim


@dataclass(frozen=True, slots=True)
class Document:
    """What the person may see of a document: its descriptions at the desk, uses and copies.

    Descriptions, uses and copies of others join it as they are disclosed to the person.
    """

    descriptions: list[Source]
    uses: list[Use]
    copies: list[Snapshot]
    captures: list[Capture]
    """Pages of it that are waiting to be saved, or could not be, the latest first."""
    changes: list[SourceChange]
    """What became of its pages since claims were published that stand on it, the latest first;
    of each, `article` is the key of the claim's first."""


def document(source: Source, reader: User) -> Document:
    """All that the reader may see of the document that the source describes; it is noted."""
    named = Source.objects.shown_where(reader, of_document(source))
    descriptions = list(named.order_by("added_at", "pk"))
    by_key = {each.pk: each for each in descriptions}
    citations = (
        Citation.objects.shown_where(reader, source__in=by_key)
        .select_related("annotation__assignment__claim__desk", "verdict__claim__desk")
        .order_by("pk")
    )
    copies = (
        Snapshot.objects.shown_where(reader, source__in=by_key)
        .select_related("taken_by")
        .order_by("-taken_at", "-pk")
    )
    uses = [Use(row, by_key[row.source_id]) for row in citations]
    unsaved = ~Q(state=CaptureState.SAVED)
    captures = Capture.objects.shown_where(reader, unsaved, source__in=by_key)
    captures = captures.order_by("-wanted_at", "-pk")
    first = Mark.objects.filter(claim=OuterRef("claim")).order_by("pk")
    changes = (
        SourceChange.objects.visible_to(reader)
        .filter(source__in=by_key)
        .annotate(article=Subquery(first.values("revision__article")[:1]))
        .select_related("claim")
        .order_by("-found_at", "-pk")[:MOST_CHANGES]
    )
    return Document(descriptions, uses, list(copies), list(captures), list(changes))
