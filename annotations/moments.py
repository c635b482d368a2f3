"""Days and moments as short as a page of the desk says them: the year only where it is another."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.formats import date_format


def short(when: dt.date, *, seconds: bool = False) -> str:
    """ "13 Mar" or "13 Mar, 04:15", in the time zone at work; "13 Mar 2025" in another year.

    `when` is a day, or a moment that knows its time zone. With `seconds`, a moment of this year
    says its second too.
    """
    is_moment = isinstance(when, dt.datetime)
    here = timezone.localtime(when) if isinstance(when, dt.datetime) else when
    if here.year != timezone.localdate().year:
        return _in_format(here, "SHORT_DATETIME_FORMAT" if is_moment else "SHORT_DATE_FORMAT")
    if not is_moment:
        return _in_format(here, "DAY_FORMAT")
    return _in_format(here, "DAY_SECONDS_FORMAT" if seconds else "DAY_TIME_FORMAT")


def day(moment: dt.datetime) -> str:
    """The day of a moment, likewise."""
    return short(timezone.localdate(moment))


def shortest(moment: dt.datetime) -> str:
    """A moment that is today by its hour alone."""
    here = timezone.localtime(moment)
    return _in_format(here, "TIME_FORMAT") if here.date() == timezone.localdate() else short(moment)


def _in_format(here: dt.date, style: str) -> str:
    """The day or moment in the language at work; a moment as the clock there shows it."""
    if isinstance(here, dt.datetime):
        here = here.replace(microsecond=0, tzinfo=None)
    return _in_words(here, style, translation.get_language() or "")


@lru_cache(10_000)
def _in_words(here: dt.date, style: str, _language: str) -> str:
    """Put into words once a process: lists tell the same moments to everybody, again and again."""
    return date_format(here, style)
