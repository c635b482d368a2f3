"""Whether words that stand at one place only stand there as the article's own, or as a quotation.

An article that corrects a figure may print the old sentence again, in a note at its end: the one
place where the words stand is then not where the article makes the claim.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from annotations.text.difference import Course

Span = tuple[int, int]

LIKE = 60
"""Likeness (per cent) from which on a new sentence may be an old one put right."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with the spans of its sentences, in order."""

    text: str
    sentences: Sequence[Span]

    def touched(self, start: int, end: int) -> range:
        """The numbers of the sentences that the span touches."""
        first = bisect_right(self.sentences, start, key=lambda span: span[1])
        return range(first, bisect_left(self.sentences, end, key=lambda span: span[0]))

    def words(self, number: int) -> str:
        """The sentence of that number; empty before the first and after the last."""
        if not 0 <= number < len(self.sentences):
            return ""
        start, end = self.sentences[number]
        return self.text[start:end]


class Rivals:
    """The sentences that came into a text, as those that may be what an old one was made into."""

    def __init__(self, before: Cut, after: Cut) -> None:
        self._before, self._after = before, after
        old = {before.words(number) for number in range(len(before.sentences))}
        new = {after.words(number) for number in range(len(after.sentences))}
        self._came = {
            number: words
            for number in range(len(after.sentences))
            if (words := after.words(number)) not in old
        }
        self._gone = {
            number: words
            for number in range(len(before.sentences))
            if (words := before.words(number)) not in new
        }

    def of(self, mark: Span, place: Span) -> Span | None:
        """Where the words of a `mark` stand put right, if they were only followed to a `place`.

        None while the place is between the same sentences as the mark was, and when nothing that
        came is like the mark's sentence, or it is like another that went.
        """
        was, now = self._before.touched(*mark), self._after.touched(*place)
        if not self._came or not was or not now or self._is_where_it_was(was, now):
            return None
        came = {number: words for number, words in self._came.items() if number not in now}
        for number in was:
            sentence = self._before.words(number)
            best = process.extractOne(sentence, came, scorer=fuzz.ratio, score_cutoff=LIKE)
            if best is None or self._is_of_another(best[0], best[1], was):
                continue
            return self._inside(number, best[2], mark)
        return None

    def _is_where_it_was(self, was: range, now: range) -> bool:
        before, after = self._before, self._after
        earlier, later = before.words(was.start - 1), before.words(was.stop)
        return (earlier != "" and earlier == after.words(now.start - 1)) or (
            later != "" and later == after.words(now.stop)
        )

    def _is_of_another(self, came: str, likeness: float, was: range) -> bool:
        """Whether a sentence that went, and is none of the mark's, is as like what came."""
        gone = {number: words for number, words in self._gone.items() if number not in was}
        return process.extractOne(came, gone, scorer=fuzz.ratio, score_cutoff=likeness) is not None

    def _inside(self, number: int, came: int, mark: Span) -> Span:
        """The part of the new sentence that stands for the mark's part of the old one."""
        (first, last), (start, end) = self._before.sentences[number], self._after.sentences[came]
        course = Course(self._before.text[first:last], self._after.text[start:end])
        a, b = course.follow(max(mark[0], first) - first, min(mark[1], last) - first)
        return (start + a, start + b) if a < b else (start, end)
