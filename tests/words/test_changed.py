"""A correction is data, put into words in the language it is read in: only what reads otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from annotations.editions.content import Change
from annotations.templatetags.factcheck import compared
from annotations.text.difference import Part
from annotations.words.changed import changes_in_words, sides_in_words

SOURCE = {
    "sha256": "ab12",
    "title": "Minutes",
    "url": "https://town.example/",
    "passage": "seven to four",
    "is_confidential": True,
    "publisher": "The town",
    "saved_on": "2026-11-24",
    "published_on": "2023-06",
}
"""In another order than it is told, as a database may hand it out."""
REPLY = {"addressee": "The mayor", "asked_on": "2026-11-20", "answer": "No."}


def told(field: str, after: Any, language: str) -> str:
    with translation.override(language):
        (line,) = changes_in_words([Change(field, "", after)])
        return "".join(part.text for part in line["parts"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Minutes, The town, June 2023, https://town.example/, confidential, seven to four,"
            " 24 November 2026, ab12",
        ),
        (
            "ar",
            "Minutes، The town، يونيو 2023، https://town.example/، سرّي، seven to four،"
            " 24 نوفمبر 2026، ab12",
        ),
    ],
)
def test_what_is_said_of_a_source_has_the_commas_and_dates_of_its_reader(language, words):
    assert told("source_details", [SOURCE], language) == words


@pytest.mark.parametrize(
    ("field", "line", "words"),
    [
        ("replies", REPLY, "The mayor (20 novembre 2026)\u00a0: No."),
        ("scale", {"label": "Half", "value": 0, "definition": "So so"}, "Half (0)\u00a0: So so"),
        ("scale", {"label": "Unproven", "definition": "Open"}, "Unproven\u00a0: Open"),
        ("reports", {"description": "mayor", "name": "Ada"}, "Ada, mayor"),
        (
            "desk",
            {"website": "https://a.example", "name": "The Post"},
            "The Post, https://a.example",
        ),
        ("citations", {"citations": 3, "claim": 1}, "1\u00a0: 3"),
    ],
)
def test_a_line_of_values_is_put_into_words_when_it_is_read(field, line, words):
    assert told(field, [line], "fr") == words


def test_a_claim_of_an_article_is_told_with_its_rating_and_its_finding_without_signs():
    line = {
        "claim_reviewed": "It rains",
        "rating": "True",
        "finding": "It [does](https://a.example/).",
    }
    assert told("claim", [line], "en") == "It rains – True. It does (https://a.example/)."


def test_several_stand_below_each_other_and_an_order_in_one_line():
    replies = [REPLY, REPLY | {"addressee": "The council"}]
    assert told("replies", replies, "en").count("\n") == 1
    order = [{"title": "Minutes"}, {"title": "Letter", "locator": "p. 3"}]
    assert told("source_order", order, "fr") == "Minutes\u202f; Letter, p. 3"


@pytest.mark.parametrize("field", ["source_details", "replies", "scale", "reports", "desk"])
def test_what_was_stored_in_words_is_shown_as_it_stands(field):
    stood = "Minutes, The town: No."
    assert told(field, stood, "fr") == stood
    with translation.override("fr"):
        (line,) = sides_in_words([Change(field, "", stood)])
    assert line["sides"] == [("", stood)]


def fields(*changes: Change) -> list[str]:
    return [str(line["field"]) for line in changes_in_words(changes)]


def test_another_rating_is_told_once_and_not_again_by_its_number_meaning_and_colour():
    meaning = Change("definition", "So it is", "So it is not")
    colour = Change("tone", [["", "true"]], [["", "false"]])
    number = Change("value", "5", "1")
    rating = Change("rating", "True", "False")
    assert fields(rating, number, meaning, colour) == ["Rating"]
    assert fields(number, meaning, colour) == [
        "Number of the rating",
        "What the rating means",
        "Colour of the rating",
    ]


HOW = {
    "claims": 1,
    "annotations": 2,
    "blind_annotations": 2,
    "agreed": 1,
    "adopted_by_policy": 0,
    "left_out": [],
    "evidence_as_of": "2025-05-21",
    "people_shown": "names",
    "checked": ["Bruno Achterberg"],
    "decided": [],
    "approved": [],
}


def test_how_it_was_checked_is_no_change_where_only_its_day_is_another():
    """The day has a line of its own."""
    later = HOW | {"evidence_as_of": "2025-05-26"}
    changes = [
        Change("how", HOW, later),
        Change("evidence_as_of", "2025-05-21", "2025-05-26"),
    ]
    assert [str(each["field"]) for each in changes_in_words(changes)] == ["Evidence as of"]


def put_in(change: Change) -> list[str]:
    (told,) = changes_in_words([change])
    return [part.text for part in told["parts"] if part.op == "ins"]


def test_of_an_article_its_day_is_part_of_how_it_was_checked():
    assert put_in(Change("how", HOW, HOW | {"evidence_as_of": "2025-05-26"})) == ["26"]


def test_other_people_are_another_way_to_check():
    others = HOW | {"checked": ["Leila Sandoval"]}
    assert put_in(Change("how", HOW, others)) == ["Leila", "Sandoval."]


def test_the_corrections_of_the_sample_name_only_what_was_changed(db):
    call_command("loaddata", "scales", "fictional", verbosity=0)
    assert "Unchanged" not in Client().get("/corrections/").content.decode()
    feed = Client().get("/feeds/corrections.atom").content.decode()
    assert "Evidence as of: " in feed
    assert "How it was checked: </summary>" not in feed


def test_who_approved_it_is_part_of_how_it_was_checked():
    approved = HOW | {"approved": ["Eli"]}
    other = Change("how", approved, HOW | {"approved": ["Mia"]})
    assert fields(other) == ["How it was checked"]


def test_the_space_beside_what_changed_is_not_underlined():
    shown = [
        Part("same", "It was"),
        Part("ins", " no more than"),
        Part("del", " one "),
        Part("ins", "two "),
    ]
    assert compared(shown) == "It was <ins>no more than</ins> <del>one</del> <ins>two</ins> "
    assert compared([Part("same", "a"), Part("ins", " "), Part("same", "b")]) == "a<ins> </ins>b"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Checked by: Ann and Ben."), ("fr", "Ann et Ben.")]
)
def test_who_checked_is_a_sentence_among_others(language, words):
    """On the page of editions it stands between two others, where a line is only a space."""
    how = HOW | {"checked": ["Ann", "Ben"]}
    assert words in told("how", how, language)
