"""Agreement between people, on figures published elsewhere, beside nltk, and on the edges."""

import random

import pytest
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]  # has no types

from annotations.agreement import Undefined, alpha, confusion, measure, same

# Krippendorff (2011), section D: four observers, twelve units, missing values; nominal 0.743.
PUBLISHED = [
    "111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3",
]  # fmt: skip

# Fleiss (1971), as in Wikipedia's article on his kappa (0.210): 14 people, ten units, five values.
COUNTS = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip
FLEISS = ["".join(str(at + 1) * n for at, n in enumerate(row)) for row in COUNTS]


def test_alpha_is_what_krippendorff_published():
    assert alpha(PUBLISHED) == pytest.approx(0.743, abs=0.0005)


def test_ordinal_alpha_is_what_krippendorff_published():
    assert alpha(PUBLISHED, "12345") == pytest.approx(0.815, abs=0.0005)


def test_it_follows_from_the_kappa_that_fleiss_published():
    """With as many answers everywhere, alpha is kappa with chance drawn without putting back."""
    answers = 10 * 14
    assert alpha(FLEISS) == pytest.approx(1 - (1 - 0.210) * (answers - 1) / answers, abs=0.0005)


def tables(kinds: int) -> list[list[str]]:
    """Random tables: two to five people, one to forty units, gaps, and some that mostly agree."""
    dice = random.Random(kinds)
    found = []
    for _table in range(150):
        values = "123456789"[:kinds]
        found.append(
            [
                "".join(
                    usual if dice.random() < 0.6 else dice.choice(values)
                    for _person in range(dice.randint(1, 5))
                )
                for _unit in range(dice.randint(1, 40))
                for usual in [dice.choice(values)]
            ]
        )
    return found


def of_nltk(units: list[str], apart) -> float:
    """nltk counts units with one answer among the totals, which Krippendorff leaves out."""
    rows = [
        (str(person), str(unit), value)
        for unit, values in enumerate(units)
        if len(values) > 1
        for person, value in enumerate(values)
    ]
    return float(AnnotationTask(data=rows, distance=apart).alpha())


def between(units: list[str]):
    """Krippendorff's ordinal distance as he writes it: the sum of what lies from one to other."""
    answers = [value for unit in units if len(unit) > 1 for value in unit]

    def apart(one: str, other: str) -> float:
        least, most = sorted((one, other))
        within = sum(least <= value <= most for value in answers)
        return (within - (answers.count(one) + answers.count(other)) / 2) ** 2

    return apart


@pytest.mark.parametrize("kinds", [2, 3, 7])
def test_it_is_what_nltk_counts_on_random_tables(kinds):
    compared = 0
    for units in tables(kinds):
        if (nominal := alpha(units)) is None:
            continue
        compared += 1
        ordinal = alpha(units, "123456789")
        assert nominal == pytest.approx(of_nltk(units, lambda a, b: float(a != b)))
        assert ordinal == pytest.approx(of_nltk(units, between(units)))
    assert compared > 100


def test_it_is_one_where_all_agree_and_negative_where_none_does():
    assert alpha(["aa", "bb", "cc"]) == 1
    assert (alpha(["ab", "ba"]) or 0) < 0


@pytest.mark.parametrize("units", [[], ["a"], ["a", "b"], ["aa", "aaa"]])
def test_it_is_undefined_where_nothing_could_differ(units):
    assert alpha(units) is None
    assert alpha(units, "ab") is None


def test_why_it_is_undefined_is_said():
    assert measure(["a", "b"]).why == Undefined.NOTHING_RATED_TWICE
    assert measure(["aa", "aaa"]).why == Undefined.ONE_VALUE_ONLY
    assert measure(["aa", "ab"]).why is None
    assert measure(["a"]).percent is None


def test_the_order_of_answers_and_of_units_is_nothing_to_it():
    mixed = ["".join(random.sample(unit, len(unit))) for unit in PUBLISHED]
    random.shuffle(mixed)
    assert alpha(mixed) == pytest.approx(alpha(PUBLISHED))
    assert alpha(mixed, "12345") == pytest.approx(alpha(PUBLISHED, "12345"))


def test_ordinal_alpha_minds_how_far_apart_answers_are():
    near, far = ["11", "22", "33", "12"], ["11", "22", "33", "13"]
    assert (alpha(near, "123") or 0) > (alpha(far, "123") or 0)
    assert alpha(near) == alpha(far)


def test_what_one_person_rated_is_not_counted_as_agreed():
    assert same(["aa", "ab", "c", ""]) == (1, 2)
    found = measure(["aa", "ab", "c", ""])
    assert (found.same, found.units, found.values, found.percent) == (1, 2, 4, 50)


def test_a_table_of_what_met_is_the_same_from_both_sides():
    met = confusion(["ab", "aab", "c"])
    assert met["a", "b"] == met["b", "a"] == 3
    assert met["a", "a"] == 2
    assert sum(met.values()) == sum(len(unit) * (len(unit) - 1) for unit in ["ab", "aab", "c"])
