"""Quoted words found in a text, and what counts as a difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.passages import Match, Place, find

TEXT = "The line said:\n“We never asked — not once — for money.”\nIt carried 4,000 people in 2024."


def words(place: Place) -> str:
    return TEXT[place.start : place.end]


@pytest.mark.parametrize(
    "passage",
    [
        "We never asked — not once — for money.",
        '"We never asked - not once - for money."',
        "We  never\nasked –\u00a0not once – for\u200b money",
        "said: “We never asked",
    ],
)
def test_what_copying_changes_is_no_difference(passage):
    place = find(passage, TEXT)
    assert place.match is Match.FOUND
    assert "never asked" in words(place)


@pytest.mark.parametrize(
    "passage",
    [
        "It carried 5,000 people in 2024.",
        "it carried 4,000 people in 2024.",
        "It carried 4,000 in 2024.",
    ],
)
def test_other_words_figures_or_case_are_a_difference_and_shown_where_they_stand(passage):
    place = find(passage, TEXT)
    assert place.match is Match.DIFFERS
    assert "4,000 people in 2024" in words(place)


@pytest.mark.parametrize(
    "passage", ["", "  ", "people never", "A pier was built by nobody at all."]
)
def test_what_is_not_there_is_missing(passage):
    assert find(passage, TEXT) == Place(Match.MISSING)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_found_where_they_stand(before, passage, after):
    text = f"{before} {passage} {after}"
    place = find(passage, text)
    assert 0 <= place.start <= place.end <= len(text)
    if passage.strip() and passage.isascii():
        assert place.match is Match.FOUND
