"""Agreement between people, on figures published elsewhere and on the edges."""

import random

import pytest

from annotations.agreement import alpha, same

# Krippendorff (2011), section D: four observers, twelve units, missing values; nominal 0.743.
PUBLISHED = [
    "111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3",
]  # fmt: skip


def test_alpha_is_what_krippendorff_published():
    assert alpha(PUBLISHED) == pytest.approx(0.743, abs=0.0005)


def test_it_is_one_where_all_agree_and_negative_where_none_does():
    assert alpha(["aa", "bb", "cc"]) == 1
    assert (alpha(["ab", "ba"]) or 0) < 0


@pytest.mark.parametrize("units", [[], ["a"], ["a", "b"], ["aa", "aaa"]])
def test_it_is_undefined_where_nothing_could_differ(units):
    assert alpha(units) is None


def test_the_order_of_answers_and_of_units_is_nothing_to_it():
    mixed = ["".join(random.sample(unit, len(unit))) for unit in PUBLISHED]
    random.shuffle(mixed)
    assert alpha(mixed) == pytest.approx(alpha(PUBLISHED))


def test_what_one_person_rated_is_not_counted_as_agreed():
    assert same(["aa", "ab", "c", ""]) == (1, 2)
