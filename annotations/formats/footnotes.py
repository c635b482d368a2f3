"""The notes of a page: each a paragraph of its own that begins with the number it is referred by.

A page numbers its notes by a list or by a style, or with a link that leads back; none of these are
words that can be read, and a link of one digit before a figure makes another figure of it.

Sources: DPUB-ARIA 1.1 (doc-noteref, doc-footnote, doc-backlink); EPUB Structural Semantics 1.1
(noteref, footnote). Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree

from annotations.formats.inline import (
    GAP,
    LONGEST_NOTE,
    is_short,
    leads_to_a_note,
    put,
    raised,
    set_apart,
    touches,
    words_before,
    words_of,
)

Element = Any
"""An element of lxml, which has no types of its own."""

_BLOCKS = ("li", "p", "div", "aside", "section", "dd", "blockquote", "footer", "figure", "table")
# What is left out of an article by its name, though notes stand in it.
_AROUND = ("aside", "footer", "section", "nav")
_A_NOTE = re.compile(
    r"\b(?:doc-)?(?:footnotes?|endnotes?|sidenote|marginnote|fn-text)\b", re.IGNORECASE
)
_BACK = re.compile(
    r"\bdoc-backlink\b|back-?(?:link|ref)|footnote-back|\breversefootnote\b", re.IGNORECASE
)
_LONGEST = 3000
"""Characters of a note; what is longer is a chapter that a link leads to."""
_MOST = 2000
"""Links of a page that are looked at, and notes in its lines."""


def settle(tree: Element) -> None:
    """Give each note of the page its number, and a paragraph; its links back say nothing."""
    inside = (each for each in list(tree.iter("span", "small", "ins")) if _is_called_a_note(each))
    for note in list(islice(inside, _MOST)):
        if note.getparent() is not None and _is_in_a_paragraph(note):
            _take_out(note)
    targets, places = _targets(tree)
    if not targets:
        return
    referred: dict[Element, Element] = {}
    is_short_one: dict[Element, bool] = {}
    sources: set[str] = set()
    for link in list(tree.iter("a"))[:_MOST]:
        target = targets.get(_leads_to(link))
        if target is None or places[target] < places[link]:
            continue  # a link back leads to what stands before it
        note = _note_of(link, target)
        if note is not None and note not in is_short_one:
            is_short_one[note] = len(words_of(note)) <= _LONGEST
        if note is not None and is_short_one[note]:
            referred.setdefault(note, link)
            sources |= set(_names(link))
    for note, link in referred.items():
        _number(note, words_of(link).strip(), sources)
        _bring(note, link)


def _targets(tree: Element) -> tuple[dict[str, Element], dict[Element, int]]:
    """What a link within the page may lead to, by its name; and the order of it and of links."""
    found: dict[str, Element] = {}
    places: dict[Element, int] = {}
    for number, element in enumerate(tree.iter(etree.Element)):
        names = [element.get("id"), element.get("name") if element.tag == "a" else None]
        for name in filter(None, names):
            found.setdefault(name, element)
        if element.tag == "a" or any(names):
            places[element] = number
    return found, places


def _names(link: Element) -> Iterator[str]:
    """The names that a link back may lead to: those of the link and of what is around it."""
    for each in (link, *link.iterancestors()):
        if each.tag in _BLOCKS:
            return
        yield from filter(None, (each.get("id"), each.get("name")))


def _leads_to(link: Element) -> str:
    """The name of the place in the page that a link leads to, or empty."""
    href = str(link.get("href") or "").strip()
    return unquote(href[1:]) if href.startswith("#") else ""


def _note_of(link: Element, target: Element) -> Element | None:
    """The block of the note that a link to the target refers to, if it does."""
    words = words_of(link).strip()
    if not words or not is_short(words):
        return None
    is_raised = any(each.tag == "sup" for each in (*link.iterancestors(), *link.iter()))
    if not leads_to_a_note(link) or not (is_raised or touches(link)):
        return None
    block = next((each for each in (target, *target.iterancestors()) if each.tag in _BLOCKS), None)
    if block is None or block.tag in ("table", "figure") or block in set(link.iterancestors()):
        return None
    return block


def _number(note: Element, number: str, sources: set[str]) -> None:
    """Begin the note with its number, and end it with its words."""
    label = raised(number, is_note=True)
    for each in list(note.iter("a", "span", "sup", "small")):
        if note in set(each.iterancestors()) and _leads_back(each, sources):
            _drop(_all_of(each, note))
    first = _begins_with(note, number)
    if first is not None:
        _drop(first)
    block = _first_paragraph(note)
    said = words_of(block).lstrip()
    if not re.match(rf"[\[(]?{re.escape(number)}(?!\w)", said):
        _begin(block, f"{label} ")
    _open(note)


def _leads_back(element: Element, sources: set[str]) -> bool:
    """Whether it is a link to what refers to the note, or called one."""
    if _BACK.search(f"{element.get('role') or ''} {element.get('class') or ''}"):
        return True
    name = _leads_to(element)
    return name in sources or (bool(name) and not any(map(str.isalnum, words_of(element))))


def _all_of(link: Element, note: Element) -> Element:
    """The link, or what stands around it and says that it leads back: "^ a b"."""
    for each in link.iterancestors():
        if each is note:
            break
        if _BACK.search(each.get("class") or "") or words_of(each) == words_of(link):
            link = each
        else:
            break
    return link


def _begins_with(note: Element, number: str) -> Element | None:
    """The element that the note begins with, if all it holds is the number."""
    bare = number.strip("[]()")
    for each in note.iterdescendants("a", "sup", "span", "b", "strong", "div", "p"):
        words = words_of(each).strip()
        if words.strip("[]().:") == bare:
            return each if not _said_before(each, note) else None
        if words:
            break
    return None


def _said_before(element: Element, note: Element) -> bool:
    while element is not note:
        if words_before(element).strip():
            return True
        element = element.getparent()
    return False


def _drop(element: Element) -> None:
    """Leave the element out with its words; what follows it begins with no space for it."""
    if not words_before(element).strip() and element.tail:
        element.tail = element.tail.lstrip(" \t\r\n\xa0.:")
    put(element, "")


def _first_paragraph(note: Element) -> Element:
    """The first paragraph of a note that has words, or the note."""
    own = (note.text or "").replace(GAP, "").strip()
    inside = [] if own else [each for each in note.iter("p") if words_of(each).strip()]
    return inside[0] if inside else note


def _begin(block: Element, words: str) -> None:
    block.text = f"{words}{(block.text or '').replace(GAP, '').lstrip()}"


def _open(note: Element) -> None:
    """Make a paragraph of a note that is none, and part of the text what is around it."""
    has_blocks = any(note.find(f".//{tag}") is not None for tag in ("p", "li", "div"))
    if note.tag in ("div", "aside", "section", "footer"):
        note.tag = "div" if has_blocks else "p"
        for each in list(note.iter("div")) if has_blocks else ():
            if each is not note and not (each.text or "").strip():
                each.drop_tag()
    for each in (note, *note.iterancestors(*_AROUND)):
        if each.tag in _AROUND:
            each.tag = "div"
        for name in ("class", "role"):
            if name in each.attrib and _A_NOTE.search(each.get(name)):
                del each.attrib[name]


def _bring(note: Element, link: Element) -> None:
    """Move a note that stands beside the article to the end of it."""
    article = next(link.iterancestors("article", "main"), None)
    if article is None or article in set(note.iterancestors()):
        return
    note.drop_tree()
    note.tail = None
    if note.tag in ("li", "dd"):
        note.tag = "div" if note.find(".//p") is not None else "p"
    article.append(note)


# --- in a line ---


def _is_called_a_note(element: Element) -> bool:
    said = (element.get(name) or "" for name in ("class", "role", "epub:type"))
    return bool(_A_NOTE.search(" ".join(said)))


def _is_in_a_paragraph(element: Element) -> bool:
    """Whether a note is printed within the paragraph that refers to it."""
    if len(words_of(element).strip()) <= LONGEST_NOTE:
        return False
    return next(element.iterancestors("p"), None) is not None


def _take_out(note: Element) -> None:
    """Make the note a paragraph of its own after the one that it stands in."""
    around = next(note.iterancestors("p"))
    sign = note.getprevious()
    number = ""
    if sign is not None and not (sign.tail or "").strip() and sign.tag in ("sup", "a", "label"):
        number = words_of(sign).strip()
    set_apart(note)
    note.drop_tree()
    note.tag = "p"
    note.attrib.clear()
    note.set("data-note", "1")
    last = around
    while (after := last.getnext()) is not None and after.get("data-note"):
        last = after
    tail, last.tail = last.tail, None
    last.addnext(note)
    note.tail = tail
    if number and is_short(number):
        first = _begins_with(note, number)
        if first is not None:
            _drop(first)
        elif note.text:
            note.text = re.sub(rf"^\s*{re.escape(number)}[.:)]?(?!\w)\s*", "", note.text)
        _begin(note, f"{raised(number, is_note=True)} ")
