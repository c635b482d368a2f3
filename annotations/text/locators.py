"""Where in a file a locator points to: “page 3”, “04:12”, “¶ 5”, “line 7”.

A locator is what a person types, in the words of their language. What is compared is the number
in it: of a page, a paragraph or a line, or the seconds of a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TIME = re.compile(r"(?<![\d:])(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?![\d:])")
_NUMBER = re.compile(r"\d{1,6}")
_PARAGRAPH = re.compile(r"[¶§]|\b(?:para|par|abs|absatz|al|alinéa)\b|paragra|فقرة", re.IGNORECASE)
_LINE = re.compile(r"\b(?:lines?|rows?|lignes?|zeilen?)\b|سطر", re.IGNORECASE)


def nearest(locator: str, places: Sequence[str]) -> int | None:
    """Which of the places the locator names, in order of the file; None where it names none.

    A time is within the place that began last before it. A page, a paragraph and a line are
    named exactly, but for a page on which nothing begins: the one before leads on to it. A number
    without a word is of whatever the file has.
    """
    second = seconds_in(locator)
    if second is not None:
        times = [(at, seconds_in(place)) for at, place in enumerate(places)]
        begun = [at for at, time in times if time is not None and time <= second]
        return begun[-1] if begun else None
    number = _NUMBER.search(locator)
    if number is None:
        return None
    wanted, said = int(number[0]), _kind(locator)
    known = {
        int(found[0]): at
        for at, place in reversed(list(enumerate(places)))
        if seconds_in(place) is None
        and (found := _NUMBER.search(place))
        and said in ("", _kind(place))
    }
    # Where nothing begins on a page, what began on the one before goes on there.
    is_page = any(_kind(place) == "page" for place in places)
    return known.get(wanted, known.get(wanted - 1) if is_page else None)


def _kind(words: str) -> str:
    """What a number is of, as far as the words tell; empty where there is nothing but it."""
    if _PARAGRAPH.search(words):
        return "paragraph"
    if _LINE.search(words):
        return "line"
    return "page" if re.search(r"[^\W\d_]", words) else ""


def page_in(locator: str) -> int | None:
    """The page that a locator names; None where it names none."""
    number = _NUMBER.search(locator)
    is_page = seconds_in(locator) is None and _kind(locator) in ("", "page")
    return int(number[0]) if number and is_page else None


def seconds_in(words: str) -> int | None:
    """The time in the words, in seconds; None where there is none."""
    found = _TIME.search(words)
    if found is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return hours * 3600 + minutes * 60 + seconds
