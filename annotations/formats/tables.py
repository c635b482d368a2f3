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


class Problems:
    """What is wrong with the rows of a file, collected so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[dict[str, Any]] = []

    def add(self, line: int, column: str, value: str, expected: str, number: int = 0) -> None:
        """One of EXPECTED, with its number, is not what stands there."""
        assert expected in EXPECTED, expected
        self._add(line, column, value, {"expected": expected, "number": number})

    def add_bad(self, line: int, column: str, value: str, bad: BadText) -> None:
        """What stands there can be no text."""
        told = {"code": bad.code, "params": dict(bad.params), "words": str(bad).rstrip(".")}
        self._add(line, column, value, told)

    def _add(self, line: int, column: str, value: str, told: dict[str, Any]) -> None:
        shown = value if len(value) <= 60 else value[:59] + "…"
        self._found.append({"line": line, "column": column, "value": shown} | told)

    def raise_any(self) -> None:
        """Raise BadText if anything was added; its `wrong` are the first SHOWN, as data."""
        if not self._found:
            return
        rest = max(len(self._found) - SHOWN, 0)
        more = f" And {rest} more." if rest else ""
        first = self._found[:SHOWN]
        raise BadText(
            "bad_rows",
            "Nothing was imported, for some rows are wrong. {rows}",
            rows=" ".join(map(_in_english, first)) + more,
            wrong=first,
            more=rest,
        )


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
    "one_document": "one document a file",
    "sentence": "a sentence expected",
}
"""What should stand in a row, by the name it has in `Problems.add`. `words.unreadable` has them in
the languages of pages."""


def _in_english(wrong: dict[str, Any]) -> str:
    told = wrong.get("words") or EXPECTED[wrong["expected"]].format(number=wrong["number"])
    return f"Line {wrong['line']}, {wrong['column']} “{wrong['value']}”: {told}."


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
