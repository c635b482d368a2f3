"""Transcripts in tables: a row is a sentence, a speaker's rows a turn; wrong rows are all named."""

from __future__ import annotations

import pytest

from annotations.formats import readers, transcript
from annotations.formats.readers import Source
from annotations.text.canonical import BadText
from annotations.text.quotations import quotations
from annotations.text.speakers import attributions


def read(text: str, kind: str = "TSV"):
    return transcript.read(text.encode(), "en", "en", kind)


def sentences(document) -> list[str]:
    return [document.text[row.start : row.end] for row in document.sentences]


DEBATE = (
    "line\tspeaker\ttext\tlabel\n"
    "1\tMs Reed\tThe line carried 4,000 people. It is the oldest.\t1\n"
    "2\tMs Reed\tWe keep it.\t0\n"
    "3\tMr Holt\tNobody asked\u00a0us.\t0\n"
    "4\tMs Reed\tWe did.\t1\n"
)


def test_each_row_is_a_sentence_and_a_turn_begins_with_its_speaker():
    document = read(DEBATE)
    assert document.text == (
        "Ms Reed: The line carried 4,000 people. It is the oldest. We keep it.\n\n"
        "Mr Holt: Nobody asked us.\n\nMs Reed: We did."
    )
    assert sentences(document) == [
        "Ms Reed: The line carried 4,000 people. It is the oldest.",
        "We keep it.",
        "Mr Holt: Nobody asked us.",
        "Ms Reed: We did.",
    ]
    assert [row.paragraph for row in document.sentences] == [0, 0, 1, 2]
    assert document.places == ("line 2", "line 3", "line 4", "line 5")
    assert document.title == "Ms Reed: The line carried 4,000 people. It is the oldest."


def test_who_speaks_is_found_in_it_as_in_any_transcript():
    document = read(DEBATE)
    turns = quotations(document.text, document.sentences)
    found = {each.name for each in attributions(document.text, document.sentences, turns, "en")}
    assert found == {"Ms Reed", "Mr Holt"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1\tA\tIt is so.\t1\n2\tB\tNo.\t0\n", "TSV"),
        ("1\tA\tIt is so.\n2\tB\tNo.\n", "TSV"),
        ("Sentence_ID;Speaker;Text\r\n1;A;It is so.\r\n2;B;No.\r\n", "CSV"),
        ('\ufeffspeaker,text\nA,"It is so."\nB,No.\n', "CSV"),
    ],
)
def test_columns_are_known_by_name_or_by_order(text, kind):
    assert sentences(read(text, kind)) == ["A: It is so.", "B: No."]


def test_a_cell_may_hold_commas_quotes_and_lines():
    document = read('text\n"One, ""two""\nthree."\n', "CSV")
    assert document.text == 'One, "two" three.'


def test_a_name_is_as_canonical_as_what_is_said():
    document = read("speaker\ttext\nZoe\u0308\u200b  Lee:\tIt is so.\n\u200b\tNo.\n")
    assert sentences(document) == ["Zo\u00eb Lee: It is so.", "No."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id\tclaim\n1\tIt is so\n", "without a column “text”. It has: id, claim."),
        ("text\tspeaker\n\tA\n", "Line 2, text “”: a sentence expected."),
        ("speaker\ttext\nA\tx\nB\n", "Line 3, row “B”: at least 2 cells expected."),
        ("line\ttext\n1\tx\n1\ty\n", "Line 3, line “1”: a line comes once."),
        ("document\ttext\na\tx\nb\ty\n", "This table holds 2 documents, by its column “document”."),
        (f"speaker\ttext\n{'A' * 81}\tx\n", "a name of 80 characters at most"),
        ("text\tspeaker\nx\x01y\tA\n", "Line 2, text “x\x01y”: Character 2"),
        ("text\tspeaker\nx\tA\x01\n", "Line 2, speaker “A\x01”: Character 2"),
        ("text\tspeaker\n", "The text is empty"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_value_and_what_was_expected(text, words):
    with pytest.raises(BadText) as refused:
        read(text)
    assert words in str(refused.value)


def test_many_wrong_rows_are_named_and_the_rest_counted():
    with pytest.raises(BadText) as refused:
        read("line\ttext\n" + "1\tx\n" * 31)
    assert str(refused.value).count("Line ") == 20
    assert "And 10 more." in str(refused.value)


@pytest.mark.parametrize("name", ["a.tsv", "a.TAB", "a.csv"])
def test_a_table_is_found_by_its_name(name):
    kind = readers.media_type_of(b"text\nIt is so.\n", name)
    assert readers.read(Source(b"text\nIt is so.\n"), kind).text == "It is so."
