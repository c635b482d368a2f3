"""What can be read as an article: one reader for each media type, found by type, name or content.

A new format is a module with a function like those here, and a line in `READERS`.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType

from annotations.formats import apart, charsets, html, lossless, packed, plain, transcript
from annotations.formats.data import unknown_format
from annotations.formats.plain import Document
from annotations.text.canonical import BadText, check_size, refuse_binary

PLAIN, HTML = "text/plain", "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PDF, MAIL, MARKDOWN = "application/pdf", "message/rfc822", "text/markdown"
SRT, VTT = "application/x-subrip", "text/vtt"
TSV, CSV = "text/tab-separated-values", "text/csv"
CLIPBOARD = "application/x-factcheck-clipboard"
"""HTML that was copied: it has no files, so nothing is found to be it by itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read, or pasted characters, and what is known of them; empty where nothing is.

    `charset` is what a server declared. Without `language` the document's own is taken, and
    `default_language` where it names none.
    """

    data: bytes | str
    language: str = ""
    default_language: str = "en"
    charset: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of one kind are read; `endings` are of their names."""

    endings: tuple[str, ...]
    read: Callable[[Source], Document]


def _plain(source: Source) -> Document:
    language = source.language or source.default_language
    if len(source.data) > apart.LARGE:
        return apart.read(source.data, language)
    return plain.read(source.data, language)


def _html(source: Source) -> Document:
    assert isinstance(source.data, bytes), "what is pasted is plain text"
    if len(source.data) > apart.LARGE:
        return apart.read(
            source.data,
            source.language,
            kind=apart.PAGE,
            default=source.default_language,
            charset=source.charset,
            address=source.address,
        )
    return html.read(
        source.data,
        source.language,
        charset=source.charset,
        address=source.address,
        default_language=source.default_language,
    )


def _of_text(read_utf8: Callable[[Source], Document]) -> Callable[[Source], Document]:
    """A reader of texts in UTF-8 that takes those of other encodings which a server declared."""

    def read_text(source: Source) -> Document:
        if isinstance(source.data, str) or not source.charset:
            return read_utf8(source)
        data = charsets.in_utf8(source.data, source.charset)
        document = read_utf8(replace(source, data=data))
        if data is source.data:
            return document
        return replace(
            document,
            original=source.data,
            original_sha256=hashlib.sha256(source.data).hexdigest(),
            charset=source.charset,
        )

    return read_text


def _apart(kind: str) -> Callable[[Source], Document]:
    """A reader of files of that kind, each in a process of its own."""

    def read_file(source: Source) -> Document:
        assert isinstance(source.data, bytes), "what is pasted is plain text"
        check_size(len(source.data))
        return apart.read(source.data, source.language, kind=kind, default=source.default_language)

    return read_file


def _table(kind: str) -> Callable[[Source], Document]:
    """A reader of transcripts in tables of that kind."""

    def read_table(source: Source) -> Document:
        assert isinstance(source.data, bytes), "what is pasted is plain text"
        if len(source.data) > apart.LARGE:
            language, default = source.language, source.default_language
            return apart.read(source.data, language, kind=kind, default=default)
        return transcript.read(source.data, source.language, source.default_language, kind)

    return read_table


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        PLAIN: Reader((".txt", ".text"), _of_text(_plain)),
        MARKDOWN: Reader((".md", ".markdown"), _of_text(_apart("markdown"))),
        HTML: Reader((".html", ".htm", ".xhtml"), _html),
        DOCX: Reader((".docx", ".docm"), _apart("docx")),
        ODT: Reader((".odt",), _apart("odt")),
        PDF: Reader((".pdf",), _apart("pdf")),
        SRT: Reader((".srt",), _of_text(_apart("subtitles"))),
        VTT: Reader((".vtt",), _of_text(_apart("subtitles"))),
        MAIL: Reader((".eml",), _apart("mail")),
        TSV: Reader((".tsv", ".tab"), _of_text(_table("TSV"))),
        CSV: Reader((".csv",), _of_text(_table("CSV"))),
        CLIPBOARD: Reader((), _apart("clipboard")),
    }
)
_BY_ENDING = {ending: kind for kind, reader in READERS.items() for ending in reader.endings}
# Other names of a type that we read.
_ALSO = {
    "application/xhtml+xml": HTML,
    "application/vnd.ms-word.document.macroenabled.12": DOCX,
    "text/x-markdown": MARKDOWN,
    "text/srt": SRT,
    "application/x-pdf": PDF,
}
# The library's own table, not the machine's, so that one file is read alike everywhere.
_TYPES = mimetypes.MimeTypes()
_NAMES = {
    ".json": "JSON",
    ".jsonld": "JSON",
    ".geojson": "JSON",
    ".jsonl": "JSON Lines",
    ".ndjson": "JSON Lines",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".doc": "an old Word document",
    ".xlsx": "an Excel table",
    ".ods": "a table",
    ".odp": "a presentation",
    ".pptx": "a presentation",
    ".msg": "a mail of Outlook’s own format",
    ".epub": "a book (EPUB)",
}
"""What people call the files that are sent by mistake, by ending."""


def media_type_of(data: bytes, name: str = "") -> str:
    """The media type to read a file as: by its name, or by how it begins where that says nothing.

    A page under the name of a text is a page. Raises BadText for what has no reader.
    """
    lossless.refuse(data)
    if html.looks_like_html(data):
        return HTML
    ending = PurePath(name).suffix.lower()
    if ending == ".rtf" or data.startswith(b"{\\rtf"):
        raise BadText(
            "rtf",
            "This is RTF, which is not read here. Open it in a word processor and save it as .docx"
            " or .odt, or copy its text from there and paste it.",
        )
    if packed.is_encrypted(data) and (ending == ".doc" or ending not in _NAMES):
        raise packed.locked()
    if (begun := _by_beginning(data)) and ending not in _NAMES:
        return begun
    if found := _BY_ENDING.get(ending):
        return found
    if kind := _NAMES.get(ending):
        raise unknown_format(kind)
    refuse_binary(data)
    if kind := _NAMES.get(ending) or _foreign(ending):
        raise unknown_format(kind)
    return PLAIN


def is_read(name: str) -> bool:
    """Whether a file of that name is of a kind that is read."""
    return PurePath(name).suffix.lower() in _BY_ENDING


def _by_beginning(data: bytes) -> str:
    """What a file is whatever its name says, if its first bytes tell."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"WEBVTT"):
        return VTT
    if data.startswith(b"PK\x03\x04"):
        if b"vnd.oasis.opendocument.text" in data[:200]:
            return ODT
        return DOCX if b"word/" in data else ""
    return ""


def _foreign(ending: str) -> str:
    """The media type that an ending stands for, if it is none that we read."""
    kind = _TYPES.types_map[True].get(ending, "")
    return "" if kind in READERS else kind


def read(source: Source, media_type: str) -> Document:
    """The document in the bytes. Raises BadText, also for a type that has no reader."""
    kind = media_type.lower()
    reader = READERS.get(_ALSO.get(kind, kind))
    if reader is None:
        raise unknown_format(media_type)
    return reader.read(source)
