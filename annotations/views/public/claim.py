"""One claim's own page: verdict, evidence, history, ClaimReview. It reads editions only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions import correction_content
from annotations.formats.claimreview import claim_review
from annotations.models import Edition
from annotations.queries import publication
from annotations.views.http import AnyRequest
from annotations.vocabulary import CorrectionKind, Stance, Tone
from annotations.words.people import how_checked

from .common import (
    as_json,
    changes_in_words,
    corrected_in_words,
    day_of,
    embed_code,
    gone,
    is_gone,
    report_address,
    when,
    where_from,
    with_translations,
)
from .serving import in_languages, public


@public(publication.claim_states)
def claim(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    editions = _editions(desk, number)
    newest = editions[0]
    if slug != newest.content["claim"]["slug"]:
        return redirect(addresses.of_claim(newest.content), permanent=True)
    if is_gone(newest):
        return gone(request, newest)
    return _render_claim(request, newest, editions)


@public(publication.claim_states)
def claim_json(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    newest = _editions(desk, number)[0]
    if slug != newest.content["claim"]["slug"]:
        raise Http404
    return as_json(request, newest)


def _editions(desk: str, number: int) -> list[Edition]:
    editions = publication.claim_editions(desk, number)
    if not editions:
        raise Http404
    return editions


def _render_claim(request: AnyRequest, edition: Edition, editions: list[Edition]) -> HttpResponse:
    content = edition.content
    wording, verdict, desk = content["claim"], content["verdict"], content["desk"]
    path = addresses.of_claim(content)
    links = in_languages(request, path, request.state.language)
    where = content["appearances"][0] if content["appearances"] else None
    claimant = wording["claimant"] or {}
    review = _("We are looking at this claim again. You read what was published.")
    newest = publication.correction_of(edition)
    cite = _("%(organisation)s, “%(claim)s” Fact check, edition %(number)d, %(day)s. %(url)s") % {
        "organisation": desk["organisation"],
        "claim": wording["claim_reviewed"],
        "number": edition.number,
        "day": date_format(edition.published_at),
        "url": links["default_url"],
    }
    context = {
        "desk": desk,
        "is_sample": desk["is_sample"],
        "indexable": not desk["is_sample"],
        "edition": {
            "number": edition.number,
            "published_at": edition.published_at,
            "language": where["article"]["language"] if where else desk.get("language", ""),
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
        "claimant_url": addresses.of_claimant(desk["slug"], claimant["name"]) if claimant else "",
        "rating": verdict["rating"],
        "scale": content["scale"],
        "unrated": _unrated(verdict["rating"]),
        "finding": verdict["finding"],
        "justification": verdict["justification"],
        "evidence_as_of": day_of(verdict["evidence_as_of"]),
        "corrected": corrected_in_words(
            request.state, [correction_content(newest)] if newest else []
        ),
        "being_reviewed": review if request.state.reviewed else "",
        "article": where
        and {
            "title": where["article"]["title"],
            "url": reverse("public_article", args=[desk["slug"], where["article"]["slug"]]),
        },
        "citations": [_citation(citation) for citation in content["citations"]],
        "replies": [_reply(reply) for reply in content.get("replies", ())],
        "appearances": _appearances(content["appearances"], desk["slug"]),
        "how_checked": how_checked(content["how"]),
        "history": [_edition_line(row) for row in editions],
        "cite": cite,
        "cite_parts": cite.partition(wording["claim_reviewed"]),
        "report_url": report_address(content),
        "json_url": addresses.of_claim(content, "public_claim_json"),
        "card_url": ""
        if desk["is_sample"]
        else request.build_absolute_uri(addresses.of_claim(content, "claim_card")),
        "embed": embed_code(request, addresses.of_claim(content, "embed_claim")),
        # One ClaimReview a claim: the same page in another language carries none.
        "structured_data": claim_review(
            content,
            url=links["default_url"],
            first_published=editions[-1].content["at"],
        )
        if links["is_default_language"]
        else None,
    }
    # Editions from before 2026-11-25 do not say it.
    language = wording.get("language", context["edition"]["language"])
    links = with_translations(request, links, "public_claim", language)
    response = render(request, "public/claim.html", context | links)
    if desk["is_sample"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def _reply(reply: dict[str, Any]) -> tuple[str, str, str]:
    """What was asked and answered: the words before the answer, the answer, and those after."""
    words = {"who": reply["addressee"], "when": when(reply["asked_on"]), "answer": reply["answer"]}
    if reply["answer"]:
        told = _("%(who)s was asked on %(when)s and answered: “%(answer)s”") % words
        before, answer, after = told.rpartition(reply["answer"])
        return before, answer, after
    told = _("%(who)s was asked on %(when)s and had not answered when this was published.") % words
    return told, "", ""


def _unrated(rating: dict[str, Any]) -> str:
    """What a rating without a number means, for the two that readers take for a judgement."""
    if rating["tone"] == Tone.UNCHECKABLE:
        return _(
            "“Not checkable” is no judgement on who said it: research showed that nobody outside"
            " could find out whether it is so."
        )
    if rating["tone"] == Tone.UNPROVEN:
        return _(
            "“Unproven” does not mean false: it could be checked, but what was found so far does"
            " not settle it."
        )
    return ""


def _citation(citation: dict[str, Any]) -> dict[str, Any]:
    return citation | {
        "meta": where_from(citation),
        "stance_label": Stance(citation["stance"]).label,
        "saved_on": day_of((citation.get("saved_copy") or {}).get("at", "")[:10] or None),
        "saved_hash": (citation.get("saved_copy") or {}).get("sha256", ""),
    }


def _quote(appearances: list[dict[str, Any]]) -> str:
    """The words of the first article that makes the claim; fragments are parted."""
    if not appearances:
        return ""
    first = appearances[0]["article"]["slug"]
    return " […] ".join(row["exact"] for row in appearances if row["article"]["slug"] == first)


def _appearances(appearances: list[dict[str, Any]], desk: str) -> list[dict[str, Any]]:
    articles = {row["article"]["slug"]: row["article"] for row in appearances}
    return [
        {
            "title": row["title"],
            "url": reverse("public_article", args=[desk, slug]),
            "meta": [row["outlet"], when(row["published_on"])],
        }
        for slug, row in articles.items()
    ]


def _edition_line(edition: Edition) -> dict[str, Any]:
    title = _("Edition %(number)d, %(when)s") % {
        "number": edition.number,
        "when": date_format(edition.published_at, "DATETIME_FORMAT"),
    }
    if not hasattr(edition, "correction"):
        return {
            "title": title,
            "label": "",
            "words": _("First published."),
            "language": "",
            "changes": [],
        }
    row = correction_content(edition.correction)
    return {
        "title": title,
        "label": CorrectionKind(row["kind"]).label,
        "words": row["why"],
        "language": edition.content["desk"].get("language", ""),
        "changes": changes_in_words(row),
    }
