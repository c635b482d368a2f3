"""The orders of a desk's lists, each paged by its columns (queries.paging)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Case, IntegerField, Model, QuerySet, When

from annotations.models import Folded, User

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Sort(Generic[T]):
    """An order of a list.

    All but the newest first are of what is in work: of that, a desk has what it works on, however
    much it has done.
    """

    columns: tuple[str, ...]
    """By what the list is paged, the last of them unique."""
    ascends: bool
    of: Callable[[QuerySet[T], User], QuerySet[T]]
    """The rows that have a place in it as the person may see it, with its columns."""

    @property
    def order_by(self) -> list[str]:
        """The columns as a QuerySet takes them, where a list is not paged."""
        return [name if self.ascends else f"-{name}" for name in self.columns]


def with_nameless_last(rows: QuerySet[T], column: str, name: Any) -> QuerySet[T]:
    """With the column, and `is_nameless` to stand before it in an order.

    Folded, so that capitals and accents do not put a name elsewhere than people look for it.
    """
    is_nameless = Case(When(**{column: ""}, then=1), default=0, output_field=IntegerField())
    named: QuerySet[T] = rows.annotate(**{column: Folded(name)}).annotate(is_nameless=is_nameless)
    return named
