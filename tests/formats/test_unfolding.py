"""Tables that lay out a page are its blocks, and lines that lead to other articles none of it."""

from __future__ import annotations

import pytest

from annotations.formats import extraction, html
from annotations.formats.plain import Document
from tests.formats.test_html import page

SAID = [
    "The council said on Monday, after a long talk, that it had built 240 homes, as planned.",
    "Nobody else was asked about it, and the mayor of the town did not come to the meeting.",
    "The homes cost 4.1 million pounds, of which the state has paid about a quarter so far.",
]


def read(body: str) -> Document:
    return html.read(page(body).encode(), extract=extraction.extract)


def lines(body: str) -> list[str]:
    return read(body).text.split("\n\n")


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{each}</p>" for each in words)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><a href=a>Home</a></td><td>{}</td></tr></table>",
        "<table><tbody><tr><td><table><tr><td>{}</td></tr></table></td></tr></tbody></table>",
    ],
)
def test_paragraphs_in_a_table_that_lays_out_a_page_stay_apart(table):
    assert [each for each in lines(table.format(paragraphs(*SAID))) if each in SAID] == SAID


def test_lines_parted_by_breaks_in_a_long_cell_are_a_text_and_no_row():
    found = read(f"<table><tr><td>{'<br><br>'.join([*SAID, *SAID[:2]])}</td></tr></table>")
    assert not any(" | " in line for line in found.text.split("\n\n"))
    assert all(each in found.text for each in SAID)
    assert f"{SAID[0]}{SAID[1]}" not in found.text


@pytest.mark.parametrize(
    "cell",
    ["4,000", "<p>4,000</p>", "4,000<br>in May<br>or so<br>yes", "<b>4,000</b> <a>x</a>"],
)
def test_a_table_of_data_stays_one(cell):
    rows = f"<tr><td>Leeds</td><td>{cell}</td></tr><tr><td>Hull</td><td>3,000</td></tr>"
    found = lines(f"{paragraphs(*SAID)}<table>{rows}</table>")
    assert "Hull | 3,000" in found


@pytest.mark.parametrize(
    "line",
    [
        '<p>Read more: <a href="/a">Who paid for the pier?</a></p>',
        '<p><strong>Read also</strong> <a href="/a">Who paid?</a> <a href="/b">And why?</a></p>',
        '<div>À lire aussi : <a href="/a">Le quai qui s’enfonce</a></div>',
        '<p><em>Lesen Sie auch:</em> <a href="/a">Wer hat den Anleger bezahlt?</a></p>',
        '<p>Читайте также: <a href="/a">Кто заплатил за причал?</a></p>',
        '<p><a href="/a">اقرأ أيضًا: من دفع ثمن الرصيف؟</a></p>',
    ],
)
def test_a_line_that_leads_to_other_articles_is_left_out_and_can_be_looked_at(line):
    found = read(f"<p>{SAID[0]}</p>{line}{paragraphs(*SAID[1:])}")
    words = found.text.split("\n\n")
    assert words[2:5] == SAID
    assert any(each.split()[0].strip("*") in line for each in found.left_out_lines)


@pytest.mark.parametrize(
    "line",
    [
        'Read more of it in <a href="/a">the report</a>, which was published in May of this year.',
        'Related to that is <a href="/a">the report</a> of the council, which nobody has read.',
        'See also <a href="#n">the table below</a>',
        "Read more: it is all in the report that the council has published this year in May.",
    ],
)
def test_a_line_that_says_something_of_its_own_stays(line):
    found = " ".join(lines(f"<p>{SAID[0]}</p><p>{line}</p>{paragraphs(*SAID[1:])}"))
    assert " ".join(line.split()[:2]) in found
