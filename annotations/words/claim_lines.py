"""Claims to take away as the lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotations.formats import jsonlines, spreadsheet
from annotations.queries.claim_rows import COLUMNS, Row, in_cells

KINDS = ("csv", "jsonl")


def claim_lines(rows: Iterable[Row], kind: str) -> Iterator[str]:
    """A line a claim, of one of KINDS; in CSV after a header."""
    if kind == "csv":
        return spreadsheet.lines(COLUMNS, map(in_cells, rows))
    return map(jsonlines.line, rows)
