"""Tables in CSV and TSV: rows with their lines, columns by their names, and what is wrong by row.

Sources: RFC 4180; IANA text/tab-separated-values. A semicolon parts the cells of a CSV file where
its first line has more of them than of commas, as spreadsheets write it in half of Europe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from annotations.text.canonical import BadText, decode

SHOWN = 20
"""Rows that are named at most where many are wrong; the rest are counted."""
_LONGEST_CELL = 131_072
"""Characters of one cell: what Python's reader takes."""


KNOWN_TABLES: Mapping[str, str] = MappingProxyType({".tsv": "TSV", ".tab": "TSV", ".csv": "CSV"})
"""What a table is, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file that it ends in, counted from 1."""

    line: int
    cells: Sequence[str]


Wrong = dict[str, Any]
"""One wrong place of a file, as data: its `line`, counted from 1, the `place` there (a column or a
JSON pointer), the `value` that stands there, and what was `expected` (one of EXPECTED) with its
`number`; or the `code`, `params` and English `words` of a BadText."""


class BadRows(BadText):
    """A file with wrong rows. Its words name the first SHOWN of them; `wrong` are all."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        rest = max(len(wrong) - SHOWN, 0)
        more = f" And {rest} more." if rest else ""
        first = list(wrong[:SHOWN])
        super().__init__(
            "bad_rows",
            "Nothing was imported, for some rows are wrong. {rows}",
            rows=" ".join(map(_in_english, first)) + more,
            wrong=first,
            more=rest,
        )
        self.wrong = tuple(wrong)


class Problems:
    """What is wrong with the rows of a file, collected so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[Wrong] = []

    def add(self, line: int, place: str, value: str, expected: str, number: int = 0) -> None:
        """One of EXPECTED, with its number, is not what stands there."""
        assert expected in EXPECTED, expected
        self._add(line, place, value, {"expected": expected, "number": number})

    def add_bad(self, line: int, place: str, value: str, bad: BadText) -> None:
        """What stands there can be no text."""
        told = {"code": bad.code, "params": dict(bad.params), "words": str(bad).rstrip(".")}
        self._add(line, place, value, told)

    def add_rows(self, rows: Iterable[Wrong]) -> None:
        """What was found wrong with a part of the file."""
        self._found.extend(rows)

    def _add(self, line: int, place: str, value: str, told: Wrong) -> None:
        shown = value if len(value) <= 60 else value[:59] + "…"
        self._found.append({"line": line, "place": place, "value": shown} | told)

    def raise_any(self) -> None:
        """Raise BadRows if anything was added."""
        if self._found:
            raise BadRows(self._found)


EXPECTED = {
    "object": "an object with title and text",
    "paragraphs": "words, or a list of paragraphs",
    "words": "words are expected",
    "date": "a date as 2026, 2026-11 or 2026-11-24",
    "language": "the tag of a language, as en or pt-BR",
    "address": "an address with http:// or https://",
    "characters": "{number} characters at most",
    "cells": "at least {number} cells expected",
    "once": "a line comes once",
    "name": "a name of {number} characters at most",
    "document": "the name of the document that the row belongs to",
    "sentence": "a sentence expected",
    "name_or_number": "a name or number of {number} characters at most",
    "id_once": "an id comes once in a file",
    "sentences": "a list of objects with start and end",
    "as_kept": "a text as it is kept, for positions count in it (manage.py split shows it)",
    "position": "a whole number, in characters from 0",
    "inside": "words of the text are expected there, which has {number} characters",
    "kind": "one of body, heading, row",
    "stands_there": "other words stand there in the text",
    "sentence_end": "{number} is expected: only white space stands between sentences",
    "cut_first": "the first sentence begins where the text does",
    "cut_order": "sentences begin one after the other",
    "cut_place": "no sentence can begin there",
    "cut_kind": "a heading or row is a sentence of its own: look at character {number}",
    "claims": "a list of claims",
    "claim": "an object with claim and marks",
    "one_of_type": "one of event, numerical, quotation, causal, comparison, position",
    "one_of_claimant_kind": "one of person, organisation, outlet",
    "marks": "a list of at least one place in the text",
    "marks_at_most": "an article takes {number} marks at most",
    "marked_once": "these words are marked as this claim already",
    "place": "an object with start and end, or with exact",
    "stands_once": "words that stand in the text once, with prefix and suffix",
}
"""What should stand in a row, by the name it has in `Problems.add`. `words.unreadable` has them in
the languages of pages."""


def _in_english(wrong: Wrong) -> str:
    told = wrong.get("words") or EXPECTED[wrong["expected"]].format(number=wrong["number"])
    return f"Line {wrong['line']}, {wrong['place']} “{wrong['value']}”: {told}."


def rows_of(data: bytes | str, kind: str) -> list[Row]:
    """The rows that are not blank. `kind` is "TSV" or "CSV". Raises BadText."""
    text = decode(data) if isinstance(data, bytes) else data
    lines = io.StringIO(text, newline="")
    if kind == "TSV":  # it knows no quotes
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=_delimiter(text))
    try:
        found = [Row(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise BadText(
            "bad_table",
            "Line {line}: this is no {kind} ({why}).",
            line=reader.line_num,
            kind=kind,
            why=str(error),
        ) from None
    return [row for row in found if any(row.cells)]


def as_objects(data: bytes, kind: str) -> list[tuple[str, dict[str, str]]]:
    """Each row below the header as an object, with its place ("line 3 "). Raises BadText."""
    rows = rows_of(data, kind)
    header = rows[0].cells if rows else []
    return [(f"line {row.line} ", dict(zip(header, row.cells, strict=False))) for row in rows[1:]]


def _delimiter(text: str) -> str:
    first = text[:_LONGEST_CELL].partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def columns(header: Sequence[str], known: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Which column is which of the known ones, by any of their names, whatever their case."""
    names = [_bare(cell) for cell in header]
    found: dict[str, int] = {}
    for column, called in known.items():
        at = next((names.index(name) for name in called if name in names), None)
        if at is not None:
            found[column] = at
    return found


def _bare(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())
