"""What a page shows beside its article, line by line, so that a person can look at what was left.

Captions, lists of links and pull quotes are among it, and so are menus: those that stand within the
page's article or main part come first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from lxml import etree

from annotations.formats.pictures import CAPTIONS, Shown, picture

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
CAPTION, PULL_QUOTE = "caption", "pull_quote"


class Line(NamedTuple):
    """A line of the page, or a picture between two; whether it is in the article or main part."""

    is_within: bool
    words: str
    kind: str = ""
    picture: Shown | None = None


class Left(NamedTuple):
    """A line that was left out, the number of the article's block that it follows (-1: none), and
    what it is."""

    words: str
    after: int
    kind: str = ""


def shown_lines(tree: Element, base: str = "") -> list[Line]:
    """The words of the innermost blocks, and the pictures, in order; `base`: the page's address."""
    outer = set()
    for block in tree.iter(*BLOCKS):
        for above in block.iterancestors(*BLOCKS):
            if above in outer:
                break
            outer.add(above)
    found: list[Line] = []
    for block in tree.iter(*BLOCKS, "img"):
        if len(found) == _MOST_LOOKED_AT:
            break
        is_within = next(block.iterancestors("article", "main"), None) is not None
        if block.tag == "img":
            if shown := picture(block, base):
                found.append(Line(is_within, "", picture=shown))
            continue
        words = " ".join("".join(_own(block) if block in outer else _all(block)).split())
        if words and len(words) <= _LONGEST and next(block.iterancestors(*UNSEEN), None) is None:
            found.append(Line(is_within, words, CAPTION if block.tag in CAPTIONS else ""))
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


Placed = tuple[Shown, int]
"""A picture, and the number of the article's block that it follows; -1: none."""


def left_out(shown: list[Line], blocks: Sequence[str]) -> tuple[list[Left], list[Placed]]:
    """The lines that the article does not hold, each once, the nearest to the article first; and
    the pictures that stand in it.

    `blocks` are the article's, in order.
    """
    flat = [" ".join(each.split()) for each in blocks]
    kept = " ".join(flat)
    starts = [0, *accumulate(len(each) + 1 for each in flat)][:-1]
    whole = set(flat)
    found: dict[str, tuple[bool, Left]] = {}
    pictures: list[tuple[Line, int]] = []
    at, block = 0, -1
    for line in shown:
        words = line.words
        if line.picture:
            pictures.append((line, block))
            continue
        # The next line of the page is most often the next of the article: near, where all of it
        # would be looked through for each.
        place = kept.find(words, at)
        if place < 0 and words not in whole and words not in kept:
            found.setdefault(words, (line.is_within, Left(words, block, line.kind)))
        elif place >= 0 and (len(words) >= _TELLING or words in whole):
            at, block = place, bisect_right(starts, place) - 1
    ordered = [left for _within, left in sorted(found.values(), key=lambda each: not each[0])]
    return ordered[:MOST_LINES], _of_the_article(pictures, block)


def _of_the_article(pictures: list[tuple[Line, int]], last: int) -> list[Placed]:
    """The pictures between the first and the last block, and those set as a figure of its part."""
    found: dict[str, Placed] = {}
    for line, block in pictures:
        shown = line.picture
        assert shown is not None
        if 0 <= block < last or (shown.is_set and line.is_within):
            found.setdefault(shown.address, (shown, block))
    return list(found.values())
