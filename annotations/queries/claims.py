"""A desk's claims: looked for by what they say, and listed with where they are made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from annotations.models import OPEN, Assignment, Claim, Desk, Mark, Rating, User, Verdict
from annotations.vocabulary import ClaimStatus

from . import filters

MOST = 50
"""Claims that are offered as the one that another repeats."""

CANDIDATES = 400
"""Claims that share a word with another and are compared with it."""

WORDS = 12
"""Words of a claim that others are looked for by."""


def similar(claim: Claim) -> QuerySet[Claim]:
    """The desk's claims most like this one, the likeliest first, those set aside left out.

    They share one of its rarer words, found by an index; the newest CANDIDATES of these are put in
    the order of likeness.
    """
    others = Claim.objects.filter(desk=claim.desk_id).exclude(pk=claim.pk)
    others = others.exclude(status=ClaimStatus.SET_ASIDE)
    candidates = _sharing_words(others, claim.claim_reviewed)
    likeness = TrigramSimilarity("claim_reviewed", claim.claim_reviewed)
    keys = list(
        Claim.objects.filter(pk__in=candidates)
        .order_by(likeness.desc(), "-pk")
        .values_list("pk", flat=True)[:MOST]
    )
    return Claim.objects.filter(pk__in=keys).order_by(likeness.desc(), "-pk")


def _sharing_words(claims: QuerySet[Claim], wording: str) -> list[int]:
    """The keys of claims with one of the words; words that too many share are asked for last.

    The longest words first: they are the rarer ones, in every language that has spaces.
    """
    words = sorted(set(re.findall(r"\w+", wording.lower())), key=len, reverse=True)[:WORDS]
    found: dict[int, None] = {}
    for word in words:
        vector = SearchVector("claim_reviewed", config="simple")
        rows = claims.annotate(vector=vector).filter(
            vector=SearchQuery(word, config="simple", search_type="plain")
        )
        room = CANDIDATES - len(found)
        found |= dict.fromkeys(rows.order_by().values_list("pk", flat=True)[:room])
        if len(found) >= CANDIDATES:
            break
    return list(found)


def listed(desk: Desk, user: User, wanted: filters.Filter) -> QuerySet[Claim]:
    """The desk's claims that the filter fits, newest first, in one statement.

    Each with `article_pk` and `article_title` of the text in which it was marked last. A claim of
    which every mark was taken out stands nowhere, until one is put back in its article.
    """
    claims = filters.fitting(Claim.objects.visible_to(user).filter(desk=desk), wanted, user)
    return placed(claims).order_by("-pk")


def placed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those that are marked somewhere, with `article_pk` and `article_title` of the last place."""
    places = Mark.objects.filter(claim=OuterRef("pk")).order_by("-revision_id", "start")
    return claims.filter(Exists(places)).annotate(
        article_pk=Subquery(places.values("revision__article")[:1]),
        article_title=Subquery(places.values("revision__article__title")[:1]),
    )


def published_ratings(claims: Iterable[Claim], user: User) -> dict[int, Rating]:
    """What readers have of those of these claims that are published, by the claim's key.

    No verdict that readers lack: a list is no place to be shown others' work by the fifty.
    """
    public = [claim for claim in claims if claim.status == ClaimStatus.PUBLISHED]
    verdicts = Verdict.objects.visible_to(user).filter(pk__in=[row.verdict_id for row in public])
    return {row.claim_id: row.rating for row in verdicts.select_related("rating")}


def owed(claims: Iterable[Claim], user: User) -> dict[int, list[Assignment]]:
    """What is still owed of these claims, as far as the person may know, by the claim's key."""
    rows = Assignment.objects.visible_to(user).filter(claim__in=list(claims), status__in=OPEN)
    found: dict[int, list[Assignment]] = {}
    for row in rows.select_related("person").order_by("person__username", "pk"):
        found.setdefault(row.claim_id, []).append(row)
    return found
