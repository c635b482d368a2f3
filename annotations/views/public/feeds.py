"""For machines: feeds, the site-wide DataFeed, web annotations, sitemap, pictures to share.

Samples have none of these: what only shows how the system works must not be taken for a finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.formats import atom, sitemap, webannotation
from annotations.formats.claimreview import claim_review, data_feed
from annotations.formats.sharecard import card
from annotations.models import Desk, Edition
from annotations.queries import catalogue, publication
from annotations.views.http import AnyRequest

from .common import gone, is_gone
from .lists import correction_line
from .serving import public

ENTRIES = 50
REVIEWS = 500


def _real_desk(slug: str) -> Desk:
    """The desk, unless it is a sample, which has no outputs for machines. Raises Http404."""
    desk = Desk.objects.filter(slug=slug, is_sample=False).first()
    if desk is None:
        raise Http404
    return desk


def _iso(moment: dt.datetime | None) -> str:
    return (moment or dt.datetime.fromtimestamp(0, dt.UTC)).isoformat()


# --- Atom ---


@public(publication.site_state)
def checks_feed(request: AnyRequest) -> HttpResponse:
    found = catalogue.shown(publication.standing_claims()[:ENTRIES])
    title = _("Fact checks")
    return _feed(request, title, reverse("public_index"), map(_check(request), found))


@public(publication.site_state)
def desk_checks_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    found = catalogue.shown(publication.standing_claims(desk)[:ENTRIES])
    page = reverse("public_desk", args=[desk])
    return _feed(request, row.organisation, page, map(_check(request), found))


@public(publication.site_state, takes=("name",))
def claimant_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    name = request.GET.get("name", "").replace("\0", "").strip()[:200]
    claims = catalogue.search(catalogue.Search(desk=desk, claimant=name))
    found = catalogue.shown(claims[:ENTRIES]) if name else []
    if not found:
        raise Http404
    title = f"{row.organisation}: {name}"
    page = addresses.of_claimant(desk, name)
    return _feed(request, title, page, map(_check(request), found))


@public(publication.site_state)
def corrections_feed(request: AnyRequest) -> HttpResponse:
    found = publication.corrections(None, {}, ENTRIES, samples=False)
    page = reverse("public_corrections")
    return _feed(request, _("Corrections"), page, map(_correction(request), found))


@public(publication.site_state)
def desk_corrections_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    found = publication.corrections(desk, {}, ENTRIES)
    page = reverse("public_desk_corrections", args=[desk])
    title = f"{row.organisation}: {_('Corrections')}"
    return _feed(request, title, page, map(_correction(request), found))


def _check(request: AnyRequest) -> Callable[[Edition], atom.Entry]:
    def entry(edition: Edition) -> atom.Entry:
        content = edition.content
        rating = content["verdict"]["rating"]["label"]
        return atom.Entry(
            id=f"urn:uuid:{content['claim']['uuid']}",
            title=f"{rating}: {content['claim']['claim_reviewed']}",
            url=request.build_absolute_uri(addresses.of_claim(content)),
            updated=_iso(edition.published_at),
            author=content["desk"]["organisation"],
            summary=content["verdict"]["finding"],
            category=rating,
            language=content["desk"].get("language", ""),
        )

    return entry


def _correction(request: AnyRequest) -> Callable[[Edition], atom.Entry]:
    def entry(edition: Edition) -> atom.Entry:
        line = correction_line(edition)
        changes = [f"{each['field']}: {_as_text(each['parts'])}" for each in line["changes"]]
        name = line["name"] or _("A withdrawn check")
        return atom.Entry(
            id=f"urn:uuid:{edition.uuid}",
            title=f"{line['label']}: {name}",
            url=request.build_absolute_uri(line["url"]),
            updated=_iso(line["at"]),
            author=line["organisation"],
            summary="\n".join([line["why"], *changes]),
            category=str(line["label"]),
            language=line["language"],
        )

    return entry


def _as_text(parts: list[Any]) -> str:
    """What was changed, in plain text: what went in square brackets, then what came."""
    return "".join(f"[{part.text}]" if part.op == "del" else part.text for part in parts)


def _feed(
    request: AnyRequest, title: str, page: str, entries: Iterable[atom.Entry]
) -> HttpResponse:
    listed = list(entries)
    feed = atom.Feed(
        id=request.build_absolute_uri(),
        title=title,
        url=request.build_absolute_uri(page),
        updated=max((entry.updated for entry in listed), default=_iso(request.state.modified)),
        language=request.LANGUAGE_CODE,
        entries=listed,
    )
    return HttpResponse(atom.atom(feed), content_type=atom.MEDIA_TYPE)


# --- DataFeed ---


@public(publication.site_state, takes=("before", "after"))
def claim_reviews(request: AnyRequest) -> HttpResponse:
    """Every standing check as a ClaimReview, newest first; `Link: rel=next` leads on."""
    page = publication.reviewed(request.GET, REVIEWS)
    firsts = publication.first_published(page)
    reviews = []
    for edition in catalogue.shown(page):
        review = claim_review(
            edition.content,
            url=request.build_absolute_uri(addresses.of_claim(edition.content)),
            first_published=_iso(firsts[edition.pk]),
        )
        if review is not None:
            reviews.append((review, _iso(edition.published_at)))
    feed = data_feed(
        reviews,
        url=request.build_absolute_uri(),
        name=_("Fact checks"),
        modified=_iso(request.state.modified),
    )
    response = JsonResponse(feed, content_type="application/ld+json")
    if page.older:
        address = f"{request.build_absolute_uri(request.path)}?{page.older}"
        response["Link"] = f'<{address}>; rel="next"'
    return response


# --- web annotations ---


@public(publication.article_states, takes=("page",))
def web_annotations(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """An article's marks as W3C Web Annotations: the collection, and with ?page= its pages."""
    edition = publication.article_edition(desk, slug)
    if is_gone(edition):
        return gone(request, edition)
    content = edition.content
    if content["desk"]["is_sample"]:
        raise Http404
    assert edition.revision is not None
    base = request.build_absolute_uri(request.path)
    cached = reverse("public_edition", args=[desk, slug, edition.number])
    items = webannotation.items_of(
        content,
        edition.revision.text,
        base=base,
        cached=request.build_absolute_uri(cached),
        page_of=lambda claim: request.build_absolute_uri(
            reverse("public_claim", args=[desk, claim["number"], claim["slug"]])
        ),
    )
    asked = request.GET.get("page")
    found: dict[str, Any] | None = webannotation.collection(content, len(items), base=base)
    if asked is not None:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
        found = webannotation.page(items, number, base=base)
    if found is None:
        raise Http404
    response = JsonResponse(found, content_type=webannotation.MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


# --- sitemap, robots ---


@public(publication.site_state, takes=("from",))
def site_map(request: AnyRequest) -> HttpResponse:
    """Every standing article and claim with its date; an index of parts when there are many."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    rows = list(publication.standing_places(start)[: sitemap.LIMIT + 1])
    if len(rows) > sitemap.LIMIT and not asked:
        address = request.build_absolute_uri(request.path)
        borders = publication.places_to_part_at(sitemap.LIMIT)
        parts = [(f"{address}?from={border}", "") for border in (0, *borders)]
        return HttpResponse(sitemap.index(parts), content_type=sitemap.MEDIA_TYPE)
    site = request.build_absolute_uri("/").removesuffix("/")
    found = [
        (site + addresses.of_listed(desk, number, slug), _iso(at))
        for _key, desk, number, slug, at in rows[: sitemap.LIMIT]
    ]
    return HttpResponse(sitemap.sitemap(found), content_type=sitemap.MEDIA_TYPE)


@public(publication.site_state)
def robots(request: AnyRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /desks/",
        "Disallow: /articles/",
        "Disallow: /admin/",
        "Disallow: /login/",
        "Disallow: /embed/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# --- the picture to share ---


@public(publication.claim_states)
def claim_card(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    editions = publication.claim_editions(desk, number)
    content = editions[0].content if editions else {}
    if not editions or slug != content["claim"]["slug"] or content["desk"]["is_sample"]:
        raise Http404
    if is_gone(editions[0]):
        return gone(request, editions[0])
    rating = content["verdict"]["rating"]
    picture = card(
        claim=content["claim"]["claim_reviewed"],
        label=rating["label"],
        tone=rating["tone"],
        organisation=content["desk"]["organisation"],
        stand_ins=[f"{_('Claim')} {number}", f"#{number}"],
    )
    return HttpResponse(picture, content_type="image/png")


@public(publication.article_states)
def article_card(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    edition = publication.article_edition(desk, slug)
    content = edition.content
    if content["desk"]["is_sample"]:
        raise Http404
    if is_gone(edition):
        return gone(request, edition)
    picture = card(
        claim=content["article"]["title"],
        label=_("Annotated article"),
        tone="",
        organisation=content["desk"]["organisation"],
    )
    return HttpResponse(picture, content_type="image/png")
