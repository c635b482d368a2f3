"""W3C Web Annotations: an article's edition as an AnnotationCollection, paged.

One annotation a mark. Bodies: the rating (classifying), the finding and the reasoning (assessing),
the claim's page and the sources (linking). The marked words are the target; positions count code
points of the revision's text. Knows no model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
PAGE = 100
"""Annotations on a page."""
CONTEXT_LENGTH = 32
"""Code points of prefix and suffix, as far as readers may see them."""


def items_of(
    content: dict[str, Any], text: str, *, base: str, cached: str, page_of: Callable[[Any], str]
) -> list[dict[str, Any]]:
    """The annotations of an article's edition, in reading order; set-aside claims have none.

    `text` is the revision's; `base` the address of the collection, from which identifiers are
    made; `cached` that of the edition as pinned; `page_of` gives the page of a claim.
    """
    claims = {claim["position"]: claim for claim in content["claims"] if "verdict" in claim}
    shown = _shown(content)
    return [
        _annotation(content, claims[mark["claim"]], mark, text, shown, base, cached, page_of)
        for mark in content["marks"]
        if mark["claim"] in claims
    ]


def collection(content: dict[str, Any], total: int, *, base: str) -> dict[str, Any]:
    """The AnnotationCollection, with its first page by address."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": base,
        "type": "AnnotationCollection",
        "label": content["article"]["title"],
        "creator": _creator(content),
        "created": content["at"],
        "total": total,
    }
    if total:
        found["first"] = f"{base}?page=1"
        found["last"] = f"{base}?page={(total + PAGE - 1) // PAGE}"
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


def _creator(content: dict[str, Any]) -> dict[str, Any]:
    desk = content["desk"]
    found = {"type": "Organization", "name": desk["organisation"]}
    return ({"id": desk["website"]} if desk["website"] else {}) | found


def _annotation(
    content: dict[str, Any],
    claim: dict[str, Any],
    mark: dict[str, Any],
    text: str,
    shown: list[tuple[int, int]],
    base: str,
    cached: str,
    page_of: Callable[[Any], str],
) -> dict[str, Any]:
    language = content["desk"].get("language") or ""
    verdict, about = claim["verdict"], content["article"]
    words = {"format": "text/plain"} | ({"language": language} if language else {})
    label = verdict["rating"]["label"]
    # Editions from before 2026-11-25 keep neither reasoning nor sources of an article's claims.
    reasons = [verdict["finding"], *filter(None, [verdict.get("justification")])]
    sources = [source["url"] for source in claim.get("sources", ()) if source["url"]]
    return {
        "id": f"{base}#char={mark['start']},{mark['end']}&claim={claim['number']}",
        "type": "Annotation",
        "motivation": ["assessing", "classifying"],
        "created": content["at"],
        "creator": _creator(content),
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": label, **words},
            *(
                {"type": "TextualBody", "purpose": "assessing", "value": value, **words}
                for value in reasons
            ),
            *(
                {"type": "SpecificResource", "purpose": "linking", "source": address}
                for address in dict.fromkeys([page_of(claim), *sources])
            ),
        ],
        "target": {
            "type": "SpecificResource",
            "source": about["url"] or cached,
            "selector": [
                _quote(text, mark, shown),
                {
                    "type": "TextPositionSelector",
                    "start": mark["start"],
                    "end": mark["end"],
                },
            ],
            "state": {"type": "TimeState", "sourceDate": content["at"], "cached": cached},
        },
    }


def _quote(text: str, mark: dict[str, Any], shown: list[tuple[int, int]]) -> dict[str, Any]:
    """The marked words, and those around them that the public text holds: never more."""
    start, end = mark["start"], mark["end"]
    found = {"type": "TextQuoteSelector", "exact": text[start:end]}
    left = max((one for one, other in shown if one <= start <= other), default=start)
    right = min((other for one, other in shown if one <= end <= other), default=end)
    if prefix := text[max(left, start - CONTEXT_LENGTH) : start]:
        found["prefix"] = prefix
    if suffix := text[end : min(right, end + CONTEXT_LENGTH)]:
        found["suffix"] = suffix
    return found


def _shown(content: dict[str, Any]) -> list[tuple[int, int]]:
    """The stretches of the revision's text that readers may see, sentence by sentence."""
    return [
        (sentence["start"], sentence["start"] + len(sentence["text"]))
        for paragraph in content["paragraphs"]
        for sentence in paragraph["sentences"]
    ]
