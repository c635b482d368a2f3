"""What a page says of an edition in sentences of its own."""

from __future__ import annotations

from django.utils import translation

from annotations.templatetags.factcheck import ratings_counted


def part(tone: str, label: str, count: int, *, is_retracted: bool = False) -> dict[str, object]:
    return {"tone": tone, "label": label, "count": count, "is_retracted": is_retracted}


TALLY = [
    part("true", "True", 2),
    part("false", "False & <worse>", 1),
    part("aside", "Opinion or prediction", 1),
    part("retracted", "Retracted", 1, is_retracted=True),
]


def test_the_ratings_of_a_page_are_one_sentence_with_commas_and_a_stop():
    told = ratings_counted(TALLY, "en")
    assert told == "Ratings: <bdi>True</bdi> (2), <bdi>False &amp; &lt;worse&gt;</bdi> (1)."


def test_they_keep_the_language_of_the_desk_among_the_commas_of_the_page():
    with translation.override("ar"):
        told = ratings_counted(TALLY[:2], "en")
    assert '<bdi lang="en">True</bdi> (2)، <bdi lang="en">' in told


def test_where_nothing_is_rated_nothing_is_said():
    assert ratings_counted(TALLY[2:], "en") == ""
