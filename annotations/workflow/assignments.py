"""Who is asked to check, decide or approve a claim, and how such a request ends.

assigned -> started -> submitted; returned, with a reason; declined; expired, the work kept.
Checks bind: nobody else's answer stands for one. Requests to decide or approve say who is waited
for, and take the right from nobody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import GIVEN_UP, OPEN, Annotation, Assignment, Claim, Desk, Membership, User
from annotations.rights import Right
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Task

from . import guards, notices
from .core import Refused
from .table import ASSIGN, EXPIRE, EXTEND, FULFIL, RETURN, Move, step

S = ClaimStatus

RIGHTS = {Task.CHECK: Right.ANNOTATE, Task.DECIDE: Right.DECIDE, Task.APPROVE: Right.APPROVE}

STAGES = {
    Task.CHECK: (S.SPOTTED, S.CHECKING),
    Task.DECIDE: (S.SPOTTED, S.CHECKING, S.DECIDING),
    Task.APPROVE: (S.SPOTTED, S.CHECKING, S.DECIDING, S.DECIDED),
}
"""When somebody can be asked for what."""


def _cannot_check(claim: Claim, person: User) -> str:
    """Why the person cannot check the claim blind, or an empty string."""
    words = {"person": person, "claim": claim}
    if claim.sightings.filter(person=person).exists():
        return _("%(person)s has seen others’ annotations of “%(claim)s”.") % words
    if guards.decided(claim, person):
        return _("%(person)s decided on “%(claim)s”.") % words
    return ""


def _cannot_decide(claim: Claim, person: User) -> str:
    if not guards.is_too_close_to_decide(
        claim.desk.policy, annotates=guards.annotates(claim, person)
    ):
        return ""
    return _("%(person)s annotates “%(claim)s”, so someone else decides.") % {
        "person": person,
        "claim": claim,
    }


def _cannot_approve(claim: Claim, person: User) -> str:
    words = {"person": person, "claim": claim}
    if guards.annotates(claim, person):
        return _("%(person)s annotates “%(claim)s”, so someone else approves.") % words
    mine = guards.decided(claim, person)
    if guards.is_too_close_to_approve(claim.desk.policy, annotates=False, decided=mine):
        return _("%(person)s decided on “%(claim)s”, so someone else approves.") % words
    return ""


CANNOT = {Task.CHECK: _cannot_check, Task.DECIDE: _cannot_decide, Task.APPROVE: _cannot_approve}


def ask(
    claim: Claim, person: User, actor: User, due_at: datetime | None, task: str = Task.CHECK
) -> Assignment:
    """Ask the person for the task on the locked claim; asked again, only the day changes.

    Raises Refused for someone who may not, or is too close to the claim.
    """
    what = Task(task)
    if not _holds_a_right(person, RIGHTS[what], claim.desk):
        raise Refused(
            _("%(person)s may not %(right)s at this desk.")
            % {"person": person, "right": RIGHTS[what].label}
        )
    if why := CANNOT[what](claim, person):
        raise Refused(why)
    assignment, made = Assignment.objects.get_or_create(
        claim=claim,
        person=person,
        task=task,
        defaults={"assigned_by": actor, "due_at": due_at, "assigned_at": timezone.now()},
    )
    assignment.claim = claim
    again = GIVEN_UP if task == Task.CHECK else (*GIVEN_UP, AssignmentStatus.SUBMITTED)
    if made or assignment.status in again:
        assignment.assigned_by, assignment.due_at = actor, due_at
        settle(ASSIGN, assignment, actor, source="" if made else None)
    elif assignment.status in OPEN and due_at not in (None, assignment.due_at):
        assignment.due_at = due_at
        settle(EXTEND, assignment, actor)
    return assignment


def _holds_a_right(person: User, right: Right, desk: Desk) -> bool:
    """Whether the person has the right at the desk, which stays so until the transaction ends.

    Whoever ends a membership, or changes its role, then looks for what the person owes: their
    change waits for this one, so that they find it. Somebody whose membership is being changed at
    this moment has no right: to wait here for those who wait for our claim would be a deadlock.
    """
    rows = Membership.objects.may(person, right).filter(desk=desk).order_by().values("pk")
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f'{sql} FOR SHARE OF "annotations_membership" SKIP LOCKED', values)
        return cursor.fetchone() is not None


def settle(
    move: Move,
    assignment: Assignment,
    actor: User | None,
    reason: str = "",
    *,
    detail: dict[str, Any] | None = None,
    source: str | None = None,
) -> None:
    """Move a locked assignment, write its line of the log, and tell whom it concerns.

    What is asked for or returned now begins to lapse now: a day that has passed is taken out.
    """
    if move in (ASSIGN, RETURN):
        assignment.assigned_at = timezone.now()
        if assignment.due_at is not None and assignment.due_at < assignment.assigned_at:
            assignment.due_at = None
    times = {name: getattr(assignment, name) for name in ("due_at", "assigned_at", "assigned_by")}
    line = step(move, assignment, actor, reason, detail=detail, source=source, **times)
    notices.tell_of_assignment(line)


def lapses_at(assignment: Assignment) -> datetime | None:
    """When an open assignment lapses by the desk's policy, or None (UTC)."""
    days = assignment.claim.desk.lapse_days
    if days is None:
        return None
    return (assignment.due_at or assignment.assigned_at) + timedelta(days=days)


def fulfil(claim: Claim, task: str, actor: User | None) -> None:
    """Close the requests for a task on the locked claim that the actor has just done.

    No actor: the desk's policy did it.
    """
    open_ones = claim.assignments.select_for_update(no_key=True).filter(task=task, status__in=OPEN)
    for assignment in open_ones.order_by("pk"):
        assignment.claim = claim
        if actor is not None and assignment.person_id == actor.pk:
            settle(FULFIL, assignment, actor)
        else:
            by = {"done_by": str(actor) if actor else None}
            settle(EXPIRE, assignment, None, detail=by)


def answers_of(claim: Claim) -> list[Assignment]:
    """The locked checks of the claim that are owed or handed in."""
    rows = list(
        claim.assignments.select_for_update(no_key=True)
        .filter(task=Task.CHECK, status__in=[*OPEN, AssignmentStatus.SUBMITTED])
        .order_by("pk")
    )
    for row in rows:
        row.claim = claim
    return rows


def end_answer(
    move: Move,
    assignment: Assignment,
    actor: User,
    reason: str,
    *,
    detail: dict[str, Any] | None = None,
    new_round: bool = False,
) -> None:
    """Return a locked check, or let it lapse: its annotation is a draft again.

    In a new round (the wording changed) nothing is disclosed until all are in again.
    """
    settle(move, assignment, actor, reason, detail=detail)
    annotation = Annotation.objects.filter(assignment=assignment).first()
    if annotation is not None:
        annotation.submitted_at = None
        if new_round:
            annotation.disclosed_at = None
        annotation.save(update_fields=["submitted_at", "disclosed_at"])
