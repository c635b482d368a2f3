"""What was left out of a page, taken in by a person: a paragraph of its own, at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from itertools import groupby

from annotations.formats.blocks import CAPTION
from annotations.formats.plain import Document, check_length, check_lines, check_sentences
from annotations.text.links import Link, place, together
from annotations.text.notices import notices
from annotations.text.sentences import ParagraphKind, Sentence, split


def taken_in(document: Document, lines: Collection[int]) -> Document:
    """The document with those of its lines that were left out, by their number from 0.

    What was cut by hand stays cut so. Numbers of lines that there are none of, or that are in
    already, change nothing. Raises BadText when the text grows too long.
    """
    for number in sorted(set(lines) - set(document.taken)):
        if 0 <= number < len(document.left_out_lines):
            document = _with_line(document, number)
    return document


def _with_line(document: Document, number: int) -> Document:
    at, line = document.left_out_at[number], document.left_out_lines[number]
    # Never within a sentence that was joined by hand over the end of its block.
    at = next((row.end for row in document.sentences if row.start < at < row.end), at)
    # The beginning of the text is before its first word, any other place after the last of a block.
    is_first = at < 0
    text = (
        f"{line}\n\n{document.text}"
        if is_first
        else f"{document.text[:at]}\n\n{line}{document.text[at:]}"
    )
    start, longer = (0 if is_first else at + 2), len(line) + 2

    def moved(place: int) -> int:
        return place + longer if place > at else place

    check_length(text)
    check_lines(text)
    before = [
        (
            Sentence(moved(row.start), moved(row.end), row.paragraph, row.kind),
            document.blocks[index] if document.blocks else "",
            document.places[index] if document.places else "",
            (0, row.paragraph),
        )
        for index, row in enumerate(document.sentences)
    ]
    kind = document.left_out_kinds[number] if document.left_out_kinds else ""
    block = CAPTION if kind == CAPTION else ""
    new = [
        (
            Sentence(start + row.start, start + row.end, 0, ParagraphKind.BODY),
            block,
            "",
            (1, row.paragraph),
        )
        for row in split(line, document.language)
    ]
    told = document.left_out_links[number] if document.left_out_links else ()
    rows = sorted([*before, *new], key=lambda row: row[0].start)
    sentences = tuple(
        replace(row, paragraph=paragraph)
        for paragraph, (_key, group) in enumerate(groupby(rows, key=lambda row: row[3]))
        for row, *_rest in group
    )
    check_sentences(text, sentences)
    return replace(
        document,
        text=text,
        sentences=sentences,
        blocks=tuple(block for _row, block, _place, _key in rows) if document.blocks else (),
        places=tuple(place for _row, _block, place, _key in rows) if document.places else (),
        links=together(
            (Link(moved(each.start), moved(each.end), each.address) for each in document.links),
            place(line, told, start),
        ),
        pictures=tuple(
            replace(each, at=start if each.caption == line else moved(each.at))
            for each in document.pictures
        ),
        notices=tuple(notices(text, sentences, document.language)),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        left_out=max(0, document.left_out - len(line.split())),
        # What stood at the same place, after this line, comes after it.
        left_out_at=tuple(
            start + len(line) if place == at and other > number else moved(place)
            for other, place in enumerate(document.left_out_at)
        ),
        taken=(*document.taken, number),
    )
