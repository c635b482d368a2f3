"""The claims that a document says it makes are marked by the move that marks any."""

from __future__ import annotations

from collections.abc import Iterable

from annotations import workflow
from annotations.formats.marked import Claimed
from annotations.models import Article, User


def mark_claims(article: Article, claims: Iterable[Claimed], actor: User) -> None:
    """Mark each claim at its places of the article's first text. Raises PermissionDenied."""
    for said in claims:
        desk, outlet = article.desk, article.outlet
        wording = workflow.ClaimDraft(
            claim_reviewed=said.claim,
            interpretation=said.interpretation,
            claimant=workflow.claimant_typed(
                desk, said.claimant, kind=said.claimant_kind, outlet=outlet
            ),
            reports=workflow.claimant_typed(desk, said.reports, outlet=outlet),
            type=said.type,
        )
        claim = None
        for place in said.places:
            made = workflow.mark(
                article,
                place.start,
                place.end,
                actor=actor,
                wording=None if claim else wording,
                claim=claim,
                said_on=place.said_on,
            )
            claim = made.claim
