"""What changed between two texts, word by word: for people to read, and to follow places by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from diff_match_patch import diff_match_patch

from annotations.text.alignment import WORK, Block, blocks

LONGEST = 3000
"""Words. difflib's time grows with the square of the length: beyond, another way is taken."""

_WORD = re.compile(r"\s+|[^\s]+")
# Finer, so that a full stop that came or went does not take its word along.
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# One character stands for each word while two texts are compared; halves of pairs stand for none.
_SURROGATES = range(0xD800, 0xE000)
_MOST = 0x110000 - len(_SURROGATES)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that stayed ("same"), came in ("ins") or went out ("del")."""

    op: str
    text: str


def parts(before: str, after: str) -> list[Part]:
    """How `before` became `after`; empty when nothing changed.

    Joining "same" and "ins" gives `after`, "same" and "del" gives `before`.
    """
    if before == after:
        return []
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > LONGEST:
        return long_parts(before, after)
    found = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Part("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Part("del", "".join(old[a:b])))
        if d > c:
            found.append(Part("ins", "".join(new[c:d])))
    return found


def long_parts(before: str, after: str, *, work: int = WORK, for_people: bool = True) -> list[Part]:
    """As `parts`, for texts of any length, within `work` (steps of `alignment.blocks`).

    `for_people` shows as replaced what would read as a patchwork; else as much as can stays.
    """
    if before == after:
        return []
    names: dict[str, str] = {}
    try:
        old, new = (_encoded(text, names) for text in (before, after))
    except ValueError:  # more different words than there are characters
        return [Part(op, text) for op, text in (("del", before), ("ins", after)) if text]
    ends = "".join(name for word, name in names.items() if "\n" in word)
    found = _runs(old, new, blocks(old, new, ends, work=work))
    if for_people:
        diff_match_patch().diff_cleanupSemantic(found)
    words = {name: word for word, name in names.items()}
    ops = {0: "same", 1: "ins", -1: "del"}
    return [Part(ops[op], "".join(words[name] for name in run)) for op, run in found]


def _runs(old: str, new: str, same: list[Block]) -> list[tuple[int, str]]:
    """The two as diff_match_patch writes a comparison: what stayed, came (1) and went (-1)."""
    found: list[tuple[int, str]] = []
    a = c = 0
    for at, its, length in [*same, (len(old), len(new), 0)]:
        found += [(op, run) for op, run in ((-1, old[a:at]), (1, new[c:its])) if run]
        if found and found[-1][0] == 0:
            found[-1] = (0, found[-1][1] + old[at : at + length])
        elif length:
            found.append((0, old[at : at + length]))
        a, c = at + length, its + length
    return found


def _encoded(text: str, names: dict[str, str]) -> str:
    """The text with one character for each word; `names` learns which stands for which."""
    run = []
    for found in _TOKEN.finditer(text):
        word = found.group()
        name = names.get(word)
        if name is None:
            if len(names) >= _MOST:
                raise ValueError
            code = len(names)
            name = chr(code if code < _SURROGATES.start else code + len(_SURROGATES))
            names[word] = name
        run.append(name)
    return "".join(run)


# --- following a place from one text to the other ---


@dataclass(frozen=True, slots=True)
class _Region:
    """text[a:b] of the old text beside text[c:d] of the new one; the same words or others."""

    a: int
    b: int
    c: int
    d: int
    is_same: bool


class Course:
    """Where the places of one text went in another, in code points."""

    def __init__(self, before: str, after: str, *, work: int = WORK) -> None:
        found = long_parts(before, after, work=work, for_people=False)
        self._regions = _regions(found or [Part("same", before)])

    def follow(self, start: int, end: int) -> tuple[int, int]:
        """The span of the new text that stands where before[start:end] stood; may be empty."""
        first = last = None
        for region in self._regions:
            if first is None and region.a <= start < region.b:
                first = region.c + (start - region.a if region.is_same else 0)
            if region.a < end <= region.b:
                last = region.c + end - region.a if region.is_same else region.d
                break
        if first is None or last is None:
            return 0, 0
        return first, max(first, last)

    def kept(self, start: int, end: int) -> bool:
        """Whether before[start:end] stayed as a whole where it stood."""
        return any(
            region.is_same and region.a <= start and end <= region.b for region in self._regions
        )


def _regions(found: list[Part]) -> list[_Region]:
    """The parts with their places; what went out and what came in at one place are one region."""
    regions: list[_Region] = []
    a = c = 0
    for part in found:
        is_same, length = part.op == "same", len(part.text)
        b = a + (0 if part.op == "ins" else length)
        d = c + (0 if part.op == "del" else length)
        last = regions[-1] if regions else None
        if last is not None and not last.is_same and not is_same:
            regions[-1] = _Region(last.a, b, last.c, d, is_same=False)
        else:
            regions.append(_Region(a, b, c, d, is_same))
        a, c = b, d
    return regions
