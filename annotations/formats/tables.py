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


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one place of a file: its line, counted from 1, what stands there, and what
    was expected. `place` is a column or a JSON pointer."""

    line: int
    place: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.place} “{self.value}”: {self.expected}."


class BadRows(BadText):
    """A file with wrong rows. Its words name the first of them; `wrong` are all."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        rest = len(wrong) - SHOWN
        more = f" And {rest} more." if rest > 0 else ""
        super().__init__(
            "bad_rows",
            "Nothing was imported, for some rows are wrong. {rows}",
            rows=" ".join(map(str, wrong[:SHOWN])) + more,
        )
        self.wrong = tuple(wrong)


class Problems:
    """What is wrong with the rows of a file, collected so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[Wrong] = []

    def add(self, line: int, place: str, value: str, expected: str) -> None:
        shown = value if len(value) <= 60 else value[:59] + "…"
        self._found.append(Wrong(line, place, shown, expected))

    def raise_any(self) -> None:
        """Raise BadRows if anything was added."""
        if self._found:
            raise BadRows(self._found)


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
