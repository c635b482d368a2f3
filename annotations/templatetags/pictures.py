"""Pictures of numbers, drawn here as SVG: no script, no style, colours from the palette.

The numbers themselves stand in the table beside each picture.
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.queries.period import Confusion, Month

register = template.Library()

CELL = 40
LABELS = 190
"""Units of the picture: a cell's side, and the room for the names of its rows."""
LONGEST = 22
"""Characters of a name that fit into it."""


@register.filter
def as_read(value: object) -> object:
    """A day and a month as people write them; anything else as it is."""
    if isinstance(value, Month):
        return date_format(value.first, "YEAR_MONTH_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value


@register.simple_tag
def meter(size: float | None, most: float) -> SafeString:
    """How much it is beside the most, as a bar. For the eye only: its number stands beside it."""
    width = 100 * (size or 0) / most if most else 0
    return format_html(
        '<svg class="bar" height="12" aria-hidden="true" focusable="false">'
        '<rect class="plain-bar" x="0" y="1" width="{}%" height="10" rx="2"/></svg>',
        f"{width:.2f}",
    )


@register.simple_tag
def met(confusion: Confusion, name: str) -> SafeString:
    """How often each two ratings met on one claim: a disc for each, its area the number."""
    size = len(confusion.labels)
    most = max((count for row in confusion.counts for count in row), default=0)
    if not most:
        return SafeString("")
    width, height = LABELS + CELL * size, CELL * (size + 1)
    return format_html(
        '<svg class="chart" width="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}</svg>',
        width,
        width,
        height,
        *(name, name),
        name,
        _("Which ratings met on one claim"),
        name,
        _("Row and column are the ratings of two people. The table below has the numbers."),
        _names(confusion),
        _lines(size, width, height),
        _discs(confusion, most),
    )


def _names(confusion: Confusion) -> SafeString:
    rows = [
        (LABELS - 12, CELL * (at + 1) + CELL / 2 + 5, "end", f"{_short(label)}  {at + 1}")
        for at, label in enumerate(confusion.labels)
    ]
    columns = [
        (LABELS + CELL * at + CELL / 2, CELL / 2 + 5, "middle", at + 1)
        for at in range(len(confusion.labels))
    ]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', [*rows, *columns])


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def _lines(size: int, width: int, height: int) -> SafeString:
    across = [(LABELS, CELL * at, width, CELL * at) for at in range(1, size + 2)]
    down = [(LABELS + CELL * at, CELL, LABELS + CELL * at, height) for at in range(size + 1)]
    return format_html_join(
        "", '<line class="line" x1="{}" y1="{}" x2="{}" y2="{}"/>', [*across, *down]
    )


def _discs(confusion: Confusion, most: int) -> SafeString:
    discs = [
        (
            "alike" if row == column else "apart",
            LABELS + CELL * column + CELL / 2,
            CELL * (row + 1) + CELL / 2,
            f"{(CELL / 2 - 3) * (count / most) ** 0.5:.1f}",
        )
        for row, counts in enumerate(confusion.counts)
        for column, count in enumerate(counts)
        if count
    ]
    return format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', discs)
