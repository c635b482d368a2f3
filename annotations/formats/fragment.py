"""HTML that is text all through: a mail, or what was copied to the clipboard.

Unlike in a page (formats.html) nothing of it is looked for: headings, lists, quotations, tables,
links and pictures stand in it as they are, and scripts and styles are left out. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml import html as markup

from annotations.formats import captions, footnotes, quoting, within
from annotations.formats.blocks import (
    CAPTION,
    HEADING,
    LIST_ITEM,
    PARAGRAPH,
    QUOTE,
    ROW,
    SIGNATURE,
    Part,
    rows,
)
from annotations.formats.inline import flatten
from annotations.formats.pictures import CAPTIONS, picture
from annotations.formats.setting import Letters, Setting, of
from annotations.text.links import Words, web_address

Element = Any
"""An element of lxml, which has no types of its own."""

_BLOCKS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    "li": LIST_ITEM,
    "blockquote": QUOTE,
    quoting.TAG: SIGNATURE,
    **dict.fromkeys(CAPTIONS, CAPTION),
    **dict.fromkeys(("p", "div", "tr", "pre", "td", "th", "section", "article"), PARAGRAPH),
    **dict.fromkeys(("body", "figure", "table", "ul", "ol", "dt", "dd", "hr"), PARAGRAPH),
}
_UNREAD = ("script", "style", "head", "template", "title")


def parts(content: str, *, is_mail: bool = False) -> list[Part]:
    """The parts of HTML that is text all through; none where it cannot be read.

    The signatures of a mail stand apart from its text.
    """
    try:
        tree = markup.document_fromstring(content)
    except (etree.ParserError, ValueError):
        return []
    for element in list(tree.iter(*_UNREAD)):
        element.drop_tree()
    _unwrap(tree)
    quoting.mark(tree)
    if is_mail:
        quoting.mark_signatures(tree)
    within.shorten(tree)
    footnotes.settle(tree)
    captions.settle(tree)
    flatten(tree)
    for element in list(tree.iter("br")):
        element.tail = "\n" + (element.tail or "")
    whole = {each: found for each in tree.iter("table") if (found := _rows(each))}
    read = _Reading()
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element in whole:
            if event == "start":
                read.end_part()
                read.parts += whole[element]
            else:
                read.add(element.tail)
            skipped += 1 if event == "start" else -1
        elif not skipped and event == "start":
            read.begin(element)
        elif not skipped:
            read.end(element)
    read.end_part()
    return read.parts


# White space of HTML, where programs wrap what they write: it is one space to a reader.
_WRAPPED = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")


def _unwrap(tree: Element) -> None:
    """Make the line ends that stand in the HTML only, and not in what it shows, spaces."""
    kept = {each for block in tree.iter("pre", "textarea") for each in block.iter()}
    for element in tree.iter():
        if element.text and element not in kept:
            element.text = _WRAPPED.sub(" ", element.text)
        if element.tail and (element not in kept or element.tag in ("pre", "textarea")):
            element.tail = _WRAPPED.sub(" ", element.tail)


class _Reading:
    """The parts that were read so far, and the one that is being read."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._around: list[str] = []
        self._settings = [Setting()]
        self._letters = Letters()
        self._words = Words()
        self._pictures: list[tuple[str, str]] = []

    def add(self, words: str | None) -> None:
        if words:
            self._words.add(words)
            self._letters.add(words, self._settings[-1])

    def begin(self, element: Element) -> None:
        tag = _tag(element)
        if tag in _BLOCKS:
            self.end_part()
            self._around.append(_BLOCKS[tag])
        elif tag == "a":
            self._words.open_link()
        elif tag == "img" and (shown := picture(element, "")):
            self._pictures.append((shown.address, shown.alternative))
        self._settings.append(of(element, self._settings[-1]))
        self.add(element.text)

    def end(self, element: Element) -> None:
        tag = _tag(element)
        self._settings.pop()
        if tag in _BLOCKS and self._around:
            self.end_part()
            self._around.pop()
        elif tag == "a":
            self._words.close_link(web_address(element.get("href") or ""))
        self.add(element.tail)

    def end_part(self) -> None:
        """What was read since the last part is one, of the innermost kind around it."""
        words, pictures, letters = self._words, tuple(self._pictures), self._letters
        self._words, self._pictures, self._letters = Words(), [], Letters()
        if words.text.strip() or pictures:
            kind = next((each for each in reversed(self._around) if each), PARAGRAPH)
            self.parts.append(
                Part(
                    kind,
                    words.text,
                    links=words.links,
                    pictures=pictures,
                    bold=letters.bold,
                    size=letters.size,
                )
            )


def _rows(table: Element) -> list[Part]:
    """The parts of a table of data; none where it lays out text, which is read like any other."""
    if table.find(".//table") is not None:
        return []
    found = rows([_row(each) for each in table.iter("tr")])
    if not any(each.kind == ROW for each in found):
        return []
    caption = table.find("caption")
    if caption is not None:
        words = _cell(caption, Words())
        found.insert(0, Part(CAPTION, words.text, links=words.links))
    return [replace(each, text=each.text.replace("\n", " ")) for each in found]


def _row(row: Element) -> Part:
    words = Words()
    for at, cell in enumerate(each for each in row if each.tag in ("td", "th")):
        words.add("\t" if at else "")
        _cell(cell, words)
    return Part(PARAGRAPH, words.text, links=words.links)


def _cell(cell: Element, words: Words) -> Words:
    """Add the words and links of a cell."""
    for event, each in etree.iterwalk(cell, events=("start", "end")):
        tag = _tag(each)
        if event == "start":
            if tag == "a":
                words.open_link()
            elif tag in _BLOCKS and each is not cell:
                words.add(" ")
            words.add(_spaced(each.text))
        else:
            if tag == "a":
                words.close_link(web_address(each.get("href") or ""))
            if each is not cell:
                words.add(_spaced(each.tail))
    return words


def _spaced(words: str | None) -> str:
    """Without tabs, which part cells."""
    return (words or "").replace("\t", " ")


def _tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""
