"""Fonts that the machine may have, for scripts whose letters are too many to be shipped.

They are those of Debian's fonts-noto-core and fonts-noto-cjk (docs/deploy.md), found by the names
of their files; other systems call them the same. Looked for once a process.

Letters that join, stack or change places are set by HarfBuzz, which Pillow brings and uses where
the system has FriBiDi (libfribidi0). Where one of these is missing there is no font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont, features

FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
"""Where systems keep fonts for all of their users."""

SHAPED = (
    "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
    "MALAYALAM", "SINHALA", "THAI", "LAO", "KHMER", "MYANMAR",
)  # fmt: skip
"""Scripts that HarfBuzz has to set; as all here, by the first word of Unicode's names of signs."""
PLAIN = ("ETHIOPIC",)
EAST_ASIAN = ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")

_REGIONS = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK", "yue": "HK"}
"""In whose shapes a language has its ideographs; in China's where it says nothing else."""
_OF_SCRIPT = (("HIRAGANA", "JP"), ("KATAKANA", "JP"), ("HANGUL", "KR"), ("BOPOMOFO", "TC"))


@dataclass(frozen=True, slots=True)
class SystemFont:
    """A font of the machine: a file, and which of several it is in it."""

    path: Path
    index: int = 0
    is_shaped: bool = False


def script(sign: str) -> str:
    """The script of a letter, mark or number, if it is one of those here; else an empty string."""
    if unicodedata.category(sign)[0] not in "LMN" or "\u1100" <= sign <= "\u11ff":
        return ""  # letters of Hangul that are left uncomposed would have to be put together
    name = unicodedata.name(sign, "").partition(" ")[0].partition("-")[0]
    return name if name in (*SHAPED, *PLAIN, *EAST_ASIAN) else ""


def fonts_for(text: str, language: str, *, is_serif: bool) -> tuple[SystemFont, ...]:
    """A font for each of the scripts here that the text has, as far as the machine has them.

    `language` is a BCP 47 tag, by which ideographs have their shapes.
    """
    scripts = {found for sign in set(text) if (found := script(sign))}
    families = {_family(each, _region(scripts, language)) for each in scripts}
    return tuple(filter(None, (_font(*family, is_serif) for family in sorted(families))))


def _family(script: str, region: str) -> tuple[str, str]:
    """What files of a script's font are called, and of which region it is."""
    return ("CJK", region) if script in EAST_ASIAN else (script.title(), "")


def _region(scripts: Iterable[str], language: str) -> str:
    for script, region in _OF_SCRIPT:
        if script in scripts:
            return region
    tag = language.lower()
    return next((region for start, region in _REGIONS.items() if tag.startswith(start)), "SC")


@cache
def _font(family: str, region: str, is_serif: bool) -> SystemFont | None:
    is_shaped = family.upper() in SHAPED
    if is_shaped and not features.check("raqm"):
        return None
    for style in ("Serif", "Sans") if is_serif else ("Sans", "Serif"):
        if region and (found := _of_region(_files().get(f"Noto{style}CJK-Bold.ttc"), region)):
            return found
        names = [f"Noto{style}{family}{region.lower()}-Bold.{end}" for end in ("ttf", "otf")]
        if (path := next(filter(None, map(_files().get, names)), None)) and _is_font(path):
            return SystemFont(path, is_shaped=is_shaped)
    return None


def _of_region(path: Path | None, region: str) -> SystemFont | None:
    """The font of the region among those in one file, by the name that it gives itself."""
    for index in range(16 if path else 0):
        try:
            name, _style = ImageFont.truetype(str(path), 20, index=index).getname()
        except OSError:
            break
        if path and name and name.endswith(f" CJK {region}"):
            return SystemFont(path, index)
    return None


def _is_font(path: Path) -> bool:
    try:
        ImageFont.truetype(str(path), 20)
    except OSError:
        return False
    return True


@cache
def _files() -> dict[str, Path]:
    return {
        path.name: path for folder in FOLDERS for path in sorted(folder.rglob("Noto*.[to]t[fc]"))
    }


def names() -> list[str]:
    """What is found on this machine: pictures that are drawn with other fonts are others."""
    return sorted(_files())
