"""What must hold of a claim and a person before a move: each returns why not, or nothing.

Rule 6: nobody decides or approves on their own work beyond what the desk's preset allows; two
things are never allowed, approving one's own annotation and publishing alone. Guards read only
what the lock on the claim protects.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations import rights, second_person
from annotations.models import Claim, Policy, User, held_blind
from annotations.rights import Right


def is_placed(claim: Claim, actor: User) -> str:
    if not claim.marks.exists():
        return _("“%(claim)s” is not marked in any text.") % {"claim": claim}
    return ""


def checks_it_not(claim: Claim, actor: User) -> str:
    """Who checks the claim blind must not learn of others' work, not even by what is refused."""
    if held_blind().filter(claim=claim, person=actor).exists():
        told = _("You check “%(claim)s” yourself, and not all answers are in: ask somebody else.")
        return told % {"claim": claim}
    return ""


# Rule 6, said once. Guards, requests and the queue ask these.


def is_too_close_to_decide(policy: Policy, *, annotates: bool) -> bool:
    """Whether somebody who annotates the claim, or not, is kept from deciding on it."""
    return annotates and not policy.annotator_decides


def is_too_close_to_approve(policy: Policy, *, annotates: bool, decided: bool) -> bool:
    """Whether somebody's own annotation or verdict keeps them from approving."""
    return annotates or (decided and not policy.decider_approves)


def annotates(claim: Claim, person: User) -> bool:
    """Whether the person took part in annotating the claim, whatever became of it since."""
    return person.pk in second_person.took_part(claim)


def decided(claim: Claim, person: User) -> bool:
    """Whether the current verdict is the person's."""
    return claim.verdict is not None and claim.verdict.decided_by_id == person.pk


def may_decide(claim: Claim, actor: User) -> str:
    if not is_too_close_to_decide(claim.desk.policy, annotates=annotates(claim, actor)):
        return ""
    return _("You annotated “%(claim)s”, so someone else decides on it.") % {"claim": claim}


def leaves_an_approver(claim: Claim, actor: User) -> str:
    if approvers(claim, decider=actor):
        return ""
    return _("If you decide on “%(claim)s”, nobody is left who may approve it.") % {"claim": claim}


def did_not_annotate(claim: Claim, actor: User) -> str:
    if annotates(claim, actor):
        return _("You annotated “%(claim)s”, so someone else approves it.") % {"claim": claim}
    return ""


def did_not_decide(claim: Claim, actor: User) -> str:
    mine = decided(claim, actor)
    if not is_too_close_to_approve(claim.desk.policy, annotates=False, decided=mine):
        return ""
    return _("You decided on “%(claim)s”, so someone else approves it.") % {"claim": claim}


def is_not_alone(claim: Claim, actor: User) -> str:
    """A verdict reaches readers through two people at least: its author, approver, publisher."""
    verdict = claim.verdict
    if verdict is None:
        return _("“%(claim)s” has no verdict.") % {"claim": claim}
    # What the policy adopted has an author too, who never approves it: these are two people.
    if {verdict.decided_by_id, second_person.approved_by(claim), actor.pk} == {actor.pk}:
        return _(
            "You wrote and approved the verdict on “%(claim)s”: someone else publishes it."
        ) % {"claim": claim}
    return ""


def replies_are_seen(claim: Claim, actor: User) -> str:
    """What somebody is said to have answered reaches readers through two people, too."""
    lines = sorted(claim.transitions.all(), key=lambda line: (line.at, line.pk))
    if actor.pk not in second_person.replied_unseen(lines):
        return ""
    told = _(
        "You noted who was asked about “%(claim)s”, or the answer, and nobody has looked at it"
        " since: someone else publishes it."
    )
    return told % {"claim": claim}


def approvers(claim: Claim, *, decider: User | None) -> set[int]:
    """The keys of the members who could still approve if `decider` decided."""
    members = {
        member.user_id
        for member in claim.desk.memberships.select_related("user")
        if rights.allows(member.role, Right.APPROVE) and member.user.is_active
    }
    key = decider.pk if decider is not None else None
    return left_to_approve(claim.desk.policy, members, second_person.took_part(claim), decider=key)


def left_to_approve(
    policy: Policy, members: set[int], took_part: set[int], *, decider: int | None
) -> set[int]:
    """Those of the members, by key, who may approve a verdict of `decider`."""
    return {
        key
        for key in members
        if not is_too_close_to_approve(policy, annotates=key in took_part, decided=key == decider)
    }
