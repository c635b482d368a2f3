"""One claim's own page: verdict, evidence, history, ClaimReview. It reads editions only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.editions import correction_content
from annotations.formats.claimreview import claim_review
from annotations.models import Edition
from annotations.queries import publication

from .answers import AnyRequest
from .public import as_json, changes_in_words, claim_url, day_of, when
from .words import how_checked


@login_not_required
@require_safe
def claim(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    editions = publication.claim_editions(desk, number)
    if not editions:
        raise Http404
    newest = editions[0]
    if slug != newest.content["claim"]["slug"]:
        return redirect(
            "public_claim", desk, number, newest.content["claim"]["slug"], permanent=True
        )
    return _render_claim(request, newest, editions)


@login_not_required
@require_safe
def claim_json(request: AnyRequest, desk: str, number: int, slug: str) -> JsonResponse:
    editions = publication.claim_editions(desk, number)
    if not editions or slug != editions[0].content["claim"]["slug"]:
        raise Http404
    return as_json(editions[0])


def _render_claim(request: AnyRequest, edition: Edition, editions: list[Edition]) -> HttpResponse:
    content = edition.content
    wording, verdict, desk = content["claim"], content["verdict"], content["desk"]
    assert edition.claim is not None
    address = claim_url(desk["slug"], wording["number"], wording["slug"])
    where = content["appearances"][0] if content["appearances"] else None
    claimant = wording["claimant"] or {}
    review = _("We are looking at this claim again. You read what was published.")
    context = {
        "desk": desk,
        "is_sample": desk["is_sample"],
        "indexable": not desk["is_sample"],
        "edition": {
            "number": edition.number,
            "published_at": edition.published_at,
            "language": where["article"]["language"] if where else "en",
        },
        "claim": {
            "number": wording["number"],
            "wording": wording["claim_reviewed"],
            "interpretation": wording["interpretation"],
            "claimant": claimant.get("name", ""),
            "claimant_description": claimant.get("description", ""),
            "reports": (wording["reports"] or {}).get("name", ""),
            "said_on": when(where["said_on"]) if where else "",
            "quote": _quote(content["appearances"]),
        },
        "rating": verdict["rating"],
        "finding": verdict["finding"],
        "justification": verdict["justification"],
        "evidence_as_of": day_of(verdict["evidence_as_of"]),
        "being_reviewed": review if publication.is_reviewed_now(edition.claim) else "",
        "article": where
        and {
            "title": where["article"]["title"],
            "url": reverse("public_article", args=[desk["slug"], where["article"]["slug"]]),
        },
        "citations": [
            citation
            | {
                "meta": ", ".join(
                    part for part in (citation["publisher"], when(citation["published_on"])) if part
                ),
            }
            for citation in content["citations"]
        ],
        "appearances": _appearances(content["appearances"], desk["slug"]),
        "how_checked": how_checked(content["how"]),
        "history": [_edition_line(row) for row in editions],
        "cite": _("%(organisation)s, “%(claim)s” Fact check, edition %(number)d, %(day)s. %(url)s")
        % {
            "organisation": desk["organisation"],
            "claim": wording["claim_reviewed"],
            "number": edition.number,
            "day": date_format(edition.published_at, "j F Y"),
            "url": request.build_absolute_uri(address),
        },
        "canonical": request.build_absolute_uri(address),
        "structured_data": claim_review(
            content,
            url=request.build_absolute_uri(address),
            first_published=editions[-1].content["at"],
        ),
    }
    response = render(request, "public/claim.html", context)
    if desk["is_sample"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def _quote(appearances: list[dict[str, Any]]) -> str:
    """The words of the first article that makes the claim; fragments are parted."""
    if not appearances:
        return ""
    first = appearances[0]["article"]["slug"]
    return " […] ".join(row["exact"] for row in appearances if row["article"]["slug"] == first)


def _appearances(appearances: list[dict[str, Any]], desk: str) -> list[dict[str, str]]:
    articles = {row["article"]["slug"]: row["article"] for row in appearances}
    return [
        {
            "title": row["title"],
            "url": reverse("public_article", args=[desk, slug]),
            "meta": ", ".join(part for part in (row["outlet"], when(row["published_on"])) if part),
        }
        for slug, row in articles.items()
    ]


def _edition_line(edition: Edition) -> dict[str, Any]:
    title = _("Edition %(number)d, %(when)s") % {
        "number": edition.number,
        "when": date_format(edition.published_at, "j F Y, H:i"),
    }
    if not hasattr(edition, "correction"):
        return {"title": title, "words": _("First published."), "changes": []}
    row = correction_content(edition.correction)
    return {
        "title": title,
        "words": f"{row['label']}. {row['why']}",
        "changes": changes_in_words(row),
    }
