"""Dates that people know in part: "2026", "2026-03", "2026-03-02".

What was stored before they were asked for may be no date at all ("2026-02-30"): it is shown as it
was typed, and machines are told nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def first_day(words: str) -> dt.date | None:
    """The first day that the words can mean; None where they are no date."""
    if not _SHAPE.fullmatch(words):
        return None
    try:
        return dt.date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        return None


def is_partial_date(words: str) -> bool:
    """Whether the words are YYYY, YYYY-MM or YYYY-MM-DD, and there is such a day, or are empty.

    The database asks the same: annotations_is_partial_date in database/guards.sql.
    """
    return not words or first_day(words) is not None


def day_of(value: str | dt.date | None) -> dt.date | None:
    """The day that is written as "2026-03-02"; None where it is none."""
    if value is None or isinstance(value, dt.date):
        return value
    return first_day(value) if len(value) == 10 else None


def is_day(words: str) -> bool:
    """Whether it is a date to the day."""
    return day_of(words) is not None


def for_machines(words: str) -> str:
    """The date as it is, where it is one; else an empty string."""
    return words if first_day(words) else ""


def with_plain_digits(words: str) -> str:
    """The words with the digits of every script as 0 to 9: "٢٠٢٦" is "2026"."""
    return "".join(str(unicodedata.decimal(each, each)) for each in words)
