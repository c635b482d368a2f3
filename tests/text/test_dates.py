"""Dates of which a part may be missing, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest

from annotations.text.dates import day_of, first_day, for_machines, is_day

NO_DATES = ["2026-02-30", "2025-04-31", "٢٠٢٦", "٢٠٢٦-٠١-٠١", "2026-13", "0000", "2026-1-1", "May"]


@pytest.mark.parametrize("words", [*NO_DATES, ""])
def test_what_is_no_date_is_none_and_machines_are_told_nothing(words):
    assert first_day(words) is None
    assert day_of(words) is None
    assert not is_day(words)
    assert for_machines(words) == ""


@pytest.mark.parametrize(
    ("words", "day"),
    [("2026", (2026, 1, 1)), ("2026-02", (2026, 2, 1)), ("2026-02-28", (2026, 2, 28))],
)
def test_a_date_or_part_of_one_is_told_to_machines_as_it_is(words, day):
    assert for_machines(words) == words
    assert first_day(words) == dt.date(*day)
    assert is_day(words) is (len(words) == 10)
