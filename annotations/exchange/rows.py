"""A document as rows that are not saved yet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotations.formats.plain import Document
from annotations.models import Link, Original, Picture, Revision, Sentence, User
from annotations.text.pictures import LONGEST
from annotations.workflow.importing import CUT, Cut


def original(document: Document, name: str) -> Original:
    """The bytes that were read, with the name of their file."""
    return Original(
        name=name,
        address=document.address[:2000],
        charset=document.charset,
        data=document.original,
        sha256=document.original_sha256,
    )


def revision(document: Document, actor: User) -> Revision:
    """The text that is frozen; its article and number are to be set."""
    return Revision(
        text=document.text,
        sha256=document.sha256,
        normaliser_version=document.normaliser_version,
        splitter_version=document.splitter_version,
        notices=[asdict(notice) for notice in document.notices],
        changes=changes(document),
        created_by=actor,
    )


def changes(document: Document) -> list[dict[str, Any]]:
    """What was changed on the way in: [{kind, count}]."""
    found = [asdict(change) for change in document.changes]
    if document.left_out:
        found.insert(0, {"kind": "left_out", "count": document.left_out})
    if document.taken:
        found.insert(0, {"kind": "taken_in", "count": len(document.taken)})
    if document.dropped:
        found.insert(0, {"kind": "dropped", "count": len(document.dropped)})
    return found


def sentences(document: Document) -> list[Sentence]:
    """Unsaved rows in reading order; sentences of the body are numbered from 1."""
    return [Sentence(**dict(zip(CUT, each, strict=True))) for each in cut(document)]


def cut(document: Document) -> list[Cut]:
    """What there is to say of each sentence, as `sentences`; for texts with very many."""
    rows: list[Cut] = []
    number = 0
    unknown = ("",) * len(document.sentences)
    blocks, locators = document.blocks or unknown, document.places or unknown
    for position, sentence in enumerate(document.sentences):
        is_body = sentence.kind == "body"
        number += is_body
        rows.append(
            (
                position,
                number if is_body else None,
                sentence.paragraph,
                sentence.kind.value,
                blocks[position],
                locators[position],
                sentence.start,
                sentence.end,
            )
        )
    return rows


def links(document: Document) -> list[Link]:
    """Unsaved rows in reading order."""
    return [Link(**asdict(each)) for each in document.links]


def pictures(document: Document) -> list[Picture]:
    """Unsaved rows in reading order; what is packed into one place of a file is one row."""
    found: dict[tuple[int, str], Picture] = {}
    for each in document.pictures:
        row = found.get((each.at, each.address))
        if row is None:
            row = Picture(at=each.at, address=each.address, alternative=each.alternative)
            found[each.at, each.address] = row
        elif each.alternative and each.alternative not in row.alternative:
            row.alternative = f"{row.alternative}; {each.alternative}"[:LONGEST]
    return list(found.values())
