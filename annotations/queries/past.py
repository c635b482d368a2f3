"""What was before: the versions of one's own draft, the sources taken out of it, a claim's log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.models import Annotation, Claim, DraftVersion, Transition, User

MOST = 50
"""Versions and lines shown; all stay in the database."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A source that one took out of one's draft, and the version that still holds it."""

    version: DraftVersion
    citation: dict[str, Any]


def versions(annotation: Annotation | None, person: User) -> list[DraftVersion]:
    """The latest versions of the person's own draft, latest first."""
    if annotation is None:
        return []
    rows = DraftVersion.objects.visible_to(person).filter(annotation=annotation)
    return list(rows.select_related("rating")[:MOST])


def removed_citations(found: list[DraftVersion], cited: set[str]) -> list[Removed]:
    """The citations that versions hold and the draft (by UUID) does not, last removed first."""
    seen = set(cited)
    removed = []
    for version in found:
        for citation in version.citations:
            if citation["uuid"] not in seen:
                seen.add(citation["uuid"])
                removed.append(Removed(version, citation))
    return removed


def lines(claim: Claim, person: User) -> list[Transition]:
    """The latest lines of the claim's log that the person may read, latest first."""
    rows = Transition.objects.visible_to(person).filter(claim=claim).order_by("-at", "-pk")
    related = ("actor", "assignment__person", "sentence", "claim")
    return list(rows.select_related(*related)[:MOST])
