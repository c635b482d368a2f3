"""What Word and OpenDocument files have in common: an archive of XML parts.

Only the parts that hold the text are read: macros, embedded objects and comments are left alone,
and nothing that a file refers to is ever fetched.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from annotations.formats.blocks import PARAGRAPH, Part
from annotations.formats.inline import raised
from annotations.text.canonical import BadText

MOST_MEMBERS = 1000
LARGEST = 50 * 1024 * 1024
"""Bytes that the members of an archive may have when they are unpacked, all together."""

Element = Any
"""An element of lxml, which has no types of its own."""


def numbered(notes: dict[str, str]) -> Iterator[Part]:
    """The notes that the text refers to, after it, each with its number."""
    for number, words in notes.items():
        if words.strip():
            yield Part(PARAGRAPH, f"{raised(number, is_note=True)} {words.strip()}")


def archive_in(data: bytes) -> zipfile.ZipFile:
    if is_encrypted(data):
        raise locked()
    if data.startswith(_COMPOUND):
        raise BadText(
            "old_word",
            "This file is an old Word document, whatever its name says."
            " Open it in a word processor and save it as .docx or .odt.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise broken() from None
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > LARGEST:
        raise BadText(
            "too_much_packed",
            "More is packed into this file than a text needs: over {members} parts or {limit} MB.",
            members=MOST_MEMBERS,
            limit=LARGEST // 1024 // 1024,
        )
    if any(each.flag_bits & 1 for each in members):
        raise locked()
    return archive


_COMPOUND = b"\xd0\xcf\x11\xe0"
"""How a compound file begins: an old document of Office, or a new one under a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_encrypted(data: bytes) -> bool:
    """Whether it is a file of Office under a password.

    Source: MS-OFFCRYPTO 2.3.4.4, the stream that holds the encrypted file.
    """
    return data.startswith(_COMPOUND) and _ENCRYPTED in data


def locked() -> BadText:
    return BadText(
        "locked",
        "This file is protected by a password, so its words cannot be read."
        " Open it in a word processor, save it without the password, and try again.",
    )


def broken() -> BadText:
    return BadText("broken_file", "This file is broken, or not what its name says it is.")


def member(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> bytes:
    """The bytes of a part, never more than are allowed, whatever the archive declares."""
    try:
        with archive.open(name) as member:
            data = member.read(LARGEST + 1)
    except KeyError:
        if needed:
            raise broken() from None
        return b""
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError):
        raise broken() from None
    except Exception as error:  # zlib.error, of a module that need not be there
        if type(error).__module__ != "zlib":
            raise
        raise broken() from None
    if len(data) > LARGEST:
        raise broken()
    return data


def tree_of(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> Element:
    """The tree of a part; no entity is resolved and nothing is fetched."""
    data = member(archive, name, needed=needed)
    if not data:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise broken() from None


def tag_of(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def first(element: Element, name: str) -> Element:
    return next((each for each in element.iter() if tag_of(each) == name), None)


def said_in(root: Element) -> dict[str, str]:
    """The plain values of a part that describes the file, by name."""
    if root is None:
        return {}
    return {tag_of(each): " ".join((each.text or "").split()) for each in root.iter()}


def inner(element: Element, wanted: str, end: str) -> Iterator[Element]:
    """The elements of that name within it, but not those within another `end`."""
    for child in element:
        if tag_of(child) == wanted:
            yield child
        elif tag_of(child) != end:
            yield from inner(child, wanted, end)
