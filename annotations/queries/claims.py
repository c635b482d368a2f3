"""A desk's claims: looked for by what they say, and listed with where they are made."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from annotations.models import Claim, Desk, Mark, User
from annotations.vocabulary import ClaimStatus

from . import filters

MOST = 50
"""Claims that are offered as the one that another repeats."""


def similar(claim: Claim) -> QuerySet[Claim]:
    """The desk's claims most like this one, the likeliest first, those set aside left out."""
    others = Claim.objects.filter(desk=claim.desk_id).exclude(pk=claim.pk)
    others = others.exclude(status=ClaimStatus.SET_ASIDE)
    likeness = TrigramSimilarity("claim_reviewed", claim.claim_reviewed)
    keys = others.order_by(likeness.desc(), "-pk").values("pk")[:MOST]
    return Claim.objects.filter(pk__in=keys).order_by(likeness.desc(), "-pk")


def listed(desk: Desk, user: User, wanted: filters.Filter) -> QuerySet[Claim]:
    """The desk's claims that the filter fits, newest first, in one statement.

    Each with `article_pk` and `article_title` of the text in which it was marked last. A claim of
    which every mark was taken out stands nowhere, until one is put back in its article.
    """
    claims = filters.fitting(Claim.objects.visible_to(user).filter(desk=desk), wanted, user)
    places = Mark.objects.filter(claim=OuterRef("pk")).order_by("-revision", "start")
    return (
        claims.filter(Exists(places))
        .annotate(
            article_pk=Subquery(places.values("revision__article")[:1]),
            article_title=Subquery(places.values("revision__article__title")[:1]),
        )
        .order_by("-pk")
    )
