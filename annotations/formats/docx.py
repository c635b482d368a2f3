"""Word texts (.docx): their words, headings, lists, tables, captions and notes.

Source: ECMA-376 part 1 (WordprocessingML). Deletions that are tracked are deletions.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from annotations.formats.blocks import (
    CAPTION,
    HEADING,
    LIST_ITEM,
    PARAGRAPH,
    QUOTE,
    TITLE,
    Part,
    assembled,
    rows,
)
from annotations.formats.inline import raised
from annotations.formats.packed import (
    Element,
    archive_in,
    attribute,
    broken,
    first,
    inner,
    numbered,
    said_in,
    tag_of,
    tree_of,
)
from annotations.formats.plain import About, Document
from annotations.formats.setting import USUAL, Letters, Setting
from annotations.formats.titles import with_title
from annotations.text.links import Words, web_address


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a Word file. Raises BadText."""
    archive = archive_in(data)
    root = tree_of(archive, "word/document.xml")
    styles = _styles(archive)
    notes = _notes(archive)
    found = with_title(list(_parts(root, styles, _addresses(archive))), language or default)
    parts = [*found, *numbered(notes)]
    return assembled(parts, data, language=language, default=default, about=_about(archive))


def _about(archive: zipfile.ZipFile) -> About:
    said = said_in(tree_of(archive, "docProps/core.xml", needed=False))
    return About(title=said.get("title", "")[:300], byline=said.get("creator", "")[:200])


_CAPTIONS = {"caption", "illustration", "figure", "table", "drawing"}
"""Word's style, and those of LibreOffice, one for each kind of thing that has one."""


_DEEPEST = 50
"""How many styles one may go back to; more of them go round in a circle."""


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """What kind of block each paragraph style makes, by its identifier."""
    root = tree_of(archive, "word/styles.xml", needed=False)
    kinds: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in root.iter() if root is not None else ():
        if tag_of(style) != "style":
            continue
        on = first(style, "basedOn")
        based[attribute(style, "styleId")] = attribute(on, "val") if on is not None else ""
        named = first(style, "name")
        name = attribute(named, "val").lower() if named is not None else ""
        if name == "title":
            kinds[attribute(style, "styleId")] = TITLE
        elif re.fullmatch(r"(?:heading \d|subtitle)", name):
            kinds[attribute(style, "styleId")] = HEADING
        elif "quote" in name:
            kinds[attribute(style, "styleId")] = QUOTE
        elif name in _CAPTIONS:
            kinds[attribute(style, "styleId")] = CAPTION
    return {each: kind for each in based if (kind := _inherited(each, kinds, based))}


def _inherited(style: str, kinds: dict[str, str], based: dict[str, str]) -> str:
    """What a style of one's own is: what the style is from which it was made."""
    for _ in range(_DEEPEST):
        if style in kinds or style not in based:
            break
        style = based[style]
    return kinds.get(style, "")


def _addresses(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where links lead, by the name that the text has for each."""
    root = tree_of(archive, "word/_rels/document.xml.rels", needed=False)
    return {
        attribute(each, "Id"): web_address(attribute(each, "Target"))
        for each in (root if root is not None else ())
        if attribute(each, "TargetMode") == "External"
    }


def _notes(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        root = tree_of(archive, name, needed=False)
        for note in root if root is not None else ():
            if attribute(note, "type"):  # the lines that part notes from the text
                continue
            words = Words()
            for each in note.iter():
                if tag_of(each) == "p":
                    words.add(" ")
                    _add(words, each, {})
            found.setdefault(str(len(found) + 1), words.text.strip())
    return found


_UNREAD = {"del", "moveFrom", "instrText", "Fallback", "object", "rPr", "pPr"}
# Boxes, whose paragraphs are read for themselves, are none of the words of the line they hang on.
_APART = {*_UNREAD, "txbxContent"}


def _parts(root: Element, styles: dict[str, str], addresses: dict[str, str]) -> Iterator[Part]:
    body = first(root, "body")
    if body is None:
        raise broken()
    notes = iter(range(1, 100_000))
    for paragraph in _paragraphs(body):
        if tag_of(paragraph) == "tbl":
            yield from rows([_row(each, addresses) for each in inner(paragraph, "tr", "tbl")])
            continue
        words = Words()
        about = {tag_of(each): each for each in _about_paragraph(paragraph)}
        style = attribute(about["pStyle"], "val") if "pStyle" in about else ""
        kind = styles.get(style, PARAGRAPH)
        if kind == PARAGRAPH and "numPr" in about:
            kind = LIST_ITEM
        _add(words, paragraph, addresses, notes)
        pictures, letters = tuple(_pictures(paragraph)), _letters(paragraph)
        yield Part(
            kind,
            words.text,
            links=words.links,
            pictures=pictures,
            bold=letters.bold,
            size=letters.size,
        )


def _paragraphs(body: Element) -> Iterator[Element]:
    """The paragraphs and the tables, in order."""
    for element in body.iter():
        tag = tag_of(element)
        around = {tag_of(above) for above in element.iterancestors()}
        is_outer = "tbl" not in around
        if is_outer and (tag == "tbl" or (tag == "p" and not around & _UNREAD)):
            yield element


def _about_paragraph(paragraph: Element) -> Element:
    """What is said of a paragraph: of itself, for a box in it has paragraphs of its own."""
    return next((each for each in paragraph if tag_of(each) == "pPr"), ())


def _own(paragraph: Element) -> Iterator[Element]:
    """The elements of its line, without those of boxes and of what is not read."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _event, each in walk:
        if tag_of(each) in _APART:
            walk.skip_subtree()
        else:
            yield each


def _letters(paragraph: Element) -> Letters:
    """How the letters of its runs are set, where the runs themselves say so."""
    letters = Letters()
    for run in _own(paragraph):
        if tag_of(run) != "r":
            continue
        said = {tag_of(each): each for about in run if tag_of(about) == "rPr" for each in about}
        half_points = attribute(said["sz"], "val") if "sz" in said else ""
        size = int(half_points) / 2 if half_points.isdecimal() else USUAL
        setting = Setting("b" in said and _is_on(said["b"]), size)
        for each in run:
            if tag_of(each) == "t":
                letters.add(each.text or "", setting)
    return letters


def _row(row: Element, addresses: Mapping[str, str]) -> Part:
    words = Words()
    for at, cell in enumerate(inner(row, "tc", "tbl")):
        words.add("\t" if at else "")
        _add(words, cell, addresses)
    return Part(PARAGRAPH, words.text.replace("\n", " "), links=words.links)


def _pictures(paragraph: Element) -> Iterator[tuple[str, str]]:
    """What stands for the pictures of a paragraph, where somebody said it; they have no address."""
    for each in _own(paragraph):
        if tag_of(each) == "docPr" and (words := attribute(each, "descr").strip()):
            yield "", words


def _add(
    words: Words,
    element: Element,
    addresses: Mapping[str, str],
    notes: Iterator[int] | None = None,
) -> None:
    """Add the words and links of a paragraph or cell, with what is raised and lowered as such."""
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = tag_of(each)
        if tag in _APART and each is not element:
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif tag == "hyperlink":
            if event == "start":
                words.open_link()
            else:
                words.close_link(addresses.get(attribute(each, "id"), ""))
        elif event == "start" and tag == "t" and _is_struck(each):
            words.leave_out()
        elif event == "start":
            words.add(_piece(each, tag, notes))


def _piece(each: Element, tag: str, notes: Iterator[int] | None) -> str:
    """The words that an element of a line stands for."""
    if tag == "t":
        return _at_its_level(each)
    if tag in ("footnoteReference", "endnoteReference") and notes is not None:
        return raised(str(next(notes)), is_note=True)
    return {"tab": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n", "p": " "}.get(tag, "")


def _said_of(text: Element) -> dict[str, Element]:
    """What is said of the run that the words are in: the first thing in it.

    Source: ECMA-376 part 1, 17.3.2.25.
    """
    run = text.getparent()
    about = run[0] if run is not None and len(run) else text
    is_said = tag_of(about) == "rPr"
    return {tag_of(each): each for each in about if _is_on(each)} if is_said else {}


def _is_struck(text: Element) -> bool:
    said = _said_of(text)
    return "strike" in said or "dstrike" in said


def _at_its_level(text: Element) -> str:
    """The words of a run: nothing if it is hidden, raised figures where it is raised."""
    words, said = text.text or "", _said_of(text)
    if "vanish" in said:
        return ""
    level = attribute(said["vertAlign"], "val") if "vertAlign" in said else ""
    return raised(words, is_note=False) if level == "superscript" and words.strip() else words


def _is_on(element: Element) -> bool:
    return attribute(element, "val") not in ("0", "false", "off")
