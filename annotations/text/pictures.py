"""Pictures of an article: where in its text they stand, their address and what stands for them.

A picture is no text: it stands with a place of it, a caption's beginning if it has one. Nothing of
an address is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

MOST = 100
"""Pictures that are kept of one text, the first ones."""
LONGEST = 1000
"""Characters that are kept of the words that stand for a picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands with the sentence at code point `at`.

    `address` is empty for one that is packed into its file, `alternative` where no words stand for
    it. `caption` are the words under it, whether or not they are in the text.
    """

    at: int
    address: str
    alternative: str = ""
    caption: str = ""


class Span(Protocol):
    """A sentence, of a text or of the database, in code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def shortened(alternative: str) -> str:
    """The words that stand for a picture, as one line that is kept."""
    return " ".join(alternative.split())[:LONGEST]


def carried(
    before: str,
    were: Sequence[Span],
    pictures: Iterable[Picture],
    after: str,
    sentences: Sequence[Span],
) -> tuple[Picture, ...]:
    """The pictures of the text `before` whose sentence stands in `after` word for word, once."""
    known: dict[str, list[Span]] = {}
    for row in sentences:
        known.setdefault(after[row.start : row.end], []).append(row)
    found = []
    for picture in pictures:
        words = next((before[r.start : r.end] for r in were if r.start <= picture.at < r.end), "")
        places = known.get(words, [])
        if len(places) == 1:
            found.append(replace(picture, at=places[0].start))
    return tuple(sorted(found, key=lambda each: each.at))
