"""The board: every article of the desk, whose it is, how far it is, and by when it is wanted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations import moments
from annotations.listing import listed
from annotations.queries import board, filters
from annotations.queries import queue as queue_queries
from annotations.queries.access import may
from annotations.queries.paging import stretch
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.views.http import Request, searched
from annotations.vocabulary import ArticleStatus, ListSort, Priority
from annotations.words.languages import language_name

from .frame import desk_of, frame
from .orders import Head, Orders
from .queue import kept_in, looked_for

PAGE = 50


@require_safe
def articles(request: Request, desk_slug: str) -> HttpResponse:
    """The articles that the filter fits, the newest first or in another order (`?sort=due`)."""
    desk, others = desk_of(request, desk_slug)
    words = searched(request)
    wanted = filters.parse(words)
    found = queue_queries.articles(desk, request.user, wanted).select_related("owner")
    orders = Orders.asked(board.SORTS, words, request.GET.get("sort", ""))
    order = orders.now
    listed_so = order.of(found, request.user)
    page = stretch(listed_so, order.columns, request.GET, PAGE, ascends=order.ascends)
    kept = kept_in(wanted)
    title = _("Articles with “%(words)s”") % {"words": words} if words else _("Articles")
    context = {
        "rows": [_row(row, kept) for row in board.rows(page, request.user)],
        "stretch": page,
        "may_import": may(desk, Right.IMPORT),
        **orders.context(_heads(orders)),
    }
    context |= looked_for(desk, request.user, words, wanted, "articles", orders.sort)
    return render(
        request,
        "desk/articles.html",
        frame(request, desk, others, "articles", title) | context,
    )


def _heads(orders: Orders) -> list[Head]:
    return [
        (_("Article"), None, ""),
        (_("Stage"), None, ""),
        (_("Decided"), ListSort.PROGRESS, "descending"),
        (_("Owner"), ListSort.OWNER, "ascending"),
        (_("Waits for"), None, ""),
        (_("Due"), ListSort.DUE, "ascending"),
        orders.added(_("Added")),
    ]


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
        "due": moments.short(due) if due else "",
        "is_late": bool(is_open and due and due < timezone.now()),
        "added": article.created_at,
    }
