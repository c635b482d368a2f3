"""What the tests of the public pages share: addresses, and tombstones as the moves leave them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.urls import reverse

from annotations.models import Article, Claim, Edition, User
from annotations.urls import public


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


def public_addresses(article: Article, claim: Claim) -> list[str]:
    """Every address of the public pages that can hold words of the article or of the claim."""
    claim.refresh_from_db()
    desk = article.desk.slug
    newest = Edition.objects.filter(claim=claim).latest("pk")
    found = []
    for pattern in public.urlpatterns:
        known = {
            "desk": desk,
            "key": newest.uuid,
            "kind": "methodology",
            "digest": "0123456789abcdef",
            "number": claim.number,
            "slug": claim.slug,
        }
        wanted = set(pattern.pattern.converters)
        if "slug" in wanted and "number" not in wanted:
            known["slug"] = article.slug
        if pattern.name == "public_edition":
            known |= {"slug": article.slug, "number": 1}
        if pattern.name not in NOT_READ:
            found.append(reverse(pattern.name, kwargs={name: known[name] for name in wanted}))
    page = article_page(article)
    found += [f"{page}annotations.jsonld?page=1", f"{page}?lang=fr", f"{page}?lang=ar"]
    found += [f"{claim_page(claim)}?lang=fr", f"{claim_page(claim)}?lang=ar"]
    found += [f"/search/?q={quote(words)}" for words in ("ferry", "sailing", "mayor", "it")]
    found += [f"/report/{desk}/?claim={claim.number}", f"/report/{desk}/?article={article.slug}"]
    if claim.claimant:
        name = quote(claim.claimant.name)
        found += [f"/claimants/{desk}/?name={name}", f"/feeds/{desk}/claimant.atom?name={name}"]
    return found


NOT_READ = ("healthz", "readyz", "metrics", "guest_reply")
