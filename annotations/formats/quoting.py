"""What a mail answers or hands on: its program's sign of that becomes a quotation.

Gmail and Yahoo put it into a `div` of a class of theirs, Thunderbird and Apple Mail into a
`blockquote`; Outlook writes who sent it under a line, and what was sent simply follows.

Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml, which has no types of its own."""

_CLASSES = {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote"}
_HEADS = {"divRplyFwdMsg", "x_divRplyFwdMsg"}
_SIGNED = {
    *("gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block"),
    *("Signature", "x_Signature", "ms-outlook-mobile-signature", "AppleMailSignature"),
}
"""How programs call a signature: by a class or an id."""
TAG = "x-signature"
"""What they are called in the tree."""
_RULED = re.compile(r"border-top:\s?solid [^;]{1,40};\s?padding:\s?3\.0pt", re.IGNORECASE)


def mark(tree: Element) -> None:
    """Make a quotation of each part of a mail that was written by whom it answers."""
    for element in list(tree.iter("div")):
        if _CLASSES & set((element.get("class") or "").split()):
            if element.find(".//blockquote") is None:
                element.tag = "blockquote"
        elif _is_head(element):
            _quote_the_rest(element)


def mark_signatures(tree: Element) -> None:
    """Give what programs call a signature a name of its own."""
    for element in list(tree.iter("div", "p", "span", "pre")):
        names = {*(element.get("class") or "").split(), element.get("id") or ""}
        if _SIGNED & names:
            element.tag = TAG


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
