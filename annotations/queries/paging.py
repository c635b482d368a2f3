"""Long lists a page at a time: by the row where a page ends, and never by counting what is before.

A page names its border by the UUID of a row, which tells nothing, and is the same page however
many rows came in since. Page 1,000 costs what page 1 does.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import F, Model, Q, QuerySet

MOST = 1000
"""What is counted at all; beyond it, a page says "more than 1,000"."""


T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """Some rows of a long list, newest first, and where the ones around them begin."""

    rows: list[T]
    newer: str
    """What the address of the page before ends with, or an empty string."""
    older: str

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)


def newest(rows: list[T], size: int) -> Stretch[T]:
    """The first page of a list that goes by UUIDs: of its newest rows, one more than it shows."""
    page = rows[:size]
    last: Any = page[-1] if page else None
    return Stretch(page, "", f"before={last.uuid}" if len(rows) > size else "")


def stretch(
    rows: QuerySet[T],
    order: tuple[str, ...],
    asked: Mapping[str, str],
    size: int,
    *,
    known: QuerySet[Any] | None = None,
    key: str = "uuid",
    ascends: bool = False,
) -> Stretch[T]:
    """The rows before or after the one that the address names, else the newest, in two statements.

    `order` names the columns that order them, the newest first, the last of them unique; where
    the list `ascends`, the lowest stand first. `known` is where the named row is looked for, by its
    UUID: among the rows, if nothing is said. `key` is the path from a row of the list to that UUID.
    """
    return merged([(rows, order)], asked, size, known=known, key=key, ascends=ascends)


def merged(
    lists: Sequence[tuple[QuerySet[T], tuple[str, ...]]],
    asked: Mapping[str, str],
    size: int,
    *,
    known: QuerySet[Any] | None = None,
    key: str = "uuid",
    ascends: bool = False,
) -> Stretch[T]:
    """As `stretch`, of several lists at once, each with its own columns of the same meaning.

    A row that stands in several is shown once.
    """
    first, order = lists[0]
    border = None
    if asked.get("after") or asked.get("before"):
        where, path = (first, key) if known is None else (known, "uuid")
        border = _border(where, path, order, asked)
    backwards = border is not None and bool(asked.get("after"))
    found: dict[tuple[Any, ...], T] = {}
    for rows, columns in lists:
        if border is not None:
            rows = rows.filter(_beyond(columns, border, "gt" if backwards != ascends else "lt"))
        # By the values themselves: the name of a relation stands for the order of its own table.
        paths = [name if backwards != ascends else f"-{name}" for name in _places(columns)]
        placed = rows.annotate(key=F(key), **_places(columns)).order_by(*paths)
        for row in placed[: size + 1]:
            found[_place(row, columns)] = row
    # One list stands as the database put it: it has an order of words of its own.
    in_turn = list(found) if len(lists) == 1 else sorted(found, reverse=backwards == ascends)
    nearest = in_turn[: size + 1]
    more = len(nearest) > size
    shown = nearest[:size]
    page = [found[place] for place in (reversed(shown) if backwards else shown)]
    has_newer, has_older = (more, True) if backwards else (border is not None, more)
    return Stretch(
        page,
        f"after={_key(page[0])}" if page and has_newer else "",
        f"before={_key(page[-1])}" if page and has_older else "",
    )


def _key(row: Any) -> str:
    return str(row.key)


def _border(
    known: QuerySet[Any], path: str, order: tuple[str, ...], asked: Mapping[str, str]
) -> tuple[Any, ...] | None:
    """What stands in the ordering columns of the named row; None where there is no such row."""
    try:
        key = uuid.UUID(asked.get("after") or asked.get("before") or "")
    except ValueError:
        return None
    named = known.filter(**{path: key}).order_by().annotate(**_places(order))
    row = named.select_related(None).only("pk").first()
    return None if row is None else _place(row, order)


def _places(order: tuple[str, ...]) -> dict[str, F]:
    """The ordering columns under names that any row can have."""
    return {f"place{n}": F(name) for n, name in enumerate(order)}


def _place(row: Any, order: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _places(order))


def _beyond(order: tuple[str, ...], border: tuple[Any, ...], way: str) -> Q:
    """Rows on one side of the border. The first column is asked about alone too: by an index."""
    found, same = Q(), Q()
    for name, value in zip(order, border, strict=True):
        found |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return found & Q(**{f"{order[0]}__{way}e": border[0]})


class Capped(Paginator):
    """Numbered pages of the first rows: where an order has no border, as that of a search."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        if isinstance(rows, list):
            return len(rows)
        return int(rows.order_by().values("pk")[: MOST + 1].count())

    @property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self._counted > MOST
