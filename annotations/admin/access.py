"""Who is asking, and what `rights` lets them do at which desk. Asked once a request."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from annotations import rights, workflow
from annotations.models import Desk, Membership, User
from annotations.rights import Right


def person(request: HttpRequest) -> User:
    """The signed-in person; the admin site has turned everyone else away."""
    return cast(User, request.user)


def roles(request: HttpRequest) -> dict[int, tuple[str, bool]]:
    """The person's role at each desk, and whether checkers mark there, by the desk's key.

    Being a superuser gives none.
    """
    known: dict[int, tuple[str, bool]] | None = getattr(request, "desk_roles", None)
    if known is None:
        rows = Membership.objects.filter(user=person(request).pk, user__is_active=True)
        held = rows.values_list("desk", "role", "desk__checkers_mark")
        known = {desk: (role, checkers_mark) for desk, role, checkers_mark in held}
        request.desk_roles = known  # type: ignore[attr-defined]
    return known


def _allows(held: tuple[str, bool] | None, right: Right) -> bool:
    if held is None:
        return False
    role, checkers_mark = held
    return rights.allows(role, right, checkers_mark=checkers_mark)


def may(request: HttpRequest, right: Right, desk: int | None = None) -> bool:
    """Whether the person has the right at the desk with this key, or at any desk of theirs."""
    held = roles(request)
    mine = held.values() if desk is None else [held.get(desk)]
    return any(_allows(each, right) for each in mine)


def desks_with(request: HttpRequest, right: Right) -> Any:
    """The desks at which the person has the right."""
    keys = [desk for desk, each in roles(request).items() if _allows(each, right)]
    return Desk.objects.filter(pk__in=keys)


def denied(request: HttpRequest, right: Right, desk: Desk | None = None) -> PermissionDenied:
    """What to raise where the right is missing: at the desk, or wherever the person works.

    At several desks the first one's managers are named: any of them can give the right at theirs.
    """
    where = desk or Desk.objects.filter(pk__in=roles(request)).order_by("pk").first()
    if where is None:
        return PermissionDenied()
    return PermissionDenied(workflow.why_not(right, where, to=person(request)))


def superuser(request: HttpRequest) -> bool:
    return person(request).is_active and person(request).is_superuser
