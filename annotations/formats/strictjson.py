"""JSON as it comes from outside: read in whole or refused, saying what is wrong and where.

Sources: RFC 8259; RFC 6901 for pointers. Stricter than the standard library: no NaN, no number
that 64 bits cannot hold, no half character (lone surrogate), no NUL, no key twice, not nested
deeper than 100.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from annotations.text.canonical import BadText, decode

MAX_DEPTH = 100
SMALLEST, LARGEST = -(2**63), 2**63 - 1
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
# An escape that may not be text: half a character, or NUL.
_ESCAPED = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_INTEGER = 20
"""Digits and sign of the longest integer of 64 bits."""


@dataclass(frozen=True, slots=True)
class Located:
    """A value with the line of the file that it begins in, counted from 1, and its own text."""

    line: int
    value: Any
    source: str = ""

    def line_of(self, key: str) -> int:
        """The line in which the key stands first, or where the value begins if it does not."""
        found = re.search(rf'"{re.escape(key)}"\s*:', self.source)
        return self.line + self.source.count("\n", 0, found.start()) if found else self.line


class Positions:
    """Where each value of a row stands. What holds others is walked once, however often asked."""

    def __init__(self, row: Located) -> None:
        self._row = row
        self._inside: dict[int, dict[str | int, int]] = {}

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the file in which the value begins, or what is to hold it, if it is missing.

        `path` is of keys and of places in lists, from the value of the row.
        """
        source, at = self._row.source, _skipped(self._row.source, 0)
        for part in path:
            if at not in self._inside:
                self._inside[at] = dict(_inside(source, at))
            if part not in self._inside[at]:
                break
            at = self._inside[at][part]
        return self._row.line + source.count("\n", 0, at)


def _inside(source: str, at: int) -> Iterator[tuple[str | int, int]]:
    """Where each value begins that the list or object at that place holds, by key or place."""
    scan = json.JSONDecoder().raw_decode
    opening = source[at : at + 1]
    if opening not in ("[", "{"):
        return
    at, number = _skipped(source, at + 1), 0
    while source[at] not in "]}":
        key: str | int = number
        if opening == "{":
            key, at = scan(source, at)
            at = source.index(":", at) + 1
            at = _skipped(source, at)
        yield key, at
        _value, at = scan(source, at)
        at, number = _skipped(source, at), number + 1


class _Twice(ValueError):
    """A key that an object has twice."""


def parse(text: str, *, line: int = 1) -> Any:
    """The value that the characters hold. `line` is the one of the file that they begin in.

    Raises BadText, naming the line, or the JSON pointer of the value.
    """
    _check_depth(text, line)
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_number,
            parse_int=_integer,
            parse_float=_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise BadText(
            "bad_json",
            "Line {line}, character {column}: this is no JSON ({why}).",
            line=line + error.lineno - 1,
            column=error.colno,
            why=error.msg,
        ) from None
    except _Twice as error:
        raise BadText(
            "key_twice",
            "Line {line}: the key “{key}” stands twice.",
            line=_line_of(f'"{error}"', text, line),
            key=str(error),
        ) from None
    except ValueError as error:
        raise BadText(
            "no_number",
            "Line {line}: {number} is no number that fits.",
            line=_line_of(str(error), text, line),
            number=str(error)[:30],
        ) from None
    if _ESCAPED.search(text):
        _check_strings(value)
    return value


def read(data: bytes | str) -> Any:
    """The value in the bytes of a file or in pasted characters. Raises BadText."""
    return parse(decode(data) if isinstance(data, bytes) else data)


def read_list(data: bytes) -> list[Located]:
    """The items of a JSON array, each with its line. Raises BadText, also where there is none."""
    text = decode(data)
    rows = parse(text)
    if not isinstance(rows, list):
        raise BadText("no_list", "Line 1: a list was expected, which begins with “[”.")
    return list(_located(text, rows))


def read_lines(data: bytes) -> list[Located]:
    """The values of JSON Lines, each with its line; blank lines are passed over. Raises BadText."""
    lines = enumerate(decode(data).split("\n"), 1)
    return [Located(at, parse(line, line=at), line) for at, line in lines if line.strip()]


def is_lines(data: bytes, name: str = "") -> bool:
    """Whether a file is JSON Lines: by its name, or its first two lines are an object each."""
    if name.lower().endswith((".jsonl", ".ndjson")):
        return True
    lines = [line for line in data.split(b"\n", 20)[:20] if line.strip()][:2]
    return len(lines) == 2 and all(
        line.strip().startswith(b"{") and line.strip().endswith(b"}") for line in lines
    )


def _located(text: str, rows: list[Any]) -> Iterator[Located]:
    """Where each item of the list stands; the text was read before, so it is well-formed."""
    scan = json.JSONDecoder().raw_decode
    at, line, counted = text.index("[") + 1, 1, 0
    for value in rows:
        begin = _skipped(text, at)
        _again, at = scan(text, begin)
        line, counted = line + text.count("\n", counted, begin), begin
        yield Located(line, value, text[begin:at])


_BETWEEN = re.compile(r"[\s,]*+")


def _skipped(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    assert found, "the pattern matches nothing as well"
    return found.end()


def _check_depth(text: str, line: int) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first == '"':
            continue
        depth += 1 if first in "[{" else -1
        if depth > MAX_DEPTH:
            raise BadText(
                "too_deep",
                "Line {line}: it is nested deeper than {limit}.",
                line=line + text.count("\n", 0, token.start()),
                limit=MAX_DEPTH,
            )


def _refuse_number(word: str) -> Any:
    raise ValueError(word)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER or not SMALLEST <= int(digits) <= LARGEST:
        raise ValueError(digits)
    return int(digits)


def _number(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise ValueError(digits)
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _line_of(words: str, text: str, line: int) -> int:
    """The line of something that the parser gives no place for: where its words stand first."""
    return line + text.count("\n", 0, max(text.find(words), 0))


def _check_strings(value: Any, pointer: str = "") -> None:
    if isinstance(value, str) and (found := _UNUSABLE.search(value)):
        raise BadText(
            "bad_escape",
            "“{pointer}” holds U+{codepoint}, which is no character of a text.",
            pointer=pointer or "/",
            codepoint=f"{ord(found[0]):04X}",
        )
    if isinstance(value, list):
        for index, item in enumerate(value):
            _check_strings(item, f"{pointer}/{index}")
    if isinstance(value, dict):
        for key, item in value.items():
            _check_strings(key, pointer)
            _check_strings(item, f"{pointer}/{escaped(key)}")


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901, 3)."""
    return key.replace("~", "~0").replace("/", "~1")
