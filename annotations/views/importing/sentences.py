"""Sentences before they are frozen: numbered, with warnings, and with boundaries people move.

A page of them at a time, for a text may have thousands; a move shows the page it was made on.

The boundaries travel with the form, as where each sentence begins, once a person moved one; they
belong to one text, which its hash names.
"""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.exchange import BadCut
from annotations.formats import plain
from annotations.formats.dropped import carried, numbers, paragraphs, without
from annotations.formats.taken import taken_in
from annotations.text import boundaries
from annotations.text.anchors import words
from annotations.text.sentences import ParagraphKind
from annotations.views.http import Request
from annotations.words.imports import LEFT_OUT, NOTICES, bad_cut

LABEL = 6
"""Words that name a place where a sentence may begin."""
PAGE = 250
"""Sentences that are shown at once."""


def cut(
    request: Request, document: plain.Document, *, may_leave_out: bool = False
) -> tuple[plain.Document, dict[str, Any]]:
    """The document cut as the form says, and what its sentences are shown with.

    With what a person took in of what was left out, and without the paragraphs that they left out,
    where the page lets them. Raises BadText where that is too much.
    """
    asked = request.POST
    problem = ""
    move, _dash, number = asked.get("do", "").partition("-")
    index = int(number) if number.isdecimal() and len(number) < 8 else -1
    taken = set(_numbers(asked.get("taken", "")))
    dropped = set(_numbers(asked.get("dropped", ""))) if may_leave_out else set()
    read = document
    taken_before = taken - {index} if move == "leave" else taken
    document = taken_in(without(read, dropped), taken_before)
    whole = document
    as_read = boundaries.kinds_of(document.sentences)
    if asked.get("starts"):
        if asked.get("cut_of") == document.sha256:
            document, problem = _recut(document, _numbers(asked["starts"]), _kinds(asked))
        else:
            problem = _("The text is another one now, so its sentences were cut again.")
    if may_leave_out and move in ("drop", "restore"):
        dropped = dropped | {index} if move == "drop" else dropped - {index}
        whole, before = taken_in(without(read, dropped), taken_before), whole
        document = _carried(read, before, document, whole)
        as_read = boundaries.kinds_of(whole.sentences)
        index = _sentence_after(read, whole, index)
    elif move == "take":
        document = taken_in(document, {index})
        whole = taken_in(whole, {index})
    elif move in ("join", "split", "shift", "adjust", "kind") and 0 <= index < len(
        document.sentences
    ):
        at = asked.get(f"at-{index}", "")
        document, problem = _moved(document, move, index, at, as_read)
    adjusting = index if move == "adjust" or (problem and move in ("split", "shift")) else -1
    if move == "take" and index in document.taken:
        index = _sentence_of(document, index)
    page = _page(document, move, index, asked.get("page", ""))
    shown = _shown(document, page, adjusting, problem, as_read)
    may_leave_out = may_leave_out and whole.text == document.text
    leaving = _leaving_out(read, whole) if may_leave_out else {}
    for row in shown["sentences"]:
        row["drop"] = leaving.get(row["start"])
    return document, shown | {
        "looks_at_left_out": move in ("take", "leave"),
        "looks_at_dropped": move == "restore",
        "dropped": ",".join(map(str, document.dropped)),
        "dropped_rows": _dropped_rows(read, document),
    }


def _leaving_out(read: plain.Document, whole: plain.Document) -> dict[int, int]:
    """Where the paragraphs begin that can be left out, each with its number as it was read."""
    known = zip(paragraphs(whole), numbers(read, whole), strict=True)
    found = {start: number for (start, _end), number in known if number is not None}
    return found if len(found) > 1 else {}


def _dropped_rows(read: plain.Document, document: plain.Document) -> list[dict[str, Any]]:
    """What was left out by hand, as it was read."""
    spans = paragraphs(read) if document.dropped else []
    rows = [(number, *spans[number]) for number in document.dropped]
    return [{"number": number, "words": read.text[start:end]} for number, start, end in rows]


def _sentence_after(read: plain.Document, whole: plain.Document, number: int) -> int:
    """The number of the first sentence of the paragraph, or of the next one that there is."""
    known = zip(paragraphs(whole), numbers(read, whole), strict=True)
    start = next((start for (start, _end), its in known if its is not None and its >= number), 0)
    return next(at for at, row in enumerate(whole.sentences) if row.start >= start)


def _carried(
    read: plain.Document, before: plain.Document, cut: plain.Document, whole: plain.Document
) -> plain.Document:
    """`whole`, a paragraph more or less than `before`, with what a person had moved in that."""
    if cut.text != before.text or not cut.is_cut_by_hand:
        return whole
    starts, kinds = boundaries.starts_of(cut.sentences), boundaries.kinds_of(cut.sentences)
    return _recut(whole, *carried(read, before, whole, starts, kinds))[0]


def _kinds(asked: QueryDict) -> dict[int, ParagraphKind] | None:
    """What the form says is no body, by where it begins; None where it says nothing."""
    if "headings" not in asked:
        return None
    rows = dict.fromkeys(_numbers(asked.get("rows", "")), ParagraphKind.ROW)
    return rows | dict.fromkeys(_numbers(asked.get("headings", "")), ParagraphKind.HEADING)


def _sentence_of(document: plain.Document, line: int) -> int:
    """The number of the first sentence of a line that was taken in."""
    words = document.left_out_lines[line]
    starts = [
        at
        for at, row in enumerate(document.sentences)
        if document.text.startswith(words, row.start)
    ]
    return starts[0] if starts else 0


def _page(document: plain.Document, move: str, index: int, before: str) -> int:
    """Which page of the sentences to show, from 1: the one asked for, of the move, or as before."""
    if move == "page":
        page = index
    elif index >= 0:
        page = index // PAGE + 1
    else:
        page = int(before) if before.isdecimal() and len(before) < 8 else 1
    return min(max(page, 1), _pages(document))


def _pages(document: plain.Document) -> int:
    return -(-len(document.sentences) // PAGE)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",") if each.isdecimal() and len(each) < 9]


def _moved(
    document: plain.Document, move: str, index: int, at: str, as_read: dict[int, ParagraphKind]
) -> tuple[plain.Document, str]:
    """The document after one move of a person, or as it was, with what was wrong.

    `as_read` says what began where as no body before any move: a row that was made text can be a
    row again.
    """
    sentences = document.sentences
    starts, kinds = boundaries.starts_of(sentences), boundaries.kinds_of(sentences)
    if move == "adjust":
        return document, ""
    if move == "kind":
        start = starts[index]
        if kinds.pop(start, None) is None:
            kinds[start] = as_read.get(start, ParagraphKind.HEADING)
        return _recut(document, starts, kinds)
    if move == "join":
        try:
            boundaries.check_one_kind(sentences, index)
        except BadCut as problem:
            return document, bad_cut(problem)
        return _recut(document, boundaries.joined_with_next(starts, index), kinds)
    if not at.isdecimal() or len(at) > 8:
        return document, _("Choose the word first.")
    if starts[index] in kinds:
        kinds[int(at)] = kinds[starts[index]]
    if move == "split":
        return _recut(document, boundaries.split_at(starts, int(at)), kinds)
    return _recut(document, boundaries.shifted(starts, index, int(at)), kinds)


def _recut(
    document: plain.Document, starts: list[int], kinds: dict[int, ParagraphKind] | None
) -> tuple[plain.Document, str]:
    try:
        return plain.recut(document, starts, kinds), ""
    except BadCut as problem:
        return document, bad_cut(problem)


def _shown(
    document: plain.Document,
    page: int,
    adjusting: int,
    problem: str,
    as_read: dict[int, ParagraphKind],
) -> dict[str, Any]:
    """The rows for `importing/sentences.html`, and the boundaries as hidden fields."""
    starts = boundaries.starts_of(document.sentences)
    kinds = boundaries.kinds_of(document.sentences)
    headings = sorted(start for start, kind in kinds.items() if kind is ParagraphKind.HEADING)
    rows = sorted(start for start, kind in kinds.items() if kind is ParagraphKind.ROW)
    return {
        "sentences": _rows(document, page, adjusting, as_read),
        "sentence_count": len(document.sentences) - len(kinds),
        "heading_count": len(headings),
        "row_count": len(rows),
        "warning_count": len(document.notices),
        "page": page,
        "pages": _pages(document),
        "previous": page - 1,
        "next": page + 1 if page < _pages(document) else None,
        "warned": sorted({notice.sentence // PAGE + 1 for notice in document.notices} - {page}),
        "starts": ",".join(map(str, starts)) if document.is_cut_by_hand else "",
        "headings": ",".join(map(str, headings)),
        "rows": ",".join(map(str, rows)),
        "cut_of": document.sha256,
        "left_out": [
            {
                "number": number,
                "words": line,
                "kind": LEFT_OUT.get(kind, ""),
                "is_in": number in document.taken,
            }
            for number, (line, kind) in enumerate(
                zip_longest(document.left_out_lines, document.left_out_kinds, fillvalue="")
            )
        ],
        "left_out_count": document.left_out,
        "taken": ",".join(map(str, sorted(document.taken))),
        "link_count": len(document.links),
        "picture_count": len(document.pictures),
        "problem": problem,
    }


def _rows(
    document: plain.Document, page: int, adjusting: int, as_read: dict[int, ParagraphKind]
) -> list[dict[str, Any]]:
    """The sentences of one page, from 1."""
    by_sentence = groupby(document.notices, key=lambda notice: notice.sentence)
    warnings = {at: [str(NOTICES[each.kind]) for each in found] for at, found in by_sentence}
    rows: list[dict[str, Any]] = []
    sentences = document.sentences
    first = (page - 1) * PAGE
    number = sum(each.kind is ParagraphKind.BODY for each in sentences[:first])
    last = sentences[first - 1].paragraph if first else None
    for index, sentence in enumerate(sentences[first : first + PAGE], first):
        is_body = sentence.kind is ParagraphKind.BODY
        number += is_body
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        joinable = following is not None and following.kind is sentence.kind
        rows.append(
            {
                "index": index,
                "number": number if is_body else None,
                "start": sentence.start,
                "end": sentence.end,
                "text": document.text[sentence.start : sentence.end],
                "kind": sentence.kind.value,
                "back_to": as_read.get(sentence.start, ParagraphKind.HEADING).value
                if is_body
                else "",
                "pictures": [
                    each for each in document.pictures if sentence.start <= each.at < sentence.end
                ],
                "place": document.places[index] if document.places else "",
                "block": document.blocks[index] if document.blocks else "",
                "opens_paragraph": sentence.paragraph != last,
                "warnings": warnings.get(index, []),
                "joinable": joinable,
                "places": _places(document, index, joinable) if index == adjusting else [],
                "adjusting": index == adjusting,
            }
        )
        last = sentence.paragraph
    return rows


def _places(document: plain.Document, index: int, joinable: bool) -> list[tuple[int, str]]:
    """Where a sentence may begin in this one or the next: the place, and the words from there."""
    found = []
    for row in document.sentences[index : index + 1 + joinable]:
        spans = words(document.text, row.start, row.end)
        for at, (start, _end) in enumerate(spans[1:], 1):
            last = spans[min(at + LABEL, len(spans)) - 1][1]
            found.append((start, " ".join(document.text[start:last].split())))
    return found
