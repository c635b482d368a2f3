"""Words drawn as pixels, in the fonts that are shipped: the same on every machine.

Arabic letters are joined by `arabic-reshaper` (as the presentation forms that fonts hold), and
lines put into the order in which they are drawn by `python-bidi` (Unicode Annex 9). Pillow could do
both where the system has FriBiDi; most have none, and a picture must not depend on it. What would
need more, as Devanagari does, or for which no font has a shape, is not drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import arabic_reshaper
from bidi.algorithm import get_base_level, get_display  # this one turns brackets round
from PIL import ImageDraw, ImageFont

_ROOT = Path(__file__).resolve().parents[2]
_SHIPPED = _ROOT / "factcheck/shipped"  # in a wheel, static files are inside a package
VENDOR = (_SHIPPED if _SHIPPED.exists() else _ROOT) / "static" / "vendor"
SERIF = VENDOR / "source-serif-4" / "source-serif-4-latin-wght-normal.woff2"
SANS = VENDOR / "inter" / "inter-latin-wght-normal.woff2"
WIDE = VENDOR / "dejavu" / "DejaVuSerif-Bold.ttf"
"""Drawn where the pages' own fonts lack a letter: it holds Latin, Cyrillic and Greek."""
ARABIC = VENDOR / "noto" / "NotoNaskhArabic-Bold.ttf"
HEBREW = VENDOR / "noto" / "NotoSerifHebrew-Bold.ttf"
"""With their own digits and marks; they hold no Latin letter."""

_UNDRAWN = {"Lm", "Lo", "Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cs", "Cn"}
"""Categories of signs that may join, reorder or carry others, which plain drawing gets wrong."""
_DIRECTED = ("R", "AL", "AN")
_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u061c"))
"""What has done its work once letters are joined and lines are in order."""
_FORMS = ("\ufb50", "\ufdff"), ("\ufe70", "\ufeff")
"""Unicode's Arabic letters as they are joined."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that can be drawn whole: in the order in which they are read, letters joined."""

    text: str
    faces: tuple[Path, ...]
    """Of each sign the first that has it is its font."""
    is_rtl: bool = False


def drawable(texts: Sequence[str], path: Path) -> Words | None:
    """The first of the texts that can be drawn whole, in the font asked for if that has it all."""
    return next((words for text in texts if (words := _words(text, path))), None)


def _words(text: str, path: Path) -> Words | None:
    composed = unicodedata.normalize("NFC", text)
    if not composed:
        return None
    if not any(unicodedata.bidirectional(sign) in _DIRECTED for sign in composed):
        faces = [(face,) for face in (path, WIDE) if _has_all(composed, (face,))]
        return Words(composed, faces[0]) if faces else None
    joined = _joined(composed)
    mixed = (path, ARABIC, HEBREW, WIDE)
    is_rtl = bool(get_base_level(joined))
    return Words(joined, mixed, is_rtl) if _has_all(joined, mixed) else None


def _joined(text: str) -> str:
    """Arabic letters in the forms that they have beside their neighbours, without vowel marks."""
    bare = "".join(sign for sign in text if not _is_vowel(sign))
    return str(arabic_reshaper.reshape(bare)).translate(_INVISIBLE)


def _is_vowel(sign: str) -> bool:
    """A mark that texts for readers do without, and that stands wrongly without shaping."""
    return unicodedata.category(sign) == "Mn" and unicodedata.bidirectional(sign) == "NSM"


def _has_all(text: str, faces: tuple[Path, ...]) -> bool:
    """Whether each sign stands for itself in one of the fonts."""
    return all(
        sign.isspace() or (_is_plain(sign) and _face(sign, faces) is not None) for sign in set(text)
    )


def _is_plain(sign: str) -> bool:
    """Whether the sign stands for itself, after the one before it.

    An Arabic letter that has no joined form would stand alone.
    """
    if any(first <= sign <= last for first, last in _FORMS):
        return True
    direction = unicodedata.bidirectional(sign)
    if direction == "AL":
        return not unicodedata.category(sign).startswith("L")
    if direction in ("R", "AN"):
        return True
    return unicodedata.category(sign) not in _UNDRAWN or sign in "ªº"


@lru_cache(maxsize=4096)
def _face(sign: str, faces: tuple[Path, ...]) -> Path | None:
    """The first font with a shape for the sign: its stand-in for missing ones looks alike."""
    for face in faces:
        drawn = font(face, 40, 600)
        if bytes(drawn.getmask(sign)) != bytes(drawn.getmask("\U0010fffd")):
            return face
    return None


@lru_cache(maxsize=64)
def font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels; its letters are set one after the other, whatever is here."""
    found = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    if path in (WIDE, ARABIC, HEBREW):
        return found
    axes = found.get_variation_axes()
    values = [float(axis["default"] or 0) for axis in axes]
    values[-1] = float(weight)  # an optical size may stand before it
    found.set_variation_by_axes(values)
    return found


def width(line: str, words: Words, size: int, weight: int) -> float:
    """How wide a line of the words is, in pixels."""
    return sum(each.getlength(run) for run, each in _runs(line, words, size, weight))


def draw(
    picture: ImageDraw.ImageDraw,
    at: tuple[float, float],
    line: str,
    words: Words,
    *,
    size: int,
    weight: int,
    fill: str,
) -> None:
    """Draw a line of the words; `at` is its upper left corner."""
    x, y = at
    base = y + font(words.faces[0], size, weight).getmetrics()[0]
    for run, each in _runs(line, words, size, weight):
        picture.text((x, base), run, font=each, fill=fill, anchor="ls")
        x += each.getlength(run)


def _runs(
    line: str, words: Words, size: int, weight: int
) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """The line from left to right, in pieces of one font each."""
    ordered = line
    if len(words.faces) > 1:
        ordered = str(get_display(line, base_dir="R" if words.is_rtl else "L"))
    for face, signs in groupby(ordered, lambda sign: _face(sign, words.faces) or words.faces[0]):
        yield "".join(signs), font(face, size, weight)
