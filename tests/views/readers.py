"""What the tests of the public pages share: addresses, and tombstones as the moves leave them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from annotations.models import Article, Claim, Edition, User


def article_page(article: Article) -> str:
    return reverse("public_article", args=[article.desk.slug, article.slug])


def claim_page(claim: Claim, name: str = "public_claim") -> str:
    claim.refresh_from_db()
    return reverse(name, args=[claim.desk.slug, claim.number, claim.slug])


def bury(of: Article | Claim, kind: str, why: str, actor: User) -> Edition:
    """The next edition of a published article or claim, which is a tombstone."""
    last = of.editions.latest("number")
    stone = {"kind": kind, "why": why, "at": "2026-11-25T10:00:00Z"}
    content: dict[str, Any] = last.content | {"number": last.number + 1, "tombstone": stone}
    edition = Edition.objects.create(
        desk=last.desk,
        article=last.article,
        claim=last.claim,
        number=last.number + 1,
        revision=last.revision,
        verdict=last.verdict,
        content=content,
        published_by=actor,
    )
    of.edition = None
    of.save(update_fields=["edition"])
    return edition
