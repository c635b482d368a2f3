"""Of the pronouns for which somebody is offered, at least nine in ten mean that person."""

from __future__ import annotations

import pytest

from tests.text.pronouns import Passage, measured, passages

# Offered rightly and found, in percent, as they were reached; nine in ten is what is asked for.
REACHED = {"seen": (98.0, 94.0), "held": (95.0, 92.0)}


@pytest.mark.parametrize("name", REACHED)
def test_whom_a_pronoun_means_is_offered_rightly(name):
    total = measured(passages(name))
    precision, recall = REACHED[name]
    assert total.precision >= precision
    assert total.recall >= recall


def test_the_passages_are_enough_to_tell_and_no_two_are_the_same():
    every = [*passages("seen"), *passages("held")]
    assert len(every) >= 100
    assert len({one.text for one in every}) == len(every)
    assert measured(every).offered >= 80
    assert sum(not one.person for one in every) >= 15  # for these nobody must be offered


@pytest.mark.parametrize("one", passages("seen"), ids=lambda one: one.text[:40])
def test_a_passage_names_whom_its_pronoun_means(one: Passage):
    assert not one.person or one.person in one.text


def test_the_sums_tell_a_wrong_offer_from_none():
    wrong = Passage("en", "", "Ann Bell opened the meeting on Monday. “It is so,” she said.")
    none = Passage("en", "Ann Bell", "The factory closed. “We were told nothing,” she said.")
    total = measured([wrong, none])
    assert (total.all, total.named, total.offered, total.right) == (2, 1, 1, 0)
    assert (total.precision, total.recall) == (0.0, 0.0)
