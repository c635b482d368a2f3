"""How far people who rate independently agree: inter-annotator statistics, pure.

A unit is what was rated (a claim); its values are what each person answered, in any order. Units
with fewer than two values say nothing of agreement and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def same(units: Iterable[Sequence[Hashable]]) -> tuple[int, int]:
    """How many units have one value throughout, and of how many."""
    rated = [unit for unit in units if len(unit) > 1]
    return sum(len(set(unit)) == 1 for unit in rated), len(rated)


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values: 1 is perfect, 0 is what chance would give.

    None where it is undefined: nothing was rated twice, or only one value occurs at all.
    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and D.
    """
    rated = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in rated for value in unit)
    pairable = totals.total()
    if len(totals) < 2:
        return None
    disagreeing = sum(
        sum(count * (len(unit) - count) for count in Counter(unit).values()) / (len(unit) - 1)
        for unit in rated
    )
    expected = sum(count * (pairable - count) for count in totals.values())
    return 1 - (pairable - 1) * disagreeing / expected
