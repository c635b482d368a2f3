"""Several transcripts in one table, told apart by its column `document`.

Each is read as if it had come alone, in a table of its own: the header, and its rows as they stand.
That is what is kept as its original, and its lines are counted in it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.formats.tables import BadRows, Problems, Row, columns, rows_of
from annotations.formats.transcript import KNOWN
from annotations.text.canonical import BadText, check_size, decode


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a table: its name there, its own table, and where its lines were.

    `lines` has the line of the whole table, counted from 1, for each line of this one.
    """

    name: str
    data: bytes
    lines: Sequence[int]
    first: int
    """The line of the whole table in which its first row ends."""

    @property
    def title(self) -> str:
        """What it is called, where its name has words; a number alone names nothing to people."""
        return self.name if any(map(str.isalpha, self.name)) else ""

    def tell(self, bad: BadText, problems: Problems) -> None:
        """What is wrong with it, with the lines of the whole table."""
        if isinstance(bad, BadRows):
            problems.add_rows(
                {**wrong, "line": self.lines[wrong["line"] - 1]} for wrong in bad.wrong
            )
        else:
            problems.add_bad(self.first, "document", self.name, bad)


def are_in(data: bytes, kind: str) -> bool:
    """Whether the table holds more than one document. `kind` is "TSV" or "CSV"."""
    try:
        rows = rows_of(data, kind)
    except BadText:
        return False
    at = _column(rows)
    if at is None:
        return False
    return len({row.cells[at] for row in rows[1:] if at < len(row.cells)} - {""}) > 1


def parts(data: bytes, kind: str) -> list[Part]:
    """The documents of the table, in the order in which they begin in it.

    Raises BadText, naming each row that says not to which document it belongs.
    """
    check_size(len(data))
    rows = rows_of(data, kind)
    at = _column(rows)
    assert at is not None, "asked before"
    lines = io.StringIO(decode(data), newline="").readlines()
    header = list(range(1, rows[0].line + 1))
    found: dict[str, list[int]] = {}
    firsts: dict[str, int] = {}
    problems = Problems()
    before = rows[0].line
    for row in rows[1:]:
        name = row.cells[at] if at < len(row.cells) else ""
        if name:
            found.setdefault(name, list(header)).extend(range(before + 1, row.line + 1))
            firsts.setdefault(name, row.line)
        else:
            problems.add(row.line, "document", name, "document")
        before = row.line
    problems.raise_any()
    return [
        Part(name, "".join(lines[line - 1] for line in where).encode(), where, firsts[name])
        for name, where in found.items()
    ]


def _column(rows: Sequence[Row]) -> int | None:
    """Where the table says to which document a row belongs; None where it does not."""
    known = columns(rows[0].cells, KNOWN) if rows else {}
    return known.get("document") if "text" in known else None
