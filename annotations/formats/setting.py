"""How letters are set: bold, and in which size. What HTML says of it, and how many are set so.

Sources: HTML Living Standard, 15.3 (rendering of b, strong, big, small, font); CSS Fonts 4
(font-weight, font-size).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

USUAL = 12.0
"""Points in which browsers set text that nothing is said of: word processors write 11 or 12."""
_FONT_SIZES = dict(zip("1234567", (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0), strict=True))
_NAMED = {
    "xx-small": 6.75,
    "x-small": 7.5,
    "small": 9.75,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
    "xxx-large": 36.0,
}
_POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*([\w-]+)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?:^|;)\s*font-size\s*:\s*([\d.]{1,8}|[a-z-]+)\s*([a-z]{2,3}|%)?", re.IGNORECASE
)
_BOLD = 600
"""The weight from which on letters are bold to the eye; 400 is that of most."""


class Setting(NamedTuple):
    """Of letters: whether they are bold, and their size in points."""

    is_bold: bool = False
    size: float = USUAL


def of(element: Any, around: Setting) -> Setting:
    """How the letters in an element are set that stands within others."""
    style = element.get("style") or ""
    is_bold, size = around
    if element.tag in ("b", "strong"):
        is_bold = True
    if element.tag == "font":
        size = _FONT_SIZES.get((element.get("size") or "").strip(), size)
    if found := _WEIGHT.search(style):
        is_bold = bold(found[1].lower(), is_bold)
    if found := _SIZE.search(style):
        size = points(found[1].lower(), (found[2] or "").lower(), size)
    return Setting(is_bold, size)


def bold(weight: str, around: bool) -> bool:
    """Whether a `font-weight` is bold, within letters that are or are not."""
    if weight.isdecimal():
        return int(weight[:4]) >= _BOLD
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight, around)


def points(size: str, unit: str, around: float) -> float:
    """A `font-size` in points, within letters of so many; an unknown one changes nothing."""
    if size in _NAMED:
        return _NAMED[size]
    try:
        number = float(size)
    except ValueError:
        return around
    if unit in ("em", "rem", "%"):
        of_what = USUAL if unit == "rem" else around
        return of_what * number / (100 if unit == "%" else 1)
    return number * _POINTS[unit] if unit in _POINTS else around


class Letters:
    """How many letters of a stretch of text are set in which way."""

    def __init__(self) -> None:
        self._counts: Counter[Setting] = Counter()

    def add(self, words: str, setting: Setting) -> None:
        self._counts[setting] += len("".join(words.split()))

    @property
    def bold(self) -> float:
        """Which part of them is bold, 0 to 1."""
        whole = self._counts.total()
        bold = sum(count for setting, count in self._counts.items() if setting.is_bold)
        return bold / whole if whole else 0.0

    @property
    def size(self) -> float:
        """The size of most of them in points; 0 where there are none."""
        sizes: Counter[float] = Counter()
        for setting, count in self._counts.items():
            sizes[setting.size] += count
        return max(sizes, key=lambda size: sizes[size], default=0.0)
