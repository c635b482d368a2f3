"""What the desk page is made of: the things that need a person, each with its reason and verb."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Article


@dataclass(slots=True)
class Need:
    """One thing that needs the person, or one article of a list."""

    article: Article
    why: str
    verb: str
    page: str
    """Where the verb leads: "workbench", "decide", "approve", "confirm_taking_back" or "public"."""
    icon: str
    stage: str
    done: int | None = None
    total: int | None = None
    due_at: datetime | None = None
    query: str = ""
    """What the page's address ends with: the claim and the tab, where the verb leads to one."""

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def due(self) -> str:
        if self.due_at is None:
            return _("No deadline")
        due = timezone.localtime(self.due_at)
        today = due.date() == timezone.localdate()
        return date_format(due, "H:i" if today else "j M, H:i")


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
    unassigned: list[Need] = field(default_factory=list)
    stages: list[tuple[str, int]] = field(default_factory=list)

    agreement: Agreement | None = None

    @property
    def count(self) -> int:
        return len(self.overdue) + len(self.now)

    @property
    def needs(self) -> list[Need]:
        return [*self.overdue, *self.now, *self.unassigned]

    def keep(self, articles: set[int]) -> None:
        """Leave what is about these articles, given by key."""
        for group in (self.overdue, self.now, self.unassigned):
            group[:] = [need for need in group if need.article.pk in articles]

    def add(self, need: Need) -> None:
        (self.overdue if need.is_late else self.now).append(need)
