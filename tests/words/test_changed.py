"""What a correction changed, in words: nothing that reads the same before and after."""

from __future__ import annotations

from django.core.management import call_command
from django.test import Client

from annotations.editions.content import Change
from annotations.words.changed import changes_in_words

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
    assert put_in(Change("how", HOW, others)) == ["Leila", "Sandoval"]


def test_the_corrections_of_the_sample_name_only_what_was_changed(db):
    call_command("loaddata", "scales", "fictional", verbosity=0)
    assert "Unchanged" not in Client().get("/corrections/").content.decode()
    feed = Client().get("/feeds/corrections.atom").content.decode()
    assert "Evidence as of: " in feed
    assert "How it was checked: </summary>" not in feed
