"""Several transcripts in one table: each is read as if it had come alone."""

from __future__ import annotations

import pytest

from annotations.exchange import files, transcripts
from annotations.exchange.files import File
from annotations.formats import transcript
from annotations.formats.tables import BadRows
from annotations.models import Article, Original, Transition
from annotations.tasks.file_imports import FileImporter
from annotations.text.canonical import BadText
from annotations.words.unreadable import bad_text
from tests import cast as c
from tests.tasks.test_file_imports import bring, now, take_all

TABLE = (
    "document,line,speaker,text\r\n"
    "Morning debate,1,Ms Reed,It is so.\r\n"
    'Morning debate,2,Mr Holt,"It is ""not"".\nNot at all."\r\n'
    "\r\n"
    "17,1,Ms Reed,Nobody asked us.\r\n"
    "Morning debate,3,Ms Reed,We did.\r\n"
    "17,2,Ms Reed,We did ask.\r\n"
)


def items(text: str, desk, kind: str = "CSV"):
    return transcripts.items(text.encode(), f"debates.{kind.lower()}", kind, desk)


def test_each_document_is_an_article_with_its_own_rows_and_original(cast):
    first, second = items(TABLE, cast.desk)
    assert first.document.text == (
        'Ms Reed: It is so.\n\nMr Holt: It is "not". Not at all.\n\nMs Reed: We did.'
    )
    assert second.document.text == "Ms Reed: Nobody asked us. We did ask."
    assert [first.called, second.called] == ["Morning debate", "Ms Reed: Nobody asked us."]
    # The original of each is a table of its own, in which its places are counted.
    assert second.document.original.decode() == (
        "document,line,speaker,text\r\n\r\n17,1,Ms Reed,Nobody asked us.\r\n"
        "17,2,Ms Reed,We did ask.\r\n"
    )
    assert second.document.places == ("line 3", "line 4")
    (again,) = [transcript.read(second.document.original, "en", "en", "CSV")]
    assert (again.text, again.places) == (second.document.text, second.document.places)


@pytest.mark.parametrize("is_long", [False, True], ids=["short", "long"])
def test_what_is_wrong_is_named_by_the_line_of_the_whole_table(cast, is_long):
    more = "".join(f"17,{n},B,It is said {n} times.\r\n" for n in range(10, 20_000 * is_long))
    wrong = TABLE + more + "17,1,A,Again.\r\nMorning debate,4,A,\r\n,5,A,Whose?\r\n"
    lines = wrong.count("\n")
    with pytest.raises(BadRows) as bad:
        items(wrong.replace(",5,A,Whose?", "17,5,A,x"), cast.desk)
    assert [(each["line"], each["place"], each["value"]) for each in bad.value.wrong] == [
        (lines - 1, "text", ""),
        (lines - 2, "line", "1"),
    ]
    with pytest.raises(BadRows) as bad:
        items(wrong, cast.desk)
    (row,) = bad.value.wrong
    assert (row["line"], row["place"], row["expected"]) == (lines, "document", "document")
    assert "the name of the document that the row belongs to" in bad_text(bad.value)


def test_a_document_that_can_be_no_text_is_named_by_its_first_row(cast, monkeypatch):
    monkeypatch.setattr("annotations.formats.plain.MAX_SENTENCES", 2)
    with pytest.raises(BadText) as bad:
        items(TABLE, cast.desk)
    assert str(bad.value) == (
        "Nothing was imported, for some rows are wrong. Line 2, document “Morning debate”: The"
        " text has 3 sentences; the limit is 2, reached in line 5."
    )


def test_alone_it_is_refused_with_the_way_where_each_becomes_an_article():
    with pytest.raises(BadText) as bad:
        transcript.read(TABLE.encode(), "en", "en", "CSV")
    assert bad.value.code == "several_documents"
    assert "holds 2 documents" in bad_text(bad.value)


def test_one_document_with_its_name_in_each_row_is_one_transcript():
    data = b"document,text\na,It is so.\na,It is not.\n"
    assert transcript.read(data, "en", "en", "CSV").text == "It is so. It is not."
    assert not transcripts.are_in(data, "CSV")
    assert not transcripts.are_in(b"claim,label\nIt is so,False\n", "CSV")
    assert not transcripts.are_in(b"", "TSV")


def test_the_administration_takes_each_and_the_same_file_again_changes_nothing(cast):
    file = File("debates.csv", TABLE.encode(), cast.desk, cast.eda)
    looked = files.take(file, is_trial=True)
    assert (looked.kind, looked.done) == (
        "Transcripts in a table",
        "Articles: 2 new, 0 there already.",
    )
    assert not Article.objects.exists()
    files.take(file, is_trial=False)
    assert files.take(file, is_trial=False).done == "Articles: 0 new, 2 there already."
    assert set(Article.objects.values_list("title", flat=True)) == {
        "Morning debate",
        "Ms Reed: Nobody asked us.",
    }
    assert Original.objects.count() == 2
    assert files.take(File("debates.csv", TABLE.encode(), None, cast.eda), is_trial=True).wrong


def test_the_worker_takes_a_long_table_document_by_document(cast):
    rows = "".join(
        f"Debate {n}\tMs Reed\tThe line carried {n} and {m} people.\n"
        for n in range(5)
        for m in range(1_000)
    )
    row, importer = bring(cast, f"document\tspeaker\ttext\n{rows}".encode(), "all.tsv"), None
    importer = FileImporter()
    seen = []
    while importer.take_next():
        seen.append(now(row).done)
    assert seen[:-1] == [0, 2, 4, 5]
    assert (now(row).state, now(row).new) == ("done", 5)
    assert Transition.objects.filter(move="import").count() == 5


def test_a_row_of_a_long_table_that_is_wrong_is_named_and_nothing_comes_in(cast):
    c.make_desk("other")
    row = bring(cast, b"document,text\na,It is so.\nb,It is not.\nb,\n", "all.csv")
    take_all()
    assert [(each["line"], each["place"]) for each in now(row).wrong] == [(4, "text")]
    assert not Article.objects.exists()
