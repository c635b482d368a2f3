"""Whether the words of a citation stand in a saved copy that has no pages, times or lines.

Such words are their own place: a web page is opened at them. Where a copy has pages, its page has
to be given, and a passage that is only like what stands there is no place at all (decision 0079).
"""

from __future__ import annotations

from annotations.models import Snapshot, Source, User
from annotations.saved import words_of
from annotations.text import passages
from annotations.text.passages import Match

LOOKED_AT = 3
"""The newest copies of a document in which words are looked for."""


def stands_in_a_copy(source: Source, passage: str, locator: str, person: User) -> bool:
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
