"""A note of a page or of Markdown is a paragraph of its own that begins with its number."""

from __future__ import annotations

import pytest

from annotations.formats import clipboard, extraction, html, mail, markdown
from annotations.formats.plain import Document
from tests.formats.test_html import page

SAID = "The council said on Monday, after a long talk, that it had built {} homes, as planned."


def read(body: str, after: str = "") -> list[str]:
    found = page(body).replace("</article>", f"</article>{after}")
    document = html.read(found.encode(), extract=extraction.extract)
    return document.text.split("\n\n")


def line(reference: str) -> str:
    return f"<p>{SAID.format(f'240{reference}')}</p>"


LINK = '<sup id="r1"><a href="#n1">1</a></sup>'
BRACKETS = '<sup id="r1"><a href="#n1">[1]</a></sup>'
ANCHOR = '<a href="#n1" id="r1" class="footnote-anchor">1</a>'
NOTE = "2024 report of the harbour, page 12. It counts homes."
# How a page shows its reference, the note as it stands in the page, and how it is read.
SHAPES = {
    "list": (LINK, f'<ol><li id="n1">{NOTE} <a href="#r1">↩︎</a></li></ol>', "¹"),
    "pandoc": (
        '<a href="#n1" class="footnote-ref" id="r1" role="doc-noteref"><sup>1</sup></a>',
        f'<section class="footnotes" role="doc-endnotes"><ol><li id="n1" role="doc-endnote">'
        f'<p>{NOTE}<a href="#r1" class="footnote-back" role="doc-backlink">↩</a></p></li></ol>'
        "</section>",
        "¹",
    ),
    "encyclopedia": (
        BRACKETS,
        '<ol class="references"><li id="n1"><span class="mw-cite-backlink"><b>'
        f'<a href="#r1">^</a></b></span> <span class="reference-text">{NOTE}</span></li></ol>',
        "[1]",
    ),
    "encyclopedia, twice": (
        BRACKETS,
        '<ol><li id="n1"><span class="mw-cite-backlink">^ <a href="#r1-0"><sup><b>a</b></sup></a>'
        f' <a href="#r1-1"><sup><b>b</b></sup></a></span> <span>{NOTE}</span></li></ol>',
        "[1]",
    ),
    "newsletter": (
        ANCHOR,
        '<div class="footnote"><a id="n1" href="#r1" class="footnote-number">1</a>'
        f'<div class="footnote-content"><p>{NOTE}</p></div></div>',
        "¹",
    ),
    "aside": (
        '<a epub:type="noteref" href="#n1">1</a>',
        f'<aside epub:type="footnote" id="n1"><p>{NOTE}</p></aside>',
        "¹",
    ),
    "word processor": (
        '<a href="#n1" name="r1"><span class="MsoFootnoteReference">[1]</span></a>',
        '<div><div id="x1"><p class="MsoFootnoteText"><a href="#r1" name="n1">'
        f"<span>[1]</span></a>{NOTE}</p></div></div>",
        "[1]",
    ),
    "a number that is a link": (LINK, f'<p id="n1"><a href="#r1">1</a>{NOTE}</p>', "¹"),
    "a number above the line": (LINK, f'<p id="n1"><sup>1</sup>{NOTE}</p>', "¹"),
    "a number with a full stop": (LINK, f'<div id="n1"><b>1</b>. {NOTE}</div>', "¹"),
    "a number in words": (LINK, f'<p id="n1">1. {NOTE}</p>', "1."),
    "a letter": (
        '<sup><a href="#n1">a</a></sup>',
        f'<ul><li id="n1"><a href="#r">a</a> {NOTE}</li></ul>',
        "[a]",
    ),
    "words that lead back": (LINK, f'<p id="n1">{NOTE} <a href="#r1">Back to text</a></p>', "¹"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_is_a_paragraph_of_its_own_with_its_number(shape):
    reference, note, number = SHAPES[shape]
    lines = read(line(reference) + note)
    shown = {"¹": "240¹", "1.": "240¹"}.get(number, f"240{number}")
    assert SAID.format(shown) in lines
    assert lines.count(f"{number} {NOTE}") == 1
    assert not any(sign in "".join(lines) for sign in "↩^")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_that_stands_below_the_article_is_brought_into_it(shape):
    reference, note, number = SHAPES[shape]
    lines = read(line(reference), f"<footer class='footnotes'>{note}</footer>")
    assert lines.count(f"{number} {NOTE}") == 1


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (f"<sup>1</sup><span class='footnote'>1 {NOTE}</span>", ["240¹", f"¹ {NOTE}"]),
        (f"<sup>1</sup><small role='doc-footnote'>{NOTE}</small>", ["240¹", f"¹ {NOTE}"]),
        (f"<label for=s></label><input id=s><span class=sidenote>{NOTE}</span>", ["240", NOTE]),
    ],
)
def test_a_note_that_is_printed_within_a_paragraph_stands_after_it(inside, lines):
    found = read(line(inside))
    at = found.index(SAID.format(lines[0]))
    assert found[at + 1] == lines[1]


def test_two_notes_within_a_paragraph_stand_after_it_in_order():
    note = "<sup>{0}</sup><span class='footnote'>{0} The {1} report of the harbour.</span>"
    found = read(line(note.format(1, "first") + " or 300" + note.format(2, "second")))
    at = found.index(SAID.format("240¹ or 300²"))
    assert found[at + 1 : at + 3] == [
        "¹ The first report of the harbour.",
        "² The second report of the harbour.",
    ]


def test_a_link_to_a_chapter_is_no_reference_and_a_chapter_no_note():
    chapter = f'<h2 id="n1">Homes</h2><p>{SAID.format("240")}</p>'
    found = read(
        f'<p>Of that more in part <a href="#n1">1</a>, and in 2<a href="#n1">b</a>.</p>{chapter}'
    )
    assert "Homes" in found
    assert SAID.format("240") in found


def test_a_link_of_a_digit_before_a_figure_makes_no_other_figure_of_it():
    found = read(f'{line("")}<p id="n2"><a href="#nowhere">2</a>{NOTE}</p>')
    assert f"2 {NOTE}" in found


def test_the_notes_of_a_mail_are_its_last_paragraphs():
    head = "Subject: Homes\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    reference, note, _number = SHAPES["newsletter"]
    text = mail.read(f"{head}{line(reference)}{note}".encode(), "en", "en").text
    assert text.split("\n\n")[1:] == [SAID.format("240¹"), f"¹ {NOTE}"]


# --- links that are written in full ---

ADDRESS = "https://www.paper.example/2026/homes/"
OF_THE_PAGE = "https://www.paper.example/m"
"""What the page around it links to."""
FULL = {
    "in full": "https://www.paper.example/2026/homes/#n1",
    "without its last stroke": "https://www.paper.example/2026/homes#n1",
    "from the root": "/2026/homes/#n1",
    "from its folder": "../homes/#n1",
    "from where it was reached": "https://paper.example/2026/homes?utm_source=mail&fbclid=x1#n1",
    "without encryption": "http://www.paper.example/2026/homes/#n1",
    "as a mail program wraps it": "https://www.google.com/url?q="
    "https%3A%2F%2Fwww.paper.example%2F2026%2Fhomes%2F%23n1",
}


def of_address(
    reference: str, note: str, address: str = ADDRESS, head: str = ""
) -> tuple[list[str], Document]:
    found = page(line(reference) + note, head)
    document = html.read(found.encode(), address=address, extract=extraction.extract)
    return document.text.split("\n\n"), document


def in_full(href: str, back: str = "") -> tuple[str, str]:
    """A reference and its note, linked to and fro."""
    back = back or href.replace("n1", "r1")
    reference = f'<sup id="r1"><a href="{href}">1</a></sup>'
    return reference, f'<ol><li id="n1">{NOTE} <a href="{back}">↩︎</a></li></ol>'


@pytest.mark.parametrize("way", FULL)
def test_a_link_to_the_page_itself_leads_to_a_note_however_it_is_written(way):
    lines, document = of_address(*in_full(FULL[way]))
    assert SAID.format("240¹") in lines
    assert lines.count(f"¹ {NOTE}") == 1
    assert "↩" not in document.text
    assert [each.address for each in document.links] == [OF_THE_PAGE]


@pytest.mark.parametrize("address", ["", "https://www.paper.example/amp/homes?page=2"])
def test_a_page_is_itself_under_its_canonical_address_too(address):
    head = f'<link rel="canonical" href="{ADDRESS}">'
    lines, document = of_address(*in_full(f"{ADDRESS}#n1"), address, head)
    assert SAID.format("240¹") in lines
    assert f"¹ {NOTE}" in lines
    assert [each.address for each in document.links] == [OF_THE_PAGE]


def test_what_links_start_from_is_what_the_page_says():
    head = '<base href="https://www.paper.example/2026/">'
    lines, _document = of_address(*in_full("homes/#n1"), ADDRESS, head)
    assert f"¹ {NOTE}" in lines
    lines, _document = of_address(*in_full("#n1"), ADDRESS, head)
    assert f"¹ {NOTE}" in lines


def test_a_note_that_is_not_in_the_page_is_no_figure_of_it_either():
    """Its words may come by a script."""
    lines, _document = of_address(in_full(f"{ADDRESS}#gone")[0], "")
    assert SAID.format("240¹") in lines


@pytest.mark.parametrize(
    "href",
    ["https://paper.example/2026/others#n1", "https://other.example/2026/homes/#n1", "/2026/#n1"],
)
def test_a_link_to_a_place_in_another_page_is_one_to_a_source(href):
    reference = f'in 2025 <a href="{href}">they said so</a>, of'
    _lines, document = of_address(reference, f'<p id="n1">{NOTE}</p>')
    assert NOTE in document.text
    assert not document.text.count("¹")
    (link,) = [each for each in document.links if each.address != OF_THE_PAGE]
    assert document.text[link.start : link.end] == "they said so"
    assert link.address.endswith("#n1")


@pytest.mark.parametrize("read_it", ["clipboard", "mail", "page"])
def test_where_nobody_knows_the_address_it_is_that_of_the_links_to_notes(read_it):
    """What is copied in a browser, a newsletter that is forwarded, a page that was saved."""
    reference, note = in_full(f"{ADDRESS}#n1")
    body = f'<p id="top">{SAID.format("10")}</p>{line(reference)}{note}'
    body += '<p>More <a href="https://other.example/a#top">there</a>, it is said by many.</p>'
    if read_it == "clipboard":
        document = clipboard.read(body.encode(), "en", "en")
    elif read_it == "mail":
        head = "Subject: Homes\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
        document = mail.read(f"{head}{body}".encode(), "en", "en")
    else:
        document = html.read(page(body).encode(), extract=extraction.extract)
    lines = document.text.split("\n\n")
    assert SAID.format("240¹") in lines
    assert f"¹ {NOTE}" in lines
    assert [each.address for each in document.links] == ["https://other.example/a#top"]


# --- Markdown ---


def marked(text: str) -> Document:
    return markdown.read(text.encode(), "en", "en")


def test_the_notes_of_markdown_are_its_last_paragraphs_numbered_as_they_are_referred_to():
    found = marked(
        "It built 240[^b] homes.[^a] More[^b] came.\n\n[^a]: See [there](https://a.example/b).\n"
        "    It goes on.\n\n    And on.\n[^b]: https://town.example/2024\n\nSo it is.\n"
    )
    assert found.text.split("\n\n") == [
        "It built 240¹ homes.² More¹ came.",
        "So it is.",
        "¹ https://town.example/2024",
        "² See there. It goes on.",
        "And on.",
    ]
    assert [(found.text[e.start : e.end], e.address) for e in found.links] == [
        ("https://town.example/2024", "https://town.example/2024"),
        ("there", "https://a.example/b"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Built 240^[Said *so*.] homes.", ["Built 240¹ homes.", "¹ Said so."]),
        ("Built 240[^1] homes.", ["Built 240[^1] homes."]),  # there is no such note
        ("Built `[^1]` homes.\n\n[^1]: So.", ["Built [^1] homes.", "¹ So."]),
        ("Built <b>240</b>[^1]<br>homes.\n\n[^1]: So.", ["Built 240¹\nhomes.", "¹ So."]),
        ("Built.\n\n[^1]: Nobody refers to it.", ["Built.", "¹ Nobody refers to it."]),
        ("A[^1] b[^2].\n\n[^1]: One.\n[^2]: Two.", ["A¹ b².", "¹ One.", "² Two."]),
        ("# A[^1]\n\n| B | C |\n|---|---|\n| 24[^1] | 3 |\n\n[^1]: One.",
         ["A¹", "B | C", "24¹ | 3", "¹ One."]),
        ("Let 2^[3] be.", ["Let 2¹ be.", "¹ 3"]),
        ("    [^1]: code\n", ["[^1]: code"]),
        ("One.\n\n```\n[^1]: code\n```\n", ["One.", "[^1]: code"]),
    ],
)  # fmt: skip
def test_what_a_note_of_markdown_becomes(text, lines):
    assert marked(text).text.split("\n\n") == lines
