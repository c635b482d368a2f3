"""Dates on public pages: in the reader's language where they are dates, else as they were typed."""

from __future__ import annotations

from django.utils.formats import date_format

from annotations.editions.content import Source
from annotations.text.dates import day_of, first_day


def when(partial: str) -> str:
    """A date that may lack day or month, for people: "24 November 2026", "November 2026"."""
    day = first_day(partial)
    if day is None or len(partial) == 4:
        return partial
    return date_format(day) if day_of(partial) else date_format(day, "YEAR_MONTH_FORMAT")


def where_from(source: Source) -> list[str]:
    """Who published a source, and when: ["Publisher", "3 June 2026"], as far as is known."""
    return [part for part in (source.publisher, when(source.published_on)) if part]
