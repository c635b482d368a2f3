"""Saved copies that readers may open: those of a desk that shows them, behind what is published."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from annotations import models
from annotations.editions.content import Citation, ClaimEdition
from annotations.editions.reading import read_claim
from annotations.formats.look import look_of
from annotations.models import Edition, Snapshot

from .publication import LOOK_OF_DESK, State, numbered

WITHOUT_WORDS = ("image/", "audio/", "video/")
"""What files are in which there is nothing to be read."""


def shown_state(desk: str, number: int, digest: str) -> State:
    """The state of the page of a copy: one statement. Raises Http404 where readers may not open it.

    They may while the desk shows copies, the newest edition of the claim cites this one, and a
    source that it cites has it and is not confidential.
    """
    rows = _editions(desk, number, digest).annotate(
        copy=Subquery(_copies(digest, OuterRef(OuterRef("verdict"))).values("pk")[:1])
    )
    names = ("pk", "copy", "published_at", "desk__language", "desk__time_zone", *LOOK_OF_DESK)
    row = rows.exclude(copy=None).values_list(*names).first()
    if row is None:
        raise Http404
    pk, copy, published, language, zone, *chosen = row
    return State((pk, copy), published, language, zone, look=look_of(*chosen))


def shown(desk: str, number: int, digest: str) -> tuple[ClaimEdition, list[Snapshot]]:
    """The edition that cites the copy, and the copy of each source behind it. Raises Http404."""
    edition = _editions(desk, number, digest).first()
    copies = list(_copies(digest, edition.verdict_id)) if edition else []
    if edition is None or not copies:
        raise Http404
    return read_claim(edition.content), copies


def cited_as(citation: Citation, copies: list[Snapshot]) -> Snapshot:
    """Of the same bytes under several names the copy that is cited as this.

    In an archive of several pages the address says which of them is meant.
    """
    named = {(each.source.url, each.source.title): each for each in reversed(copies)}
    return named.get((citation.url, citation.title), copies[0])


def openable(edition: ClaimEdition) -> set[str]:
    """The hashes of those copies behind an edition in which there may be words to read."""
    cited = {each.saved_copy.sha256 for each in edition.citations if each.saved_copy}
    uses = models.Citation.objects.filter(
        verdict__claim__uuid=edition.claim.uuid, verdict__number=edition.verdict.number
    )
    rows = Snapshot.objects.filter(sha256__in=cited, source__in=uses.values("source"))
    kinds = rows.filter(source__is_confidential=False).values_list("sha256", "media_type")
    return {digest for digest, kind in kinds if not kind.startswith(WITHOUT_WORDS)}


def _editions(desk: str, number: int, digest: str) -> QuerySet[Edition]:
    cited = {"citations": [{"saved_copy": {"sha256": digest}}]}
    rows = Edition.objects.standing().filter(claim=numbered(desk, number))
    return rows.filter(desk__shows_copies=True, content__contains=cited)


def _copies(digest: str, verdict: Any) -> QuerySet[Snapshot]:
    """Those of sources that the verdict cites: nothing is told of others that have the same bytes.

    One whose recording says more comes first.
    """
    cited = models.Citation.objects.filter(verdict=verdict).values("source")
    rows = Snapshot.objects.filter(sha256=digest, source__in=cited, source__is_confidential=False)
    return rows.select_related("source").order_by(F("captures__pk").asc(nulls_last=True), "pk")
