"""A saved file as words to be read, and nothing that acts: no script, no style, no address.

Its text is taken out of it and put into markup of ours, without one attribute of the file's own.
So there is nothing in it to be cleaned that could be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from annotations.formats import charsets
from annotations.formats.html import looks_like_html
from annotations.formats.plain import Document
from annotations.formats.readers import (
    CSV,
    DOCX,
    MAIL,
    ODT,
    PDF,
    READERS,
    SRT,
    TSV,
    VTT,
    Source,
)
from annotations.text import locators
from annotations.text.canonical import BadText

MOST = 5 * 1024 * 1024
"""Bytes of a file that are shown; of a larger one, as much."""

_INSIDE = frozenset(("em", "strong", "b", "i", "sup", "sub"))
_KEPT = _INSIDE | {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "pre", "table", "thead", "tbody", "tr", "th", "td", "caption", "figcaption", "br", "hr",
}  # fmt: skip
_LINES = (_KEPT - _INSIDE) | {
    "div", "section", "article", "header", "footer", "main", "aside", "nav", "figure", "address",
    "form", "fieldset",
}  # fmt: skip
"""Elements that begin a line."""
_LEFT_OUT = frozenset(
    (
        "script", "style", "noscript", "template", "head", "title", "svg", "math", "iframe",
        "object", "embed", "canvas", "select", "textarea", "button", "audio", "video",
    )
)  # fmt: skip
_FILES = frozenset((PDF, DOCX, ODT, MAIL, SRT, VTT))
_TABLES = frozenset((CSV, TSV))
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_EMPTY = frozenset(("br", "hr"))
_NAME = re.compile(r"</?(\w+)")


@dataclass(frozen=True, slots=True)
class Line:
    """Words that are read as one line, white space as it is shown, and where in the file: "p. 3".

    `place` is empty where the file has neither pages nor times, paragraphs or lines.
    """

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """`pieces` in order: a text, or a tag of ours. `text` are the texts, one after the other.

    `places` are where a page, a time, a paragraph or a line of the file begins: at a code point of
    `text`, its name.
    """

    pieces: tuple[tuple[str, bool], ...]
    is_cut: bool = False
    places: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        return "".join(words for words, is_tag in self.pieces if not is_tag)

    def html(self, start: int = 0, end: int = 0) -> str:
        """As HTML; what stands from `start` to `end` (code points of `text`) is marked."""
        return "".join(self._html(start, end))

    def where(self, locator: str) -> tuple[int, int]:
        """The first words of the page, time, paragraph or line that is named, in code points.

        0 and 0 where nothing here goes by that name.
        """
        found = locators.nearest(locator, [name for _at, name in self.places])
        if found is None:
            return 0, 0
        wanted, at = self.places[found][0], 0
        for words, is_tag in self.pieces:
            if is_tag:
                continue
            if at == wanted:
                return at, at + len(words.rstrip())
            at += len(words)
        return 0, 0

    def lines(self) -> Iterator[Line]:
        """What it says, line by line, without empty ones; another place begins another line."""
        named, place, at, is_kept = dict(self.places), "", 0, False
        words: list[str] = []
        for piece, is_tag in self.pieces:
            name = found[1] if is_tag and (found := _NAME.match(piece)) else ""
            if name == "pre":
                is_kept = not piece.startswith("</")
            if name in _LINES or piece == "\n" or (not is_tag and at in named):
                yield from _line(place, words)
                words = []
            if is_tag:
                continue
            place = named.get(at, place)
            at += len(piece)
            *whole, rest = piece.split("\n") if is_kept else [piece]
            for each in whole:
                yield from _line(place, [*words, each])
                words = []
            words.append(rest)
        yield from _line(place, words)

    def _html(self, start: int, end: int) -> Iterator[str]:
        at, is_first = 0, True
        for words, is_tag in self.pieces:
            if is_tag:
                yield words
                continue
            here = at
            at += len(words)
            first, last = max(start, here) - here, min(end, at) - here
            if first >= last:
                yield escape(words)
                continue
            name = ' id="passage"' if is_first else ""
            is_first = False
            yield f"{escape(words[:first])}<mark{name}>{escape(words[first:last])}</mark>"
            yield escape(words[last:])


def _line(place: str, words: list[str]) -> Iterator[Line]:
    if said := " ".join("".join(words).split()):
        yield Line(place, said)


def has_charset(media_type: str) -> bool:
    """Whether what a server declared decides how a file of that kind is read; or no kind."""
    is_text = media_type.startswith("text/") or media_type in ("", SRT, *_PAGES)
    return is_text and media_type != VTT


def render(data: bytes, media_type: str, charset: str) -> Rendered | None:
    """What can be read of a file; None where no words can be taken out of it.

    `charset` is what its server declared, empty if it did not: its label as browsers know it.
    """
    if media_type == SRT and charset:
        data = charsets.shown(data, charset, is_page=False).encode()
    if media_type in _FILES or data.startswith(b"%PDF-"):
        return _file(data, media_type if media_type in _FILES else PDF)
    is_cut = len(data) > MOST
    data = data[:MOST]
    is_wide = charsets.is_wide(data, charset)
    if media_type in _PAGES or looks_like_html(data):
        return _page(data, charset, is_cut)
    if (b"\0" in data and not is_wide) or (not media_type.startswith("text/") and media_type):
        return None
    text = charsets.shown(data, charset, is_page=False)
    if is_cut:  # within a character, it may be
        text = text.removesuffix(charsets.REPLACEMENT)
    if media_type in _TABLES:
        return _table(text, is_cut)
    return Rendered((("<pre>", True), (text, False), ("</pre>", True)), is_cut)


def _table(text: str, is_cut: bool) -> Rendered:
    """The rows of a table as they stand in its file, each with the number of its line."""
    pieces, places, at = [("<pre>", True)], [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        name = f"line {number}"
        places.append((at, name))
        pieces += [(f"<small>{name}</small> ", True), (line, False)]
        at += len(line)
    return Rendered((*pieces, ("</pre>", True)), is_cut, tuple(places))


def _file(data: bytes, media_type: str) -> Rendered | None:
    """The words of a PDF, or of a file of an office, read in a process of its own."""
    try:
        document = READERS[media_type].read(Source(data))
    except BadText:
        return None
    return _paragraphs(document)


def _paragraphs(document: Document) -> Rendered:
    """A paragraph each, with the page or the time where another begins: beside the words.

    Where a file has neither, its paragraphs have numbers.
    """
    pieces: list[tuple[str, bool]] = []
    places: list[tuple[int, str]] = []
    paragraph, count, at = -1, 0, 0
    named = document.places if any(document.places) else None
    for number, sentence in enumerate(document.sentences):
        if sentence.paragraph != paragraph:
            pieces += [("<p>", True), ("\n", False)]
            paragraph, count, at = sentence.paragraph, count + 1, at + 1
        here = named[number] if named else f"¶ {count}"
        if here and here != (places[-1][1] if places else ""):
            pieces.append((f"<small>{escape(here)}</small> ", True))
            places.append((at, here))
        words = document.text[sentence.start : sentence.end] + " "
        pieces.append((words, False))
        at += len(words)
    return Rendered(tuple(pieces), places=tuple(places))


def _page(data: bytes, charset: str, is_cut: bool) -> Rendered | None:
    text = charsets.shown(data, charset, is_page=True)
    try:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True)
        tree = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError):
        return None
    if tree is None:
        return None
    return Rendered(tuple(_pieces(tree)), is_cut)


def _pieces(tree: Any) -> Iterator[tuple[str, bool]]:
    """Texts and tags in document order."""
    skipped: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if skipped is None and event == "start":
            if name in _LEFT_OUT:
                skipped = element
                continue
            yield from _opened(name)
            if element.text:
                yield element.text, False
        elif event != "start":
            if event == "end" and skipped is None and name in _KEPT - _EMPTY:
                yield f"</{name}>", True
            if skipped is element:
                skipped = None
            if skipped is None and element.tail:
                if name in _LINES:
                    yield "\n", False
                yield element.tail, False


def _opened(name: str) -> Iterator[tuple[str, bool]]:
    if name in _KEPT:
        yield f"<{name}>", True
    elif name in _LINES:
        yield "<br>", True
    if name in _LINES:
        # Words of two lines are not one word where a passage is looked for.
        yield "\n", False
