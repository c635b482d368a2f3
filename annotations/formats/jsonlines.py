"""JSON Lines: one JSON value a line, which every reader finds where it is parted by a line feed."""

from __future__ import annotations

import json
from typing import Any

MEDIA_TYPE = "application/jsonl; charset=utf-8"

# Some readers, Python's splitlines among them, part lines here too. JSON has them in words alone.
_PARTS_LINES = {char: f"\\u{ord(char):04x}" for char in "\u0085\u2028\u2029"}

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
)


def line(value: Any) -> str:
    """The value on a line of its own, its keys in the order of their letters.

    So the same value is the same bytes. Raises ValueError for what JSON does not know (NaN).
    """
    return one_line(_ENCODER.encode(value)) + "\n"


def one_line(text: str) -> str:
    """JSON that has no line feed, without what else may be taken for the end of a line.

    Replaced one after the other: `str.translate` looks at each character of a text that is not
    ASCII, which took most of the time in which a desk leaves.
    """
    if text.isascii():
        return text
    for char, written in _PARTS_LINES.items():
        text = text.replace(char, written)
    return text
