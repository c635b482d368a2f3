"""Articles as JSON: an object, a list of them, or JSON Lines, each with its `title` and `text`.

As other systems hand them over: words and what is said of them, how they are cut and which claims
they make (`marked`). What people found of these claims is their own answer and comes with its log
alone, as lines (`lossless`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotations.formats import marked, readers, strictjson
from annotations.formats.earlier import claimsets, stances
from annotations.formats.earlier.check import is_address
from annotations.formats.marked import Where
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
LONGEST_ID = 200
"""Characters of what an article is called where it comes from."""
_READ = {*LONGEST, "id", "text", "sentences", "claims"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_ASKED: dict[str, tuple[Callable[[str], Any], str]] = {
    "title": (str.strip, "words"),
    "url": (is_address, "address"),
    "published_on": (is_partial_date, "date"),
    "language": (_LANGUAGE.fullmatch, "language"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """An article of a file; `said` is what it says of itself, `unread` the keys nobody asks for.

    `external_id` is what it is called where it comes from, or empty.
    """

    document: Document
    said: dict[str, str]
    unread: tuple[str, ...]
    external_id: str = ""
    claims: tuple[marked.Claimed, ...] = ()


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
    rows = _rows(data, name)
    found = [_one(pointer, row, default_language, problems) for pointer, row in rows]
    _tell_repeated(found, rows, problems)
    problems.raise_any()
    return [each for each in found if each is not None]


_Rows = list[tuple[str, Located]]


def _rows(data: bytes, name: str) -> _Rows:
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
    where = Where(row, pointer, problems)
    if not isinstance(value, dict):
        where.wrong((), value, "object")
        return None
    said, external_id = _said(value, where), _external_id(value, where)
    text = value.get("text")
    if isinstance(text, list) and all(isinstance(each, str) for each in text):
        text = "\n\n".join(text)
    if not isinstance(text, str):
        where.wrong(("text",), text, "paragraphs")
        return None
    try:
        document = readers.read(
            readers.Source(text, said.get("language", ""), default), readers.PLAIN
        )
    except BadText as bad:
        where.bad(("text",), text, bad)
        return None
    document = marked.cut_as_said(value, document, text, where)
    claims = marked.claims_of(value, document, text, where)
    original = row.source.encode()
    kept = replace(
        document, original=original, original_sha256=hashlib.sha256(original).hexdigest()
    )
    unread = {*(value.keys() - _READ), *marked.unread_in(value)}
    return Given(kept, said, tuple(sorted(unread)), external_id, claims)


def _said(value: dict[str, Any], where: Where) -> dict[str, str]:
    said = {}
    for name, longest in LONGEST.items():
        given = value.get(name)
        if given in (None, "") and name != "title":
            continue
        is_right, expected = _ASKED.get(name, (str, "words"))
        if not isinstance(given, str) or not is_right(given):
            where.wrong((name,), given, expected)
        elif len(given) > longest:
            where.wrong((name,), given, "characters", longest)
        else:
            said[name] = given
    return said


def _external_id(value: dict[str, Any], where: Where) -> str:
    """What the article is called where it comes from; empty where it does not say."""
    given = value.get("id")
    if given in (None, ""):
        return ""
    is_right = isinstance(given, str | int) and not isinstance(given, bool)
    if not is_right or len(str(given)) > LONGEST_ID:
        where.wrong(("id",), given, "name_or_number", LONGEST_ID)
        return ""
    return str(given)


def _tell_repeated(found: Sequence[Given | None], rows: _Rows, problems: Problems) -> None:
    """An id that comes again, for another text: which of the two would it be?"""
    seen: dict[str, str] = {}
    for (pointer, row), each in zip(rows, found, strict=True):
        if each is None or not each.external_id:
            continue
        if seen.setdefault(each.external_id, each.document.sha256) != each.document.sha256:
            Where(row, pointer, problems).wrong(("id",), each.external_id, "id_once")
