"""A check by others as it was read: what they say in their own words, and what was odd about it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from annotations.text.canonical import BadText, canonicalise
from annotations.text.dates import is_partial_date

LONGEST = {
    "publisher": 200,
    "claimant": 200,
    "rating": 300,
    "claim": 5_000,
    "title": 500,
    "language": 10,
}
"""Code points of each text that are kept."""
LONGEST_ADDRESS = 2000
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T ])")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Warned:
    """Something odd: where (a JSON pointer or a line), the value, and a word for what it is."""

    pointer: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check, as its publisher says it; empty where nothing is said.

    `numbers` are of its rating as they came (value, best, worst). `evidence` are its questions,
    answers and addresses, or texts with their stance. `key` is what tells it from others.
    """

    key: str
    pointer: str
    claim: str
    publisher: str = ""
    publisher_url: str = ""
    claimant: str = ""
    rating: str = ""
    numbers: dict[str, float] = field(default_factory=dict)
    url: str = ""
    title: str = ""
    published_on: str = ""
    said_on: str = ""
    language: str = ""
    appearances: tuple[str, ...] = ()
    evidence: tuple[dict[str, str], ...] = ()
    warned: tuple[Warned, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of what it says, wherever it stands in its file."""
        said = asdict(self)
        for name in ("pointer", "warned"):
            del said[name]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """The checks of a file, and what was left out of it, with the reason."""

    kind: str
    checks: tuple[Check, ...] = ()
    warned: tuple[Warned, ...] = ()


def without_repeats(kind: str, checks: list[Check], warned: list[Warned]) -> Found:
    """Each check once: a later one with the key of an earlier is left out, and said."""
    kept: dict[str, Check] = {}
    for check in checks:
        if check.key in kept:
            warned.append(Warned(check.pointer, "repeated", kept[check.key].pointer or "/"))
        else:
            kept[check.key] = check
    return Found(kind, tuple(kept.values()), tuple(warned))


class Reader:
    """Takes values out of one check, each as it should be, and notes what was odd."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        self.warned: list[Warned] = []

    def warn(self, where: str, code: str, value: Any = "") -> None:
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        shown = _CONTROL.sub("�", shown)
        shown = shown if len(shown) <= 120 else shown[:119] + "…"
        self.warned.append(Warned(f"{self.pointer}{where}", code, shown))

    def text(self, value: Any, where: str, name: str) -> str:
        """Words on one line, cut at what is kept of `name`; numbers are taken as words."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.warn(where, "no_words", value)
            return ""
        words = str(value)
        try:
            words = canonicalise(words).text
        except BadText as bad:
            if bad.code != "empty":
                self.warn(where, "bad_characters", words)
            words = _CONTROL.sub(" ", words) if bad.code != "empty" else ""
        words = " ".join(words.split())
        if len(words) > LONGEST[name]:
            self.warn(where, "cut", words)
            words = words[: LONGEST[name] - 1] + "…"
        return words

    def address(self, value: Any, where: str) -> str:
        """A web address; anything else is noted and left out."""
        if value is None or value == "":
            return ""
        if isinstance(value, dict):
            value = value.get("url") or value.get("@id") or ""
        found = value.strip() if isinstance(value, str) else ""
        if is_address(found):
            return found
        self.warn(where, "no_address", value)
        return ""

    def date(self, value: Any, where: str) -> str:
        """A date, in part if in part, as YYYY, YYYY-MM or YYYY-MM-DD; days come before months."""
        if value is None or value == "":
            return ""
        written = value.strip() if isinstance(value, str) else ""
        if match := _ISO.match(written):
            found = "-".join(part.zfill(2) for part in match.groups() if part)
        elif match := _DAY_FIRST.match(written):
            day, month, year = match.groups()
            found = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
            if int(day) <= 12 and day != month:
                self.warn(where, "day_first", value)
        else:
            found = ""
        if not found or not is_partial_date(found):
            self.warn(where, "no_date", value)
            return ""
        return found

    def number(self, value: Any, where: str) -> float | None:
        """A number; one that is written as a word is noted and taken."""
        if value is None or value == "":
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        try:
            found = float(str(value).strip().replace(",", "."))
        except ValueError:
            self.warn(where, "no_number", value)
            return None
        if found in (float("inf"), float("-inf")) or found != found:
            self.warn(where, "no_number", value)
            return None
        self.warn(where, "number_in_words", value)
        return int(found) if found.is_integer() else found


def is_address(words: str) -> bool:
    """Whether it is a web address of a length that we keep."""
    if len(words) > LONGEST_ADDRESS or any(char.isspace() for char in words):
        return False
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc
