"""Proof of time, for anyone: the roots of all days, and what leads to them from an edition."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.editions.content import iso
from annotations.formats import proof
from annotations.models import DailyRoot, Edition
from annotations.queries import proofs, publication
from annotations.views.http import AnyRequest

from .common import is_gone
from .serving import public


@public(publication.roots_state, for_scripts=True)
def roots(request: AnyRequest) -> HttpResponse:
    """All roots, the newest first: so that none is taken away or changed without notice."""
    found = {"tree": "RFC 6962, SHA-256", "roots": [_row(root) for root in proofs.roots()]}
    return JsonResponse(found)


def _row(root: DailyRoot) -> dict[str, object]:
    return {
        "day": f"{root.day:%Y-%m-%d}",
        "root": root.root,
        "previous": root.previous.root if root.previous else None,
        "stamps": [
            {"authority": each.authority, "at": iso(each.stamped_at)}
            for each in root.stamped  # type: ignore[attr-defined]  # queries.proofs.STAMPED
        ],
    }


@public(publication.proof_state)
def edition_proof(request: AnyRequest, key: UUID) -> HttpResponse:
    """What shows when an edition that readers get was there: 202 until its day has a root."""
    rows = Edition.objects.standing().filter(desk__is_sample=False).select_related("article")
    edition = get_object_or_404(rows, uuid=key)
    leaf = proofs.leaf_of_edition(edition.pk)
    if is_gone(edition):
        raise Http404
    if leaf is None:
        why = _("Its proof is made when the day is over.")
        return HttpResponse(why, status=202, content_type="text/plain; charset=utf-8")
    document = [proof.edition_bytes(edition.content)]
    called = f"Edition {edition.number}, published {iso(edition.published_at)}"
    found = proofs.proof_of(leaf)
    all_roots = request.build_absolute_uri(reverse("roots"))
    data = proof.archive(found, document, called, all_roots)
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="proof-{edition.uuid}.zip"'
    return answer
