"""What a page embeds, fetched after it: each part as safely as the page, all of them within bounds.

One after the other, as far as the site lets machines read it. What was not got is told by address,
with why: a page as it looked says what is not there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from . import recording
from .fetch import Bounds, Unfetchable
from .recording import Answer


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be fetched for one page beside the page itself."""

    count: int = 80
    size: int = 12 * 1024 * 1024
    """Bytes of all together."""
    each: int = 4 * 1024 * 1024
    seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class Missed:
    """A part that was not got, and why, as `fetch.Unfetchable` names it."""

    address: str
    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    address: str
    begins: tuple[str, ...]
    """What its media type has to begin with, one of them."""


Calls = Callable[[Answer], Iterable[Wanted]]
"""What a part calls for in its turn."""


def record(
    wanted: Iterable[Wanted], calls: Calls, bounds: Bounds, limits: Limits | None = None
) -> tuple[list[Answer], list[Missed]]:
    """Every answer on the way to each part, and the parts that were not got."""
    limits = limits or Limits()
    fetching = _Fetching(bounds, limits)
    waiting, seen = deque(wanted), set()
    while waiting:
        part = waiting.popleft()
        if part.address in seen:
            continue
        seen.add(part.address)
        try:
            answer = fetching.get(part)
        except Unfetchable as why:
            fetching.missed.append(Missed(part.address, why.code, dict(why.params)))
        else:
            waiting.extend(calls(answer))
    return fetching.answers, fetching.missed


class _Fetching:
    def __init__(self, bounds: Bounds, limits: Limits) -> None:
        self.bounds, self.limits = bounds, limits
        self.until = time.monotonic() + limits.seconds
        self.left, self.count = limits.size, 0
        self.answers: list[Answer] = []
        self.missed: list[Missed] = []
        self.hosts: dict[str, recording.Rules | Unfetchable] = {}

    def get(self, part: Wanted) -> Answer:
        """The part. Raises Unfetchable, also where the bounds are reached."""
        if self.count >= self.limits.count:
            raise Unfetchable("too_many", "More than {most} parts.", most=self.limits.count)
        self.count += 1
        self._require_welcome(part.address)
        answers = recording.follow(part.address, self._bounds())
        last = answers[-1]
        if recording.host_of(last.address) != recording.host_of(part.address):
            self._require_welcome(last.address)
        recording.require_success(last)
        if not last.media_type.startswith(part.begins):
            kind = last.media_type[:80] or "?"
            raise Unfetchable("other_type", "This is {type}.", type=kind)
        self.left -= sum(len(each.data) for each in answers)
        self.answers += answers
        return last

    def _bounds(self) -> Bounds:
        """What is left of time and size, for one request."""
        seconds = min(self.bounds.seconds, self.until - time.monotonic())
        if seconds <= 0:
            most = f"{self.limits.seconds:g}"
            raise Unfetchable("no_time", "It was not its turn within {seconds} s.", seconds=most)
        size = min(self.limits.each, self.left)
        if size <= 0:
            limit = f"{self.limits.size / 1024 / 1024:g}"
            raise Unfetchable("too_much", "All parts are larger than {limit} MB.", limit=limit)
        return replace(self.bounds, seconds=seconds, size=size)

    def _require_welcome(self, address: str) -> None:
        """Once a host: whether it lets us, and whether it answers at all."""
        host = recording.host_of(address)
        if host not in self.hosts:
            try:
                self.hosts[host] = recording.rules_of(address, self._bounds())
            except Unfetchable as why:
                self.hosts[host] = why
        rules = self.hosts[host]
        if isinstance(rules, Unfetchable):
            raise rules
        recording.require_allowed(rules, address)
