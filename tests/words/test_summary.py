"""What an edition found, in one sentence."""

import pytest
from django.utils import translation

from annotations.words.summary import article_dek, in_words


def part(tone: str, label: str, count: int, *, retracted: bool = False) -> dict:
    return {"tone": tone, "label": label, "count": count, "is_retracted": retracted}


RETRACTED = part("aside", "Retracted", 1, retracted=True)
SAID = [
    (
        [part("true", "True", 7), part("context", "Missing context", 2), RETRACTED],
        "Seven are true, two lack context, one was retracted.",
    ),
    ([part("false", "False", 1)], "One is false."),
    (
        [part("mostly", "Mostly true", 1), part("misleading", "Misleading", 11)],
        "One is mostly true, 11 are misleading.",
    ),
    (
        [part("unproven", "Unproven", 1), part("uncheckable", "Not checkable", 2)],
        "One is unproven, two cannot be checked.",
    ),
    (
        [part("aside", "Opinion", 1), part("aside", "Not checkable", 1), RETRACTED],
        "One was retracted, two were set aside.",
    ),
    # A rating of the desk's own is called as the desk calls it.
    (
        [part("true", "Supported", 2), part("true", "True", 1)],
        "Two are rated “Supported”, one is true.",
    ),
    ([], ""),
]


@pytest.mark.parametrize(("tally", "sentence"), SAID)
def test_it_is_made_of_the_scales_words(tally, sentence):
    assert article_dek(tally) == sentence


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_a_rating_in_another_language_than_the_page_is_quoted_not_translated(language):
    with translation.override(language):
        said = article_dek([part("false", "False", 3)])
        label = translation.gettext("False")
        own = article_dek([part("false", label, 3)])
    assert "False" in said
    assert own != said.replace("False", label), "a word of the scale is said, not quoted"


@pytest.mark.parametrize(("count", "words"), [(1, "one"), (10, "ten"), (11, "11"), (0, "0")])
def test_numbers_are_words_up_to_ten(count, words):
    assert in_words(count) == words
