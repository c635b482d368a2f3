"""A transcript as a table, TSV or CSV: a sentence a row, with its line, its speaker and a label.

As the sets of the CheckThat! labs have it: `line`, `speaker`, `text`, `label`, with a header or, in
that order, without. Each row stays one sentence. What one person says is a turn that begins with
their name, as in any transcript, so who speaks is read from the text as everywhere else. Labels are
others' judgement: they stand in the original, which is kept, and triage nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annotations.formats.plain import (
    TITLE_LENGTH,
    Document,
    check_length,
    check_lines,
    check_sentences,
)
from annotations.formats.tables import Problems, Row, columns, rows_of
from annotations.text.canonical import NORMALISER_VERSION, BadText, canonicalise
from annotations.text.links import written_out
from annotations.text.notices import notices
from annotations.text.sentences import ParagraphKind, Sentence
from annotations.text.tongues import language_of

BY_ROWS = "rows"
"""The splitter's version of a text whose sentences are the rows of a table."""
KNOWN = {
    "text": ("text", "sentence", "utterance", "statement", "content"),
    "line": ("line", "line_number", "sentence_id", "position", "number", "id"),
    "speaker": ("speaker", "speaker_name", "name", "who"),
    "label": ("label", "class_label", "class", "check_worthy", "checkworthy"),
    "document": ("document", "document_id", "debate", "file"),
}
"""The columns, each by all the names that are taken for it."""
_WITHOUT_HEADER = ("line", "speaker", "text", "label")
_LONGEST_SPEAKER = 80
_TURN = 10
"""Sentences of one speaker after which a new paragraph begins."""


@dataclass(frozen=True, slots=True)
class _Said:
    line: int
    speaker: str
    text: str


def read(data: bytes, language: str, default: str, kind: str) -> Document:
    """The document in a table of sentences; `kind` is "TSV" or "CSV". Raises BadText.

    Every row that is wrong is named with its line, its value and what was expected.
    """
    rows = rows_of(data, kind)
    if not rows:
        raise BadText("empty", "The text is empty.")
    where, body = _columns(rows, kind)
    said = _said(where, body)
    text, sentences, places = _assembled(said)
    check_length(text)
    check_lines(text)
    check_sentences(text, sentences)
    language = language or language_of(text) or default
    return Document(
        title=_title(said[0]),
        text=text,
        sentences=tuple(sentences),
        notices=tuple(notices(text, sentences, language)),
        changes=(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        original=data,
        original_sha256=hashlib.sha256(data).hexdigest(),
        normaliser_version=NORMALISER_VERSION,
        splitter_version=BY_ROWS,
        language=language,
        places=tuple(places),
        links=written_out(text),
    )


def _columns(rows: Sequence[Row], kind: str) -> tuple[dict[str, int], Sequence[Row]]:
    """Which column is which, and the rows below the header, if there is one."""
    first = rows[0].cells
    found = columns(first, KNOWN)
    if "text" in found:
        return found, rows[1:]
    if len(first) in (3, 4) and first[0].isdecimal():
        return {name: at for at, name in enumerate(_WITHOUT_HEADER[: len(first)])}, rows
    raise BadText(
        "no_transcript",
        "Line {line}: this is {kind} without a column “text”. It has: {found}. A transcript has"
        " the columns line, speaker, text and label, of which only text is needed.",
        line=rows[0].line,
        kind=kind,
        found=", ".join(cell[:30] for cell in first[:12]),
    )


def _said(where: dict[str, int], rows: Sequence[Row]) -> list[_Said]:
    """What was said, in the order of the rows. Raises BadText naming all rows that are wrong."""
    problems = Problems()
    _refuse_several(where, rows)
    found: list[_Said] = []
    width = max(where.values()) + 1
    lines: set[str] = set()
    for row in rows:
        if len(row.cells) < width:
            problems.add(row.line, "row", " ".join(row.cells), "cells", width)
            continue
        cells = {name: row.cells[at] for name, at in where.items()}
        _check(row.line, cells, lines, problems)
        speaker = _clean(row.line, "speaker", cells.get("speaker", "").replace(":", " "), problems)
        if text := _clean(row.line, "text", cells["text"], problems):
            found.append(_Said(row.line, speaker, text))
    problems.raise_any()
    if not found:
        raise BadText("empty", "The text is empty.")
    return found


def _refuse_several(where: dict[str, int], rows: Sequence[Row]) -> None:
    """Raise BadText where the rows are of several documents (`formats.transcripts`)."""
    if "document" not in where:
        return
    at = where["document"]
    documents = {row.cells[at] for row in rows if at < len(row.cells)} - {""}
    if len(documents) > 1:
        raise BadText(
            "several_documents",
            "This table holds {count} documents, by its column “{column}”. Each becomes an article"
            " where files are taken in: on their own page of the desk, in the administration, or"
            " with import_articles.",
            count=len(documents),
            column="document",
        )


def _check(line: int, cells: dict[str, str], lines: set[str], problems: Problems) -> None:
    number = cells.get("line", "")
    if number and number in lines:
        problems.add(line, "line", number, "once")
    lines.add(number)
    if len(speaker := cells.get("speaker", "")) > _LONGEST_SPEAKER:
        problems.add(line, "speaker", speaker, "name", _LONGEST_SPEAKER)


def _clean(line: int, column: str, words: str, problems: Problems) -> str:
    """The words of a cell as they stand in a text; only that of the speaker may have none."""
    try:
        return " ".join(canonicalise(words).text.split())
    except BadText as bad:
        if bad.code != "empty":
            problems.add_bad(line, column, words, bad)
        elif column == "text":
            problems.add(line, column, words, "sentence")
    return ""


def _turns(said: Sequence[_Said]) -> Iterator[tuple[str, list[_Said]]]:
    """What one person says, with their name where they begin to."""
    for speaker, rows in groupby(said, key=lambda row: row.speaker):
        turn = list(rows)
        for begin in range(0, len(turn), _TURN):
            yield (speaker if begin == 0 else ""), turn[begin : begin + _TURN]


def _assembled(said: Sequence[_Said]) -> tuple[str, list[Sentence], list[str]]:
    """The text, its sentences, and of each the line of the file that it stands in."""
    parts: list[str] = []
    sentences: list[Sentence] = []
    places: list[str] = []
    at = 0
    for paragraph, (speaker, rows) in enumerate(_turns(said)):
        for index, row in enumerate(rows):
            label = f"{speaker}: " if index == 0 and speaker else ""
            words = label + row.text
            joint = "" if not parts else " " if index else "\n\n"
            parts.append(joint + words)
            start = at + len(joint)
            at = start + len(words)
            sentences.append(Sentence(start, at, paragraph, ParagraphKind.BODY))
            places.append(f"line {row.line}")
    return "".join(parts), sentences, places


def _title(first: _Said) -> str:
    words = f"{first.speaker}: {first.text}" if first.speaker else first.text
    if len(words) <= TITLE_LENGTH:
        return words
    return (words[:TITLE_LENGTH].rpartition(" ")[0] or words[: TITLE_LENGTH - 1]) + "…"
