"""No digit touches another that it did not touch on the page, whatever stands between the two.

Generated for each reader of words: figures, with whatever its kind of file sets apart in a line
between them, one in the other and one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.formats import docx, extraction, html, mail, markdown, odt, pdf
from annotations.formats.clipboard import read as pasted
from annotations.formats.plain import Document
from tests.formats import files
from tests.formats.files import column
from tests.formats.test_files import ODT_STYLES
from tests.formats.test_html import page

BODY = "The council of the town built homes in the harbour and nobody else was asked about it."

HTML = {
    "raised": "<sup>{}</sup>",
    "lowered": "<sub>{}</sub>",
    "struck": "<s>{}</s>",
    "deleted": "<del>{}</del>",
    "note": '<sup><a href="#n">{}</a></sup>',
    "long": "<sup>{}, and so on and on</sup>",
    "with a letter": "<sub>{}a</sub>",
    "raised by style": '<span style="vertical-align: super">{}</span>',
    "struck by style": '<span style="text-decoration:line-through">{}</span>',
    "line": "<br>{}<br>",
}
MAILED = HTML | {
    "old": "<strike>{}</strike>",
    "fraction": "<math><mfrac><mn>{}</mn><mn>4</mn></mfrac></math>,",
    "picture": '<img src="a.png">{}<img src="a.png">',
    "button": "<button>{}</button>",
    "unsaid": '<span class="sr-only">{}</span>',
    "reading": "<ruby>字<rt>{}</rt></ruby>",
    "a note in the line": '<span class="footnote">{} is what the report of the harbour says</span>',
    "a link back": '<a href="#r">{}</a>',
}
MARKDOWN = HTML | {
    "struck by signs": "~~{}~~",
    "note": "^[{}]",
    "picture": "![{}](a.png)",
    "line": "<br>{}<br>",
}
INSIDE = ("{}", "<b>{}</b>", "<em><b>{}</b></em>")
"""What is no part of a figure's sense, and stands around what sets it apart."""


def read_html(line: str) -> Document:
    return pasted(f"<p>{BODY}</p><p>{line} homes</p>".encode(), "en", "en")


def read_page(line: str) -> Document:
    found = page(f"<p>{BODY}</p><p>{BODY} It was {line} homes, yes.</p>")
    return html.read(found.encode(), extract=extraction.extract)


def read_mail(line: str) -> Document:
    head = "Subject: Homes\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    return mail.read(f"{head}<p>{BODY}</p><p>{line} homes</p>".encode(), "en", "en")


def read_markdown(line: str) -> Document:
    return markdown.read(f"{BODY}\n\n{line} homes".encode(), "en", "en")


@st.composite
def lines(draw: st.DrawFn, elements: Mapping[str, str], inside: tuple[str, ...] = ("{}",)) -> str:
    """Figures of two digits, which never stand twice, each parted from the next by an element."""
    numbers = iter(range(10, 100))
    line = str(next(numbers))
    for _turn in range(draw(st.integers(1, 3))):
        for _beside in range(draw(st.integers(1, 2))):
            around = draw(st.sampled_from(inside))
            element = draw(st.sampled_from(sorted(elements.values())))
            line += around.format(element.format(next(numbers)))
        line += str(next(numbers))
    return line


def nothing_touches(document: Document) -> None:
    """Assert that the digits which stand together are two at most: those of one figure."""
    words = document.text.split(BODY)[-1].split(" homes")[0]
    assert "10" in words
    assert not re.search(r"[0-9]{3}", words), words


quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))

READ: dict[str, tuple[Callable[[str], Document], st.SearchStrategy[str]]] = {
    "pasted": (read_html, lines(HTML, INSIDE)),
    "mail": (read_mail, lines(MAILED, INSIDE)),
    "Markdown": (read_markdown, lines(MARKDOWN)),
}


def _run(words: str, about: str = "") -> str:
    return f"<w:r><w:rPr>{about}</w:rPr><w:t>{words}</w:t></w:r>"


WORD = {
    "raised": _run("{}", '<w:vertAlign w:val="superscript"/>'),
    "note": '<w:r><w:footnoteReference w:id="1"/></w:r>',
    "line": "<w:r><w:br/><w:t>{}</w:t><w:br/></w:r>",
    "tab": "<w:r><w:tab/><w:t>{}</w:t><w:tab/></w:r>",
}
WRITER = {
    "raised": '<text:span text:style-name="up">{}</text:span>',
    "high": '<text:span text:style-name="high">{}</text:span>',
    "line": "<text:line-break/>{}<text:line-break/>",
    "tab": "<text:tab/>{}<text:s/>",
    "note": '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Said.</text:p></text:note-body></text:note>",
}


def read_word(line: str) -> Document:
    plain = re.sub(r"(?:^|(?<=</w:r>))(\d+)", lambda found: _run(found[1]), line)
    body = files.paragraph(BODY) + f"<w:p>{plain}{_run(' homes')}</w:p>"
    return docx.read(files.docx(body), "en", "en")


def read_writer(line: str) -> Document:
    data = files.odt(f"<text:p>{BODY}</text:p><text:p>{line} homes</text:p>", ODT_STYLES)
    return odt.read(data, "en", "en")


READ |= {"Word": (read_word, lines(WORD)), "OpenDocument": (read_writer, lines(WRITER))}

UP = st.sampled_from([(4.0, 6.0), (3.3, 7.0), (4.6, 8.0), (-1.5, 6.0), (-2.0, 7.0), (3.0, 10.0)])
"""How much higher figures stand in a line of 10 points, and their size, in points."""


def read_pdf(levels: list[tuple[float, float]]) -> Document:
    shown, x = [], 50.0
    for number, (up, size) in enumerate(levels, 10):
        for high, large, figure in ((0.0, 10.0, number), (up, size, number + 50)):
            shown.append((x, 600 + high, large, str(figure)))
            x += 2 * 0.556 * large
    return pdf.read(files.pdf([[*column([BODY]), *shown]]), "en", "en")


@pytest.mark.parametrize("kind", READ)
@given(data=st.data())
@quick
def test_figures_that_are_set_apart_never_touch(kind, data):
    read, strategy = READ[kind]
    nothing_touches(read(data.draw(strategy)))


@given(lines(MAILED, INSIDE))
@quick
def test_figures_that_are_set_apart_in_a_page_never_touch(line):
    nothing_touches(read_page(line))


@given(st.lists(UP, min_size=1, max_size=4))
@quick
def test_figures_at_other_heights_of_a_line_of_a_pdf_never_touch(levels):
    nothing_touches(read_pdf(levels))


@pytest.mark.drill
@pytest.mark.parametrize("kind", READ)
@given(data=st.data())
@long
def test_in_thousands_of_lines_figures_that_are_set_apart_never_touch(kind, data):
    read, strategy = READ[kind]
    nothing_touches(read(data.draw(strategy)))


@pytest.mark.drill
@given(lines(MAILED, INSIDE))
@long
def test_in_thousands_of_lines_of_pages_figures_that_are_set_apart_never_touch(line):
    nothing_touches(read_page(line))


@pytest.mark.drill
@given(st.lists(UP, min_size=1, max_size=8))
@long
def test_in_thousands_of_lines_of_pdfs_figures_at_other_heights_never_touch(levels):
    nothing_touches(read_pdf(levels))
