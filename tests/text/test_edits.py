"""Nineteen kinds of edit: no mark ever stands elsewhere, and ordinary edits cost people little."""

from __future__ import annotations

import pytest

from tests.text import edits

# Marks of 720 that were followed before words were followed by their sentence, whichever marks
# they are printed with, and before notes that print an old sentence again were told from it.
FOLLOWED_BEFORE = {
    "headline": 676,
    "paragraph inserted": 708,
    "numbers corrected": 634,
    "to curly": 679,
    "to straight": 419,
    "typos": 580,
    "paragraphs reordered": 699,
    "sentence repeated": 692,
    "sentence deleted": 684,
    "not inserted": 674,
    "dashes, ellipses": 703,
    "said otherwise": 627,
    "paragraphs joined": 704,
    "paragraph parted": 708,
    "house style": 706,
    "note added": 712,
    "four at once": 543,
    "note that quotes": 667,
    "note that repeats": 687,
}


@pytest.mark.parametrize("kind", edits.KINDS)
def test_no_mark_is_followed_elsewhere_and_no_fewer_are_followed_than_before(kind):
    found = edits.tally(kind)
    assert found.elsewhere == 0
    assert found.followed >= FOLLOWED_BEFORE[kind]


@pytest.mark.parametrize(
    "kind", ["to curly", "to straight", "dashes, ellipses", "paragraphs joined"]
)
def test_what_a_reader_sees_no_difference_in_leaves_nobody_anything_to_place(kind):
    assert edits.tally(kind).by_hand == 0


def test_after_four_edits_at_once_few_marks_are_placed_by_hand_though_unchanged_to_a_reader():
    found = edits.tally("four at once")
    all_marks = found.followed + found.elsewhere + found.by_hand
    assert found.kept_by_hand * 100 <= all_marks * 2


@pytest.mark.parametrize("kind", edits.KINDS)
def test_the_place_that_was_edited_is_among_what_is_proposed_and_no_word_is_cut(kind):
    found = edits.tally(kind)
    assert (found.unseen, found.torn) == (0, 0)


def test_every_character_of_an_edited_text_says_where_it_came_from():
    text = edits.traced("One 12 two.")
    found = edits.put(text, 4, 6, "150")
    assert (found.text, found.came_from[4:7]) == ("One 150 two.", (4, 5, 5))
    assert edits.put(text, 4, 4, "x").came_from[4] == -1
