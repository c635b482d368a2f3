"""Which addresses are one document, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.documents import LONGEST, document_of, doi, isbn, of_address

PLAIN = "https://example.org/news/ferry"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/ferry",
        "https://example.org/news/ferry/",
        "https://www.example.org/news/ferry",
        "https://m.example.org/news/ferry",
        "https://mobile.example.org/news/ferry",
        "https://amp.example.org/news/ferry",
        "HTTPS://EXAMPLE.ORG:443/news/ferry",
        "http://example.org:80/news/ferry",
        "https://example.org./news/ferry",
        "https://example.org/news/./old/../ferry",
        "https://example.org/news/%66erry",
        "https://example.org/news/ferry#latest",
        "https://example.org/news/ferry#:~:text=the%20ferry",
        "https://example.org/news/ferry?",
        "https://example.org/news/ferry?utm_source=x&utm_campaign=y",
        "https://example.org/news/ferry?fbclid=1&gclid=2&mc_cid=3&_ga=4&igshid=5",
        "  https://example.org/news/ferry\n",
    ],
)
def test_one_document_however_its_address_came(address):
    assert of_address(address) == PLAIN


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/news/Ferry",
        "https://example.org/news/ferry?page=2",
        "https://example.org/news/ferry?id=1&utm_source=x",
        "https://example.org/news/ferry.pdf",
        "https://example.org:8443/news/ferry",
        "https://archive.example.org/news/ferry",
        "https://example.com/news/ferry",
        "https://example.org/news/ferry#!/part/2",
        "https://example.org/news%2Fferry",
        "https://m.org/news/ferry",
    ],
)
def test_what_may_be_another_page_is_another_document(address):
    assert of_address(address) != PLAIN
    assert of_address(address)


def test_parameters_that_name_the_page_stay_as_they_stand():
    assert of_address("https://example.org/?b=2&utm_id=9&a=1") == "https://example.org?b=2&a=1"
    assert of_address("https://example.org/?ref=7") == "https://example.org?ref=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://en.m.wikipedia.org/wiki/Pier", "https://en.wikipedia.org/wiki/Pier"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("https://example.org/%c3%a4", "https://example.org/%C3%A4"),
        ("https://doi.org/10.1000/XYZ", "http://dx.doi.org/10.1000/xyz"),
    ],
)
def test_two_spellings_are_one(one, other):
    assert of_address(one) == of_address(other)


@pytest.mark.parametrize("words", ["", "no address", "ftp://example.org/a", "http://", "//a", "[]"])
def test_no_address_names_nothing(words):
    assert of_address(words) == ""


@pytest.mark.parametrize(
    "words",
    ["10.1000/xyz", "doi:10.1000/XYZ", "DOI: 10.1000/xyz", "https://doi.org/10.1000/xyz"],
)
def test_a_doi_is_known_as_such(words):
    assert doi(words) == "10.1000/xyz"


@pytest.mark.parametrize("words", ["10.1/x", "https://example.org/10.1000/xyz", "10.1000/", "x"])
def test_what_is_no_doi_is_none(words):
    assert doi(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "978-3-16-148410-0",
        "9783161484100",
        "ISBN 3-16-148410-X",
        "isbn:316148410x",
        "3 16 148410 X",
    ],
)
def test_an_isbn_is_known_by_its_check_digit(words):
    assert isbn(words) == "9783161484100"


@pytest.mark.parametrize("words", ["9783161484101", "316148410-1", "12345", "", "2026-11-24"])
def test_a_number_that_does_not_add_up_is_no_isbn(words):
    assert isbn(words) == ""


def test_without_an_address_a_document_is_told_by_isbn_and_then_by_title():
    assert document_of("", "A Letter", "9783161484100") == "isbn:9783161484100"
    assert document_of("", " A  LETTER ") == document_of("", "a letter") == "title:a letter"
    assert document_of("", "") == ""


def test_a_long_address_is_told_by_its_hash():
    long = "https://example.org/" + "a" * 3000
    assert len(document_of(long)) <= LONGEST
    assert document_of(long) != document_of(long + "b")
    assert document_of(long) == document_of(long + "#part")


@given(st.text(max_size=80))
def test_any_words_have_an_answer(words):
    for address in (words, f"https://{words}", f"https://example.org/{words}"):
        assert document_of(address) == document_of(address)
        name = of_address(address)
        assert not name.startswith("https:") or of_address(name) == name, "it is its own name"
    assert isbn(words) in ("", isbn(isbn(words)))
