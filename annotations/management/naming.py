"""Where a name stands in what people typed: places, never the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from annotations.exchange.moving.tables import PARTS
from annotations.models import Correction, Desk, Edition, Transition, User
from annotations.workflow.erasing import ERASED, LISTS

SHORTEST = 3
"""Letters of a user name or a last name that is looked for by itself."""
_DESKS = {part.model: part.desk for part in PARTS if part.desk}
_TYPED = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True, slots=True)
class Place:
    """A row whose field holds a name; `desk` is empty where the row says none."""

    desk: str
    table: str
    key: str
    """Its UUID, else its primary key."""
    field: str

    def __str__(self) -> str:
        return f"{self.desk or '-'}\t{self.table}\t{self.key}\t{self.field}"


def names_of(person: User) -> list[str]:
    """What people may have called the person: whole name, last name, user name."""
    short = [name for name in (person.last_name, person.username) if len(name) >= SHORTEST]
    return list(dict.fromkeys([*filter(None, [person.get_full_name()]), *short]))


def places(names: list[str]) -> Iterator[Place]:
    """Each field of each row that holds one of the names as words of their own, whatever the case.

    Files and saved copies are not looked into, nor what is sealed.
    """
    if not names:
        return
    pattern = rf"\m({'|'.join(map(re.escape, names))})\M"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
        for model in apps.get_app_config("annotations").get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, _TYPED) and not field.choices and model is not User:
                    yield from _places_of(model, field.name, pattern)


def _places_of(model: Any, field: str, pattern: str) -> Iterator[Place]:
    key = "uuid" if any(each.name == "uuid" for each in model._meta.fields) else "pk"
    desk = _DESKS.get(model, "")
    columns = [key, f"{desk}__slug" if desk and desk != "pk" else None]
    rows = model._base_manager.annotate(typed=Cast(field, TextField()))
    rows = rows.filter(Q(typed__iregex=pattern)).order_by("pk")
    for row in rows.values_list(*filter(None, columns)).iterator(1000):
        yield Place(row[1] if len(row) > 1 else "", model._meta.model_name, str(row[0]), field)


def names_nobody_has(person: User) -> list[str]:
    """Names in what readers have of the person's desks that no account has any more.

    Whoever changed theirs stands there as they were called when it was published.
    """
    lines = Transition.objects.filter(
        Q(actor=person) | Q(person=person) | Q(assignment__person=person)
    )
    desks = Desk.objects.filter(pk__in=lines.values("desk"))
    found: set[str] = set()
    for rows in (
        Edition.objects.filter(desk__in=desks).values_list("content", flat=True),
        Correction.objects.filter(edition__desk__in=desks).values_list("changes", flat=True),
    ):
        for held in rows.iterator(chunk_size=200):
            found.update(_listed(held))
    return sorted(found - {ERASED} - {str(each) for each in User.objects.all()})


def _listed(held: Any) -> Iterator[str]:
    """The names that stand in the lists of an edition or of what a correction changed."""
    if isinstance(held, list):
        for each in held:
            yield from _listed(each)
    elif isinstance(held, dict):
        for key, value in held.items():
            if key in LISTS and isinstance(value, list):
                yield from (each for each in value if isinstance(each, str))
            else:
                yield from _listed(value)
