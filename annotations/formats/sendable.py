"""Files that a stranger may send along: documents and pictures, told by their bytes.

Whatever they are called, they are called by what they are afterwards. A document with macros is
none of them. Nobody opens them here: they are saved, and opened elsewhere.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from annotations.formats.openable import HEAD, Shown, openable

MOST_ENTRIES = 2_000
"""Of a packed document."""
_ENTRY = b"PK\x01\x02"
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


def ending_of(data: bytes) -> str:
    """The ending of the kind of file that it is; empty for what is not taken."""
    found = openable(data[:HEAD])
    if found is not None:
        is_taken = found.shown in (Shown.PDF, Shown.PICTURE)
        return _ENDINGS.get(found.media_type, "") if is_taken else ""
    return _document(data)


def _document(data: bytes) -> str:
    """Of a Word or OpenDocument text without macros."""
    if not data.startswith(b"PK\x03\x04") or data.count(_ENTRY) > MOST_ENTRIES:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = {name.lower() for name in packed.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        return ""
    if {"[content_types].xml", "word/document.xml"} <= names:
        return ".docx"
    is_text = b"application/vnd.oasis.opendocument.text" in data[:200]
    return ".odt" if is_text and "content.xml" in names else ""


def named(name: str, ending: str) -> str:
    """The file's name with the ending of what it is, without what cannot be seen."""
    stem = PurePath(name.replace("\\", "/")).stem
    plain = "".join(each for each in stem if each.isprintable())[:100].strip(" .")
    return f"{plain or 'file'}{ending}"
