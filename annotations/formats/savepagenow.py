"""Save Page Now of the Internet Archive: one address is sent, and its job is asked after.

Source: the description of its interface for programs (SPN2). An account's keys are sent with each
request: without them it takes few pages, and says less of what became of them.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlencode

from .archiving import Heard, Message, parsed, without_success, words

HOME = "https://web.archive.org"
_JOB = re.compile(r"[A-Za-z0-9-]{1,100}")
_MOMENT = "%Y%m%d%H%M%S"
_PASSING = frozenset(
    f"error:{why}"
    for why in (
        *("bad-gateway", "bandwidth-limit-exceeded", "browsing-timeout", "capture-location-error"),
        *("celery", "gateway-timeout", "internal-server-error", "job-failed", "proxy-error"),
        *("no-browsers-available", "read-timeout", "service-unavailable"),
        *("soft-time-limit-exceeded", "too-many-daily-captures", "too-many-requests"),
        "user-session-limit",
    )
)
"""Of the reasons it gives (`status_ext`), those that may be gone another time."""


def asking(address: str, keys: str) -> Message:
    """Have the page saved. `keys` are "access:secret" of an account."""
    # Whether it is the first copy of the page there is not asked: it takes time to find out.
    posted = urlencode({"url": address, "skip_first_archive": "1"}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return Message(f"{HOME}/save", _headers(keys) | kind, posted)


def asking_after(job: str, keys: str) -> Message:
    """Ask what became of it."""
    return Message(f"{HOME}/save/status/{job}", _headers(keys))


def _headers(keys: str) -> dict[str, str]:
    return {"Accept": "application/json", "Authorization": f"LOW {keys}"}


def heard(status: int, data: bytes) -> Heard:
    """What it says of a page that was sent, or of its job."""
    said = parsed(data)
    if said is None or status == 429 or not 200 <= status < 300:
        return _without(status, said)
    if said.get("status") == "success":
        return _saved(said)
    if said.get("status") == "error":
        return _refused(said)
    if said.get("status") == "pending":
        return Heard("asked")
    job = words(said, "job_id")
    return Heard("asked", job=job) if _JOB.fullmatch(job) else Heard("later", problem="junk")


def _without(status: int, said: dict[str, Any] | None) -> Heard:
    if 200 <= status < 300:
        return Heard("later", problem="junk")
    return without_success(status, words(said or {}, "message"))


def _saved(said: dict[str, Any]) -> Heard:
    moment, address = words(said, "timestamp"), words(said, "original_url")
    try:
        at = dt.datetime.strptime(moment, _MOMENT).replace(tzinfo=dt.UTC)
    except ValueError:
        return Heard("later", problem="junk")
    if not address.startswith(("http://", "https://")) or len(address) > 2000:
        return Heard("later", problem="junk")
    return Heard("answered", archived_url=f"{HOME}/web/{moment}/{address}", archived_at=at)


def _refused(said: dict[str, Any]) -> Heard:
    why = words(said, "message", "exception", "status_ext")
    is_passing = words(said, "status_ext") in _PASSING
    return Heard("later" if is_passing else "failed", problem="said", about={"said": why[:500]})
