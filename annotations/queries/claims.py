"""Claims looked for by what they say."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from annotations.models import Claim
from annotations.vocabulary import ClaimStatus

MOST = 50
"""Claims that are offered as the one that another repeats."""


def similar(claim: Claim) -> QuerySet[Claim]:
    """The desk's claims most like this one, the likeliest first, those set aside left out."""
    others = Claim.objects.filter(desk=claim.desk_id).exclude(pk=claim.pk)
    others = others.exclude(status=ClaimStatus.SET_ASIDE)
    likeness = TrigramSimilarity("claim_reviewed", claim.claim_reviewed)
    keys = others.order_by(likeness.desc(), "-pk").values("pk")[:MOST]
    return Claim.objects.filter(pk__in=keys).order_by(likeness.desc(), "-pk")
