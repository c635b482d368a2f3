"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.difference import LONGEST, Course, long_parts, parts


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


def test_what_changed_in_a_very_long_text_is_shown_word_by_word_too():
    words = [f"word{n}" for n in range(LONGEST)]
    before, after = " ".join(words), " ".join([*words[:1000], "new", *words[1000:2000], "last"])
    found = parts(before, after)
    assert [part.text for part in found if part.op == "ins"] == ["new ", "last"]
    assert joined(before, after, "same", "del") == before


@given(st.text(st.sampled_from("ab .\n"), max_size=60), st.text(max_size=60))
def test_the_other_way_for_long_texts_gives_both_texts_back_too(before, after):
    for for_people in (True, False):
        found = long_parts(before, after, for_people=for_people)
        if before != after:
            assert "".join(part.text for part in found if part.op != "del") == after
            assert "".join(part.text for part in found if part.op != "ins") == before


def test_texts_of_many_different_words_are_told_apart_past_the_surrogates():
    words = [f"w{n}" for n in range(60_000)]
    before = " ".join(words)
    found = long_parts(before, before + " more")
    assert [(part.op, part.text) for part in found[-1:]] == [("ins", " more")]


def test_without_work_to_spend_a_long_text_is_shown_as_replaced_and_nothing_is_lost():
    before = " ".join(f"a{n % 97} b{n % 89}" for n in range(3000))
    after = " ".join(f"b{n % 83} a{n % 79}" for n in range(3000))
    found = long_parts(before, after, work=1)
    assert "".join(part.text for part in found if part.op != "del") == after


def test_a_place_is_followed_through_what_came_and_went_before_it():
    course = Course("One two three four.", "Zero. One three, four five.")
    assert course.follow(8, 13) == (10, 15)  # three
    assert course.kept(8, 13)
    assert not course.kept(4, 13)


def test_a_place_whose_words_were_replaced_is_followed_to_what_stands_there():
    course = Course("It closed on Monday.", "It closed at noon on Friday.")
    start, end = course.follow(13, 19)
    assert "It closed at noon on Friday."[start:end] == "Friday"


def test_what_only_came_or_only_went_has_no_empty_part_beside_it():
    gone = [(part.op, part.text) for part in parts("One two.", "One")]
    come = [(part.op, part.text) for part in parts("One", "One two.")]
    assert gone == [("same", "One"), ("del", " two.")]
    assert come == [("same", "One"), ("ins", " two.")]


def test_in_a_text_that_stayed_as_it_was_every_place_is_where_it_was():
    course = Course("The same words.", "The same words.")
    assert course.follow(4, 8) == (4, 8)
    assert course.kept(0, 15)
