"""Sources found again while citing: one's own, and those the desk has disclosed to the person."""

from __future__ import annotations

import uuid

from django.db.models import Q

from annotations.models import Desk, Source, User

MOST = 8
WORDS = 6
"""Words of the search that count; each costs a scan of what the person may see."""


def found_again(person: User, desk: Desk, search: str) -> list[Source]:
    """The desk's sources in which every word stands, each document once, one's own first.

    Nobody's undisclosed source is among them: to whoever may not see it, it does not exist.
    """
    words = search.split()[:WORDS]
    if not words:
        return []
    rows = Source.objects.visible_to(person).filter(desk=desk)
    for word in words:
        rows = rows.filter(
            Q(title__icontains=word) | Q(publisher__icontains=word) | Q(url__icontains=word)
        )
    found: dict[tuple[str, str], Source] = {}
    for source in rows.order_by("-added_at")[:200]:
        place = (source.url, "" if source.url else source.title)
        if place not in found or source.added_by_id == person.pk:
            found[place] = source
    own_first = sorted(found.values(), key=lambda source: source.added_by_id != person.pk)
    return own_first[:MOST]


def chosen_again(person: User, desk: Desk, key: str) -> Source | None:
    """The source of this UUID, if the person may see it."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return Source.objects.visible_to(person).filter(desk=desk, uuid=wanted).first()
