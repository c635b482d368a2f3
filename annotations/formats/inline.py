"""What each of HTML's text-level elements becomes in plain text.

Source: HTML Living Standard, 4.5 (text-level semantics), 4.7 (edits) and 4.8 (what is embedded in
a line). What an element sets apart keeps its sense, and no digit touches another that it did not
touch on the page:

| Element | Becomes |
|---|---|
| a, em, strong, small, cite, dfn, abbr, var, samp, kbd, i, b, u, mark, bdi, bdo, ins | its words |
| time, data, code, label, output in running text | its words |
| s, strike, del | nothing: what is struck out is not said any more |
| q | its words between quotation marks of the page's language |
| sup, and a link to a note | raised figures and signs; a letter that links to a note in brackets |
| sub | lowered figures and signs |
| ruby | its words, the reading in brackets after them |
| math | its words; a fraction with a stroke, powers raised |
| br | a line end |
| wbr | nothing, so that the word is whole |
| img of an emoji | the emoji that stands for it |
| span that only screen readers say | nothing: "(opens in new tab)" is no part of the text |
| button, select, svg and others that are no text | nothing, but a space between two digits |

A style that raises, lowers or strikes out, as word processors on the web copy it, does what the
element would. Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_DIGITS = "0123456789"
_SIGNS = str.maketrans("–−", "--")
_RAISED = str.maketrans(f"{_DIGITS}+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans(f"{_DIGITS}+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
LONGEST_NOTE = 12
GAP = "\ufdd0"
"""Stands where something is set apart until all is read. Unicode keeps it for such uses."""
_CLOSED = re.compile(rf"(?<=\d){GAP}+(?=\d)")
_SET = re.compile(
    r"(?:vertical-align|text-decoration(?:-line)?)\s*:[\sa-z-]{0,40}?\b(super|sub|line-through)\b",
    re.IGNORECASE,
)
_MEANT = {"super": "sup", "sub": "sub", "line-through": "s"}
# A paragraph that has this many characters beside an element is running text.
_RUNNING = 40
_UNSAID = {
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screenreader-only",
    "u-hidden-visually",
    "a11y-hidden",
}
_NO_TEXT = (
    "button", "select", "input", "textarea", "svg", "iframe", "object", "audio", "video",
    "canvas", "img", "picture", "meter", "progress",
)  # fmt: skip
_LINES = ("span", "a", "b", "i", "em", "strong", "font")
"""Elements that stand in a line and begin none."""
_STYLED = ("span", "b", "i", "em", "strong", "font")
_MARKS = {"de": "„“", "fr": "«»", "es": "«»", "it": "«»", "ru": "«»", "uk": "«»", "pl": "„”"}

Element = Any
"""An element of lxml, which has no types of its own."""


def flatten(tree: Element) -> None:
    """Put plain words in the place of every element of a line that would lose its sense."""
    language = (tree.xpath("string(/html/@lang)") or "").replace("_", "-").split("-")[0].lower()
    for element in _each(tree, *_NO_TEXT):
        # Its words may be left out later, and then say no more what stands between the two.
        if words_before(element)[-1:].isdigit() and (element.tail or "")[:1].isdigit():
            element.tail = f" {element.tail}"
        set_apart(element)
    for element in _each(tree, *_STYLED):
        if found := _SET.search(element.get("style") or ""):
            element.tag = _MEANT[found[1].lower()]
    for element in _each(tree, "span"):
        if _UNSAID & set((element.get("class") or "").split()):
            put(element, "")
    for element in _each(tree, "math"):
        put(element, _formula(element))
    for element in _each(tree, "ruby"):
        put(element, _ruby(element))
    for element in _each(tree, "s", "strike", "del"):
        if not _holds_blocks(element):
            put(element, "")
    for element in _each(tree, "sup", "sub", "a"):
        _set_level(element)
    for element in _each(tree, "q"):
        _quote(element, _MARKS.get(language, "“”"))
    for element in _each(tree, "time", "data", "code", "label", "output"):
        if _is_in_running_text(element):
            element.drop_tag()
    for element in _each(tree, "img"):
        if _is_emoji(element.get("alt") or ""):
            put(element, element.get("alt"))
    _close(tree)


def _each(tree: Element, *tags: str) -> Iterator[Element]:
    """The elements in order, without those that are in the tree no more when their turn comes."""
    for element in list(tree.iter(*tags)):
        if element.getparent() is not None:
            yield element


def words_of(element: Element) -> str:
    return _CLOSED.sub(" ", "".join(element.itertext())).replace(GAP, "")


def put(element: Element, words: str) -> None:
    """The words in the place of the element, set apart from what stands around them."""
    for child in list(element):
        element.remove(child)
    element.text = f"{GAP}{words}{GAP}"
    element.drop_tag()


def set_apart(element: Element) -> None:
    """Remember that no digit of the element touches one before or after it."""
    earlier, parent = element.getprevious(), element.getparent()
    if earlier is not None:
        earlier.tail = f"{earlier.tail or ''}{GAP}"
    elif parent is not None:
        parent.text = f"{parent.text or ''}{GAP}"
    element.tail = f"{GAP}{element.tail or ''}"


def _close(tree: Element) -> None:
    """A space where two digits would touch that were set apart, and nothing in all other places."""
    last, is_apart = "", False
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = "text" if event == "start" else "tail"
        pieces = (getattr(element, name) or "").split(GAP)
        for at, piece in enumerate(pieces):
            is_apart = is_apart or at > 0
            if piece:
                if is_apart and last.isdecimal() and piece[0].isdecimal():
                    pieces[at] = f" {piece}"
                last, is_apart = piece[-1], False
        if any(pieces):
            setattr(element, name, "".join(pieces))
        elif len(pieces) > 1:
            setattr(element, name, None)


def words_before(element: Element) -> str:
    """The words right before the element in its line, or none."""
    earlier, parent = element.getprevious(), element.getparent()
    if earlier is not None:
        return earlier.tail or (words_of(earlier) if isinstance(earlier.tag, str) else "")
    if parent is None:
        return ""
    return parent.text or (words_before(parent) if parent.tag in _LINES else "")


def _holds_blocks(element: Element) -> bool:
    return element.find(".//p") is not None or element.find(".//li") is not None


def _is_in_running_text(element: Element) -> bool:
    parent = element.getparent()
    if parent is None or parent.tag not in ("p", "li", "td", "dd", "blockquote", *_LINES):
        return False
    around = parent if parent.tag not in _LINES else parent.getparent()
    return around is not None and len(words_of(around)) - len(words_of(element)) >= _RUNNING


# --- raised and lowered ---


def _set_level(element: Element) -> None:
    """Write raised and lowered figures as such: 240 with note 1 is 240¹, ten to the 6th is 10⁶."""
    for end in element.iter("br"):
        set_apart(end)
    words = words_of(element).strip()
    if not words or len(words) > LONGEST_NOTE:
        if element.tag != "a":
            set_apart(element)
        return
    if element.tag == "sub":
        lowered = words.translate(_SIGNS).translate(_LOWERED)
        put(element, lowered if not any(char.isalpha() for char in words) else words)
        return
    is_note = leads_to_a_note(element)
    if element.tag == "a" and not (is_note and touches(element) and is_short(words)):
        if is_note:  # at the beginning of a note, where it leads back
            set_apart(element)
        return
    put(element, raised(words, is_note=is_note))


def is_short(words: str) -> bool:
    return len(words) <= 4 and not words[0].isspace()


def touches(link: Element) -> bool:
    """Whether the link stands right at the end of a word, as numbers of notes do."""
    before = words_before(link).replace(GAP, "")
    return bool(before) and not before[-1].isspace()


def raised(words: str, *, is_note: bool) -> str:
    """The words above the line: figures and signs as such, a letter that leads to a note apart."""
    if words[0] in "[(":
        return words
    has_letters = any(char.isalpha() for char in words) and words != "n"
    if has_letters and not any(char.isdigit() for char in words):
        return f"[{words}]" if is_note else words
    said = words.translate(_SIGNS).translate(_RAISED)
    # Digits of other scripts have no raised shapes.
    return f"[{words}]" if has_letters or any(map(str.isdecimal, said)) else said


def leads_to_a_note(element: Element) -> bool:
    link = element if element.tag == "a" else element.find(".//a")
    if link is None:
        parent = element.getparent()
        link = parent if parent is not None and parent.tag == "a" else None
    if link is None:
        return False
    said = f"{link.get('role') or ''} {link.get('class') or ''} {link.get('epub:type') or ''}"
    return (
        "noteref" in said or "footnote" in said.lower() or (link.get("href") or "").startswith("#")
    )


# --- quotations, readings, formulas, pictures ---


def _quote(element: Element, marks: str) -> None:
    """The marks that a browser writes around a quotation in a line."""
    for inner in list(element.iter("q")):
        pair = marks if inner is element else "‘’"
        inner.text = pair[0] + (inner.text or "")
        last = inner[-1] if len(inner) else None
        if last is None:
            inner.text += pair[1]
        else:
            last.tail = (last.tail or "") + pair[1]
    for inner in [*element.iterdescendants("q"), element]:
        inner.drop_tag()


def _ruby(element: Element) -> str:
    """「漢字」 with its reading, as browsers without ruby show it: 漢字(かんじ)."""
    base: list[str] = [element.text or ""]
    reading = ""
    for child in element:
        if child.tag == "rt":
            reading += words_of(child)
        elif child.tag not in ("rp", "rtc"):
            base.append(words_of(child))
        base.append((child.tail or "").strip())
    said = "".join(base)
    return f"{said}({reading.strip()})" if reading.strip() else said


def _formula(element: Element) -> str:
    """MathML in a line: a/b, x², x₂, √(x); anything else is parted by what parts it there."""
    tag = element.tag.split("}")[-1] if isinstance(element.tag, str) else ""
    if tag in ("annotation", "annotation-xml"):
        return ""
    parts = [_formula(child) for child in element]
    own = (element.text or "").strip()
    if tag == "mfrac" and len(parts) == 2:
        return f"{parts[0]}/{parts[1]}"
    if tag in ("msup", "msub") and len(parts) == 2:
        table = _RAISED if tag == "msup" else _LOWERED
        return parts[0] + parts[1].translate(_SIGNS).translate(table)
    if tag in ("msqrt", "mroot"):
        return f"√({' '.join(parts)})"
    found = own
    for part in parts:
        gap = " " if found[-1:].isdigit() and part[:1].isdigit() else ""
        found += gap + part
    return found


def _is_emoji(alternative: str) -> bool:
    return 0 < len(alternative) <= 8 and all(ord(char) > 0x2000 for char in alternative)
