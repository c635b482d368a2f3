"""Earlier checks by others, in any form they come: one door, `read`, for bytes and a name.

A new kind of file is a module with a function of values, and a line in `_of_values` and `KINDS`.
"""

from __future__ import annotations

from typing import Any

from annotations.formats import lossless, strictjson
from annotations.formats.earlier import claimreview, claimsets, pages, stances
from annotations.formats.earlier.check import Check, Found, Warned
from annotations.formats.html import looks_like_html
from annotations.formats.tables import KNOWN_TABLES, as_objects
from annotations.text.canonical import BadText, check_size

__all__ = ["KINDS", "Check", "Found", "Warned", "read"]

KINDS = (
    "ClaimReview (a saved page, JSON, a DataFeed, JSON Lines), a set of claims or of stances"
    " (JSON, JSON Lines, CSV, TSV)"
)
"""What can be read, for messages."""


def read(data: bytes, name: str = "") -> Found:
    """The checks in the bytes of a file. Raises BadText when there are none."""
    lossless.refuse(data)
    check_size(len(data))
    ending = "." + name.rpartition(".")[2].lower()
    if looks_like_html(data) or ending in (".html", ".htm"):
        found = pages.read(data)
    elif ending in KNOWN_TABLES:
        found = _of_values(as_objects(data, KNOWN_TABLES[ending]))
    else:
        found = _of_values(_values(data, ending))
    if not found.checks and not found.warned:
        raise _nothing()
    return found


def _values(data: bytes, ending: str) -> list[tuple[str, Any]]:
    """Each value of the file with its JSON pointer, or its line in JSON Lines."""
    if strictjson.is_lines(data, ending):
        return [(f"line {row.line} ", row.value) for row in strictjson.read_lines(data)]
    value = strictjson.read(data)
    if isinstance(value, list):
        return [(f"/{index}", item) for index, item in enumerate(value)]
    return [("", value)]


def _of_values(values: list[tuple[str, Any]]) -> Found:
    if any(claimreview.is_in(value) for _pointer, value in values):
        return claimreview.read(values)
    if any(stances.is_one(value) for _pointer, value in values):
        return stances.read(values)
    if any(claimsets.is_one(value) for _pointer, value in values):
        return claimsets.read(values)
    raise _nothing()


def _nothing() -> BadText:
    return BadText(
        "no_checks",
        "No check by others was found in this file. What can be read: {known}.",
        known=KINDS,
    )
