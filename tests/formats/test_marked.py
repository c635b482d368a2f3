"""An article of JSON says how it is cut and which claims it makes; what is wrong has its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats import articles
from annotations.formats.marked import MOST_MARKS, Place
from annotations.formats.tables import BadRows
from annotations.words.unreadable import bad_text

TEXT = "Ferry returns\n\nIt sails again. So says the mayor. It sails again tomorrow 😀. No."
FIRST, MAYOR, AGAIN, LAST = (
    {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}
    for words in ("It sails again.", "So says the mayor.", "It sails again tomorrow 😀.", "No.")
)
HEADING = {"start": 0, "end": 13}
CLAIM: dict[str, Any] = {
    "claim": "The ferry sails  again.",
    "interpretation": "In spring.",
    "claimant": "The mayor",
    "claimant_kind": "person",
    "reports": "The harbour master",
    "type": "numerical",
    "marks": [FIRST | {"said_on": "2026-11", "exact": "It sails again."}],
}


def read(**said: Any) -> articles.Given:
    article = {"title": "Ferry", "text": TEXT} | said
    (only,) = articles.read(json.dumps(article, indent=1).encode(), "a.json", "en")
    return only


def sentences(given: articles.Given) -> list[tuple[str, str]]:
    text = given.document.text
    return [(text[row.start : row.end], row.kind.value) for row in given.document.sentences]


def wrong(**said: Any) -> list[tuple[int, str, str]]:
    """Line, JSON pointer and what was expected, of all that is wrong."""
    with pytest.raises(BadRows) as bad:
        read(**said)
    told = bad_text(bad.value)
    assert all(row["place"] in told for row in bad.value.wrong)
    return [
        (row["line"], row["place"], row.get("expected") or row["code"]) for row in bad.value.wrong
    ]


def test_it_is_cut_where_it_says_and_sentences_are_of_the_kind_it_says():
    whole = {"start": FIRST["start"], "end": AGAIN["end"]}
    given = read(sentences=[HEADING | {"kind": "heading"}, whole, LAST | {"kind": "body"}])
    assert sentences(given) == [
        ("Ferry returns", "heading"),
        (TEXT[whole["start"] : whole["end"]], "body"),
        ("No.", "body"),
    ]
    assert given.document.is_cut_by_hand
    as_body = read(sentences=[HEADING | {"kind": "body"}, FIRST | {"end": len(TEXT)}])
    assert [kind for _words, kind in sentences(as_body)] == ["body", "body"]


def test_what_split_prints_is_taken_as_it_stands():
    """Offsets, words, paragraph and kind, as `manage.py split` has them."""
    document = read().document
    rows = [
        {"start": row.start, "end": row.end, "text": TEXT[row.start : row.end]}
        | {"paragraph": row.paragraph, "kind": row.kind.value}
        for row in document.sentences
    ]
    given = read(sentences=rows)
    assert given.document.sentences == document.sentences
    assert not given.document.is_cut_by_hand
    assert given.unread == ()


def test_claims_come_with_their_places_by_position_or_by_words():
    marks = [
        {"exact": "So says the mayor."},
        {"prefix": "mayor. ", "exact": "It sails again", "suffix": " tomorrow"},
        FIRST,
    ]
    given = read(claims=[CLAIM, {"claim": "He says so.", "marks": marks}])
    first, second = given.claims
    assert (first.claim, first.interpretation, first.type) == (
        "The ferry sails again.",
        "In spring.",
        "numerical",
    )
    assert (first.claimant, first.claimant_kind, first.reports) == (
        "The mayor",
        "person",
        "The harbour master",
    )
    assert first.places == (Place(FIRST["start"], FIRST["end"], "2026-11"),)
    assert [TEXT[each.start : each.end] for each in second.places] == [
        "So says the mayor.",
        "It sails again",
        "It sails again.",
    ]
    assert second.places[1].start == AGAIN["start"], "the second time that it stands there"
    assert (second.type, second.claimant) == ("event", "")


def test_words_are_found_in_a_text_that_is_changed_on_its_way_in():
    given = read(text="One.\r\nTwo, three.", claims=[{"claim": "x", "marks": [{"exact": "Two"}]}])
    (place,) = given.claims[0].places
    assert given.document.text[place.start : place.end] == "Two"


def test_what_is_of_people_who_check_is_named_as_unread_and_comes_with_its_log_alone():
    given = read(
        claims=[CLAIM | {"verdict": "False", "annotations": [], "marks": [FIRST | {"note": 1}]}],
        sentences=[{"start": 0, "end": 13, "triage": 1}, FIRST | {"end": len(TEXT)}],
        tags=[],
    )
    assert given.unread == (
        "claims/annotations",
        "claims/marks/note",
        "claims/verdict",
        "sentences/triage",
        "tags",
    )


@pytest.mark.parametrize(("given", "known"), [("post-1", "post-1"), (17, "17"), (None, "")])
def test_an_id_is_words_or_a_number(given, known):
    assert read(id=given).external_id == known


def test_one_id_twice_in_a_file_is_one_article_or_wrong():
    one = {"title": "A", "text": "It is so.", "id": 1}
    rows = [one, one | {"title": "B"}]
    assert len(articles.read(json.dumps(rows).encode(), "a.json", "en")) == 2
    rows.append(one | {"id": "1", "text": "It is not."})
    with pytest.raises(BadRows) as bad:
        articles.read("\n".join(map(json.dumps, rows)).encode(), "a.jsonl", "en")
    (told,) = bad.value.wrong
    assert (told["line"], told["place"], told["expected"]) == (3, "/id", "id_once")


def marks(*several: Any) -> list[dict[str, Any]]:
    return [{"claim": "It sails.", "marks": list(several)}]


WRONG: dict[str, tuple[dict[str, Any], list[tuple[int, str, str]]]] = {
    "no list of sentences": ({"sentences": 5}, [(4, "/sentences", "sentences")]),
    "no sentence": ({"sentences": []}, [(4, "/sentences", "sentences")]),
    "sentences that are words": ({"sentences": ["a"]}, [(4, "/sentences", "sentences")]),
    "no end": ({"sentences": [{"start": 0}]}, [(5, "/sentences/0/end", "position")]),
    "a position in words": (
        {"sentences": [{"start": "0", "end": 3}]},
        [(6, "/sentences/0/start", "position")],
    ),
    "true for a position": (
        {"sentences": [{"start": True, "end": 3}]},
        [(6, "/sentences/0/start", "position")],
    ),
    "past the end": (
        {"sentences": [{"start": 0, "end": 900}]},
        [(5, "/sentences/0", "inside")],
    ),
    "a kind that is none": (
        {"sentences": [HEADING | {"kind": "title"}]},
        [(8, "/sentences/0/kind", "kind")],
    ),
    "other words": (
        {"sentences": [HEADING | {"text": "Ferry"}]},
        [(8, "/sentences/0/text", "stands_there")],
    ),
    "not from the beginning": (
        {"sentences": [FIRST]},
        [(6, "/sentences/0/start", "cut_first")],
    ),
    "out of order": (
        {"sentences": [HEADING, MAYOR, FIRST]},
        [(14, "/sentences/2/start", "cut_order")],
    ),
    "in a space": (
        {"sentences": [HEADING, FIRST, {"start": FIRST["end"], "end": len(TEXT)}]},
        [(14, "/sentences/2/start", "cut_place")],
    ),
    "a heading and what follows": (
        {"sentences": [{"start": 0, "end": len(TEXT)}]},
        [(4, "/sentences", "cut_kind")],
    ),
    "words in no sentence": (
        {"sentences": [HEADING, FIRST, LAST]},
        [(11, "/sentences/1/end", "sentence_end")],
    ),
    "a text that is kept otherwise": (
        {"text": "One.\r\nTwo.", "sentences": [HEADING]},
        [(3, "/text", "as_kept")],
    ),
    "no list of claims": ({"claims": {}}, [(4, "/claims", "claims")]),
    "a claim that is words": ({"claims": ["It sails."]}, [(5, "/claims/0", "claim")]),
    "no claim": (
        {"claims": [{"claim": " ", "marks": [FIRST]}]},
        [(6, "/claims/0/claim", "empty")],
    ),
    "a claim that is too long": (
        {"claims": [{"claim": "x" * 501, "marks": [FIRST]}]},
        [(6, "/claims/0/claim", "characters")],
    ),
    "half a claimant": (
        {"claims": [CLAIM | {"claimant": 5}]},
        [(8, "/claims/0/claimant", "words")],
    ),
    "a type that is none": (
        {"claims": [CLAIM | {"type": "opinion"}]},
        [(11, "/claims/0/type", "one_of_type")],
    ),
    "a claimant that is no person": (
        {"claims": [CLAIM | {"claimant_kind": "ship"}]},
        [(9, "/claims/0/claimant_kind", "one_of_claimant_kind")],
    ),
    "no mark": ({"claims": marks()}, [(7, "/claims/0/marks", "marks")]),
    "a mark that is none": ({"claims": marks({})}, [(8, "/claims/0/marks/0", "place")]),
    "words that are none": (
        {"claims": marks({"exact": 5})},
        [(9, "/claims/0/marks/0/exact", "words")],
    ),
    "words that stand there twice": (
        {"claims": marks({"exact": "It sails"})},
        [(9, "/claims/0/marks/0/exact", "stands_once")],
    ),
    "words that stand nowhere": (
        {"claims": marks(LAST, {"exact": "It sank"})},
        [(13, "/claims/0/marks/1/exact", "stands_once")],
    ),
    "other words at the place": (
        {"claims": marks(FIRST | {"exact": "It sank."})},
        [(11, "/claims/0/marks/0/exact", "stands_there")],
    ),
    "a mark of nothing": (
        {"claims": marks({"start": 13, "end": 14})},
        [(8, "/claims/0/marks/0", "inside")],
    ),
    "a day that is none": (
        {"claims": marks(FIRST | {"said_on": "2026-02-30"})},
        [(11, "/claims/0/marks/0/said_on", "date")],
    ),
    "a mark twice": (
        {"claims": marks(FIRST, FIRST)},
        [(12, "/claims/0/marks/1", "marked_once")],
    ),
    "positions in a text that is kept otherwise": (
        {"text": "One.\r\nTwo.", "claims": marks({"start": 0, "end": 4})},
        [(9, "/claims/0/marks/0/start", "as_kept")],
    ),
    "an id that is too long": ({"id": "x" * 201}, [(4, "/id", "name_or_number")]),
    "an id that is true": ({"id": True}, [(4, "/id", "name_or_number")]),
    "an id of parts": ({"id": [1]}, [(4, "/id", "name_or_number")]),
}


@pytest.mark.parametrize(("said", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_line_and_pointer(said, told):
    assert wrong(**said) == told


def test_a_key_of_the_same_name_elsewhere_does_not_move_the_line():
    assert wrong(sentences=[{"text": "x"}], text=5) == [(3, "/text", "paragraphs")]
    assert wrong(claims=[{"claim": "a", "title": "b"}], title="")[0][:2] == (2, "/title")


def test_too_many_marks_are_refused_and_too_many_sentences(monkeypatch):
    text = "\n\n".join(f"It is so {n}." for n in range(MOST_MARKS + 1))
    several = [{"exact": f"It is so {n}."} for n in range(MOST_MARKS + 1)]
    assert wrong(text=text, claims=marks(*several))[-1][1:] == ("/claims", "marks_at_most")
    rows = [HEADING, FIRST, MAYOR, AGAIN, LAST]
    assert len(read(sentences=rows).document.sentences) == 5
    parted = [*rows[:4], {"start": LAST["start"], "end": LAST["start"] + 1}]
    parted.append({"start": LAST["start"] + 1, "end": len(TEXT)})
    monkeypatch.setattr("annotations.formats.plain.MAX_SENTENCES", 5)
    assert wrong(sentences=parted) == [(4, "/sentences", "too_many_sentences")]
