"""The desk: what needs the person, and what else a filter finds."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.forms import SaveFilterForm
from annotations.listing import listed, quoted
from annotations.models import Article, Desk, User
from annotations.queries import board, claims, filters
from annotations.queries import queue as queue_queries
from annotations.queries.access import may
from annotations.queries.first_steps import FirstSteps, first_steps
from annotations.queries.needs import Need
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.views.http import Request, searched

from .frame import desk_of, frame

OF_THE_DESK = ("claims", "people")
"""Pages of the desk where what is about an article may lead."""

MORE = 20
"""Articles that a filtered queue shows beside what needs the person."""


def row_of(need: Need, desk: Desk, kept: str = "") -> dict[str, Any]:
    """`kept` is the filter that goes along into the article, as the address's query."""
    query = need.query or (kept if need.page == "workbench" else "")
    url = _page_of(need, desk) + query
    article = need.article
    return {
        "icon": "i-clock" if need.is_late else need.icon,
        "title": article.title if article else need.title,
        "url": reverse("workbench", args=[article.pk]) + kept if article else url,
        "why": need.why,
        "done": need.done,
        "total": need.total,
        "stage": need.stage,
        "due": _("Late: %(due)s") % {"due": need.due} if need.is_late else need.due,
        "is_due": need.due_at is not None,
        "hot": need.is_late,
        "verb": need.verb,
        "verb_url": url,
        "verb_post": need.sends,
        "key": uuid.uuid4() if need.sends else "",
    }


def _page_of(need: Need, desk: Desk) -> str:
    """The address of the page where the verb leads: of a claim, an article or the desk."""
    if need.article is None or need.page in OF_THE_DESK:
        return reverse(need.page, args=[desk.slug])
    if need.claim is not None:
        return reverse(need.page, args=[need.article.pk, need.claim])
    return reverse(need.page, args=[need.article.pk])


def _article_rows(found: Iterable[Article], user: User, kept: str) -> list[dict[str, Any]]:
    return [
        {
            "icon": "i-check" if row.stage == "published" else "i-edit",
            "title": row.article.title,
            "url": reverse("workbench", args=[row.article.pk]) + kept,
            "why": ngettext("%(count)d claim", "%(count)d claims", row.claims)
            % {"count": row.claims},
            "stage": stage_in_words(row.stage),
            "due": "",
            "is_due": False,
            "verb": _("Open"),
            "verb_url": reverse("workbench", args=[row.article.pk]) + kept,
        }
        for row in board.rows(found, user)
    ]


def kept_in(wanted: filters.Filter) -> str:
    return f"?{urlencode({'q': wanted.kept})}" if wanted.kept else ""


@require_safe
def queue(request: Request, desk_slug: str) -> HttpResponse:
    """What needs the person; with a filter, what of it fits, and then what else there is."""
    desk, others = desk_of(request, desk_slug)
    words = searched(request)
    wanted = filters.parse(words)
    kept = kept_in(wanted)
    found = queue_queries.queue(desk, request.user, wanted if words else None)
    groups = [
        (_("Overdue"), found.overdue, False),
        (_("Now"), found.now, False),
        (_("Stalled"), found.stalled, False),
        (_("Free to take"), found.unassigned, False),
        (_("Waiting for others"), found.waiting, True),
    ]
    shown = [
        {"title": name, "slim": slim, "rows": [row_of(need, desk, kept) for need in needs]}
        for name, needs, slim in groups
        if needs
    ]
    if words:
        more = queue_queries.articles(desk, request.user, wanted)
        more = more.exclude(pk__in=[need.article.pk for need in found.needs if need.article])[:MORE]
        if rows := _article_rows(more, request.user, kept):
            shown.append({"title": _("Other articles"), "slim": False, "rows": rows})
    steps = first_steps(desk) if may(desk, Right.MANAGE) and not words else None
    is_new = steps is not None and steps.is_new
    title = _("What fits “%(words)s”") % {"words": words} if words else _needs_in_words(found.count)
    if is_new and not found.count:
        title = _("A new desk")
    return render(
        request,
        "desk/queue.html",
        frame(request, desk, others, "queue", title, count=None if words else found.count)
        | {
            "today": timezone.now(),
            "groups": shown,
            "agreement": found.agreement,
            "stages": board.at_stages(desk, found.stages),
            "most": max((count for _stage, count in found.stages), default=1),
            "may_import": may(desk, Right.IMPORT),
            "first_steps": _left_to_do(desk, steps) if steps else [],
            "is_new_desk": is_new,
        }
        | looked_for(desk, request.user, words, wanted, "queue"),
    )


def _left_to_do(desk: Desk, steps: FirstSteps) -> list[dict[str, Any]]:
    """What a manager does first, each with its page; at a new desk what is done already, too."""
    rows = [
        ("invite", steps.people, _("Invite people"), _("Two at least: nobody decides alone.")),
        (
            "rules",
            steps.rules,
            _("Read the rules"),
            _("How many check a claim, who decides."),
        ),
        ("guidelines", steps.guidelines, _("Write guidelines"), _("Checkers see them at work.")),
        (
            "statements",
            steps.statements,
            _("Say what readers should know"),
            _("How you work, who pays, how you correct."),
        ),
        ("import", steps.article, _("Add the first article"), _("Paste it, or give its address.")),
    ]
    return [
        {"url": reverse(name, args=[desk.slug]), "is_done": done, "title": title, "why": why}
        for name, done, title, why in rows
        if steps.is_new or not done
    ]


def _needs_in_words(count: int) -> str:
    if not count:
        return _("Nothing needs you right now.")
    return ngettext("One thing needs you", "%(count)d things need you", count) % {"count": count}


_SORTS: dict[str, Mapping[str, Any]] = {"articles": board.SORTS, "claims": claims.SORTS}


def list_address(desk: Desk, page: str, words: str, sort: str = "") -> str:
    """A list with a filter; in an order, where it has that one."""
    asked = {"q": words, "sort": _known(sort, page)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse(page, args=[desk.slug]) + (f"?{query}" if query else "")


def _known(sort: str, page: str) -> str:
    """The order, if the list has it: one saved on another list may be of that alone."""
    return sort if sort in _SORTS.get(page, ()) else ""


def looked_for(
    desk: Desk, user: User, words: str, wanted: filters.Filter, page: str, sort: str = ""
) -> dict[str, Any]:
    """What a list says of its filter: the other lists it can be put on, and what is saved."""
    lists = [
        ("queue", _("My queue")),
        ("articles", _("All articles")),
        ("claims", _("Their claims")),
    ]
    return {
        "q": words,
        "problem": unknown_terms(wanted),
        "terms": filters.terms(),
        "saved": _saved(desk, user, words, page, sort) if words or page != "queue" else [],
        "saving": SaveFilterForm(
            initial={"query": words, "sort": sort}, for_desk=may(desk, Right.ASSIGN)
        ),
        "list_page": page,
        "list_url": reverse(page, args=[desk.slug]),
        "same_filter": [
            {"label": label, "url": list_address(desk, name, words)}
            for name, label in lists
            if words and name != page
        ],
    }


def _saved(desk: Desk, user: User, words: str, page: str, sort: str) -> list[dict[str, Any]]:
    """The filters kept by a name, each with the list that it leads to."""
    is_asking = may(desk, Right.ASSIGN)
    return [
        {
            "key": each.uuid,
            "name": each.name,
            "url": list_address(desk, page, each.query, each.sort),
            "is_now": each.query == words and _known(each.sort, page) == sort,
            "is_mine": each.person_id == user.pk,
            "may_remove": is_asking or each.person_id == user.pk,
        }
        for each in filters.saved(desk, user)
    ]


def unknown_terms(wanted: filters.Filter) -> str:
    """Which terms of a filter name nothing, and which there are; or an empty string."""
    if not wanted.unknown:
        return ""
    return _("We do not know the filter %(terms)s. You can use %(known)s.") % {
        "terms": listed(map(quoted, wanted.unknown)),
        "known": listed(filters.terms()),
    }
