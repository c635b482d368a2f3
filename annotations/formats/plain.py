"""Plain text, as pasted or uploaded, becomes a document cut into sentences."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.formats.data import refuse_data
from annotations.text import boundaries
from annotations.text.canonical import (
    NORMALISER_VERSION,
    BadText,
    Change,
    canonicalise,
    check_size,
    decode,
)
from annotations.text.limits import MAX_CHARACTERS, MAX_LINES, MAX_SENTENCES
from annotations.text.links import Link, Told, written_out
from annotations.text.notices import Notice, notices
from annotations.text.pictures import Picture
from annotations.text.sentences import SPLITTER_VERSION, ParagraphKind, Sentence, split

# What the splitter's version ends in when people moved boundaries.
BY_HAND = "+hand"
# Longest title taken from a text that has no heading, in code points.
TITLE_LENGTH = 80
_HEADING_MARK = re.compile(r"#{1,6}\s++")


@dataclass(frozen=True, slots=True)
class About:
    """What a document's own metadata says of it; empty where it says nothing."""

    title: str = ""
    byline: str = ""
    outlet: str = ""
    published_on: str = ""
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it will be stored, what was read, and which rules made the one of the other.

    `sha256` is of `text` in UTF-8, `original_sha256` of `original`; both are hexadecimal.
    `language` is the one whose rules cut it. Of a web page also: the kind of block of each
    sentence, the character set it declared if that is not UTF-8, its address, how many words of
    it are not its article's, the first of their lines with the code point that each follows (-1: it
    comes before the text), what each is ("caption", "pull_quote", or empty) and its links, the
    numbers of those that a person took in, and its metadata. The numbers of the paragraphs of the
    text as it was read, from 0, that a person left out. Of a file with pages or times: where
    in it each sentence stands ("p. 3", "00:01:02"). Of a mail: the names of what is attached. The
    links and pictures are those of its text, in order.
    """

    title: str
    text: str
    sentences: tuple[Sentence, ...]
    notices: tuple[Notice, ...]
    changes: tuple[Change, ...]
    sha256: str
    original: bytes
    original_sha256: str
    normaliser_version: str
    splitter_version: str
    language: str
    blocks: tuple[str, ...] = ()
    charset: str = ""
    address: str = ""
    left_out: int = 0
    about: About = About()
    places: tuple[str, ...] = ()
    left_out_lines: tuple[str, ...] = ()
    left_out_at: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    left_out_kinds: tuple[str, ...] = ()
    left_out_links: tuple[tuple[Told, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    attached: tuple[str, ...] = ()
    dropped: tuple[int, ...] = ()

    @property
    def is_cut_by_hand(self) -> bool:
        """Whether a person moved where its sentences begin."""
        return self.splitter_version.endswith(BY_HAND)


def read(data: bytes | str, language: str = "en") -> Document:
    """The document in the bytes of a file or in pasted characters. Raises BadText."""
    if isinstance(data, bytes):
        original, raw = data, decode(data)
    else:
        original, raw = _encoded(data), data
    check_length(raw)
    refuse_data(raw)
    canonical = canonicalise(raw)
    sentences = cut(canonical.text, language)
    return Document(
        title=title_of(canonical.text, sentences),
        text=canonical.text,
        sentences=tuple(sentences),
        notices=tuple(notices(canonical.text, sentences, language)),
        changes=canonical.changes,
        sha256=hashlib.sha256(canonical.text.encode()).hexdigest(),
        original=original,
        original_sha256=hashlib.sha256(original).hexdigest(),
        normaliser_version=NORMALISER_VERSION,
        splitter_version=SPLITTER_VERSION,
        language=language,
        links=written_out(canonical.text),
    )


def recut(
    document: Document, starts: Sequence[int], kinds: Mapping[int, ParagraphKind] | None = None
) -> Document:
    """The document with its sentences beginning at `starts` (code points).

    Those at one of `kinds` are of that kind, all others body; without them what was a heading or a
    row stays one. Raises BadCut.
    """
    is_same = list(starts) == boundaries.starts_of(document.sentences)
    if is_same and kinds in (None, boundaries.kinds_of(document.sentences)):
        return document
    cut = boundaries.recut(document.text, document.sentences, starts, kinds)
    sentences = tuple(sentence for sentence, _origin in cut)
    version = document.splitter_version.removesuffix(BY_HAND) + BY_HAND
    return replace(
        document,
        sentences=sentences,
        notices=tuple(notices(document.text, sentences, document.language)),
        splitter_version=version,
        blocks=_blocks(document, cut),
        places=tuple(document.places[origin] for _row, origin in cut) if document.places else (),
    )


def _blocks(document: Document, cut: Sequence[tuple[Sentence, int]]) -> tuple[str, ...]:
    """The kind of block of each sentence, if the document has any; only what is body is in one."""
    if not document.blocks:
        return ()
    return tuple(
        document.blocks[origin] if row.kind is ParagraphKind.BODY else "" for row, origin in cut
    )


def check_length(text: str) -> None:
    """Raise BadText when the text has more characters than may be checked."""
    if len(text) > MAX_CHARACTERS:
        raise BadText(
            "too_many_characters",
            "The text has {characters} characters; the limit is {limit}, reached in line {line}.",
            characters=len(text),
            limit=MAX_CHARACTERS,
            line=text.count("\n", 0, MAX_CHARACTERS) + 1,
        )


def cut(text: str, language: str) -> list[Sentence]:
    """The sentences of a canonical text. Raises BadText when there are too many to check."""
    check_lines(text)
    sentences = split(text, language)
    check_sentences(text, sentences)
    return sentences


def check_lines(text: str) -> None:
    """Raise BadText when the text has too many lines; asked before it is cut."""
    if (lines := text.count("\n") + 1) > MAX_LINES:
        raise BadText(
            "too_many_lines",
            "The text has {lines} lines; the limit is {limit}.",
            lines=lines,
            limit=MAX_LINES,
        )


def check_sentences(text: str, sentences: Sequence[Sentence]) -> None:
    """Raise BadText when there are too many sentences to check."""
    if len(sentences) > MAX_SENTENCES:
        raise BadText(
            "too_many_sentences",
            "The text has {sentences} sentences; the limit is {limit}, reached in line {line}.",
            sentences=len(sentences),
            limit=MAX_SENTENCES,
            line=text.count("\n", 0, sentences[MAX_SENTENCES].start) + 1,
        )


def _encoded(raw: str) -> bytes:
    """Pasted characters as UTF-8. A lone surrogate passes here; canonicalising refuses it."""
    check_size(len(raw))
    encoded = raw.encode("utf-8", "surrogatepass")
    check_size(len(encoded))
    return encoded


def title_of(text: str, sentences: Sequence[Sentence]) -> str:
    """The first heading (a first line before a blank one is one), or how the text begins."""
    headings = (
        s for s in sentences if s.kind is ParagraphKind.HEADING and _has_word(text[s.start : s.end])
    )
    if heading := next(headings, None):
        return _HEADING_MARK.sub("", " ".join(text[heading.start : heading.end].split()), count=1)
    beginning = " ".join(text[: TITLE_LENGTH * 4].split())
    if len(beginning) <= TITLE_LENGTH:
        return beginning
    whole_words = beginning[:TITLE_LENGTH].rpartition(" ")[0]
    return (whole_words or beginning[: TITLE_LENGTH - 1]) + "…"


def _has_word(line: str) -> bool:
    return any(char.isalnum() for char in line)
