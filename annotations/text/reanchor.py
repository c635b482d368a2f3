"""What becomes of marks when an article's text changes.

The one rule: words that stand at exactly one place before and after are followed there; if the
sentence around them changed, a person confirms it. Words that stand at several places are followed
by their sentence, if that stands at one place before and after. Where nothing changed but quotation
marks, dashes, spaces and ligatures, the same holds, and a person confirms it. Anything else is a
proposal for a person, and what nothing resembles is an orphan.

Similarity proposes and never decides: to insert "not" leaves two texts 97 per cent alike. It can
only take a place away: if the words stand alone in a note, and their sentence was put right where
it stood, both places are proposed.

Offsets are code points of canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz

from annotations.text.anchors import CONTEXT, trim
from annotations.text.characters import CJK, extends
from annotations.text.difference import Course
from annotations.text.folding import Folded, fold, spans
from annotations.text.rivals import LIKE, Cut, Rivals, Span

__all__ = ["FOLLOWED", "Cut", "Fate", "Outcome", "Proposal", "reanchor"]


class Fate(StrEnum):
    """What becomes of a mark. The first two keep its words, letter for letter."""

    SAME = "same"  # it stands where it stood, in the same sentence
    MOVED = "moved"  # it stands elsewhere, in the same sentence
    CONTEXT = "context"  # the sentence around it, or its marks, changed: a person confirms it
    PROPOSAL = "proposal"  # a person chooses among places, or none
    ORPHAN = "orphan"  # nothing in the text resembles it


FOLLOWED = (Fate.SAME, Fate.MOVED, Fate.CONTEXT)

# Places offered to a person, the best first.
MOST_PROPOSALS = 3
# Longest text searched for similar words, in code points; the time grows with it.
_LONGEST = 1_000_000
# More places than this of the same words are not looked at one by one.
_MOST_PLACES = 50


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


def reanchor(before: Cut, after: Cut, marks: Sequence[Span]) -> list[Outcome]:
    """What becomes of each of the `marks` of `before` in `after`, in their order."""
    if before.text == after.text:
        return [Outcome(Fate.SAME, start, end) for start, end in marks]
    texts = _Texts(before, after)
    return [texts.outcome(mark) for mark in marks]


class _Texts:
    """The two texts, and what is found out of them once for all marks."""

    def __init__(self, before: Cut, after: Cut) -> None:
        self.before, self.after = before, after
        self.course = Course(before.text, after.text)
        self.rivals = Rivals(before, after)

    @cached_property
    def folded(self) -> tuple[Folded, Folded]:
        return fold(self.before.text), fold(self.after.text)

    def outcome(self, mark: Span) -> Outcome:
        place = self._place(mark) or self._by_sentence(mark) or self._folded_place(mark)
        if place:
            rival = self.rivals.of(mark, place)
            if rival is None:
                return Outcome(self._fate(mark, place), *place)
            both = [_proposal(self.before.text, self.after.text, mark, at) for at in (rival, place)]
            return Outcome(Fate.PROPOSAL, proposals=tuple(both))
        proposals = _proposals(self.before.text, self.after.text, mark, self.course)
        return Outcome(Fate.PROPOSAL if proposals else Fate.ORPHAN, proposals=proposals)

    def _place(self, mark: Span) -> Span | None:
        """The one place where the same words stand, if they stood at one place before."""
        before, after, exact = self.before.text, self.after.text, self.before.text[slice(*mark)]
        places = _places(after, exact, most=2)
        if len(places) != 1 or len(_places(before, exact, most=2)) != 1:
            return None
        place = (places[0], places[0] + len(exact))
        return place if _whole(before, *mark) == _whole(after, *place) else None

    def _by_sentence(self, mark: Span) -> Span | None:
        """The place of words that stand at several, in a sentence that stands at one."""
        around = self._sentences(mark)
        at = self._place(around) if around else None
        if at is None:
            return None
        start = at[0] + mark[0] - around[0]
        return start, start + mark[1] - mark[0]

    def _sentences(self, mark: Span) -> Span:
        """From the first to the last of the sentences that hold the mark, or an empty span."""
        touched = self.before.touched(*mark)
        if not touched:
            return 0, 0
        start = self.before.sentences[touched.start][0]
        end = self.before.sentences[touched.stop - 1][1]
        return (start, end) if start <= mark[0] and mark[1] <= end else (0, 0)

    def _folded_place(self, mark: Span) -> Span | None:
        """The one place of the words whichever marks, dashes and spaces they are printed with."""
        text, folded = self.before.text, self.folded
        for words in (mark, self._sentences(mark)):
            was, now = (spans(each, text[slice(*words)], most=2) for each in folded)
            if len(was) != 1 or len(now) != 1:
                continue
            place = now[0] if words == mark else self._inside(mark, words, now[0])
            place = place and self._as_printed(mark, place)
            if place:
                return place
        return None

    def _inside(self, mark: Span, words: Span, place: Span) -> Span | None:
        """Where the mark stands in its sentences, which are printed at `place` now."""
        before, after = self.before.text[slice(*words)], fold(self.after.text[slice(*place)])
        start = len(fold(before[: mark[0] - words[0]]).text.rstrip())
        plain = fold(self.before.text[slice(*mark)]).text.strip()
        at = after.text.find(plain, max(0, start - 1))
        if not 0 <= at <= start + 1:
            return None
        return place[0] + after.starts[at], place[0] + after.ends[at + len(plain) - 1]

    def _as_printed(self, mark: Span, place: Span) -> Span | None:
        """The place without outer spaces, if it holds the mark's whole words."""
        start, end = place
        words = self.after.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        was, now = _whole(self.before.text, *mark), _whole(self.after.text, start, end)
        return (start, end) if fold(was).text.strip() == fold(now).text.strip() else None

    def _fate(self, old: Span, new: Span) -> Fate:
        if _around(self.before, *old) != _around(self.after, *new):
            return Fate.CONTEXT
        stayed = self.course.kept(*old) and self.course.follow(*old) == new
        return Fate.SAME if stayed else Fate.MOVED


def _around(cut: Cut, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The sentences that the span touches, and where in the first it begins."""
    touched = cut.touched(start, end)
    if not touched:
        return (cut.text[max(0, start - CONTEXT) : end + CONTEXT],), 0
    return tuple(map(cut.words, touched)), start - cut.sentences[touched.start][0]


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


def _proposals(before: str, after: str, old: Span, course: Course) -> tuple[Proposal, ...]:
    """Where the mark may belong: what stands where it stood, the same words, or words like it."""
    exact = before[slice(*old)]
    stands = _alike(after, exact, course.follow(*old))
    places = _places(after, exact)
    if places:
        found = [_proposal(before, after, old, at) for at in _ranked(before, after, old, places)]
    else:
        found = _alike(after, exact, _most_alike(after, exact))
    best: list[Proposal] = []
    for each in [*stands, *found]:
        # Of two that overlap, the second is the same place with worse edges.
        if not any(each.start < other.end and each.end > other.start for other in best):
            best.append(each)
    return tuple(best[:MOST_PROPOSALS])


def _ranked(before: str, after: str, old: Span, places: list[int]) -> list[Span]:
    """The places of the same words: those in the same surroundings first, then the nearest."""
    length = old[1] - old[0]
    prefix, suffix = _context(before, *old)

    def rank(at: int) -> tuple[float, int]:
        its_prefix, its_suffix = _context(after, at, at + length)
        alike = _likeness(prefix, its_prefix) + _likeness(suffix, its_suffix)
        return -alike, abs(at - old[0])

    return [(at, at + length) for at in sorted(places, key=rank)]


def _proposal(before: str, after: str, old: Span, new: Span) -> Proposal:
    """The place of the same words, or of the longer word that they are part of now."""
    if _whole(before, *old) != _whole(after, *new):
        new = _to_words(after, *new)
    exact = after[slice(*new)]
    return Proposal(*new, exact, round(fuzz.ratio(before[slice(*old)], exact)))


def _alike(after: str, exact: str, place: Span) -> list[Proposal]:
    """The place, with the words it cuts made whole, if what stands there is like the words."""
    start, end = _to_words(after, *place)
    likeness = round(fuzz.ratio(exact, after[start:end]))
    return [Proposal(start, end, after[start:end], likeness)] if likeness >= LIKE else []


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


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
