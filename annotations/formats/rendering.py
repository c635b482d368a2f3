"""A saved file as words to be read, and nothing that acts: no script, no style, no address.

Its text is taken out of it and put into markup of ours, without one attribute of the file's own.
So there is nothing in it to be cleaned that could be forgotten.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from annotations.formats.html import looks_like_html
from annotations.formats.plain import Document
from annotations.formats.readers import DOCX, MAIL, ODT, PDF, READERS, Source
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
_FILES = frozenset((PDF, DOCX, ODT, MAIL))
_EMPTY = frozenset(("br", "hr"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """`pieces` in order: a text, or a tag of ours. `text` are the texts, one after the other."""

    pieces: tuple[tuple[str, bool], ...]
    is_cut: bool = False

    @property
    def text(self) -> str:
        return "".join(words for words, is_tag in self.pieces if not is_tag)

    def html(self, start: int = 0, end: int = 0) -> str:
        """As HTML; what stands from `start` to `end` (code points of `text`) is marked."""
        return "".join(self._html(start, end))

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


def render(data: bytes, media_type: str = "", charset: str = "") -> Rendered | None:
    """What can be read of a file; None where no words can be taken out of it."""
    if media_type in _FILES or data.startswith(b"%PDF-"):
        return _file(data, media_type if media_type in _FILES else PDF)
    is_cut = len(data) > MOST
    data = data[:MOST]
    if media_type in ("text/html", "application/xhtml+xml") or looks_like_html(data):
        return _page(data, charset, is_cut)
    if b"\0" in data or (not media_type.startswith("text/") and media_type):
        return None
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = data.decode("utf-8", "ignore" if is_cut else "replace")
    return Rendered((("<pre>", True), (text, False), ("</pre>", True)), is_cut)


def _file(data: bytes, media_type: str) -> Rendered | None:
    """The words of a PDF, or of a file of an office, read in a process of its own."""
    try:
        document = READERS[media_type].read(Source(data))
    except BadText:
        return None
    return Rendered(tuple(_paragraphs(document)))


def _paragraphs(document: Document) -> Iterator[tuple[str, bool]]:
    """A paragraph each, with the page or the time where another begins: beside the words."""
    places = document.places or ("",) * len(document.sentences)
    paragraph, place = -1, ""
    for sentence, here in zip(document.sentences, places, strict=True):
        if sentence.paragraph != paragraph:
            yield "<p>", True
            yield "\n", False
            paragraph = sentence.paragraph
        if here and here != place:
            yield f"<small>{escape(here)}</small> ", True
            place = here
        yield document.text[sentence.start : sentence.end] + " ", False


def _page(data: bytes, charset: str, is_cut: bool) -> Rendered | None:
    try:
        encoding = codecs.lookup(charset).name if charset else None
    except LookupError:
        encoding = None
    try:
        tree = etree.fromstring(data, etree.HTMLParser(encoding=encoding, no_network=True))
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
                yield element.tail, False


def _opened(name: str) -> Iterator[tuple[str, bool]]:
    if name in _KEPT:
        yield f"<{name}>", True
    elif name in _LINES:
        yield "<br>", True
    if name in _LINES:
        # Words of two lines are not one word where a passage is looked for.
        yield "\n", False
