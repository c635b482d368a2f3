"""Which words a mark means: anchors, trimmed selections, words to choose from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.anchors import Anchor, BadAnchor, anchor, holds, trim, words
from tests.text.samples import article

CLAIM = "We never asked them to close the consulate general as they did"


def test_an_anchor_holds_the_words_and_what_stands_around_them():
    text = article()
    start = text.index(CLAIM)
    found = anchor(text, start, start + len(CLAIM))
    assert found == Anchor(
        start,
        start + len(CLAIM),
        CLAIM,
        ", but it will not beg Washington. “"[-32:],
        ". It was their initiative. I don’t know"[:32],
    )


def test_context_stops_at_the_ends_of_the_text():
    assert anchor("a b", 0, 1) == Anchor(0, 1, "a", "", " b")
    assert anchor("a b", 2, 3) == Anchor(2, 3, "b", "a ", "")


def test_offsets_count_code_points():
    assert anchor("😀 e\u0301 b", 5, 6).exact == "b"


@pytest.mark.parametrize("span", [(-1, 2), (0, 5), (3, 2), (5, 6)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(BadAnchor) as refusal:
        anchor("abcd", *span)
    assert refusal.value.code == "outside"
    assert str(refusal.value) == (
        f"The selection {span[0]}-{span[1]} lies outside the text, which has 4 characters."
    )


@pytest.mark.parametrize("span", [(1, 1), (1, 3)])
def test_a_span_without_a_word_is_refused(span):
    with pytest.raises(BadAnchor) as refusal:
        anchor("a  b", *span)
    assert refusal.value.code == "empty"


@pytest.mark.parametrize(
    ("text", "start", "end", "exact", "holding"),
    [
        ("one two", 4, 7, "two", True),
        ("one Two", 4, 7, "two", False),
        ("a one two", 4, 7, "two", False),
        ("one", 4, 7, "two", False),
        ("one two", -3, 7, "two", False),
        ("one two", 4, 9, "two", False),
        ("one two", 4, 4, "", False),
    ],
)
def test_an_anchor_holds_only_where_its_words_stand(text, start, end, exact, holding):
    assert holds(text, Anchor(start, end, exact, "", "")) is holding


@given(st.text(min_size=1), st.data())
def test_an_anchor_just_made_holds(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    try:
        assert holds(text, anchor(text, start, end))
    except BadAnchor:
        assert not text[start:end].strip()


@pytest.mark.parametrize(
    ("selected", "kept"),
    [
        ("  We came.  ", "We came."),
        ("“We never asked them.", "We never asked them."),
        ("“We never asked them.”", "“We never asked them.”"),
        ("by and large,” ", "by and large"),
        ("It stalled,", "It stalled"),
        ("“ ‘We came.", "We came."),
        ("– It’s up to them", "It’s up to them"),
        ("“Is” it", "“Is” it"),
        ("it “is”", "it “is”"),
        ("« Nous partons", "Nous partons"),
        ("„Wir gehen“", "„Wir gehen“"),
        ("the workers’", "the workers’"),
        ('"We came', "We came"),
        ('"We" came', '"We" came'),
        ("–5 degrees", "–5 degrees"),
        ("e\u0301, ", "e\u0301"),
        ("“\u0301a", "“\u0301a"),
        ("“ ”", "“ ”"),
        ("“", ""),
        ("’", ""),
        ("  ", ""),
    ],
)
def test_a_selection_is_trimmed_to_what_it_says(selected, kept):
    text = f"x{selected}y" if not selected.startswith("\u0301") else selected
    start, end = trim(text, 1, 1 + len(selected))
    assert text[start:end] == kept


def test_a_mark_that_carries_an_accent_outside_the_selection_is_not_cut_from_it():
    assert trim("xa,\u0301", 1, 3) == (1, 3)


def test_trimming_gives_up_after_more_marks_than_a_hand_takes_along():
    assert trim("a" + "”" * 10, 0, 11) == (0, 1)
    assert trim("a" + "”" * 100, 0, 101)[1] > 1


@given(
    st.text(st.sampled_from(" “”‘’\"'«»„,;–-ab.\u0301")), st.integers(-3, 40), st.integers(-3, 40)
)
def test_trimming_stays_inside_the_selection(text, start, end):
    first, last = trim(text, start, end)
    assert first >= max(0, start)
    assert last <= min(len(text), end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We never asked, ever.", ["We", "never", "asked,", "ever."]),
        ("e\u0301a 👩\u200d🚀 b", ["e\u0301a", "👩\u200d🚀", "b"]),
        ("他说：“走。” OK了", ["他", "说：", "“走。”", "OK", "了"]),
        ("行こう。", ["行", "こ", "う。"]),
        ("か\u3099き", ["か\u3099", "き"]),
        ("한국 사람", ["한국", "사람"]),
        (" \n ", []),
    ],
)
def test_words_are_what_stands_between_spaces_or_one_character_where_there_are_none(text, expected):
    assert [text[start:end] for start, end in words(text, 0, len(text))] == expected


def test_words_of_a_part_keep_their_place_in_the_text():
    assert words("one two three", 4, 13) == [(4, 7), (8, 13)]


@given(st.text())
def test_words_leave_out_nothing_but_spaces(text):
    spans = words(text, 0, len(text))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


def test_nothing_selected_is_empty_and_not_outside():
    with pytest.raises(BadAnchor) as bad:
        anchor("The ferry.", 3, 3)
    assert bad.value.code == "empty"
    with pytest.raises(BadAnchor) as bad:
        anchor("The ferry.", 4, 3)
    assert bad.value.code == "outside"
