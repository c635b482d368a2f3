"""What is sent to services that save pages, and what is made of their answers: the common part.

`savepagenow` and `archivehook` say it for one kind of service each. Nothing of an answer is
believed but what is asked of it here, and all that is kept of it is shortened.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from annotations.text.canonical import BadText

from . import strictjson

MOST_FIELDS, LONGEST_FIELD = 30, 500
"""Of an answer that are kept: names, and characters of each value."""
HIDDEN = "…"
"""Stands where a service repeated what only it and we are to know."""

Outcome = Literal["asked", "answered", "failed", "later"]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a GET, or what is posted."""

    address: str
    headers: Mapping[str, str]
    posted: bytes | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer says: it has the page (`answered`), works on it (`asked`), will not have it
    (`failed`), or is to be asked again (`later`)."""

    outcome: Outcome
    job: str = ""
    archived_url: str = ""
    archived_at: dt.datetime | None = None
    """UTC, as the service says."""
    problem: str = ""
    about: dict[str, Any] = field(default_factory=dict)


def parsed(data: bytes) -> dict[str, Any] | None:
    """The object that the bytes hold as JSON; None where they hold no such thing."""
    try:
        found = strictjson.parse(data.decode("utf-8"))
    except (BadText, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) else None


def recorded(data: bytes, secrets: Iterable[str]) -> dict[str, Any]:
    """What is kept of an answer: its words, numbers and truths, and none of the secrets."""
    hidden = list(secrets)
    found = parsed(data)
    if found is None:
        text = data.decode("utf-8", "replace").replace("\0", "\ufffd")
        return {"text": without(text, hidden)[:LONGEST_FIELD]} if text.strip() else {}
    plain = {
        name: value for name, value in found.items() if isinstance(value, str | int | float | bool)
    }
    return {
        without(name, hidden)[:100]: without(value, hidden)[:LONGEST_FIELD]
        if isinstance(value, str)
        else value
        for name, value in list(plain.items())[:MOST_FIELDS]
    }


def without(text: str, secrets: Iterable[str]) -> str:
    """The text with none of the secrets in it."""
    for each in filter(None, secrets):
        text = text.replace(each, HIDDEN)
    return text


def without_success(status: int, said: str = "") -> Heard:
    """What an answer means that is no success (2xx), by its status of HTTP."""
    about: dict[str, Any] = {"status": status} | ({"said": said[:LONGEST_FIELD]} if said else {})
    if status == 429:
        return Heard("later", problem="busy", about=about)
    if 300 <= status < 400:
        return Heard("failed", problem="led_on", about=about)
    if status in (401, 403):
        return Heard("later", problem="keys", about=about)
    if status >= 500 or status in (404, 408, 425):
        return Heard("later", problem="answer", about=about)
    return Heard("failed", problem="answer", about=about)


def as_json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def words(said: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that holds text; empty where none does."""
    found = (said.get(name) for name in names)
    return next((each for each in found if isinstance(each, str) and each), "")
