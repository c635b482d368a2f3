"""Editions made of a few words, whole enough to be read: what a test does not name is empty."""

from __future__ import annotations

from typing import Any

from annotations.editions import content, reading

AT = "2026-11-24T10:00:00Z"
DESK = {
    "name": "Desk",
    "slug": "desk",
    "organisation": "The Post",
    "website": "https://post.example/",
    "is_sample": False,
    "language": "",
    "logo": "",
    "data_licence": "",
}
RATING = {"slug": "", "label": "", "tone": "", "value": None, "definition": ""}
VERDICT = {
    "number": 1,
    "rating": RATING,
    "finding": "",
    "justification": "",
    "evidence_as_of": None,
}
WORDING = {
    "uuid": "",
    "number": 1,
    "slug": "so",
    "language": "en",
    "claim_reviewed": "",
    "interpretation": "",
    "type": "",
    "claimant": None,
    "reports": None,
}
WORK = {
    "title": "",
    "slug": "",
    "outlet": "",
    "topic": "",
    "url": "",
    "published_on": "",
    "language": "en",
}
ABOUT = WORK | {
    "uuid": "",
    "byline": "",
    "why_selected": "",
    "public_text": "full",
    "permission": "",
}
SOURCE = {"title": "", "publisher": "", "url": "", "published_on": ""}
CITATION = SOURCE | {
    "is_primary": False,
    "stance": "context",
    "passage": "",
    "locator": "",
    "note": "",
    "saved_copy": None,
}
HOW = {
    "claims": 1,
    "annotations": 2,
    "blind_annotations": 2,
    "agreed": 1,
    "adopted_by_policy": 0,
    "left_out": [],
    "evidence_as_of": None,
    "people_shown": "names",
    "checked": [],
    "decided": [],
    "approved": [],
}


def verdict_of(parts: dict[str, Any]) -> dict[str, Any]:
    return VERDICT | parts | {"rating": RATING | parts.get("rating", {})}


def claim_edition(**parts: Any) -> content.ClaimEdition:
    """A claim's edition; of what it holds each may be a sketch."""
    row = {"format": 2, "number": 1, "at": AT, "replies": [], "how": HOW} | parts
    return reading.read_claim(
        row
        | {
            "desk": DESK | parts.get("desk", {}),
            "claim": WORDING | parts.get("claim", {}),
            "verdict": verdict_of(parts.get("verdict", {})),
            "scale": [RATING | each for each in parts.get("scale", ())],
            "citations": [CITATION | each for each in parts.get("citations", ())],
            "appearances": [
                {"exact": "", "said_on": "", "locator": ""}
                | each
                | {"article": WORK | each["article"]}
                for each in parts.get("appearances", ())
            ],
        }
    )


def article_edition(**parts: Any) -> content.ArticleEdition:
    """An article's edition; `article`, `claims`, `paragraphs` and `desk` may be sketches."""
    row = {
        "format": 2,
        "number": 1,
        "at": AT,
        "revision": {"number": 1, "sha256": ""},
        "marks": [],
        "how": HOW,
        "corrections": [],
    } | parts
    return reading.read_article(
        row
        | {
            "desk": DESK | parts.get("desk", {}),
            "article": ABOUT | parts.get("article", {}),
            "paragraphs": [_paragraph(each) for each in parts.get("paragraphs", ())],
            "claims": [_claim(each) for each in parts.get("claims", ())],
        }
    )


def _paragraph(parts: dict[str, Any]) -> dict[str, Any]:
    sentences = [{"number": 1, "gap": False} | each for each in parts["sentences"]]
    return {"kind": "body"} | parts | {"sentences": sentences}


def _claim(parts: dict[str, Any]) -> dict[str, Any]:
    row = WORDING | parts
    if "verdict" in parts:
        row["verdict"] = verdict_of(parts["verdict"])
    if "sources" in parts:
        row["sources"] = [SOURCE | each for each in parts["sources"]]
    if "set_aside" in parts:
        row["set_aside"] = {"note": ""} | parts["set_aside"]
    return row
