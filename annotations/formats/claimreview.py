"""ClaimReview: a claim's edition as schema.org has it. Knows editions' content, no model."""

from __future__ import annotations

from typing import Any

CONTEXT = "https://schema.org"

_ORGANISATIONS = ("organisation", "outlet")


def claim_review(
    content: dict[str, Any], *, url: str, first_published: str
) -> dict[str, Any] | None:
    """The ClaimReview of a claim's edition; None at a sample desk, which must have none.

    `url` is the claim's own page; `first_published` is an ISO 8601 date-time in UTC.
    """
    if content["desk"]["is_sample"]:
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
            "author": _known(
                {"@type": "Organization", "name": desk["organisation"], "url": desk["website"]}
            ),
            "reviewRating": _rating(content),
            "itemReviewed": _item(content),
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
    said = sorted(each["said_on"] for each in appearances if each["said_on"])
    return _known(
        {
            "@type": "Claim",
            "author": _claimant(content["claim"]["claimant"]),
            "datePublished": said[0] if said else "",
            "appearance": [
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
                for article in {
                    each["article"]["slug"]: each["article"] for each in appearances
                }.values()
                if article["url"]
            ],
        }
    )


def _claimant(claimant: dict[str, Any] | None) -> dict[str, Any]:
    if claimant is None:
        return {}
    kind = "Organization" if claimant["kind"] in _ORGANISATIONS else "Person"
    return _known({"@type": kind, "name": claimant["name"], "description": claimant["description"]})
