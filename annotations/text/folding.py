"""A text as a reader reads it: whichever quotation marks, dashes, spaces and ligatures are printed.

Two texts that fold alike differ in nothing but these. Sources: Unicode chapter 6.2 for dashes and
quotation marks, the compatibility mappings of U+FB00-FB06 for ligatures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Spaces around a quotation mark or a dash are the house style's: « oui », a – b, a—b.
_PRINTED = re.compile(
    r"\s*+(?:(?P<quote>''|``|[\"'`“”„‟‘’‚‛«»‹›「」『』])|(?P<dash>-{1,3}+|[‐‑‒–—―−]))\s*+"
    r"|(?P<dots>…)|(?P<ligature>[\ufb00-\ufb06])|(?P<space>\s++)"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; its character `at` was printed as source[starts[at]:ends[at]]."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(source: str) -> Folded:
    """The text with one kind of mark, dash and space, and where each character comes from."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for found in _PRINTED.finditer(source):
        pieces.append(source[last : found.start()])
        starts.extend(range(last, found.start()))
        ends.extend(range(last + 1, found.start() + 1))
        plain = _plain(found)
        pieces.append(plain)
        starts.extend([found.start()] * len(plain))
        ends.extend([found.end()] * len(plain))
        last = found.end()
    pieces.append(source[last:])
    starts.extend(range(last, len(source)))
    ends.extend(range(last + 1, len(source) + 1))
    return Folded("".join(pieces), starts, ends)


def _plain(found: re.Match[str]) -> str:
    if found["quote"]:
        return '"'
    if found["dash"]:
        return "-"
    if found["dots"]:
        return "..."
    return unicodedata.normalize("NFKC", found["ligature"]) if found["ligature"] else " "


def spans(folded: Folded, words: str, most: int) -> list[tuple[int, int]]:
    """Where words that fold alike stand in the source, at most `most` places, in code points.

    The spaces around them are left out; those that a mark at an edge took along included.
    """
    plain = fold(words).text.strip()
    found: list[tuple[int, int]] = []
    at = folded.text.find(plain) if plain else -1
    while at >= 0 and len(found) < most:
        found.append((folded.starts[at], folded.ends[at + len(plain) - 1]))
        at = folded.text.find(plain, at + 1)
    return found
