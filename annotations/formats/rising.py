"""How high the letters of a PDF are set above their line, where the file says so itself.

Source: ISO 32000-1, 9.3.7 (text rise, `Ts`), which many programs write that make reports. pypdf
leaves it alone, and joins what stands before and after it: 240 and note 1 would be 2401.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import NameObject


class Rise:
    """How high, in the letters' own units, as the page's operators are read one by one."""

    def __init__(self) -> None:
        self.now = 0.0
        self._kept: list[float] = []

    def take(self, operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        """pypdf's visitor of each operator, before it is read."""
        if operator == b"Ts" and operands:
            with contextlib.suppress(TypeError, ValueError):
                self.now = float(operands[0])
        elif operator == b"q":
            self._kept.append(self.now)
        elif operator == b"Q" and self._kept:
            self.now = self._kept.pop()


_MATRIX = re.compile(rb"([-\d.]+)(?:\s+[-\d.]+){2}\s+Tm\b")


def part_runs(page: Any) -> None:
    """Have pypdf end a run of letters where they rise, fall, or are set larger or smaller.

    It does so where a font is set; and many programs set one of size 1, and then its matrix.
    """
    try:
        contents = page.get_contents()
        if contents is None or not _has_runs(contents.get_data()):
            return
        contents.operations = list(_parted(contents.operations))
        page[NameObject("/Contents")] = contents
    except (PyPdfError, ValueError, TypeError, AttributeError, KeyError):
        return


def _has_runs(data: bytes) -> bool:
    """Whether letters rise, or their matrix has more than one height; asked of every page."""
    return b"Ts" in data or len(set(_MATRIX.findall(data))) > 1


def _parted(operations: Iterable[tuple[Any, bytes]]) -> Iterator[tuple[Any, bytes]]:
    font: Any = None
    height: Any = None
    for operands, operator in operations:
        is_other = operator == b"Tm" and len(operands) == 6 and operands[3] != height
        if operator == b"Tf":
            font = operands
        elif font is not None and (operator == b"Ts" or is_other):
            yield font, b"Tf"
        if is_other:
            height = operands[3]
        yield operands, operator
