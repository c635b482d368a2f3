"""The tables in docs/text.md say what the rules reach now; speed and the others' rows aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests import compare

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
