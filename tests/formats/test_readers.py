"""Which files are read, and as what; data for machines is never taken for a text."""

from __future__ import annotations

import hashlib
import json

import pytest

from annotations.formats import apart, html, plain, readers, transcript
from annotations.formats.kept import document_from, kept
from annotations.formats.readers import READERS, Source
from annotations.text.canonical import BadText
from annotations.text.limits import MAX_CHARACTERS, MAX_LINES, MAX_SENTENCES
from tests.formats.test_html import page


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"A text.", "text/plain"),
        ("A.TXT", b"A text.", "text/plain"),
        ("a.md", b"# A text", "text/markdown"),
        ("", b"A text.", "text/plain"),
        ("article", b"A text.", "text/plain"),
        ("version 1.2", b"A text.", "text/plain"),
        ("a.html", b"A text.", "text/html"),
        ("a.txt", b"<!doctype html><p>A page.", "text/html"),
        ("a.json", b"<!doctype html><p>A page.", "text/html"),
    ],
)
def test_a_file_is_read_as_its_name_and_its_beginning_say(name, data, media_type):
    assert readers.media_type_of(data, name) == media_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.json", "JSON"),
        ("a.JSON", "JSON"),
        ("a.jsonl", "JSON Lines"),
        ("a.ndjson", "JSON Lines"),
        ("a.xml", "text/xml"),
    ],
)
def test_a_file_of_no_known_format_is_refused_naming_those_that_are(name, kind):
    with pytest.raises(BadText) as problem:
        readers.media_type_of(b"A text, whatever its name says.", name)
    assert problem.value.code == ("data" if "JSON" in kind else "unknown_format")
    assert f"This is {kind}, which cannot be imported" in str(problem.value)
    for reader in READERS.values():
        for ending in reader.endings:
            assert ending in str(problem.value)


CLAIM_REVIEW = json.dumps({"@context": "https://schema.org", "@type": "ClaimReview"}, indent=1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CLAIM_REVIEW, "ClaimReview (JSON)"),
        (f"[{CLAIM_REVIEW}]", "ClaimReview (JSON)"),
        ('{"text": "It is so.", "label": 1}\n{"text": "No.", "label": 0}\n', "JSON"),
        ('  {"text": "It broke off', "JSON"),
        ('["One.", "Two."]', "JSON"),
        ("[1, 2]", "JSON"),
        ("{}", "JSON"),
        ("[" * 100_000 + "]" * 100_000, "JSON"),
        ("id,text\n1,It is so.\n2,No.\n", "CSV"),
        ("text\tlabel\nIt is so.\t1\n", "TSV"),
        ("1\tBIDEN\tIt is so.\n2\tTRUMP\tNo.\n3\tBIDEN\tYes.\n", "TSV"),
        ("id\ttext\n1\tIt is so\n2\tNo\n", "TSV"),
        ('id,text\n1,It is so\n2,"No, it is not"\n', "CSV"),
        ("id;text\n1;It is so\n2;No\n", "CSV"),
    ],
)
def test_data_is_known_by_how_it_is_written(text, kind):
    with pytest.raises(BadText) as problem:
        plain.read(text)
    assert problem.value.params["kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "[Applause] The mayor spoke.",
        "[1] A note.\n\n[2] Another.",
        "{Editor: this stays.}",
        "It cost 4,000 a day.\n\nThen it cost 5,000 a day.\n\nNow it costs 6,000 a day.",
        "Apples, pears\nPlums, grapes\nNuts, figs",
        "Ayes\n\nNoes\n\nNobody",
        '"One," she said, "two."',
        "A, b; c",
        "Claim, text\n\nIt is so, he said.",
    ],
)
def test_prose_with_brackets_commas_and_tabs_stays_a_text(text):
    assert plain.read(text).text == text


def test_what_people_say_after_a_tab_stays_a_text():
    text = "BIDEN:\tIt is so.\nTRUMP:\tNo.\nBIDEN:\tYes."
    assert plain.read(text).text == text.replace("\t", " ")


@pytest.mark.parametrize(
    "name", ["a.txt", "a", "a.md", "a.html", "a.srt", "a.eml", "a.csv", "a.tsv"]
)
@pytest.mark.parametrize(
    "data",
    [CLAIM_REVIEW, f"[{CLAIM_REVIEW}]", '{"text": "It is so."}\n{"text": "No."}\n', '["a"]'],
    ids=["ClaimReview", "array", "lines", "list"],
)
def test_json_under_another_name_is_no_article(name, data):
    with pytest.raises(BadText):
        readers.read(Source(data.encode()), readers.media_type_of(data.encode(), name))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * (MAX_CHARACTERS + 1), "too_many_characters"),
        ("… " * (MAX_CHARACTERS // 2), "too_many_sentences"),
        ("- a\n" * 99_000, "too_many_lines"),
        ("A cat. " * (MAX_SENTENCES + 1), "too_many_sentences"),
        ("The line carried 4,000 people. " * 330_000, "too_many_characters"),
    ],
    ids=["characters", "ellipses", "list", "sentences", "10 MB of prose"],
)
def test_a_text_that_nobody_could_check_is_refused_with_what_and_where(text, code):
    with pytest.raises(BadText) as problem:
        readers.read(Source(text), readers.PLAIN)
    assert problem.value.code == code
    assert problem.value.params["limit"] in (MAX_CHARACTERS, MAX_SENTENCES, MAX_LINES)


def test_the_line_is_named_in_which_a_limit_is_reached():
    text = "A cat.\n\n" * (MAX_SENTENCES + 1)
    with pytest.raises(BadText) as problem:
        plain.read(text)
    assert problem.value.params["line"] == 2 * MAX_SENTENCES + 1


def test_the_limits_hold_for_the_text_of_a_web_page():
    long = "".join(f"<p>Number {n} is a sentence here. Here is another.</p>" for n in range(10_500))
    with pytest.raises(BadText) as problem:
        readers.read(Source(page(long).encode()), readers.HTML)
    assert problem.value.code in ("too_many_sentences", "page_too_hard")


# --- apart ---

LONG = "A title\n\n" + "“It is so,” he said. It’s not.\n\n" * 8_000


def test_a_large_text_read_apart_is_the_same_document():
    assert len(LONG.encode()) > apart.LARGE
    for data in (LONG, LONG.encode()):
        assert apart.read(data, "en") == plain.read(data, "en")


def test_a_text_that_takes_too_long_is_given_up():
    with pytest.raises(BadText) as problem:
        apart.read(LONG, "en", seconds=0.01)
    assert problem.value.code == "text_too_hard"


def test_a_text_that_takes_too_much_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY", 16 * 1024 * 1024)
    with pytest.raises(BadText) as problem:
        apart.read(LONG, "en")
    assert problem.value.code == "text_too_hard"


SAID = "".join(f"<p>“It is so,” he said. It’s not, {number} times.</p>" for number in range(5_000))
LARGE_PAGE = page(SAID).encode()
ROWS = b"line,speaker,text\n" + b"".join(b"%d,Ann,It is so.\n" % n for n in range(1, 12_001))


def never(*_args: object, **_kwargs: object) -> None:
    raise AssertionError("this is done here, where nobody can end it")


def test_a_large_page_is_the_same_document_whoever_reads_it():
    assert len(LARGE_PAGE) > apart.LARGE
    address = "https://paper.example/ferry"
    data = page(SAID).encode("windows-1252")
    source = Source(data, charset="windows-1252", address=address)
    whole = html.read(data, charset="windows-1252", address=address)
    assert readers.read(source, readers.HTML) == whole


@pytest.mark.parametrize("slow", ["cut_blocks", "clean_blocks", "language_of", "_extracted"])
def test_nothing_of_a_large_page_is_done_where_it_cannot_be_ended(monkeypatch, slow):
    monkeypatch.setattr(html, slow, never)
    assert readers.read(Source(LARGE_PAGE), readers.HTML).title


def test_a_large_page_that_takes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(BadText) as problem:
        readers.read(Source(LARGE_PAGE), readers.HTML)
    assert problem.value.code == "page_too_hard"
    assert "Copy its text" in str(problem.value)


def test_a_large_page_that_takes_too_much_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY_OF_PAGES", 16 * 1024 * 1024)
    with pytest.raises(BadText) as problem:
        readers.read(Source(LARGE_PAGE), readers.HTML)
    assert problem.value.code == "page_too_hard"


def test_what_is_wrong_with_a_large_page_is_said_alike_from_there():
    data = page(f"<p>{'A cat. ' * 60_000}</p>").encode()
    with pytest.raises(BadText) as there:
        readers.read(Source(data), readers.HTML)
    with pytest.raises(BadText) as here:
        html.read(data)
    assert there.value.code == here.value.code == "too_many_sentences"
    assert there.value.params == here.value.params


def test_a_large_table_is_read_apart_and_the_same(monkeypatch):
    assert len(ROWS) > apart.LARGE
    here = transcript.read(ROWS, "", "en", "CSV")
    monkeypatch.setattr(transcript, "rows_of", never)
    assert readers.read(Source(ROWS), readers.CSV) == here
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(BadText) as problem:
        readers.read(Source(ROWS), readers.CSV)
    assert problem.value.code == "text_too_hard"


@pytest.mark.parametrize("data", [b"caf\xe9 {x}", b"%PDF-", "a\0", ""])
def test_what_is_wrong_is_said_alike_from_there(data):
    problems = []
    for read in (plain.read, apart.read):
        with pytest.raises(BadText) as problem:
            read(data, "en")
        problems.append((problem.value.code, str(problem.value), dict(problem.value.params)))
    assert problems[0] == problems[1]


def test_a_document_that_was_kept_is_the_same():
    for document in (
        plain.read("\ufeffA title\r\n\r\n“Open quote. – Dash."),
        readers.read(Source(page().encode()), readers.HTML),
    ):
        values = json.loads(json.dumps(kept(document)))
        assert document_from(values, document.original) == document


# --- the character set that a server declared ---

RUSSIAN = "Кафе закрыто. Так и есть, сказал он."
DECLARED = {
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-16": "utf-16-le",
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
}
SERVED = {
    "text/plain": "{}",
    "text/markdown": "{}",
    "text/vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n",
    "application/x-subrip": "1\n00:00:01,000 --> 00:00:02,000\n{}\n",
    "text/tab-separated-values": "line\ttext\n1\t{}\n",
    "text/csv": 'line,text\n1,"{}"\n',
}


@pytest.mark.parametrize("media_type", SERVED)
@pytest.mark.parametrize("charset", DECLARED)
def test_a_text_is_read_in_the_character_set_that_its_server_declared(media_type, charset):
    data = SERVED[media_type].format(RUSSIAN).encode(DECLARED[charset])
    found = readers.read(Source(data, charset=charset), media_type)
    assert found.text == RUSSIAN
    assert found.original == data
    assert found.original_sha256 == hashlib.sha256(data).hexdigest()
    assert found.charset == charset


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-1", "utf-8", "no such set", ""])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_utf_8_or_has_a_mark_is_read_so_whatever_its_server_declared(codec, charset):
    data = RUSSIAN.encode(codec)
    found = readers.read(Source(data, charset=charset), "text/plain")
    assert (found.text, found.charset, found.original) == (RUSSIAN, "", data)


def test_ascii_that_shifts_into_other_letters_is_read_as_declared():
    words = "駅は閉まっている。"
    found = readers.read(Source(words.encode("iso-2022-jp"), charset="iso-2022-jp"), "text/plain")
    assert found.text == words


def test_bytes_that_are_none_of_the_declared_set_are_refused_by_their_place():
    with pytest.raises(BadText, match=r"Byte 3 .* euc-kr") as problem:
        readers.read(Source(b"ab\xff\xff", charset="euc-kr"), "text/plain")
    assert problem.value.code == "invalid_encoding"


def test_a_large_text_is_read_as_declared_too(monkeypatch):
    monkeypatch.setattr(apart, "LARGE", 10)
    found = readers.read(Source(RUSSIAN.encode("cp1251"), charset="windows-1251"), "text/plain")
    assert (found.text, found.charset) == (RUSSIAN, "windows-1251")


@pytest.mark.parametrize("charset", ["utf-16le", "utf-16be", "utf-16"])
def test_a_page_is_read_in_the_utf_16_that_its_server_declared(charset):
    data = page().encode(DECLARED[charset])
    assert (
        readers.read(Source(data, charset=charset), "text/html").text
        == html.read(page().encode()).text
    )


def test_a_page_that_is_no_utf_16_is_not_read_as_it():
    data = page().encode()
    assert readers.read(Source(data, charset="utf-16"), "text/html").text == html.read(data).text
