"""What an article is made of beside sentences: rows of tables, captions, pictures, pull quotes."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, NameObject
from pypdf.generic._font import Font

from annotations.formats import boxes, grids, html, readers
from annotations.formats.blocks import CAPTION, ROW, Block, clean_blocks, cut_blocks, links_of
from annotations.formats.kept import document_from, kept
from annotations.formats.plain import Document
from annotations.formats.taken import taken_in
from annotations.text.links import visible
from annotations.text.sentences import ParagraphKind
from tests.formats.files import Box, column, docx, odt, paragraph, pdf
from tests.formats.test_html import page

HERE = "https://paper.example/2026/ferry"
TABLE = """<p>The ferry carried more people than in any year before, the town said on Monday.</p>
<table><caption>Table 1. Passengers by year</caption>
<tr><th>Year</th><th>Passengers</th><th>Source</th></tr>
<tr><td>2024</td><td>3,900</td><td><a href="/report">report</a></td></tr>
<tr><td>2025. Up.</td><td></td><td>St. Mary</td></tr></table>
<p>Nobody knows how many will come in the year that begins, the mayor said on Monday.</p>"""
ROWS = ["Year | Passengers | Source", "2024 | 3,900 | report", "2025. Up. | | St. Mary"]


def read(body: str) -> Document:
    return html.read(page(body).encode(), address=HERE)


def sentences(document: Document) -> list[tuple[str, str, str]]:
    """What each sentence is, how it stood, and its words."""
    blocks = document.blocks or ("",) * len(document.sentences)
    return [
        (row.kind.value, block, document.text[row.start : row.end])
        for row, block in zip(document.sentences, blocks, strict=True)
    ]


def rows(document: Document) -> list[str]:
    return [words for kind, _block, words in sentences(document) if kind == "row"]


def whole(document: Document) -> None:
    """What holds of any document."""
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    at = 0
    for row in document.sentences:
        assert document.text[at : row.start].strip() == ""
        at = row.end
    assert at == len(document.text)
    steps = [b.paragraph - a.paragraph for a, b in pairwise(document.sentences)]
    assert set(steps) <= {0, 1}
    assert document_from(kept(document), document.original) == document


# --- tables ---


def test_each_row_of_a_pages_table_is_one_whole_and_its_caption_is_one():
    document = read(TABLE)
    assert rows(document) == ROWS
    assert ("body", "caption", "Table 1. Passengers by year") in sentences(document)
    assert [document.text[e.start : e.end] for e in document.links if "report" in e.address] == [
        "report"
    ]
    whole(document)


WORD_TABLE = (
    "<w:tbl>"
    + "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Year", "Passengers", "Source"), ("2024", "3,900", "report"))
    )
    + "</w:tbl>"
)
ODT_TABLE = (
    "<table:table>"
    + "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (("Year", "Passengers", "Source"), ("2024", "3,900", "report"))
    )
    + "</table:table>"
)
MARKDOWN = "# Ferry\n\n| Year | Passengers | Source |\n|---|---|---|\n| 2024 | 3,900 | report |\n"
MAIL = b"""From: Ann <ann@paper.example>\r\nSubject: Ferry\r\nContent-Type: text/html\r\n\r\n
<p>See this.</p><table><tr><th>Year</th><th>Passengers</th><th>Source</th></tr>
<tr><td>2024</td><td>3,900</td><td>report</td></tr></table>"""


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (readers.DOCX, docx(WORD_TABLE)),
        (readers.ODT, odt(ODT_TABLE)),
        (readers.MARKDOWN, MARKDOWN.encode()),
        (readers.MAIL, MAIL),
    ],
)
def test_rows_of_files_are_rows_too(kind, data):
    document = readers.read(readers.Source(data), kind)
    assert rows(document) == ROWS[:2]
    whole(document)


def test_a_table_that_lays_out_running_text_is_text():
    prose = "The town built 240 homes last year. Nobody was asked about them before."
    laid_out = [f"Left\t{prose}", "One\tTwo", "Three\tFour"]
    assert grids.rows_stay_whole(laid_out) == [False, True, True]
    assert grids.rows_stay_whole([prose, "Another."]) == [False, False]
    assert grids.rows_stay_whole(["Menu\tText of the page", "Foot"]) == [False, False]
    assert grids.rows_stay_whole([f"a\t{'x' * 201}", "b\tc", "d\te"]) == [False, True, True]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_links_in_cells_stay_on_their_words(cells, data):
    row = cells[0]
    picked = data.draw(st.integers(0, len(row) - 1))
    before = sum(len(visible(cell)) for cell in row[:picked])
    size = len(visible(row[picked]))
    told = ((before, before + size, "https://a.example/"),) if size else ()
    clean, _changes = clean_blocks([Block(ROW, "\t".join(row), told)])
    found = links_of(clean)
    if told and clean and found:
        text = "\n\n".join(each.text for each in clean)
        assert visible(text[found[0].start : found[0].end]) == visible(row[picked])


def test_a_row_is_one_sentence_whatever_its_cells_hold():
    clean, _changes = clean_blocks([Block(ROW, "St. John.\tHe left. She came?\t")])
    found, blocks = cut_blocks(clean, "en")
    assert [each.kind for each in found] == [ParagraphKind.ROW]
    assert blocks == [""]
    assert clean[0].text == "St. John. | He left. She came?"


# --- captions and pictures ---

PICTURED = """<figure><img src="/ferry.jpg" width="800" alt="A ferry at  a pier">
<figcaption>The ferry came back on Monday. It was full.</figcaption></figure>
<p>The ferry carried more people than in any year before, the town said on Monday.</p>
<p><img src="https://img.example/chart.png" alt="A chart"></p>
<p>Nobody knows how many will come in the year that begins, the mayor said on Monday.</p>
<img src="/dot.gif" width="1" height="1"><img src="data:image/png;base64,aaaa" alt="x">
<aside><img src="/advert.jpg" alt="Buy"></aside>"""
FERRY, CHART = "https://paper.example/ferry.jpg", "https://img.example/chart.png"
UNDER = "The ferry came back on Monday. It was full."


def stands_with(document: Document, address: str) -> str:
    """The sentence that a picture stands with."""
    (found,) = [each for each in document.pictures if each.address == address]
    (words,) = [
        document.text[row.start : row.end]
        for row in document.sentences
        if row.start <= found.at < row.end
    ]
    return words


def test_pictures_are_kept_by_address_and_words_and_nothing_small_or_beside():
    document = read(PICTURED)
    assert [(each.address, each.alternative) for each in document.pictures] == [
        (FERRY, "A ferry at a pier"),
        (CHART, "A chart"),
    ]
    assert stands_with(document, CHART).startswith("The ferry carried")
    whole(document)


def test_a_caption_that_is_taken_in_is_a_caption_with_its_picture():
    document = read(PICTURED)
    number = document.left_out_lines.index(UNDER)
    assert document.left_out_kinds[number] == CAPTION
    found = taken_in(document, [number])
    said = sentences(found)
    assert ("body", "caption", "The ferry came back on Monday.") in said
    assert ("body", "caption", "It was full.") in said
    assert stands_with(found, FERRY) == "The ferry came back on Monday."
    assert stands_with(found, CHART).startswith("The ferry carried")
    whole(found)


def test_captions_of_files_are_captions_and_pictures_stand_with_them():
    about = '<w:p><w:r><w:drawing><wp:docPr xmlns:wp="w" descr="A ferry"/></w:drawing></w:r></w:p>'
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="Cap"><w:name w:val="caption"/></w:style></w:styles>'
    )
    body = paragraph("It sails again.") + about + paragraph("The ferry came back.", "Cap")
    data = docx(body, styles_xml=styles)
    document = readers.read(readers.Source(data), readers.DOCX)
    assert ("body", "caption", "The ferry came back.") in sentences(document)
    assert [(each.address, each.alternative) for each in document.pictures] == [("", "A ferry")]
    assert document.text[document.pictures[0].at :].startswith("The ferry came back.")
    whole(document)


def test_a_picture_of_markdown_stands_with_its_line():
    text = "# Ferry\n\nIt sails.\n\n![The ferry](https://a.example/f.jpg)\n\nSo they say.\n"
    document = readers.read(readers.Source(text.encode()), readers.MARKDOWN)
    assert [(each.address, each.alternative) for each in document.pictures] == [
        ("https://a.example/f.jpg", "The ferry")
    ]
    assert document.text[document.pictures[0].at :].startswith("It sails.")


# --- pull quotes ---

LONG = "Nobody knows how many will come in the year that begins, the mayor said on Monday."


def test_a_pull_quote_is_not_counted_twice_and_can_be_taken_in():
    words = "“Nobody knows how many will come in the year”"
    document = read(f"{TABLE}<blockquote><p>{words}</p></blockquote><p>{'So it is. ' * 5}</p>")
    assert words not in document.text
    number = document.left_out_lines.index(words)
    assert document.left_out_kinds[number] == "pull_quote"
    assert words in taken_in(document, [number]).text


def test_a_quotation_that_stands_nowhere_else_stays():
    words = "Nobody knows how many boats will come, the harbour master said to all who asked her."
    document = read(f"{TABLE}<blockquote><p>{words}</p></blockquote>")
    assert ("body", "quote", words) in sentences(document)


# --- links of what was left out ---


def test_a_line_that_is_taken_in_brings_its_links():
    body = PICTURED.replace("Monday. It was", '<a href="/monday">Monday</a>. It was')
    document = read(body)
    found = taken_in(document, [document.left_out_lines.index(UNDER)])
    assert [
        (found.text[e.start : e.end], e.address) for e in found.links if "monday" in e.address
    ] == [("Monday", "https://paper.example/monday")]
    whole(found)


# --- links of a PDF and of a mail ---

LINE = "The council built 240 homes, says the report of the town."
TOWN = "https://town.example/report?y=2026"


def wide(text: str) -> float:
    """How wide Helvetica of ten points is."""
    font = Font.from_core_font_name("/Helvetica")
    return font.get_text_width(text) / 100


def box(words: str, line: str = LINE, *, off: float = 0.0, y: float = 700) -> Box:
    left = 50 + wide(line[: line.index(words)]) + off
    return (left, y - 2, left + wide(words), y + 9, TOWN)


def links_of_pdf(lines: list[str], *found: Box) -> list[tuple[str, str]]:
    data = pdf([column(lines)], links=found)
    document = readers.read(readers.Source(data), readers.PDF)
    whole(document)
    return [(document.text[e.start : e.end], e.address) for e in document.links]


def test_what_is_used_of_pypdf_without_a_public_name_is_where_it_was():
    """Where this fails after a new pypdf: links of PDFs are lost until formats.boxes is mended."""
    resource = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    assert boxes.Font is not None
    # Helvetica's "a" is 556 thousandths of its size wide (Adobe's metrics of the standard fonts).
    assert boxes.Font.from_font_resource(resource).get_text_width("a") == 556


def test_without_it_no_letter_has_a_width_and_no_link_a_place(monkeypatch):
    monkeypatch.setattr(boxes, "Font", None)
    assert boxes.Letters().edges("a", DictionaryObject(), 10.0) == []
    assert not list(boxes.linked("a", [], 0.0, 0.0, 10.0, [boxes.Box(0, 0, 9, 9, TOWN)]))


@pytest.mark.parametrize("words", ["the report of the town", "The council", "homes", "town."])
def test_a_link_of_a_pdf_stays_on_its_words(words):
    assert links_of_pdf([LINE, "Nobody was asked."], box(words)) == [(words, TOWN)]


def test_links_of_a_pdf_that_goes_on_over_lines_and_hyphens():
    second = "mation of the county says otherwise."
    found = [box("the report"), box("county", second, y=688)]
    assert links_of_pdf([f"{LINE[:-1]}, but the infor-", second], *found) == [
        ("the report", TOWN),
        ("county", TOWN),
    ]


@pytest.mark.parametrize("off", [-9, 5, 300])
def test_a_box_whose_edges_are_not_those_of_words_is_no_link(off):
    assert links_of_pdf([LINE], box("homes", off=off)) == []


def test_a_box_that_leads_to_no_web_address_is_no_link():
    left, bottom, right, top, _to = box("homes")
    assert links_of_pdf([LINE], (left, bottom, right, top, "javascript:alert(1)")) == []


def test_addresses_in_a_plain_mail_are_links():
    head = b"From: Ann <a@paper.example>\r\nSubject: Ferry\r\n\r\n"
    data = head + b"See <https://town.example/r>. It\r\nis so.\r\n"
    document = readers.read(readers.Source(data), readers.MAIL)
    assert [(document.text[e.start : e.end], e.address) for e in document.links] == [
        ("https://town.example/r", "https://town.example/r")
    ]
    whole(document)
