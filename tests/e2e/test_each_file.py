"""Each kind of file, from choosing it to the workbench: its headings, links, rows, pages and times.

Looked at wide and on a phone: with FILES_SEEN naming a folder, pictures of all are left there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from annotations.formats import readers
from annotations.models import Article
from tests.cast import Cast
from tests.e2e.looks import PHONE, REACH, WIDE, findings
from tests.e2e.test_pasting import COPY
from tests.formats import pasted
from tests.formats.files import column, docx, odt, paragraph, pdf
from tests.formats.test_html import page as page_of

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "https://town.example/report/2026/ferry/a-long-name-of-a-report-that-does-not-end.html"
TITLE = "Ferry is back after a year in the yard"
LINKED = "the town"
BODY = (
    "The ferry carried 3,900 cars in its last year, says the town. Nobody asked why it had to stay"
    " in the yard for so long."
)
LAST = "It sails at 7.30 a.m. on Monday, and “nobody will be late,” the mayor said."
ROWS = (("Year", "Cars", "Passengers from the islands"), ("2024", "3,900", "12,400"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file as it is chosen, and what of it is seen in the workbench."""

    name: str
    data: bytes
    headings: int = 0
    links: int = 1
    rows: int = 0
    captions: int = 0
    items: int = 0
    pictures: int = 0
    quotes: int = 0
    left_out: str = ""
    places: tuple[str, ...] = ()


def _word() -> bytes:
    linked = (
        '<w:p><w:r><w:t xml:space="preserve">The ferry carried 3,900 cars in its last year, says '
        '</w:t></w:r><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships" r:id="r1"><w:r><w:t>{LINKED}</w:t></w:r></w:hyperlink><w:r><w:t>. Nobody'
        " asked why it had to stay in the yard for so long.</w:t></w:r></w:p>"
    )
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in ROWS
    )
    return docx(
        paragraph(TITLE, "Titel")
        + linked
        + paragraph("A new pier", about="<w:numPr/>")
        + f"<w:tbl>{cells}</w:tbl>"
        + paragraph(LAST),
        rels='<Relationships><Relationship Id="r1" Type="t/hyperlink" TargetMode="External"'
        f' Target="{ADDRESS}"/></Relationships>',
    )


def _opendocument() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    link = (
        f'<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{ADDRESS}">'
        f"{LINKED}</text:a>"
    )
    return odt(
        f'<text:h text:outline-level="1">{TITLE}</text:h><text:p>{BODY.replace(LINKED, link)}'
        f"</text:p><text:list><text:list-item><text:p>A new pier</text:p></text:list-item>"
        f"</text:list><table:table>{cells}</table:table><text:p>{LAST}</text:p>"
    )


def _pdf() -> bytes:
    first = [
        "The ferry carried 3,900 cars in its last year, says the",
        "town. Nobody asked why it had to stay in the yard for so long.",
    ]
    return pdf(
        [[(50, 740, 18, TITLE), *column(first)], column([LAST[:44], LAST[45:]])],
        links=[(50, 686, 76, 698, ADDRESS)],
    )


def _times(mark: str) -> str:
    cues = (BODY.split(". ")[0] + f". See {ADDRESS}.", BODY.split(". ")[1], LAST)
    return "\n".join(
        f"{n}\n00:0{n}:0{n}{mark}000 --> 00:0{n}:0{n}{mark}900\n{cue}\n"
        for n, cue in enumerate(cues, 1)
    )


def _html(body: str) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    linked = body.replace(LINKED, f'<a href="{ADDRESS}">{LINKED}</a>')
    return (
        f"<p>{linked}</p><p>{LAST}</p><ul><li>A new pier of stone stands in the water.</li></ul>"
        f"<table><caption>What the ferry carried</caption>{cells}</table>"
    )


def _page() -> bytes:
    picture = (
        '<figure><img src="https://paper.example/pictures/ferry.jpg" alt="A ferry in a harbour">'
        "<figcaption>The ferry leaves the yard on Sunday, seen from the old pier.</figcaption>"
        "</figure>"
    )
    return page_of(_html(BODY) + picture + f"<p>{LAST}</p>").encode()


def _mail() -> bytes:
    return (
        f"From: Ann Lee <ann@paper.example>\r\nSubject: {TITLE}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<html>{_html(BODY)}</html>"
    ).encode()


def _exchange() -> bytes:
    """A plain mail that answers one, with a mail that it hands on, and a signature."""
    return (
        f"From: Ann Lee <ann@paper.example>\r\nSubject: {TITLE}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"That is not what they say: {ADDRESS}\r\n\r\n"
        "On Mon, 30 Nov 2026 at 09:12, Tom Reed with a very long name and\r\n"
        f"<tom@town.example> wrote:\r\n\r\n> {BODY}\r\n>> {LAST}\r\n\r\n"
        "-- \r\nAnn Lee, The Paper\r\n\r\n---------- Forwarded message ---------\r\n"
        "From: Tom Reed <tom@town.example>\r\nDate: Mon, 30 Nov 2026 at 09:12\r\n"
        f"Subject: The ferry\r\nTo: Ann Lee <ann@paper.example>\r\n\r\n{BODY}\r\n"
    ).encode()


def _markdown() -> bytes:
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    linked = BODY.replace(LINKED, f"[{LINKED}]({ADDRESS})")
    table = "\n".join([rows[0], "|---|---|---|", rows[1]])
    return f"# {TITLE}\n\n{linked}\n\n- A new pier\n\n{table}\n\n{LAST}\n".encode()


def _transcript() -> bytes:
    said = (
        ("Ms Reed", BODY.split(". ")[0] + "."),
        ("Mr Holt", f"See {ADDRESS}."),
        ("Ms Reed", LAST),
    )
    lines = [f"{n}\t{who}\t{words}" for n, (who, words) in enumerate(said, 1)]
    return "\n".join(["line\tspeaker\ttext", *lines]).encode()


FILES = {
    readers.PLAIN: Chosen("ferry.txt", f"{TITLE}\n\n{BODY}\n\nSee {ADDRESS}.".encode(), headings=1),
    readers.DOCX: Chosen("ferry.docx", _word(), headings=1, rows=2, items=1),
    readers.ODT: Chosen("ferry.odt", _opendocument(), headings=1, rows=2, items=1),
    readers.PDF: Chosen("ferry.pdf", _pdf(), headings=1, links=2, places=("p. 1", "p. 2")),
    readers.SRT: Chosen(
        "ferry.srt", _times(",").encode(), places=("00:01:01", "00:02:02", "00:03:03")
    ),
    readers.VTT: Chosen(
        "ferry.vtt",
        f"WEBVTT\n\n{_times('.')}".encode(),
        places=("00:01:01", "00:02:02", "00:03:03"),
    ),
    readers.TSV: Chosen("ferry.tsv", _transcript(), places=("line 2", "line 3", "line 4")),
    readers.CSV: Chosen(
        "ferry.csv",
        b"line,speaker,text\n1,Ms Reed,It is so.\n2,Mr Holt,Nobody asked us.\n",
        links=0,
        places=("line 2", "line 3"),
    ),
    readers.MAIL: Chosen("ferry.eml", _mail(), headings=1, rows=2, items=1, captions=1),
    readers.MARKDOWN: Chosen("ferry.md", _markdown(), headings=1, rows=2, items=1),
    readers.HTML: Chosen(
        "ferry.html", _page(), headings=2, rows=2, items=3, captions=1, pictures=1, quotes=1
    ),
    readers.CLIPBOARD: Chosen("", pasted.GOOGLE_DOCS.encode(), headings=1, rows=2, items=3),
}


CASES = {
    **{kind: (kind, file) for kind, file in FILES.items()},
    "an exchange of mails": (
        readers.MAIL,
        Chosen("exchange.eml", _exchange(), headings=1, quotes=3, left_out="Ann Lee, The Paper"),
    ),
}


def test_each_kind_of_file_is_gone_through_here():
    assert set(FILES) == set(readers.READERS)


def seen(page: Page, name: str) -> None:
    """Nothing is wrong with the page as it stands, wide and on a phone."""
    for size, rules in ((WIDE, ()), (PHONE, REACH)):
        page.set_viewport_size(size)
        assert findings(page, rules) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if folder := os.environ.get("FILES_SEEN"):
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(WIDE)


def chosen(page: Page, file: Chosen, kind: str) -> None:
    if file.name:
        payload: FilePayload = {"name": file.name, "mimeType": kind, "buffer": file.data}
        page.get_by_label("Or a file").set_input_files([payload])
        return
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # Chromium cleans what a page copies, and would say that our policy allows no style.
    page.evaluate(COPY, [pasted.without_styles(file.data.decode()), "Ferry is back"])
    page.locator("#id_text").focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.get_by_role("button", name="Paste the characters only")).to_be_visible()


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_chosen_looked_at_and_in_the_workbench_with_all_that_it_has(case, db, new_page):
    kind, file = CASES[case]
    name = file.name.replace(".", "-") or "pasted"
    page: Page = new_page(Cast().eda, refusals=(422,), viewport=WIDE)
    page.goto("/desks/desk/articles/add/")
    chosen(page, file, kind)
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator("ol.sentence-list .head")).to_have_count(file.headings)
    expect(page.locator("ol.sentence-list .table-row")).to_have_count(file.rows)
    if file.left_out:
        page.get_by_text("Look at what was left out").click()
        expect(page.locator("#left-out")).to_contain_text(file.left_out)
    seen(page, f"{name}-preview")
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    text = page.locator("[data-text]")
    expect(text.locator(".heading")).to_have_count(file.headings)
    expect(text.locator(".para.row")).to_have_count(file.rows)
    expect(text.locator(".para.caption")).to_have_count(file.captions)
    expect(text.locator(".para.list_item")).to_have_count(file.items)
    expect(text.locator(".para.quote")).to_have_count(file.quotes)
    expect(text.locator(".picture-line")).to_have_count(file.pictures)
    expect(text.locator("a.out")).to_have_count(file.links)
    expect(text.locator(".loc")).to_have_text([f"{place} " for place in file.places])
    seen(page, f"{name}-workbench")
    # What stands between the words for the eye alone is no part of them.
    revision = Article.objects.get().revision
    shown = page.evaluate(
        """() => [...document.querySelectorAll("[data-text] .sentence")].map((each) => {
          const copy = each.cloneNode(true);
          copy.querySelectorAll("[data-not-text]").forEach((node) => node.remove());
          return copy.textContent;
        })"""
    )
    rows = revision.sentences.order_by("start")
    assert shown == [revision.text[row.start : row.end] for row in rows]
