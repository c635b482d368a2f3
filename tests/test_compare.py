"""The tables in docs/text.md say what the rules reach now; speed and the others' rows aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests import compare, treebank

PAGE = (Path(settings.BASE_DIR) / "docs" / "text.md").read_text(encoding="utf-8")
OURS = {"Factcheck": compare.ours}


def rows(lines: str) -> list[str]:
    return [line for line in lines.splitlines() if line.startswith(("| Factcheck", "| sentence"))]


def test_the_tables_of_sentences_are_of_these_rules_and_texts(monkeypatch):
    monkeypatch.setattr(compare, "megabytes_a_second", lambda _segment: 0.0)
    for row in rows("".join(compare.sentence_tables(OURS))):
        assert row.removesuffix("0 |") in PAGE


def test_the_table_of_quotations_and_speakers_is_of_these_rules_and_texts():
    assert "".join(compare.speech_table()) in PAGE, "make compare"


def test_two_others_at_least_stand_beside_ours():
    assert {"sentencex", "pysbd", "segtok"} <= {
        line.split()[1] for line in PAGE.splitlines() if line.startswith("| ")
    }


def test_a_set_in_which_a_library_is_ahead_is_named(monkeypatch):
    monkeypatch.setattr(compare, "megabytes_a_second", lambda _segment: 0.0)
    worse = {"Factcheck": lambda _paragraph, _language: [], "other 1": compare.ours}
    lines = "".join(compare.sentence_tables(worse))
    assert "; fr, held out: other 1 100.0, Factcheck 0.0; " in lines
    assert "ahead of us: none." in "".join(compare.sentence_tables(OURS))


@pytest.mark.parametrize(
    ("pieces", "spans"),
    [
        (["A b.", "C d."], [(0, 4), (5, 9)]),
        ([" A b. ", "C d.\n"], [(0, 4), (5, 9)]),
        (["A b.", "changed", "C d."], [(0, 4), (5, 9)]),
        (["A b. C d."], [(0, 9)]),
        ([""], []),
    ],
)
def test_the_pieces_of_a_segmenter_are_found_in_the_paragraph(pieces, spans):
    assert compare.placed("A b. C d.", pieces) == spans


def test_a_treebank_is_read_by_its_paragraphs_or_in_tens():
    conllu = ["# newdoc id = 1", "# sent_id = 1", "# text = He came.", "1\tHe\the"]
    assert treebank.paragraphs([*conllu, "", "# newpar", "# text = She left."]) == [
        ["He came."],
        ["She left."],
    ]
    assert treebank.paragraphs(conllu) == [["He came."]]
    assert [len(one) for one in treebank.paragraphs(["He came."] * 12)] == [10, 2]


def test_ends_inside_the_paragraphs_of_a_treebank_are_counted_whatever_the_white_space():
    gold = [["He came.", "She left.", "It rained."]]
    found = treebank.score(
        gold, "en", lambda _text, _language: ["He  came. She left.", "It rained."]
    )
    assert (found.right, found.wrong, found.missed) == (1, 0, 1)
    assert treebank.score([["好。", "走了。"]], "zh", compare.ours).f1 == 100
