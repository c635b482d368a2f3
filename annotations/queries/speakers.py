"""Who probably says words of an article: a suggestion beside an editor's choice."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.queries.workbench import Workbench
from annotations.text.sentences import ParagraphKind, Sentence
from annotations.text.speakers import Attribution, proposal

# What is read around the words, in code points: enough for a whole article of usual length.
BEFORE = 12_000
AFTER = 3_000
# The longest words shown as the reason, in code points, and the longest name.
MAX_WORDS = 80
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, and the words that led to it; `is_guess` where they are "she" or "the mayor"."""

    name: str
    words: str
    is_guess: bool


def probable_speaker(bench: Workbench, start: int, end: int) -> Suggestion | None:
    """Who probably says the words from `start` to `end` (code points), or None.

    Read from the text alone, in no statement and with no regard to what others answered.
    """
    near = [row for row in bench.sentences if start - BEFORE < row.start < end + AFTER]
    if not near:
        return None
    first = near[0].start
    sentences = [
        Sentence(row.start - first, row.end - first, row.paragraph, ParagraphKind(row.kind))
        for row in near
    ]
    text = bench.revision.text[first : near[-1].end]
    found = proposal(text, sentences, start - first, end - first, bench.article.language)
    if found is None or len(found.name) > MAX_NAME:
        return None
    return Suggestion(" ".join(found.name.split()), _reason(text, found), found.is_guess)


def _reason(text: str, found: Attribution) -> str:
    """The speaker and the verb as they stand in the text: "Lavrov added"."""
    spans = [span for span in (found.cue, found.speaker) if span]
    if not spans:
        return ""
    words = text[min(start for start, _end in spans) : max(end for _start, end in spans)]
    if len(words) > MAX_WORDS:
        words = text[slice(*spans[-1])]
    return " ".join(words.split())
