"""Nineteen kinds of edit that articles get, made so that every character is followed by its number.

Each edit takes a text whose characters carry where they stood at first and gives the same back, so
that the right place of a mark is known whatever was changed. `python -m tests.text.edits` prints
what becomes of the marks, kind by kind.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from annotations.text.reanchor import FOLLOWED, Cut, Outcome, reanchor
from annotations.text.rivals import LIKE
from annotations.text.sentences import ParagraphKind, split
from tests.text import texts

MARKS, ROUNDS = 12, 4
"""Marks drawn for each text and kind of edit, and how often another edit of the kind is made."""
LANGUAGES = ("en", "de", "fr", "es", "ru")
SHORTEST = 1300
"""Code points of the texts that are edited: shorter ones have no room for twelve marks."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Traced:
    """A text, and for each of its characters where it stood at first, or -1 where it is new."""

    text: str
    came_from: tuple[int, ...]

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.came_from + other.came_from)

    def part(self, start: int, end: int) -> Traced:
        return Traced(self.text[start:end], self.came_from[start:end])


def traced(text: str) -> Traced:
    return Traced(text, tuple(range(len(text))))


def new(text: str) -> Traced:
    return Traced(text, (-1,) * len(text))


NOTHING = new("")


def joined(parts: list[Traced], gap: Traced = NOTHING) -> Traced:
    whole = NOTHING
    for number, part in enumerate(parts):
        whole = whole + gap + part if number else part
    return whole


def put(text: Traced, start: int, end: int, words: str) -> Traced:
    """The text with `words` where text[start:end] stood: they stand for what they replace."""
    old = text.came_from[start:end]
    took = tuple(old[min(at, len(old) - 1)] for at in range(len(words))) if old else ()
    middle = Traced(words, took) if old else new(words)
    return text.part(0, start) + middle + text.part(end, len(text.text))


def each(text: Traced, pattern: str, words: Callable[[re.Match[str]], str]) -> Traced:
    """The text with every match of the pattern replaced."""
    for found in reversed(list(re.finditer(pattern, text.text))):
        text = put(text, found.start(), found.end(), words(found))
    return text


def some(
    text: Traced,
    pattern: str,
    words: Callable[[re.Match[str]], str],
    draw: random.Random,
    most: int,
) -> Traced:
    """The text with at most `most` matches replaced, drawn by chance."""
    found = list(re.finditer(pattern, text.text))
    chosen = sorted(draw.sample(found, min(most, len(found))), key=lambda one: -one.start())
    for one in chosen:
        text = put(text, one.start(), one.end(), words(one))
    return text


# --- the edits ---


def paragraphs(text: Traced) -> list[Traced]:
    found, start = [], 0
    for gap in re.finditer(r"\n+", text.text):
        found.append(text.part(start, gap.start()))
        start = gap.end()
    return [*found, text.part(start, len(text.text))]


def from_paragraphs(parts: list[Traced]) -> Traced:
    return joined([part for part in parts if part.text], new("\n\n"))


def sentences(text: Traced) -> list[Span]:
    return [(row.start, row.end) for row in split(text.text) if row.kind is ParagraphKind.BODY]


def headline(text: Traced, draw: random.Random) -> Traced:
    parts = paragraphs(text)
    return from_paragraphs([new(draw.choice(["What we know now", "Read this first"])), *parts[1:]])


def paragraph_inserted(text: Traced, draw: random.Random) -> Traced:
    parts = paragraphs(text)
    at = draw.randrange(1, len(parts) + 1)
    return from_paragraphs(
        [*parts[:at], new("Nothing of the kind had been planned before this week."), *parts[at:]]
    )


def numbers_corrected(text: Traced, draw: random.Random) -> Traced:
    return some(text, r"\d+", lambda found: str(int(found.group()) + 3), draw, 3)


def to_curly(text: Traced, _draw: random.Random) -> Traced:
    text = each(text, r'(?<![^\s(—–-])"|[«„]\s?', lambda _found: "“")
    return each(each(text, r'"|\s?»', lambda _found: "”"), "'", lambda _found: "’")


def to_straight(text: Traced, _draw: random.Random) -> Traced:
    text = each(text, r"[“”„]|«\s?|\s?»", lambda _found: '"')
    return each(text, "[‘’]", lambda _found: "'")


def typos(text: Traced, draw: random.Random) -> Traced:
    return some(text, r"(?<=\w)\w\w(?=\w)", lambda found: found.group()[::-1], draw, 8)


def reordered(text: Traced, draw: random.Random) -> Traced:
    parts = paragraphs(text)
    body = parts[1:]
    body.insert(draw.randrange(len(body)), body.pop(draw.randrange(len(body))))
    return from_paragraphs([parts[0], *body])


def sentence_repeated(text: Traced, draw: random.Random) -> Traced:
    start, end = draw.choice(sentences(text))
    return text + new("\n\n" + text.text[start:end])


def sentence_deleted(text: Traced, draw: random.Random) -> Traced:
    start, end = draw.choice(sentences(text))
    return text.part(0, start) + text.part(end + 1, len(text.text))


def not_inserted(text: Traced, draw: random.Random) -> Traced:
    return some(text, r"(?<=\w) (?=\w)", lambda _found: " not ", draw, 2)


def dashes(text: Traced, _draw: random.Random) -> Traced:
    return each(each(text, r"\s[–—]\s|--", lambda _found: "—"), r"\.\.\.", lambda _found: "…")


def said_otherwise(text: Traced, _draw: random.Random) -> Traced:
    return each(text, r"\b(?:said|sagte|dijo|сказал)\b", lambda _found: "told reporters")


def paragraphs_joined(text: Traced, draw: random.Random) -> Traced:
    parts = paragraphs(text)
    at = draw.randrange(1, len(parts) - 1)
    both = joined([parts[at], parts[at + 1]], new(" "))
    return from_paragraphs([*parts[:at], both, *parts[at + 2 :]])


def paragraph_parted(text: Traced, draw: random.Random) -> Traced:
    start, _end = draw.choice(sentences(text)[1:])
    return text.part(0, start) + new("\n\n") + text.part(start, len(text.text))


def house_style(text: Traced, _draw: random.Random) -> Traced:
    text = each(text, r"\s?(?:%|per cent)", lambda _found: " percent")
    return each(text, r"\bM(?:r|rs|s)\. (?=[A-Z])", lambda _found: "")


def note_added(text: Traced, _draw: random.Random) -> Traced:
    return text + new("\n\nThis article was changed on Tuesday to add what the office answered.")


def corrected(text: Traced, draw: random.Random) -> tuple[Traced, str]:
    """A sentence with a figure, or else any, put right; and what it said before."""
    rows = sentences(text)
    figures = [(a, b) for a, b in rows if re.search(r"\d", text.text[a:b])]
    start, end = draw.choice(figures or rows)
    old = text.text[start:end]
    found = re.search(r"\d+", old) or re.search(r"\w{4,}", old)
    assert found
    word = found.group()
    right = str(int(word) + 5) if word.isdigit() else "hardly"
    return put(text, start + found.start(), start + found.end(), right), old


def note_that_quotes(text: Traced, draw: random.Random) -> Traced:
    text, old = corrected(text, draw)
    return text + new(f"\n\nCorrection: an earlier version said: “{old}” That was wrong.")


def note_that_repeats(text: Traced, draw: random.Random) -> Traced:
    text, old = corrected(text, draw)
    return text + new(
        f"\n\nCorrection: an earlier version gave a wrong figure. It said the following.\n\n{old}"
    )


def four_at_once(text: Traced, draw: random.Random) -> Traced:
    kinds = [*PLAIN]
    for name in draw.sample(kinds, 4):
        text = PLAIN[name](text, draw)
    return text


Edit = Callable[[Traced, random.Random], Traced]
PLAIN: dict[str, Edit] = {
    "headline": headline,
    "paragraph inserted": paragraph_inserted,
    "numbers corrected": numbers_corrected,
    "to curly": to_curly,
    "to straight": to_straight,
    "typos": typos,
    "paragraphs reordered": reordered,
    "sentence repeated": sentence_repeated,
    "sentence deleted": sentence_deleted,
    "not inserted": not_inserted,
    "dashes, ellipses": dashes,
    "said otherwise": said_otherwise,
    "paragraphs joined": paragraphs_joined,
    "paragraph parted": paragraph_parted,
    "house style": house_style,
    "note added": note_added,
}
KINDS: dict[str, Edit] = PLAIN | {
    "four at once": four_at_once,
    "note that quotes": note_that_quotes,
    "note that repeats": note_that_repeats,
}


# --- what becomes of the marks ---


def marks(text: str, draw: random.Random) -> list[Span]:
    """Whole sentences, parts of one from word to word, and words across two of them."""
    rows = [(row.start, row.end) for row in split(text)]
    found: list[Span] = []
    while len(found) < MARKS:
        at = draw.randrange(len(rows))
        start, end = rows[at]
        words = [(one.start() + start, one.end() + start) for one in _words(text[start:end])]
        kind = draw.choice(["whole", "part", "part", "few", "across"])
        if kind == "part" and len(words) > 4:
            first = draw.randrange(len(words) // 2)
            start, end = words[first][0], words[draw.randrange(first + 2, len(words))][1]
        elif kind == "few" and len(words) > 3:
            first = draw.randrange(len(words) - 2)
            start, end = words[first][0], words[first + 1][1]
        elif kind == "across" and at + 1 < len(rows):
            end = rows[at + 1][1]
        found.append((start, end))
    return found


def _words(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"\w(?:[\w’',.-]*\w)?", text)


@dataclass(slots=True)
class Tally:
    """How many marks were followed to their place, elsewhere, or left to a person, and how."""

    fates: Counter[str]
    followed: int = 0
    elsewhere: int = 0
    by_hand: int = 0
    kept_by_hand: int = 0
    unseen: int = 0
    """Marks left to a person to whom their place is not proposed, though it is like the words."""
    torn: int = 0
    """Proposals that begin or end within a word."""


def tally(kind: str) -> Tally:
    """What becomes of the marks of each text after edits of that kind."""
    found = Tally(Counter())
    for text, turn in product(base_texts(), range(ROUNDS)):
        draw = random.Random(f"{kind} {turn} {text[:40]}")
        spans = marks(text, draw)
        after = KINDS[kind](traced(text), draw)
        outcomes = reanchor(_cut(text), _cut(after.text), spans)
        for span, outcome in zip(spans, outcomes, strict=True):
            _count(found, span, after, outcome, text)
    return found


def base_texts() -> list[str]:
    rows = [one.text for one in texts.texts() if one.language in LANGUAGES]
    return [text for text in rows if len(text) >= SHORTEST]


def _cut(text: str) -> Cut:
    return Cut(text, [(row.start, row.end) for row in split(text)])


def _count(found: Tally, span: Span, after: Traced, outcome: Outcome, before: str) -> None:
    found.fates[outcome.fate.value] += 1
    right = [at for at, was in enumerate(after.came_from) if span[0] <= was < span[1]]
    if outcome.fate not in FOLLOWED:
        found.by_hand += 1
        now = after.text[right[0] : right[-1] + 1] if right else ""
        found.torn += sum(_is_torn(after.text, one.start, one.end) for one in outcome.proposals)
        found.kept_by_hand += _bare(now) == _bare(before[slice(*span)])
        if (
            right
            and _is_like(before[slice(*span)], now)
            and not any(one.start <= right[-1] and one.end > right[0] for one in outcome.proposals)
        ):
            found.unseen += 1
        return
    place = range(outcome.start, outcome.end)
    if right and right[0] in place and right[-1] in place:
        found.followed += 1
    else:
        found.elsewhere += 1


def _bare(words: str) -> str:
    """The words as a reader sees them: without the marks, dashes and spaces."""
    return re.sub(r"[\W_]+", "", words)


def _is_like(before: str, now: str) -> bool:
    return fuzz.ratio(before, now.strip()) >= LIKE


def _is_torn(text: str, start: int, end: int) -> bool:
    return any(re.fullmatch(r"\w\w", text[max(0, at - 1) : at + 1]) for at in (start, end))


def main() -> None:
    print(
        "| edit | followed | elsewhere | by hand | though unchanged | place not proposed "
        "| cut words | fates |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind in KINDS:
        one = tally(kind)
        fates = ", ".join(f"{name} {count}" for name, count in sorted(one.fates.items()))
        print(
            f"| {kind} | {one.followed} | {one.elsewhere} | {one.by_hand} "
            f"| {one.kept_by_hand} | {one.unseen} | {one.torn} | {fates} |"
        )


if __name__ == "__main__":
    main()
