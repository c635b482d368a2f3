"""Rule 4: the annotations of a claim open all at once, when every required one is in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from annotations import readiness
from annotations.models import Claim
from annotations.vocabulary import ClaimStatus

from . import notices
from .table import DISCLOSE, step
from .verdicts import adopt


def disclose_if_all_in(claim: Claim) -> None:
    """Disclose the locked claim's annotations if none is owed any more and there are enough.

    What all agree on is adopted where the policy says so.
    """
    if claim.status != ClaimStatus.CHECKING or not readiness.all_in(claim):
        return
    submitted = readiness.submitted(claim)
    submitted.filter(disclosed_at__isnull=True).update(disclosed_at=timezone.now())
    notices.tell_of_disclosure(claim, step(DISCLOSE, claim, None))
    if claim.desk.policy.agreement_adopts:
        agreed = list(submitted)
        if len({annotation.rating_id for annotation in agreed}) == 1:
            adopt(claim, agreed[0], actor=None)


def disclose_all_that_are_in(claims: Iterable[Claim]) -> None:
    """Disclose the locked claims that have all they need now: a rule or membership changed."""
    for claim in claims:
        disclose_if_all_in(claim)
