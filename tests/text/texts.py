"""Texts cut and annotated by hand: `tests/data/texts/README.md` says how they are written.

Standard library only, since `make compare` reads them where nothing else is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from annotations.text.paragraphs import ParagraphKind
from annotations.text.quotations import quotations
from annotations.text.sentences import Sentence, split
from annotations.text.speakers import Attribution, Told, attributions

FOLDER = Path(__file__).parents[1] / "data" / "texts"
# Written for who says what, and told apart: their sentences are in no table.
US_NEWS = "us news"
_MARKUP = re.compile(r"\{(?P<role>[=~]?)(?P<key>\w+)(?P<open>!?)(?:=(?P<name>[^:{}]+))?:|\}")
Span = tuple[int, int]


@dataclass(slots=True)
class Said:
    """A quotation, or words passed on without marks (`pieces` is empty then)."""

    pieces: list[Span] = field(default_factory=list)
    is_closed: bool = True
    speaker: Span | None = None
    name: str = ""
    cue: Span | None = None


@dataclass(slots=True)
class Text:
    """A text with its sentences; `genre` is what its first remark says: news, web, items..."""

    path: Path
    genre: str
    text: str
    sentences: list[Sentence]
    said: dict[str, Said]
    has_quotations: bool

    @property
    def language(self) -> str:
        return self.path.parent.name

    @property
    def is_held_out(self) -> bool:
        return self.path.stem.endswith("-held")

    @property
    def name(self) -> str:
        return f"{self.language}/{self.path.stem}"


def texts() -> list[Text]:
    return [read(path) for path in sorted(FOLDER.glob("*/*.txt"))]


def for_sentences() -> list[Text]:
    """Those whose sentences are compared with what others make of them."""
    return [text for text in texts() if text.genre != US_NEWS]


def read(path: Path) -> Text:
    """The text in a file of ours. Raises ValueError when its markup is not balanced."""
    lines = path.read_text(encoding="utf-8").splitlines()
    remarks = [line[2:] for line in lines if line.startswith("% ")]
    reader = _Reader()
    for line in lines:
        if not line.startswith("% "):
            reader.take(line)
    for remark in remarks:
        key, equals, name = remark.partition(" = ")
        if equals:
            reader.said[key].name = name
    if reader.opened:
        raise ValueError(f"{path}: never closed: {reader.opened}")
    return Text(
        path, remarks[0], reader.text, reader.sentences, reader.said, "quotations" in remarks
    )


class _Reader:
    """Takes a file's lines one by one; `gap` is what parts the next sentence from the last."""

    def __init__(self) -> None:
        self.text, self.gap, self.paragraph = "", "", 0
        self.sentences: list[Sentence] = []
        self.said: dict[str, Said] = {}
        self.opened: list[tuple[str, str, bool, str, int]] = []

    def take(self, line: str) -> None:
        if not line:
            self._part("\n\n")
            return
        kind = ParagraphKind.HEADING if line.startswith("= ") else ParagraphKind.BODY
        bare = line.removeprefix("= ")
        ends_paragraph, glued = bare.endswith(" ¶"), bare.endswith("‿")
        self.text += self.gap
        start = len(self.text)
        self._words(bare.removesuffix(" ¶").removesuffix("‿"))
        self.sentences.append(Sentence(start, len(self.text), self.paragraph, kind))
        self.gap = "" if glued else " "
        if ends_paragraph or kind is ParagraphKind.HEADING:
            self._part("\n")

    def _part(self, gap: str) -> None:
        if self.gap in ("", " ") and self.sentences:
            self.paragraph += 1
        self.gap = gap if self.sentences else ""

    def _words(self, line: str) -> None:
        end = 0
        for found in _MARKUP.finditer(line):
            self.text += line[end : found.start()]
            end = found.end()
            if found.group() == "}":
                self._close()
            else:
                self.opened.append(
                    (
                        found["role"],
                        found["key"],
                        not found["open"],
                        found["name"] or "",
                        len(self.text),
                    )
                )
        self.text += line[end:]

    def _close(self) -> None:
        role, key, is_closed, name, start = self.opened.pop()
        said, span = self.said.setdefault(key, Said()), (start, len(self.text))
        if role == "=":
            said.speaker, said.name = span, name or self.text[start:]
        elif role == "~":
            said.cue = span
        else:
            said.pieces.append(span)
            said.is_closed = said.is_closed and is_closed


# --- how well something was found ---


@dataclass(slots=True)
class Score:
    """Counts of what was found rightly, wrongly and not at all; the measures are percentages."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Iterable[object], expected: Iterable[object]) -> None:
        got, want = set(found), set(expected)
        self.right += len(got & want)
        self.wrong += len(got - want)
        self.missed += len(want - got)

    @property
    def precision(self) -> float:
        return 100 * self.right / (self.right + self.wrong) if self.right + self.wrong else 100.0

    @property
    def recall(self) -> float:
        return 100 * self.right / (self.right + self.missed) if self.right + self.missed else 100.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) * 100


def inner_ends(text: Text, spans: Iterable[Span]) -> set[int]:
    """The ends of sentences that are not ends of paragraphs, which come with the line ends."""
    last = {sentence.paragraph: sentence.end for sentence in text.sentences}
    return {end for _start, end in spans} - set(last.values())


_ARTICLES = frozenset("the a an le la les l’ das der die el un une".split())  # noqa: SIM905


def same_person(name: str, other: str) -> bool:
    """Whether one name is the other, or a part of its words."""
    first, second = _name_words(name), _name_words(other)
    return bool(first and second) and (first <= second or second <= first)


def _name_words(name: str) -> set[str]:
    return {word.strip(".,").removesuffix("’s") for word in name.lower().split()} - _ARTICLES


@dataclass(slots=True)
class SpeechScores:
    """Quotations by their exact pieces; who says them; who passes words on without marks.

    `pronouns` are those of the speakers to whom a pronoun led: what is missed is not counted.
    """

    quotations: Score = field(default_factory=Score)
    speakers: Score = field(default_factory=Score)
    passed_on: Score = field(default_factory=Score)
    pronouns: Score = field(default_factory=Score)


def score_speech(chosen: Iterable[Text]) -> SpeechScores:
    """How well the rules find what is said and by whom in texts annotated for it."""
    scores = SpeechScores()
    for text in chosen:
        if text.has_quotations:
            _score_text(text, scores)
    return scores


def _score_text(text: Text, scores: SpeechScores) -> None:
    sentences = split(text.text, text.language)
    found = quotations(text.text, sentences, text.language)
    proposed = attributions(text.text, sentences, found, text.language)
    got = {
        tuple((piece.start, piece.end) for piece in one.pieces): at for at, one in enumerate(found)
    }
    want = {tuple(said.pieces): said for said in text.said.values() if said.pieces}
    scores.quotations.add(got, want)
    by_quotation = {one.quotation: one for one in proposed if one.quotation is not None}
    for pieces in got.keys() | want.keys():
        said = want.get(pieces)
        proposal = by_quotation.get(got.get(pieces, -1))
        wanted = said.name if said else ""
        _count(scores.speakers, proposal.name if proposal else "", wanted)
        if proposal and proposal.told is Told.PRONOUN:
            is_right = same_person(proposal.name, wanted)
            scores.pronouns.right += is_right
            scores.pronouns.wrong += not is_right
    _score_passed_on(text, [one for one in proposed if one.quotation is None], scores.passed_on)


def _score_passed_on(text: Text, proposed: list[Attribution], score: Score) -> None:
    """Matched by the verb or the speaker. A sentence that quotes as well counts if proposed."""
    left = {key for key, said in text.said.items() if not said.pieces}
    for one in proposed:
        keys = [
            key
            for key, said in text.said.items()
            if _overlap(said.cue, one.cue) or _overlap(said.speaker, one.speaker)
        ]
        if any(same_person(one.name, text.said[key].name) for key in keys):
            score.right += 1
            left -= set(keys)
        else:
            score.wrong += 1
    score.missed += len(left)


def _overlap(span: Span | None, other: Span | None) -> bool:
    return bool(span and other and span[0] < other[1] and other[0] < span[1])


def _count(score: Score, proposed: str, wanted: str) -> None:
    if proposed and wanted and same_person(proposed, wanted):
        score.right += 1
        return
    score.wrong += bool(proposed)
    score.missed += bool(wanted)
