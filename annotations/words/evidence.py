"""What claims stand on, as readers see it: each document once, with every use made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.editions.content import Citation, ClaimInArticle, Source
from annotations.text.documents import document_of
from annotations.vocabulary import Stance

from .dates import where_from


def of_citations(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The documents in the order in which they are cited, each with its uses."""
    found: dict[str, dict[str, Any]] = {}
    for number, citation in enumerate(citations, 1):
        entry = found.setdefault(_document(citation), _named(citation) | {"uses": []})
        entry["uses"].append(_use(citation) | {"number": number})
    for entry in found.values():
        stances = {use["stance"]: use["stance_label"] for use in entry["uses"]}
        entry["stances"] = list(stances.items())
    return list(found.values())


def of_claims(claims: Iterable[ClaimInArticle]) -> list[dict[str, Any]]:
    """The documents in the order of the claims, each with the numbers of those that cite it."""
    found: dict[str, dict[str, Any]] = {}
    for claim in claims:
        for source in claim.sources or ():
            entry = found.setdefault(_document(source), _named(source) | {"claims": []})
            if claim.position not in entry["claims"]:
                entry["claims"].append(claim.position)
    return list(found.values())


def _document(source: Source) -> str:
    """What is one document: the same address in any spelling, else the same description."""
    described = f"{source.title} ({source.publisher}, {source.published_on})"
    return document_of(source.url, described)


def _named(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "meta": where_from(source),
        "is_confidential": source.is_confidential,
    }


def _use(citation: Citation) -> dict[str, Any]:
    copy = citation.saved_copy
    return {
        "stance": citation.stance,
        "stance_label": Stance(citation.stance).label,
        "passage": citation.passage,
        "locator": citation.locator,
        "note": citation.note,
        "saved_on": copy.at.date() if copy else None,
        "saved_hash": copy.sha256 if copy else "",
    }
