"""What a person should look at in a text that was cut: odd marks and very long sentences.

Nothing is repaired; a notice only points.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from annotations.text.languages import Language
from annotations.text.languages import language as language_data
from annotations.text.sentences import ParagraphKind, Sentence

# A sentence of more code points than this probably is several.
LONG = 600


class Oddity(StrEnum):
    UNCLOSED_QUOTE = "unclosed_quote"  # a quotation opens and its paragraph ends before it closes
    STARTS_WITH_DASH = "starts_with_dash"  # read as speech that goes on
    VERY_LONG = "very_long"  # longer than LONG
    HEADING_STATES = "heading_states"  # a heading that holds a figure and a verb
    ROW_STATES = "row_states"  # a row of a table with a cell that holds a figure and a verb


@dataclass(frozen=True, slots=True)
class Notice:
    """`sentence` is the index into the sentences the notice was made from."""

    sentence: int
    kind: Oddity


# Single quotation marks are left out: most of them are apostrophes.
_MARKS = re.compile('["“”„«»「」『』]')
_DASH = re.compile(r"[–—―]\s|[-–—―]{2}\s?\w")
_HYPHEN = re.compile(r"-\s")
_CLOSES = {"“": "„", "”": "“„", "«": "»", "»": "«", "」": "「", "』": "『"}


def notices(text: str, sentences: Sequence[Sentence], language: str = "en") -> list[Notice]:
    """The notices on `sentences`, which are those of `text`, in reading order.

    `language` is the tag of the language it is written in.
    """
    known = language_data(language)
    unclosed = set(_unclosed(text, sentences))
    found = []
    for index, sentence in enumerate(sentences):
        opens = index == 0 or sentences[index - 1].paragraph != sentence.paragraph
        if index in unclosed:
            found.append(Notice(index, Oddity.UNCLOSED_QUOTE))
        if _DASH.match(text, sentence.start) or (not opens and _HYPHEN.match(text, sentence.start)):
            found.append(Notice(index, Oddity.STARTS_WITH_DASH))
        if sentence.end - sentence.start > LONG:
            found.append(Notice(index, Oddity.VERY_LONG))
        if sentence.kind is ParagraphKind.HEADING and _states(
            text[sentence.start : sentence.end], known
        ):
            found.append(Notice(index, Oddity.HEADING_STATES))
        if sentence.kind is ParagraphKind.ROW and any(
            _states(cell, known) for cell in text[sentence.start : sentence.end].split(" | ")
        ):
            found.append(Notice(index, Oddity.ROW_STATES))
    return found


_WORD = re.compile(r"[^\W\d_]++")
# A heading of fewer words names a thing: "Chapter 3", "Results 2024".
_FEWEST_WORDS = 4


def _states(heading: str, known: Language) -> bool:
    """Whether a heading holds a figure and a verb; of a language without a list, words enough."""
    found = _WORD.findall(heading)
    if len(found) < _FEWEST_WORDS or not any(char.isdigit() for char in heading):
        return False
    if not known.verbs:
        return True
    return any(
        word.lower() in known.verbs or word.lower().endswith(known.verb_endings)
        for word in found[1:]
    )


def _unclosed(text: str, sentences: Sequence[Sentence]) -> Iterator[int]:
    """The indexes of the sentences whose opening quotation mark nothing closes.

    A quotation of whole sentences that goes on into a paragraph which opens with a quotation
    mark again is one of several paragraphs, as printed in newspapers, and no oversight. One that
    begins with a small letter is a fragment inside a sentence, which does not go on like that.
    """
    numbered = groupby(enumerate(sentences), key=lambda pair: pair[1].paragraph)
    runs = [list(run) for _, run in numbered]
    for at, run in enumerate(runs):
        start, end = run[0][1].start, run[-1][1].end
        opened = _open_at_end(text, start, end)
        if opened < 0:
            continue
        following = runs[at + 1][0][1].start if at + 1 < len(runs) else len(text)
        is_fragment = text[opened + 1 : opened + 2].islower()
        if is_fragment or text[following : following + 1] != text[opened]:
            yield next(index for index, sentence in run if sentence.end > opened)


def _open_at_end(text: str, start: int, end: int) -> int:
    """Where the first mark stands that opens in the span and is not closed in it, or -1."""
    opened: list[int] = []
    for found in _MARKS.finditer(text, start, end):
        at, mark = found.start(), found.group()
        if opened and text[opened[-1]] in _CLOSES.get(mark, mark):
            opened.pop()
        elif _opens(text, mark, at, start, end):
            opened.append(at)
    return opened[0] if opened else -1


def _opens(text: str, mark: str, at: int, start: int, end: int) -> bool:
    """Whether a mark that closes nothing opens something, rather than being one too many."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "“„«「『":
        return True
    # » opens in Danish and in German books; a straight mark after a digit is an inch.
    return mark in '"»' and not after.isspace() and (before.isspace() or before in "([—–-")
