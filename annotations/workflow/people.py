"""How people come to a desk: a desk is made, somebody is invited, and accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Desk, HeldForm, Invitation, Membership, RatingScale, User, account_of
from annotations.vocabulary import MoveName, Role

from .accounts import keeps_this_site
from .core import Refused, lock_desk, log, one_transaction
from .desk import require_manager

SALT = "invitation"
HELD_FOR = dt.timedelta(days=1)
HELD_AT_MOST = 1024 * 1024
"""Characters of a form that are kept for somebody who is signed out."""


@one_transaction
def set_up(
    made: dict[str, Any], *, scale: RatingScale, actor: User | None, manager: User | None = None
) -> Desk:
    """Make a desk from validated fields of Desk, with its first manager where that is known.

    No actor: the machine's owner. Raises PermissionDenied for anybody but a superuser.
    """
    if not keeps_this_site(actor):
        raise PermissionDenied(_("Only who keeps this site makes desks. Ask them for one."))
    desk = Desk.objects.create(**made, scale=scale)
    if manager is not None:
        _enrol(desk, manager, Role.MANAGER, actor)
    return desk


# --- invitations ---


@one_transaction
def invite(
    desk: Desk,
    email: str,
    *,
    name: str = "",
    role: str = Role.CHECKER,
    actor: User | None,
    tell: Callable[[Invitation], None] | None = None,
) -> Invitation:
    """Ask somebody to the desk; one who was asked before gets a new link, and the old one ends.

    `tell` is called with the invitation in the same transaction, to send the link. No actor: the
    machine's owner, who may do all. Raises PermissionDenied, Refused.
    """
    desk = lock_desk(desk)  # of two who ask the same address at once, the second finds the first
    if actor is not None:
        require_manager(actor, desk)
    if Membership.objects.filter(desk=desk, user__email__iexact=email).exists():
        raise Refused(_("%(email)s belongs to the desk already.") % {"email": email})
    waiting = Invitation.objects.select_for_update(no_key=True).filter(
        desk=desk, email__iexact=email, accepted_at__isnull=True, taken_back_at__isnull=True
    )
    invitation = waiting.first() or Invitation(desk=desk, email=email)
    invitation.name, invitation.role, invitation.invited_by = name, role, actor
    invitation.invited_at = timezone.now()
    invitation.expires_at = timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    log(desk, MoveName.INVITE, actor, target=role)
    if tell is not None:
        tell(invitation)
    return invitation


@one_transaction
def uninvite(invitation: Invitation, *, actor: User) -> None:
    """Let the link lead in no longer. Raises PermissionDenied; Refused where it was followed."""
    require_manager(actor, invitation.desk)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise Refused(_("It was accepted meanwhile."))
    if invitation.taken_back_at is None:
        invitation.taken_back_at = timezone.now()
        invitation.save(update_fields=["taken_back_at"])
        log(invitation.desk, MoveName.UNINVITE, actor, source=invitation.role)


def _signer() -> signing.Signer:
    """Without the time of signing in it: whenever it is shown, an invitation has one link."""
    return signing.Signer(salt=SALT)


def pass_for(invitation: Invitation) -> str:
    """What an invitation's address holds: signed, and good for this one sending of it only."""
    until = int(invitation.expires_at.timestamp())
    return _signer().sign_object([invitation.uuid.hex, until])


def invitation_of(shown: str) -> Invitation:
    """The open invitation that a pass leads in by. Raises Refused in words."""
    gone = Refused(
        _(
            "This invitation no longer works. If you have accepted it, sign in."
            " Ask whoever sent it for another."
        )
    )
    try:
        key, until = _signer().unsign_object(shown)
    except (signing.BadSignature, ValueError) as bad:
        raise gone from bad
    found = Invitation.objects.open().select_related("desk", "invited_by").filter(uuid=key).first()
    if found is None or int(found.expires_at.timestamp()) != until:
        raise gone
    return found


@one_transaction
def accept(shown: str, *, actor: User) -> Membership:
    """Come in as the person signed in; whoever was a member before keeps their role.

    It counts as the inviter's doing, who must still be allowed to. Raises Refused,
    PermissionDenied.
    """
    invitation = _locked(invitation_of(shown))
    desk = invitation.desk
    if invitation.invited_by is not None:
        require_manager(invitation.invited_by, desk)
    invitation.accepted_by, invitation.accepted_at = actor, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    member = Membership.objects.filter(desk=desk, user=actor.pk).first()
    return member or _enrol(desk, actor, invitation.role, invitation.invited_by)


def _locked(invitation: Invitation) -> Invitation:
    """The invitation, which nobody else accepts meanwhile, and its desk. Raises Refused."""
    desk = lock_desk(invitation.desk)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if not invitation.is_open:
        raise Refused(_("It was accepted meanwhile."))
    invitation.desk = desk
    return invitation


@one_transaction
def come_in(shown: str, person: User, password: str) -> User:
    """Make the account of whoever was invited, who then belongs to the desk.

    `person` is not saved yet. Whoever has the link has read the mail: the address is confirmed.
    Raises Refused.
    """
    # Of two windows in which one invitation is followed, the second waits for the first.
    invitation = _locked(invitation_of(shown))
    taken = Refused(_("There is an account with this address: sign in with it, then accept."))
    if account_of(invitation.email) is not None:
        raise taken
    person.email = invitation.email.lower()
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as quicker:  # by another invitation, since the form found it free
        raise Refused(_("Somebody else has this user name meanwhile.")) from quicker
    try:
        with transaction.atomic():
            EmailAddress.objects.create(
                user=person, email=person.email, verified=True, primary=True
            )
    except IntegrityError as quicker:  # by another invitation, in the same moment
        raise taken from quicker
    accept(shown, actor=person)
    return person


def _enrol(desk: Desk, person: User, role: str, by: User | None) -> Membership:
    membership = Membership.objects.create(desk=desk, user=person, role=role)
    log(desk, MoveName.ENROL, by, person=person, target=role)
    return membership


# --- a form of somebody who is signed out ---


def hold(to: str, fields: list[tuple[str, str]], files: list[tuple[str, str]]) -> HeldForm | None:
    """Keep what was sent until its sender is back, a day at most. None if it is too much."""
    if sum(len(name) + len(value) for name, value in [*fields, *files]) > HELD_AT_MOST:
        return None
    until = timezone.now() + HELD_FOR
    return HeldForm.objects.create(to=to, fields=fields, files=files, expires_at=until)


@one_transaction
def change_account(person: User, changed: dict[str, Any]) -> None:
    """Save what a person says of themselves, from a validated form."""
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=[*changed])
