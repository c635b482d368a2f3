"""ClaimReview: a claim's edition as schema.org has it. Knows editions' content, no model."""

from __future__ import annotations

from typing import Any

CONTEXT = "https://schema.org"

LONG_WORDING = 75
"""Characters of `claimReviewed` past which those who take it over may cut it; we never do."""

_ORGANISATIONS = ("organisation", "outlet")


def claim_review(
    content: dict[str, Any], *, url: str, first_published: str
) -> dict[str, Any] | None:
    """The ClaimReview of a claim's edition; None at a sample desk, which must have none.

    `url` is the claim's own page; `first_published` is an ISO 8601 date-time in UTC. What left a
    tombstone has none either.
    """
    if content["desk"]["is_sample"] or "tombstone" in content:
        return None
    claim, desk = content["claim"], content["desk"]
    return _known(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": url,
            "claimReviewed": claim["claim_reviewed"],
            "datePublished": first_published,
            "dateModified": content["at"],
            "author": _author(desk),
            "reviewRating": _rating(content),
            "itemReviewed": _item(content),
            "sdLicense": desk.get("data_licence", ""),
        }
    )


def data_feed(
    reviews: list[tuple[dict[str, Any], str]], *, url: str, name: str, modified: str
) -> dict[str, Any]:
    """A DataFeed of ClaimReviews, each with when it was changed last (ISO 8601)."""
    return _known(
        {
            "@context": CONTEXT,
            "@type": "DataFeed",
            "url": url,
            "name": name,
            "dateModified": modified,
        }
    ) | {
        "dataFeedElement": [
            {
                "@type": "DataFeedItem",
                "dateModified": changed,
                "item": {name: value for name, value in review.items() if name != "@context"},
            }
            for review, changed in reviews
        ],
    }


def _author(desk: dict[str, Any]) -> dict[str, Any]:
    """The organisation. Editions made before desks had a logo have none."""
    logo = desk.get("logo", "")
    return _known(
        {
            "@type": "Organization",
            "name": desk["organisation"],
            "url": desk["website"],
            "logo": {"@type": "ImageObject", "url": logo} if logo else None,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _rating(content: dict[str, Any]) -> dict[str, Any]:
    """The label always; numbers only where the rating has one and the scale a best and a worst."""
    rating = content["verdict"]["rating"]
    fields = {
        "@type": "Rating",
        "alternateName": rating["label"],
        "ratingExplanation": content["verdict"]["finding"],
    }
    values = [each["value"] for each in content["scale"] if each["value"] is not None]
    if rating["value"] is None or len(set(values)) < 2:
        return fields
    return fields | {
        "ratingValue": rating["value"],
        "bestRating": max(values),
        "worstRating": min(values),
    }


def _item(content: dict[str, Any]) -> dict[str, Any]:
    appearances = content["appearances"]
    works = _works(appearances)
    said = sorted(each["said_on"] for each in appearances if each["said_on"])
    return _known(
        {
            "@type": "Claim",
            "author": _claimant(content["claim"]["claimant"]),
            "datePublished": said[0] if said else "",
            "appearance": works,
            "firstAppearance": _first(works),
        }
    )


def _works(appearances: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles that make the claim and have an address, each once."""
    articles = {each["article"]["slug"]: each["article"] for each in appearances}
    return [
        _known(
            {
                "@type": "CreativeWork",
                "url": article["url"],
                "headline": article["title"],
                "datePublished": article["published_on"],
                "publisher": _known({"@type": "Organization", "name": article["outlet"]})
                if article["outlet"]
                else None,
            }
        )
        for article in articles.values()
        if article["url"]
    ]


def _first(works: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The earliest of the works, where every one of them is dated to the day."""
    dates = [work.get("datePublished", "") for work in works]
    if not works or any(len(date) != 10 for date in dates):
        return None
    return min(works, key=lambda work: work["datePublished"])


def _claimant(claimant: dict[str, Any] | None) -> dict[str, Any]:
    if claimant is None:
        return {}
    kind = "Organization" if claimant["kind"] in _ORGANISATIONS else "Person"
    return _known({"@type": kind, "name": claimant["name"], "description": claimant["description"]})
