"""The links of a web page's own article, and not those of its menus and boxes.

What the article is, is found as if there were no links (formats.extraction): with them the rules
that find it would judge otherwise. So each link of the page is looked up in what was found, by its
words and those beside them in its block.

Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from annotations.formats.leftout import BLOCKS, UNSEEN
from annotations.text.documents import of_address
from annotations.text.links import Told, visible, web_address

BESIDE = 24
"""Visible characters on either side that tell a link's place."""
_LEAST = 8
"""With fewer beside it than these, a link must be its whole block."""
_MOST = 5000
_WORK = 600_000_000
"""Characters that are looked through for the links of one page, at most: a second or two."""

Element = Any
"""An element of lxml, which has no types of its own."""


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link of a page: its words and those beside it in its block, in visible characters."""

    before: str
    words: str
    after: str
    address: str


@dataclass(slots=True)
class _Walk:
    """What is read of a page so far: its visible characters, where blocks meet, its links."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    borders: list[int] = field(default_factory=lambda: [0])
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def take(self, text: str | None) -> None:
        if text and (shown := visible(text)):
            self.pieces.append(shown)
            self.length += len(shown)


def of_page(tree: Element, base: str) -> list[Hyperlink]:
    """The links of the page in order, but those that lead to itself.

    `base` is the address that it was read from, or empty.
    """
    itself = of_address(base)
    read = _read(tree, based(tree, base))
    shown, borders = "".join(read.pieces), read.borders
    found = []
    for start, end, address in read.links:
        first = borders[bisect_right(borders, start) - 1]
        at = bisect_left(borders, end)
        last = borders[at] if at < len(borders) else len(shown)
        if start == end or bisect_right(borders, start) != bisect_left(borders, end):
            continue  # a picture, or a box of several blocks that is one link
        if itself and of_address(address) == itself:
            continue
        before = shown[max(first, start - BESIDE) : start]
        after = shown[end : min(last, end + BESIDE)]
        found.append(Hyperlink(before, shown[start:end], after, address))
    return found


def based(tree: Element, base: str) -> str:
    """What relative links of the page start from, as the page says, or where it was read from."""
    return web_address(tree.xpath("string(//base/@href)") or "", base) or base


def _read(tree: Element, base: str) -> _Walk:
    read = _Walk()
    unseen = menus = 0
    opened: list[tuple[Element, int]] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        step = 1 if event == "start" else -1
        if event in ("start", "end"):
            unseen += step * (tag in UNSEEN)
            menus += step * (tag == "nav")
            if tag in BLOCKS and read.borders[-1] != read.length:
                read.borders.append(read.length)
        if event == "start":
            if tag == "a" and not menus and len(read.links) < _MOST:
                opened.append((element, read.length))
            if not unseen:
                read.take(element.text)
            continue
        if opened and opened[-1][0] is element:
            _element, start = opened.pop()
            if address := web_address(element.get("href") or "", base):
                read.links.append((start, read.length, address))
        if not unseen and element is not tree:
            read.take(element.tail)
    return read


def in_blocks(
    links: Sequence[Hyperlink], blocks: Sequence[str], rows: Collection[int] = ()
) -> list[list[Told]]:
    """The links of each block of the article that was found in the page.

    Of the blocks that `rows` numbers each cell is a block of the page; a tab parts them.
    """
    told: list[list[Told]] = [[] for _block in blocks]
    shown: list[str] = []
    places: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        at = 0
        for cell in block.split("\t") if number in rows else [block]:
            shown.append(visible(cell))
            places.append((number, at))
            at += len(shown[-1])
    whole = "\n" + "\n".join(shown) + "\n"
    firsts = [1]
    for each in shown[:-1]:
        firsts.append(firsts[-1] + len(each) + 1)
    reached, spent = 1, 0
    for link in links:
        start = _found(whole, link, reached)
        # What is not found, or found before, was looked for in all of it.
        spent += start - reached if start >= reached else 2 * len(whole)
        if spent > _WORK:
            break
        if start < 0:
            continue
        reached = start + len(link.words)
        unit = bisect_right(firsts, start) - 1
        number, skipped = places[unit]
        first = start - firsts[unit] + skipped
        told[number].append((first, first + len(link.words), link.address))
    return told


def _found(whole: str, link: Hyperlink, reached: int) -> int:
    """Where the link begins in the article: after the last one, or at the one place of its words.

    -1 if nowhere.
    """
    edge = "\n" if len(link.before) + len(link.after) < _LEAST else ""
    wanted = f"{edge}{link.before}{link.words}{link.after}{edge}"
    skipped = len(edge) + len(link.before)
    start = max(0, reached - skipped)
    at = whole.find(wanted, start)
    if at < 0 and start:
        at = whole.find(wanted)
        if at >= 0 and whole.find(wanted, at + 1) >= 0:
            return -1
    return at + skipped if at >= 0 else -1
