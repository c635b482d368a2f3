"""Plain text comes in as a document that says all that was done to it."""

import hashlib

import pytest

from annotations.formats.plain import read
from annotations.text.canonical import BadText, Change, ChangeKind
from annotations.text.limits import MAX_BYTES
from annotations.text.sentences import SPLITTER_VERSION


def test_a_document_holds_text_sentences_changes_and_the_bytes_it_was_made_from():
    data = "\ufeffA title\r\n\r\nHe came. She left.".encode()
    document = read(data)
    assert document.title == "A title"
    assert document.text == "A title\n\nHe came. She left."
    assert len(document.sentences) == 3
    assert document.notices == ()
    assert document.changes == (Change(ChangeKind.LINE_ENDS, 2),)
    assert document.original == data
    assert document.original_sha256 == hashlib.sha256(data).hexdigest()
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert (document.normaliser_version, document.splitter_version) == ("1", SPLITTER_VERSION)


def test_a_paste_and_a_file_of_the_same_characters_are_the_same_document():
    assert read("Zoë came.") == read("Zoë came.".encode())


def test_the_language_reaches_the_splitter():
    text = "Äpfel usw. Birnen."
    assert len(read(text, "de").sentences) == 1
    assert len(read(text, "en").sentences) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("A title\n\nHe came.", "A title", id="first line"),
        pytest.param("He came. She left.\n\nA part\n\nThey met.", "A part", id="first heading"),
        pytest.param("# A  title\n\nHe came.", "A title", id="Markdown"),
        pytest.param("***\n\nHe came.", "*** He came.", id="a rule is no title"),
        pytest.param("He came.\nShe left.", "He came. She left.", id="short text"),
        pytest.param("one two " * 20, "one two " * 9 + "one two…", id="cut between words"),
        pytest.param("我" * 100, "我" * 79 + "…", id="cut without words"),
    ],
)
def test_a_document_has_a_title_on_one_line(text, title):
    assert read(text).title == title
    assert len(read(text).title) <= 200


@pytest.mark.parametrize("raw", ["", b"", " ", "a\0", b"a\0b", b"\xff", b"%PDF-1", "\ud800"])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(BadText):
        read(raw)


@pytest.mark.parametrize("raw", ["a" * (MAX_BYTES + 1), "é" * (MAX_BYTES // 2 + 1)])
def test_a_paste_that_is_too_large_in_bytes_is_refused(raw):
    with pytest.raises(BadText) as refusal:
        read(raw)
    assert refusal.value.code == "too_large"
