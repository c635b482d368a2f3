"""Dates that people know in part: a year, a month of a year, a day."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_partial_date(words: str) -> bool:
    """Whether the words are YYYY, YYYY-MM or YYYY-MM-DD, and there is such a day, or are empty.

    The database asks the same: annotations_is_partial_date in database/guards.sql.
    """
    if not words:
        return True
    found = _SHAPE.fullmatch(words)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def with_plain_digits(words: str) -> str:
    """The words with the digits of every script as 0 to 9: "٢٠٢٦" is "2026"."""
    return "".join(str(unicodedata.decimal(each, each)) for each in words)
