"""Annotations side by side: how they differ, and the sources of all of them, merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import inf
from string import ascii_uppercase
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.listing import labelled, listed, listed_and, listed_apart
from annotations.models import Annotation, Article, Citation, Rating, Verdict, alike
from annotations.text.documents import document_of

T = TypeVar("T")

LAST = ""
"""In place of an annotation's letter: the claim's last verdict."""


@dataclass(slots=True)
class Passage:
    """One use of a document, by one annotator or by several alike."""

    citation: Citation
    letters: list[str]
    place: float = inf
    """Where it is put among all passages of the claim, as far as somebody said."""

    @property
    def key(self) -> str:
        return str(self.citation.uuid)

    @property
    def cited_by(self) -> str:
        letters = sorted(set(self.letters) - {LAST})
        if not letters:
            return _("in the last verdict")
        said = _("cited by %(letters)s") % {"letters": listed_and(letters)}
        return _("%(said)s, and in the last verdict") % {"said": said} if self.was_taken else said

    @property
    def was_taken(self) -> bool:
        """Whether the last verdict stands on it."""
        return LAST in self.letters


@dataclass(slots=True)
class Merged:
    """One document, cited by one annotation or more."""

    title: str
    publisher: str
    url: str
    citations: list[tuple[str, Citation]]
    """The letter of the annotation, and its citation."""
    order: dict[str, int] = field(default_factory=dict)
    """Places that somebody gave to passages, by their keys; without any, the last verdict's."""

    def called_in(self, citation: Citation) -> str:
        """How a citation names it, where that is otherwise: two addresses may lead to one."""
        source = citation.source
        if source.title != self.title:
            return source.title
        return source.url if document_of(source.url) != document_of(self.url) else ""

    @property
    def stances(self) -> set[str]:
        return {citation.stance for _letter, citation in self.citations}

    @property
    def passages(self) -> list[Passage]:
        """Its passages in order; the same words with the same stance are one."""
        found: dict[tuple[str, ...], Passage] = {}
        for letter, row in self.citations:
            passage = found.setdefault(_said(row), Passage(row, []))
            passage.letters.append(letter)
            if letter == LAST:
                passage.place = min(passage.place, row.position)
        for passage in found.values() if self.order else ():
            passage.place = self.order.get(passage.key, inf)
        return sorted(found.values(), key=lambda each: each.place)

    @property
    def place(self) -> float:
        """Where its first passage is put."""
        return self.passages[0].place


def letters(article: Article, annotations: Iterable[Annotation]) -> dict[int, str]:
    """A letter for each annotator of the article, the same on all its claims.

    The order follows a hash, so that it tells neither names nor who was first.
    """
    people = {annotation.assignment.person_id for annotation in annotations}
    salted = sorted(people, key=lambda person: sha256(f"{article.uuid}:{person}".encode()).digest())
    return dict(zip(salted, ascii_uppercase, strict=False))


def lettered(
    annotations: list[Annotation], letters_of: dict[int, str]
) -> list[tuple[str, Annotation]]:
    """The annotations of a claim under their annotators' letters."""
    return sorted(
        ((letters_of[annotation.assignment.person_id], annotation) for annotation in annotations),
        key=lambda pair: pair[0],
    )


def merged(annotations: list[tuple[str, Annotation]], last: Verdict | None = None) -> list[Merged]:
    """The documents that all annotations cite, and those of the last verdict if there is one.

    One address in any spelling is one, or one title, and so are two that lead to one. They stand
    in the order of the last verdict, then as they are cited, until `put_in_order`.
    """
    rows: list[tuple[str, Annotation | Verdict]] = [*annotations]
    if last is not None:
        rows.append((LAST, last))
    cited = [(letter, each) for letter, row in rows for each in row.citations.all()]
    first = alike([each.source for _letter, each in cited])
    found: dict[int, Merged] = {}
    for letter, each in cited:
        source = first[each.source_id]
        entry = Merged(source.title, source.publisher, source.url, [])
        found.setdefault(source.pk, entry).citations.append((letter, each))
    return sorted(found.values(), key=lambda each: each.place)


def put_in_order(sources: list[Merged], keys: Sequence[str]) -> list[Merged]:
    """The documents, and the passages of each, in the order of the passages' keys.

    One that is not named stands behind those that are.
    """
    if not keys:
        return sources
    for source in sources:
        source.order = {key: at for at, key in enumerate(keys)}
    return sorted(sources, key=lambda each: each.place)


def order_of(sources: list[Merged]) -> list[str]:
    """The keys of all passages as they stand."""
    return [passage.key for source in sources for passage in source.passages]


def order_by(letter: str, sources: list[Merged]) -> list[str]:
    """The keys of all passages, those that this annotation cites first and in its order."""
    found = [
        (row.position, passage.key)
        for source in sources
        for passage in source.passages
        for cited, row in source.citations
        if cited == letter and _said(row) == _said(passage.citation)
    ]
    first = [key for _position, key in sorted(found, key=lambda each: each[0])]
    return [*dict.fromkeys(first), *(key for key in order_of(sources) if key not in first)]


def moved(sources: list[Merged], key: str, by: int, *, whole: bool) -> list[str]:
    """The keys of all passages, with this one a place earlier (-1) or later (1) in its document.

    `whole`: its document among the documents.
    """
    at = next((n for n, each in enumerate(sources) if key in order_of([each])), None)
    if at is None:
        return order_of(sources)
    if whole:
        return order_of(_swapped(sources, at, by))
    keys = [passage.key for passage in sources[at].passages]
    keys = _swapped(keys, keys.index(key), by)
    return [*order_of(sources[:at]), *keys, *order_of(sources[at + 1 :])]


def _swapped(rows: list[T], at: int, by: int) -> list[T]:
    """The rows with the one at a place and its neighbour changed over, if it has one there."""
    other = at + by
    rows = [*rows]
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return rows


def _said(row: Citation) -> tuple[str, ...]:
    """What a citation says of its source: where it quotes nothing, of its address."""
    what = (row.stance, row.passage, row.locator, row.note)
    return what if row.passage else (*what, row.source.document_name())


def differences(annotations: list[tuple[str, Annotation]]) -> list[str]:
    """How the annotations differ, in sentences."""
    if len(annotations) < 2:
        return []
    return [
        *_ratings(annotations),
        *_confidence(annotations),
        *_sources(annotations, merged(annotations)),
    ]


def _ratings(annotations: list[tuple[str, Annotation]]) -> list[str]:
    by_rating: dict[Rating, list[str]] = {}
    for letter, annotation in annotations:
        assert annotation.rating is not None
        by_rating.setdefault(annotation.rating, []).append(letter)
    if len(by_rating) == 1:
        return [_("All rate it %(rating)s.") % {"rating": next(iter(by_rating))}]
    said = [
        ngettext("%(letters)s rates it %(rating)s", "%(letters)s rate it %(rating)s", len(letters))
        % {"letters": listed_and(letters), "rating": rating}
        for rating, letters in by_rating.items()
    ]
    return [_apart(listed_apart(said), list(by_rating))]


def spread(annotations: Iterable[Annotation]) -> float:
    """How far apart the ratings are: steps of the scale, most of all where one has no number."""
    ratings = {row.rating for row in annotations if row.rating is not None}
    values = [rating.value for rating in ratings if rating.value is not None]
    if len(values) < len(ratings):
        return inf if len(ratings) > 1 else 0
    return max(values) - min(values)


def _apart(said: str, ratings: list[Rating]) -> str:
    """A sentence of what is said, with how far apart the ratings are, if all carry a number."""
    values = [rating.value for rating in ratings if rating.value is not None]
    if len(values) < len(ratings):
        return f"{said}."
    steps = max(values) - min(values)
    return ngettext(
        "%(said)s: %(count)d step apart on the scale.",
        "%(said)s: %(count)d steps apart on the scale.",
        steps,
    ) % {"said": said, "count": steps}


def _confidence(annotations: list[tuple[str, Annotation]]) -> list[str]:
    said = {annotation.confidence for _letter, annotation in annotations}
    if len(said) == 1 or "" in said:
        return []
    words = [
        labelled(letter, annotation.get_confidence_display().lower())
        for letter, annotation in annotations
    ]
    return [_("How sure they are: %(words)s.") % {"words": listed(words)}]


def _sources(annotations: list[tuple[str, Annotation]], sources: list[Merged]) -> list[str]:
    found = []
    for source in sources:
        letters = sorted({letter for letter, _citation in source.citations})
        if len(letters) < len(annotations):
            found.append(
                _("Only %(letters)s cites “%(title)s”.")
                % {"letters": listed_and(letters), "title": source.title}
            )
        elif len(source.stances) > 1:
            said = listed_apart(
                labelled(letter, citation.get_stance_display().lower())
                for letter, citation in source.citations
            )
            found.append(
                _("All cite “%(title)s”, but read it differently (%(said)s).")
                % {"title": source.title, "said": said}
            )
    return found
