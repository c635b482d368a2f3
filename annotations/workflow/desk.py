"""A desk's own moves: its rules, its guidelines, its people. Each is a line of the log."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import (
    OPEN,
    Assignment,
    Claim,
    Desk,
    Guidelines,
    Membership,
    User,
)
from annotations.rights import Right
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Role

from .assignments import move
from .disclosing import disclose_all_that_are_in
from .moves import Refused, Stale, lock_claims, log, require

RULES = (
    "preset",
    "annotations_needed",
    "decider_may_approve",
    "checkers_mark",
    "lapse_days",
    "sources_needed",
    "demand_sources",
    "demand_primary",
    "demand_copies",
    "demand_reply",
    "people_shown",
    "corrected_days",
    "logo",
    "data_licence",
)
"""The fields of a desk that say how it works."""


def _lock_desk(desk: Desk) -> Desk:
    return Desk.objects.select_for_update().get(pk=desk.pk)


def _require_manager(actor: User, desk: Desk) -> None:
    """Managers of the desk; superusers too, for somebody must make the first one."""
    if not (actor.is_active and actor.is_superuser):
        require(actor, Right.MANAGE, desk)


def _label(name: str) -> str:
    return str(getattr(Desk._meta.get_field(name), "verbose_name", name))


def _shown(desk: Desk, name: str) -> str:
    display = getattr(desk, f"get_{name}_display", None)
    value = display() if display else getattr(desk, name)
    if value is None:
        return _("as the preset has it") if name == "decider_may_approve" else _("never")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value != "" else _("none")


def rules_in_words(desk: Desk) -> list[tuple[str, str]]:
    """The desk's rules for people: label and value."""
    return [(_label(name), _shown(desk, name)) for name in RULES]


def rule_changes(before: Desk, after: Desk) -> list[str]:
    """What differs in the rules of two states of a desk, a line each: from, to."""
    return [
        f"{_label(name)}: {_shown(before, name)} → {_shown(after, name)}"
        for name in RULES
        if getattr(before, name) != getattr(after, name)
    ]


def rules_basis(desk: Desk) -> str:
    """Names the rules of the desk as they are: changed ones have another name."""
    return sha256(repr([getattr(desk, name) for name in RULES]).encode()).hexdigest()[:16]


@transaction.atomic
def change_rules(
    desk: Desk,
    rules: dict[str, Any],
    *,
    actor: User,
    reason: str,
    based_on: str | None = None,
) -> Desk:
    """Change how the desk works, from now on. Claims that have enough annotations then open.

    `rules` maps names of RULES to values that a form has validated; `based_on` is what
    `rules_basis` named when the person was shown the rules, if it is known. Raises
    PermissionDenied; Refused without a reason or a difference; Stale when the rules changed since.
    """
    before = _lock_desk(desk)
    _require_manager(actor, before)
    if based_on is not None and based_on != rules_basis(before):
        raise Stale(_("Somebody changed the rules meanwhile. Read them above; yours are below."))
    after = Desk.objects.get(pk=desk.pk)
    for name in RULES:
        setattr(after, name, rules.get(name, getattr(after, name)))
    if not (differences := rule_changes(before, after)):
        raise Refused(_("Nothing is different."))
    if not reason.strip():
        raise Refused(_("Say why: the reason goes into the log."))
    after.save(update_fields=[*RULES])
    log(after, "change rules", actor, reason="\n".join([reason, *differences]))
    waiting = Claim.objects.filter(desk=after, status=ClaimStatus.CHECKING)
    disclose_all_that_are_in(lock_claims(waiting))
    return after


@transaction.atomic
def write_guidelines(
    desk: Desk, text: str, *, actor: User, based_on: int, why: str = ""
) -> Guidelines:
    """Add the next version of the guidelines. `based_on` is the version the author began from.

    Raises PermissionDenied; Refused when someone else has written a newer one, or nothing changed.
    """
    desk = _lock_desk(desk)
    require(actor, Right.MANAGE, desk)
    current = Guidelines.objects.current(desk)
    version = current.version if current else 0
    if version != based_on:
        raise Refused(
            _("Version %(version)d was written meanwhile. Read it; yours is kept below.")
            % {"version": version}
        )
    if current is not None and current.text == text:
        raise Refused(_("Nothing is different."))
    made = Guidelines.objects.create(
        desk=desk, version=version + 1, text=text, why=why, created_by=actor
    )
    log(desk, "write guidelines", actor, target=str(made.version), reason=why)
    return made


@transaction.atomic
def enrol(
    desk: Desk, person: User, role: str, *, actor: User, based_on: str | None = None
) -> Membership:
    """Make somebody a member, or change their role.

    `based_on` is the role the manager was shown ("" for none), if it is known. Raises
    PermissionDenied, Refused; Stale when the person has another role by now.
    """
    desk = _lock_desk(desk)
    _require_manager(actor, desk)
    membership = Membership.objects.filter(desk=desk, user=person).first()
    before = membership.role if membership else ""
    if based_on is not None and based_on != before:
        raise Stale(_("The role of %(person)s was changed meanwhile.") % {"person": person})
    if before == role:
        return membership  # type: ignore[return-value]  # a role that is not empty has a member
    if membership is None:
        membership = Membership(desk=desk, user=person)
    membership.role = role
    if before == Role.MANAGER:
        _keep_a_manager(desk, person)
    membership.save()
    log(desk, "enrol", actor, person=person, source=before, target=role)
    _let_go_of_what_they_may_no_longer(desk, person, actor)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, actor: User, reason: str = "") -> None:
    """End somebody's membership. Their work and its attribution stay; what they owe lapses.

    Raises PermissionDenied, Refused.
    """
    desk = _lock_desk(membership.desk)
    _require_manager(actor, desk)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.role == Role.MANAGER:
        _keep_a_manager(desk, membership.user)
    person, role = membership.user, membership.role
    membership.delete()
    log(desk, "end membership", actor, person=person, source=role, reason=reason)
    _let_go_of_what_they_may_no_longer(desk, person, actor)


def _keep_a_manager(desk: Desk, leaving: User) -> None:
    others = desk.memberships.filter(role=Role.MANAGER, user__is_active=True).exclude(user=leaving)
    if not others.exists():
        raise Refused(_("A desk keeps one manager at least."))


def _let_go_of_what_they_may_no_longer(desk: Desk, person: User, actor: User) -> None:
    """Requests to somebody who may not meet them any more would hold up their claims for ever."""
    if Membership.objects.may(person, Right.ANNOTATE).filter(desk=desk).exists():
        return
    owed = Assignment.objects.filter(claim__desk=desk, person=person, status__in=OPEN)
    claims = lock_claims(Claim.objects.filter(pk__in=owed.values("claim")))
    for assignment in _locked(owed, claims):
        why = _("%(person)s left the desk.") % {"person": person}
        move(assignment, AssignmentStatus.EXPIRED, "expire", actor, why)
    disclose_all_that_are_in(claims)


def _locked(assignments: Any, claims: Iterable[Claim]) -> list[Assignment]:
    by_key = {claim.pk: claim for claim in claims}
    found = list(assignments.select_for_update().order_by("pk"))
    for assignment in found:
        assignment.claim = by_key[assignment.claim_id]
    return found
