"""What a quotation is, and the paragraphs in which quotations are looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from annotations.text.paragraphs import ParagraphKind
from annotations.text.sentences import Sentence

Span = tuple[int, int]
# Quotations in one paragraph, and quotations within one another, that are looked at.
MAX_QUOTATIONS = 200
MAX_DEPTH = 4
# The longest words of who says it between two pieces of one quotation, in code points.
MAX_TAG = 250


class Form(StrEnum):
    """What shows that words are somebody else's."""

    MARKS = "marks"
    DASH = "dash"  # a dash opens the turn
    LABEL = "label"  # a transcript: "CHAIR: ..."


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation, in code points, its marks included."""

    start: int
    end: int
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one speaker; `depth` counts the quotations around it, `label` says who in a label.

    A turn ends with its paragraph or with the speaker's next label, and is always closed.
    """

    pieces: tuple[Piece, ...]
    form: Form = Form.MARKS
    depth: int = 0
    label: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def is_closed(self) -> bool:
        return all(piece.is_closed for piece in self.pieces)

    def covers(self, start: int, end: int) -> bool:
        """Whether some of the words from `start` to `end` are in it."""
        return any(piece.start < end and start < piece.end for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its sentences."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    is_heading: bool
    """A heading or a row of a table: no running text."""

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that holds a place of the paragraph, or that ended just before it."""
        at = bisect_right(self.sentences, place, key=lambda sentence: sentence.start)
        return self.sentences[max(at - 1, 0)]


def blocks(sentences: Sequence[Sentence]) -> list[Block]:
    """The paragraphs that sentences of one text make, in order."""
    found = []
    for _number, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        run = tuple(group)
        found.append(Block(run[0].start, run[-1].end, run, run[0].kind != ParagraphKind.BODY))
    return found


def by_start(piece: Piece) -> int:
    return piece.start
