"""Logos as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def written(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def wordmark(ink: str = "#0b4a9e", ground: str | None = None) -> Image.Image:
    """Something wide, as a name in letters is; without a ground one sees through it."""
    picture = Image.new("RGBA", (600, 120), ground or (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    for left in range(20, 580, 80):
        draw.rectangle((left, 20, left + 50, 100), fill=ink)
    return picture


def symbol() -> Image.Image:
    """A disc on white, as wide as it is high."""
    picture = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(picture).ellipse((20, 20, 180, 180), fill="#7d0a2a")
    return picture


LOGO = written(wordmark())
SYMBOL = written(symbol(), "WEBP", lossless=True)
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
"""A drawing that a browser would run."""


def with_place() -> bytes:
    """A photograph that says where it was taken, who took it, and that it stands on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x013B] = "A. Photographer"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 31.0, 12.0)
    exif[0x8825] = place
    return written(Image.new("RGB", (200, 100), "#336699"), "JPEG", exif=exif)


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claiming(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it is that large."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + body + _chunk(b"IEND", b"")


def with_long_text() -> bytes:
    """A PNG whose words grow to 64 MB when they are read."""
    text = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 64 * 1024 * 1024))
    whole = written(symbol())
    return whole[:33] + text + whole[33:]
