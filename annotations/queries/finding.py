"""Finding on the workbench: a person's filter over the claims, and repeats of marked words.

Both look at what `queries.workbench` has loaded for the person, so they ask the database nothing
and can tell nothing that the page itself does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotations.text.looking import folded
from annotations.vocabulary import ClaimStatus

from . import filters
from .workbench import Entry, Workbench, sentences_in_words

MOST_REPEATS = 50
SHORTEST = 12
"""Code points. The repeats of fewer are seldom the same claim."""
AROUND = 40
"""Code points of the text shown before and after a repeat."""

_IS: dict[str, Callable[[Entry], bool]] = {
    "mine": lambda entry: entry.is_open_to_me,
    "unrated": lambda entry: entry.rating is None,
    "rated": lambda entry: entry.rating is not None,
    "orphan": lambda entry: not entry.marks or any(mark.waits for mark in entry.marks),
}


def matching(bench: Workbench, query: str) -> list[Entry]:
    """The claims that every word of the query fits, in reading order.

    `is:mine`, `is:unrated`, `is:rated`, `is:orphan`, `state:` and a status, and what
    queries.filters reads besides; any other word stands in the claim, in its marked words, or in
    its claimant's name.
    """
    terms = [term for term in query.lower().split() if not filters.is_relation(term)]
    return [
        entry
        for entry in bench.entries
        if (bench.related is None or entry.claim.pk in bench.related)
        and all(_fits(entry, term) for term in terms)
    ]


def _fits(entry: Entry, term: str) -> bool:
    name, colon, value = term.partition(":")
    if colon and name == "is" and value in _IS:
        return _IS[value](entry)
    if colon and name == "state" and value in ClaimStatus.values:
        return entry.claim.status == value
    claim = entry.claim
    text = f"{claim.claim_reviewed} {entry.words} {claim.claimant or ''}"
    return folded(term) in folded(text)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A place where the same words stand: its span, and its surroundings for people."""

    start: int
    end: int
    where: str
    before: str
    exact: str
    after: str

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


def repeats(bench: Workbench, exact: str, taken: Iterable[tuple[int, int]]) -> list[Repeat]:
    """Where else exactly these words stand as whole words; the first 50.

    `taken` are spans, in code points, with which a repeat may not overlap.
    """
    if len(exact) < SHORTEST:
        return []
    text, spans = bench.revision.text, sorted(taken)
    found: list[Repeat] = []
    at = text.find(exact)
    while at >= 0 and len(found) < MOST_REPEATS:
        end = at + len(exact)
        free = not any(start < end and stop > at for start, stop in spans)
        if free and _are_whole_words(text, at, end):
            found.append(_repeat(bench, at, end))
        at = text.find(exact, end)
    return found


def _are_whole_words(text: str, start: int, end: int) -> bool:
    cut_before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cut_before or cut_after)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


def _repeat(bench: Workbench, start: int, end: int) -> Repeat:
    text = bench.revision.text
    # The surroundings stay within the paragraph, and are cut between words.
    before = text[max(0, start - AROUND) : start]
    if start > AROUND and "\n" not in before:
        before = f"… {before.partition(' ')[2]}"
    after = text[end : end + AROUND]
    if end + AROUND < len(text) and "\n" not in after:
        after = f"{after.rpartition(' ')[0]} …"
    where = sentences_in_words(bench, [_Place(start, end)])
    return Repeat(
        start, end, where, before.rpartition("\n")[2], text[start:end], after.partition("\n")[0]
    )
