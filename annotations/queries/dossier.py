"""What readers have of an article, whole: its newest edition, and the newest of each of its claims.

Editions alone are read, so that nothing that is at work can show through.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from annotations.editions.reading import read_article
from annotations.models import Article, Edition

from .publication import article_states


@dataclass(frozen=True, slots=True)
class Published:
    """The editions of an article, and of the claims that its newest one shows."""

    article: Edition
    claims: dict[str, Edition]
    """The newest of each claim, a tombstone perhaps, by the claim's UUID."""
    record: list[Edition]
    """All that came out, oldest first, without what they hold; `is_stone` marks tombstones."""
    reviewed: int
    """How many of the claims are being looked at again, which readers are told."""


def published(article: Article) -> Published | None:
    """What readers have of the article; None where nothing stands, or it was withdrawn."""
    row = Edition.objects.standing().filter(article=article).select_related("desk").first()
    if row is None:
        return None
    keys = [claim.uuid for claim in read_article(row.content).claims]
    newest = _of_claims(keys).order_by("claim_id", "-number").distinct("claim_id")
    return Published(
        article=row,
        claims={str(each.claim.uuid): each for each in newest if each.claim},
        record=list(_record(article, keys)),
        reviewed=article_states(row.desk.slug, article.slug).reviewed,
    )


def _of_claims(keys: list[str]) -> QuerySet[Edition]:
    return Edition.objects.filter(claim__uuid__in=keys).select_related("claim")


def _record(article: Article, keys: list[str]) -> QuerySet[Edition]:
    # Two lists, each by an index of its own: in one condition, all editions would be read.
    of_claims = Edition.objects.filter(claim__uuid__in=keys).order_by().values("pk")
    own = Edition.objects.filter(article=article).order_by().values("pk")
    rows = Edition.objects.filter(pk__in=own.union(of_claims))
    rows = rows.select_related("claim", "correction")
    rows = rows.annotate(is_stone=Q(content__has_key="tombstone"))
    return rows.defer("content").order_by("published_at", "pk")
