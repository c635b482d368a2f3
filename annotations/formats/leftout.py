"""What a page shows beside its article, line by line, so that a person can look at what was left.

Captions, lists of links and pull quotes are among it, and so are menus: those that stand within the
page's article or main part come first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from lxml import etree

MOST_LINES = 200
"""Lines that are kept for a look."""
_LONGEST = 2000
# A line of the article that is this long, or a block of its own, tells how far the page has come.
_TELLING = 40
_MOST_LOOKED_AT = 5000
BLOCKS = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "caption",
    "blockquote", "dd", "dt", "pre", "div", "section", "aside", "summary", "address", "figure",
    "header", "footer", "nav", "article", "main", "body",
)  # fmt: skip
UNSEEN = ("script", "style", "noscript", "template", "head", "svg")

_PIECES = etree.XPath("descendant::text() | descendant::br")

Element = Any
"""An element of lxml, which has no types of its own."""
Line = tuple[bool, str]
"""Whether a line stands within the page's article or main part, and its words."""
Left = tuple[str, int]
"""A line that was left out, and the number of the article's block that it follows; -1: none."""


def shown_lines(tree: Element) -> list[Line]:
    """The words of the page's innermost blocks, in order."""
    outer = set()
    for block in tree.iter(*BLOCKS):
        for above in block.iterancestors(*BLOCKS):
            if above in outer:
                break
            outer.add(above)
    found: list[Line] = []
    for block in tree.iter(*BLOCKS):
        if len(found) == _MOST_LOOKED_AT:
            break
        words = " ".join("".join(_own(block) if block in outer else _all(block)).split())
        if words and len(words) <= _LONGEST and next(block.iterancestors(*UNSEEN), None) is None:
            is_within = next(block.iterancestors("article", "main"), None) is not None
            found.append((is_within, words))
    return found


def _all(element: Element) -> Iterator[str]:
    """The words of an element; a line end parts them."""
    for piece in _PIECES(element):
        yield piece if isinstance(piece, str) else " "


def _own(block: Element) -> Iterator[str]:
    """The words of a block that stand in none of the blocks within it."""
    yield block.text or ""
    for child in block:
        is_inside = isinstance(child.tag, str) and child.tag not in BLOCKS
        if is_inside and next(child.iterdescendants(*BLOCKS), None) is None:
            yield from _all(child)
        yield child.tail or ""


def left_out(shown: list[Line], blocks: Sequence[str]) -> list[Left]:
    """The lines that the article does not hold, each once; the nearest to the article first.

    `blocks` are the article's, in order.
    """
    flat = [" ".join(each.split()) for each in blocks]
    kept = " ".join(flat)
    starts = [0, *accumulate(len(each) + 1 for each in flat)][:-1]
    whole = set(flat)
    found: dict[str, tuple[bool, int]] = {}
    at, block = 0, -1
    for within, words in shown:
        if words not in kept:
            found.setdefault(words, (within, block))
        elif len(words) >= _TELLING or words in whole:
            place = kept.find(words, at)
            if place >= 0:
                at, block = place, bisect_right(starts, place) - 1
    ordered = sorted(found.items(), key=lambda each: not each[1][0])
    return [(words, block) for words, (_within, block) in ordered][:MOST_LINES]
