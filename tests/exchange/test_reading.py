"""The one door for a text: whatever it comes as, and read only once."""

from __future__ import annotations

import pytest

from annotations import exchange
from annotations.formats import html
from annotations.models import Incoming
from annotations.text.canonical import BadText
from tests.formats.test_html import page

TEXT = "A title\n\nOne two. Three."


def read(cast, language: str = "", **given) -> exchange.Reading:
    return exchange.read(exchange.Given(**given), cast.desk, language=language, keep_for=cast.eda)


def kept(reading: exchange.Reading) -> Incoming:
    assert reading.incoming
    return Incoming.objects.get(pk=reading.incoming.pk)


@pytest.mark.parametrize(
    "given",
    [
        {"text": TEXT},
        {"data": TEXT.encode(), "name": "a.txt"},
        {"data": page().encode(), "name": "a.html"},
        {"data": page(lang="fr").encode(), "name": "a.html"},
        {"text": "A title\n\n" + "One two three. " * 15_000},
    ],
    ids=["pasted", "file", "page", "french", "large"],
)
def test_what_was_received_before_is_the_same_document_and_is_not_read_again(
    cast, given, monkeypatch
):
    first = read(cast, **given)
    incoming = kept(first)
    # Nothing can be read any more: it is what was kept, or an error.
    monkeypatch.setattr(html, "_PROGRAM", html._PROGRAM.with_name("missing.py"))
    Incoming.objects.update(media_type="application/none")
    incoming.refresh_from_db()
    again = read(cast, earlier=incoming, text=given.get("text", ""))
    assert again.document == first.document
    assert again.incoming == incoming
    in_its_language = read(
        cast, first.document.language, earlier=incoming, text=given.get("text", "")
    )
    assert in_its_language.document == first.document


def test_in_another_language_it_is_read_again(cast):
    first = read(cast, data=page().encode(), name="a.html")
    other = read(cast, "de", earlier=kept(first))
    assert (first.document.language, other.document.language) == ("en", "de")
    assert (kept(other).reading or {})["language"] == "de"


def test_by_newer_rules_it_is_read_again(cast):
    incoming = kept(read(cast, text=TEXT))
    incoming.reading = (incoming.reading or {}) | {"splitter_version": "0", "title": "Old"}
    incoming.save()
    again = read(cast, text=TEXT, earlier=incoming)
    assert again.document.title == "A title"


def test_what_the_release_before_received_is_read_as_it_begins(cast):
    incoming = Incoming.objects.create(
        desk=cast.desk, person=cast.eda, name="a.txt", data=page().encode()
    )
    assert read(cast, earlier=incoming).document.title == "Ferry is back"


def test_other_pasted_characters_are_another_text(cast):
    incoming = kept(read(cast, text=TEXT))
    other = read(cast, text=TEXT + " Four.", earlier=incoming)
    assert other.incoming != incoming
    assert other.document.text == TEXT + " Four."


def test_the_text_as_it_was_read_stands_for_the_bytes_it_was_read_from(cast):
    incoming = kept(read(cast, data=TEXT.encode("utf-16"), name="a.txt"))
    assert read(cast, text=TEXT, earlier=incoming).incoming == incoming


def test_pasted_characters_that_were_taken_out_again_are_no_text(cast):
    incoming = kept(read(cast, text=TEXT))
    with pytest.raises(BadText):
        read(cast, earlier=incoming)


@pytest.mark.parametrize("text", ["a" * 300_000 + "\ud800", "a\ud800"])
def test_half_a_character_is_said_where_it_stands_however_long_the_text(cast, text):
    with pytest.raises(BadText) as problem:
        read(cast, text=text)
    assert problem.value.code == "bad_character"
    assert problem.value.params["position"] == len(text)
