"""What becomes of marks when an article's text changes.

The one rule: words that stand at exactly one place before and after are followed there; if the
sentence around them changed, a person confirms it. Anything else is a proposal for a person, and
what nothing resembles is an orphan. Similarity proposes and never decides: to insert "not" leaves
two texts 97 per cent alike.

Offsets are code points of canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

from annotations.text.anchors import CONTEXT, trim
from annotations.text.characters import CJK, extends
from annotations.text.difference import LIMIT, Course


class Fate(StrEnum):
    """What becomes of a mark. The first three keep its words, letter for letter."""

    SAME = "same"  # it stands where it stood, in the same sentence
    MOVED = "moved"  # it stands elsewhere, in the same sentence
    CONTEXT = "context"  # the sentence around it changed: a person confirms it
    PROPOSAL = "proposal"  # a person chooses among places, or none
    ORPHAN = "orphan"  # nothing in the text resembles it


FOLLOWED = (Fate.SAME, Fate.MOVED, Fate.CONTEXT)

# Places offered to a person, the best first.
MOST_PROPOSALS = 3
# Below this likeness (per cent) a place is no help.
LIKE = 60
# Longest text searched for similar words, in code points; the time grows with it.
_LONGEST = 1_000_000
# More places than this of the same words are not looked at one by one.
_MOST_PLACES = 50

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with the spans of its sentences, in order."""

    text: str
    sentences: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place where the mark may belong; `likeness` of its words is 0 to 100 (the same)."""

    start: int
    end: int
    exact: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one mark: its place if it is followed, else what is proposed."""

    fate: Fate
    start: int = 0
    end: int = 0
    proposals: tuple[Proposal, ...] = ()


def reanchor(
    before: Cut, after: Cut, marks: Sequence[Span], *, limit: float = LIMIT
) -> list[Outcome]:
    """What becomes of each of the `marks` of `before` in `after`, in their order.

    `limit` (seconds) is what comparing the texts may take. Without the comparison, marks are
    still followed, only "same" and "moved" are told apart less well.
    """
    if before.text == after.text:
        return [Outcome(Fate.SAME, start, end) for start, end in marks]
    course = Course(before.text, after.text, limit=limit)
    return [_outcome(before, after, start, end, course) for start, end in marks]


def _outcome(before: Cut, after: Cut, start: int, end: int, course: Course) -> Outcome:
    exact = before.text[start:end]
    places = _places(after.text, exact)
    if len(places) == 1 and len(_places(before.text, exact, most=2)) == 1:
        at = (places[0], places[0] + len(exact))
        if _whole(before.text, start, end) == _whole(after.text, *at):
            return Outcome(_fate(before, after, (start, end), at, course), *at)
    proposals = (
        _ranked(before.text, after.text, (start, end), places, course)
        if places
        else _similar(before.text, after.text, (start, end), course)
    )
    return Outcome(Fate.PROPOSAL if proposals else Fate.ORPHAN, proposals=proposals)


def _fate(before: Cut, after: Cut, old: Span, new: Span, course: Course) -> Fate:
    if _around(before, *old) != _around(after, *new):
        return Fate.CONTEXT
    stayed = course.kept(*old) and course.follow(*old) == new
    return Fate.SAME if stayed else Fate.MOVED


def _around(cut: Cut, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The sentences that the span touches, and where in the first it begins."""
    first = bisect_right(cut.sentences, start, key=lambda span: span[1])
    last = bisect_left(cut.sentences, end, key=lambda span: span[0])
    touched = cut.sentences[first:last]
    if not touched:
        return (cut.text[max(0, start - CONTEXT) : end + CONTEXT],), 0
    return tuple(cut.text[a:b] for a, b in touched), start - touched[0][0]


_INSIDE_WORD = re.compile(rf"[^\W{CJK}]")


def _whole(text: str, start: int, end: int) -> str:
    """The span with the rest of words it cuts: "4,000" is not the 4,000 of "14,000"."""
    while 0 < start < end and _joins(text, start):
        start -= 1
    while start < end < len(text) and _joins(text, end):
        end += 1
    return text[start:end]


def _joins(text: str, at: int) -> bool:
    """Whether the characters on both sides of the place belong to one word."""
    if extends(text[at]):
        return True
    return bool(_INSIDE_WORD.match(text[at - 1]) and _INSIDE_WORD.match(text[at]))


def _places(text: str, exact: str, most: int = _MOST_PLACES) -> list[int]:
    """Where the words stand, at most `most` places; they may overlap."""
    found: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(exact, at + 1)
    return found


# --- what is proposed ---


def _ranked(
    before: str, after: str, old: Span, places: list[int], course: Course
) -> tuple[Proposal, ...]:
    """The same words at several places: where the text says they went first, then by context."""
    exact = before[slice(*old)]
    followed = course.follow(*old)[0] if course.kept(*old) else -1
    prefix, suffix = _context(before, *old)

    def rank(at: int) -> tuple[bool, float, int]:
        its_prefix, its_suffix = _context(after, at, at + len(exact))
        alike = _likeness(prefix, its_prefix) + _likeness(suffix, its_suffix)
        return at != followed, -alike, abs(at - old[0])

    best = sorted(places, key=rank)[:MOST_PROPOSALS]
    return tuple(_proposal(before, after, old, (at, at + len(exact))) for at in best)


def _proposal(before: str, after: str, old: Span, new: Span) -> Proposal:
    """The place of the same words, or of the longer word that they are part of now."""
    if _whole(before, *old) != _whole(after, *new):
        new = _to_words(after, *new)
    exact = after[slice(*new)]
    return Proposal(*new, exact, round(fuzz.ratio(before[slice(*old)], exact)))


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _similar(before: str, after: str, old: Span, course: Course) -> tuple[Proposal, ...]:
    """Other words where these stood, and the words most like them anywhere."""
    exact = before[slice(*old)]
    found: dict[Span, Proposal] = {}
    for start, end in (course.follow(*old), _most_alike(after, exact)):
        start, end = _to_words(after, start, end)
        likeness = round(fuzz.ratio(exact, after[start:end]))
        if start < end and likeness >= LIKE:
            found[start, end] = Proposal(start, end, after[start:end], likeness)
    best: list[Proposal] = []
    for each in sorted(found.values(), key=lambda proposal: -proposal.likeness):
        # Of two that overlap, the less alike is the same place with worse edges.
        if not any(each.start < other.end and each.end > other.start for other in best):
            best.append(each)
    return tuple(best)


def _most_alike(text: str, exact: str) -> Span:
    """The stretch of the text most like the words, its edges as they fall; may be empty."""
    if len(text) > _LONGEST:
        return 0, 0
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=LIKE)
    # The shorter of the two is looked for in the longer: a text shorter than the mark is all of it.
    if found is None or len(exact) > len(text):
        return 0, 0
    return found.dest_start, found.dest_end


def _to_words(text: str, start: int, end: int) -> Span:
    """The span with the words it cuts made whole, and no spaces or stray marks at its ends."""
    while 0 < start < end and _joins(text, start):
        start -= 1
    while start < end < len(text) and _joins(text, end):
        end += 1
    return trim(text, start, end)
