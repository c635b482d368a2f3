"""How like each other two claims are, by the words that they share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.queries.earlier import LIKENESS
from annotations.text.likeness import likeness, weights

SAME = [
    ("The ferry line carried 4,000 people last year.", "Last year the line carried 4000 people"),
    ("Unemployment in the town fell to 5 percent in 2024.", "Unemployment has fallen to 5 percent"),
    ("The vaccine causes infertility in women.", "COVID-19 vaccines cause infertility"),
    (
        "Immigrants commit more crimes than citizens.",
        "Says immigrants commit more crime than native-born citizens",
    ),
    (
        "Germany closed its last nuclear plant in 2023.",
        "Says Germany shut down all nuclear power plants",
    ),
    ("الميناء الجديد كلف خمسة ملايين يورو", "كلف الميناء الجديد خمسة ملايين"),
    (
        "L’inflation a atteint 7 % en 2022 en France.",
        "En 2022, l'inflation en France a dépassé les 7 %",
    ),
]
OTHER = [
    ("The ferry line carried 4,000 people last year.", "A video shows a man on a ferry in Norway"),
    ("The town spends more on roads than on schools.", "The town spends nothing on libraries"),
    ("The ferry line carried 4,000 people last year.", "Ferry"),
    ("The ferry sails.", ""),
]


def alike(one: str, other: str) -> float:
    return likeness(weights(one), weights(other))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words_is_like(one, other):
    assert alike(one, other) >= LIKENESS


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_shares_a_word_or_two_is_not(one, other):
    assert alike(one, other) < LIKENESS


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_goes_from_nothing_to_one_and_both_ways_alike(one, other):
    assert 0 <= alike(one, other) <= 1.0000001
    assert alike(one, other) == alike(other, one)
    assert not weights(one) or abs(alike(one, one) - 1) < 1e-9
