"""A desk's own moves: its rules, its guidelines, its people. Each is a line of the log."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import (
    OPEN,
    Assignment,
    Claim,
    Desk,
    Edition,
    Guidelines,
    Membership,
    RatingScale,
    Statement,
    UnsentForm,
    User,
)
from annotations.rights import Right, roles_with
from annotations.vocabulary import ClaimStatus, MoveName, Role

from .assignments import settle
from .confidence import end_all_confidences
from .core import (
    Refused,
    Stale,
    lock_claims,
    lock_desk,
    log,
    one_transaction,
    require,
    require_reason,
)
from .disclosing import disclose_all_that_are_in
from .planning import let_go_of_articles
from .table import EXPIRE

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
    "demand_locator",
    "demand_confirmed",
    "demand_reply",
    "shows_copies",
    "to_internet_archive",
    "archiver",
    "people_shown",
    "corrected_days",
    "second_factor",
    "time_zone",
    "logo",
    "data_licence",
)
"""The fields of a desk that say how it works."""

CALLED = ("name", "organisation", "website", "language", "slug")
"""The fields of a desk that readers see at the head of its pages, and in their addresses."""


def require_manager(actor: User, desk: Desk) -> None:
    """Managers of the desk; superusers too, for somebody must make the first one."""
    if not (actor.is_active and actor.is_superuser):
        require(actor, Right.MANAGE, desk)


def rule_changes(before: Desk, after: Desk) -> dict[str, list[Any]]:
    """What differs in two states of a desk, in its rules and what it is called: from, to."""
    return {
        name: [was, now]
        for name in (*RULES, *CALLED)
        if (was := getattr(before, name)) != (now := getattr(after, name))
    }


def rules_basis(desk: Desk) -> str:
    """Names the rules of the desk as they are: changed ones have another name."""
    return sha256(repr([getattr(desk, name) for name in RULES]).encode()).hexdigest()[:16]


def is_known_to_readers(desk: Desk) -> bool:
    """Whether anything of the desk was ever published, so that its addresses are elsewhere too."""
    return Edition.objects.filter(desk=desk).exists()


@one_transaction
def change_rules(
    desk: Desk,
    rules: dict[str, Any],
    *,
    actor: User,
    reason: str,
    based_on: str | None = None,
) -> Desk:
    """Change how the desk works, from now on. Claims that have enough annotations then open.

    `rules` maps names of RULES and CALLED to values that a form has validated; `based_on` is what
    `rules_basis` named when the person was shown the rules, if it is known. Raises
    PermissionDenied; Refused without a reason or a difference, and for another `slug` once readers
    have addresses with the old one; Stale when the rules changed since.
    """
    before = lock_desk(desk)
    require_manager(actor, before)
    if based_on is not None and based_on != rules_basis(before):
        raise Stale(_("Somebody changed the rules meanwhile. Read them above; yours are below."))
    after = Desk.objects.get(pk=desk.pk)
    for name in (*RULES, *CALLED):
        setattr(after, name, rules.get(name, getattr(after, name)))
    if not (differences := rule_changes(before, after)):
        raise Refused(_("Nothing is different."))
    if "slug" in differences and is_known_to_readers(before):
        said = {"slug": before.slug}
        raise Refused(_("Readers have addresses with “%(slug)s” in them: it stays.") % said)
    require_reason(reason)
    # Only these: to name `slug`, a key, is to wait for whoever writes a line of the desk's log.
    after.save(update_fields=list(differences))
    log(after, MoveName.CHANGE_RULES, actor, reason=reason, detail={"fields": differences})
    for person in _owners_who_may_not_mark(after):
        let_go_of_articles(after.articles.all(), person, actor)
    waiting = Claim.objects.filter(desk=after, status=ClaimStatus.CHECKING)
    disclose_all_that_are_in(lock_claims(waiting))
    return after


RATED = (
    ClaimStatus.CHECKING,
    ClaimStatus.DECIDING,
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
)
"""Stages at which a claim has ratings that readers do not have yet."""


@one_transaction
def change_scale(desk: Desk, scale: RatingScale, *, actor: User, reason: str) -> Desk:
    """Let the desk rate with another scale, from the next claim on.

    Raises PermissionDenied; Refused while claims are rated with the present one, for their answers
    could be neither adopted nor compared.
    """
    desk = lock_desk(desk)
    require_manager(actor, desk)
    before = desk.scale
    if before == scale:
        raise Refused(_("Nothing is different."))
    require_reason(reason)
    # Held, so that none begins to be rated before this is done: what waits for it reads the rules
    # again.
    others = Claim.objects.filter(desk=desk).exclude(status__in=RATED).order_by("pk")
    list(others.select_for_update(no_key=True).values_list("pk", flat=True))
    if rated := Claim.objects.filter(desk=desk, status__in=RATED).count():
        raise Refused(
            ngettext(
                "%(count)d claim is being rated with “%(scale)s”: finish it or set it aside first.",
                "%(count)d claims are being rated with “%(scale)s”: finish them or set them aside"
                " first.",
                rated,
            )
            % {"count": rated, "scale": before}
        )
    desk.scale = scale
    desk.save(update_fields=["scale"])
    # What is stored is in no language of the moment, so not as the scale calls itself.
    fields = {"scale": [f"{each.name}, version {each.version}" for each in (before, scale)]}
    log(desk, MoveName.CHANGE_RULES, actor, reason=reason, detail={"fields": fields})
    return desk


@one_transaction
def write_guidelines(
    desk: Desk, text: str, *, actor: User, based_on: int, why: str = ""
) -> Guidelines:
    """Add the next version of the guidelines. `based_on` is the version the author began from.

    Raises PermissionDenied; Stale when someone else has written a newer one; Refused when
    nothing changed.
    """
    desk = lock_desk(desk)
    require(actor, Right.MANAGE, desk)
    current = Guidelines.objects.current(desk)
    version = current.version if current else 0
    if version != based_on:
        raise Stale(
            _("Version %(version)d was written meanwhile. Read it; yours is kept below.")
            % {"version": version},
            current=current,
        )
    if current is not None and current.text == text:
        raise Refused(_("Nothing is different."))
    made = Guidelines.objects.create(
        desk=desk, version=version + 1, text=text, why=why, created_by=actor
    )
    log(desk, MoveName.WRITE_GUIDELINES, actor, target=str(made.version), reason=why)
    return made


@one_transaction
def write_statement(desk: Desk, kind: str, body: str, *, actor: User, based_on: int) -> Statement:
    """Add the next version of what the desk tells readers of itself; `kind` is of that vocabulary.

    `based_on` is the number of the version the author began from, 0 for none. Raises
    PermissionDenied; Stale when someone else has written a newer one.
    """
    desk = lock_desk(desk)
    require(actor, Right.MANAGE, desk)
    newest = Statement.objects.filter(desk=desk, kind=kind).order_by("-number").first()
    number = newest.number if newest else 0
    if number != based_on:
        raise Stale(
            _("Version %(version)d was written meanwhile. Read it; yours is kept below.")
            % {"version": number},
            current=newest,
        )
    made = Statement.objects.create(
        desk=desk, kind=kind, number=number + 1, body=body, written_by=actor
    )
    log(desk, MoveName.WRITE_STATEMENT, actor, target=str(made.number), detail={"kind": kind})
    return made


@one_transaction
def enrol(
    desk: Desk, person: User, role: str, *, actor: User, based_on: str | None = None
) -> Membership:
    """Make somebody a member, or change their role.

    `based_on` is the role the manager was shown ("" for none), if it is known. Raises
    PermissionDenied, Refused; Stale when the person has another role by now.
    """
    desk = lock_desk(desk)
    require_manager(actor, desk)
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
    log(desk, MoveName.ENROL, actor, person=person, source=before, target=role)
    _let_go_of_what_they_may_no_longer(desk, person, actor)
    return membership


@one_transaction
def end_membership(membership: Membership, *, actor: User | None, reason: str = "") -> None:
    """End somebody's membership. Their work and its attribution stay; what they owe lapses.

    What they typed into forms and never sent goes. No actor: the machine's owner.
    Raises PermissionDenied, Refused.
    """
    desk = lock_desk(membership.desk)
    if actor is not None:
        require_manager(actor, desk)
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=membership.pk).first()
    person = membership.user
    if held is None:
        raise Stale(_("%(person)s is not at this desk.") % {"person": person})
    if held.role == Role.MANAGER:
        _keep_a_manager(desk, person)
    role = held.role
    held.delete()
    UnsentForm.objects.filter(desk=desk, person=person).delete()
    end_all_confidences(desk, person, actor)
    log(desk, MoveName.END_MEMBERSHIP, actor, person=person, source=role, reason=reason)
    _let_go_of_what_they_may_no_longer(desk, person, actor)


def _keep_a_manager(desk: Desk, leaving: User) -> None:
    others = desk.memberships.filter(role=Role.MANAGER, user__is_active=True).exclude(user=leaving)
    if not others.exists():
        raise Refused(_("A desk keeps one manager at least."))


def _let_go_of_what_they_may_no_longer(desk: Desk, person: User, actor: User | None) -> None:
    """Requests to somebody who may not meet them any more would hold up their claims for ever."""
    if not Membership.objects.may(person, Right.MARK).filter(desk=desk).exists():
        let_go_of_articles(desk.articles.all(), person, actor)
    if Membership.objects.may(person, Right.ANNOTATE).filter(desk=desk).exists():
        return
    owed = Assignment.objects.filter(claim__desk=desk, person=person, status__in=OPEN)
    claims = lock_claims(Claim.objects.filter(pk__in=owed.values("claim")))
    for assignment in _locked(owed, claims):
        settle(EXPIRE, assignment, actor, detail={"left": str(person)})
    disclose_all_that_are_in(claims)


def _owners_who_may_not_mark(desk: Desk) -> list[User]:
    """Checkers who took articles on while checkers marked: those would wait for ever."""
    able = desk.memberships.filter(
        role__in=roles_with(Right.MARK, checkers_mark=desk.checkers_mark)
    )
    owned = desk.articles.filter(owner__isnull=False).exclude(owner__in=able.values("user"))
    return list(User.objects.filter(pk__in=owned.values("owner")).order_by("pk"))


def _locked(assignments: Any, claims: Iterable[Claim]) -> list[Assignment]:
    """Those of the claims that are held; whatever was asked for meanwhile is of others."""
    by_key = {claim.pk: claim for claim in claims}
    rows = assignments.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = [row for row in rows if row.claim_id in by_key]
    for assignment in found:
        assignment.claim = by_key[assignment.claim_id]
    return found
