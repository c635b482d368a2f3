"""What gets old: the day by which somebody looks whether a published verdict is still so."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Claim, User

from .core import Refused, Stale, lock_claim, one_transaction
from .table import PLAN_REVIEW, check, step


@one_transaction
def plan_review(
    claim: Claim,
    day: dt.date | None,
    *,
    actor: User,
    reason: str = "",
    based_on: dt.date | None = None,
) -> None:
    """Say by which day to look again, or that nobody has to; `based_on` is what stood there.

    Where the day that stood there has come, to name another is to have looked: `reason` says what
    was found, and is asked for. Raises PermissionDenied; Refused for a day that is over, without a
    reason, or of a claim that readers do not have; Stale where somebody else named one meanwhile.
    """
    claim = lock_claim(claim)
    check(PLAN_REVIEW, claim, actor)
    if claim.review_by != based_on and claim.review_by != day:
        raise Stale(_("Somebody named another day meanwhile. Look again."), current=claim)
    today = timezone.localdate()
    if day is not None and day <= today:
        raise Refused(_("Name a day that is still to come."))
    if claim.review_by == day:
        return
    if claim.review_by is not None and claim.review_by <= today and not reason.strip():
        raise Refused(_("Say what you found when you looked: the reason goes into the log."))
    detail = {"fields": {"review_by": [_as_data(claim.review_by), _as_data(day)]}}
    step(PLAN_REVIEW, claim, actor, reason, detail=detail, review_by=day)


def still_to_come(claim: Claim) -> dt.date | None:
    """The day to look again, unless it has come: who publishes has looked."""
    day = claim.review_by
    return day if day is not None and day > timezone.localdate() else None


def _as_data(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
