"""Articles as JSON: an object, a list of them, or JSON Lines, each with its `title` and `text`.

As other systems hand them over: words and what is said of them. An article with its claims, work
and log is another thing, and leaves as lines (`lossless`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from annotations.formats import readers, strictjson
from annotations.formats.earlier import claimsets, stances
from annotations.formats.plain import Document
from annotations.formats.strictjson import Located
from annotations.formats.tables import Problems
from annotations.text.canonical import BadText, check_size
from annotations.text.dates import is_partial_date

LONGEST = {
    "title": 300,
    "outlet": 100,
    "topic": 60,
    "byline": 200,
    "url": 2000,
    "published_on": 10,
    "language": 10,
}
"""What may be said of an article, and in how many characters."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_ASKED: dict[str, tuple[Callable[[str], Any], str]] = {
    "title": (str.strip, "words"),
    "url": (re.compile(r"https?://\S+").fullmatch, "address"),
    "published_on": (is_partial_date, "date"),
    "language": (_LANGUAGE.fullmatch, "language"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """An article of a file; `said` is what it says of itself, `unread` the keys nobody asks for."""

    document: Document
    said: dict[str, str]
    unread: tuple[str, ...]


def is_one(value: Any) -> bool:
    """Whether the value is an article, and no claim or text of a set of checks."""
    if not isinstance(value, dict) or not {"title", "text"} <= value.keys():
        return False
    return not claimsets.is_one(value) and not stances.is_one(value) and "@type" not in value


def are_in(data: bytes, name: str = "") -> bool:
    """Whether the bytes are JSON with an article in it."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return False
    try:
        return any(is_one(row.value) for _pointer, row in _rows(data, name))
    except BadText:
        return False


def read(data: bytes, name: str, default_language: str) -> list[Given]:
    """The articles of a file. Raises BadText that names everything that is wrong with them."""
    problems = Problems()
    found = [_one(pointer, row, default_language, problems) for pointer, row in _rows(data, name)]
    problems.raise_any()
    return [each for each in found if each is not None]


def _rows(data: bytes, name: str) -> list[tuple[str, Located]]:
    """Each value with its JSON pointer, in the file or in its line."""
    check_size(len(data))
    if strictjson.is_lines(data, name):
        return [("", row) for row in strictjson.read_lines(data)]
    value = strictjson.read(data)
    if isinstance(value, list):
        return [(f"/{at}", row) for at, row in enumerate(strictjson.read_list(data))]
    return [("", Located(1, value, data.decode("utf-8-sig", "replace")))]


def _one(pointer: str, row: Located, default: str, problems: Problems) -> Given | None:
    value = row.value
    if not isinstance(value, dict):
        problems.add(row.line, pointer or "/", str(value), "object")
        return None
    said = _said(pointer, row, problems)
    text = value.get("text")
    if isinstance(text, list) and all(isinstance(each, str) for each in text):
        text = "\n\n".join(text)
    if not isinstance(text, str):
        shown = "" if text is None else str(text)
        problems.add(row.line_of("text"), f"{pointer}/text", shown, "paragraphs")
        return None
    try:
        document = readers.read(
            readers.Source(text, said.get("language", ""), default), readers.PLAIN
        )
    except BadText as bad:
        problems.add_bad(row.line_of("text"), f"{pointer}/text", text, bad)
        return None
    original = row.source.encode()
    kept = replace(
        document, original=original, original_sha256=hashlib.sha256(original).hexdigest()
    )
    return Given(kept, said, tuple(sorted(value.keys() - LONGEST.keys() - {"text"})))


def _said(pointer: str, row: Located, problems: Problems) -> dict[str, str]:
    said = {}
    for name, longest in LONGEST.items():
        value = row.value.get(name)
        if value in (None, "") and name != "title":
            continue
        is_right, expected = _ASKED.get(name, (str, "words"))
        if not isinstance(value, str) or not is_right(value):
            shown = "" if value is None else str(value)
            problems.add(row.line_of(name), f"{pointer}/{name}", shown, expected)
        elif len(value) > longest:
            where = f"{pointer}/{name}"
            problems.add(row.line_of(name), where, value, "characters", longest)
        else:
            said[name] = value
    return said
