"""An article or a claim in another site's page: the only views that anyone may frame.

No cookie is read or set and no script is needed; with scripts, the frame tells its page how tall
it is (static/js/embed.js, and static/js/resize.js on the page around).
"""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt

from annotations import addresses
from annotations.queries import publication
from annotations.views.http import AnyRequest

from .article import article_dek
from .common import gone, is_gone, moment_of
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
    content = newest.content
    if slug != content["claim"]["slug"]:
        return redirect(addresses.of_claim(content, "embed_claim"), permanent=True)
    if is_gone(newest):
        return gone(request, newest, "public/embed_tombstone.html")
    claimant = content["claim"]["claimant"]
    return _render(
        request,
        content,
        {
            "url": _full(request, addresses.of_claim(content)),
            "number": newest.number,
            "at": newest.published_at,
            "claim": {
                "wording": content["claim"]["claim_reviewed"],
                "claimant": claimant["name"] if claimant else "",
                "rating": content["verdict"]["rating"],
                "finding": content["verdict"]["finding"],
                "sources": len(content["citations"]),
            },
        },
    )


@_anyone
@xframe_options_exempt
@public(publication.article_states)
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    newest = publication.article_edition(desk, slug)
    content = newest.content
    if is_gone(newest):
        return gone(request, newest, "public/embed_tombstone.html")
    tally = publication.tally(content)
    return _render(
        request,
        content,
        {
            "url": _full(request, addresses.of_article(content)),
            "number": newest.number,
            "at": moment_of(content["at"]),
            "article": {
                "title": content["article"]["title"],
                "language": content["article"]["language"],
                "dek": article_dek(content, tally),
                "tally": tally,
            },
        },
    )


def _full(request: AnyRequest, path: str) -> str:
    lang = request.GET.get("lang", "")
    query = f"?lang={request.LANGUAGE_CODE}" if lang else ""
    return request.build_absolute_uri(f"{path}{query}")


def _render(request: AnyRequest, content: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    desk = content["desk"]
    links = in_languages(request, addresses.of_edition(content), request.state.language)
    found = links | context | {"desk": desk, "is_sample": desk["is_sample"], "indexable": False}
    found["reviewed"] = bool(request.state.reviewed)
    found["canonical"] = links["default_url"]
    return _noindex(render(request, "public/embed.html", found))
