"""Saved files as words to be read: whatever is in them, nothing acts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats import rendering
from annotations.formats.readers import DOCX, PDF, SRT, VTT
from annotations.formats.rendering import MOST, Rendered, has_charset
from annotations.text.passages import Match, find
from tests.formats.files import column, docx, paragraph, pdf

TAG = re.compile(r"<[^>]*>")
OURS = re.compile(r'</?[a-z0-9]+>|<mark id="passage">')


def render(data: bytes, media_type: str = "", charset: str = "") -> Rendered | None:
    return rendering.render(data, media_type, charset)


def html(data: bytes, media_type: str = "text/html") -> str:
    found = render(data, media_type)
    assert found is not None
    return found.html()


HOSTILE = [
    b"<script>alert(1)</script>Text",
    b"<img src=x onerror=alert(1)>Text",
    b"<p onclick=alert(1) style='background:url(//evil.example)'>Text",
    b"<a href='javascript:alert(1)'>Text</a>",
    b"<svg><script>alert(1)</script></svg>Text",
    b"<iframe srcdoc='<script>alert(1)</script>'></iframe>Text",
    b"<link rel=stylesheet href=//evil.example><base href=//evil.example>Text",
    b"<meta http-equiv=refresh content='0;url=//evil.example'>Text",
    b"<form action=//evil.example><input name=a><button>Go</button></form>Text",
    b"<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>Text",
    b"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>Text",
    b"<!--><img src=x onerror=alert(1)>-->Text",
    b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>Text",
]


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: data[:14].decode())
def test_no_tag_or_attribute_is_the_files_own(data):
    shown = html(b"<!doctype html>" + data)
    assert all(OURS.fullmatch(tag) for tag in TAG.findall(shown)), shown
    assert "Text" in shown


@given(st.binary(max_size=300))
def test_any_bytes_make_no_tag_but_ours(data):
    found = render(b"<html>" + data, "text/html")
    shown = found.html(0, 5) if found else ""
    assert all(OURS.fullmatch(tag) for tag in TAG.findall(shown))


def test_words_are_marked_across_tags():
    found = render(b"<html><body><p>The <b>ferry</b> returns in spring.</p>", "text/html")
    assert found is not None
    start = found.text.index("ferry")
    shown = found.html(start, start + len("ferry returns"))
    assert '<b><mark id="passage">ferry</mark></b><mark> returns</mark> in spring.' in shown


def test_lines_do_not_run_together():
    found = render(b"<html><body><div>One</div><div>two</div><ul><li>three<li>four</ul>")
    assert found is not None
    assert found.text.split() == ["One", "two", "three", "four"]


def test_plain_text_is_shown_as_it_is():
    assert html(b"1 < 2\n", "text/plain") == "<pre>1 &lt; 2\n</pre>"


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/zip"])
def test_what_is_no_text_is_not_shown(media_type):
    assert render(b"%PDF-1.7 \x80\0", media_type) is None


def test_a_large_file_is_cut_and_says_so():
    found = render(b"x" * (MOST + 1), "text/plain")
    assert found is not None
    assert found.is_cut
    assert len(found.text) == MOST


def test_the_words_of_a_pdf_are_shown_with_their_pages_beside_them():
    pages = [column(["The port earned 40 million.", "It was a good year."]), column(["It fell."])]
    found = render(pdf(pages), "application/pdf")
    assert found is not None
    place = find("earned 40 million. It was", found.text)
    assert place.match == Match.FOUND
    shown = found.html(place.start, place.end)
    assert "<small>p. 1</small>" in shown
    assert "<small>p. 2</small>" in shown
    assert '<mark id="passage">earned 40 million.' in shown
    assert "p. 2" not in found.text, "where it stands is beside the words, and no part of them"


def test_a_word_file_is_shown_whatever_its_name_says():
    found = render(docx(paragraph("Bread cost 1 franc &amp; a half.")), DOCX)
    assert found is not None
    assert "Bread cost 1 franc &amp; a half." in found.html()
    assert render(b"PK broken", DOCX) is None


def lines(data: bytes, media_type: str) -> list[tuple[str, str]]:
    found = render(data, media_type)
    assert found is not None
    return [(line.place, line.words) for line in found.lines()]


def test_lines_are_read_as_they_are_shown():
    page = b"<html><body><p>The\n <b>ferry</b> returns.</p><ul><li>One<li>Two</ul><pre>a\nb</pre>"
    said = ["The ferry returns.", "One", "Two", "a", "b"]
    assert lines(page, "text/html") == [("", each) for each in said]


def test_lines_of_a_pdf_have_their_page_and_a_locator_leads_there():
    data = pdf([column(["The ferry stopped."]), column(["It returns.", "In spring."])])
    assert lines(data, "application/pdf")[0][0] == "p. 1"
    found = render(data, "application/pdf")
    assert found is not None
    start, end = found.where("page 2")
    assert found.text[start:end].startswith("It returns.")
    assert '<mark id="passage">It returns.' in found.html(start, end)
    assert found.where("page 9") == (0, 0)


def test_paragraphs_of_a_file_without_pages_are_numbered():
    data = docx(paragraph("The ferry stopped in May.") + paragraph("It returns in spring."))
    assert lines(data, DOCX) == [
        ("¶ 1", "The ferry stopped in May."),
        ("¶ 2", "It returns in spring."),
    ]


def test_rows_of_a_table_have_their_line():
    data = b"year,births\n2025,1234\n\n2026,1200\n"
    assert lines(data, "text/csv") == [
        ("line 1", "year,births"),
        ("line 2", "2025,1234"),
        ("line 4", "2026,1200"),
    ]


def test_what_is_said_in_subtitles_has_its_time():
    data = (
        b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe ferry stopped.\n\n"
        b"00:04:10.000 --> 00:04:14.000\nIt returns in spring.\n"
    )
    assert lines(data, "text/vtt")[-1] == ("00:04:10", "It returns in spring.")
    found = render(data, "text/vtt")
    assert found is not None
    start, end = found.where("04:12")
    assert found.text[start:end] == "It returns in spring."


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: data[:14].decode())
def test_lines_are_the_texts_and_nothing_of_the_markup(data):
    said = " ".join(words for _place, words in lines(b"<!doctype html>" + data, "text/html"))
    found = render(b"<!doctype html>" + data, "text/html")
    assert found is not None
    assert "".join(said.split()) == "".join(found.text.split())


def copies_of(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it may have been saved."""
    said = [line for line in text.splitlines() if line.strip()]
    yield "text/plain", text.encode()
    shown = "".join(f"<p>{escape(line)}</p>" for line in said)
    yield "text/html", f"<!doctype html><nav>Menu</nav>{shown}And so on.".encode()
    yield DOCX, docx("".join(paragraph(escape(line)) for line in said))
    if text.isascii():
        yield PDF, pdf([column(textwrap.wrap(line, 90)) for line in said])


TEXTS = sorted((Path(__file__).parent.parent / "data" / "texts").glob("*/news-*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_whatever_is_picked_in_a_copy_is_found_in_it(path):
    for media_type, data in copies_of(path.read_text(encoding="utf-8")):
        found = render(data, media_type)
        assert found is not None
        shown = list(found.lines())
        one = [line.words for line in shown]
        two = [f"{a.words} {b.words}" for a, b in pairwise(shown)]
        lost = [words for words in one + two if find(words, found.text).match != Match.FOUND]
        assert (media_type, lost) == (media_type, [])
        assert all(any(found.where(place)) for _at, place in found.places)


RUSSIAN = "Паром вернётся весной, сообщила мэрия."
JAPANESE = "フェリーは春に再開すると市長は述べた。"
SAID_ONLY_BY_THE_SERVER = [
    (RUSSIAN, "cp1251", "windows-1251"),
    (RUSSIAN, "cp1251", "CP1251"),
    (RUSSIAN, "koi8-r", "koi8-r"),
    (JAPANESE, "cp932", "Shift_JIS"),
    (JAPANESE, "cp932", "x-sjis"),  # a label of browsers that Python does not know
    (JAPANESE + "①髙", "cp932", "shift_jis"),  # more than the standard of that name has
    (JAPANESE, "utf-16-le", "utf-16le"),
    ("“Twenty” euros: 20 €", "cp1252", "iso-8859-1"),  # browsers read windows-1252
    (RUSSIAN, "utf-8", "utf-8"),
]


@pytest.mark.parametrize(("words", "codec", "label"), SAID_ONLY_BY_THE_SERVER)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "text/csv"])
def test_characters_are_those_that_the_server_meant(media_type, words, codec, label):
    written = f"<!doctype html><p>{words}</p>" if media_type == "text/html" else words
    found = render(written.encode(codec), media_type, label)
    assert found is not None
    assert found.text.strip() == words


def test_what_the_server_says_is_above_what_the_page_says_and_a_mark_above_both():
    page = f"<meta charset=koi8-r><p>{RUSSIAN}</p>"
    for data, label in [
        (page.encode("cp1251"), "windows-1251"),
        (page.encode("koi8-r"), ""),
        (page.encode("koi8-r"), "no-such-label"),
        (page.encode("utf-8-sig"), "windows-1251"),
        (page.encode("utf-16"), "windows-1251"),
    ]:
        found = render(data, "text/html", label)
        assert found is not None
        assert found.text.strip() == RUSSIAN, (data[:20], label)


def test_a_text_that_speaks_of_a_character_set_is_not_read_in_it():
    found = render(f"He wrote <meta charset=koi8-r>. {RUSSIAN}".encode(), "text/plain")
    assert found is not None
    assert RUSSIAN in found.text


def test_subtitles_are_read_as_their_server_declared_them():
    cue = f"1\n00:00:01,000 --> 00:00:02,000\n{RUSSIAN}\n"
    found = render(cue.encode("cp1251"), SRT, "windows-1251")
    assert found is not None
    assert RUSSIAN in found.text


def test_a_long_text_is_cut_within_a_character_without_a_sign():
    found = render("é".encode() * MOST, "text/plain", "utf-8")
    assert found is not None
    assert found.is_cut
    assert set(found.text) == {"é"}
    odd = render(b"x" + "é".encode() * MOST, "text/plain", "utf-8")
    assert odd is not None
    assert set(odd.text) == {"x", "é"}


def test_of_files_that_say_it_themselves_no_server_is_asked():
    asked = {kind for kind in (PDF, DOCX, VTT, SRT, "", "image/png", "text/x") if has_charset(kind)}
    assert asked == {SRT, "", "text/x"}
