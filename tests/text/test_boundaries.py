"""Boundaries that people move: joined, split, shifted, and carried on to the next text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.boundaries import (
    BadCut,
    carried,
    joined_with_next,
    recut,
    shifted,
    split_at,
    starts_of,
)
from annotations.text.sentences import split

TEXT = "A title\n\nOne two. Three four five. Six.\n\nSeven eight."


def texts(text: str, starts: list[int]) -> list[str]:
    return [text[row.start : row.end] for row, _origin in recut(text, split(text), starts)]


def test_two_sentences_are_joined_with_what_lies_between():
    starts = joined_with_next(starts_of(split(TEXT)), 1)
    assert texts(TEXT, starts) == [
        "A title",
        "One two. Three four five.",
        "Six.",
        "Seven eight.",
    ]


def test_a_sentence_is_split_at_a_word():
    starts = split_at(starts_of(split(TEXT)), TEXT.index("four"))
    assert texts(TEXT, starts)[2:4] == ["Three", "four five."]


def test_a_boundary_is_shifted_either_way():
    starts = starts_of(split(TEXT))
    assert texts(TEXT, shifted(starts, 1, TEXT.index("two")))[1:3] == [
        "One",
        "two. Three four five.",
    ]
    assert texts(TEXT, shifted(starts, 1, TEXT.index("four")))[1:3] == [
        "One two. Three",
        "four five.",
    ]


def test_sentences_joined_across_paragraphs_make_one_paragraph_of_them():
    starts = starts_of(split(TEXT))
    rows = [row for row, _origin in recut(TEXT, split(TEXT), joined_with_next(starts, 3))]
    assert TEXT[rows[-1].start : rows[-1].end] == "Six.\n\nSeven eight."
    assert [row.paragraph for row in rows] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        ([], "first"),
        ([9], "first"),
        ([0, 18, 9], "order"),
        ([0, 9, 9], "order"),
        ([0, 9, 17], "place"),
        ([0, 9, 999], "place"),
        ([0, 18], "kind"),
    ],
)
def test_a_cut_that_is_none_is_refused(starts, code):
    with pytest.raises(BadCut) as refused:
        recut(TEXT, split(TEXT), starts)
    assert refused.value.code == code


def test_no_sentence_begins_inside_a_grapheme_cluster():
    text = "Cafe\u0301 one. Two."
    with pytest.raises(BadCut):
        recut(text, split(text), [0, 4])


@given(st.text(st.sampled_from("ab. \n“”e\u0301😀"), min_size=1, max_size=60), st.data())
def test_whatever_is_cut_only_white_space_lies_between(text, data):
    sentences = split(text)
    if not sentences:
        return
    chosen = data.draw(st.sets(st.integers(0, len(text) - 1), max_size=6))
    try:
        cut = recut(text, sentences, sorted({sentences[0].start, *chosen}))
    except BadCut:
        return
    at = 0
    for row, _origin in cut:
        assert row.start < row.end
        assert text[at : row.start].strip() == ""
        at = row.end
    assert text[at:].strip() == ""


def again(after: str, starts: list[int]) -> list[str]:
    spans = [(row.start, row.end) for row, _origin in recut(TEXT, split(TEXT), starts)]
    ruled = starts_of(split(TEXT))
    kept = carried(TEXT, spans, ruled, after, starts_of(split(after)))
    return texts(after, kept)


def test_what_a_person_joined_stays_joined_while_its_words_stand():
    starts = joined_with_next(starts_of(split(TEXT)), 1)
    assert "One two. Three four five." in again(TEXT.replace("Six", "Sixty"), starts)
    assert "One two." in again(TEXT.replace("Three", "Thirty"), starts), "its words changed"


def test_what_a_person_split_stays_split_while_the_words_on_both_sides_stand():
    starts = split_at(starts_of(split(TEXT)), TEXT.index("four"))
    assert "four five." in again(TEXT.replace("Six", "Sixty"), starts)
    assert "Three four fifty." in again(TEXT.replace("five", "fifty"), starts)
