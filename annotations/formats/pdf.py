"""PDFs that hold text: their words in reading order, page by page.

Read by pypdf, in pure Python. Two columns are read one after the other; what stands at the top or
at the bottom of most pages (a running head, a page number) is left out; a hyphen that only parts
a line is taken out. What is smaller than its line and stands higher is raised (formats.inline), and
figures of different heights or sizes never touch. A page that is a picture has no words: that is
said, never guessed at.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from annotations.formats.blocks import HEADING, PARAGRAPH, Part, assembled
from annotations.formats.boxes import Letters, boxes, linked
from annotations.formats.inline import raised
from annotations.formats.plain import About, Document
from annotations.formats.rising import Rise, part_runs
from annotations.text.canonical import BadText
from annotations.text.limits import MAX_CHARACTERS
from annotations.text.links import Told, visible

MOST_PAGES = 5000
# How much larger the letters of a heading are, and how many code points it has at most.
_LARGER, _LONGEST_HEADING = 1.15, 200
# A running head stands on at least so many pages, and on such a part of them.
_FEWEST_RUNNING, _PART_RUNNING = 3, 0.5
# Lines of a page with a head and a foot, and of one where either may have two.
_SHORT_PAGE, _LONG_PAGE = 3, 8
# Sizes of raised letters in those of their line: the rest of a line beside its large first letter
# is smaller. How much higher they stand, in sizes of the line, and how many they are at most.
_RAISED_SIZE, _RAISED_BY, _LONGEST_RAISED = (0.45, 0.85), (0.12, 0.75), 12
_LETTERS = re.compile(r"[^\W\d_]")
_SMALL = re.compile(r"[^\W\d_A-Z]")
_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its place in points from the lower left, and the size of its letters.

    `links` count visible characters of it.
    """

    x: float
    y: float
    size: float
    text: str
    links: tuple[Told, ...] = ()


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a PDF. Raises BadText."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadText("locked_pdf", "This PDF is protected by a password. Save it without one.")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise BadText(
                "too_many_pages",
                "This PDF has {pages} pages; the limit is {limit}.",
                pages=count,
                limit=MOST_PAGES,
            )
        pages = [_lines(page) for page in reader.pages]
        about = _about(reader)
    except BadText:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        raise BadText(
            "broken_file", "This file is broken, or not what its name says it is."
        ) from None
    if not any(_LETTERS.search(line.text) for page in pages for line in page):
        raise BadText(
            "scan",
            "This PDF is a picture of a text, and holds no words. Have its letters recognised"
            " (OCR) first, or type what is to be checked.",
        )
    bare, dropped = _without_running(pages)
    return assembled(
        _parts(bare), data, language=language, default=default, about=about, left_out=dropped
    )


def _about(reader: PdfReader) -> About:
    said = reader.metadata
    if said is None:
        return About()
    title = " ".join(str(said.title or "").split())
    # "Microsoft Word - draft3.docx" is no title.
    is_file = bool(re.search(r"\.\w{2,5}$|^untitled", title, re.IGNORECASE))
    return About(
        title="" if is_file else title[:300],
        byline=" ".join(str(said.author or "").split())[:200],
    )


# --- a page to its lines ---


def _lines(page: Any) -> list[Line]:
    """The lines of a page in reading order: the left column before the right."""
    runs: list[Line] = []
    room = MAX_CHARACTERS * 2
    found, letters, rise = boxes(page), Letters(), Rise()
    part_runs(page)

    def take(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        nonlocal room
        words = text.replace("\n", " ")
        if not words.strip() or room < 0:
            return
        room -= len(words)
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] or tm[1]) * abs(cm[3] or cm[1])
        if rise.now and runs:
            runs.append(_risen(Line(x, y, size * (scale or 1), words), rise.now, runs[-1]))
            return
        links: tuple[Told, ...] = ()
        if found and not tm[1]:
            edges = letters.edges(words, font, size * abs(tm[0] * cm[0]))
            links = tuple(linked(words, edges, x, y, size * (scale or 1), found))
        runs.append(Line(x, y, size * (scale or 1), words, links))

    page.extract_text(visitor_text=take, visitor_operand_before=rise.take)
    width = float(page.mediabox.width) or 1.0
    lines = _joined(runs)
    return _in_columns(lines, float(page.mediabox.left) + width / 2)


def _risen(run: Line, by: float, last: Line) -> Line:
    """The run at the height that the file sets it at: on its line, if its figures are raised."""
    if by > 0 and len(run.text.strip()) <= _LONGEST_RAISED:
        return replace(run, size=last.size, text=raised(run.text.strip(), is_note=False))
    return replace(run, y=run.y + by)


def _joined(runs: list[Line]) -> list[Line]:
    """Runs that stand beside each other on one line are one."""
    lines: list[Line] = []
    last: Line | None = None
    end = 0.0
    for run in runs:
        line = lines[-1] if lines else None
        # Half the size of its letters is about the width of one.
        near = line is not None and run.x - end < 3 * max(run.size, 1) and run.x >= line.x - 1
        if line is not None and last is not None and near and _is_of_line(line, last, run):
            lines[-1] = _with(line, last, run, end)
        else:
            lines.append(run)
        last, end = run, run.x + len(run.text.rstrip()) * max(run.size, 1) * 0.5
    return [replace(one, text=" ".join(one.text.split())) for one in lines]


def _is_of_line(line: Line, last: Line, run: Line) -> bool:
    """Whether a run is as high as the line, or raised after its `last` one or lowered there."""
    if run.x > last.x + 1 and (_is_raised(run, line) or _is_raised(line, run)):
        return True
    return abs(line.y - run.y) < max(2.0, line.size * 0.4)


def _is_raised(run: Line, line: Line) -> bool:
    """Whether a run is smaller than the letters of a line, and stands higher."""
    if len(run.text.strip()) > _LONGEST_RAISED or line.size <= 0:
        return False
    least, most = _RAISED_BY
    smallest, largest = _RAISED_SIZE
    is_higher = least < (run.y - line.y) / line.size < most
    return is_higher and smallest <= run.size / line.size <= largest


def _is_lowered(run: Line, line: Line) -> bool:
    """Whether a run is smaller than the letters of a line, and stands lower: the 2 of H2O."""
    is_short = len(run.text.strip()) <= _LONGEST_RAISED
    return is_short and run.size <= _RAISED_SIZE[1] * line.size and run.y < line.y - 0.5


def _with(line: Line, last: Line, run: Line, end: float) -> Line:
    """The line with a run after its `last` one, which ends at `end`, in points from the left."""
    y = line.y
    if _is_raised(line, run):
        line, y = _as_raised(line), run.y
    clings = _is_lowered(run, line)
    if _is_raised(run, line):
        run, clings = _as_raised(run), True
    words = line.text + _gap(line.text, last, run, end, clings=clings)
    links = (*line.links, *_shifted(run.links, words))
    return Line(line.x, y, max(line.size, run.size), words + run.text, links)


def _as_raised(run: Line) -> Line:
    """The run with its figures raised; in brackets, where figures have no such shapes."""
    said = raised(run.text, is_note=False)
    return replace(
        run, text=said, links=tuple(_shifted(run.links, said[: len(said) > len(run.text)]))
    )


def _gap(before: str, last: Line, run: Line, end: float, *, clings: bool) -> str:
    """The space between the words before and a run, which is seldom written in the file."""
    if before[-1:].isspace() or run.text[0].isspace():
        return ""
    if before[-1:].isdecimal() and run.text[0].isdecimal() and _are_apart(last, run):
        return " "
    return " " if not clings and run.x > end and run.x - end > 0.15 * max(run.size, 1) else ""


def _are_apart(one: Line, other: Line) -> bool:
    """Whether two runs differ in height or size as no letters of one word do."""
    small, large = sorted((one.size, other.size))
    return small < _RAISED_SIZE[1] * large or abs(one.y - other.y) > _RAISED_BY[0] * large


def _shifted(links: Sequence[Told], before: str) -> Iterator[Told]:
    """The links of words that stand after others now."""
    by = len(visible(before))
    for first, stop, address in links:
        yield first + by, stop + by, address


def _in_columns(lines: list[Line], middle: float) -> list[Line]:
    """The lines as they are read, where a page has two columns; else as they come."""
    right = [line for line in lines if line.x >= middle - 5]
    left = [line for line in lines if line.x < middle - 5]
    if len(right) < 4 or len(left) < 4 or len(right) * 4 < len(lines):
        return lines
    if len({round(line.x / 10) for line in right}) * 2 > len(right):
        return lines  # cells of a table, or words set at will
    top = max(line.y for line in right)
    above = [line for line in left if line.y > top + 2]
    below = [line for line in left if line.y <= top + 2]
    return [
        *sorted(above, key=lambda one: -one.y),
        *sorted(below, key=lambda one: -one.y),
        *sorted(right, key=lambda one: -one.y),
    ]


# --- pages to paragraphs ---


def _without_running(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without running heads and page numbers, and how many words those had."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts += Counter({_pattern(line) for line in _edges(page)})
    least = max(_FEWEST_RUNNING, len(pages) * _PART_RUNNING)
    running = {pattern for pattern, count in counts.items() if count >= least}
    dropped = 0
    bare: list[list[Line]] = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept = []
        for line in page:
            is_number = re.fullmatch(r"[-–—\s]*\d{1,4}[-–—\s]*", line.text) and len(pages) > 1
            if id(line) in edges and (is_number or _pattern(line) in running):
                dropped += len(line.text.split())
            else:
                kept.append(line)
        bare.append(kept)
    return bare, dropped


def _edges(page: list[Line]) -> list[Line]:
    """The two highest and the two lowest lines of a page; of a short one the outermost only."""
    count = 2 if len(page) >= _LONG_PAGE else int(len(page) >= _SHORT_PAGE)
    ordered = sorted(page, key=lambda line: -line.y)
    return [*ordered[:count], *ordered[len(ordered) - count :]]


def _pattern(line: Line) -> str:
    """The line with its figures alike: "Page 3 of 12" stands on every page."""
    return re.sub(r"\d+", "0", line.text)


class _Paragraph:
    """The lines of a paragraph as they come; how long it is so far is counted, never measured."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = self._visible = 0
        self._place = ""
        self._later: list[tuple[int, str]] = []
        self._links: list[Told] = []

    @property
    def last(self) -> str:
        """Its last line, by which is told whether it is over; empty if it has none."""
        return self._pieces[-1] if self._pieces else ""

    def add(self, line: Line, place: str) -> None:
        last, text = self.last, line.text
        if not self._pieces:
            self._place = place
        elif place != (self._later[-1][1] if self._later else self._place):
            self._later.append((self._length, place))
        if _is_parted(last, text):
            self._pieces[-1] = last[:-1]
            self._length -= 1
            self._visible -= len(visible(last[-1]))
        elif self._pieces:
            text = f" {text}"
        by = self._visible
        self._links += [(first + by, stop + by, address) for first, stop, address in line.links]
        self._pieces.append(text)
        self._length += len(text)
        self._visible += len(visible(text))

    def part(self, size: float, usual: float) -> Part:
        """What it is in letters of that size, where most are of the usual one (points)."""
        words = "".join(self._pieces)
        kind = _kind(words, size, usual)
        return Part(kind, words, self._place, tuple(self._later), tuple(self._links))


def _parts(pages: list[list[Line]]) -> list[Part]:
    """The paragraphs, with the pages they stand on; a sentence may go on over a page's end."""
    parts: list[Part] = []
    words = _Paragraph()
    last: Line | None = None
    usual = _usual_size(pages)
    for number, page in enumerate(pages, 1):
        widest = max((len(line.text) for line in page), default=0)
        step = _step(page)
        for line in page:
            if last is not None and _parts_here(last, line, step, widest, words.last):
                parts.append(words.part(last.size, usual))
                words = _Paragraph()
            words.add(line, f"p. {number}")
            last = line
    return [*parts, words.part(0.0, usual)] if words.last else parts


def _usual_size(pages: list[list[Line]]) -> float:
    """The size of most letters, in points."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _kind(words: str, size: float, usual: float) -> str:
    """What a paragraph is: a short one in larger letters than most, and no sentence, a heading."""
    is_large = usual > 0 and size >= _LARGER * usual
    is_short = len(words) <= _LONGEST_HEADING and not words.endswith((".", "!", "…", ":", ";", ","))
    return HEADING if is_large and is_short else PARAGRAPH


def _step(page: list[Line]) -> float:
    """The usual distance between two lines, in points."""
    steps = [a.y - b.y for a, b in pairwise(page) if 0 < a.y - b.y < 60]
    return median(steps) if steps else 0.0


def _parts_here(last: Line, line: Line, step: float, widest: int, words: str) -> bool:
    """Whether a paragraph ends between two lines."""
    if abs(last.size - line.size) > 1.0:
        return True  # a heading
    down = last.y - line.y
    if step and down > 1.4 * step:
        return True
    is_over = bool(_ENDS.search(words))
    if down <= 0:  # another column or page: what is not over goes on
        return is_over
    return is_over and len(last.text) < widest * 0.8


def _is_parted(words: str, line: str) -> bool:
    """Whether the sign at the end of a line only parts a word that goes on in the next."""
    if words.endswith("\u00ad"):
        return True
    # "infor-" and "mation"; but "twenty-" and "One", "1990-" and "2000".
    return words.endswith("-") and bool(_SMALL.match(line)) and words[-2:-1].isalpha()
