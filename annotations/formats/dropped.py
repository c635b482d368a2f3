"""Paragraphs of a text that a person leaves out before it is frozen: what stays, stays in order."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from annotations.formats.plain import Document, title_of
from annotations.text.links import Link
from annotations.text.notices import notices
from annotations.text.sentences import ParagraphKind, Sentence

Span = tuple[int, int]


def paragraphs(document: Document) -> list[Span]:
    """Where each paragraph, heading or row begins and ends, in code points."""
    rows = (
        list(group) for _number, group in groupby(document.sentences, lambda row: row.paragraph)
    )
    return [(group[0].start, group[-1].end) for group in rows]


def without(document: Document, gone: Collection[int]) -> Document:
    """The document without those of its paragraphs, by their number from 0.

    What was received stays as it is. Numbers that there are none of change nothing; nor do all of
    them, for something must be left.
    """
    spans = paragraphs(document)
    out = sorted(set(gone) & set(range(len(spans))))
    if not out or len(out) == len(spans):
        return document
    text, kept = _joined(document.text, spans, out)
    moves = _Moves(kept)
    rows = [
        (index, row)
        for index, row in enumerate(document.sentences)
        if moves.inside(row.start) is not None
    ]
    groups = groupby(rows, lambda each: each[1].paragraph)
    sentences = tuple(
        Sentence(moves(row.start), moves(row.end), paragraph, row.kind)
        for paragraph, (_number, group) in enumerate(groups)
        for _index, row in group
    )
    named_by_text = document.title == title_of(document.text, document.sentences)
    return replace(
        document,
        title=title_of(text, sentences) if named_by_text else document.title,
        text=text,
        sentences=sentences,
        notices=tuple(notices(text, sentences, document.language)),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        blocks=tuple(document.blocks[at] for at, _row in rows) if document.blocks else (),
        places=tuple(document.places[at] for at, _row in rows) if document.places else (),
        links=tuple(
            Link(moves(each.start), moves(each.end), each.address)
            for each in document.links
            if moves.inside(each.start) is not None
            and moves.inside(each.start) == moves.inside(each.end)
        ),
        pictures=tuple(
            replace(each, at=moves(each.at))
            for each in document.pictures
            if moves.inside(each.at) is not None
        ),
        left_out_at=tuple(moves(place) for place in document.left_out_at),
        dropped=tuple(out),
    )


def _joined(text: str, spans: list[Span], out: list[int]) -> tuple[str, list[tuple[Span, int]]]:
    """The text of the paragraphs that stay; and of each its span before and where it begins now.

    Between two stands the widest of the gaps that stood between them.
    """
    pieces: list[str] = []
    kept: list[tuple[Span, int]] = []
    length, gap, leaving = 0, "", set(out)
    for number, (start, end) in enumerate(spans):
        before = text[spans[number - 1][1] : start] if number else ""
        gap = max(gap, before, key=len)
        if number in leaving:
            continue
        piece = (gap if kept else "") + text[start:end]
        length += len(piece)
        kept.append(((start, end), length - (end - start)))
        pieces.append(piece)
        gap = ""
    return "".join(pieces), kept


class _Moves:
    """Where a place of the text before stands now."""

    def __init__(self, kept: list[tuple[Span, int]]) -> None:
        self.kept = kept
        self.starts = [start for (start, _end), _now in kept]

    def inside(self, place: int) -> int | None:
        """Which of the paragraphs that stay holds the place, its end included."""
        at = bisect_right(self.starts, place) - 1
        return at if at >= 0 and place <= self.kept[at][0][1] else None

    def __call__(self, place: int) -> int:
        """Of a place in what is gone: the end of what stays before it; -1 before all."""
        at = bisect_right(self.starts, place) - 1
        if at < 0:
            return -1
        (start, end), now = self.kept[at]
        return now + min(place, end) - start


def numbers(document: Document, now: Document) -> list[int | None]:
    """Of each paragraph of `now` its number in the document that was read; None: it was taken in.

    `now` is that document without some, and with some that was left out of the page.
    """
    staying = [
        (number, document.text[start:end])
        for number, (start, end) in enumerate(paragraphs(document))
        if number not in set(now.dropped)
    ]
    found: list[int | None] = []
    at = 0
    for start, end in paragraphs(now):
        is_next = at < len(staying) and staying[at][1] == now.text[start:end]
        found.append(staying[at][0] if is_next else None)
        at += is_next
    return found


def carried(
    document: Document,
    before: Document,
    after: Document,
    starts: Sequence[int],
    kinds: Mapping[int, ParagraphKind],
) -> tuple[list[int], dict[int, ParagraphKind]]:
    """The cut of `before` that a person made, in `after`: where its sentences begin, and no bodies.

    Both are the document that was read, but for paragraphs left out or taken in. What is new is cut
    as it was read; a sentence that went over into a paragraph that follows another now ends before.
    """
    had, has = _named(document, before), _named(document, after)
    follows = dict(zip(list(had)[1:], had, strict=False))
    found: dict[int, ParagraphKind] = {}
    own = {row.start: row.kind for row in after.sentences}
    last: object = None
    for name, (start, end) in has.items():
        first, stop = had.get(name, (0, 0))
        within = starts[bisect_left(starts, first) : bisect_left(starts, stop)]
        if name not in had:
            found |= {at: kind for at, kind in own.items() if start <= at < end}
        elif first not in within and follows.get(name) != last:
            found[start] = own[start]
        found |= {start + at - first: kinds.get(at, ParagraphKind.BODY) for at in within}
        last = name
    return sorted(found), {at: kind for at, kind in found.items() if kind is not ParagraphKind.BODY}


def _named(document: Document, now: Document) -> dict[int | str, Span]:
    """The paragraphs of `now` by their number in what was read, or by what was taken in."""
    known = zip(numbers(document, now), paragraphs(now), strict=True)
    return {now.text[slice(*span)] if number is None else number: span for number, span in known}
