"""What the desk's own pages stand in: which desk is looked at, and the links beside them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from annotations.models import Desk
from annotations.queries.access import desks_for, may, require
from annotations.queries.counts import counts
from annotations.queries.notices import unread
from annotations.queries.queue import queue
from annotations.rights import Right
from annotations.views.http import Request

LAST = "desk"
"""Where the session keeps the slug of the desk looked at last. Only `last_looked_at` reads it."""


def desk_of(request: Request, desk_slug: str, right: Right = Right.READ) -> tuple[Desk, list[Desk]]:
    """The desk of the address, with the user's `role`, and their other desks.

    Raises Http404 for a stranger and PermissionDenied for a member without the right.
    """
    desks = desks_for(request.user)
    desk = next((each for each in desks if each.slug == desk_slug), None)
    if desk is None:
        raise Http404
    require(desk, right, request.user)
    return desk, [other for other in desks if other != desk]


@require_safe
def last_looked_at(request: Request, rest: str = "") -> HttpResponse:
    """Lead to a page of the desk that the user looked at last, or of their first."""
    slugs = [desk.slug for desk in desks_for(request.user)]
    if not slugs and request.user.is_superuser:
        return redirect("set_up")
    if not slugs:
        raise PermissionDenied(_("You are not a member of a desk yet. Ask a manager."))
    last = request.session.get(LAST)
    page = reverse("queue", args=[last if last in slugs else slugs[0]]) + rest
    query = request.GET.urlencode()
    return redirect(f"{page}?{query}" if query else page)


COUNTED = {
    "queue": gettext_lazy("waiting for you"),
    "articles": gettext_lazy("in work"),
    "claims": gettext_lazy("in work"),
    "notices": gettext_lazy("unread"),
    "reports": gettext_lazy("waiting"),
}
"""The links that have a count beside them, and what it counts, for who hears the page."""


@require_safe
def desk_counts(request: Request, desk_slug: str) -> HttpResponse:
    """The counts of the side bar as JSON, by the name of their link: pages ask again for them."""
    desk, _others = desk_of(request, desk_slug)
    work = counts(desk)
    found = {
        "queue": queue(desk, request.user).count,
        "articles": work.articles,
        "claims": work.claims,
        "notices": unread(desk, request.user),
    }
    if may(desk, Right.PUBLISH):
        found["reports"] = work.reports
    return JsonResponse(found)


def frame(
    request: Request,
    desk: Desk,
    others: list[Desk],
    current: str,
    title: str,
    *,
    count: int | None = None,
) -> dict[str, Any]:
    """The context of `base_shell.html`; `current` is the name of the page's address.

    The session notes which desk is looked at.
    """
    if request.session.get(LAST) != desk.slug:
        request.session[LAST] = desk.slug

    def link(name: str, label: str, at: Desk = desk, count: int | None = None) -> dict[str, Any]:
        url = reverse(name, args=[at.slug])
        return {
            "label": label,
            "url": url,
            "count": count or None,
            "counts": name if at == desk and name in COUNTED else "",
            "counted": COUNTED.get(name, ""),
            "current": url == here,
        }

    here = reverse(current, args=[desk.slug]) if current else ""
    work = counts(desk)
    nav = [
        link("queue", _("My queue"), count=count),
        link("articles", _("Articles"), count=work.articles),
        link("claims", _("Claims"), count=work.claims),
        link("notices", _("Notices"), count=unread(desk, request.user)),
        link("public_desk", _("Published")),
        link("outcomes", _("My annotations")),
        link("log", _("Log")),
        link("statistics", _("Statistics")),
    ]
    if may(desk, Right.PUBLISH):
        nav.append(link("reports", _("Readers’ reports"), count=work.reports))
    nav += [link("queue", other.name, other) for other in others]
    foot = [
        link("claimants", _("Who makes claims")),
        link("earlier_checks", _("Earlier checks by others")),
        link("guidelines", _("Guidelines")),
        link("phrases", _("Words we use again")),
        link("rules", _("Rules")),
        link("people", _("People")),
        link("statements", _("About us, for readers")),
    ]
    return {
        "desk": desk,
        "is_sample": desk.is_sample,
        "nav": nav,
        "foot_nav": foot,
        "more_is_current": any(link["current"] for link in [*nav[3:], *foot]),
        "title": title,
    }
