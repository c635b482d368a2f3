"""Blocks of a document (paragraphs, headings, list items) become canonical text and sentences."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotations.formats import grids
from annotations.formats.plain import (
    TITLE_LENGTH,
    About,
    Document,
    check_length,
    check_lines,
    check_sentences,
)
from annotations.text.canonical import (
    NORMALISER_VERSION,
    BadText,
    Change,
    ChangeKind,
    canonicalise,
)
from annotations.text.links import MOST, Link, Told, place, together, written_out
from annotations.text.notices import notices
from annotations.text.pictures import MOST as MOST_PICTURES
from annotations.text.pictures import Picture, shortened
from annotations.text.sentences import SPLITTER_VERSION, ParagraphKind, Sentence, split
from annotations.text.tongues import language_of

PARAGRAPH, HEADING, TITLE, LIST_ITEM, QUOTE = "", "heading", "title", "list_item", "quote"
ROW, CAPTION = "row", "caption"
SIGNATURE, MAIL_FOOT = "signature", "mail_foot"
_BESIDE = (SIGNATURE, MAIL_FOOT)
"""A part of a mail that is none of its text: it is left out, and can be taken in."""


class Block(NamedTuple):
    """What a block is, and its text; a line end in it is a line end on the page.

    In a row a tab stands between its cells. `number` counts those that were found from 0; -1 is
    one that was made.
    """

    kind: str
    text: str
    links: tuple[Told, ...] = ()
    number: int = -1


Blocks = list[Block]


# White space of HTML, which a browser shows as one space.
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")


def clean_blocks(found: Iterable[Block]) -> tuple[Blocks, Counter[ChangeKind]]:
    """The blocks as canonical text, without empty ones, and what was changed to get it."""
    clean: Blocks = []
    changes: Counter[ChangeKind] = Counter()
    for kind, raw, links, number in found:
        if kind == ROW:
            raw, links = grids.written(raw, links)
        shown = _LINE_ENDS.sub("\n", _SPACES.sub(" ", raw)).strip(" \n")
        try:
            canonical = canonicalise(shown)
        except BadText as problem:
            if problem.code == "empty":
                continue
            raise
        clean.append(Block(kind, canonical.text.replace("\n\n", "\n"), links, number))
        for change in canonical.changes:
            changes[change.kind] += change.count
    return clean, changes


def cut_blocks(clean: Blocks, language: str) -> tuple[list[Sentence], list[str]]:
    """The sentences of the blocks, numbered as paragraphs, and the kind of block of each."""
    sentences: list[Sentence] = []
    kinds: list[str] = []
    at = paragraph = 0
    for kind, text, *_rest in clean:
        whole = _WHOLE.get(kind)
        found = [Sentence(0, len(text), 0, whole)] if whole else split(text, language)
        if kind == CAPTION:
            found = _with_label(text, found)
        for each in found:
            place = paragraph + each.paragraph
            own = whole or _kind_in_a_block(text, each)
            sentences.append(Sentence(at + each.start, at + each.end, place, own))
            kinds.append(kind if own is ParagraphKind.BODY else PARAGRAPH)
        paragraph += found[-1].paragraph + 1 if found else 0
        at += len(text) + 2
    return sentences, kinds


def links_of(clean: Blocks) -> tuple[Link, ...]:
    """The first links of the text that the blocks make, in code points of it."""
    found: list[Link] = []
    at = 0
    for block in clean:
        found += place(block.text, block.links, at)
        at += len(block.text) + 2
    return tuple(found[:MOST])


_LABEL = re.compile(r"[^\W\d_]{3,15}\.?\s[\dIVX]{1,4}[a-z]?\.")


def _with_label(text: str, found: list[Sentence]) -> list[Sentence]:
    """The sentences of a caption; "Table 1." is none, but belongs to the first."""
    if len(found) < 2 or not _LABEL.fullmatch(text[found[0].start : found[0].end]):
        return found
    return [replace(found[1], start=found[0].start), *found[2:]]


# Blocks that are one sentence each, and no running text.
_WHOLE = {TITLE: ParagraphKind.HEADING, HEADING: ParagraphKind.HEADING, ROW: ParagraphKind.ROW}


def _kind_in_a_block(text: str, sentence: Sentence) -> ParagraphKind:
    """Headings of a page are tagged as such: any words elsewhere are text, however short a line."""
    has_words = any(char.isalnum() for char in text[sentence.start : sentence.end])
    return ParagraphKind.BODY if has_words else sentence.kind


# --- files ---


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file: what it is, its words, and where in the file it stands ("p. 3").

    `later` are the places that begin within it, each with its code point in `text`; `links` count
    visible characters (text.links). `pictures` stand with it, each as its address and the words
    that stand for it: with the next part that has words, where it has none. `bold` is which part of
    its letters is (0 to 1), `size` that of most of them in points, 0 where nothing says it.
    """

    kind: str
    text: str
    place: str = ""
    later: tuple[tuple[int, str], ...] = ()
    links: tuple[Told, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    bold: float = 0.0
    size: float = 0.0


def rows(found: Sequence[Part]) -> list[Part]:
    """The rows of one table, each whole or, where the table only lays out text, a paragraph."""
    whole = grids.rows_stay_whole([each.text for each in found])
    return [
        replace(each, kind=ROW if is_row else each.kind)
        for each, is_row in zip(found, whole, strict=True)
    ]


def assembled(
    parts: Sequence[Part],
    data: bytes,
    *,
    language: str,
    default: str,
    about: About,
    left_out: int = 0,
    title: str = "",
    attached: tuple[str, ...] = (),
) -> Document:
    """The document that the parts of a file make. Raises BadText when they hold no words.

    `data` are the file's bytes, `left_out` how many of its words are not the text's own, `attached`
    the names of what came with it. Without `language` that of the words is taken, or `default`.
    """
    clean, changes, places, pictures = _with_places([e for e in parts if e.kind not in _BESIDE])
    signed = _signatures(parts)
    if not clean:
        raise BadText("empty", "The text is empty.")
    text = "\n\n".join(block.text for block in clean)
    check_length(text)
    check_lines(text)
    language = language or language_of(text) or about.language or default
    sentences, kinds = cut_blocks(clean, language)
    check_sentences(text, sentences)
    starts = [at for at, _place in places]
    return Document(
        title=title or _title(clean, about),
        text=text,
        sentences=tuple(sentences),
        notices=tuple(notices(text, sentences, language)),
        changes=tuple(Change(kind, n) for kind, n in changes.items()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        original=data,
        original_sha256=hashlib.sha256(data).hexdigest(),
        normaliser_version=NORMALISER_VERSION,
        splitter_version=SPLITTER_VERSION,
        language=language,
        blocks=tuple(kinds),
        left_out=left_out + sum(len(block.text.split()) for _at, block in signed),
        left_out_lines=tuple(block.text for _at, block in signed),
        left_out_at=tuple(at for at, _block in signed),
        left_out_kinds=tuple(block.kind for _at, block in signed),
        left_out_links=tuple(block.links for _at, block in signed),
        about=about,
        attached=attached,
        places=tuple(places[bisect_right(starts, row.start) - 1][1] for row in sentences),
        links=together(links_of(clean), written_out(text)),
        pictures=tuple(pictures[:MOST_PICTURES]),
    )


def _with_places(
    parts: Sequence[Part],
) -> tuple[Blocks, Counter[ChangeKind], list[tuple[int, str]], list[Picture]]:
    """The parts as clean blocks, from which code point on which place is that of the text, and the
    pictures that stand with them. Signatures are in none of them.

    A picture without words stands with what comes next if that is its caption, else with what came
    before it.
    """
    blocks: Blocks = []
    changes: Counter[ChangeKind] = Counter()
    places: list[tuple[int, str]] = []
    pictures: list[Picture] = []
    waiting: list[tuple[str, str]] = []
    at = last = 0
    for part in parts:
        found, changed = clean_blocks([Block(part.kind, part.text, part.links)])
        changes += changed
        if not found:
            waiting += part.pictures
            continue
        place = at if part.kind == CAPTION else last
        pictures += [Picture(place, to, shortened(words)) for to, words in waiting]
        pictures += [Picture(at, to, shortened(words)) for to, words in part.pictures]
        waiting, last = [], at
        for each in found:
            blocks.append(each)
            places.append((at, part.place))
            places += [(at + inside, place) for inside, place in part.later]
            at += len(each.text) + 2
    pictures += [Picture(last, to, shortened(words)) for to, words in waiting]
    return blocks, changes, places, pictures


def _signatures(parts: Sequence[Part]) -> list[tuple[int, Block]]:
    """What stands beside a mail's words, each with the code point that it follows; or -1."""
    found: list[tuple[int, Block]] = []
    if not any(part.kind in _BESIDE for part in parts):
        return found
    end = -1
    for part in parts:
        for block in clean_blocks([Block(part.kind, part.text, part.links)])[0]:
            if part.kind in _BESIDE:
                found.append((end, block))
            else:
                end += len(block.text) + (1 if end < 0 else 2)
    return found


def _title(clean: Blocks, about: About) -> str:
    """The first heading, else what the file calls itself, else how it begins."""
    heading = next((each.text for each in clean if each.kind in (TITLE, HEADING)), "")
    found = " ".join((heading or about.title or clean[0].text).split())
    if len(found) <= TITLE_LENGTH or heading or about.title:
        return found[:300]
    return (found[:TITLE_LENGTH].rpartition(" ")[0] or found[: TITLE_LENGTH - 1]) + "…"
