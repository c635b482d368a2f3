"""The shortest way to choose any words of a sentence by keys, by the rules of select.js."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Span = tuple[int, int]

FAR = 5

READ = """async (selector) => {
    const offsets = await import("/static/js/offsets.js");
    const { clausesOf, startOf, textOf, wordsBeginning, wordsOf } = offsets;
    const sentence = document.querySelector(selector);
    const points = [...textOf(sentence)];
    const words = wordsOf(sentence).map(({ start, end }) => [start, end]);
    const beginning = words.map(([start, end]) => {
        const letters = points.slice(start - startOf(sentence), end - startOf(sentence))
            .filter((point) => /[\\p{L}\\p{N}]/u.test(point)).slice(0, 3);
        return letters.map((letter, at) => {
            const typed = letters.slice(0, at + 1);
            return [typed, wordsBeginning(sentence, typed.join("")).map((word) => word.start)];
        });
    });
    const clauses = clausesOf(sentence).map(({ start, end }) => [start, end]);
    return { words, clauses, beginning };
}"""


@dataclass
class Sentence:
    words: list[Span]
    clauses: list[Span]
    beginning: list[list[tuple[list[str], list[int]]]]
    """For each word: its first letters, one, two or three of them, and where such words begin."""


def read(page: Page, selector: str) -> Sentence:
    found: dict[str, Any] = page.evaluate(READ, selector)
    return Sentence(
        [(start, end) for start, end in found["words"]],
        [(start, end) for start, end in found["clauses"]],
        found["beginning"],
    )


def ways(sentence: Sentence) -> dict[Span, list[str]]:
    """For each span of words the fewest keys that choose it, from the sentence's focus on."""
    first, last = sentence.words[0], sentence.words[-1]
    found: dict[Span, list[str]] = {}
    count = itertools.count()
    waiting: list[tuple[int, int, Span, list[str]]] = []

    def offer(span: Span, keys: list[str]) -> None:
        if span[0] < span[1] and span not in found:
            heapq.heappush(waiting, (len(keys), next(count), span, keys))

    offer(first, ["Shift+ArrowRight"])
    offer((first[0], last[1]), ["Shift+ArrowLeft"])
    for word, keys in _by_letters(sentence, "w", 0):
        offer(word, keys)
    while waiting:
        _cost, _turn, span, keys = heapq.heappop(waiting)
        if span in found:
            continue
        found[span] = keys
        for moved, key in _moved(sentence, span):
            offer(moved, [*keys, key])
        # While letters are typed, E is one of them: there Enter goes on to the last word.
        opener = "e" if is_moved(keys) else "Enter"
        for word, more in _by_letters(sentence, opener, span[0]):
            offer((span[0], word[1]), [*keys, *more])
    return found


def is_moved(keys: list[str]) -> bool:
    """Whether the last of these keys moved an end, and was no letter."""
    return "Shift+" in keys[-1]


def marking(keys: list[str]) -> list[str]:
    """What marks the words after these keys: behind the letters of the first word, Enter twice."""
    if is_moved(keys):
        return ["m"]
    moves = [at for at, key in enumerate(keys) if "Shift+" in key]
    typed = keys[moves[-1] + 1 :] if moves else keys
    return ["Enter"] if "Enter" in typed or typed[0] == "e" else ["Enter", "Enter"]


def _by_letters(sentence: Sentence, key: str, behind: int) -> list[tuple[Span, list[str]]]:
    """Each word from `behind` on with the keys that find it: letters, then how often further."""
    found = []
    for word, choices in zip(sentence.words, sentence.beginning, strict=True):
        for letters, starts in choices:
            such = [start for start in starts if start >= behind]
            if word[0] in such:
                on = such.index(word[0])
                found.append((word, [key, *letters, *["ArrowRight"] * on]))
                found.append((word, [key, *letters, *["ArrowLeft"] * (len(such) - on)]))
    return found


def _moved(sentence: Sentence, span: Span) -> list[tuple[Span, str]]:
    start, end = span
    found = []
    for units, held in ((sentence.words, "Shift"), (sentence.clauses, "Control+Shift")):
        ends, starts = [unit[1] for unit in units], [unit[0] for unit in units]
        for key, to in (
            ("ArrowRight", next((each for each in ends if each > end), None)),
            ("ArrowLeft", next((each for each in reversed(ends) if each < end), None)),
        ):
            found += [((start, to), f"{held}+{key}")] if to is not None else []
        for key, to in (
            ("ArrowDown", next((each for each in starts if each > start), None)),
            ("ArrowUp", next((each for each in reversed(starts) if each < start), None)),
        ):
            found += [((to, end), f"{held}+{key}")] if to is not None else []
    ends, starts = [unit[1] for unit in sentence.words], [unit[0] for unit in sentence.words]
    last, first = ends.index(end), starts.index(start)
    for key, by in (("PageDown", FAR), ("PageUp", -FAR)):
        if 0 <= last + by < len(ends):
            found.append(((start, ends[last + by]), f"Shift+{key}"))
        if 0 <= first + by < len(starts):
            found.append(((starts[first + by], end), f"Alt+Shift+{key}"))
    return found
