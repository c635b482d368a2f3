"""Anchors: exactly which words of a text a mark means.

Source: W3C Web Annotation Data Model, 4.2.4 (text quote selector) and 4.2.5 (text position
selector). Positions are code points, as Python counts them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from annotations.text.characters import CJK, CLOSING_QUOTES, DASHES, OPENING_QUOTES, extends

# How much of the text before and after an anchor is kept beside it, in code points.
CONTEXT = 32


class BadAnchor(ValueError):
    """The span is no anchor. `str()` is English; `code` and `params` are for translation."""

    def __init__(self, code: str, message: str, **params: int) -> None:
        super().__init__(message.format(**params))
        self.code = code
        self.params: Mapping[str, int] = MappingProxyType(params)


@dataclass(frozen=True, slots=True)
class Anchor:
    """`exact` is text[start:end]; `prefix` and `suffix` are up to CONTEXT code points around."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of text[start:end]. Raises BadAnchor outside the text or without a word."""
    if not 0 <= start <= end <= len(text):
        raise BadAnchor(
            "outside",
            "The selection {start}-{end} lies outside the text, which has {length} characters.",
            start=start,
            end=end,
            length=len(text),
        )
    exact = text[start:end]
    if not exact.strip():
        raise BadAnchor("empty", "Select at least one character that is not a space.")
    prefix = text[max(0, start - CONTEXT) : start]
    return Anchor(start, end, exact, prefix, text[end : end + CONTEXT])


def holds(text: str, anchor: Anchor) -> bool:
    """Whether the words the anchor means stand where it says."""
    start, end = anchor.start, anchor.end
    return 0 <= start < end <= len(text) and text[start:end] == anchor.exact


# --- trimming a selection ---

# Pairs by opening mark. The straight marks pair with themselves.
_CLOSER = {
    "“": "”“",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    '"': '"',
    "'": "'",
}
# More marks than this no hand takes along; each round may look through the whole selection.
_ROUNDS = 16
_CUT_AT_END = ",;，；،؛、"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without what a hand takes along: outer spaces, marks of half a quotation, a comma.

    A quotation mark goes when its partner is not selected too; a whole quotation keeps both.
    A dash that opens a turn goes. The final full stop stays. The span may come out empty.
    """
    start, end = max(0, start), min(len(text), end)
    for _ in range(_ROUNDS):
        before = (start, end)
        start, end = _without_spaces(text, start, end)
        start = _trimmed_start(text, start, end)
        end = _trimmed_end(text, start, end)
        if before == (start, end):
            break
    return start, end


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _trimmed_start(text: str, start: int, end: int) -> int:
    if start >= end or (start + 1 < len(text) and extends(text[start + 1])):
        return start
    mark = text[start]
    if mark in DASHES and text[start + 1 : start + 2].isspace():
        return start + 1
    if mark in OPENING_QUOTES and not _closes_later(text, start, end):
        return start + 1
    return start


def _closes_later(text: str, at: int, end: int) -> bool:
    return any(_find(text, closer, at + 1, end) for closer in _CLOSER[text[at]])


def _find(text: str, mark: str, start: int, end: int) -> bool:
    return text.find(mark, start, end) >= 0


def _trimmed_end(text: str, start: int, end: int) -> int:
    if start >= end or (end < len(text) and extends(text[end])):
        return end
    mark = text[end - 1]
    if mark in _CUT_AT_END:
        return end - 1
    if mark in CLOSING_QUOTES and not _opens_earlier(text, mark, start, end - 1):
        return end - 1
    return end


def _opens_earlier(text: str, mark: str, start: int, end: int) -> bool:
    # A plural's apostrophe ("the workers’") is part of the word.
    if mark in "'’" and end > start and text[end - 1].isalpha():
        return True
    return any(
        mark in closers and _find(text, opener, start, end) for opener, closers in _CLOSER.items()
    )


# --- words, to choose the first and the last of a mark without a pointer ---

OPENING = "“‘「『（《〈【"
"""What clings to the character after it, where words are single characters."""
_AFTER_CJK = rf"[^\w\s{OPENING}]*+"
# One character of a script without spaces, with what clings to it; or what stands between spaces.
_WORD = re.compile(rf"[{OPENING}]*+[{CJK}]{_AFTER_CJK}|[^\s{CJK}]++")


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words of text[start:end], punctuation included, in code points.

    Words are parted by white space; Chinese and Japanese, written without, by character.
    """
    return [found.span() for found in _WORD.finditer(text, max(0, start), min(len(text), end))]
