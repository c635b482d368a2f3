"""A period of a desk, and what readers first got in it: the ground of its statistics.

Only what readers have counts. Nothing of a claim that is still checked, decided or reviewed again
is in a figure, so no figure tells a blind checker, or whoever may be asked to be one, anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from annotations.models import Citation, Desk, Edition
from annotations.vocabulary import ClaimStatus

SETTLED = (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED)

MOST = 10_000
"""The checks of a period that are looked at, the newest of them."""

LEAST = 5
"""Claims that a figure of annotations is made of, at least: fewer would tell of single ones."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until another, both included, where the desk is."""

    since: dt.date
    until: dt.date
    zone: ZoneInfo

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.since, dt.time(), self.zone)

    @property
    def ends(self) -> dt.datetime:
        """The moment after it."""
        return dt.datetime.combine(self.until + dt.timedelta(days=1), dt.time(), self.zone)

    def day(self, at: dt.datetime) -> dt.date:
        """The day of a moment, where the desk is."""
        return at.astimezone(self.zone).date()

    def month(self, at: dt.datetime) -> Month:
        return Month(self.day(at).replace(day=1))


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month, by its first day. A file has it as 2026-11, a page in words."""

    first: dt.date

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


Cell = str | int | float | dt.date | None
"""A day is in ISO 8601 in a file, and as people write it on a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a figure: its name, then a cell for each further column."""

    name: str | Month
    cells: Sequence[Cell]
    size: float | None = None
    """How long its bar is, beside the longest of the figure."""
    tally: Sequence[dict[str, object]] = ()
    """Of what it is made: dicts of tone, label and count (templatetags.factcheck.findings_bar)."""
    url: str = ""


@dataclass(slots=True)
class Figure:
    """A table, with a picture of its numbers in it."""

    key: str
    """What it is, whatever language its title is in."""
    title: str
    columns: Sequence[str]
    rows: list[Row]
    note: str = ""
    empty: str = ""
    """What stands where there is no row."""
    confusion: Confusion | None = None
    whole: float = 0
    """How much a full bar is, where it is not the longest: 100 of percentages."""

    @property
    def most(self) -> float:
        return self.whole or max((row.size for row in self.rows if row.size), default=0)

    @property
    def has_picture(self) -> bool:
        return any(row.size is not None or row.tally for row in self.rows)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two ratings met on one claim, by rows and columns of the same labels."""

    labels: Sequence[str]
    counts: Sequence[Sequence[int]]

    @property
    def lines(self) -> list[tuple[str, Sequence[int]]]:
        """Each label with its row of counts."""
        return list(zip(self.labels, self.counts, strict=True))


def first_editions(desk: Desk, period: Period) -> QuerySet[Edition]:
    """The first edition of each claim that readers got in the period, the newest first."""
    return _editions(desk, period).filter(claim__isnull=False, number=1)


def first_articles(desk: Desk, period: Period) -> QuerySet[Edition]:
    """The first edition of each article that readers got in the period, the newest first."""
    return _editions(desk, period).filter(article__isnull=False, number=1)


def cited(verdicts: Sequence[int]) -> QuerySet[Citation]:
    """What the verdicts with these keys stand on: of those that readers have, who have it too."""
    return Citation.objects.filter(verdict__in=verdicts).order_by()


def _editions(desk: Desk, period: Period) -> QuerySet[Edition]:
    within = Edition.objects.filter(
        desk=desk, published_at__gte=period.begins, published_at__lt=period.ends
    )
    return within.order_by("-published_at")
