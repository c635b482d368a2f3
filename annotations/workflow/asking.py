"""Asking one person, and the ways in which a request ends before it is met."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations.models import OPEN, Assignment, Claim, User
from annotations.rights import Right
from annotations.vocabulary import Task

from . import guards
from .assignments import RIGHTS, STAGES, ask, lapses_at, settle
from .core import Closed, Refused, lock_claim, one_transaction, require, require_reason
from .disclosing import disclose_if_all_in
from .table import DECLINE, EXPIRE, TAKE_BACK


@one_transaction
def assign(
    claim: Claim,
    person: User,
    *,
    actor: User,
    task: str = Task.CHECK,
    due_at: datetime | None = None,
) -> Assignment:
    """Ask one person to check, decide or approve a claim, or change the day it is due.

    Raises PermissionDenied; Refused for someone who has seen others' annotations (rule 4), is too
    close to the claim (rule 6), or at a stage where there is nothing to ask for.
    """
    claim = lock_claim(claim)
    require(actor, Right.ASSIGN, claim.desk)
    if claim.status not in STAGES[Task(task)]:
        raise Refused(
            _("“%(claim)s” is at the stage “%(status)s”, so this cannot be asked for.")
            % {"claim": claim, "status": claim.get_status_display()}
        )
    # Who is too close to decide or approve is who was asked to check.
    if task != Task.CHECK and (why := guards.checks_it_not(claim, actor)):
        raise Refused(why)
    return ask(claim, person, actor, due_at, task)


def _lock_open(assignment: Assignment, claim: Claim) -> Assignment:
    """The assignment of the locked claim, locked too. Raises Closed when it is not open."""
    assignment = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    assignment.claim = claim
    if assignment.status not in OPEN:
        raise Closed(_("This is not open any more."))
    return assignment


@one_transaction
def decline(assignment: Assignment, *, actor: User, reason: str) -> None:
    """Say that one will not do what one was asked. The draft is kept.

    Raises PermissionDenied for somebody else's; Refused without a reason or when it is not open.
    """
    if assignment.person_id != actor.pk:
        raise PermissionDenied(_("This was asked of someone else."))
    claim = lock_claim(assignment.claim)
    assignment = _lock_open(assignment, claim)
    require(actor, RIGHTS[Task(assignment.task)], claim.desk)
    require_reason(reason)
    settle(DECLINE, assignment, actor, reason)
    disclose_if_all_in(claim)


@one_transaction
def take_back(assignment: Assignment, *, actor: User, reason: str) -> None:
    """Ask somebody no longer. The draft is kept. Raises PermissionDenied, Refused."""
    claim = lock_claim(assignment.claim)
    require(actor, Right.ASSIGN, claim.desk)
    if why := guards.checks_it_not(claim, actor):
        raise Refused(why)
    assignment = _lock_open(assignment, claim)
    require_reason(reason)
    settle(TAKE_BACK, assignment, actor, reason)
    disclose_if_all_in(claim)


@one_transaction
def lapse(assignment: Assignment, *, at: datetime) -> bool:
    """Let a check lapse that was not handed in by then; returns whether it did.

    Safe to call twice, and on whatever has been handed in meanwhile.
    """
    claim = lock_claim(assignment.claim)
    try:
        assignment = _lock_open(assignment, claim)
    except Closed:
        return False
    end = lapses_at(assignment)
    if end is None or at < end:
        return False
    settle(EXPIRE, assignment, None, detail={"days": claim.desk.lapse_days})
    disclose_if_all_in(claim)
    return True
