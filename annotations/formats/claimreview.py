"""ClaimReview: a claim's edition as schema.org has it. Knows what an edition holds, no model."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotations.editions.content import (
    AnyEdition,
    Claimant,
    ClaimEdition,
    Desk,
    Source,
    Work,
    iso,
)
from annotations.formats.cited import shown
from annotations.formats.markup import line_in_words, plain
from annotations.text.archives import Copies
from annotations.text.dates import for_machines, is_day

CONTEXT = "https://schema.org"
MEDIA_TYPE = "application/ld+json"

LONG_WORDING = 75
"""Characters of `claimReviewed` past which those who take it over may cut it; we never do."""

LEAST = 1
"""The least that a rating may be: consumers of the format refuse scales that begin lower."""

_ORGANISATIONS = ("organisation", "outlet")

# In JSON inside HTML these could end the script or start a comment.
_UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def encoded(data: Mapping[str, Any]) -> str:
    """The data as JSON, in a page as in a feed. Holds no `<`: no text in it can end a script."""
    return json.dumps(data, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)


def claim_review(
    edition: AnyEdition, *, url: str, first_published: dt.datetime, logo: str = ""
) -> dict[str, Any] | None:
    """The ClaimReview of a claim's edition; None at a sample desk, which must have none.

    `url` is the claim's own page; `first_published` is when its first edition came out; `logo` is
    the address of the one that the desk shows, which stands where the edition names no other. What
    left a tombstone has no ClaimReview either.
    """
    if not isinstance(edition, ClaimEdition) or edition.desk.is_sample:
        return None
    return review_of(edition, url=url, first_published=first_published, logo=logo)


def review_of(
    edition: ClaimEdition, *, url: str, first_published: dt.datetime, logo: str = ""
) -> dict[str, Any]:
    """As `claim_review`, of samples too: whoever hands it on says that it is one."""
    copies = copies_in(edition)
    return known(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": url,
            "name": f"{edition.verdict.rating.label}: {edition.claim.claim_reviewed}",
            "claimReviewed": edition.claim.claim_reviewed,
            "inLanguage": edition.desk.language,
            "datePublished": iso(first_published),
            "dateModified": iso(edition.at),
            "author": author(edition.desk, edition.desk.logo or logo),
            "reviewRating": _rating(edition),
            "reviewBody": plain(edition.verdict.justification),
            "itemReviewed": _item(edition, copies),
            "isBasedOn": [_source(each, copies) for each in _once(edition.citations, copies)],
            "sdLicense": edition.desk.data_licence,
        }
    )


def data_feed(
    reviews: list[tuple[dict[str, Any], str]], *, url: str, name: str, modified: str
) -> dict[str, Any]:
    """A DataFeed of ClaimReviews, each with when it was changed last (ISO 8601).

    `item` is a list, as the readers of such feeds expect it.
    """
    return known(
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
                "item": [{name: value for name, value in review.items() if name != "@context"}],
            }
            for review, changed in reviews
        ],
    }


def copies_in(edition: ClaimEdition) -> Copies:
    """The archived copies that the edition names: cited, or given as where an article is, or
    named by a public archive that was asked for one."""
    works, cited = edition.works, edition.citations
    named = [*(work.url for work in works), *(source.url for source in cited)]
    return Copies([*named, *(source.archived_at for source in cited)])


def author(desk: Desk, logo: str) -> dict[str, Any]:
    """The organisation, with the address of its logo if it has one."""
    return known(
        {
            "@type": "Organization",
            "name": desk.organisation,
            "url": desk.website,
            "logo": {"@type": "ImageObject", "url": logo} if logo else None,
        }
    )


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """What is not empty of the fields."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _rating(edition: ClaimEdition) -> dict[str, Any]:
    """The label always; numbers only where the rating has one and the scale a best and a worst."""
    rating = edition.verdict.rating
    fields = {
        "@type": "Rating",
        "alternateName": rating.label,
        "ratingExplanation": line_in_words(edition.verdict.finding),
    }
    values = [each.value for each in edition.scale if each.value is not None]
    if rating.value is None or len(set(values)) < 2:
        return fields
    # A rating of an older version of the scale may lie outside the one of today.
    values.append(rating.value)
    raised = max(0, LEAST - min(values))
    return fields | {
        "ratingValue": rating.value + raised,
        "bestRating": max(values) + raised,
        "worstRating": min(values) + raised,
    }


def _item(edition: ClaimEdition, copies: Copies) -> dict[str, Any]:
    works = edition.works
    return known(
        {
            "@type": "Claim",
            "author": _claimant(edition.claim.claimant),
            "isBasedOn": _passed_on(edition.claim.reports),
            "datePublished": for_machines(edition.said_on),
            "appearance": [_work(work, copies) for work in works if work.url],
            "firstAppearance": _first(works, copies),
        }
    )


def _work(work: Work, copies: Copies) -> dict[str, Any]:
    place = copies.place(work.url)
    return known(
        {
            "@type": "CreativeWork",
            "url": place.url,
            "archivedAt": place.archived_at,
            "headline": work.title,
            "inLanguage": work.language,
            "datePublished": for_machines(work.published_on),
            "publisher": {"@type": "Organization", "name": work.outlet} if work.outlet else None,
        }
    )


def _first(works: list[Work], copies: Copies) -> dict[str, Any] | None:
    """The work that the page names first, where it is certain: every one is dated to the day."""
    if not works or not works[0].url or not all(is_day(work.published_on) for work in works):
        return None
    return _work(works[0], copies)


def _once(citations: Sequence[Source], copies: Copies) -> list[Source]:
    """Each source once, though several of its passages are cited, in the order of the page."""
    once = {copies.place(each.url).url or each.title: each for each in shown(citations)}
    return list(once.values())


def _source(source: Source, copies: Copies) -> dict[str, Any]:
    publisher, place = source.publisher, copies.place(source.url)
    return known(
        {
            "@type": "CreativeWork",
            "url": place.url,
            "archivedAt": place.archived_at,
            "name": source.title,
            "datePublished": for_machines(source.published_on),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        }
    )


def _passed_on(reports: Claimant | None) -> dict[str, Any]:
    """What the claimant passes on: a claim of somebody else's. It is none of ours to rate here."""
    return {"@type": "Claim", "author": _claimant(reports)} if reports else {}


def _claimant(claimant: Claimant | None) -> dict[str, Any]:
    if claimant is None:
        return {}
    kind = "Organization" if claimant.kind in _ORGANISATIONS else "Person"
    return known({"@type": kind, "name": claimant.name, "description": claimant.description})
