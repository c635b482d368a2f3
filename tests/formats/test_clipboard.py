"""What is pasted from a word processor, a mail or a page keeps its structure, by its words."""

from __future__ import annotations

import pytest

from annotations.formats import clipboard, plain, readers
from annotations.formats.plain import Document
from annotations.text.canonical import BadText
from tests.formats.test_beside import sentences, whole

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{margin:0}</style><title>x</title></head><body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle>Ferry is back</p>
<p class=MsoNormal>It sails, says <a href="https://town.example/r">the town</a>. So be it.
<o:p></o:p></p>
<h2>What came before</h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>A pier</p>
<table><tr><td><p class=MsoNormal>Year</p></td><td><p class=MsoNormal>Cars</p></td></tr>
<tr><td><p class=MsoNormal>2024</p></td><td><p class=MsoNormal>3,900</p></td></tr></table>
<script>alert(1)</script><!--EndFragment--></body></html>"""
TEXT = (
    "Ferry is back\n\nIt sails, says the town. So be it.\n\nWhat came before\n\nA pier\n\n"
    "Year | Cars\n\n2024 | 3,900"
)


def read(html: str) -> Document:
    return readers.read(readers.Source(html.encode()), readers.CLIPBOARD)


@pytest.fixture(scope="module")
def copied() -> Document:
    return read(WORD)


def typed(text: str, *copied: Document) -> Document:
    return clipboard.structured(plain.read(text), copied)


def test_a_word_processors_html_is_its_blocks(copied):
    assert copied.text == TEXT
    assert sentences(copied) == [
        ("heading", "", "Ferry is back"),
        ("body", "", "It sails, says the town."),
        ("body", "", "So be it."),
        ("heading", "", "What came before"),
        ("body", "list_item", "A pier"),
        ("row", "", "Year | Cars"),
        ("row", "", "2024 | 3,900"),
    ]


def test_the_text_that_is_sent_is_what_was_copied(copied):
    document = typed(TEXT, copied)
    assert sentences(document) == sentences(copied)
    assert [(document.text[e.start : e.end], e.address) for e in document.links] == [
        ("the town", "https://town.example/r")
    ]
    assert document.title == "Ferry is back"
    whole(document)


def test_what_was_typed_around_and_within_it_stays_as_it_is(copied):
    text = f"My own words first. See https://a.example/.\n\n{TEXT}".replace("A pier", "Two piers.")
    document = typed(text, copied)
    assert document.text == text
    assert ("body", "", "Two piers.") in sentences(document)
    assert ("row", "", "2024 | 3,900") in sentences(document)
    assert [document.text[e.start : e.end] for e in document.links] == [
        "https://a.example/",
        "the town",
    ]
    whole(document)
    again = clipboard.structured(document, [copied])
    assert again == document


def test_what_was_not_copied_is_read_as_any_text(copied):
    assert typed("One two. Three.", copied).sentences == plain.read("One two. Three.").sentences
    assert typed(TEXT) == plain.read(TEXT)


def test_nothing_but_words_links_and_blocks_comes_through():
    found = read('<p onclick="x()">A <a href="javascript:alert(1)">b</a> c.</p><iframe>d</iframe>')
    assert found.text.startswith("A b c.")
    assert found.links == ()
    with pytest.raises(BadText):
        read("<script>alert(1)</script>")


def test_rtf_is_refused_in_words_that_name_what_to_do():
    for data, name in ((b"{\\rtf1\\ansi x}", "a.rtf"), (b"{\\rtf1\\ansi x}", "a.txt")):
        with pytest.raises(BadText, match=r"save it as \.docx or \.odt") as why:
            readers.media_type_of(data, name)
        assert why.value.code == "rtf"
