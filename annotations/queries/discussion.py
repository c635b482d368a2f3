"""A claim's discussion as one person may read it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from annotations.models import AFTER_DISCLOSURE, Citation, Claim, Comment, Desk, Source, User

from .workbench import Entry


@dataclass(slots=True)
class Thread:
    """A comment with its replies, in the order they were made."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


def is_open(entry: Entry) -> bool:
    """Whether the claim's stage lets the user comment now; rights are checked elsewhere."""
    return entry.claim.status in AFTER_DISCLOSURE and not entry.checks_blind


def is_shown(entry: Entry, person: User) -> bool:
    """Whether there is a discussion for the person at all; asks the database in a later round.

    Who checks the claim blind is not told, whatever there is; nobody is before the first
    disclosure. In a later round the others still find what was said.
    """
    if entry.checks_blind:
        return False
    if entry.claim.status in AFTER_DISCLOSURE:
        return True
    return Comment.objects.visible_to(person).filter(claim=entry.claim.pk).exists()


def source_of(claim: Claim, person: User, key: str) -> Source | None:
    """The source of this UUID, if it is cited for the claim and the person may see that."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    cited = Citation.objects.visible_to(person).filter(source__uuid=wanted)
    of_claim = Q(annotation__assignment__claim=claim) | Q(verdict__claim=claim)
    found = cited.filter(of_claim).select_related("source").first()
    return found.source if found else None


def threads(claim: Claim, person: User) -> list[Thread]:
    """What was said, in two statements: open threads first, each in the order they began."""
    rows = (
        Comment.objects.visible_to(person)
        .filter(claim=claim)
        .select_related("author", "resolved_by", "source")
        .prefetch_related(Prefetch("mentions", User.objects.order_by("username")))
    )
    found: dict[int, Thread] = {}
    for row in rows:
        if row.parent_id is None:
            found[row.pk] = Thread(row)
        elif row.parent_id in found:
            found[row.parent_id].replies.append(row)
    return sorted(found.values(), key=lambda thread: thread.comment.resolved_at is not None)


def mentionable(desk: Desk) -> list[User]:
    """The desk's active members: whom a comment can mention."""
    return list(desk.members.filter(is_active=True).order_by("username"))
