"""Articles as JSON become items to import, and what of them nobody reads is told."""

from __future__ import annotations

from annotations.formats import articles
from annotations.models import Desk

from .importing import Item

are_in = articles.are_in


def items(data: bytes, name: str, desk: Desk) -> tuple[list[Item], list[str]]:
    """The articles of a file for the desk, and the keys that are not read. Raises BadText."""
    found = articles.read(data, name, desk.language)
    made = []
    for each in found:
        fields = dict(each.said)
        title = fields.pop("title")
        made.append(Item(each.document, name[:255], title, fields, each.external_id, each.claims))
    return made, sorted({key for each in found for key in each.unread})
