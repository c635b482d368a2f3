"""The orders that a list offers: in a line above it, and by the heads of its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from annotations.queries.orders import Sort
from annotations.vocabulary import ListSort

Head = tuple[str, str | None, str]
"""A head of a table: its words, by which order the list then stands, and what aria-sort says."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of one list, of which one is the present one."""

    sorts: Mapping[str, Sort[Any]]
    words: str
    """The filter, which is kept."""
    sort: str

    @classmethod
    def asked(cls, sorts: Mapping[str, Sort[Any]], words: str, sort: str) -> Orders:
        """In the order that was asked for, or the first where there is none of that name."""
        return cls(sorts, words, sort if sort in sorts else "")

    @property
    def now(self) -> Sort[Any]:
        return self.sorts[self.sort]

    def context(self, heads: Iterable[Head]) -> dict[str, Any]:
        """For the templates: orders.html, sorted_heads.html, turn.html."""
        return {
            "orders": self._choices(),
            "columns": self._columns(heads),
            "query": self._asking(self.sort, before="", after="&"),
            "sort": self.sort,
        }

    def _asking(self, sort: str, *, before: str = "?", after: str = "") -> str:
        """The end of an address of the list; an empty one where nothing is asked."""
        asked = {key: value for key, value in (("q", self.words), ("sort", sort)) if value}
        return f"{before}{urlencode(asked)}{after}" if asked else ""

    def _choices(self) -> list[dict[str, Any]]:
        """Each with its address and whether it is the present one."""
        return [
            {
                "label": ListSort(name).label,
                "url": self._asking(name) or "?",
                "is_now": name == self.sort,
            }
            for name in self.sorts
        ]

    def _columns(self, heads: Iterable[Head]) -> list[dict[str, Any]]:
        """The heads of the table; one by which the list can stand leads to that order.

        `sorted` is what aria-sort says of the present one.
        """
        return [
            {
                "label": label,
                "url": self._asking(name) or "?" if name is not None else "",
                "sorted": way if self.sort in _same_column(name) else "",
            }
            for label, name, way in heads
        ]

    def added(self, label: str) -> Head:
        """The head over when each row came, by which the list stands in one of two orders."""
        if self.sort == ListSort.NEWEST:
            return label, ListSort.AGE, "descending"
        return label, ListSort.NEWEST if self.sort == ListSort.AGE else ListSort.AGE, "ascending"


def _same_column(name: str | None) -> tuple[str, ...]:
    if name in (ListSort.NEWEST, ListSort.AGE):
        return (ListSort.NEWEST, ListSort.AGE)
    return (name,) if name is not None else ()
