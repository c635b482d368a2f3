"""Dates of which a part may be missing: "2026", "2026-03", "2026-03-02", or words as typed.

What was stored may be no date at all ("2026-02-30", digits of another script): it is shown as it
was typed, and machines are told nothing.
"""

from __future__ import annotations

import datetime as dt
import re

_SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


def day_of(value: str | dt.date | None) -> dt.date | None:
    """The day that is written as "2026-03-02"; None where it is none."""
    if value is None or isinstance(value, dt.date):
        return value
    return first_day(value) if len(value) == 10 else None


def first_day(words: str) -> dt.date | None:
    """The first day that the words can mean; None where they are no date."""
    if not _SHAPE.fullmatch(words):
        return None
    try:
        return dt.date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        return None


def is_day(words: str) -> bool:
    """Whether it is a date to the day."""
    return day_of(words) is not None


def for_machines(words: str) -> str:
    """The date as it is, where it is one; else an empty string."""
    return words if first_day(words) else ""
