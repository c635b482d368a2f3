"""Several transcripts in one table become items to import, one for each document."""

from __future__ import annotations

from pathlib import PurePath

from annotations.formats import readers, transcripts
from annotations.formats.tables import KNOWN_TABLES, Problems
from annotations.models import Desk
from annotations.text.canonical import BadText

from .importing import Item
from .reading import Given, read

_MEDIA_TYPES = {"TSV": readers.TSV, "CSV": readers.CSV}


def table_of(name: str) -> str:
    """What table a file is by its name, "TSV" or "CSV"; empty where it is none."""
    return KNOWN_TABLES.get(PurePath(name).suffix.lower(), "")


def are_in(data: bytes, kind: str) -> bool:
    """Whether the bytes are a table of that kind with several documents."""
    return bool(kind) and transcripts.are_in(data, kind)


def items(data: bytes, name: str, kind: str, desk: Desk) -> list[Item]:
    """The documents of the table for the desk. Raises BadText naming all rows that are wrong."""
    problems = Problems()
    found = []
    for part in transcripts.parts(data, kind):
        given = Given(data=part.data, media_type=_MEDIA_TYPES[kind])
        try:
            document = read(given, desk).document
        except BadText as bad:
            part.tell(bad, problems)
        else:
            found.append(Item(document, name[:255], part.title))
    problems.raise_any()
    return found
