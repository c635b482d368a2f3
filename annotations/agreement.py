"""How far people who rate independently agree: inter-annotator statistics, pure.

A unit is what was rated (a claim); its values are what each person answered, in any order. Units
with fewer than two values say nothing of agreement and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import TypeVar

V = TypeVar("V", bound=Hashable)
Squared = Callable[[Hashable, Hashable], float]
"""How far two values are from each other, squared: 0 for the same."""


class Undefined(Enum):
    """Why there is no alpha."""

    NOTHING_RATED_TWICE = "nothing was rated by two people"
    ONE_VALUE_ONLY = "only one rating occurs"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be said of agreement on some units. Exactly one of `alpha` and `why` is None."""

    same: int
    units: int
    """How many units were rated by two people or more."""
    values: int
    """How many answers these have."""
    alpha: float | None
    why: Undefined | None

    @property
    def percent(self) -> int | None:
        """Of the units, those with one value throughout; None where there is no unit."""
        return round(100 * self.same / self.units) if self.units else None


def same(units: Iterable[Sequence[Hashable]]) -> tuple[int, int]:
    """How many units have one value throughout, and of how many."""
    rated = _rated(units)
    return sum(len(set(unit)) == 1 for unit in rated), len(rated)


def alpha(units: Iterable[Sequence[V]], order: Sequence[V] = ()) -> float | None:
    """Krippendorff's alpha: 1 is perfect, 0 is what chance would give.

    Ordinal where `order` names every value from the least to the most, else nominal. None where it
    is undefined: nothing was rated twice, or only one value occurs at all.
    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C to E.
    """
    rated = _rated(units)
    totals = Counter(value for unit in rated for value in unit)
    if len(totals) < 2:
        return None
    apart = _ordinal(totals, order) if order else _nominal
    disagreeing = sum(_sum_of_pairs(Counter(unit), apart) / (len(unit) - 1) for unit in rated)
    return 1 - (totals.total() - 1) * disagreeing / _sum_of_pairs(totals, apart)


def measure(units: Iterable[Sequence[V]], order: Sequence[V] = ()) -> Measure:
    """Agreement on the units in full, with why alpha is undefined where it is."""
    rated = _rated(units)
    found = alpha(rated, order)
    why = None
    if found is None:
        why = Undefined.ONE_VALUE_ONLY if rated else Undefined.NOTHING_RATED_TWICE
    values = sum(len(unit) for unit in rated)
    return Measure(*same(rated), values, found, why)


def confusion(units: Iterable[Sequence[V]]) -> Counter[tuple[V, V]]:
    """How often each two values met in one unit, both ways round: n values make n (n - 1) pairs."""
    met: Counter[tuple[V, V]] = Counter()
    for unit in units:
        for one, other in combinations(unit, 2):
            met[one, other] += 1
            met[other, one] += 1
    return met


def _rated(units: Iterable[Sequence[V]]) -> list[Sequence[V]]:
    return [unit for unit in units if len(unit) > 1]


def _nominal(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def _ordinal(totals: Mapping[V, int], order: Sequence[V]) -> Squared:
    """By how many answers lie between two values, half of those at either end counted."""
    until: dict[Hashable, float] = {}
    passed = 0
    for value in order:
        until[value] = passed + totals.get(value, 0) / 2
        passed += totals.get(value, 0)
    return lambda one, other: (until[one] - until[other]) ** 2


def _sum_of_pairs(counts: Mapping[V, int], apart: Squared) -> float:
    return sum(
        2 * counts[one] * counts[other] * apart(one, other)
        for one, other in combinations(counts, 2)
    )
