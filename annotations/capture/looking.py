"""A page looked at again, at as little cost to its server as can be.

Sources: RFC 9110, 10.2.3 (Retry-After), 13.1 (conditional requests); RFC 9309 (robots.txt).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from . import recording
from .fetch import Bounds
from .recording import Answer

LONGEST_WAIT = dt.timedelta(days=7)
"""As long as a server may send us away."""
_FOR_GOOD = (301, 308)


@dataclass(frozen=True, slots=True)
class Look:
    """What a server answered in the end, and how it led there."""

    answer: Answer
    is_led_on: bool
    """Whether it led to another address."""
    is_moved: bool
    """Whether it did so for good, at every step."""

    @property
    def is_same(self) -> bool:
        """Whether the server says that it is what it was."""
        return self.answer.status == 304

    @property
    def validators(self) -> tuple[str, str]:
        """ETag and Last-Modified to ask by next time; none of a page that another leads to."""
        if self.is_led_on:
            return "", ""
        return self.answer.header("etag")[:500], self.answer.header("last-modified")[:100]


def look(address: str, bounds: Bounds, *, etag: str = "", last_modified: str = "") -> Look:
    """Ask for the page, or to be told that it is the same. Raises Unfetchable."""
    recording.require_welcome(address, bounds)
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    given = {name: value for name, value in asked.items() if value}
    answers = recording.follow(address, replace(bounds, headers={**bounds.headers, **given}))
    if recording.host_of(answers[-1].address) != recording.host_of(address):
        recording.require_welcome(answers[-1].address, bounds)
    is_moved = len(answers) > 1 and all(each.status in _FOR_GOOD for each in answers[:-1])
    return Look(answers[-1], len(answers) > 1, is_moved)


def retry_after(said: str, at: dt.datetime) -> dt.timedelta:
    """How long a Retry-After asks us to stay away, a week at most; nothing if it does not say."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        wait = dt.timedelta(seconds=min(int(said[:9]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return dt.timedelta()
        wait = (until if until.tzinfo else until.replace(tzinfo=dt.UTC)) - at
    return min(max(wait, dt.timedelta()), LONGEST_WAIT)
