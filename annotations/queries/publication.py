"""What readers get: editions, and the few facts about them that may change after publication."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from annotations.models import Claim, Edition, Mark
from annotations.vocabulary import ClaimStatus


def article_edition(desk: str, slug: str) -> Edition:
    """The newest edition of a published article. Raises Http404."""
    found = Edition.objects.public().filter(desk__slug=desk, article__slug=slug)
    newest = found.select_related("article").order_by("-number")[:1]
    return get_object_or_404(newest)


def claim_editions(desk: str, number: int) -> list[Edition]:
    """All editions of a published claim, newest first, with their corrections; may be empty."""
    found = Edition.objects.filter(desk__slug=desk, claim__number=number)
    return list(found.select_related("claim", "correction").order_by("-number"))


def claims_reviewed_now(edition: Edition) -> int:
    """How many claims of the article were opened again since: readers are told."""
    marks = Mark.objects.filter(revision__article=edition.article_id)
    open_again = Claim.objects.filter(pk__in=marks.values("claim"), editions__isnull=False)
    return open_again.exclude(status=ClaimStatus.PUBLISHED).distinct().count()


def is_reviewed_now(claim: Claim) -> bool:
    return claim.status != ClaimStatus.PUBLISHED


def latest(desk: str | None = None, words: str = "") -> QuerySet[Edition]:
    """The newest edition of each article, newest first; of one desk, or of all."""
    found = Edition.objects.public().latest_of_articles()
    newest = Edition.objects.filter(pk__in=found.values("pk")).order_by("-published_at", "-pk")
    if desk is not None:
        newest = newest.filter(desk__slug=desk)
    if words:
        newest = newest.filter(article__title__icontains=words)
    return newest


def tally(content: dict[str, Any]) -> list[dict[str, Any]]:
    """How many claims got which rating, in the order of the scale's numbers, best first."""
    counted: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in content["claims"]:
        if "verdict" in claim:
            rating = claim["verdict"]["rating"]
            tone, label, value = rating["tone"], rating["label"], rating["value"]
        else:
            tone, label, value = "aside", claim["set_aside"]["label"], None
        part = counted.setdefault(
            (tone, label),
            {"tone": tone, "label": label, "value": value, "count": 0, "first": claim["position"]},
        )
        part["count"] += 1
    return sorted(
        counted.values(),
        key=lambda part: (part["tone"] == "aside", part["value"] is None, -(part["value"] or 0)),
    )
