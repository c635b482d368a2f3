"""Where things are found: the workbench, and the address of each public page from its edition.

Also which of them change when an edition is made, so that a shared cache can be told.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from annotations.editions.content import AnyEdition, ArticleEdition, ClaimEdition, Tombstone
from annotations.formats.look import Look

logger = logging.getLogger(__name__)


def workbench(article: int, query: str = "", **shown: Any) -> str:
    """The workbench of an article (by its key), open at a claim, a sentence, a tab or a form.

    workbench(3, claim=7, tab="history"); `query` is the filter that the person came with.
    """
    asked = {name: value for name, value in shown.items() if value not in (None, "")}
    if query:
        asked["q"] = query
    page = reverse("workbench", args=[article])
    if not shown:
        return f"{page}?{urlencode(asked)}" if asked else page
    return f"{page}?{urlencode(asked)}#panel"


def of_article(edition: ArticleEdition | Tombstone, name: str = "public_article") -> str:
    """The page of an article's edition, or another of its outputs by its URL name."""
    assert edition.article is not None
    return reverse(name, args=[edition.desk.slug, edition.article.slug])


def of_claim(edition: ClaimEdition | Tombstone, name: str = "public_claim") -> str:
    """The page of a claim's edition, or another of its outputs by its URL name."""
    claim = edition.claim
    assert claim is not None
    return reverse(name, args=[edition.desk.slug, claim.number, claim.slug])


def of_edition(edition: AnyEdition) -> str:
    """The page of the edition, or of what was taken back."""
    if isinstance(edition, ClaimEdition) or (isinstance(edition, Tombstone) and edition.claim):
        return of_claim(edition)
    return of_article(edition)


def of_listed(desk: str, number: int | None, slug: str) -> str:
    """The page of a row of the lists: a claim's if it has a number, else an article's."""
    if number is None:
        return reverse("public_article", args=[desk, slug])
    return reverse("public_claim", args=[desk, number, slug])


def of_claimant(desk: str, name: str, page: str = "public_claimants") -> str:
    """What a desk checked of one claimant. The name stands in the query: it may hold any sign."""
    return f"{reverse(page, args=[desk])}?{urlencode({'name': name})}"


def of_addressee(shown: str) -> str:
    """The whole address where an addressee answers; `shown` is the pass that it holds."""
    return f"{settings.SITE_URL}{reverse('guest_reply', args=[shown])}"


def of_logo(look: Look | None) -> str:
    """Where a desk's logo is served; empty if it has none."""
    if look is None or not look.logo:
        return ""
    return reverse("look_picture", args=[look.slug, "logo", look.named["logo"]])


ARTICLE_OUTPUTS = (
    "public_article",
    "public_article_json",
    "public_versions",
    "web_annotations",
    "article_card",
    "embed_article",
)
CLAIM_OUTPUTS = (
    "public_claim",
    "public_claim_json",
    "claim_card",
    "embed_claim",
)
SITE_OUTPUTS = (
    "public_index",
    "public_search",
    "public_corrections",
    "checks_feed",
    "corrections_feed",
    "claim_reviews",
    "checks_lines",
    "sitemap",
)
DESK_OUTPUTS = (
    "public_desk",
    "public_claimants",
    "public_desk_corrections",
    "desk_checks_feed",
    "desk_checks_lines",
    "desk_corrections_feed",
    "claimant_feed",
)


def to_purge(edition: AnyEdition) -> list[str]:
    """The addresses whose content changes when this edition is published.

    `?lang=` and page numbers are left out: a purge is by path and takes every query with it.
    """
    desk = edition.desk.slug
    if isinstance(edition, ClaimEdition) or (isinstance(edition, Tombstone) and edition.claim):
        own = [of_claim(edition, name) for name in CLAIM_OUTPUTS]
    else:
        own = [of_article(edition, name) for name in ARTICLE_OUTPUTS]
    if isinstance(edition, ClaimEdition):
        own += [
            reverse(name, args=[desk, slug])
            for slug in sorted(work.slug for work in edition.works)
            for name in ("public_article", "embed_article")
        ]
    shared = [reverse(name) for name in SITE_OUTPUTS]
    shared += [reverse(name, args=[desk]) for name in DESK_OUTPUTS]
    return list(dict.fromkeys(own + shared))


def purge(edition: AnyEdition) -> None:
    """Tell the hook of the settings, if there is one, and the log. Never raises: what is
    published is published, whether a cache hears of it or not."""
    _purge(to_purge(edition))


def purge_claimants(desk: str) -> None:
    """The same, of what groups a desk's claims by who makes them: two names are one, or are not."""
    own = [reverse(name, args=[desk]) for name in ("public_claimants", "claimant_feed")]
    _purge([reverse("public_search"), *own])


def _purge(addresses: list[str]) -> None:
    logger.info("Purge %s", " ".join(addresses))
    if not settings.PURGE_HOOK:
        return
    try:
        import_string(settings.PURGE_HOOK)(addresses)
    except Exception:
        logger.exception("The purge hook failed; caches may keep what was corrected")
