"""What claims stand on, as readers see it: each document once, with every use made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.editions.content import Citation, ClaimInArticle, Source
from annotations.formats.cited import shown
from annotations.vocabulary import Stance

from .dates import where_from


def of_citations(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The documents in the order in which they are cited, each with its uses."""
    cited = list(citations)
    found: dict[Citation, dict[str, Any]] = {}
    for number, (citation, of) in enumerate(zip(cited, shown(cited), strict=True), 1):
        entry = found.setdefault(of, _named(of) | {"uses": []})
        entry["uses"].append(_use(citation) | {"number": number})
    for entry in found.values():
        stances = {use["stance"]: use["stance_label"] for use in entry["uses"]}
        entry["stances"] = list(stances.items())
    return list(found.values())


def of_claims(claims: Iterable[ClaimInArticle]) -> list[dict[str, Any]]:
    """The documents in the order of the claims, each with the numbers of those that cite it."""
    cited = [(claim.position, source) for claim in claims for source in claim.sources or ()]
    found: dict[Source, dict[str, Any]] = {}
    documents = shown([source for _position, source in cited])
    for (position, _source), of in zip(cited, documents, strict=True):
        entry = found.setdefault(of, _named(of) | {"claims": []})
        if position not in entry["claims"]:
            entry["claims"].append(position)
    return list(found.values())


def count_of(claim: ClaimInArticle) -> int:
    """How many documents a claim cites; citations, where it was not kept of which."""
    return claim.citations if claim.sources is None else len(set(shown(claim.sources)))


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
