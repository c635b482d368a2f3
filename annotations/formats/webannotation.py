"""W3C Web Annotations: an article's edition as an AnnotationCollection, paged.

One annotation a mark. Bodies: the rating (classifying), the finding and the reasoning (assessing),
the claim's page and the sources (linking). The marked words are the target; positions count code
points of the revision's text. Knows no model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotations.editions.content import ArticleEdition, ClaimInArticle, Mark, iso
from annotations.formats.cited import shown
from annotations.formats.markup import line_in_words, plain

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
LINKS = (
    '<http://www.w3.org/ns/ldp#Resource>; rel="type", '
    '<http://www.w3.org/ns/oa#Annotation>; rel="type"'
)
"""What the protocol asks an annotation's own address to say of itself, as a `Link` header."""
PAGE = 100
"""Annotations on a page."""
CONTEXT_LENGTH = 32
"""Code points of prefix and suffix, as far as readers may see them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edition's annotations stand.

    `base` is the address of the collection, from which identifiers are made; `site` that of the
    start page, and `desk` of the desk's own; `cached` that of the edition as pinned, and `read_at`
    when the text that it shows was taken; `created` when the article's first edition came out;
    `page_of` gives the page of a claim, `since` when it was first published, if that is known.
    """

    base: str
    site: str
    desk: str
    cached: str
    read_at: dt.datetime
    created: dt.datetime
    page_of: Callable[[ClaimInArticle], str]
    since: Callable[[ClaimInArticle], dt.datetime | None]


def items_of(edition: ArticleEdition, text: str, place: Place) -> list[dict[str, Any]]:
    """The annotations of an article's edition, in reading order; set-aside claims have none.

    `text` is the revision's.
    """
    claims = {claim.position: claim for claim in edition.claims if claim.verdict}
    shown = _shown(edition, text)
    return [
        _annotation(edition, claims[mark.claim], mark, _quote(text, mark, shown), place)
        for mark in edition.marks
        if mark.claim in claims
    ]


def one(items: list[dict[str, Any]], address: str) -> dict[str, Any] | None:
    """The annotation of this identifier, as a document of its own; None where there is none."""
    found = next((item for item in items if item["id"] == address), None)
    return {"@context": CONTEXT} | found if found else None


def collection(edition: ArticleEdition, total: int, place: Place) -> dict[str, Any]:
    """The AnnotationCollection, with its first page by address."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": place.base,
        "type": "AnnotationCollection",
        "label": edition.article.title,
        **_origin(edition, place),
        "created": iso(place.created),
        "modified": iso(edition.at),
        "total": total,
    }
    if total:
        found["first"] = f"{place.base}?page=1"
        found["last"] = f"{place.base}?page={(total + PAGE - 1) // PAGE}"
    return found


def page(items: list[dict[str, Any]], number: int, *, base: str) -> dict[str, Any] | None:
    """The AnnotationPage of this number, counted from 1; None where there is none."""
    start = (number - 1) * PAGE
    if not 0 <= start < len(items):
        return None
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{base}?page={number}",
        "type": "AnnotationPage",
        "partOf": {"id": base, "type": "AnnotationCollection", "total": len(items)},
        "startIndex": start,
        "items": items[start : start + PAGE],
    }
    if number > 1:
        found["prev"] = f"{base}?page={number - 1}"
    if start + PAGE < len(items):
        found["next"] = f"{base}?page={number + 1}"
    return found


def _origin(edition: ArticleEdition, place: Place) -> dict[str, Any]:
    """Who says so, by which software, and under which licence, where the desk names one."""
    desk = edition.desk
    found: dict[str, Any] = {
        "creator": {
            "id": desk.website or place.desk,
            "type": "Organization",
            "name": desk.organisation,
            "nickname": desk.slug,
        },
        "generator": {"id": place.site, "type": "Software", "name": "Factcheck"},
    }
    return found | ({"rights": desk.data_licence} if desk.data_licence else {})


def _annotation(
    edition: ArticleEdition,
    claim: ClaimInArticle,
    mark: Mark,
    quote: dict[str, Any],
    place: Place,
) -> dict[str, Any]:
    verdict = claim.verdict
    assert verdict is not None
    origin = _origin(edition, place)
    since = {
        "created": iso(place.since(claim) or place.created),
        "modified": iso(edition.at),
    }
    made = {"creator": origin["creator"]["id"]} | since
    ours = _in(edition.desk.language)
    words = {"type": "TextualBody", "format": "text/plain", **ours, **made}
    reasons = [line_in_words(verdict.finding), *filter(None, [plain(verdict.justification)])]
    link = {"type": "SpecificResource", "purpose": "linking"}
    page = place.page_of(claim)
    sources = [each.url for each in shown(claim.sources or ()) if each.url and each.url != page]
    return {
        "id": f"{place.base}?mark={claim.number}-{mark.start}-{mark.end}",
        "type": "Annotation",
        "motivation": ["assessing", "classifying"],
        **origin,
        **since,
        "body": [
            words | {"purpose": "classifying", "value": verdict.rating.label},
            *(words | {"purpose": "assessing", "value": value} for value in reasons),
            link | {"source": page, "format": "text/html", **ours, **made},
            *(link | {"source": address} for address in dict.fromkeys(sources)),
        ],
        "target": {
            "type": "SpecificResource",
            "source": edition.article.url or place.cached,
            # What another's address answers with, nobody here knows.
            **({} if edition.article.url else {"format": "text/html"}),
            **_in(edition.article.language),
            "selector": [
                quote,
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
            ],
            "state": {
                "type": "TimeState",
                "sourceDate": iso(place.read_at),
                "cached": place.cached,
            },
        },
    }


def _in(language: str) -> dict[str, str]:
    return {"language": language} if language else {}


def _quote(text: str, mark: Mark, shown: list[tuple[int, int]]) -> dict[str, Any]:
    """The marked words, and those around them that the public text holds: never more."""
    start, end = mark.start, mark.end
    found = {"type": "TextQuoteSelector", "exact": text[start:end]}
    left = max((one for one, other in shown if one <= start <= other), default=start)
    right = min((other for one, other in shown if one <= end <= other), default=end)
    if prefix := text[max(left, start - CONTEXT_LENGTH) : start]:
        found["prefix"] = prefix
    if suffix := text[end : min(right, end + CONTEXT_LENGTH)]:
        found["suffix"] = suffix
    return found


def _shown(edition: ArticleEdition, text: str) -> list[tuple[int, int]]:
    """The stretches of the revision's text that readers may see.

    Sentences with nothing but space between them are one stretch.
    """
    stretches: list[tuple[int, int]] = []
    for paragraph in edition.paragraphs:
        for sentence in paragraph.sentences:
            start, end = sentence.start, sentence.start + len(sentence.text)
            if stretches and not text[stretches[-1][1] : start].strip():
                start = stretches.pop()[0]
            stretches.append((start, end))
    return stretches
