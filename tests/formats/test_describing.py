"""What pages say of themselves, and what is believed of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.describing import Described, day, describe

HERE = "https://news.example/ferry"


def page(head: str, lang: str = "en") -> bytes:
    return f"<!DOCTYPE html><html lang={lang!r}><head>{head}</head><body>Text</body>".encode()


def test_html_alone():
    assert describe(page("<title>\n Ferry  returns </title>", "en-GB"), address=HERE) == Described(
        title="Ferry returns", language="en-GB"
    )


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("de_AT", "de-AT"), ("zh-Hans-CN", "zh-Hans-CN"), ("English", ""), ("de, en", "de"), ("", "")],
)
def test_a_language_is_a_tag_or_none(declared, tag):
    assert describe(page("<title>Ferry</title>", declared)).language == tag
    said = f'<meta http-equiv="content-language" content="{declared}">'
    assert describe(page(said, "")).language == tag


def test_open_graph():
    found = describe(
        page(
            '<meta property="og:title" content="Ferry returns"><title>Ferry | News</title>'
            '<meta property="og:site_name" content="The News">'
            '<meta property="article:published_time" content="2026-03-02T09:00:00+01:00">'
            '<meta property="article:author" content="https://news.example/by/ann">'
            '<meta name="author" content="Ann Other">'
        )
    )
    assert found == Described("Ferry returns", "The News", "Ann Other", "2026-03-02", "en")


def test_research_names_its_journal_and_all_authors():
    found = describe(
        page(
            '<meta name="citation_title" content="On piers">'
            '<meta name="citation_author" content="Quay, A."><meta name="citation_author" '
            'content="Dock, B."><meta name="citation_journal_title" content="Harbours">'
            '<meta name="citation_publication_date" content="2026/3/2">'
        )
    )
    assert found == Described("On piers", "Harbours", "Quay, A., Dock, B.", "2026-03-02", "en")


def test_schema_org_in_a_graph():
    found = describe(
        page(
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "no"},'
            '{"@type": ["NewsArticle"], "headline": "Ferry", "author": [{"name": "Ann"}, "Ben"],'
            '"publisher": {"name": "The News"}, "datePublished": "2026-03", "inLanguage": "fr"}]}'
            "</script>"
        )
    )
    assert found == Described("Ferry", "The News", "Ann, Ben", "2026-03", "fr")


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("/a?page=2", "https://news.example/a?page=2"),
        ("https://other.example/a", ""),
        ("http://news.example:81/a", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
    ],
)
def test_a_canonical_address_is_believed_on_the_same_host_only(link, own):
    assert describe(page(f'<link rel="canonical" href="{link}">'), address=HERE).address == own


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2026", "2026"),
        ("2026-3-2", "2026-03-02"),
        ("2026/03", "2026-03"),
        ("2026-03-02T10:00Z", "2026-03-02"),
        ("2026-02-30", ""),
        ("0000", ""),
        ("yesterday", ""),
        ("March 2026", ""),
    ],
)
def test_dates_as_far_as_they_are_known(words, found):
    assert day(words) == found


def test_a_character_set_that_the_server_declared_is_taken():
    data = "<html><title>Ключ</title>".encode("cp1251")
    assert describe(data, charset="windows-1251").title == "Ключ"
    assert describe(data, charset="no such set").title == ""


def test_what_is_found_is_short_and_on_one_line():
    found = describe(page(f"<title>{'word ' * 200}\x07\u202e</title>"))
    assert len(found.title) <= 300
    assert found.title.isprintable()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"<" * 500_000,
        b"<div>" * 200_000,
        b"<meta content=x name=" * 40_000,
        b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>",
        b'<script type="application/ld+json">{"@type":"Article","name":1e999}</script>',
        b"%PDF-1.7\n\x80\x81",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_hostile_pages_are_answered(data):
    assert isinstance(describe(data, address=HERE), Described)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data):
    assert isinstance(describe(b"<html><head>" + data, address=HERE), Described)
