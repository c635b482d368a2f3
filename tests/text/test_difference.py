"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.difference import LONGEST, parts


def joined(before: str, after: str, *ops: str) -> str:
    return "".join(part.text for part in parts(before, after) if part.op in ops)


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_stayed_and_came_is_the_new_text_and_what_stayed_and_went_the_old(before, after):
    if before == after:
        assert parts(before, after) == []
        return
    assert joined(before, after, "same", "ins") == after
    assert joined(before, after, "same", "del") == before


def test_only_the_changed_words_are_shown_as_changed():
    found = parts("The letter of 12 June asked for it.", "The letter of 3 June asked for it.")
    assert [(part.op, part.text) for part in found] == [
        ("same", "The letter of "),
        ("del", "12"),
        ("ins", "3"),
        ("same", " June asked for it."),
    ]


def test_very_long_texts_are_shown_as_replaced_whole():
    before, after = "word " * LONGEST, "other " * LONGEST
    assert [part.op for part in parts(before, after)] == ["del", "ins"]
