"""Whether the words of a citation stand in a saved copy that has no pages, times or lines.

Such words are their own place: a web page is opened at them. Where a copy has pages, its page has
to be given, and a passage that is only like what stands there is no place at all (decision 0079).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, Self

from annotations.models import Desk, Snapshot, Source, User
from annotations.saved import words_of
from annotations.text import passages
from annotations.text.passages import Match
from annotations.vocabulary import Demand

LOOKED_AT = 3
"""The newest copies of a document in which words are looked for."""


class Cites(Protocol):
    """A citation, written or to be written."""

    @property
    def source(self) -> Source: ...
    @property
    def passage(self) -> str: ...
    @property
    def locator(self) -> str: ...


class Looked:
    """What a person has looked for in copies, each once.

    Ahead of a move, and before it holds anything: a web archive may take a minute to read, and
    nobody else should wait for the claim meanwhile.
    """

    def __init__(self, person: User) -> None:
        self._person = person
        self._found: dict[tuple[int, str, str], bool] = {}

    def ahead(self, desk: Desk, rows: Iterable[Cites]) -> Self:
        """Look for the words of these, if the desk asks where citations stand."""
        if desk.demand_locator != Demand.OFF:
            for row in rows:
                self.stands(row)
        return self

    def stands(self, row: Cites) -> bool:
        """Whether the words are their place; what was not looked for ahead, is now."""
        key = (row.source.pk, row.passage, row.locator)
        if key not in self._found:
            self._found[key] = _stands(row.source, row.passage, row.locator, self._person)
        return self._found[key]


def _stands(source: Source, passage: str, locator: str, person: User) -> bool:
    """Whether the words are their place, of copies of the document that the person may see.

    Not asked where there is a locator: then nothing is read.
    """
    if locator.strip() or not passage.strip() or source.is_confidential:
        return False
    described = Source.objects.visible_to(person).same_document(source).values("pk")
    copies = Snapshot.objects.visible_to(person).filter(source__in=described)
    newest = copies.order_by("-taken_at", "-pk")[:LOOKED_AT]
    return any(_holds(copy, passage) for copy in newest)


def _holds(copy: Snapshot, passage: str) -> bool:
    if not copy.is_whole():
        return False
    found = words_of(copy)
    if found is None or found.places:
        return False
    return passages.find(passage, found.text).match is Match.FOUND
