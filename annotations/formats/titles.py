"""A title that is only set as one: bold, or in larger letters, with no style that says so.

Rather none than a wrong one: a heading needs no triage, so running text must never be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotations.formats.blocks import HEADING, PARAGRAPH, TITLE, Part
from annotations.text.sentences import split

LARGER = 1.15
"""How much larger than most letters those of a title are, at least."""
_ALL_BOLD = 0.95
"""The part of its letters from which on a line is bold: a sign at its end may not be."""
_LONGEST, _SHORTEST = 150, 4
_OPENING, _CLOSING = "\"'“”„«»‹›‘’「『《(（[", "\"'“”«»‹›‘’」』》)）]"
# What ends a sentence, or says that something follows; a question only in larger letters.
_GOES_ON = (
    ".",
    "…",
    ":",
    ";",
    ",",
    "。",
    "：",
    "；",
    "，",
    "、",
    "।",
    "۔",
    "،",
    "؛",
    "։",
    "·",
    "-",
    "–",
    "—",
)
_ASKS = ("?", "!", "？", "！", "؟", "՞", "՜")
_ITEM = ("-", "–", "—", "•", "·", "*", "‣", "◦", "▪", "#", "@")


def with_title(parts: Sequence[Part], language: str) -> list[Part]:
    """The parts; the first with words is a heading if it is set as one, and reads as one.

    `language` is the one whose rules tell sentences apart.
    """
    found = list(parts)
    worded = [at for at, each in enumerate(found) if any(c.isalnum() for c in each.text)]
    if len(worded) < 2:
        return found
    first, *rest = (found[at] for at in worded)
    is_larger = _is_larger(first, rest)
    is_bold = _is_bold(first) and any(not _is_bold(each) for each in rest)
    is_set_apart = first.kind == PARAGRAPH and (is_larger or is_bold)
    leads_on = rest[0].kind not in (HEADING, TITLE)
    if is_set_apart and leads_on and _reads_as_title(first.text, language, is_larger=is_larger):
        found[worded[0]] = replace(first, kind=HEADING)
    return found


def _is_bold(part: Part) -> bool:
    return part.bold >= _ALL_BOLD


def _is_larger(first: Part, rest: Sequence[Part]) -> bool:
    """Whether its letters are larger than most of the others."""
    sizes: Counter[float] = Counter()
    for each in rest:
        sizes[each.size] += len(each.text)
    usual = max(sizes, key=lambda size: sizes[size])
    return usual > 0 and first.size >= LARGER * usual


def _reads_as_title(text: str, language: str, *, is_larger: bool) -> bool:
    """Whether a line is no running text: short, one line, one sentence at most, without its end."""
    line = text.strip()
    bare = line.rstrip(_CLOSING + " \u00a0")
    if "\n" in line or not _SHORTEST <= len(line) <= _LONGEST or not bare:
        return False
    if bare.endswith(_GOES_ON) or (bare.endswith(_ASKS) and not is_larger):
        return False
    if line.startswith(_ITEM) or line[0].islower() or (line[0].isdecimal() and "." in line[:3]):
        return False
    if line[0] in _OPENING and bare != line:  # somebody's words
        return False
    is_one_word = len(line.split()) == 1 and line.isascii()
    return not is_one_word and len(split(line, language)) == 1
