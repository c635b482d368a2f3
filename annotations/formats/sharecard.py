"""The picture that is shared with a claim: its words and its verdict, drawn by the server.

The fonts are those the pages ship, which hold the letters of Western Europe, and DejaVu Serif for
the rest of Latin, Cyrillic and Greek. Words that neither holds whole, or that need shaping or run
from right to left, are left out, never drawn as boxes: the page's og:image:alt says them.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
PAPER, INK, QUIET = "#fbfaf7", "#1b1a17", "#57544d"
TONES = {
    "true": "#0b4a9e",
    "mostly": "#0f6f8c",
    "context": "#5c4300",
    "misleading": "#a94a08",
    "false": "#7d0a2a",
    "unproven": "#35264f",
    "uncheckable": "#63676f",
}
MARGIN = 80
TOP, BOTTOM = 190, 505
"""Between these the claim stands, in pixels."""
LEADING = 1.22

_ROOT = Path(__file__).resolve().parents[2]
_SHIPPED = _ROOT / "factcheck/shipped"  # in a wheel, static files are inside a package
VENDOR = (_SHIPPED if _SHIPPED.exists() else _ROOT) / "static" / "vendor"
SERIF = VENDOR / "source-serif-4" / "source-serif-4-latin-wght-normal.woff2"
SANS = VENDOR / "inter" / "inter-latin-wght-normal.woff2"
WIDE = VENDOR / "dejavu" / "DejaVuSerif-Bold.ttf"
"""Drawn where the pages' own fonts lack a letter: it holds Latin, Cyrillic and Greek."""
UNDRAWN = {"Lm", "Lo", "Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cs", "Cn"}
"""Categories of signs that may join, reorder or carry others, which plain drawing gets wrong."""


@lru_cache(maxsize=32)
def _font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    if path == WIDE:
        return font
    axes = font.get_variation_axes()
    values = [float(axis["default"] or 0) for axis in axes]
    values[-1] = float(weight)  # an optical size may stand before it
    font.set_variation_by_axes(values)
    return font


def _is_plain(sign: str) -> bool:
    """Whether the sign stands for itself, after the one before it."""
    return (
        unicodedata.category(sign) not in UNDRAWN or sign in "ªº"
    ) and unicodedata.bidirectional(sign) not in ("R", "AL", "AN")


def _can_draw(text: str, font: ImageFont.FreeTypeFont) -> bool:
    """Whether the font has a shape for every sign: its stand-in for missing ones looks alike."""
    missing = bytes(font.getmask("\U0010fffd"))
    return all(
        sign.isspace() or (_is_plain(sign) and bytes(font.getmask(sign)) != missing)
        for sign in set(text)
    )


def _face(text: str, path: Path) -> Path | None:
    """The font that draws the whole text: the one asked for, else the wide one, else none."""
    return next((each for each in (path, WIDE) if _can_draw(text, _font(each, 40, 600))), None)


def _drawable(texts: Sequence[str], path: Path) -> tuple[str, Path] | None:
    """The first of the texts that can be drawn whole, composed, and the font that does it."""
    for text in texts:
        composed = unicodedata.normalize("NFC", text)
        if composed and (face := _face(composed, path)):
            return composed, face
    return None


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _fitted(text: str, face: Path, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which the words fit; the longest are cut, with a sign that they were."""
    font, lines, room = _font(face, 40, 600), [""], 1
    for size in (64, 56, 48, 40):
        font = _font(face, size, 600)
        lines = _wrap(text, font, width)
        room = int((BOTTOM - TOP) / (size * LEADING))
        if len(lines) <= room and all(font.getlength(line) <= width for line in lines):
            return font, lines
    lines = lines[:room]
    while font.getlength(f"{lines[-1]} …") > width and lines[-1]:
        lines[-1] = lines[-1][:-1]
    lines[-1] = f"{lines[-1].rstrip()} …"
    return font, lines


def card(
    *, claim: str, label: str, tone: str, organisation: str, stand_ins: Sequence[str] = ()
) -> bytes:
    """A PNG of 1200 by 630 pixels; a tone that is none of TONES has no shape.

    A claim that cannot be drawn whole is left out: the first of `stand_ins` that can stands there.
    """
    colour = TONES.get(tone, QUIET)
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=colour)
    width = SIZE[0] - 2 * MARGIN
    if tone in TONES:
        _shape(draw, tone, colour, MARGIN, MARGIN + 4)
    if found := _drawable([label], SANS):
        x = MARGIN + (76 if tone in TONES else 0)
        draw.text((x, MARGIN - 4), found[0], font=_font(found[1], 52, 700), fill=colour)
    if found := _drawable([claim, *stand_ins], SERIF):
        font, lines = _fitted(*found, width)
        for number, line in enumerate(lines):
            y = TOP + number * round(font.size * LEADING)
            draw.text((MARGIN, y), line, font=font, fill=INK)
    if found := _drawable([organisation], SANS):
        small = _font(found[1], 30, 500)
        draw.text((MARGIN, SIZE[1] - MARGIN - 30), found[0], font=small, fill=QUIET)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _shape(draw: ImageDraw.ImageDraw, tone: str, colour: str, x: int, y: int) -> None:
    """The verdict's own shape, as in the sprite: it never speaks by colour alone."""
    size = 52
    box = (x, y, x + size, y + size)
    tick = [(x + 14, y + 27), (x + 23, y + 36), (x + 39, y + 17)]
    if tone == "true":
        draw.ellipse(box, fill=colour)
        draw.line(tick, fill=PAPER, width=6, joint="curve")
    elif tone == "mostly":
        draw.ellipse(box, outline=colour, width=5)
        draw.line(tick, fill=colour, width=6, joint="curve")
    elif tone == "false":
        cut = 15
        draw.polygon(
            [
                (x + cut, y), (x + size - cut, y), (x + size, y + cut), (x + size, y + size - cut),
                (x + size - cut, y + size), (x + cut, y + size), (x, y + size - cut), (x, y + cut),
            ],
            fill=colour,
        )  # fmt: skip
        draw.line([(x + 17, y + 17), (x + 35, y + 35)], fill=PAPER, width=6)
        draw.line([(x + 35, y + 17), (x + 17, y + 35)], fill=PAPER, width=6)
    elif tone == "misleading":
        draw.polygon([(x + 26, y), (x + 52, y + 50), (x, y + 50)], fill=colour)
        draw.line([(x + 26, y + 17), (x + 26, y + 33)], fill=PAPER, width=6)
        draw.ellipse((x + 23, y + 38, x + 29, y + 44), fill=PAPER)
    elif tone == "context":
        for left, right, inner in ((x, x, x + 12), (x + size, x + size, x + size - 12)):
            draw.line([(inner, y + 3), (left, y + 3), (right, y + 49), (inner, y + 49)], colour, 5)
        for dot in (15, 26, 37):
            draw.ellipse((x + dot - 4, y + 22, x + dot + 4, y + 30), fill=colour)
    else:
        for start in range(0, 360, 45):
            draw.arc(box, start, start + 26, fill=colour, width=5)
