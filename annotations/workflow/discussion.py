"""Comments on a claim: made after disclosure only, so that nothing of them reaches a blind checker.

No status of a claim is written here, and nothing on the claim changes: a discussion leaves no
trace where somebody could look who may not see it (rule 4).
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    AFTER_DISCLOSURE,
    OPEN,
    Claim,
    Comment,
    Source,
    User,
)
from annotations.rights import Right
from annotations.vocabulary import Hold, Task

from . import notices
from .core import Closed, kept, lock_claim, once_within, one_transaction, require

# As user names are made of letters, digits and these; a full stop at the end is the sentence's.
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*[\w+-])")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a comment asks to be confirmed: what it holds up (Hold), and about which source."""

    holds: str = Hold.NOTHING
    about: Source | None = None


def names_in(body: str) -> set[str]:
    """The user names mentioned in a text: "@ann, look" names ann."""
    return set(_MENTION.findall(body))


def _lock(claim: Claim, person: User) -> Claim:
    """The claim, held, once it is certain that the person may discuss it now."""
    claim = lock_claim(claim)
    require(person, Right.ANNOTATE, claim.desk)
    owed = claim.assignments.filter(person=person, task=Task.CHECK, status__in=OPEN)
    if claim.status not in AFTER_DISCLOSURE or owed.exists():
        raise Closed(
            _("“%(claim)s” is discussed once its annotations are disclosed.") % {"claim": claim}
        )
    return claim


@one_transaction
def add(
    claim: Claim,
    body: str,
    *,
    person: User,
    parent: Comment | None = None,
    asks: Asked | None = None,
    key: uuid.UUID | None = None,
) -> Comment:
    """Say something on the claim, or reply. A reply reopens what was resolved.

    The members that are mentioned are noted with it; a name that is nobody's here is just text.
    Raises Closed, PermissionDenied.
    """

    def say() -> str:
        return str(_say(claim, body, person, parent, asks or Asked()).uuid)

    made = once_within(person, key, f"comment {claim.uuid}", say)
    return kept(Comment.objects.filter(uuid=made))


def _say(claim: Claim, body: str, person: User, parent: Comment | None, asks: Asked) -> Comment:
    claim = _lock(claim, person)
    if parent is not None and (parent.claim_id != claim.pk or parent.parent_id is not None):
        raise Closed(_("That comment cannot be replied to."))
    if parent is not None and asks != Asked():
        raise Closed(_("A reply asks for nothing of its own: say it in a new comment."))
    comment = Comment.objects.create(
        claim=claim,
        author=person,
        parent=parent,
        body=body,
        holds=asks.holds,
        source=asks.about,
    )
    mentioned = User.objects.filter(memberships__desk=claim.desk, username__in=names_in(body))
    comment.mentions.set(mentioned)
    comment.unread_by.set(mentioned.exclude(pk=person.pk))
    notices.tell_of_mention(comment, mentioned)
    if parent is not None and parent.resolved_at is not None:
        _set_resolved(parent, None)
    return comment


def note_read(claim: Claim, person: User) -> None:
    """The person has the claim's discussion before them: their queue lists it no longer."""
    Comment.unread_by.through.objects.filter(user=person, comment__claim=claim).delete()


@one_transaction
def resolve(comment: Comment, *, person: User) -> None:
    """Say that a remark is dealt with. Raises Closed, PermissionDenied.

    One that stops publication is resolved by whoever wrote it, or by whoever may approve.
    """
    claim = _lock(comment.claim, person)
    if comment.parent_id is not None:
        raise Closed(_("A reply is resolved with the comment it belongs to."))
    if comment.holds == Hold.BLOCK and comment.author_id != person.pk:
        require(person, Right.APPROVE, claim.desk)
    _set_resolved(comment, person)


@one_transaction
def reopen(comment: Comment, *, person: User) -> None:
    """Take a remark up again. Raises Closed, PermissionDenied."""
    _lock(comment.claim, person)
    _set_resolved(comment, None)


def _set_resolved(comment: Comment, person: User | None) -> None:
    comment.resolved_by, comment.resolved_at = person, timezone.now() if person else None
    comment.save(update_fields=["resolved_by", "resolved_at"])
