"""An article or a claim in another site's page: the only views that anyone may frame.

No cookie is read or set and no script is needed; with scripts, the frame tells its page how tall
it is (static/js/embed.js, and static/js/resize.js on the page around).
"""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from annotations import addresses
from annotations.editions.content import ArticleEdition, ClaimEdition
from annotations.editions.reading import read_article, read_claim
from annotations.queries import publication
from annotations.views.http import AnyRequest
from annotations.words.summary import article_dek

from .claim import wording_of
from .common import gone, is_gone
from .serving import in_languages, public

_anyone = csp_replace({"frame-ancestors": ["*"]})


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


@_anyone
@xframe_options_exempt
@public(publication.claim_states)
def claim(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    editions = publication.claim_editions(desk, number)
    if not editions:
        raise Http404
    newest = editions[0]
    wording = wording_of(newest)
    if slug != wording.slug:
        address = reverse("embed_claim", args=[desk, wording.number, wording.slug])
        return redirect(address, permanent=True)
    if is_gone(newest):
        return gone(request, newest, "public/embed_tombstone.html")
    content = read_claim(newest.content)
    return _render(
        request,
        content,
        {
            "url": _full(request, addresses.of_claim(content)),
            "number": newest.number,
            "at": newest.published_at,
            "claim": {
                "wording": wording.claim_reviewed,
                "claimant": wording.claimant.name if wording.claimant else "",
                "rating": content.verdict.rating,
                "finding": content.verdict.finding,
                "sources": len(content.citations),
            },
        },
    )


@_anyone
@xframe_options_exempt
@public(publication.article_states)
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    newest = publication.article_edition(desk, slug)
    if is_gone(newest):
        return gone(request, newest, "public/embed_tombstone.html")
    content = read_article(newest.content)
    tally = publication.tally(content)
    return _render(
        request,
        content,
        {
            "url": _full(request, addresses.of_article(content)),
            "number": newest.number,
            "at": content.at,
            "article": {
                "title": content.article.title,
                "language": content.article.language,
                "dek": article_dek(tally),
                "tally": tally,
            },
        },
    )


def _full(request: AnyRequest, path: str) -> str:
    lang = request.GET.get("lang", "")
    query = f"?lang={request.LANGUAGE_CODE}" if lang else ""
    return request.build_absolute_uri(f"{path}{query}")


def _render(
    request: AnyRequest, content: ArticleEdition | ClaimEdition, context: dict[str, Any]
) -> HttpResponse:
    desk = content.desk
    links = in_languages(request, addresses.of_edition(content), request.state)
    found = links | context | {"desk": desk, "is_sample": desk.is_sample, "indexable": False}
    # What stands on others' pages loads one stylesheet: its colour is the verdict's.
    found["look"] = None
    found["reviewed"] = bool(request.state.reviewed)
    found["canonical"] = links["default_url"]
    return _noindex(render(request, "public/embed.html", found))
