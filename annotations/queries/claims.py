"""A desk's claims: looked for by what they say, and listed with where they are made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity
from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from annotations.models import OPEN, Assignment, Claim, Desk, Mark, Rating, User, Verdict
from annotations.vocabulary import IN_WORK, ClaimStatus

from . import filters
from .asked import owed_of
from .orders import Sort, with_nameless_last

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
    """The desk's claims that match the filter, newest first, in one statement.

    Each has the `article_pk` and `article_title` of the text it was last marked in. A claim with
    no mark left is not listed until one is put back.
    """
    claims = filters.fitting(Claim.objects.visible_to(user).filter(desk=desk), wanted, user)
    return placed(claims).order_by("-pk")


def placed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with a mark, each with `article_pk` and `article_title` of its latest one."""
    places = Mark.objects.filter(claim=OuterRef("pk")).order_by("-revision_id", "start")
    return claims.filter(Exists(places)).annotate(
        article_pk=Subquery(places.values("revision__article")[:1]),
        article_title=Subquery(places.values("revision__article__title")[:1]),
    )


def _in_work(rows: QuerySet[Claim], _user: User) -> QuerySet[Claim]:
    return rows.filter(status__in=IN_WORK)


def _due(rows: QuerySet[Claim], user: User) -> QuerySet[Claim]:
    """By the first day of what is still owed, as far as the person may know of it."""
    owed = Assignment.objects.visible_to(user).filter(
        claim=OuterRef("pk"), status__in=OPEN, due_at__isnull=False
    )
    first = Subquery(owed.order_by("due_at").values("due_at")[:1])
    return _in_work(rows, user).annotate(due_at=first).filter(due_at__isnull=False)


def _by_claimant(rows: QuerySet[Claim], user: User) -> QuerySet[Claim]:
    name = Coalesce("claimant__name", Value(""))
    return with_nameless_last(_in_work(rows, user), "claimant_name", name)


def _by_stage(rows: QuerySet[Claim], user: User) -> QuerySet[Claim]:
    steps = [When(status=status, then=step) for step, status in enumerate(IN_WORK)]
    return _in_work(rows, user).annotate(step=Case(*steps, output_field=IntegerField()))


SORTS: dict[str, Sort[Claim]] = {
    "": Sort(("pk",), ascends=False, of=lambda rows, _user: rows),
    "due": Sort(("due_at", "pk"), ascends=True, of=_due),
    "age": Sort(("pk",), ascends=True, of=_in_work),
    "stage": Sort(("step", "pk"), ascends=True, of=_by_stage),
    "claimant": Sort(("is_nameless", "claimant_name", "pk"), ascends=True, of=_by_claimant),
}
"""By their name in the address. By verdict there is none: of what is in work, none is shown."""


def published_ratings(claims: Iterable[Claim], user: User) -> dict[int, Rating]:
    """What readers have of those of these claims that are published, by the claim's key.

    No verdict that readers lack: a list is no place to be shown others' work by the fifty.
    """
    public = [claim for claim in claims if claim.status == ClaimStatus.PUBLISHED]
    standing = [claim.verdict_id for claim in public if claim.verdict_id]
    return {row.claim_id: row.rating for row in Verdict.objects.rated_shown_to(user, standing)}


def owed(claims: Iterable[Claim], user: User) -> dict[int, list[Assignment]]:
    """What is still owed of these claims, as far as the person may know, by the claim's key."""
    found: dict[int, list[Assignment]] = {}
    for row in owed_of((claim.pk for claim in claims), user):
        found.setdefault(row.claim_id, []).append(row)
    return found
