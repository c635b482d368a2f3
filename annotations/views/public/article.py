"""The annotated article. It reads an edition, never work in progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations import addresses
from annotations.editions.content import ArticleEdition
from annotations.editions.reading import read_article
from annotations.models import Edition
from annotations.queries import publication
from annotations.queries.publication import State
from annotations.views.http import AnyRequest
from annotations.words import evidence, telling
from annotations.words.dates import when

from .common import (
    as_json,
    corrected_in_words,
    embed_code,
    gone,
    is_gone,
    report_address,
    with_translations,
)
from .serving import in_languages, public


@public(publication.article_states)
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    row = publication.article_edition(desk, slug)
    if is_gone(row):
        return gone(request, row)
    return render_article(
        request,
        read_article(row.content),
        state=request.state,
        versions=publication.article_editions(row),
    )


@public(publication.article_states, for_scripts=True)
def article_json(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """The newest edition as data; a sample says so first."""
    row = publication.article_edition(desk, slug)
    first = publication.article_editions(row)[-1]
    return as_json(request, row, first.published_at)


def render_article(
    request: AnyRequest,
    edition: ArticleEdition,
    *,
    preview: bool = False,
    state: State | None = None,
    versions: Sequence[Edition] = (),
    superseded_by: Edition | None = None,
) -> HttpResponse:
    """The page of an article's edition, or of a preview of it, from the edition alone."""
    about, desk = edition.article, edition.desk
    tally = publication.tally(edition)
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "indexable": not desk.is_sample and state is not None,
        "preview": preview,
        "edition": {
            "title": about.title,
            "number": edition.number,
            "published_at": edition.at,
            "dek": telling.article_dek(tally),
            "outlet": about.outlet,
            "original_url": about.url,
            "published_on": when(about.published_on),
            "language": about.language,
            "public_text": about.public_text,
            "permission": telling.sentence(about.permission),
            "why_selected": about.why_selected,
        },
        "corrected": corrected_in_words(state, edition.corrections[:1]),
        "superseded_by": superseded_by,
        "being_reviewed": telling.reviewed(state.reviewed if state else 0),
        "people": telling.people_named(edition.how),
        "tally": tally,
        "rows": telling.rows(edition, preview),
        "unrated": telling.unrated_reasons(edition),
        "how_checked": telling.how_told(edition.how),
        "sources": evidence.of_claims(edition.claims),
        "corrections": [telling.correction(row) for row in edition.corrections],
        "versions": [
            {
                "number": row.number,
                "at": row.published_at,
                "url": reverse("public_edition", args=[desk.slug, about.slug, row.number]),
            }
            for row in versions
        ],
        "proof_url": ""
        if desk.is_sample or superseded_by or not versions
        else reverse("edition_proof", args=[versions[0].uuid]),
    }
    if not preview:
        context |= _links(request, edition)
    response = render(request, "public/article.html", context)
    if desk.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def _links(request: AnyRequest, edition: ArticleEdition) -> dict[str, Any]:
    """The page's own address in each language, and its other outputs."""
    path = addresses.of_article(edition)
    desk, slug = edition.desk.slug, edition.article.slug
    links = in_languages(request, path, request.state)
    return with_translations(request, links, "public_article", edition.article.language) | {
        "article_url": path,
        "report_url": report_address(edition),
        "method_url": reverse("public_about", args=[desk]),
        "annotations_url": ""
        if edition.desk.is_sample
        else addresses.of_article(edition, "web_annotations"),
        "card_url": ""
        if edition.desk.is_sample
        else request.build_absolute_uri(addresses.of_article(edition, "article_card")),
        "embed": embed_code(request, addresses.of_article(edition, "embed_article")),
        "json_url": addresses.of_article(edition, "public_article_json"),
        "compare_url": reverse("public_versions", args=[desk, slug]) if edition.number > 1 else "",
    }
