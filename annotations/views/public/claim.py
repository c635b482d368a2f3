"""One claim's own page: verdict, evidence, history, ClaimReview. It reads editions only."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions import making
from annotations.editions.changes import changes
from annotations.editions.content import (
    ArticleEdition,
    ClaimEdition,
    Wording,
    Work,
)
from annotations.editions.reading import read, read_claim
from annotations.formats.claimreview import claim_review
from annotations.listing import listed
from annotations.models import Edition
from annotations.queries import public_lists, publication, shown_copies
from annotations.views.http import AnyRequest
from annotations.vocabulary import CorrectionKind
from annotations.words import evidence, telling
from annotations.words.changed import changes_in_words
from annotations.words.dates import when
from annotations.words.people import how_checked

from .common import (
    as_json,
    corrected_in_words,
    embed_code,
    gone,
    is_gone,
    logo_address,
    report_address,
    with_translations,
)
from .copies import address_of
from .serving import in_languages, public


@public(publication.claim_states)
def claim(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    rows = _editions(desk, number)
    newest = rows[0]
    if slug != wording_of(newest).slug:
        return redirect(addresses.of_edition(read(newest.content)), permanent=True)
    if is_gone(newest):
        return gone(request, newest)
    return _render_claim(request, read_claim(newest.content), rows)


@public(publication.claim_states, for_scripts=True)
def claim_json(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    rows = _editions(desk, number)
    if slug != (now := wording_of(rows[0]).slug):
        return redirect("public_claim_json", desk, number, now, permanent=True)
    return as_json(request, rows[0], rows[-1].published_at)


def _editions(desk: str, number: int) -> list[Edition]:
    rows = publication.claim_editions(desk, number)
    if not rows:
        raise Http404
    return rows


def wording_of(row: Edition) -> Wording:
    """The wording that a claim's row is about, be it a tombstone."""
    edition = read(row.content)
    assert not isinstance(edition, ArticleEdition)
    assert edition.claim is not None
    return edition.claim


def _render_claim(request: AnyRequest, edition: ClaimEdition, rows: list[Edition]) -> HttpResponse:
    """The page of a claim, from its edition and, for its history, those before (newest first)."""
    wording, verdict, desk = edition.claim, edition.verdict, edition.desk
    path = addresses.of_claim(edition)
    links = in_languages(request, path, request.state)
    first, claimant = edition.first, wording.claimant
    language = first.language if first else desk.language
    review = _("We are looking at this claim again. You read what was published.")
    newest = public_lists.correction_of(rows[0])
    cite = _("%(organisation)s, “%(claim)s” Fact check, edition %(number)d, %(day)s. %(url)s") % {
        "organisation": desk.organisation,
        "claim": wording.claim_reviewed,
        "number": edition.number,
        "day": date_format(timezone.localtime(rows[0].published_at)),
        "url": links["default_url"],
    }
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "indexable": not desk.is_sample,
        "edition": {
            "number": edition.number,
            "published_at": rows[0].published_at,
            "language": language,
        },
        "claim": {
            "number": wording.number,
            "wording": wording.claim_reviewed,
            "interpretation": wording.interpretation,
            "claimant": claimant.name if claimant else "",
            "claimant_description": claimant.description if claimant else "",
            "reports": wording.reports.name if wording.reports else "",
            "said_on": when(edition.said_on),
            "quote": edition.quote,
            "locator": listed(edition.locators),
        },
        "claimant_url": addresses.of_claimant(desk.slug, claimant.name) if claimant else "",
        "rating": verdict.rating,
        "scale": edition.scale,
        "unrated": telling.unrated(verdict.rating.tone),
        "finding": verdict.finding,
        "justification": verdict.justification,
        "evidence_as_of": verdict.evidence_as_of,
        "corrected": corrected_in_words(
            request.state, [making.correction(newest)] if newest else []
        ),
        "being_reviewed": review if request.state.reviewed else "",
        "article": first and _place(first, desk.slug),
        "citations": _evidence(edition, shows_copies=request.state.shows_copies),
        "replies": [telling.reply(reply) for reply in edition.replies],
        "appearances": [_place(work, desk.slug) for work in edition.works],
        "how_checked": how_checked(edition.how),
        "history": _history(rows),
        "cite": cite,
        "cite_parts": cite.partition(wording.claim_reviewed),
        "report_url": report_address(edition),
        "json_url": addresses.of_claim(edition, "public_claim_json"),
        "proof_url": "" if desk.is_sample else reverse("edition_proof", args=[rows[0].uuid]),
        "card_url": ""
        if desk.is_sample
        else request.build_absolute_uri(addresses.of_claim(edition, "claim_card")),
        "embed": embed_code(request, addresses.of_claim(edition, "embed_claim")),
        # One ClaimReview a claim: the same page in another language carries none.
        "structured_data": claim_review(
            edition,
            url=links["default_url"],
            first_published=rows[-1].published_at,
            logo=logo_address(request, request.state.look),
        )
        if links["is_default_language"]
        else None,
    }
    links = with_translations(request, links, "public_claim", wording.language or language)
    response = render(request, "public/claim.html", context | links)
    if desk.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def _evidence(edition: ClaimEdition, *, shows_copies: bool) -> list[dict[str, Any]]:
    """What the verdict stands on, with the addresses of those copies that readers may open."""
    found = evidence.of_citations(edition.citations)
    shown = shown_copies.openable(edition) if shows_copies else set()
    for use in (use for entry in found for use in entry["uses"] if use["saved_hash"] in shown):
        use["copy_url"] = address_of(edition, use["saved_hash"], use["number"])
    return found


def _place(work: Work, desk: str) -> dict[str, Any]:
    return {
        "title": work.title,
        "url": reverse("public_article", args=[desk, work.slug]),
        "meta": [part for part in (work.outlet, when(work.published_on)) if part],
    }


def _history(rows: list[Edition]) -> list[dict[str, Any]]:
    """The editions of the claim, newest first, each with what it changed."""
    return [_edition_line(row, before) for row, before in zip_longest(rows, rows[1:])]


def _edition_line(row: Edition, before: Edition | None) -> dict[str, Any]:
    title = _("Edition %(number)d, %(when)s") % {
        "number": row.number,
        "when": date_format(timezone.localtime(row.published_at), "DATETIME_FORMAT"),
    }
    record = public_lists.correction_of(row)
    if record is not None:
        told = making.correction(record)
        return {
            "title": title,
            "label": CorrectionKind(told.kind).label,
            "words": told.why,
            "language": read(row.content).desk.language,
            "changes": changes_in_words(told.changes),
        }
    words = _("Published again.") if before else _("First published.")
    line: dict[str, Any] = {
        "title": title,
        "label": "",
        "words": words,
        "language": "",
        "changes": [],
    }
    stands, stood = read(row.content), read(before.content) if before else None
    if isinstance(stands, ClaimEdition) and isinstance(stood, ClaimEdition):
        line["changes"] = changes_in_words(changes(stood, stands))
    return line
