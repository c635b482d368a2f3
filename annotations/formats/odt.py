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
    QUOTE,
    TITLE,
    Part,
    assembled,
    rows,
)
from annotations.formats.inline import raised
from annotations.formats.odt_styles import LETTERS, PARAGRAPHS, Lettering, Styles
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
from annotations.formats.setting import Letters
from annotations.formats.titles import with_title
from annotations.text.links import Words, web_address


def read(data: bytes, language: str, default: str) -> Document:
    """The document in an OpenDocument text. Raises BadText."""
    archive = archive_in(data)
    if b"encryption-data" in member(archive, "META-INF/manifest.xml", needed=False):
        raise locked()
    root = tree_of(archive, "content.xml")
    styles = Styles(tree_of(archive, "styles.xml", needed=False), root)
    notes: dict[str, str] = {}
    found = with_title(list(_parts(root, styles, notes)), language or default)
    parts = [*found, *numbered(notes)]
    return assembled(parts, data, language=language, default=default, about=_about(archive))


def _about(archive: zipfile.ZipFile) -> About:
    said = said_in(tree_of(archive, "meta.xml", needed=False))
    return About(
        title=said.get("title", "")[:300],
        byline=(said.get("initial-creator") or said.get("creator", ""))[:200],
    )


_UNREAD = {"tracked-changes", "annotation", "note-body", "forms", "sequence-decls"}


def _parts(root: Element, styles: Styles, notes: dict[str, str]) -> Iterator[Part]:
    body = first(root, "text")
    if body is None:
        raise broken()
    is_titled = False
    for element in body.iter():
        tag = tag_of(element)
        around = [tag_of(above) for above in element.iterancestors()]
        if set(around) & _UNREAD or "table" in around:
            continue
        if tag == "table":
            yield from rows([_row(each, styles) for each in inner(element, "table-row", "table")])
        elif tag in ("h", "p"):
            kind = HEADING if tag == "h" else _kind(styles, element, around)
            if kind == HEADING and not is_titled:
                kind, is_titled = TITLE, True
            words = Words()
            letters = _add(words, element, styles, notes)
            yield Part(
                kind,
                words.text,
                links=words.links,
                pictures=tuple(_pictures(element)),
                bold=letters.bold,
                size=letters.size,
            )


# The styles that the word processors have, and the kind of block that each makes.
_KINDS = {
    "Title": HEADING,
    "Subtitle": HEADING,
    "Quotations": QUOTE,
    # For captions: one for each kind of thing that has one.
    "Caption": CAPTION,
    "Illustration": CAPTION,
    "Figure": CAPTION,
    "Table": CAPTION,
    "Drawing": CAPTION,
}


def _kind(styles: Styles, element: Element, around: list[str]) -> str:
    """The kind of block that a paragraph is: by its style, or one from which that was made."""
    named = styles.names(styles.chosen(element))
    kind = next((_KINDS[name] for name in named if name in _KINDS), "")
    return kind or (LIST_ITEM if "list-item" in around else PARAGRAPH)


def _row(row: Element, styles: Styles) -> Part:
    words = Words()
    for at, cell in enumerate(inner(row, "table-cell", "table")):
        words.add("\t" if at else "")
        _add(words, cell, styles, {})
    return Part(PARAGRAPH, words.text.replace("\n", " "), links=words.links)


def _pictures(paragraph: Element) -> Iterator[tuple[str, str]]:
    """What stands for the pictures of a paragraph, with the address of one that is linked."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _event, frame in walk:
        if tag_of(frame) == "text-box":  # its pictures are those of its own paragraphs
            walk.skip_subtree()
        if tag_of(frame) != "frame":
            continue
        said = {tag_of(each): " ".join((each.text or "").split()) for each in frame}
        images = [web_address(attribute(each, "href")) for each in frame if tag_of(each) == "image"]
        words = said.get("desc") or said.get("title", "")
        if images and (images[0] or words):
            yield images[0], words


# What stands within a line in the file, and is none of its words: a note, what stands for a
# picture, and a box, whose paragraphs are read for themselves.
_APART = {*_UNREAD, "note", "title", "desc", "text-box"}


def _add(words: Words, element: Element, styles: Styles, notes: dict[str, str]) -> Letters:
    """Add the words and links of a paragraph or cell; `notes` takes what its notes say.

    Returns how its letters are set.
    """
    letters = Letters()
    around = [Lettering()]
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = tag_of(each)
        if tag in _APART:
            if tag == "note" and event == "start" and not skipped:
                words.add(_note(each, notes))
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif event == "start":
            if tag == "a":
                words.open_link()
            words.add(_BEFORE.get(tag, "") if each is not element else "")
            around.append(_lettering(each, styles, around[-1]))
            _add_text(words, letters, each.text, around[-1])
        else:
            around.pop()
            if tag == "a":
                words.close_link(web_address(attribute(each, "href")))
        if event == "end" and each is not element and not skipped:
            _add_text(words, letters, each.tail, around[-1])
    return letters


# What an element of a line stands for, or stands apart by.
_BEFORE = {"s": " ", "tab": " ", "line-break": "\n", "p": " ", "h": " "}


def _lettering(element: Element, styles: Styles, around: Lettering) -> Lettering:
    name = attribute(element, "style-name")
    if tag_of(element) in ("p", "h"):
        return styles.lettering(PARAGRAPHS, name, Lettering())
    if tag_of(element) == "span":
        return styles.lettering(LETTERS, name, around)
    return around


def _add_text(words: Words, letters: Letters, text: str | None, lettering: Lettering) -> None:
    if not text or lettering.is_hidden:
        return
    if lettering.is_struck:
        words.leave_out()
        return
    letters.add(text, lettering.setting)
    is_raised = lettering.is_raised and text.strip()
    words.add(raised(text, is_note=False) if is_raised else text)


def _note(note: Element, notes: dict[str, str]) -> str:
    """The raised number of a note, whose words `notes` takes."""
    number = str(len(notes) + 1)
    body = first(note, "note-body")
    notes[number] = " ".join("".join(body.itertext()).split()) if body is not None else ""
    return raised(number, is_note=True)
