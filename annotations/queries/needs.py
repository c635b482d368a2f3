"""What the desk page is made of: the things that need a person, each with its reason and verb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import moments
from annotations.listing import listed_and, listed_or
from annotations.models import Article, User
from annotations.vocabulary import ClaimStatus, Priority

WITH_READERS = (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED)
"""A text that makes such a claim can be published, though nothing of it is in work."""


class Placed(NamedTuple):
    """A claim in work, in one of the articles that make it."""

    claim: int
    status: str
    is_draft: bool
    """Whether readers have no edition of the article."""
    decider: int | None
    """Who wrote the verdict that stands, by key."""


InWork = list[tuple[Article, list[Placed]]]
"""Articles with their claims in work."""


@dataclass(slots=True)
class Need:
    """One thing that needs the person, or one article of a list."""

    article: Article | None
    """None where it is about the desk: readers' reports."""
    why: str
    verb: str
    page: str
    """The name of the page where the verb leads, of the article or of the desk."""
    icon: str
    stage: str
    done: int | None = None
    total: int | None = None
    due_at: datetime | None = None
    query: str = ""
    """What the page's address ends with: the claim and the tab, where the verb leads to one."""
    claim: int | None = None
    """The key of the claim whose page it is, where the page is of one."""
    sends: bool = False
    """Whether the verb does it at once, instead of leading to a page."""
    title: str = ""
    """What it is called where it is about no article."""

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def due(self) -> str:
        if self.due_at is None:
            return _("No deadline")
        return moments.shortest(self.due_at)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the desk's people agree before they see each other's work."""

    same: int
    claims: int
    alpha: float | None

    @property
    def percent(self) -> int:
        return round(100 * self.same / self.claims)


@dataclass(slots=True)
class Queue:
    """Everything the desk page shows."""

    overdue: list[Need] = field(default_factory=list)
    now: list[Need] = field(default_factory=list)
    stalled: list[Need] = field(default_factory=list)
    """What others wait for, and the person can do something about."""
    unassigned: list[Need] = field(default_factory=list)
    waiting: list[Need] = field(default_factory=list)
    """What others are to do with the person's own work: shown, and not counted."""
    stages: list[tuple[ClaimStatus, int]] = field(default_factory=list)

    agreement: Agreement | None = None

    @property
    def count(self) -> int:
        return len(self.needs)

    @property
    def needs(self) -> list[Need]:
        return [need for group in self.groups for need in group]

    @property
    def groups(self) -> tuple[list[Need], ...]:
        """In the order in which the page shows them."""
        return self.overdue, self.now, self.stalled, self.unassigned

    def keep(self, articles: set[int]) -> None:
        """Leave what is about these articles, given by key."""
        for group in (*self.groups, self.waiting):
            group[:] = [need for need in group if need.article and need.article.pk in articles]

    def add(self, need: Need) -> None:
        (self.overdue if need.is_late else self.now).append(need)

    def put_first_what_is_wanted_first(self) -> None:
        """What is due longest stands first of what is late; elsewhere what the desk wants first."""
        self.overdue.sort(key=lambda need: need.due_at or timezone.now())
        for group in self.groups[1:]:
            group.sort(key=_turn)


def _turn(need: Need) -> int:
    turns: dict[str, int] = {Priority.HIGH: 0, Priority.LOW: 2}
    return turns.get(need.article.priority, 1) if need.article else 1


NAMES = 3
"""People who are named in one sentence; of more, how many there are."""


def all_of(people: Iterable[User]) -> str:
    """The people, named: "Ann, Ben and Eda", or how many they are."""
    names = sorted({str(person) for person in people})
    if len(names) > NAMES:
        return _("%(count)d people") % {"count": len(names)}
    return listed_and(names)


def either(people: Iterable[User]) -> str:
    """One of the people: "Ann, Ben or Eda", or out of how many."""
    names = sorted({str(person) for person in people})
    if len(names) > NAMES:
        return _("one of %(count)d people") % {"count": len(names)}
    return listed_or(names)
