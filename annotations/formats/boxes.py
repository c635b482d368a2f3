"""Links of a PDF: boxes on a page, and the words that stand in each.

A box says where it lies, never which words it is about. Which they are is told by how wide their
letters are. Where the edges of a box are not those of words, it is left out: a justified line may
be set wider than its letters say, and no link lands on other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pypdf.errors import PyPdfError

from annotations.text.links import MOST, Told, visible, web_address

Font: Any
try:
    # It has no public name. `test_beside.py` says so where a new version moves or changes it;
    # until then PDFs come in without the links of their words.
    from pypdf.generic._font import Font
except ImportError:
    Font = None

_NEAR = 0.25
"""How far from the edge of a word a box may end, in sizes of the letters."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page, in points from the lower left, something leads to an address."""

    left: float
    bottom: float
    right: float
    top: float
    address: str


def boxes(page: Any) -> list[Box]:
    """The boxes of a page that lead to the web."""
    found: list[Box] = []
    try:
        for each in page.get("/Annots") or ():
            note = each.get_object()
            if note.get("/Subtype") == "/Link" and len(found) < MOST:
                act = note.get("/A")
                address = web_address(str(act.get_object().get("/URI", ""))) if act else ""
                found += _of(note, address) if address else []
    except (PyPdfError, ValueError, TypeError, AttributeError, KeyError):
        pass
    return found


def _of(note: Any, address: str) -> list[Box]:
    """One box for each line that the link stands on, where it says so."""
    corners = [float(each) for each in note.get("/QuadPoints") or ()]
    if len(corners) < 8 or len(corners) % 8:
        left, bottom, right, top = (float(each) for each in note["/Rect"])
        corners = [left, bottom, right, top, left, top, right, bottom]
    quads = [corners[at : at + 8] for at in range(0, len(corners), 8)]
    return [Box(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2]), address) for q in quads]


class Letters:
    """How wide the letters of a page's fonts are."""

    def __init__(self) -> None:
        self._fonts: dict[int, Any] = {}

    def edges(self, text: str, font: Any, size: float) -> list[float]:
        """Where each letter begins and the last ends, in points; none where no font says so."""
        if id(font) not in self._fonts:
            self._fonts[id(font)] = _read(font)
        known = self._fonts[id(font)]
        if known is None:
            return []
        return list(accumulate((known.get_text_width(c) * size / 1000 for c in text), initial=0.0))


def _read(font: Any) -> Any:
    """Its widths, or None where nothing tells them."""
    if Font is None:
        return None
    try:
        return Font.from_font_resource(font)
    except (PyPdfError, ValueError, TypeError, AttributeError, KeyError):
        return None


def linked(
    text: str, edges: Sequence[float], x: float, y: float, size: float, found: Sequence[Box]
) -> Iterator[Told]:
    """The links of words that stand on one line from (x, y) on, each at whole words."""
    spans = _words(text)
    for box in found:
        if not edges or not box.bottom - 0.3 * size <= y <= box.top:
            continue
        first = [at for at, _end in spans if abs(x + edges[at] - box.left) <= _NEAR * size]
        last = [end for _at, end in spans if abs(x + edges[end] - box.right) <= _NEAR * size]
        if first and last and first[0] < last[-1]:
            start = len(visible(text[: first[0]]))
            length = len(visible(text[first[0] : last[-1]]))
            yield start, start + length, box.address


def _words(text: str) -> list[tuple[int, int]]:
    """Where a link may begin and end: at words, with or without the marks beside them."""
    spans, start = [], -1
    for at, char in enumerate(f"{text} "):
        if char.isspace():
            if start >= 0:
                spans.append((start, at))
                bare = text[start:at].rstrip(".,;:!?)”’\"'")
                spans.append((start, start + len(bare)))
            start = -1
        elif start < 0:
            start = at
    return spans
