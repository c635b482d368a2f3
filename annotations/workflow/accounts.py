"""Whether somebody's account can be used: each desk of theirs has it in its log."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations.models import Desk, User
from annotations.vocabulary import MoveName

from .core import lock_desk, log, one_transaction


def keeps_this_site(actor: User | None) -> bool:
    """Whether it is a superuser; no actor is the machine's owner, by a command."""
    return actor is None or (actor.is_active and actor.is_superuser)


@one_transaction
def set_active(person: User, is_active: bool, *, actor: User | None, reason: str = "") -> bool:
    """Let somebody sign in no longer, or again; returns whether it was otherwise before.

    Their work stays, and so does what was asked of them: editors see that it waits for somebody
    who cannot sign in. Nothing else writes `is_active` of an account that is there. No actor: the
    machine's owner. Raises PermissionDenied for anybody but a superuser.
    """
    if not keeps_this_site(actor):
        raise PermissionDenied(_("Only who keeps this site opens and closes accounts."))
    desks = [lock_desk(desk) for desk in Desk.objects.filter(members=person.pk).order_by("pk")]
    held = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.is_active = is_active
    if held.is_active == is_active:
        return False
    person.save(update_fields=["is_active"])
    move = MoveName.ACTIVATE if is_active else MoveName.DEACTIVATE
    for desk in desks:
        log(desk, move, actor, person=person, reason=reason)
    return True
