"""The picture that is shared with a claim: its words and its verdict, drawn by the server.

Words that cannot be drawn whole in the fonts that are shipped, or that the machine has
(`lettering`), are left out, never drawn as boxes: the page's og:image:alt says them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from annotations.formats import lettering
from annotations.formats.lettering import SANS, SERIF, Words, drawable

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
WIDTH = SIZE[0] - 2 * MARGIN
SHAPE = 52
TOP, BOTTOM = 190, 505
"""Between these the claim stands, in pixels."""


def _wrap(words: Words, size: int, width: int) -> list[str]:
    """Lines in the order in which they are read."""
    lines: list[str] = []
    for piece in words.pieces():
        if lines and lettering.width((lines[-1] + piece).rstrip(), words, size, 600) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]


def _fitted(words: Words, width: int) -> tuple[int, list[str]] | None:
    """The largest type in which the words fit; the longest are cut, with a sign that they were.

    None where letters that are shaped together would have to be cut apart.
    """
    size, lines, room = 40, [""], 1
    for size in (64, 56, 48, 40):
        lines = _wrap(words, size, width)
        room = int((BOTTOM - TOP) / (size * words.leading))
        if len(lines) <= room and _fit(lines, words, size, width):
            return size, lines
    lines = lines[:room]
    if words.is_shaped:
        lines[-1] = lines[-1].rpartition(" ")[0]
        lines[-1] += " …"
        return (size, lines) if len(lines[-1]) > 2 and _fit(lines, words, size, width) else None
    while lettering.width(f"{lines[-1]} …", words, size, 600) > width and lines[-1]:
        lines[-1] = lines[-1][:-1]
    lines[-1] = f"{lines[-1].rstrip()} …"
    return size, lines


def _fit(lines: list[str], words: Words, size: int, width: int) -> bool:
    return all(lettering.width(line, words, size, 600) <= width for line in lines)


def card(
    *,
    claim: str,
    label: str,
    tone: str,
    organisation: str,
    stand_ins: Sequence[str] = (),
    language: str = "",
    desk_language: str = "",
) -> bytes:
    """A PNG of 1200 by 630 pixels; a tone that is none of TONES has no shape.

    A claim that cannot be drawn whole is left out: the first of `stand_ins` that can stands there.
    The card runs as the claim does, from left to right or from right to left. The languages are
    BCP 47 tags, of the claim and of the other words.
    """
    words, fitted = _first_that_fits([claim, *stand_ins], language)
    page = _Page(TONES.get(tone, QUIET), is_rtl=words is not None and words.is_rtl)
    if tone in TONES:
        _shape(page.draw, tone, page.colour, page.begin(SHAPE), MARGIN + 4)
    if said := drawable(label, SANS, desk_language):
        inset = SHAPE + 24 if tone in TONES else 0
        page.line(said.text, said, 52, 700, page.colour, MARGIN - 4, inset)
    if words and fitted:
        size, lines = fitted
        for number, line in enumerate(lines):
            page.line(line, words, size, 600, INK, TOP + number * round(size * words.leading))
    if said := drawable(organisation, SANS, desk_language):
        page.line(said.text, said, 30, 500, QUIET, SIZE[1] - MARGIN - 30)
    written = io.BytesIO()
    page.image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _first_that_fits(
    texts: Sequence[str], language: str
) -> tuple[Words | None, tuple[int, list[str]] | None]:
    """The first text that can be drawn whole, with the size of its type and its lines."""
    for text in texts:
        words = drawable(text, SERIF, language)
        if words and (fitted := _fitted(words, WIDTH)):
            return words, fitted
    return None, None


class _Page:
    """The card as it is drawn, from the side where its claim begins."""

    def __init__(self, colour: str, *, is_rtl: bool) -> None:
        self.colour, self.is_rtl = colour, is_rtl
        self.image = Image.new("RGB", SIZE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        bar = (SIZE[0] - 24, 0, *SIZE) if is_rtl else (0, 0, 24, SIZE[1])
        self.draw.rectangle(bar, fill=colour)

    def begin(self, width: int, inset: int = 0) -> int:
        """The left edge of what is so wide, so far from the side where the card begins."""
        return SIZE[0] - MARGIN - inset - width if self.is_rtl else MARGIN + inset

    def line(
        self, line: str, words: Words, size: int, weight: int, fill: str, top: int, inset: int = 0
    ) -> None:
        x = self.begin(round(lettering.width(line, words, size, weight)), inset)
        lettering.draw(self.draw, (x, top), line, words, size=size, weight=weight, fill=fill)


def _shape(draw: ImageDraw.ImageDraw, tone: str, colour: str, x: int, y: int) -> None:
    """The verdict's own shape, as in the sprite: it never speaks by colour alone."""
    size = SHAPE
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
