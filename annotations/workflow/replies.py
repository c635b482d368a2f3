"""Right of reply: asking whom claims are about, and keeping what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Claim, Desk, ReplyRequest, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from . import guards
from .core import Refused, lock_claims, log, one_transaction, require


def _lock(claims: Sequence[Claim], actor: User) -> tuple[Desk, list[Claim]]:
    """The claims of one desk, locked. Raises PermissionDenied, Refused."""
    if not claims:
        raise Refused(_("Choose the claims it is about."))
    locked = lock_claims(Claim.objects.filter(pk__in=[claim.pk for claim in claims]))
    desk = locked[0].desk
    require(actor, Right.DECIDE, desk)
    for claim in locked:
        if claim.desk_id != desk.pk:
            raise Refused(_("These claims belong to different desks."))
        if why := guards.checks_it_not(claim, actor):
            raise Refused(why)
    return desk, locked


@one_transaction
def ask_reply(
    claims: Sequence[Claim],
    addressee: str,
    *,
    channel: str,
    actor: User,
    until: date | None = None,
) -> ReplyRequest:
    """Note that somebody was asked for a reply. Raises PermissionDenied, Refused."""
    desk, locked = _lock(claims, actor)
    if not addressee.strip():
        raise Refused(_("Say who is asked."))
    asked = ReplyRequest.objects.create(
        desk=desk, addressee=addressee, channel=channel, until=until, asked_by=actor
    )
    _about(asked, locked, MoveName.ASK_REPLY, actor, detail={"addressee": addressee})
    return asked


@one_transaction
def no_reply_needed(claims: Sequence[Claim], why: str, *, actor: User) -> ReplyRequest:
    """Note that nobody needs to be asked, and why. Raises PermissionDenied, Refused."""
    desk, locked = _lock(claims, actor)
    if not why.strip():
        raise Refused(_("Say why nobody needs to be asked."))
    noted = ReplyRequest.objects.create(desk=desk, not_needed=why, asked_by=actor)
    _about(noted, locked, MoveName.REPLY_NOT_NEEDED, actor, reason=why)
    return noted


@one_transaction
def keep_reply(asked: ReplyRequest, answer: str, *, actor: User) -> ReplyRequest:
    """Keep what was answered, once. Raises PermissionDenied, Refused."""
    _desk, locked = _lock(list(asked.claims.all()), actor)
    asked = ReplyRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if asked.answer or asked.not_needed:
        raise Refused(_("The answer is kept already."))
    if not answer.strip():
        raise Refused(_("Write what was answered, or “no answer”."))
    asked.answer, asked.answered_at = answer, timezone.now()
    asked.save(update_fields=["answer", "answered_at"])
    for claim in locked:
        log(claim.desk, MoveName.REPLY, actor, claim=claim, reason=answer)
    return asked


def _about(
    row: ReplyRequest, claims: Sequence[Claim], move: MoveName, actor: User, **what: Any
) -> None:
    row.claims.set(claims)
    for claim in claims:
        log(claim.desk, move, actor, claim=claim, **what)
