"""Words drawn as pixels: in the fonts that are shipped, the same on every machine.

Arabic letters are joined by `arabic-reshaper` (as the presentation forms that fonts hold), and
lines put into the order in which they are drawn by `python-bidi` (Unicode Annex 9). Pillow could do
both where the system has FriBiDi; many have none, and a picture must not depend on it. Scripts of
very many letters, or that need shaping as Devanagari does, are drawn where the machine has what
they need (`systemfonts`). What no font has a shape for is not drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import arabic_reshaper
from bidi.algorithm import get_base_level, get_display  # this one turns brackets round
from PIL import ImageDraw, ImageFont

from annotations.formats import systemfonts
from annotations.formats.systemfonts import SystemFont

Face = Path | SystemFont
"""A font: one that is shipped, or one of the machine."""

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
_JOINERS = "\u200c\u200d"
"""What asks the letters beside it to join, or not to: it is of their font."""
_FORMS = ("\ufb50", "\ufdff"), ("\ufe70", "\ufeff")
"""Unicode's Arabic letters as they are joined."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that can be drawn whole: in the order in which they are read, letters joined."""

    text: str
    faces: tuple[Face, ...]
    """Of each sign the first that has it is its font."""
    is_rtl: bool = False

    @property
    def is_shaped(self) -> bool:
        """Whether letters join or stack: they stand higher, and are not cut apart."""
        return any(isinstance(face, SystemFont) and face.is_shaped for face in self.faces)

    @property
    def leading(self) -> float:
        """From line to line, in sizes of the type."""
        return 1.5 if self.is_shaped else 1.22

    def pieces(self) -> list[str]:
        """What a line may be broken between: words with the space after them, or ideographs."""
        found: list[str] = []
        for sign in " ".join(self.text.split()):
            if found and not _may_break(found[-1][-1], sign):
                found[-1] += sign
            else:
                found.append(sign)
        return found


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between the signs (Unicode Annex 14, as far as cards need it)."""
    if before == " ":
        return True
    if after == " " or not (_is_ideograph(before) or _is_ideograph(after)):
        return False
    opens = unicodedata.category(before) in ("Ps", "Pi")
    return (
        not opens
        and unicodedata.category(after) not in ("Pe", "Pf", "Po")
        and (after not in _NEVER_FIRST)
    )


_NEVER_FIRST = "ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ…‥—%％°"


def _is_ideograph(sign: str) -> bool:
    """Whether it is as wide as an ideograph, and no syllable of Korean, which has spaces."""
    is_wide = unicodedata.east_asian_width(sign) in "WF"
    return is_wide and not unicodedata.name(sign, "").startswith("HANGUL")


def drawable(text: str, path: Path, language: str = "") -> Words | None:
    """The text, if it can be drawn whole: in the font asked for if that has it all.

    `language` is its BCP 47 tag, if that is known.
    """
    composed = unicodedata.normalize("NFC", text)
    if not composed:
        return None
    if not any(unicodedata.bidirectional(sign) in _DIRECTED for sign in composed):
        faces = [(face,) for face in (path, WIDE) if _has_all(composed, (face,))]
        return Words(composed, faces[0]) if faces else _in_system_fonts(composed, path, language)
    joined = _joined(composed)
    mixed = (path, ARABIC, HEBREW, WIDE)
    is_rtl = bool(get_base_level(joined))
    return Words(joined, mixed, is_rtl) if _has_all(joined, mixed) else None


def _in_system_fonts(text: str, path: Path, language: str) -> Words | None:
    fonts = systemfonts.fonts_for(text, language, is_serif=path == SERIF)
    faces: tuple[Face, ...] = (path, *fonts, WIDE)
    stands = all(sign.isspace() or _stands(sign, faces) for sign in set(text))
    return Words(text, faces) if fonts and stands else None


def _stands(sign: str, faces: tuple[Face, ...]) -> bool:
    """Whether a font has the sign, which is either of a script that it sets, or plain."""
    face = _face(sign, faces)
    if sign in _JOINERS:
        return any(isinstance(each, SystemFont) and each.is_shaped for each in faces)
    of_script = isinstance(face, SystemFont) and systemfonts.script(sign)
    return face is not None and bool(of_script or _is_plain(sign))


def _joined(text: str) -> str:
    """Arabic letters in the forms that they have beside their neighbours, without vowel marks."""
    bare = "".join(sign for sign in text if not _is_vowel(sign))
    return str(arabic_reshaper.reshape(bare)).translate(_INVISIBLE)


def _is_vowel(sign: str) -> bool:
    """A mark that texts for readers do without, and that stands wrongly without shaping."""
    return unicodedata.category(sign) == "Mn" and unicodedata.bidirectional(sign) == "NSM"


def _has_all(text: str, faces: tuple[Face, ...]) -> bool:
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
def _face(sign: str, faces: tuple[Face, ...]) -> Face | None:
    """The first font with a shape for the sign: its stand-in for missing ones looks alike."""
    for face in faces:
        # A mark that is shaped alone would be set on a circle.
        drawn = font(face, 40, 600, is_shaped=False)
        if bytes(drawn.getmask(sign)) != bytes(drawn.getmask("\U0010fffd")):
            return face
    return None


@lru_cache(maxsize=64)
def font(
    face: Face, size: int, weight: int, *, is_shaped: bool | None = None
) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels. Letters of one that is shipped are set one after the other,
    whatever is here; one of the machine is shaped where its script needs it."""
    if isinstance(face, SystemFont):
        shaped = face.is_shaped if is_shaped is None else is_shaped
        engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
        return ImageFont.truetype(str(face.path), size, face.index, layout_engine=engine)
    found = ImageFont.truetype(str(face), size, layout_engine=ImageFont.Layout.BASIC)
    if face in (WIDE, ARABIC, HEBREW):
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
    if any(isinstance(face, SystemFont) for face in words.faces):
        found = list(_with_joiners(line, words.faces))
    else:
        ordered = line
        if len(words.faces) > 1:
            ordered = str(get_display(line, base_dir="R" if words.is_rtl else "L"))
        found = [(_face(sign, words.faces) or words.faces[0], sign) for sign in ordered]
    for face, signs in groupby(found, itemgetter(0)):
        yield "".join(sign for _face, sign in signs), font(face, size, weight)


def _with_joiners(line: str, faces: tuple[Face, ...]) -> Iterator[tuple[Face, str]]:
    """Each sign with its font; a joiner is of the font before it, which it speaks to."""
    before = faces[0]
    for sign in line:
        if sign not in _JOINERS:
            before = _face(sign, faces) or faces[0]
        yield before, sign
