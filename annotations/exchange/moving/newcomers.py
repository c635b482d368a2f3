"""Whom and what a desk that arrives shares with others of the site: its people, its scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from annotations import models as m

from .leaving import Unfit
from .tables import PERSON

Taker = Callable[[int, dict[str, Any]], None]


@dataclass(slots=True)
class Arrived:
    desk: m.Desk | None = None
    article: m.Article | None = None
    """Of a desk that came whole, none."""
    rows: Counter[str] = field(default_factory=Counter)
    people: dict[str, str] = field(default_factory=dict)
    """The user names of those who have another one here, and the one they have."""
    scales: dict[str, str] = field(default_factory=dict)
    """The slugs of rating scales that have another one here, likewise."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The numbers of claims that have another one here, likewise."""
    notes: list[str] = field(default_factory=list)
    """What else is otherwise here, a sentence each."""


class Newcomers:
    """People, who get a name here and no way in; and rating scales, which desks share."""

    def __init__(self, arrived: Arrived) -> None:
        self.arrived = arrived
        self.known: dict[str, dict[str, int]] = {PERSON: {}, "scale": {}, "rating": {}}
        """The keys here of people, scales and ratings by their names in the file."""

    @property
    def takers(self) -> dict[str, Taker]:
        """What takes a row, of its line's number and values, by the name of its part."""
        return {PERSON: self.take_person, "scale": self.take_scale, "rating": self.take_rating}

    def take_person(self, _number: int, values: dict[str, Any]) -> None:
        """Make a closed account, without a password: whoever keeps the site opens it, or nobody."""
        name = _free_name(values["username"])
        if name != values["username"]:
            self.arrived.people[values["username"]] = name
        made = m.User.objects.create(
            **values | {"username": name}, is_active=False, password=make_password(None)
        )
        self.known[PERSON][values["username"]] = made.pk

    def take_scale(self, number: int, values: dict[str, Any]) -> None:
        """Find the scale of line `number`, or make it. Raises Unfit if it is another here."""
        here = m.RatingScale.objects.filter(uuid=values["uuid"]).first()
        if here is None:
            here = m.RatingScale.objects.create(**self._named_apart(values))
        elif any(getattr(here, name) != values[name] for name in ("version", "definition")):
            raise Unfit(
                f"rows.jsonl, line {number}: the rating scale “{here}” is another here than there."
            )
        self.known["scale"][str(values["uuid"])] = here.pk

    def _named_apart(self, values: dict[str, Any]) -> dict[str, Any]:
        """The scale under another slug, where another one has its own."""
        taken = m.RatingScale.objects.filter(slug=values["slug"], version=values["version"])
        if not taken.exists():
            return values
        renamed = f"{values['slug'][:40]}-{values['uuid'].hex[:8]}"
        self.arrived.scales[values["slug"]] = renamed
        return values | {"slug": renamed}

    def take_rating(self, number: int, values: dict[str, Any]) -> None:
        """Find the rating of line `number`, or make it. Raises Unfit if it is another here."""
        if values["scale"] not in self.known["scale"]:
            raise Unfit(f"rows.jsonl, line {number}: there is no scale “{values['scale']}”.")
        values = values | {"scale_id": self.known["scale"][values["scale"]]}
        del values["scale"]
        here = m.Rating.objects.filter(uuid=values["uuid"]).first()
        if here is None:
            here = m.Rating.objects.create(**values)
        elif any(getattr(here, name) != value for name, value in values.items()):
            raise Unfit(
                f"rows.jsonl, line {number}: the rating “{here}” is another here than there."
            )
        self.known["rating"][str(values["uuid"])] = here.pk


def _free_name(name: str) -> str:
    """The name; with a number where it is somebody's here: nobody is taken for another."""
    wanted, number = name, 1
    while m.User.objects.filter(username__iexact=wanted).exists():
        number += 1
        wanted = f"{name[:140]}-{number}"
    return wanted
