"""The table of moves: of claims, assignments and articles; and what performs any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from annotations.models import OPEN, Article, Assignment, Claim, Transition, User
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, MoveName

from . import guards
from .core import Refused, lock_claim, log, one_transaction, require, require_reason

S = ClaimStatus
A = AssignmentStatus
Moved = Claim | Assignment | Article


@dataclass(frozen=True, slots=True)
class Move:
    """One way from statuses to a status: who may, and what must hold.

    No target: the status stays. The right is None where the desk's policy moves, or where what is
    one's own is moved.
    """

    name: MoveName
    label: str | Promise
    sources: tuple[str, ...]
    target: str | None
    right: Right | None = None
    guards: tuple[Callable[[Any, User], str], ...] = ()
    needs_reason: bool = False

    def objection(self, row: Moved, actor: User) -> str:
        """Why the row cannot make this move now, or an empty string."""
        if row.status not in self.sources:
            return _("“%(claim)s” is at the stage “%(status)s”, so this cannot be done now.") % {
                "claim": row,
                "status": row.get_status_display(),
            }
        return next((why for guard in self.guards if (why := guard(row, actor))), "")


# --- claims ---

OPEN_CHECKING = Move(
    MoveName.OPEN,
    gettext_lazy("Open checking"),
    (S.SPOTTED,),
    S.CHECKING,
    Right.OPEN,
    (guards.is_placed,),
)
SET_ASIDE = Move(
    MoveName.SET_ASIDE,
    pgettext_lazy("act", "Set aside"),
    (S.SPOTTED, S.CHECKING, S.DECIDING),
    S.SET_ASIDE,
    Right.MARK,
)
BRING_BACK = Move(
    MoveName.BRING_BACK,
    gettext_lazy("Bring back"),
    (S.SET_ASIDE,),
    S.SPOTTED,
    Right.MARK,
    (guards.checks_it_not,),
    needs_reason=True,
)
REWORD = Move(
    MoveName.REWORD,
    gettext_lazy("Change the wording"),
    (S.CHECKING, S.DECIDING),
    S.CHECKING,
    Right.MARK,
    needs_reason=True,
)
GIVE_BACK = Move(
    MoveName.RETURN,
    gettext_lazy("Return an annotation"),
    (S.DECIDING,),
    S.CHECKING,
    Right.DECIDE,
    needs_reason=True,
)
ASK_AGAIN = Move(
    MoveName.ASK_AGAIN,
    gettext_lazy("Ask for another annotation"),
    (S.DECIDING,),
    S.CHECKING,
    Right.DECIDE,
    (guards.checks_it_not,),
)
DECIDE = Move(
    MoveName.DECIDE,
    gettext_lazy("Decide"),
    (S.DECIDING,),
    S.DECIDED,
    Right.DECIDE,
    (guards.checks_it_not, guards.may_decide, guards.leaves_an_approver),
)
APPROVE = Move(
    MoveName.APPROVE,
    gettext_lazy("Approve"),
    (S.DECIDED,),
    S.APPROVED,
    Right.APPROVE,
    (guards.did_not_annotate, guards.did_not_decide),
)
SEND_BACK = Move(
    MoveName.SEND_BACK,
    gettext_lazy("Send back"),
    (S.DECIDED, S.APPROVED),
    S.DECIDING,
    Right.APPROVE,
    needs_reason=True,
)
PUBLISH = Move(
    MoveName.PUBLISH,
    gettext_lazy("Publish"),
    (S.APPROVED,),
    S.PUBLISHED,
    Right.PUBLISH,
    (guards.is_not_alone, guards.replies_are_seen),
)
REOPEN = Move(
    MoveName.REOPEN,
    gettext_lazy("Correct"),
    (S.PUBLISHED, S.RETRACTED),
    S.DECIDING,
    Right.PUBLISH,
    needs_reason=True,
)

PLAN_REVIEW = Move(
    MoveName.PLAN_REVIEW, gettext_lazy("Look again"), (S.PUBLISHED,), None, Right.PUBLISH
)

RETRACT = Move(
    MoveName.RETRACT, gettext_lazy("Retract"), (S.PUBLISHED,), S.RETRACTED, Right.WITHDRAW
)

# What readers never had may go with the words that made it, however far its checking came.
LET_GO = Move(
    MoveName.SET_ASIDE,
    gettext_lazy("No longer in the article"),
    (S.SPOTTED, S.CHECKING, S.DECIDING, S.DECIDED, S.APPROVED),
    S.SET_ASIDE,
    Right.MARK,
)

# The desk's policy makes these; no person has a button for them.
DISCLOSE = Move(MoveName.DISCLOSE, MoveName.DISCLOSE.label, (S.CHECKING,), S.DECIDING)
ADOPT = Move(MoveName.ADOPT, MoveName.ADOPT.label, (S.DECIDING,), S.DECIDED)


# --- assignments ---


def _of_assignments(
    name: MoveName, sources: tuple[str, ...], target: str | None, right: Right | None = None
) -> Move:
    return Move(name, name.label, sources, target, right)


ASSIGN = _of_assignments(
    MoveName.ASSIGN, (A.DECLINED, A.EXPIRED, A.SUBMITTED), A.ASSIGNED, Right.ASSIGN
)
EXTEND = _of_assignments(MoveName.EXTEND, OPEN, None, Right.ASSIGN)
START = _of_assignments(MoveName.START, (A.ASSIGNED,), A.STARTED)
SUBMIT = _of_assignments(MoveName.SUBMIT, OPEN, A.SUBMITTED)
RESUME = _of_assignments(MoveName.RESUME, (A.SUBMITTED,), A.STARTED)
DECLINE = _of_assignments(MoveName.DECLINE, OPEN, A.DECLINED)
TAKE_BACK = _of_assignments(MoveName.TAKE_BACK, OPEN, A.EXPIRED, Right.ASSIGN)
FULFIL = _of_assignments(MoveName.FULFIL, OPEN, A.SUBMITTED)
EXPIRE = _of_assignments(MoveName.EXPIRE, (*OPEN, A.SUBMITTED), A.EXPIRED)
RETURN = _of_assignments(MoveName.RETURN, (*OPEN, A.SUBMITTED), A.RETURNED)


# --- articles ---

APPROVE_ARTICLE = Move(
    MoveName.APPROVE,
    gettext_lazy("Approve the article"),
    tuple(ArticleStatus),
    None,
    Right.APPROVE,
)
PUBLISH_ARTICLE = Move(
    MoveName.PUBLISH,
    gettext_lazy("Publish"),
    tuple(ArticleStatus),
    ArticleStatus.PUBLISHED,
    Right.PUBLISH,
)
WITHDRAW = Move(
    MoveName.WITHDRAW,
    gettext_lazy("Withdraw"),
    (ArticleStatus.PUBLISHED,),
    ArticleStatus.WITHDRAWN,
    Right.WITHDRAW,
)


# --- performing them ---


def step(
    move: Move,
    row: Moved,
    actor: User | None,
    reason: str = "",
    *,
    detail: dict[str, Any] | None = None,
    source: str | None = None,
    **changes: Any,
) -> Transition:
    """Write the new status of a locked row, with what changes alongside, and log it.

    `reason` is what a person said, `detail` what code has to say, as data; `source` is the status
    before where the row does not hold it, as of an assignment that was made just now.
    """
    before = row.status if source is None else source
    assert source is not None or before in move.sources, f"{move.name} from {before}"
    row.status = before if move.target is None else move.target
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=["status", *changes])
    return log(
        _desk(row),
        move.name,
        actor,
        source=before,
        target=row.status,
        reason=reason,
        detail=detail or {},
        **_about(row),
    )


def _desk(row: Moved) -> Any:
    return row.claim.desk if isinstance(row, Assignment) else row.desk


def _about(row: Moved) -> dict[str, Any]:
    """The columns of the log that name the row."""
    if isinstance(row, Assignment):
        return {"assignment": row, "claim": row.claim}
    return {"claim": row} if isinstance(row, Claim) else {"article": row}


def check(move: Move, row: Claim | Article, actor: User, reason: str = "") -> None:
    """Raise unless the person may make the move on the locked row now."""
    assert move.right is not None
    require(actor, move.right, row.desk)
    if why := move.objection(row, actor):
        raise Refused(why)
    if move.needs_reason:
        require_reason(reason)


@one_transaction
def perform(
    move: Move,
    claim: Claim,
    *,
    actor: User,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **changes: Any,
) -> Transition:
    """Move the claim and record who moved it, or change nothing at all.

    Raises PermissionDenied for the wrong person, Refused for the wrong moment.
    """
    claim = lock_claim(claim)
    check(move, claim, actor, reason)
    return step(move, claim, actor, reason, detail=detail, **changes)
