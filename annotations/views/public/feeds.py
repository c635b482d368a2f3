"""For machines: feeds, the site-wide DataFeed, web annotations, sitemap, pictures to share.

Samples have none of these: what only shows how the system works must not be taken for a finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions.content import ArticleEdition, iso
from annotations.editions.reading import read, read_article, read_claim
from annotations.exchange import published
from annotations.formats import atom, jsonlines, sitemap, webannotation
from annotations.formats.claimreview import MEDIA_TYPE, claim_review, data_feed, encoded
from annotations.formats.markup import line_in_words
from annotations.formats.sharecard import card
from annotations.listing import labelled
from annotations.models import Desk, Edition
from annotations.queries import catalogue, public_lists, publication
from annotations.views.http import AnyRequest
from annotations.words.changed import sides

from .claim import wording_of
from .common import gone_as_json, gone_as_picture, is_gone, logo_address
from .lists import claimant_asked_for, correction_line, to_main_name
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
    return iso(moment or dt.datetime.fromtimestamp(0, dt.UTC))


def _number(asked: str) -> int:
    """The number of a page as an address says it; 0, which no page has, where it is none."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


# --- Atom ---


@public(publication.site_state, for_scripts=True)
def checks_feed(request: AnyRequest) -> HttpResponse:
    found = catalogue.shown(public_lists.standing_claims()[:ENTRIES])
    title = _("Fact checks")
    return _feed(request, title, reverse("public_index"), map(_check(request), found))


@public(publication.site_state, for_scripts=True)
def desk_checks_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    found = catalogue.shown(public_lists.standing_claims(desk)[:ENTRIES])
    page = reverse("public_desk", args=[desk])
    return _feed(request, row.organisation, page, map(_check(request), found))


@public(publication.site_state, takes=("name",), for_scripts=True)
def claimant_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    name = claimant_asked_for(request)
    if to_main := to_main_name(request, desk, name):
        return to_main
    claims = catalogue.listed(catalogue.Search(desk=desk, claimant=name))
    found = catalogue.shown(claims[:ENTRIES]) if name else []
    if not found:
        raise Http404
    title = labelled(row.organisation, name)
    page = addresses.of_claimant(desk, name)
    return _feed(request, title, page, map(_check(request), found))


@public(publication.site_state, for_scripts=True)
def corrections_feed(request: AnyRequest) -> HttpResponse:
    found = public_lists.corrections(None, {}, ENTRIES, samples=False)
    page = reverse("public_corrections")
    return _feed(request, _("Corrections"), page, map(_correction(request), found))


@public(publication.site_state, for_scripts=True)
def desk_corrections_feed(request: AnyRequest, desk: str) -> HttpResponse:
    row = _real_desk(desk)
    found = public_lists.corrections(desk, {}, ENTRIES)
    page = reverse("public_desk_corrections", args=[desk])
    title = labelled(row.organisation, _("Corrections"))
    return _feed(request, title, page, map(_correction(request), found))


def _check(request: AnyRequest) -> Callable[[Edition], atom.Entry]:
    def entry(edition: Edition) -> atom.Entry:
        content = read_claim(edition.content)
        rating = content.verdict.rating.label
        return atom.Entry(
            id=f"urn:uuid:{content.claim.uuid}",
            title=labelled(rating, content.claim.claim_reviewed),
            url=request.build_absolute_uri(addresses.of_claim(content)),
            updated=_iso(edition.published_at),
            published=_iso(getattr(edition, "first_published", None)),
            author=content.desk.organisation,
            summary=line_in_words(content.verdict.finding),
            category=rating,
            language=content.desk.language,
        )

    return entry


def _correction(request: AnyRequest) -> Callable[[Edition], atom.Entry]:
    def entry(edition: Edition) -> atom.Entry:
        line = correction_line(edition)
        changes = [labelled(each["field"], _as_text(each["parts"])) for each in line["changes"]]
        name = line["name"] or _("A withdrawn check")
        return atom.Entry(
            id=f"urn:uuid:{edition.uuid}",
            title=labelled(line["label"], name),
            url=request.build_absolute_uri(line["url"]),
            updated=_iso(line["at"]),
            published=_iso(line["at"]),
            author=line["organisation"],
            summary="\n".join([line["why"], *changes]),
            category=str(line["label"]),
            language=line["language"],
        )

    return entry


def _as_text(parts: list[Any]) -> str:
    """What was changed, in plain text: how it was and how it is, where that is not the same."""
    before = "".join(part.text for part in parts if part.op != "ins")
    after = "".join(part.text for part in parts if part.op != "del")
    if before == after:
        return after
    return "\n".join(f"{was or '–'} → {now or '–'}" for was, now in sides(before, after))


def _feed(
    request: AnyRequest, title: str, page: str, entries: Iterable[atom.Entry]
) -> HttpResponse:
    listed = list(entries)
    # What else stands in the query names no other feed.
    asked = {name: request.GET[name] for name in ("name", "lang") if request.GET.get(name)}
    own = request.path + (f"?{urlencode(asked)}" if asked else "")
    feed = atom.Feed(
        id=request.build_absolute_uri(own),
        title=title,
        url=request.build_absolute_uri(page),
        # Not that of the newest entry: one that is taken out is news as well.
        updated=_iso(request.state.modified),
        language=request.LANGUAGE_CODE,
        entries=listed,
    )
    return HttpResponse(atom.atom(feed), content_type=atom.MEDIA_TYPE)


def _not_counted(request: AnyRequest) -> None:
    """Raises Http404 for page 2 and on: these lists were once counted so, and who still counts
    would else read the newest for ever."""
    if request.GET.get("page", "1") != "1":
        raise Http404


# --- DataFeed ---


@public(publication.site_state, takes=("before", "after", "page"), for_scripts=True)
def claim_reviews(request: AnyRequest) -> HttpResponse:
    """Every standing check as a ClaimReview, newest first; `Link: rel=next` leads on."""
    _not_counted(request)
    page = public_lists.reviewed(request.GET, REVIEWS)
    if not page.rows and request.GET.keys() & {"before", "after"}:
        raise Http404
    reviews = []
    shown = catalogue.shown(page)
    looks = publication.looks_with_logo({edition.desk_id for edition in shown})
    for edition in shown:
        content = read_claim(edition.content)
        review = claim_review(
            content,
            url=request.build_absolute_uri(addresses.of_claim(content)),
            first_published=getattr(edition, "first_published", None) or content.at,
            logo=logo_address(request, looks.get(edition.desk_id)),
        )
        if review is not None:
            reviews.append((review, _iso(edition.published_at)))
    feed = data_feed(
        reviews,
        url=request.build_absolute_uri(),
        name=_("Fact checks"),
        modified=_iso(request.state.modified),
    )
    return _page(request, HttpResponse(encoded(feed), content_type=MEDIA_TYPE), page.older)


def _page(request: AnyRequest, response: HttpResponse, older: str) -> HttpResponse:
    """A page of a list for machines, which says where the list goes on."""
    if older:
        address = f"{request.build_absolute_uri(request.path)}?{older}"
        response["Link"] = f'<{address}>; rel="next"'
    return response


# --- checks, for systems that gather them ---


@public(publication.site_state, takes=("before", "after"), for_scripts=True)
def checks_lines(request: AnyRequest) -> HttpResponse:
    """What readers are told of claims, newest first, as lines of `formats.checks`.

    What was taken back is among them. `Link: rel=next` leads on.
    """
    return _checks_lines(request, None)


@public(publication.site_state, takes=("before", "after"), for_scripts=True)
def desk_checks_lines(request: AnyRequest, desk: str) -> HttpResponse:
    return _checks_lines(request, _real_desk(desk))


def _checks_lines(request: AnyRequest, desk: Desk | None) -> HttpResponse:
    page = public_lists.checks(desk, request.GET, REVIEWS)
    if not page.rows and request.GET.keys() & {"before", "after"}:
        raise Http404
    told = "".join(published.lines(page.rows, request.build_absolute_uri))
    return _page(request, HttpResponse(told, content_type=jsonlines.MEDIA_TYPE), page.older)


# --- web annotations ---


@public(publication.article_states, takes=("page", "mark"), for_scripts=True)
def web_annotations(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """An article's marks as W3C Web Annotations: the collection, and with ?page= its pages."""
    row = publication.article_edition(desk, slug)
    if is_gone(row):
        return gone_as_json(row)
    edition = read_article(row.content)
    if edition.desk.is_sample:
        raise Http404
    assert row.revision is not None
    place = _place(request, row, edition)
    items = webannotation.items_of(edition, row.revision.text, place)
    asked = request.GET.get("page")
    found: dict[str, Any] | None
    if asked is not None:
        found = webannotation.page(items, _number(asked), base=place.base)
    elif (mark := request.GET.get("mark")) is not None:
        found = webannotation.one(items, f"{place.base}?mark={mark}")
    else:
        found = webannotation.collection(edition, len(items), place)
    if found is None:
        raise Http404
    response = JsonResponse(found, content_type=webannotation.MEDIA_TYPE)
    if found["type"] == "Annotation":
        response["Link"] = webannotation.LINKS
    return response


def _place(request: AnyRequest, row: Edition, edition: ArticleEdition) -> webannotation.Place:
    desk, slug = edition.desk.slug, edition.article.slug
    first = publication.first_published(row)
    assert row.revision is not None
    cached = reverse("public_edition", args=[desk, slug, row.number])
    return webannotation.Place(
        base=request.build_absolute_uri(request.path),
        site=request.build_absolute_uri(reverse("public_index")),
        desk=request.build_absolute_uri(reverse("public_desk", args=[desk])),
        cached=request.build_absolute_uri(cached),
        read_at=row.revision.created_at,
        created=first.article,
        page_of=lambda claim: request.build_absolute_uri(
            reverse("public_claim", args=[desk, claim.number, claim.slug])
        ),
        since=lambda claim: first.claims.get(claim.number),
    )


# --- sitemap, robots ---


@public(publication.site_state, takes=("from", "page"))
def site_map(request: AnyRequest) -> HttpResponse:
    """The start, and every standing article and claim with its date; an index of parts when
    there are many."""
    _not_counted(request)
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    places = public_lists.standing_places(start, sitemap.LIMIT if asked else None)
    rows = list(places[: sitemap.LIMIT + 1])
    if start and not rows:
        raise Http404
    if len(rows) > sitemap.LIMIT:
        address = request.build_absolute_uri(request.path)
        begins = {0, *public_lists.parts_of_places(sitemap.LIMIT)}  # the start is in the first
        parts = [(f"{address}?from={begin}", "") for begin in sorted(begins)]
        return HttpResponse(sitemap.index(parts), content_type=sitemap.MEDIA_TYPE)
    site = request.build_absolute_uri("/").removesuffix("/")
    found = [
        (site + addresses.of_listed(desk, number, slug), _iso(at))
        for _key, desk, number, slug, at in rows
    ]
    if not start:  # the schema wants an address where nothing stands, too
        latest = request.state.modified
        found.insert(0, (site + reverse("public_index"), _iso(latest) if latest else ""))
    return HttpResponse(sitemap.sitemap(found), content_type=sitemap.MEDIA_TYPE)


@public(lambda: publication.State(("robots",), None, ""))  # the same whatever is published
def robots(request: AnyRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /desks/",
        "Disallow: /articles/",
        "Disallow: /admin/",
        "Disallow: /login/",
        "Disallow: /embed/",
        "Disallow: /reply/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# --- the picture to share ---


@public(publication.claim_states)
def claim_card(request: AnyRequest, desk: str, number: int, slug: str) -> HttpResponse:
    rows = publication.claim_editions(desk, number)
    if not rows or read(rows[0].content).desk.is_sample:
        raise Http404
    if slug != (now := wording_of(rows[0]).slug):
        return redirect("claim_card", desk, number, now, permanent=True)
    if is_gone(rows[0]):
        return gone_as_picture()
    edition = read_claim(rows[0].content)
    picture = card(
        claim=edition.claim.claim_reviewed,
        label=edition.verdict.rating.label,
        tone=edition.verdict.rating.tone,
        organisation=edition.desk.organisation,
        stand_ins=[f"{_('Claim')} {number}", f"#{number}"],
        language=edition.claim.language,
        desk_language=request.LANGUAGE_CODE,
    )
    return HttpResponse(picture, content_type="image/png")


@public(publication.article_states)
def article_card(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    row = publication.article_edition(desk, slug)
    if read(row.content).desk.is_sample:
        raise Http404
    if is_gone(row):
        return gone_as_picture()
    edition = read_article(row.content)
    picture = card(
        claim=edition.article.title,
        label=_("Annotated article"),
        tone="",
        organisation=edition.desk.organisation,
        language=edition.article.language,
        desk_language=request.LANGUAGE_CODE,
    )
    return HttpResponse(picture, content_type="image/png")
