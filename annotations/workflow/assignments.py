"""Who is asked to check, decide or approve a claim, and how such a request ends.

assigned -> started -> submitted; returned, with a reason; declined; expired, the work kept.
Checks bind: nobody else's answer stands for one. Requests to decide or approve say who is waited
for, and take the right from nobody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import readiness
from annotations.models import GIVEN_UP, OPEN, Assignment, Claim, Membership, User
from annotations.rights import Right
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Task

from .moves import Refused, log

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
    verdict = claim.verdict
    if verdict is not None and verdict.decided_by_id == person.pk:
        return _("%(person)s decided on “%(claim)s”.") % words
    return ""


def _cannot_decide(claim: Claim, person: User) -> str:
    took_part = person.pk in readiness.took_part(claim)
    if readiness.lets_decide(claim.desk.policy, took_part=took_part):
        return ""
    return _("%(person)s annotates “%(claim)s”, so someone else decides.") % {
        "person": person,
        "claim": claim,
    }


def _cannot_approve(claim: Claim, person: User) -> str:
    took_part = person.pk in readiness.took_part(claim)
    if readiness.lets_approve(claim.desk.policy, took_part=took_part, decided=False):
        return ""
    return _("%(person)s annotates “%(claim)s”, so someone else approves.") % {
        "person": person,
        "claim": claim,
    }


CANNOT = {Task.CHECK: _cannot_check, Task.DECIDE: _cannot_decide, Task.APPROVE: _cannot_approve}


def ask(
    claim: Claim, person: User, actor: User, due_at: datetime | None, task: str = Task.CHECK
) -> Assignment:
    """Ask the person for the task on the locked claim; asked again, only the day changes.

    Raises Refused for someone who may not, or is too close to the claim.
    """
    what = Task(task)
    if not Membership.objects.may(person, RIGHTS[what]).filter(desk=claim.desk).exists():
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
        source = "" if made else assignment.status
        assignment.assigned_by, assignment.due_at = actor, due_at
        move(assignment, AssignmentStatus.ASSIGNED, "assign", actor, source=source)
    elif assignment.status in OPEN and due_at not in (None, assignment.due_at):
        assignment.due_at = due_at
        move(assignment, AssignmentStatus(assignment.status), "extend", actor)
    return assignment


def move(
    assignment: Assignment,
    status: AssignmentStatus,
    name: str,
    actor: User | None,
    reason: str = "",
    *,
    source: str | None = None,
) -> None:
    """Write the status of a locked assignment, and its line of the log.

    What is asked for or returned now begins to lapse now: a day that has passed is taken out.
    """
    before = assignment.status if source is None else source
    assignment.status = status
    if status in (AssignmentStatus.ASSIGNED, AssignmentStatus.RETURNED) and name != "extend":
        assignment.assigned_at = timezone.now()
        if assignment.due_at is not None and assignment.due_at < assignment.assigned_at:
            assignment.due_at = None
    assignment.save(update_fields=["status", "due_at", "assigned_at", "assigned_by"])
    log(
        assignment.claim.desk,
        name,
        actor,
        claim=assignment.claim,
        assignment=assignment,
        source=before,
        target=status,
        reason=reason,
    )


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
    open_ones = claim.assignments.select_for_update().filter(task=task, status__in=OPEN)
    for assignment in open_ones.order_by("pk"):
        assignment.claim = claim
        if actor is not None and assignment.person_id == actor.pk:
            move(assignment, AssignmentStatus.SUBMITTED, "fulfil", actor)
        else:
            why = _("%(person)s did it.") % {"person": actor or _("The desk’s policy")}
            move(assignment, AssignmentStatus.EXPIRED, "expire", None, why)
