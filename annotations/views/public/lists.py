"""Lists for readers: the latest checks, search, claimants, corrections, versions of an article."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions.changes import article_changes
from annotations.editions.content import ArticleEdition, Tombstone, name_of
from annotations.editions.reading import changes as stored_changes
from annotations.editions.reading import read, read_article, read_claim
from annotations.models import Desk, Edition
from annotations.queries import catalogue, public_lists, publication
from annotations.queries.paging import Capped
from annotations.views.http import AnyRequest, searched
from annotations.vocabulary import CorrectionKind
from annotations.words.changed import changes_in_words
from annotations.words.summary import article_dek

from .article import render_article
from .common import gone, is_gone
from .serving import in_languages, public

PAGE = 30


def _shell(
    request: AnyRequest, path: str, desk: Desk | None, query: dict[str, str] | None = None
) -> dict[str, Any]:
    """What every list has: its desk, whether it may be indexed, its addresses, its pages' query."""
    kept = {name: value for name, value in (query or {}).items() if value}
    links = in_languages(request, path, request.state)
    if links["lang"]:
        kept["lang"] = links["lang"]
    return links | {
        "desk": desk,
        # A search is of all desks, and may be narrowed to one: the state of its page has no look.
        "look": links["look"] or (desk.look if desk else None),
        "is_sample": bool(desk and desk.is_sample),
        "indexable": not (desk and desk.is_sample),
        "query": f"{urlencode(kept)}&" if kept else "",
    }


def _page(request: AnyRequest, found: Any) -> Page[Any]:
    return Capped(found, PAGE).get_page(request.GET.get("page"))


def _desk(slug: str) -> Desk | None:
    return Desk.objects.get(slug=slug) if slug else None


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


# --- the latest ---


@public(publication.start_state, takes=("before", "after"))
def index(request: AnyRequest) -> HttpResponse:
    """The latest checks of every desk of this site; under its name and logo if there is one."""
    return _latest(request, publication.only_desk() or "", reverse("public_index"))


@public(publication.site_state, takes=("before", "after"))
def desk_index(request: AnyRequest, desk: str) -> HttpResponse:
    return _latest(request, desk, reverse("public_desk", args=[desk]))


def _latest(request: AnyRequest, slug: str, path: str) -> HttpResponse:
    if words := searched(request):
        return redirect(_search_url({"q": words, "desk": slug}))
    desk = _desk(slug)
    page = public_lists.latest(slug or None, request.GET, PAGE)
    rows = [_line(edition) for edition in catalogue.shown(page)]
    context = _shell(request, path, desk) | {"stretch": page, "checks": rows}
    if desk is None and rows and all(row["is_sample"] for row in rows):
        context |= {"is_sample": True, "indexable": False}
    response = render(request, "public/index.html", context)
    return _noindex(response) if not context["indexable"] else response


def _line(edition: Edition) -> dict[str, Any]:
    content = read_article(edition.content)
    tally = publication.tally(content)
    about = content.article
    return {
        "title": about.title,
        "language": about.language,
        "url": addresses.of_article(content),
        "outlet": about.outlet,
        "published_at": edition.published_at,
        "number": edition.number,
        "dek": article_dek(tally),
        "tally": tally,
        "is_sample": content.desk.is_sample,
        "desk_language": content.desk.language,
    }


# --- search ---


def _search_url(query: dict[str, str]) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{reverse('public_search')}?{urlencode(kept)}" if kept else reverse("public_search")


def _day(words: str) -> dt.date | None:
    """A date as a form sends it; what is none is no limit."""
    try:
        return parse_date(words.strip()[:10])
    except ValueError:
        return None


SEARCHED = ("q", "desk", "claimant", "outlet", "topic", "rating", "from", "to")


@public(publication.search_state, takes=(*SEARCHED, "page"))
def search(request: AnyRequest) -> HttpResponse:
    """Claims and articles by their words, and claims by who said it, where, and what was found."""

    def asked(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "").strip()[:200]

    desk = Desk.objects.filter(slug=asked("desk")[:50]).first() if asked("desk") else None
    query = {
        "q": searched(request),
        "desk": desk.slug if desk else "",
        "claimant": asked("claimant"),
        "outlet": asked("outlet"),
        "topic": asked("topic"),
        "rating": asked("rating"),
        "from": asked("from"),
        "to": asked("to"),
    }
    looked_for = catalogue.Search(
        words=query["q"],
        desk=query["desk"],
        claimant=query["claimant"],
        outlet=query["outlet"],
        topic=query["topic"],
        rating=query["rating"],
        since=_day(query["from"]),
        until=_day(query["to"]),
    )
    page = _page(request, catalogue.search(looked_for))
    shown = [name for name in query.values() if name]
    context = _shell(request, _search_url(query), desk, query) | {
        "asked": query | {"since": looked_for.since, "until": looked_for.until},
        "choices": catalogue.choices(query["desk"]),
        "page_obj": page,
        "results": [_result(edition) for edition in catalogue.shown(page, query["q"])],
        "is_asked": bool(shown),
        # Results are no page of their own for other search engines.
        "indexable": False,
    }
    return _noindex(render(request, "public/search.html", context))


def _result(edition: Edition) -> dict[str, Any]:
    content = read(edition.content)
    headline = getattr(edition, "headline", "")
    row = {
        "at": edition.published_at,
        "pieces": catalogue.pieces(headline) if catalogue.OPEN in headline else [],
        "is_sample": content.desk.is_sample,
        "organisation": content.desk.organisation,
    }
    if not isinstance(content, ArticleEdition):
        return row | claim_line(edition)
    about = content.article
    return row | {
        "title": about.title,
        "language": about.language,
        "url": addresses.of_article(content),
        "outlet": about.outlet,
        "rating": None,
    }


def claim_line(edition: Edition) -> dict[str, Any]:
    """A claim in a list: its words, verdict and finding, who said it and where."""
    content = read_claim(edition.content)
    claim, verdict = content.claim, content.verdict
    claimant = claim.claimant
    return {
        "title": claim.claim_reviewed,
        "language": content.desk.language,
        "url": addresses.of_claim(content),
        "rating": verdict.rating,
        "finding": verdict.finding,
        "claimant": claimant.name if claimant else "",
        "claimant_url": addresses.of_claimant(content.desk.slug, claimant.name) if claimant else "",
        "outlet": content.first.outlet if content.first else "",
        "at": edition.published_at,
    }


# --- claimants ---


@public(publication.site_state, takes=("name", "page"))
def claimants(request: AnyRequest, desk: str) -> HttpResponse:
    """Whose claims a desk checked; with ?name=, those of one, and how many got which rating."""
    name = claimant_asked_for(request)
    if name:
        return to_main_name(request, desk, name) or _claimant(request, desk, name)
    row = _desk(desk)
    found = [
        {"url": addresses.of_claimant(desk, each.name), "who": each}
        for each in catalogue.claimants(desk)
    ]
    context = _shell(request, reverse("public_claimants", args=[desk]), row)
    response = render(request, "public/claimants.html", context | {"claimants": found})
    return _noindex(response) if context["is_sample"] else response


def claimant_asked_for(request: AnyRequest) -> str:
    return request.GET.get("name", "").replace("\0", "").strip()[:200]


def to_main_name(request: AnyRequest, desk: str, name: str) -> HttpResponse | None:
    """The way from another name of somebody to the same page under the main one; else None."""
    main = catalogue.main_name(desk, name)
    if main == name:
        return None
    query = request.GET.copy()
    query["name"] = main
    response = redirect(f"{request.path}?{query.urlencode()}", permanent=True)
    # Two names may be said to be two after all, so a browser asks again.
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _claimant(request: AnyRequest, desk: str, name: str) -> HttpResponse:
    found = catalogue.claims_of(desk, name)
    page = _page(request, found)
    results = catalogue.shown(page)
    if not results:
        raise Http404
    counted = page.paginator
    context = _shell(request, addresses.of_claimant(desk, name), _desk(desk), {"name": name})
    response = render(
        request,
        "public/claimant.html",
        context
        | {
            "claimant": {"name": name, "description": _description(results, name)},
            "counts": catalogue.counts(found[: counted.count]),
            "counted": counted,
            "feed_url": ""
            if context["is_sample"]
            else addresses.of_claimant(desk, name, "claimant_feed"),
            "page_obj": page,
            "results": [claim_line(edition) for edition in results],
        },
    )
    return _noindex(response) if context["is_sample"] else response


def _description(results: list[Edition], name: str) -> str:
    """Who somebody is, as it was published with the name; else with another name of theirs."""
    told = [claimant for row in results if (claimant := read_claim(row.content).claim.claimant)]
    own = [claimant for claimant in told if claimant.name == name]
    return next((claimant.description for claimant in own or told), "")


# --- corrections ---


@public(publication.site_state, takes=("before", "after"))
def corrections(request: AnyRequest) -> HttpResponse:
    return _corrections(request, "")


@public(publication.site_state, takes=("before", "after"))
def desk_corrections(request: AnyRequest, desk: str) -> HttpResponse:
    return _corrections(request, desk)


def _corrections(request: AnyRequest, slug: str) -> HttpResponse:
    """Everything that was changed after publication, newest first: what, from what, and why."""
    page = public_lists.corrections(slug or None, request.GET, PAGE)
    path = (
        reverse("public_desk_corrections", args=[slug]) if slug else reverse("public_corrections")
    )
    context = _shell(request, path, _desk(slug)) | {
        "stretch": page,
        "corrections": [correction_line(edition) for edition in page],
    }
    response = render(request, "public/corrections.html", context)
    return _noindex(response) if context["is_sample"] else response


def correction_line(edition: Edition) -> dict[str, Any]:
    """A correction or a tombstone in the public list."""
    content = read(edition.content)
    stone = content.tombstone if isinstance(content, Tombstone) else None
    row = public_lists.correction_of(edition)
    withdrawn = stone is not None and stone.kind == "withdrawn"
    line = {
        # What was withdrawn may have been withdrawn for its words.
        "name": "" if withdrawn else name_of(content),
        "is_claim": edition.claim_id is not None,
        "url": addresses.of_edition(content),
        "is_sample": content.desk.is_sample,
        "organisation": content.desk.organisation,
        "language": content.desk.language,
    }
    if stone is not None:
        return line | {
            "label": _("Withdrawn") if withdrawn else CorrectionKind.RETRACTION.label,
            "at": stone.at,
            "why": stone.why,
            "changes": [],
        }
    assert row is not None
    return line | {
        "label": CorrectionKind(row.kind).label,
        "at": row.at,
        "why": row.why,
        "changes": changes_in_words(stored_changes(row.changes)),
    }


# --- versions of an article ---


@public(publication.article_states)
def versions(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """Every edition of an article, with what was changed from the one before."""
    newest = publication.article_edition(desk, slug)
    if is_gone(newest):
        return gone(request, newest)
    rows = list(Edition.objects.filter(article=newest.article_id).order_by("number"))
    lines = []
    before: ArticleEdition | None = None
    for row in rows:
        stands = read(row.content)
        now = stands if isinstance(stands, ArticleEdition) else None
        changes = article_changes(before, now) if before and now else []
        lines.append(
            {
                "number": row.number,
                "at": row.published_at,
                "url": reverse("public_edition", args=[desk, slug, row.number]),
                "changes": changes_in_words(changes),
            }
        )
        before = now or before
    edition = read_article(newest.content)
    about = edition.article
    context = _shell(request, reverse("public_versions", args=[desk, slug]), newest.desk) | {
        "desk": edition.desk,  # as on the article's page: what it is called now is in no edition
        "title": about.title,
        "language": about.language,
        "article_url": addresses.of_article(edition),
        "versions": lines[::-1],
        "indexable": False,
    }
    return _noindex(render(request, "public/versions.html", context))


@public(lambda desk, slug, number: publication.article_states(desk, slug))
def edition(request: AnyRequest, desk: str, slug: str, number: int) -> HttpResponse:
    """An article as readers got it in one edition, with a word that there is a newer one."""
    newest = publication.article_edition(desk, slug)
    if is_gone(newest):
        return gone(request, newest)
    row = Edition.objects.filter(article=newest.article_id, number=number).first()
    stands = read(row.content) if row else None
    if row is None or not isinstance(stands, ArticleEdition):
        raise Http404
    response = render_article(
        request, stands, superseded_by=newest if newest.number > row.number else None
    )
    return _noindex(response)
