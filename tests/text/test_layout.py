"""A sentence cut where marks begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.layout import Span, pieces

TEXT = "We never asked them to stop. It was theirs 👩‍👩‍👧 alone."


def spans(text: str, start: int = 0) -> st.SearchStrategy[list[Span]]:
    ends = st.tuples(st.integers(0, len(text) + start + 5), st.integers(0, len(text) + start + 5))
    made = ends.map(sorted).filter(lambda pair: pair[0] < pair[1])
    return st.lists(
        st.builds(lambda pair, n: Span(pair[0], pair[1], n), made, st.integers(1, 4)), max_size=6
    )


@given(spans(TEXT, 100))
def test_the_pieces_joined_are_the_text_and_know_where_they_stand(found):
    cut = pieces(TEXT, 100, found)
    assert "".join(piece.text for piece in cut) == TEXT
    for piece in cut:
        at = piece.start - 100
        assert TEXT[at : at + len(piece.text)] == piece.text


@given(spans(TEXT, 100))
def test_each_character_is_under_exactly_the_spans_that_cover_it(found):
    for piece in pieces(TEXT, 100, found):
        for offset in range(len(piece.text)):
            at = piece.start + offset
            covering = [span.claim for span in found if span.start <= at < span.end]
            assert sorted(piece.claims) == sorted(covering)


def test_a_mark_ends_once_where_its_last_word_stands():
    first, second = "One two.", "Three four."
    span = Span(4, 14, 7)
    in_first = pieces(first, 0, [span])
    in_second = pieces(second, 9, [span])
    assert [(piece.text, piece.claims, piece.ends) for piece in in_first] == [
        ("One ", (), ()),
        ("two.", (7,), ()),
    ]
    assert [(piece.text, piece.claims, piece.ends) for piece in in_second] == [
        ("Three", (7,), (7,)),
        (" four.", (), ()),
    ]


def test_nested_and_overlapping_marks_are_all_named():
    cut = pieces("abcdef", 0, [Span(0, 4, 1), Span(1, 2, 2), Span(3, 6, 3)])
    assert [(piece.text, piece.claims) for piece in cut] == [
        ("a", (1,)),
        ("b", (1, 2)),
        ("c", (1,)),
        ("d", (1, 3)),
        ("ef", (3,)),
    ]
