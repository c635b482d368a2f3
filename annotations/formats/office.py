"""Word and OpenDocument texts (.docx, .odt): their words, headings, lists, tables and notes.

Sources: ECMA-376 part 1 (WordprocessingML), OpenDocument 1.3 part 3. Only the parts that hold the
text are read: macros, embedded objects and comments are left alone, deletions that are tracked
are deletions, and nothing that a file refers to is ever fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from annotations.formats.blocks import (
    HEADING,
    LIST_ITEM,
    PARAGRAPH,
    QUOTE,
    TITLE,
    Part,
    assembled,
)
from annotations.formats.inline import raised
from annotations.formats.plain import About, Document
from annotations.text.canonical import BadText
from annotations.text.dates import is_partial_date
from annotations.text.links import Words, web_address

MOST_MEMBERS = 1000
LARGEST = 50 * 1024 * 1024
"""Bytes that the members of an archive may have when they are unpacked, all together."""

Element = Any
"""An element of lxml, which has no types of its own."""


def docx(data: bytes, language: str, default: str) -> Document:
    """The document in a Word file. Raises BadText."""
    archive = _archive(data)
    root = _xml(archive, "word/document.xml")
    styles = _docx_styles(archive)
    notes = _docx_notes(archive)
    parts = [*_docx_parts(root, styles, _docx_addresses(archive)), *_numbered(notes)]
    return assembled(parts, data, language=language, default=default, about=_docx_about(archive))


def odt(data: bytes, language: str, default: str) -> Document:
    """The document in an OpenDocument text. Raises BadText."""
    archive = _archive(data)
    if b"encryption-data" in _member(archive, "META-INF/manifest.xml", needed=False):
        raise _locked()
    root = _xml(archive, "content.xml")
    raised_styles = _odt_raised(root)
    notes: dict[str, str] = {}
    parts = list(_odt_parts(root, raised_styles, notes))
    parts += _numbered(notes)
    return assembled(parts, data, language=language, default=default, about=_odt_about(archive))


def _numbered(notes: dict[str, str]) -> Iterator[Part]:
    """The notes that the text refers to, after it, each with its number."""
    for number, words in notes.items():
        if words.strip():
            yield Part(PARAGRAPH, f"{raised(number, is_note=True)} {words.strip()}")


# --- the archive ---


def _archive(data: bytes) -> zipfile.ZipFile:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _locked()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _broken() from None
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > LARGEST:
        raise BadText(
            "too_much_packed",
            "More is packed into this file than a text needs: over {members} parts or {limit} MB.",
            members=MOST_MEMBERS,
            limit=LARGEST // 1024 // 1024,
        )
    if any(each.flag_bits & 1 for each in members):
        raise _locked()
    return archive


def _locked() -> BadText:
    return BadText(
        "locked",
        "This file is protected by a password, or is of an old format."
        " Save it without one, as .docx or .odt, and try again.",
    )


def _broken() -> BadText:
    return BadText("broken_file", "This file is broken, or not what its name says it is.")


def _member(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> bytes:
    """The bytes of a part, never more than are allowed, whatever the archive declares."""
    try:
        with archive.open(name) as member:
            data = member.read(LARGEST + 1)
    except KeyError:
        if needed:
            raise _broken() from None
        return b""
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError):
        raise _broken() from None
    except Exception as error:  # zlib.error, of a module that need not be there
        if type(error).__module__ != "zlib":
            raise
        raise _broken() from None
    if len(data) > LARGEST:
        raise _broken()
    return data


def _xml(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> Element:
    """The tree of a part; no entity is resolved and nothing is fetched."""
    data = _member(archive, name, needed=needed)
    if not data:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise _broken() from None


def _tag(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Element, name: str) -> str:
    """An attribute by its name without its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _first(element: Element, name: str) -> Element:
    return next((each for each in element.iter() if _tag(each) == name), None)


def _meta(root: Element) -> dict[str, str]:
    """The plain values of a part that describes the file, by name."""
    if root is None:
        return {}
    return {_tag(each): " ".join((each.text or "").split()) for each in root.iter()}


def _day(value: str) -> str:
    return value[:10] if is_partial_date(value[:10]) else ""


# --- Word ---


def _docx_about(archive: zipfile.ZipFile) -> About:
    said = _meta(_xml(archive, "docProps/core.xml", needed=False))
    return About(title=said.get("title", "")[:300], byline=said.get("creator", "")[:200])


def _docx_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """What kind of block each paragraph style makes, by its identifier."""
    root = _xml(archive, "word/styles.xml", needed=False)
    kinds: dict[str, str] = {}
    for style in root.iter() if root is not None else ():
        if _tag(style) != "style":
            continue
        named = _first(style, "name")
        name = _get(named, "val").lower() if named is not None else ""
        if name == "title":
            kinds[_get(style, "styleId")] = TITLE
        elif re.fullmatch(r"(?:heading \d|subtitle)", name):
            kinds[_get(style, "styleId")] = HEADING
        elif "quote" in name:
            kinds[_get(style, "styleId")] = QUOTE
    return kinds


def _docx_addresses(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where links lead, by the name that the text has for each."""
    root = _xml(archive, "word/_rels/document.xml.rels", needed=False)
    return {
        _get(each, "Id"): web_address(_get(each, "Target"))
        for each in (root if root is not None else ())
        if _get(each, "TargetMode") == "External"
    }


def _docx_notes(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        root = _xml(archive, name, needed=False)
        for note in root if root is not None else ():
            if _get(note, "type"):  # the lines that part notes from the text
                continue
            words = Words()
            for each in note.iter():
                if _tag(each) == "p":
                    words.add(" ")
                    _add_docx(words, each, {})
            found.setdefault(str(len(found) + 1), words.text.strip())
    return found


_UNREAD = {
    "del",
    "moveFrom",
    "instrText",
    "Fallback",
    "object",
    "pict",
    "rPr",
    "pPr",
    "txbxContent",
}


def _docx_parts(root: Element, styles: dict[str, str], addresses: dict[str, str]) -> Iterator[Part]:
    body = _first(root, "body")
    if body is None:
        raise _broken()
    notes = iter(range(1, 100_000))
    for paragraph in _docx_paragraphs(body):
        words = Words()
        if _tag(paragraph) == "tr":
            for at, cell in enumerate(each for each in paragraph if _tag(each) == "tc"):
                words.add("\t" if at else "")
                _add_docx(words, cell, addresses)
            yield Part(PARAGRAPH, words.text.replace("\n", " "), links=words.links)
            continue
        style = _first(paragraph, "pStyle")
        kind = styles.get(_get(style, "val") if style is not None else "", PARAGRAPH)
        if kind == PARAGRAPH and _first(paragraph, "numPr") is not None:
            kind = LIST_ITEM
        _add_docx(words, paragraph, addresses, notes)
        yield Part(kind, words.text, links=words.links)


def _docx_paragraphs(body: Element) -> Iterator[Element]:
    """The paragraphs and the rows of tables, in order."""
    for element in body.iter():
        tag = _tag(element)
        around = {_tag(above) for above in element.iterancestors()}
        if (tag == "tr" and "tr" not in around) or (tag == "p" and not around & {"tr", *_UNREAD}):
            yield element


def _add_docx(
    words: Words,
    element: Element,
    addresses: Mapping[str, str],
    notes: Iterator[int] | None = None,
) -> None:
    """Add the words and links of a paragraph or cell, with what is raised and lowered as such."""
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = _tag(each)
        if tag in _UNREAD and each is not element:
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif tag == "hyperlink":
            if event == "start":
                words.open_link()
            else:
                words.close_link(addresses.get(_get(each, "id"), ""))
        elif event == "start":
            words.add(_docx_piece(each, tag, notes))


def _docx_piece(each: Element, tag: str, notes: Iterator[int] | None) -> str:
    """The words that an element of a line stands for."""
    if tag == "t":
        return _at_its_level(each)
    if tag in ("footnoteReference", "endnoteReference") and notes is not None:
        return raised(str(next(notes)), is_note=True)
    return {"tab": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n", "p": " "}.get(tag, "")


def _at_its_level(text: Element) -> str:
    """The words of a run: nothing if it is hidden, raised figures where it is raised."""
    words = text.text or ""
    run = text.getparent()
    about = next((each for each in run if _tag(each) == "rPr"), None) if run is not None else None
    if about is None:
        return words
    if any(_tag(each) in ("vanish", "strike", "dstrike") for each in about if _is_on(each)):
        return ""
    level = next((each for each in about if _tag(each) == "vertAlign"), None)
    if level is not None and _get(level, "val") == "superscript" and words.strip():
        return raised(words, is_note=False)
    return words


def _is_on(element: Element) -> bool:
    return _get(element, "val") not in ("0", "false", "off")


# --- OpenDocument ---


def _odt_about(archive: zipfile.ZipFile) -> About:
    said = _meta(_xml(archive, "meta.xml", needed=False))
    return About(
        title=said.get("title", "")[:300],
        byline=(said.get("initial-creator") or said.get("creator", ""))[:200],
    )


def _odt_raised(root: Element) -> set[str]:
    """The names of the styles that raise words above the line."""
    return {
        _get(style, "name")
        for style in root.iter()
        if _tag(style) == "style"
        and any(_get(each, "text-position").startswith("super") for each in style)
    }


_ODT_UNREAD = {"tracked-changes", "annotation", "note-body", "forms", "sequence-decls"}


def _odt_parts(root: Element, raised_styles: set[str], notes: dict[str, str]) -> Iterator[Part]:
    body = _first(root, "text")
    if body is None:
        raise _broken()
    is_titled = False
    for element in body.iter():
        tag = _tag(element)
        around = [_tag(above) for above in element.iterancestors()]
        if set(around) & _ODT_UNREAD:
            continue
        if tag == "table-row" and "table-row" not in around:
            words = Words()
            for at, cell in enumerate(each for each in element if _tag(each) == "table-cell"):
                words.add("\t" if at else "")
                _add_odt(words, cell, set(), {})
            yield Part(PARAGRAPH, words.text, links=words.links)
        elif tag in ("h", "p") and "table-row" not in around:
            kind = HEADING if tag == "h" else PARAGRAPH
            if tag == "p" and "list-item" in around:
                kind = LIST_ITEM
            if tag == "p" and _get(element, "style-name") in ("Title", "Subtitle"):
                kind = HEADING
            if kind == HEADING and not is_titled:
                kind, is_titled = TITLE, True
            words = Words()
            _add_odt(words, element, raised_styles, notes)
            yield Part(kind, words.text, links=words.links)


def _add_odt(
    words: Words, element: Element, raised_styles: set[str], notes: dict[str, str]
) -> None:
    """Add the words and links of a paragraph or cell; `notes` takes what its notes say."""
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = _tag(each)
        if tag in _ODT_UNREAD or tag == "note":
            if tag == "note" and event == "start" and not skipped:
                words.add(_odt_note(each, notes))
            skipped += 1 if event == "start" else -1
        if event == "end":
            if tag == "a" and not skipped:
                words.close_link(web_address(_get(each, "href")))
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
        is_raised = tag == "span" and _get(each, "style-name") in raised_styles and own.strip()
        words.add(raised(own, is_note=False) if is_raised else own)


def _odt_note(note: Element, notes: dict[str, str]) -> str:
    """The raised number of a note, whose words `notes` takes."""
    number = str(len(notes) + 1)
    body = _first(note, "note-body")
    notes[number] = " ".join("".join(body.itertext()).split()) if body is not None else ""
    return raised(number, is_note=True)
