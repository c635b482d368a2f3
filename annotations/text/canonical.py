"""Bytes or pasted text become canonical text, once, and every change is counted.

Canonical text is what a revision stores and what all offsets point into. It has LF line ends,
is in Unicode normalisation form C, and holds no character that a reader cannot see but a
comparison would stumble over. Words, punctuation and quotation marks are never repaired.

What is done, in this order:

1. Refused: NUL and the other C0 and C1 controls (U+0000-0008, 000E-001F, 007F-009F save NEL),
   lone surrogates, noncharacters. They mean that the bytes were not text, or were decoded
   wrongly, and PostgreSQL cannot store the first.
2. CRLF, CR, VT, FF, NEL, U+2028 and U+2029 become LF (Unicode 5.8, newline guidelines).
3. Tab, no-break space and all other space separators (Zs) become a space.
4. Removed because invisible: soft hyphen, zero-width space, word joiner, byte order mark,
   invisible operators, annotation marks, tag characters outside a flag emoji. The joiners
   U+200C and U+200D stay: Persian, Indic scripts and emoji need them. Variation selectors stay.
5. Removed because they can make text read otherwise than it is stored (CVE-2021-42574):
   embeddings, overrides and isolates, U+202A-202E and U+2066-2069, and the deprecated
   U+206A-206F. The plain direction marks U+200E, U+200F and U+061C stay: Arabic and Hebrew
   need them, and they cannot reorder letters.
6. NFC.
7. Spaces at line ends are stripped; blank lines at both ends of the text are removed; three or
   more line ends in a row become two.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any

from annotations.text.limits import MAX_BYTES

NORMALISER_VERSION = "1"


class BadText(ValueError):
    """The input cannot become text. `str()` is English and says what and where.

    `code` and `params`, values of JSON, let a page say it in another language. Positions count
    from 1.
    """

    def __init__(self, code: str, message: str, **params: Any) -> None:
        super().__init__(message.format(**params))
        self.code = code
        self.params: Mapping[str, Any] = MappingProxyType(params)


class ChangeKind(StrEnum):
    """What canonicalising changed. The comment says what `Change.count` counts."""

    LINE_ENDS = "line_ends"  # line ends replaced
    SPACES = "spaces"  # tabs and unusual spaces replaced
    INVISIBLE = "invisible"  # invisible characters removed
    DIRECTION = "direction"  # characters that disguise the reading order removed
    COMPOSED = "composed"  # words changed by NFC
    TRAILING_SPACES = "trailing_spaces"  # spaces removed at line ends
    BLANK_LINES = "blank_lines"  # line ends removed
    BAD_BYTES = "bad_bytes"  # of a page, beside its article: bytes that are no characters


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    count: int


@dataclass(frozen=True, slots=True)
class Canonical:
    """Canonical text and what was changed to get it, in the order it was done."""

    text: str
    changes: tuple[Change, ...]


# --- bytes to characters ---

# The first bytes of formats that people upload by mistake.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF document"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Microsoft Office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"OggS\x00", "Ogg recording"),
    (b"ID3\x03", "MP3 recording"),
    (b"ID3\x04", "MP3 recording"),
    (b"fLaC\x00", "FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "Matroska video"),
)
_HEAD = 64 * 1024
# C0 controls and DEL, save those that end or space out lines.
_CONTROL_BYTES = bytes(byte for byte in [*range(32), 127] if byte not in b"\t\n\v\f\r")


def check_size(size: int) -> None:
    """Raise BadText when `size` (bytes) is above MAX_BYTES."""
    if size > MAX_BYTES:
        raise BadText(
            "too_large",
            "The file is {size} MB; the limit is {limit} MB.",
            size=f"{size / 1024 / 1024:.1f}",
            limit=MAX_BYTES // 1024 // 1024,
        )


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8, or UTF-16 if a byte order mark says so.

    Raises BadText when it is empty, too large, binary, or not valid in its encoding.
    """
    check_size(len(data))
    refuse_binary(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = decode_as(data, "utf-16", "UTF-16")
    else:
        text = decode_as(data, "utf-8-sig", "UTF-8")
    if not text:
        raise _empty()
    return text


def refuse_binary(data: bytes) -> None:
    """Raise BadText when the bytes are a picture, an archive, a program or the like."""
    if kind := _binary_kind(data):
        raise BadText("binary", "This looks like a binary file ({kind}), not text.", kind=kind)


def decode_as(data: bytes, codec: str, name: str) -> str:
    """The characters of the bytes by Python's codec. Raises BadText, with that name of it."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # The codec utf-8-sig counts from after the byte order mark.
        skipped = 3 if codec == "utf-8-sig" and data.startswith(b"\xef\xbb\xbf") else 0
        at = error.start + skipped
        raise BadText(
            "invalid_encoding",
            "Byte {byte} (line {line}) is not valid {encoding}: 0x{value}."
            " Save the file as UTF-8 and try again.",
            byte=at + 1,
            line=data.count(b"\n", 0, at) + 1,
            encoding=name,
            value=f"{data[at]:02X}",
        ) from None


def _binary_kind(data: bytes) -> str:
    """What the bytes are instead of text, or an empty string."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "WebP image", b"WAVE": "WAV recording"}.get(head[8:12], "AVI video")
    if head[4:8] == b"ftyp":
        return "MP4 video or HEIC image"
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32 text"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    return _control_kind(head)


def _zip_kind(head: bytes) -> str:
    if b"word/" in head or b"[Content_Types].xml" in head:
        return "Microsoft Office document"
    if b"opendocument" in head:
        return "OpenDocument file"
    if b"epub+zip" in head:
        return "EPUB book"
    return "ZIP archive"


def _control_kind(head: bytes) -> str:
    """Many control characters mean no text; a few are reported one by one later."""
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if controls < 8 or controls * 50 < len(head):
        return ""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 5 > len(head) and min(odd, even) * 20 < len(head):
        return "UTF-16 text without a byte order mark"
    return "many control characters"


# --- characters to canonical characters ---

_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\xad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u206f]")
# Tag characters can smuggle a hidden text; only the flags of parts of countries use them.
_FLAG = "\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f"
_FLAG_OR_TAG = re.compile(f"({_FLAG})|[\U000e0000-\U000e007f]")
_BLANK_LINES = re.compile("\n{3,}+")


def canonicalise(raw: str) -> Canonical:
    """Canonical text of `raw`, and what changed. Doing it twice changes nothing more.

    Raises BadText for characters that no text can hold, and when nothing is left.
    """
    _refuse_unusable(raw)
    text, changes = raw, []

    def note(kind: ChangeKind, count: int) -> None:
        if count:
            changes.append(Change(kind, count))

    text, count = _LINE_END.subn("\n", text)
    note(ChangeKind.LINE_ENDS, count)
    text, count = _SPACE.subn(" ", text)
    note(ChangeKind.SPACES, count)
    text, count = _without_invisible(text)
    note(ChangeKind.INVISIBLE, count)
    text, count = _DIRECTION.subn("", text)
    note(ChangeKind.DIRECTION, count)
    text, count = _composed(text)
    note(ChangeKind.COMPOSED, count)
    text, count = _without_trailing_spaces(text)
    note(ChangeKind.TRAILING_SPACES, count)
    text, count = _without_blank_lines(text)
    note(ChangeKind.BLANK_LINES, count)
    if not text:
        raise _empty()
    return Canonical(text, tuple(changes))


def _empty() -> BadText:
    return BadText("empty", "The text is empty.")


def _refuse_unusable(raw: str) -> None:
    found = _REFUSED.search(raw)
    if not found:
        return
    at, char = found.start(), found.group()
    raise BadText(
        "bad_character",
        "Character {position} (line {line}) is {name} ({codepoint}), which a text cannot hold.",
        position=at + 1,
        line=raw.count("\n", 0, at) + 1,
        name=_name(char),
        codepoint=f"U+{ord(char):04X}",
    )


def _name(char: str) -> str:
    if char == "\0":
        return "NUL"
    category = unicodedata.category(char)
    return {"Cc": "a control character", "Cs": "half of a surrogate pair"}.get(
        category, "a noncharacter"
    )


def _without_invisible(text: str) -> tuple[str, int]:
    text, count = _INVISIBLE.subn("", text)
    before = len(text)
    text = _FLAG_OR_TAG.sub(lambda found: found.group(1) or "", text)
    return text, count + before - len(text)


# A run of this many characters that are neither letters nor spaces may hold combining marks
# enough to make unicodedata.normalize, which sorts by insertion, take hours on a megabyte.
_LONG_RUN = re.compile(r"[^\w\s\x00-\x7f]{31,}+")


def _composed(text: str) -> tuple[str, int]:
    """NFC of the text, and how many words it changed (it never changes a space)."""
    if text.isascii():
        return text, 0
    composed = unicodedata.normalize("NFC", _LONG_RUN.sub(_in_canonical_order, text))
    if composed == text:
        return text, 0
    pairs = zip(text.split(), composed.split(), strict=True)
    return composed, sum(before != after for before, after in pairs)


def _in_canonical_order(run: re.Match[str]) -> str:
    """The run decomposed, its combining marks sorted as Unicode's chapter 3.11 (D109) orders.

    The same text to NFC, which then finds nothing left to sort.
    """
    decomposed = "".join(unicodedata.normalize("NFD", char) for char in run.group())
    groups = groupby(decomposed, key=lambda char: unicodedata.combining(char) == 0)
    return "".join(
        "".join(chars if is_base else sorted(chars, key=unicodedata.combining))
        for is_base, chars in groups
    )


def _without_trailing_spaces(text: str) -> tuple[str, int]:
    # Not a regular expression: " +\n" looks at a long run of spaces once for each of them.
    stripped = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return stripped, len(text) - len(stripped)


def _without_blank_lines(text: str) -> tuple[str, int]:
    kept = _BLANK_LINES.sub("\n\n", text.strip("\n"))
    return kept, len(text) - len(kept)
