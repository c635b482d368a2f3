"""What public pages share: tombstones, data, corrections in words, links between languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import addresses
from annotations.editions.content import (
    ArticleEdition,
    ClaimEdition,
    Correction,
    Stone,
    Tombstone,
    iso,
    name_of,
    stored,
)
from annotations.editions.reading import read
from annotations.formats.look import Look
from annotations.models import Edition
from annotations.queries.publication import State
from annotations.views.http import AnyRequest
from annotations.vocabulary import ArticleStatus, CorrectionKind
from annotations.words.languages import language_name

from .serving import in_languages

SAMPLE = "Sample: people, ratings and findings only show how the system works."


def as_json(request: AnyRequest, row: Edition, first: dt.datetime) -> HttpResponse:
    """The newest edition as data; a sample says so first. `first`: when edition 1 came out."""
    if is_gone(row):
        return gone_as_json(row)
    edition = read(row.content)
    label = {"sample": SAMPLE} if edition.desk.is_sample else {}
    published = {"datePublished": iso(first), "dateModified": iso(edition.at)}
    response = JsonResponse(label | published | stored(edition))
    if label:
        response["X-Robots-Tag"] = "noindex"
    return response


def is_gone(row: Edition) -> bool:
    """Whether readers get a tombstone: it was taken back, or its article withdrawn."""
    return "tombstone" in row.content or (
        row.article is not None and row.article.status == ArticleStatus.WITHDRAWN
    )


def gone_as_json(row: Edition) -> HttpResponse:
    """The tombstone for machines: that it was taken back, why and when, and no word of it. 410."""
    stone = _stone(row)
    told = {
        "status": 410,
        "tombstone": {"kind": stone.kind, "why": stone.why, "at": iso(stone.at)},
    }
    return _not_kept(JsonResponse(told, status=410))


def gone_as_picture() -> HttpResponse:
    return _not_kept(HttpResponse(status=410, content_type="text/plain; charset=utf-8"))


def _stone(row: Edition) -> Stone:
    """What is said of what was taken back. A restored row may lack the tombstone it is under."""
    edition = read(row.content)
    if isinstance(edition, Tombstone):
        return edition.tombstone
    return Stone("withdrawn", "", row.published_at)


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Robots-Tag"] = "noindex"
    return response


def gone(
    request: AnyRequest, row: Edition, template: str = "public/tombstone.html"
) -> HttpResponse:
    """The tombstone: that something stood here, since when it does not, and why. 410."""
    edition, stone = read(row.content), _stone(row)
    withdrawn = stone.kind == "withdrawn"
    response = render(
        request,
        template,
        {
            "desk": edition.desk,
            "is_sample": edition.desk.is_sample,
            "indexable": False,
            "is_claim": row.claim_id is not None,
            "withdrawn": withdrawn,
            # A withdrawal may be a matter of law: then the words themselves are not repeated.
            "name": "" if withdrawn else name_of(edition),
            "why": stone.why,
            "at": stone.at,
        }
        | in_languages(request, addresses.of_edition(edition), request.state),
        status=410,
    )
    return _not_kept(response)


def with_translations(
    request: AnyRequest, links: dict[str, Any], page: str, language: str
) -> dict[str, Any]:
    """The links of `reading.in_languages`, or, where a text has translations, those to them.

    `page` is the name of the URL, `language` the text's. A search engine is told of one kind
    alone: whoever looks for French is sent to the French check, and not to the English one with
    French around it.
    """
    also_in = [
        {"code": str(code), "name": language_name(str(code)), "url": reverse(page, args=args)}
        for code, *args in request.state.also_in
    ]
    if not also_in:
        return links
    others = [
        {"code": each["code"], "url": request.build_absolute_uri(each["url"])} for each in also_in
    ]
    own = {"code": language, "url": links["default_url"]}
    return links | {
        "also_in": also_in,
        "canonical": links["default_url"],
        "alternates": sorted([own, *others], key=itemgetter("code")),
    }


def logo_address(request: AnyRequest, look: Look | None) -> str:
    """The whole address of a desk's logo, for ClaimReview; empty if it has none."""
    path = addresses.of_logo(look)
    return request.build_absolute_uri(path) if path else ""


def report_address(edition: ArticleEdition | ClaimEdition) -> str:
    """Where readers report an error in an edition; a page of its own, with a cookie of its own."""
    base = reverse("report", args=[edition.desk.slug])
    if isinstance(edition, ClaimEdition):
        return f"{base}?{urlencode({'claim': edition.claim.number})}"
    return f"{base}?{urlencode({'article': edition.article.slug})}"


def embed_code(request: AnyRequest, path: str) -> dict[str, str]:
    """The address to frame and the module that sizes the frame, for the code readers may copy."""
    return {
        "url": request.build_absolute_uri(path),
        "script": request.build_absolute_uri(f"{settings.STATIC_URL}js/resize.js"),
    }


CORRECTED: dict[str, Any] = {
    CorrectionKind.CORRECTION: gettext_lazy("Corrected"),
    CorrectionKind.CLARIFICATION: gettext_lazy("Clarified"),
    CorrectionKind.UPDATE: gettext_lazy("Updated"),
    CorrectionKind.RETRACTION: gettext_lazy("Retracted"),
}


def corrected_in_words(state: State | None, newest: Sequence[Correction]) -> dict[str, Any]:
    """What a page says at its top after a correction, as long as the desk's policy wants it."""
    if state is None or not state.corrected or not newest:
        return {}
    row = newest[0]
    return {
        "word": CORRECTED.get(row.kind, CORRECTED[CorrectionKind.CORRECTION]),
        "at": row.at,
        "why": row.why,
        "claim": row.claim,
        "place": _("Claim %(number)d: ") % {"number": row.claim} if row.claim else "",
    }
