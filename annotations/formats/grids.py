"""Tables: which hold data, whose rows stay whole, and which only lay out running text.

A row comes as its cells with a tab between them, and is written with `BETWEEN`, so that no figure
of one cell touches that of another. Runs where nothing of Django is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from annotations.text.links import Told, visible

BETWEEN = " | "
"""What stands between two cells in the text."""
_LONGEST_CELL = 200
_TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?…。！？][\"'”’»)\]]{0,3}\s+\S|[。！？]\S")


def rows_stay_whole(rows: Sequence[str]) -> list[bool]:
    """Whether each row of one table is a row of data.

    No row is where no two of them have two cells that say something: then the table lays out a
    page. A row in which a cell runs on for several sentences is text like any other.
    """
    filled = [[cell for cell in row.split("\t") if cell.strip()] for row in rows]
    if sum(len(cells) > 1 for cells in filled) < 2:
        return [False] * len(rows)
    return [bool(cells) and not any(map(_runs_on, cells)) for cells in filled]


def _runs_on(cell: str) -> bool:
    return len(cell) > _LONGEST_CELL or bool(_TWO_SENTENCES.search(cell))


def written(row: str, links: Sequence[Told] = ()) -> tuple[str, tuple[Told, ...]]:
    """The row as it stands in a text, and its links, whose places count what stands between."""
    cells = [" ".join(cell.split()) for cell in row.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    starts = [0, *accumulate(len(visible(cell)) for cell in cells)][: len(cells)]

    def moved(place: int) -> int:
        return place + len(visible(BETWEEN)) * max(0, bisect_right(starts, place) - 1)

    told = tuple((moved(first), moved(stop - 1) + 1, to) for first, stop, to in links)
    return BETWEEN.join(cells), told
