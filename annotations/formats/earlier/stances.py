"""Sets of stances: texts, each with how it stands to a claim. One claim may have many.

As published for research: a text a row or an object, `claim` (or `headline`, `topic`, `target`),
`text` (or `body`, `evidence`), `stance`. The texts of one claim are its evidence.
"""

from __future__ import annotations

import hashlib
from typing import Any

from annotations.formats.earlier.check import Check, Found, Reader, Warned, without_repeats

KIND = "stance set"
_CLAIM = ("claim", "headline", "topic", "target", "Headline")
_TEXT = ("text", "body", "evidence", "document", "sentence", "perspective", "articleBody")
_STANCE = ("stance", "Stance", "stance_label")
_VERACITY = ("label", "rating", "veracity", "verdict")


def is_one(value: Any) -> bool:
    """Whether the value is one text of such a set."""
    return isinstance(value, dict) and any(value.get(name) for name in _STANCE)


def read(values: list[tuple[str, Any]]) -> Found:
    """The claims as checks, each with its texts; a value without claim or stance is noted."""
    gathered: dict[str, list[tuple[Reader, dict[str, Any]]]] = {}
    warned: list[Warned] = []
    for pointer, value in values:
        reader = Reader(pointer)
        if not isinstance(value, dict):
            reader.warn("", "no_object", value)
            warned += reader.warned
            continue
        claim = reader.text(_named(value, _CLAIM), "/claim", "claim")
        if not claim:
            warned += [*reader.warned, Warned(f"{pointer}/claim", "no_claim")]
            continue
        gathered.setdefault(claim, []).append((reader, value))
    return without_repeats(KIND, [_check(claim, rows) for claim, rows in gathered.items()], warned)


def _check(claim: str, rows: list[tuple[Reader, dict[str, Any]]]) -> Check:
    evidence = tuple(_text(reader, value) for reader, value in rows)
    reader, value = rows[0]
    return Check(
        key=hashlib.sha256(f"stance {claim}".encode()).hexdigest()[:24],
        pointer=reader.pointer,
        claim=claim,
        rating=reader.text(_named(value, _VERACITY), "/label", "rating"),
        language=reader.text(value.get("language"), "/language", "language"),
        evidence=evidence,
        warned=tuple(warning for reader, _value in rows for warning in reader.warned),
    )


def _text(reader: Reader, value: dict[str, Any]) -> dict[str, str]:
    words, stance = _named(value, _TEXT), _named(value, _STANCE)
    if not stance:
        reader.warn("/stance", "no_stance")
    found = {
        "answer": reader.text(words, "/text", "claim"),
        "stance": reader.text(stance, "/stance", "rating"),
        "url": reader.address(value.get("url") or value.get("source_url"), "/url"),
    }
    return {name: each for name, each in found.items() if each}


def _named(value: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)
