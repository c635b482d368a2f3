"""What the desk's own pages stand in: which desk is looked at, and the links beside them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from annotations.models import Desk
from annotations.queries.access import desks_for, may, require
from annotations.rights import Right
from annotations.views.http import Request


def desk_of(request: Request) -> tuple[Desk, list[Desk]]:
    """The desk the person looks at (asked for, the last, or their first), and their others."""
    desks = {desk.slug: desk for desk in desks_for(request.user)}
    if not desks:
        raise PermissionDenied(_("You are not a member of a desk yet. Ask a manager."))
    asked = request.GET.get("desk") or request.session.get("desk")
    desk = desks.get(asked or "", next(iter(desks.values())))
    if request.session.get("desk") != desk.slug:
        request.session["desk"] = desk.slug
    return desk, [other for other in desks.values() if other != desk]


def desk_with(request: Request, right: Right) -> Desk:
    """The desk the user looks at, if they have the right there. Raises PermissionDenied."""
    desk, _others = desk_of(request)
    require(desk, right)
    return desk


def _link(name: str, label: str, current: str, url: str = "", count: int | None = None) -> Any:
    return {
        "label": label,
        "url": url or reverse(name),
        "count": count,
        "current": name == current,
    }


def frame(
    desk: Desk, others: list[Desk], current: str, title: str, *, count: int | None = None
) -> dict[str, Any]:
    """The context of `base_shell.html`; `current` is the name of the page's address."""
    public = reverse("public_desk", args=[desk.slug])
    nav = [
        _link("queue", _("My queue"), current, count=count),
        _link("articles", _("Articles"), current),
        _link("claims", _("Claims"), current),
        _link("public_desk", _("Published"), current, public),
        _link("outcomes", _("My annotations"), current),
        _link("log", _("Log"), current),
    ]
    if may(desk, Right.PUBLISH):
        nav.append(_link("reports", _("Readers’ reports"), current))
    nav += [
        _link("", other.name, current, f"{reverse('queue')}?{urlencode({'desk': other.slug})}")
        for other in others
    ]
    foot = [
        _link("guidelines", _("Guidelines"), current),
        _link("rules", _("Rules"), current),
        _link("people", _("People"), current),
        _link("statements", _("What we say of ourselves"), current),
    ]
    return {
        "desk": desk,
        "is_sample": desk.is_sample,
        "nav": nav,
        "foot_nav": foot,
        "more_is_current": any(link["current"] for link in [*nav[3:], *foot]),
        "title": title,
    }
