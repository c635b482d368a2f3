"""What a mail answers or hands on: its program's sign of that becomes a quotation.

Gmail and Yahoo put it into a `div` of a class of theirs, Thunderbird and Apple Mail into a
`blockquote`; Outlook writes who sent it under a line, and what was sent simply follows. In a plain
mail each of its lines begins with ">" (RFC 3676, 4.5).

Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml, which has no types of its own."""

_CLASSES = {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote"}
_HEADS = {"divRplyFwdMsg", "x_divRplyFwdMsg"}
_RULED = re.compile(r"border-top:\s?solid [^;]{1,40};\s?padding:\s?3\.0pt", re.IGNORECASE)
_SIGN = re.compile(r"(?:> ?)+")


def mark(tree: Element) -> None:
    """Make a quotation of each part of a mail that was written by whom it answers."""
    for element in list(tree.iter("div")):
        if _CLASSES & set((element.get("class") or "").split()):
            if element.find(".//blockquote") is None:
                element.tag = "blockquote"
        elif _is_head(element):
            _quote_the_rest(element)


def _is_head(element: Element) -> bool:
    """Whether it tells who sent what follows: under a line of Outlook's, several bold labels."""
    if element.get("id") in _HEADS:
        return True
    if not _RULED.search(element.get("style") or ""):
        return False
    labels = ["".join(each.itertext()).strip() for each in element.iter("b", "strong")]
    return sum(label.endswith((":", "\uff1a")) for label in labels) > 1


def _quote_the_rest(head: Element) -> None:
    """What stands after the head, or after the box that holds nothing else, is quoted."""
    words = "".join(head.itertext()).split()
    around = head.getparent()
    while (
        around is not None and around.tag == "div" and "".join(around.itertext()).split() == words
    ):
        head, around = around, around.getparent()
    rest = list(head.itersiblings())
    if around is None or not rest:
        return
    quoted = etree.SubElement(around, "blockquote")
    quoted.text, head.tail = head.tail, None
    quoted.extend(rest)


def quoted_lines(paragraph: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs in lines of a plain mail, without the signs, and whether each is quoted."""
    for is_quoted, lines in groupby(paragraph.split("\n"), key=lambda line: line.startswith(">")):
        said = "\n".join(_SIGN.sub("", line, count=1) if is_quoted else line for line in lines)
        for each in said.split("\n\n"):
            if each.strip():
                yield is_quoted, each
