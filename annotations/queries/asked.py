"""What people are asked for, as far as one may know of it (`Assignment.objects.visible_to`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from annotations.models import OPEN, Assignment, User
from annotations.prepared import Prepared, PreparedRows


def _seen(reader: int, claims: int) -> Any:
    rows = Assignment.objects.visible_to(User(pk=reader)).filter(claim__pk__any_of=claims)
    return rows.order_by().values_list("pk")


def _owed(reader: int, claims: int) -> Any:
    return _seen(reader, claims).filter(status__in=OPEN)


_SEEN, _OWED = Prepared(_seen, 2), Prepared(_owed, 2)


def asked_about(claims: Iterable[int], user: User) -> list[int]:
    """The keys of what was asked about the claims with these keys, in one statement."""
    return _keys(_SEEN, claims, user)


def owed_of(claims: Iterable[int], user: User) -> list[Assignment]:
    """What is still owed of the claims with these keys, each with its person, by their names.

    Two statements: one for the keys.
    """
    keys = _keys(_OWED, claims, user)
    return _BY_PERSON(keys) if keys else []


def _keys(question: Prepared, claims: Iterable[int], user: User) -> list[int]:
    wanted = sorted(set(claims))
    return [key for (key,) in question(user.pk, wanted)] if wanted else []


def _by_person(keys: list[int]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(pk__any_of=keys).select_related("person")
    return rows.order_by("person__username", "pk")


_BY_PERSON: PreparedRows[Assignment] = PreparedRows(_by_person, 1)
