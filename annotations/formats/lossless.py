"""A desk or an article as JSON Lines that lose nothing: what a row holds, and the schema of it all.

The first line names which of the two it is, and the version; each further line is one row, and
names others by their keys. One description of the rows (`Table`) serves the writer, the reader and
the published JSON Schema. Knows no model.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from annotations.text.canonical import BadText

DESK, ARTICLE = "factcheck-desk", "factcheck-article"
VERSION = 2
"""Raise it when the rows get another shape, and say in `exchange/moving/upgrading` how a row of the
version before becomes one: a test compares the schema with the docs."""
TAKEN_BY = {DESK: "import_desk", ARTICLE: "import_article"}
"""The commands that bring them in, for whoever gives one to another."""
ROW = "row"
"""The key that says of which table a line is."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DEEPEST = 100
"""Levels of a JSON value that are read."""


class ValueKind(StrEnum):
    """What a field holds, as JSON has it."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    MOMENT = "moment"  # UTC, ISO 8601 with six digits of a second
    DAY = "day"  # ISO 8601
    UUID = "uuid"
    JSON = "json"  # any value
    FILE = "file"  # the SHA-256 of bytes that are kept beside the rows
    KEY = "key"  # the key of another row
    KEYS = "keys"  # keys of other rows, in their order


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row. `of` is the table whose rows a KEY names; `words` are all it may say."""

    name: str
    kind: ValueKind
    is_optional: bool = False
    of: str = ""
    longest: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    fields: tuple[Field, ...]


class Wrong(ValueError):
    """A line that is not what it should be. `str()` says which field, what it holds, and what not.

    `pointer` is the JSON pointer into the line.
    """

    def __init__(self, pointer: str, value: object, expected: str) -> None:
        said = json.dumps(value, ensure_ascii=True, default=str)
        said = said if len(said) <= 80 else f"{said[:77]}..."
        super().__init__(f"{pointer or '/'} is {said}; expected was {expected}")
        self.pointer, self.expected = pointer, expected


# --- told from other files ---

_TAR = slice(257, 262), b"ustar"
_FIRST = re.compile(rb'\s*\{[^{}]{0,200}"format"\s*:\s*"(factcheck-(?:desk|article))"')


def refuse(data: bytes) -> None:
    """Raise BadText where the bytes begin as a desk or an article that was moved, or its lines."""
    place, magic = _TAR
    begins = data[512:1024] if data[place] == magic else data[:1024]
    if (found := _FIRST.match(begins.removeprefix(b"\xef\xbb\xbf"))) is None:
        return
    of = found[1].decode()
    raise BadText(
        "moved",
        "This is {kind} as {left_by} writes it, with its log. The command {taken_by} takes its"
        " archive, and nothing else does.",
        kind="an article" if of == ARTICLE else "a whole desk",
        left_by=TAKEN_BY[of].replace("import", "export"),
        taken_by=TAKEN_BY[of],
    )


# --- out ---


def header(of: str, *, is_sample: bool) -> dict[str, Any]:
    """The first line. An article tells of its desk, which stays, whether that is a sample."""
    told: dict[str, Any] = {"format": of, "version": VERSION}
    return told | {"is_sample": is_sample} if of == ARTICLE else told


# --- in ---

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def parsed(line: bytes) -> dict[str, Any]:
    """The object that a line holds. Raises Wrong."""
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as bad:
        raise Wrong("", f"byte {bad.start + 1}", "UTF-8") from bad
    except RecursionError as bad:
        raise Wrong("", "many brackets", f"{DEEPEST} levels at most") from bad
    except ValueError as bad:
        raise Wrong("", line[:60].decode("utf-8", "replace"), f"JSON ({bad})") from bad
    if not isinstance(value, dict):
        raise Wrong("", value, "an object")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


KNOWN = f"1 to {VERSION}"


def is_known(version: object) -> bool:
    """Whether rows of this version are read here."""
    return type(version) is int and 1 <= version <= VERSION


def newer_than(version: object) -> str:
    """What to do where a version is not known because it is to come; or nothing."""
    if type(version) is int and version > VERSION:
        return "; a newer version of Factcheck wrote it: bring this site up to that first"
    return ""


def require_header(line: bytes, of: str) -> dict[str, Any]:
    """The first line, if it is that of this format, in a version that is known. Raises Wrong."""
    found = parsed(line)
    told = found.get("format")
    if told != of:
        other = f"; that is taken by {TAKEN_BY[told]}" if told in (DESK, ARTICLE) else ""
        raise Wrong("/format", told, f"{json.dumps(of)}{other}")
    if not is_known(version := found.get("version")):
        raise Wrong("/version", version, f"one that is known here, {KNOWN}{newer_than(version)}")
    if of == ARTICLE and not isinstance(found.get("is_sample"), bool):
        raise Wrong("/is_sample", found.get("is_sample"), "true or false")
    return found


def read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The values of a row as Python has them, by field. Raises Wrong."""
    names = {field.name for field in table.fields} | {ROW}
    for name in row.keys() - names:
        raise Wrong(f"/{name}", row[name], "no such field")
    return {field.name: _value(field, row) for field in table.fields}


def _value(field: Field, row: dict[str, Any]) -> Any:
    pointer = f"/{field.name}"
    if field.name not in row:
        raise Wrong(pointer, None, "to be there")
    value = row[field.name]
    if value is None and field.is_optional:
        return None
    try:
        return _READ[field.kind](field, value)
    except (ValueError, TypeError, RecursionError) as bad:
        raise Wrong(pointer, value, f"{_expected(field)}") from bad


def _text(field: Field, value: Any) -> str:
    _require(isinstance(value, str) and "\0" not in value)
    value.encode()  # no half of a surrogate pair
    _require(field.longest is None or len(value) <= field.longest)
    _require(not field.words or value in field.words)
    return str(value)


def _integer(_field: Field, value: Any) -> int:
    _require(isinstance(value, int) and not isinstance(value, bool))
    _require(-(2**63) <= value < 2**63)
    return int(value)


def _boolean(_field: Field, value: Any) -> bool:
    _require(isinstance(value, bool))
    return bool(value)


def _moment(_field: Field, value: Any) -> dt.datetime:
    _require(bool(_MOMENT.fullmatch(value)))
    return dt.datetime.fromisoformat(value)


def _day(_field: Field, value: Any) -> dt.date:
    _require(bool(_DAY.fullmatch(value)))
    return dt.date.fromisoformat(value)


def _uuid(_field: Field, value: Any) -> UUID:
    _require(bool(_UUID.fullmatch(value)))
    return UUID(value)


def _json(_field: Field, value: Any) -> Any:
    _look_into(value, DEEPEST)
    return value


def _look_into(value: Any, levels: int) -> None:
    """Raise ValueError for what PostgreSQL or a reader of ours could not hold."""
    _require(levels > 0)
    if isinstance(value, str):
        _require("\0" not in value)
        value.encode()
    elif isinstance(value, dict):
        for key, each in value.items():
            _look_into(key, levels)
            _look_into(each, levels - 1)
    elif isinstance(value, list):
        for each in value:
            _look_into(each, levels - 1)


def _file(_field: Field, value: Any) -> str:
    _require(value == "" or bool(_SHA256.fullmatch(value)))
    return str(value)


def _key(_field: Field, value: Any) -> str:
    return _text(Field("", ValueKind.TEXT, longest=150), value)


def _keys(field: Field, value: Any) -> list[str]:
    _require(isinstance(value, list))
    return [_key(field, each) for each in value]


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError


_READ = {
    ValueKind.TEXT: _text,
    ValueKind.INTEGER: _integer,
    ValueKind.BOOLEAN: _boolean,
    ValueKind.MOMENT: _moment,
    ValueKind.DAY: _day,
    ValueKind.UUID: _uuid,
    ValueKind.JSON: _json,
    ValueKind.FILE: _file,
    ValueKind.KEY: _key,
    ValueKind.KEYS: _keys,
}

_EXPECTED = {
    ValueKind.TEXT: "text",
    ValueKind.INTEGER: "an integer of 64 bits",
    ValueKind.BOOLEAN: "true or false",
    ValueKind.MOMENT: "a moment such as 2026-11-29T09:30:00.000000Z",
    ValueKind.DAY: "a day such as 2026-11-29",
    ValueKind.UUID: "a UUID in small letters",
    ValueKind.JSON: f"JSON of {DEEPEST} levels at most, without NUL",
    ValueKind.FILE: "a SHA-256, or empty",
    ValueKind.KEY: "the key of a row",
    ValueKind.KEYS: "a list of keys of rows",
}


def _expected(field: Field) -> str:
    if field.words:
        return f"one of {', '.join(json.dumps(word) for word in field.words)}"
    longest = f" of {field.longest} characters at most" if field.longest else ""
    return f"{_EXPECTED[field.kind]}{longest}"


# --- the schema ---


def schema(tables: Iterable[Table], address: str = "") -> dict[str, Any]:
    """The JSON Schema of a line, by the same description as the writer's and the reader's."""
    firsts = {"header": _schema_of_first(DESK), "article_header": _schema_of_first(ARTICLE)}
    kinds = firsts | {table.name: _schema_of(table) for table in tables}
    return {
        "$schema": DRAFT,
        **({"$id": address} if address else {}),
        "title": f"A line of {DESK} or {ARTICLE}, version {VERSION}",
        "description": "JSON Lines: a header, then rows; each names others by their keys.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in kinds],
        "$defs": kinds,
    }


def _schema_of_first(of: str) -> dict[str, Any]:
    told: dict[str, Any] = {"format": {"const": of}, "version": {"const": VERSION}}
    if of == ARTICLE:
        told["is_sample"] = {"type": "boolean"}
    return {
        "type": "object",
        "description": f"The first line of {'an article' if of == ARTICLE else 'a desk'}.",
        "properties": told,
        "required": sorted(told),
        "additionalProperties": False,
    }


def _schema_of(table: Table) -> dict[str, Any]:
    properties = {field.name: _schema_field(field) for field in table.fields}
    return {
        "type": "object",
        "properties": {ROW: {"const": table.name}, **properties},
        "required": [ROW, *properties],
        "additionalProperties": False,
    }


_SCHEMA: dict[ValueKind, dict[str, Any]] = {
    ValueKind.TEXT: {"type": "string"},
    ValueKind.INTEGER: {"type": "integer"},
    ValueKind.BOOLEAN: {"type": "boolean"},
    ValueKind.MOMENT: {"type": "string", "format": "date-time", "pattern": f"^{_MOMENT.pattern}$"},
    ValueKind.DAY: {"type": "string", "format": "date"},
    ValueKind.UUID: {"type": "string", "format": "uuid"},
    ValueKind.JSON: {},
    ValueKind.FILE: {"type": "string", "pattern": f"^({_SHA256.pattern})?$"},
    ValueKind.KEY: {"type": "string"},
    ValueKind.KEYS: {"type": "array", "items": {"type": "string"}},
}


def _schema_field(field: Field) -> dict[str, Any]:
    found = dict(_SCHEMA[field.kind])
    if field.longest is not None:
        found["maxLength"] = field.longest
    if field.words:
        found["enum"] = list(field.words)
    if field.of:
        found["description"] = f"Of a row “{field.of}”."
    return {"anyOf": [found, {"type": "null"}]} if field.is_optional else found
