"""What a move is, the table of moves of a claim, and the one function that performs any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article, Claim, Desk, Membership, Transition, User
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

from . import guards

S = ClaimStatus


class Refused(Exception):
    """The move is not possible at this moment; the message says why, in words for people."""


class Stale(Refused):
    """What the move was based on has changed since the person saw it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One way from statuses to a status: who may, and what must hold."""

    name: str
    label: str | Promise
    sources: tuple[ClaimStatus, ...]
    target: ClaimStatus
    right: Right
    guards: tuple[Callable[[Claim, User], str], ...] = ()
    needs_reason: bool = False

    def objection(self, claim: Claim, actor: User) -> str:
        """Why the claim cannot make this move now, or an empty string."""
        if claim.status not in self.sources:
            return _("“%(claim)s” is at the stage “%(status)s”, so this cannot be done now.") % {
                "claim": claim,
                "status": claim.get_status_display(),
            }
        return next((why for guard in self.guards if (why := guard(claim, actor))), "")


OPEN_CHECKING = Move(
    "open", gettext_lazy("Open checking"), (S.SPOTTED,), S.CHECKING, Right.OPEN, (guards.is_placed,)
)
SET_ASIDE = Move(
    "set aside",
    gettext_lazy("Set aside"),
    (S.SPOTTED, S.CHECKING, S.DECIDING),
    S.SET_ASIDE,
    Right.MARK,
)
BRING_BACK = Move(
    "bring back",
    gettext_lazy("Bring back"),
    (S.SET_ASIDE,),
    S.SPOTTED,
    Right.MARK,
    needs_reason=True,
)
REWORD = Move(
    "reword",
    gettext_lazy("Change the wording"),
    (S.CHECKING, S.DECIDING),
    S.CHECKING,
    Right.MARK,
    needs_reason=True,
)
GIVE_BACK = Move(
    "return",
    gettext_lazy("Return an annotation"),
    (S.DECIDING,),
    S.CHECKING,
    Right.DECIDE,
    needs_reason=True,
)
ASK_AGAIN = Move(
    "ask again",
    gettext_lazy("Ask for another annotation"),
    (S.DECIDING,),
    S.CHECKING,
    Right.DECIDE,
    (guards.owes_no_check,),
)
DECIDE = Move(
    "decide",
    gettext_lazy("Decide"),
    (S.DECIDING,),
    S.DECIDED,
    Right.DECIDE,
    (guards.owes_no_check, guards.may_decide, guards.leaves_an_approver),
)
APPROVE = Move(
    "approve",
    gettext_lazy("Approve"),
    (S.DECIDED,),
    S.APPROVED,
    Right.APPROVE,
    (guards.did_not_annotate, guards.did_not_decide),
)
SEND_BACK = Move(
    "send back",
    gettext_lazy("Send back"),
    (S.DECIDED, S.APPROVED),
    S.DECIDING,
    Right.APPROVE,
    needs_reason=True,
)
PUBLISH = Move(
    "publish",
    gettext_lazy("Publish"),
    (S.APPROVED,),
    S.PUBLISHED,
    Right.PUBLISH,
    (guards.is_not_alone,),
)
REOPEN = Move(
    "reopen",
    gettext_lazy("Correct"),
    (S.PUBLISHED, S.RETRACTED),
    S.DECIDING,
    Right.PUBLISH,
    needs_reason=True,
)

RETRACT = Move("retract", gettext_lazy("Retract"), (S.PUBLISHED,), S.RETRACTED, Right.WITHDRAW)

# The desk's policy makes these; no person has a button for them.
DISCLOSE = Move("disclose", gettext_lazy("Disclose"), (S.CHECKING,), S.DECIDING, Right.READ)
ADOPT = Move("adopt", gettext_lazy("Adopt"), (S.DECIDING,), S.DECIDED, Right.READ)


def require(actor: User, right: Right, desk: Desk) -> None:
    """Raise PermissionDenied unless the person has the right at the desk."""
    if not Membership.objects.may(actor, right).filter(desk=desk).exists():
        raise PermissionDenied(_("You may not %(right)s at this desk.") % {"right": right.label})


def lock_article(article: Article) -> Article:
    """The article as it is now, with its desk, held until the transaction ends."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("desk")
    return rows.get(pk=article.pk)


def lock_claim(claim: Claim) -> Claim:
    """The claim as it is now, held until the transaction ends."""
    return Claim.objects.select_for_update(of=("self",)).select_related("desk").get(pk=claim.pk)


def lock_claims(claims: Any) -> list[Claim]:
    """The claims of a queryset, locked in the order of their keys so that no two moves cross."""
    locked = Claim.objects.select_for_update(of=("self",)).select_related("desk")
    return list(locked.filter(pk__in=claims.values("pk")).order_by("pk"))


def log(desk: Desk, move: str, actor: User | None, **what: Any) -> Transition:
    """Write one line of the log, with the policy in force."""
    return Transition.objects.create(
        desk=desk, move=move, actor=actor, policy=desk.policy.as_dict(), **what
    )


def step(
    move: Move, claim: Claim, actor: User | None, reason: str = "", **changes: Any
) -> Transition:
    """Write the new status of a locked claim, with what changes alongside, and log it."""
    source, claim.status = claim.status, move.target
    for field, value in changes.items():
        setattr(claim, field, value)
    claim.save(update_fields=["status", *changes])
    return log(
        claim.desk,
        move.name,
        actor,
        claim=claim,
        source=source,
        target=move.target,
        reason=reason,
    )


def check(move: Move, claim: Claim, actor: User, reason: str = "") -> None:
    """Raise unless the person may make the move on the locked claim now."""
    require(actor, move.right, claim.desk)
    if why := move.objection(claim, actor):
        raise Refused(why)
    if move.needs_reason and not reason.strip():
        raise Refused(_("Say why: the reason goes into the log."))


@transaction.atomic
def perform(
    move: Move, claim: Claim, *, actor: User, reason: str = "", **changes: Any
) -> Transition:
    """Move the claim and record who moved it, or change nothing at all.

    Raises PermissionDenied for the wrong person, Refused for the wrong moment.
    """
    claim = lock_claim(claim)
    check(move, claim, actor, reason)
    return step(move, claim, actor, reason, **changes)
