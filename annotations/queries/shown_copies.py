"""Saved copies that readers may open: those of a desk that shows them, behind what is published."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import Http404

from annotations.editions.content import ClaimEdition
from annotations.editions.reading import read_claim
from annotations.formats.look import look_of
from annotations.models import Citation, Edition, Snapshot

from .publication import LOOK_OF_DESK, State

WITHOUT_WORDS = ("image/", "audio/", "video/")
"""What files are in which there is nothing to be read."""


def shown_state(desk: str, number: int, digest: str) -> State:
    """The state of the page of a copy: one statement. Raises Http404 where readers may not open it.

    They may while the desk shows copies, the newest edition of the claim cites this one, and a
    source that is not confidential has it.
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


def shown(desk: str, number: int, digest: str) -> tuple[ClaimEdition, Snapshot]:
    """The edition that cites the copy, and the copy. Raises Http404."""
    edition = _editions(desk, number, digest).first()
    if edition is None:
        raise Http404
    copy = _copies(digest, edition.verdict_id).select_related("source").first()
    if copy is None:
        raise Http404
    return read_claim(edition.content), copy


def openable(edition: ClaimEdition) -> set[str]:
    """The hashes of those copies behind an edition in which there may be words to read."""
    cited = {each.saved_copy.sha256 for each in edition.citations if each.saved_copy}
    uses = Citation.objects.filter(
        verdict__claim__uuid=edition.claim.uuid, verdict__number=edition.verdict.number
    )
    rows = Snapshot.objects.filter(sha256__in=cited, source__in=uses.values("source"))
    kinds = rows.filter(source__is_confidential=False).values_list("sha256", "media_type")
    return {digest for digest, kind in kinds if not kind.startswith(WITHOUT_WORDS)}


def _editions(desk: str, number: int, digest: str) -> QuerySet[Edition]:
    cited = {"citations": [{"saved_copy": {"sha256": digest}}]}
    rows = Edition.objects.standing().filter(desk__slug=desk, claim__number=number)
    return rows.filter(desk__shows_copies=True, content__contains=cited)


def _copies(digest: str, verdict: Any) -> QuerySet[Snapshot]:
    """The same bytes may be kept for several sources: one whose recording says more comes first.

    Of those that the verdict cites: what others keep for theirs, perhaps not disclosed, changes
    neither the page nor what it is told apart by.
    """
    uses = Citation.objects.filter(verdict=verdict, source=OuterRef("source"))
    rows = Snapshot.objects.filter(Exists(uses), sha256=digest, source__is_confidential=False)
    return rows.order_by(F("captures__pk").asc(nulls_last=True), "pk")
