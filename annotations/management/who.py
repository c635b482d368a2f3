"""At which desk and in whose name a command works."""

from __future__ import annotations

from django.core.management.base import CommandError, CommandParser

from annotations import rights
from annotations.models import Desk, Membership, User
from annotations.rights import Right
from annotations.vocabulary import Role


def add_who(parser: CommandParser) -> None:
    """The options --desk and --person."""
    parser.add_argument(
        "--desk", metavar="SLUG", help="whose they become; needless if there is one desk"
    )
    parser.add_argument(
        "--person",
        metavar="USERNAME",
        help="who is said to have imported them; by default the desk's only manager",
    )


def desk_called(slug: str | None) -> Desk:
    """The desk of this slug, or the only one. Raises CommandError."""
    if slug is None:
        desks: list[Desk] = list(Desk.objects.order_by("slug"))
        if not desks:
            raise CommandError("There is no desk yet. `manage.py demo` makes one to try.")
        if len(desks) > 1:
            slugs = ", ".join(desk.slug for desk in desks)
            raise CommandError(f"Say which desk with --desk: {slugs}.")
        return desks[0]
    desk: Desk | None = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(f"There is no desk “{slug}”.")
    return desk


def person_called(desk: Desk, username: str | None) -> User:
    """Who imports: someone who may, by name, or the only one. Raises CommandError."""
    able = Membership.objects.filter(
        desk=desk, user__is_active=True, role__in=rights.roles_with(Right.IMPORT)
    )
    members: list[Membership] = list(able.select_related("user").order_by("user__username"))
    if username is not None:
        chosen = [member for member in members if member.user.username == username]
        if not chosen:
            raise CommandError(f"“{username}” may not {Right.IMPORT.label} at the desk “{desk}”.")
        return chosen[0].user
    managers = [member for member in members if member.role == Role.MANAGER]
    for candidates in (members, managers):
        if len(candidates) == 1:
            return candidates[0].user
    names = ", ".join(member.user.username for member in members) or "nobody may"
    raise CommandError(f"Say in whose name to import with --person: {names}.")
