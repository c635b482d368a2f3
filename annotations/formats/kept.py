"""A document as JSON and back: kept between two looks at it, or sent from one process to another.

Without the bytes it was read from, which stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from annotations.formats.plain import About, Document
from annotations.text.canonical import NORMALISER_VERSION, Change, ChangeKind
from annotations.text.links import Link, Told
from annotations.text.notices import Notice, Oddity
from annotations.text.pictures import Picture
from annotations.text.sentences import SPLITTER_VERSION, ParagraphKind, Sentence

_NESTED = {
    "sentences",
    "notices",
    "changes",
    "about",
    "original",
    "links",
    "left_out_links",
    "pictures",
}
_LISTS = (
    "blocks",
    "places",
    "left_out_lines",
    "left_out_at",
    "left_out_kinds",
    "taken",
    "attached",
    "dropped",
)
_PLAIN = [field.name for field in fields(Document) if field.name not in _NESTED]


def kept(document: Document) -> dict[str, Any]:
    """The document as values that JSON knows."""
    return {name: getattr(document, name) for name in _PLAIN} | {
        "sentences": [
            (each.start, each.end, each.paragraph, each.kind.value) for each in document.sentences
        ],
        "notices": [(each.sentence, each.kind.value) for each in document.notices],
        "changes": [(each.kind.value, each.count) for each in document.changes],
        "about": asdict(document.about),
        "links": [(each.start, each.end, each.address) for each in document.links],
        "left_out_links": document.left_out_links,
        "pictures": [asdict(each) for each in document.pictures],
    }


def document_from(values: dict[str, Any], original: bytes) -> Document:
    """The document that was kept, with the bytes it was read from."""
    plain = {name: values[name] for name in _PLAIN} | {name: tuple(values[name]) for name in _LISTS}
    return Document(
        **plain,
        original=original,
        sentences=tuple(
            Sentence(start, end, paragraph, ParagraphKind(kind))
            for start, end, paragraph, kind in values["sentences"]
        ),
        notices=tuple(Notice(at, Oddity(kind)) for at, kind in values["notices"]),
        changes=tuple(Change(ChangeKind(kind), count) for kind, count in values["changes"]),
        about=About(**values["about"]),
        links=tuple(Link(*each) for each in values["links"]),
        left_out_links=tuple(tuple(map(_told, line)) for line in values["left_out_links"]),
        pictures=tuple(Picture(**each) for each in values["pictures"]),
    )


def _told(values: Sequence[Any]) -> Told:
    first, stop, address = values
    return first, stop, address


def is_current(values: dict[str, Any]) -> bool:
    """Whether the rules that read it are those of today, and all is kept that is now."""
    if not {*_PLAIN, *_NESTED - {"original"}} <= values.keys():
        return False
    return (values.get("normaliser_version"), values.get("splitter_version")) == (
        NORMALISER_VERSION,
        SPLITTER_VERSION,
    )
