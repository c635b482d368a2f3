"""Taking a claim out of checking, and bringing it back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.models import Claim, User
from annotations.vocabulary import ClaimStatus, SetAside

from .assignments import answers_of, end_answer
from .core import Refused, lock_claim, one_transaction
from .table import BRING_BACK, EXPIRE, SET_ASIDE, check, perform, step


def set_aside(
    claim: Claim,
    why: str,
    *,
    actor: User,
    note: str = "",
    duplicate_of: Claim | None = None,
) -> None:
    """Take the claim out of checking, and say why.

    A duplicate names the claim it repeats. Raises PermissionDenied, Refused.
    """
    if why not in SetAside.values:
        raise Refused(_("Choose why the claim is set aside."))
    detail = {"why": why}
    other = None
    if why == SetAside.DUPLICATE:
        other = _another(claim, duplicate_of)
        detail["duplicate_of"] = str(other)
    perform(
        SET_ASIDE,
        claim,
        actor=actor,
        reason=note,
        detail=detail,
        set_aside=why,
        set_aside_note=note,
        duplicate_of=other,
    )


def _another(claim: Claim, other: Claim | None) -> Claim:
    """The claim that is repeated as it is now, if it can be. Raises Refused."""
    if other is None:
        raise Refused(_("Choose the claim that this one repeats."))
    if other.desk_id != claim.desk_id or other.pk == claim.pk:
        raise Refused(_("Choose another claim of the desk."))
    other = Claim.objects.get(pk=other.pk)
    if other.status == ClaimStatus.SET_ASIDE:
        raise Refused(_("“%(claim)s” is set aside itself.") % {"claim": other})
    return other


@one_transaction
def bring_back(claim: Claim, *, actor: User, reason: str) -> None:
    """Undo a setting aside. Checks asked for before lapse; their drafts are kept.

    The wording is open again, so no answer to the old one may count. Raises PermissionDenied,
    Refused.
    """
    claim = lock_claim(claim)
    check(BRING_BACK, claim, actor, reason)
    step(BRING_BACK, claim, actor, reason, set_aside="", set_aside_note="", duplicate_of=None)
    for assignment in answers_of(claim):
        end_answer(EXPIRE, assignment, actor, reason, new_round=True)
