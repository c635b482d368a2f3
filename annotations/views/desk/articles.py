"""The board: every article of the desk, whose it is, how far it is, and by when it is wanted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.listing import listed
from annotations.queries import board, filters
from annotations.queries import queue as queries
from annotations.queries.access import may
from annotations.queries.paging import stretch
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.views.http import Request, searched
from annotations.vocabulary import ArticleStatus, BoardSort, Priority
from annotations.words.languages import language_name

from .frame import desk_of, frame
from .queue import kept_in, looked_for

PAGE = 50


@require_safe
def articles(request: Request, desk_slug: str) -> HttpResponse:
    """The articles that the filter fits, the newest first or in another order (`?sort=due`)."""
    desk, others = desk_of(request, desk_slug)
    words = searched(request)
    wanted = filters.parse(words)
    found = queries.articles(desk, request.user, wanted).select_related("owner")
    sort = request.GET.get("sort", "")
    if sort not in board.SORTS:
        sort = ""
    order = board.SORTS[sort]
    page = stretch(order.of(found), order.columns, request.GET, PAGE, ascends=order.ascends)
    kept = kept_in(wanted)
    title = _("Articles with “%(words)s”") % {"words": words} if words else _("Articles")
    context = {
        "rows": [_row(row, kept) for row in board.rows(page, request.user)],
        "orders": _orders(words, sort),
        "columns": _columns(words, sort),
        "stretch": page,
        "query": _asking(words, sort, before="", after="&"),
        "sort": sort,
        "may_import": may(desk, Right.IMPORT),
    }
    context |= looked_for(desk, request.user, words, wanted, "articles", sort)
    return render(
        request,
        "desk/articles.html",
        frame(request, desk, others, "articles", title) | context,
    )


def _asking(words: str, sort: str, *, before: str = "?", after: str = "") -> str:
    """The end of an address of the board; an empty one where nothing is asked."""
    asked = {key: value for key, value in (("q", words), ("sort", sort)) if value}
    return f"{before}{urlencode(asked)}{after}" if asked else ""


def _orders(words: str, sort: str) -> list[dict[str, Any]]:
    """The orders to choose from, each with its address and whether it is the present one."""
    return [
        {"label": label, "url": _asking(words, name) or "?", "is_now": name == sort}
        for name, label in BoardSort.choices
    ]


def _columns(words: str, sort: str) -> list[dict[str, Any]]:
    """The heads of the table; one by which the board can stand leads to that order.

    `sorted` is what aria-sort says of the present one. By when articles came has two orders.
    """
    age = BoardSort.NEWEST if sort == BoardSort.AGE else BoardSort.AGE
    heads: list[tuple[str, str | None, str]] = [
        (_("Article"), None, ""),
        (_("Stage"), None, ""),
        (_("Decided"), BoardSort.PROGRESS, "descending"),
        (_("Owner"), BoardSort.OWNER, "ascending"),
        (_("Waits for"), None, ""),
        (_("Due"), BoardSort.DUE, "ascending"),
        (_("Added"), age, "descending" if sort == BoardSort.NEWEST else "ascending"),
    ]
    return [
        {
            "label": label,
            "url": _asking(words, name) or "?" if name is not None else "",
            "sorted": way if sort in _same_column(name) else "",
        }
        for label, name, way in heads
    ]


def _same_column(name: str | None) -> tuple[str, ...]:
    if name in (BoardSort.NEWEST, BoardSort.AGE):
        return (BoardSort.NEWEST, BoardSort.AGE)
    return (name,) if name is not None else ()


def _row(row: board.Row, kept: str) -> dict[str, Any]:
    article = row.article
    is_open = article.status == ArticleStatus.DRAFT
    due = timezone.localtime(article.due_at) if article.due_at else None
    outlet = [part for part in (article.outlet, language_name(article.language)) if part]
    return {
        "title": article.title,
        "language": article.language,
        "url": reverse("workbench", args=[article.pk]) + kept,
        "about": " · ".join(outlet),
        "is_first": is_open and article.priority == Priority.HIGH,
        "waits_for": (is_open and article.on_hold) or listed(row.people),
        "stage": stage_in_words(row.stage),
        "done": row.settled,
        "total": row.claims,
        "progress": ngettext(
            "%(done)d of %(total)d claim", "%(done)d of %(total)d claims", row.claims
        )
        % {"done": row.settled, "total": row.claims}
        if row.claims
        else _("No claim"),
        "owner": str(article.owner) if article.owner else "",
        "due": date_format(due, "DAY_TIME_FORMAT") if due else "",
        "is_late": bool(is_open and due and due < timezone.now()),
        "added": article.created_at,
    }
