"""Our sentences beside other segmenters' on the same texts, for docs/text.md: `make compare`.

Runs in a virtual environment of its own, where nothing but the others is installed: this script
and what it imports of ours need the standard library only. Prints Markdown; with a path as its
argument it writes the tables between the file's two marks.

A segmenter is given one paragraph at a time, as a line, and its sentences are looked up in the
paragraph. A sentence end inside a paragraph is right when it stands where people put it; the
ends of paragraphs come with the line ends and are not counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.text.sentences import split
from tests.text.texts import (
    US_NEWS,
    Score,
    Span,
    Text,
    for_sentences,
    inner_ends,
    score_speech,
    texts,
)

BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
Segmenter = Callable[[str, str], list[str]]
# What speed is measured on: English news, as many times over as makes this many characters.
SPEED_LENGTH = 200_000
SLOW_LENGTH = 20_000
RUNS = 3


def paragraphs(text: Text) -> Iterator[tuple[int, str]]:
    """The paragraphs that are no headings, each with the place where it starts."""
    numbers = dict.fromkeys(s.paragraph for s in text.sentences if s.kind != "heading")
    for number in numbers:
        inside = [s for s in text.sentences if s.paragraph == number]
        yield inside[0].start, text.text[inside[0].start : inside[-1].end]


def placed(paragraph: str, pieces: list[str]) -> list[Span]:
    """Where the pieces stand. One that the segmenter changed is looked for no further."""
    spans, at = [], 0
    for piece in (piece.strip() for piece in pieces):
        start = paragraph.find(piece, at) if piece else -1
        if start >= 0:
            at = start + len(piece)
            spans.append((start, at))
    return spans


def ours(paragraph: str, language: str) -> list[str]:
    return [paragraph[s.start : s.end] for s in split(paragraph, language)]


def others() -> dict[str, Segmenter]:
    """The segmenters of this environment, by name and version."""
    import blingfire  # type: ignore[import-not-found, unused-ignore]
    import pysbd  # type: ignore[import-not-found, unused-ignore]
    import sentencex  # type: ignore[import-not-found, unused-ignore]
    from segtok import segmenter  # type: ignore[import-not-found, unused-ignore]

    known = set(pysbd.languages.LANGUAGE_CODES)
    made: dict[str, Any] = {}

    def with_pysbd(paragraph: str, language: str) -> list[str]:
        code = language if language in known else "en"
        maker = made.setdefault(code, pysbd.Segmenter(language=code, clean=False))
        return list(maker.segment(paragraph))

    return {
        f"blingfire {version('blingfire')}": lambda p, _lang: list(
            blingfire.text_to_sentences(p).split("\n")
        ),
        f"sentencex {version('sentencex')}": lambda p, lang: list(sentencex.segment(lang, p)),
        f"pysbd {version('pysbd')}": with_pysbd,
        f"segtok {version('segtok')}": lambda p, _lang: list(segmenter.split_single(p)),
    }


def measured(chosen: list[Text], segment: Segmenter) -> Score:
    score = Score()
    for text in chosen:
        found = [
            (start + left, start + right)
            for start, paragraph in paragraphs(text)
            for left, right in placed(paragraph, segment(paragraph, text.language))
        ]
        gold = [(s.start, s.end) for s in text.sentences if s.kind != "heading"]
        score.add(
            {(text.name, end) for end in inner_ends(text, found)},
            {(text.name, end) for end in inner_ends(text, gold)},
        )
    return score


def megabytes_a_second(segment: Segmenter, language: str = "en") -> float:
    """The best of several runs, in CPU time, on news of one paragraph a call."""
    news = [p for t in texts() if t.name == "en/news-1" for _start, p in paragraphs(t)]
    size = sum(len(paragraph.encode()) for paragraph in news)
    times = []
    for length in [SLOW_LENGTH] + [SPEED_LENGTH] * RUNS:
        rounds = max(1, length // size)
        before = time.process_time()
        for _round in range(rounds):
            for paragraph in news:
                segment(paragraph, language)
        spent = time.process_time() - before
        times.append(size * rounds / spent / 1e6)
        if times[0] < 0.1:
            break  # Ten times as much would keep people waiting, and tell the same.
    return max(times)


def groups() -> dict[str, list[Text]]:
    """The texts by column: what they are, and in which language."""
    found: dict[str, list[Text]] = {}
    for text in for_sentences():
        genre = text.genre if text.genre in ("web", "items") else "news"
        key = f"{text.language}, {genre}" if text.language == "en" else text.language
        found.setdefault(key, []).append(text)
    order = ["en, news", "en, web", "en, items", "fr", "de", "es", "ru", "ar", "zh"]
    order += ["it", "pt", "uk", "tr", "pl", "nl", "id", "hi", "ja", "el", "hy"]
    return {key: found[key] for key in order}


def sentence_tables(segmenters: Mapping[str, Segmenter]) -> Iterator[str]:
    columns = groups()
    ends = {key: measured(chosen, lambda *_: []).missed for key, chosen in columns.items()}
    yield "F1, all texts:\n\n"
    yield from _table(
        ["", *columns, "MB/s"],
        [
            [name, *(f"{measured(c, one).f1:.1f}" for c in columns.values()), _speed(one)]
            for name, one in segmenters.items()
        ]
        + [["sentence ends", *map(str, ends.values()), ""]],
    )
    yield f"\nSets in which a library is ahead of us: {'; '.join(_ahead(segmenters)) or 'none'}.\n"
    for name, held_out in (("Seen", False), ("Held out", True)):
        chosen = [text for text in for_sentences() if text.is_held_out is held_out]
        yield f"\n{name}, all languages together:\n\n"
        yield from _table(
            ["", "precision", "recall", "F1"],
            [
                [label, f"{score.precision:.1f}", f"{score.recall:.1f}", f"{score.f1:.1f}"]
                for label, one in segmenters.items()
                for score in [measured(chosen, one)]
            ],
        )


def _ahead(segmenters: Mapping[str, Segmenter]) -> Iterator[str]:
    """Each set, seen or held out, that a library cuts better than we do, with the figures."""
    for key, texts_of in groups().items():
        for held_out in (False, True):
            chosen = [text for text in texts_of if text.is_held_out is held_out]
            if not chosen:
                continue
            reached = {name: measured(chosen, one).f1 for name, one in segmenters.items()}
            mine = reached.pop("Factcheck")
            for name, theirs in reached.items():
                if theirs > mine:
                    kept = "held out" if held_out else "seen"
                    yield f"{key}, {kept}: {name} {theirs:.1f}, Factcheck {mine:.1f}"


def _speed(segment: Segmenter) -> str:
    return f"{megabytes_a_second(segment):.2g}"


def speech_table() -> Iterator[str]:
    yield "\nQuotations and speakers (precision / recall in percent; in brackets how many):\n\n"
    rows = []
    columns: dict[str, list[Text]] = {"en": [], "en, US news": []}
    for text in texts():
        is_us = text.genre == US_NEWS
        columns.setdefault("en, US news" if is_us else text.language, []).append(text)
    order = ["en", "en, US news", "fr", "de", "es", "ru", "it", "pt", "uk", "ar", "zh"]
    for column in order:
        for name, held_out in (("seen", False), ("held out", True)):
            chosen = [text for text in columns[column] if text.is_held_out is held_out]
            if not chosen:
                continue
            scores = score_speech(chosen)
            cells = [_cell(one) for one in (scores.quotations, scores.speakers, scores.passed_on)]
            rows.append([f"{column}, {name}", *cells, _offers(scores.pronouns)])
    head = ["", "quotations", "who says them", "words passed on", "right of a pronoun’s guesses"]
    yield from _table(head, rows)


def _offers(score: Score) -> str:
    offered = score.right + score.wrong
    return f"{score.precision:.1f} ({offered})" if offered else "–"


def _cell(score: Score) -> str:
    if not score.right + score.wrong + score.missed:
        return "–"
    return f"{score.precision:.1f} / {score.recall:.1f} ({score.right + score.missed})"


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    for row in [head, ["---"] * len(head), *rows]:
        yield f"| {' | '.join(row)} |\n"


def main() -> None:
    segmenters = {"Factcheck": ours, **others()}
    tables = "".join([*sentence_tables(segmenters), *speech_table()])
    if len(sys.argv) < 2:
        print(tables, end="")
        return
    page = Path(sys.argv[1])
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _old, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}{tables}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
