"""OpenDocument texts (.odt): their words, headings, lists, tables, captions and notes.

Source: OpenDocument 1.3 part 3. Deletions that are tracked are deletions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from lxml import etree

from annotations.formats.blocks import (
    CAPTION,
    HEADING,
    LIST_ITEM,
    PARAGRAPH,
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
    locked,
    member,
    numbered,
    said_in,
    tag_of,
    tree_of,
)
from annotations.formats.plain import About, Document
from annotations.text.links import Words, web_address


def read(data: bytes, language: str, default: str) -> Document:
    """The document in an OpenDocument text. Raises BadText."""
    archive = archive_in(data)
    if b"encryption-data" in member(archive, "META-INF/manifest.xml", needed=False):
        raise locked()
    root = tree_of(archive, "content.xml")
    raised_styles = _raised(root)
    notes: dict[str, str] = {}
    parts = list(_parts(root, raised_styles, notes))
    parts += numbered(notes)
    return assembled(parts, data, language=language, default=default, about=_about(archive))


def _about(archive: zipfile.ZipFile) -> About:
    said = said_in(tree_of(archive, "meta.xml", needed=False))
    return About(
        title=said.get("title", "")[:300],
        byline=(said.get("initial-creator") or said.get("creator", ""))[:200],
    )


def _raised(root: Element) -> set[str]:
    """The names of the styles that raise words above the line."""
    return {
        attribute(style, "name")
        for style in root.iter()
        if tag_of(style) == "style"
        and any(attribute(each, "text-position").startswith("super") for each in style)
    }


_UNREAD = {"tracked-changes", "annotation", "note-body", "forms", "sequence-decls"}


def _parts(root: Element, raised_styles: set[str], notes: dict[str, str]) -> Iterator[Part]:
    body = first(root, "text")
    if body is None:
        raise broken()
    parents = _parents(root)
    is_titled = False
    for element in body.iter():
        tag = tag_of(element)
        around = [tag_of(above) for above in element.iterancestors()]
        if set(around) & _UNREAD:
            continue
        if tag == "table" and "table" not in around:
            yield from rows([_row(each) for each in inner(element, "table-row", "table")])
        elif tag in ("h", "p") and "table" not in around:
            kind = HEADING if tag == "h" else PARAGRAPH
            if tag == "p" and "list-item" in around:
                kind = LIST_ITEM
            if tag == "p" and _style(element, parents) in _CAPTIONS:
                kind = CAPTION
            if tag == "p" and attribute(element, "style-name") in ("Title", "Subtitle"):
                kind = HEADING
            if kind == HEADING and not is_titled:
                kind, is_titled = TITLE, True
            words = Words()
            _add(words, element, raised_styles, notes)
            pictures = tuple(_pictures(element))
            yield Part(kind, words.text, links=words.links, pictures=pictures)


# The styles that the word processors have for captions, each for a kind of its own.
_CAPTIONS = {"Caption", "Illustration", "Figure", "Table", "Drawing"}


def _parents(root: Element) -> dict[str, str]:
    """The style that each style of the file's own goes back to."""
    return {
        attribute(each, "name"): attribute(each, "parent-style-name")
        for each in root.iter()
        if tag_of(each) == "style"
    }


def _style(paragraph: Element, parents: dict[str, str]) -> str:
    own = attribute(paragraph, "style-name")
    return parents.get(own) or own


def _row(row: Element) -> Part:
    words = Words()
    for at, cell in enumerate(inner(row, "table-cell", "table")):
        words.add("\t" if at else "")
        _add(words, cell, set(), {})
    return Part(PARAGRAPH, words.text.replace("\n", " "), links=words.links)


def _pictures(paragraph: Element) -> Iterator[tuple[str, str]]:
    """What stands for the pictures of a paragraph, with the address of one that is linked."""
    for frame in paragraph.iter():
        if tag_of(frame) != "frame":
            continue
        said = {tag_of(each): " ".join((each.text or "").split()) for each in frame}
        images = [web_address(attribute(each, "href")) for each in frame if tag_of(each) == "image"]
        words = said.get("desc") or said.get("title", "")
        if images and (images[0] or words):
            yield images[0], words


def _add(words: Words, element: Element, raised_styles: set[str], notes: dict[str, str]) -> None:
    """Add the words and links of a paragraph or cell; `notes` takes what its notes say."""
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = tag_of(each)
        if tag in _UNREAD or tag == "note":
            if tag == "note" and event == "start" and not skipped:
                words.add(_note(each, notes))
            skipped += 1 if event == "start" else -1
        if event == "end":
            if tag == "a" and not skipped:
                words.close_link(web_address(attribute(each, "href")))
            if each is not element and not skipped:
                words.add(each.tail or "")
            continue
        if skipped:
            continue
        if tag == "a":
            words.open_link()
        elif tag in ("s", "tab", "line-break"):
            words.add({"s": " ", "tab": " "}.get(tag, "\n"))
        elif tag in ("p", "h") and each is not element:
            words.add(" ")
        own = each.text or ""
        is_raised = tag == "span" and attribute(each, "style-name") in raised_styles and own.strip()
        words.add(raised(own, is_note=False) if is_raised else own)


def _note(note: Element, notes: dict[str, str]) -> str:
    """The raised number of a note, whose words `notes` takes."""
    number = str(len(notes) + 1)
    body = first(note, "note-body")
    notes[number] = " ".join("".join(body.itertext()).split()) if body is not None else ""
    return raised(number, is_note=True)
