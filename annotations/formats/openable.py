"""Files that a browser opens by itself and in which nothing of a page can act: told by their bytes.

What a server or a person called it decides only between sound and moving pictures of one container.
Source: the MIME Sniffing Standard. SVG is none of these: it is a document with scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD = 64
"""Bytes of a file that are looked at."""


class Shown(StrEnum):
    """What opens it."""

    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Openable:
    media_type: str
    """One of ours: never what the file was called by others."""
    shown: Shown

    @property
    def has_time(self) -> bool:
        return self.shown in (Shown.AUDIO, Shown.VIDEO)


_BEGINNINGS = (
    (b"%PDF-", Openable("application/pdf", Shown.PDF)),
    (b"\x89PNG\r\n\x1a\n", Openable("image/png", Shown.PICTURE)),
    (b"\xff\xd8\xff", Openable("image/jpeg", Shown.PICTURE)),
    (b"GIF87a", Openable("image/gif", Shown.PICTURE)),
    (b"GIF89a", Openable("image/gif", Shown.PICTURE)),
    (b"ID3", Openable("audio/mpeg", Shown.AUDIO)),
    (b"fLaC", Openable("audio/flac", Shown.AUDIO)),
)
_CONTAINERS = (
    (b"OggS", "ogg"),
    (b"\x1a\x45\xdf\xa3", "webm"),
)


def openable(head: bytes, declared: str = "") -> Openable | None:
    """How a file that begins so is opened, if a browser can; `declared` is its media type."""
    for begins, found in _BEGINNINGS:
        if head.startswith(begins):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Openable("image/webp", Shown.PICTURE)
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return Openable("audio/wav", Shown.AUDIO)
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return Openable("image/avif", Shown.PICTURE)
    if head[4:8] == b"ftyp":
        is_sound = head[8:11] == b"M4A" or declared.startswith("audio/")
        return _container("mp4", is_sound=is_sound)
    # A frame of MPEG audio: eleven bits set, then a version and a layer that there are.
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return Openable("audio/mpeg", Shown.AUDIO)
    for begins, name in _CONTAINERS:
        if head.startswith(begins):
            return _container(name, is_sound=declared.startswith("audio/"))
    return None


def _container(name: str, *, is_sound: bool) -> Openable:
    if is_sound:
        return Openable(f"audio/{name}", Shown.AUDIO)
    return Openable(f"video/{name}", Shown.VIDEO)
