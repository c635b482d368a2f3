"""One search over all that the desk has: articles, claims, findings, sources, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations import addresses
from annotations.formats.markup import line_in_words, plain
from annotations.listing import listed
from annotations.models import Article, Claim, Claimant, Desk, Membership, Source, User, Verdict
from annotations.queries import searching
from annotations.views.http import Request, searched
from annotations.words.dates import when

from .frame import desk_of, frame

PAGE = 50
LONGEST = 300
"""Code points of a sentence or finding that are shown."""


@dataclass(frozen=True, slots=True)
class ResultKind:
    """Something that is searched: its name in addresses and on the page, and how it is shown."""

    name: str
    label: str
    find: Callable[[Desk, User, Sequence[str]], QuerySet[Any]]
    show: Callable[[Desk, list[Any], Sequence[str]], list[dict[str, Any]]]


@require_safe
def search(request: Request, desk_slug: str) -> HttpResponse:
    """What holds the words, a few of each kind; `?in=` shows more of one kind."""
    desk, others = desk_of(request, desk_slug)
    typed = searched(request)
    words = searching.words_of(typed)
    kinds = {kind.name: kind for kind in _kinds()}
    one = kinds.get(request.GET.get("in", ""))
    groups = []
    if words:
        for kind in [one] if one else kinds.values():
            rows = kind.find(desk, request.user, words)
            found = searching.first(rows, PAGE) if one else searching.first(rows)
            if found.rows:
                groups.append(_group(kind, desk, found, words, typed))
    title = _("Search: “%(words)s”") % {"words": typed} if typed else _("Search")
    context = frame(request, desk, others, "desk_search", title) | {
        "typed": typed,
        "is_searched": bool(words),
        "groups": groups,
        "whole": f"?{urlencode({'q': typed})}" if one else "",
        "most": PAGE,
        "is_one": one is not None,
    }
    return render(request, "desk/search.html", context)


def _group(
    kind: ResultKind, desk: Desk, found: searching.Found[Any], words: Sequence[str], typed: str
) -> dict[str, Any]:
    return {
        "name": kind.name,
        "label": kind.label,
        "rows": kind.show(desk, found.rows, words),
        "is_more": found.is_more,
        "more_url": f"?{urlencode({'q': typed, 'in': kind.name})}",
    }


def _kinds() -> list[ResultKind]:
    return [
        ResultKind("articles", _("Articles"), searching.articles, _articles),
        ResultKind("claims", _("Claims"), searching.claims, _claims),
        ResultKind("findings", _("Findings"), searching.findings, _findings),
        ResultKind("sources", _("Sources"), searching.sources, _sources),
        ResultKind("claimants", _("Who makes claims"), searching.claimants, _claimants),
        ResultKind("people", _("People"), searching.people, _people),
    ]


def _row(
    words: Sequence[str], url: str, title: str, about: str = "", **more: Any
) -> dict[str, Any]:
    return {
        "url": url,
        "title": searching.pieces(title, words),
        "about": searching.pieces(Truncator(about).chars(LONGEST), words),
        "sign": "",
        **more,
    }


def _articles(_desk: Desk, rows: list[Article], words: Sequence[str]) -> list[dict[str, Any]]:
    passages = searching.passages(rows, words)
    found = []
    for article in rows:
        passage = passages.get(article.pk)
        url = (
            addresses.workbench(article.pk, sentence=passage.name)
            if passage
            else addresses.workbench(article.pk)
        )
        about = passage.text if passage and passage.text != article.title else ""
        beside = listed(filter(None, [article.outlet, when(article.published_on)]))
        found.append(_row(words, url, article.title, about, language=article.language, sign=beside))
    return found


def _claims(_desk: Desk, rows: list[Claim], words: Sequence[str]) -> list[dict[str, Any]]:
    return [
        _row(
            words,
            addresses.workbench(claim.article_pk, claim=claim.pk),  # type: ignore[attr-defined]
            claim.claim_reviewed,
            str(claim.claimant or ""),
            language=claim.language,
            sign=claim.get_status_display(),
        )
        for claim in rows
    ]


def _findings(_desk: Desk, rows: list[Verdict], words: Sequence[str]) -> list[dict[str, Any]]:
    places = searching.places([row.claim_id for row in rows])
    return [
        _row(
            words,
            addresses.workbench(places[row.claim_id], claim=row.claim_id),
            line_in_words(row.finding, addresses=False),
            searching.around(plain(row.justification, addresses=False), words, LONGEST),
            rating=row.rating,
        )
        for row in rows
        if row.claim_id in places
    ]


def _sources(_desk: Desk, rows: list[Source], words: Sequence[str]) -> list[dict[str, Any]]:
    return [
        _row(
            words,
            reverse("source", args=[row.uuid]),
            row.title,
            row.url,
            language=row.language,
            sign=row.publisher,
        )
        for row in rows
    ]


def _claimants(desk: Desk, rows: list[Claimant], words: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        also = [name.name for name in row.other_names.all()]
        about = listed(filter(None, [row.description, *also]))
        url = reverse("claimant", args=[desk.slug, row.uuid])
        found.append(_row(words, url, row.name, about, sign=row.get_kind_display()))
    return found


def _people(desk: Desk, rows: list[Membership], words: Sequence[str]) -> list[dict[str, Any]]:
    url = reverse("people", args=[desk.slug])
    return [
        _row(
            words,
            url,
            row.user.get_full_name() or row.user.username,
            row.user.username,
            sign=row.get_role_display(),
        )
        for row in rows
    ]
