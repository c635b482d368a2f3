"""Cutting a sentence where marks begin and end, so that a page can print it piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch, in code points of the whole text, and the number of its claim."""

    start: int
    end: int
    claim: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `ends` are the claims whose mark ends with it."""

    start: int
    text: str
    claims: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(text: str, start: int, spans: Sequence[Span]) -> list[Piece]:
    """Cut `text`, which stands at code point `start`, at every boundary of the spans.

    Joining the pieces' texts gives `text` back. Overlapping and nested spans are all named.
    """
    end = start + len(text)
    inside = [span for span in spans if span.start < end and span.end > start]
    cuts = {start, end}
    for span in inside:
        cuts |= {max(span.start, start), min(span.end, end)}
    borders = sorted(cuts)
    return [
        Piece(
            left,
            text[left - start : right - start],
            tuple(span.claim for span in inside if span.start < right and span.end > left),
            tuple(span.claim for span in inside if left < span.end == right),
        )
        for left, right in pairwise(borders)
    ]
