"""Who may see the name of a confidential source, and what was done with it; never the name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from annotations.models import Confidant, Identity, IdentityNote, Source, User

MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class KeptIdentity:
    """What those who may know are shown of a confidential source, but for its name."""

    is_kept: bool
    """Whether somebody has written down who it is."""
    confidants: list[Confidant]
    notes: list[IdentityNote]
    """What was done with the name, the latest first; the last MOST_NOTES."""


def knows(source: Source, person: User) -> bool:
    return Source.objects.known_to(person).filter(pk=source.pk).exists()


def confidence(source: Source, person: User) -> KeptIdentity | None:
    """None for an open source, and for whoever may not know who it is."""
    if not source.is_confidential or not knows(source, person):
        return None
    confidants = Confidant.objects.filter(source=source).select_related("person")
    notes = IdentityNote.objects.filter(source=source).select_related("person", "about")
    return KeptIdentity(
        is_kept=Identity.objects.filter(source=source).exists(),
        confidants=list(confidants),
        notes=list(notes[:MOST_NOTES]),
    )


def strangers(source: Source) -> QuerySet[User]:
    """The members of the desk to whom it can be confided."""
    known = Confidant.objects.filter(source=source).values("person")
    members = User.objects.filter(memberships__desk=source.desk, is_active=True)
    return members.exclude(pk__in=known).exclude(pk=source.added_by_id).order_by("username")
