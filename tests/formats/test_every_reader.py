"""What holds for each reader of the registry: a new one is in by being registered.

One that is not in `MADE` fails each of these tests: say there how a file of its kind is made.
"""

from __future__ import annotations

import hashlib
import random
import socket
import zlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations import killable
from annotations.formats import apart, html, packed, readers
from annotations.formats import pdf as pdfs
from annotations.formats.plain import Document
from annotations.formats.readers import READERS, Source
from annotations.text.canonical import BadText, canonicalise
from tests.formats import files
from tests.formats.files import column, docx, odt, paragraph, pdf
from tests.formats.test_html import page

Made = Callable[[Sequence[str], str], bytes]
"""A file of a kind with these paragraphs, which refers to an address in every way it can."""


def _docx(words: Sequence[str], address: str) -> bytes:
    body = "".join(map(paragraph, words))
    picture = (
        '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:v" r:link="r1" xmlns:r="urn:r"/></w:pict>'
    )
    of = f'Target="{address}" TargetMode="External"'
    kinds = ("attachedTemplate", "image", "oleObject", "hyperlink", "frame")
    rels = "".join(
        f'<Relationship Id="r{n}" Type="t/{kind}" {of}/>' for n, kind in enumerate(kinds)
    )
    doctype = f"<Relationships>{rels}</Relationships>"
    return docx(f"{body}{picture}</w:r></w:p>", rels=doctype, _rels_settings_xml_rels=doctype)


def _odt(words: Sequence[str], address: str) -> bytes:
    body = "".join(f"<text:p>{each}</text:p>" for each in words)
    return odt(
        f'{body}<text:p><draw:frame xmlns:draw="urn:draw"><draw:image xmlns:xlink="urn:xlink"'
        f' xlink:href="{address}"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xmlns:xlink="urn:xlink"'
        f' xlink:href="{address}"/></text:section>'
    )


def _pdf(words: Sequence[str], address: str) -> bytes:
    pages = [column(words[at : at + 40]) for at in range(0, len(words), 40)]
    return pdf(pages, links=[(50, 690, 90, 702, address)])


def _html(words: Sequence[str], address: str) -> bytes:
    refers = (
        f'<img src="{address}"><iframe src="{address}"></iframe><script src="{address}"></script>'
        f'<link rel="stylesheet" href="{address}"><object data="{address}"></object>'
    )
    return page("".join(f"<p>{each}</p>" for each in words) + refers).encode()


def _mail(words: Sequence[str], address: str) -> bytes:
    return (
        b"From: Ann Lee <ann@paper.example>\r\nSubject: Homes\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    ) + _html(words, address)


def _markdown(words: Sequence[str], address: str) -> bytes:
    return "\n\n".join(
        [*words, f"![a picture]({address}) <iframe src='{address}'></iframe>"]
    ).encode()


def _times(words: Sequence[str], mark: str) -> str:
    made = []
    for n, each in enumerate(words):
        at = f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}"
        made.append(f"{n + 1}\n{at}{mark}000 --> {at}{mark}900\n{each}\n")
    return "\n".join(made)


def _table(words: Sequence[str], gap: str) -> bytes:
    rows = [f'{n}{gap}Ann{gap}"{each}"' for n, each in enumerate(words, 1)]
    return "\n".join([gap.join(("line", "speaker", "text")), *rows]).encode()


MADE: dict[str, Made] = {
    readers.PLAIN: lambda words, address: "\n\n".join([*words, f"See {address}."]).encode(),
    readers.MARKDOWN: _markdown,
    readers.HTML: _html,
    readers.DOCX: _docx,
    readers.ODT: _odt,
    readers.PDF: _pdf,
    readers.SRT: lambda words, _address: _times(words, ",").encode(),
    readers.VTT: lambda words, _address: f"WEBVTT\n\n{_times(words, '.')}".encode(),
    readers.MAIL: _mail,
    readers.TSV: lambda words, _address: _table(words, "\t"),
    readers.CSV: lambda words, _address: _table(words, ","),
    readers.CLIPBOARD: _html,
}
HERE: frozenset[str] = frozenset({readers.PLAIN, readers.TSV, readers.CSV})
"""Read in this process while they are small, by code of ours alone."""
PACKED: dict[str, str] = {readers.DOCX: "word/document.xml", readers.ODT: "content.xml"}
"""Archives, and the part that holds the text."""
NOWHERE = "https://nowhere.example/a"
BODY = [
    f"The council of {town} built {n}40 homes in the harbour last year. Nobody else was asked."
    for n, town in enumerate(("Leeds", "Hull", "York", "Bath", "Derby", "Wells"), 1)
]
every = pytest.mark.parametrize("kind", READERS)


def read(kind: str, data: bytes) -> Document:
    return readers.read(Source(data), kind)


def answered(kind: str, data: bytes) -> Document | BadText:
    """What was read, or why it was refused; nothing else comes out of a reader."""
    try:
        return read(kind, data)
    except BadText as bad:
        return bad


def holds(document: Document, data: bytes) -> None:
    """Assert that the sentences give the text back, which is canonical, and the bytes are kept."""
    at = 0
    for row in document.sentences:
        assert document.text[at : row.start].strip() == ""
        assert document.text[row.start : row.end].strip()
        assert row.end > row.start >= at
        at = row.end
    assert document.text[at:].strip() == ""
    assert canonicalise(document.text).text == document.text
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert document.original == data
    assert document.original_sha256 == hashlib.sha256(data).hexdigest()
    assert not document.places or len(document.places) == len(document.sentences)


def test_each_reader_is_tried_here():
    assert set(MADE) == set(READERS)


@every
def test_every_word_comes_out_and_the_sentences_give_the_text_back(kind):
    data = MADE[kind](BODY, NOWHERE)
    found = read(kind, data)
    holds(found, data)
    whole = " ".join(found.text.split())
    assert all(each in whole for each in BODY)


@every
def test_an_address_that_is_written_out_is_a_link_whatever_it_stands_in(kind):
    found = read(
        kind, MADE[kind]([*BODY, "See https://town.example/report for all of it."], NOWHERE)
    )
    assert "https://town.example/report" in [each.address for each in found.links]
    for each in found.links:
        assert found.text[each.start : each.end].strip()


WORDS = st.lists(
    st.text(st.sampled_from("abcdefgh ÄéßЖ中国.!?,’“”–0123456789"), min_size=1, max_size=60)
    .map(lambda words: " ".join(f"It {words} is so.".split())),
    min_size=1,
    max_size=8,
)  # fmt: skip


@every
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=WORDS)
def test_whatever_words_a_file_has_its_sentences_give_the_text_back(kind, words):
    if kind == readers.PDF:  # whose letters are those of Windows
        words = [each.encode("cp1252", "ignore").decode("cp1252") for each in words]
    data = MADE[kind]([*BODY[:2], *words], NOWHERE)
    holds(read(kind, data), data)


def hurt(data: bytes, draw: random.Random) -> bytes:
    """The bytes as a bad disk or a broken transfer leaves them."""
    shape = draw.choice(("half", "flipped", "gap", "twice"))
    if shape == "half":
        return data[: draw.randrange(1, len(data))]
    if shape == "twice":
        return data + data
    at = draw.randrange(len(data))
    if shape == "gap":
        return data[:at] + b"\0" * 40 + data[at + 40 :]
    changed = bytearray(data)
    for _byte in range(8):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


@every
@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.drill) for n in range(4, 60))]
)
def test_a_broken_file_is_read_or_refused_in_words(kind, seed):
    draw = random.Random(f"{kind} {seed}")
    data = hurt(MADE[kind](BODY, NOWHERE), draw)
    found = answered(kind, data)
    if isinstance(found, BadText):
        assert str(found)
    else:
        holds(found, data)


@every
def test_what_a_file_refers_to_is_never_fetched(kind):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        read(kind, MADE[kind](BODY, address))
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@every
def test_a_file_that_takes_too_much_memory_is_given_up(kind, monkeypatch):
    for name in ("MEMORY", "MEMORY_OF_PAGES"):
        monkeypatch.setattr(apart, name, 16 * 1024 * 1024)
    monkeypatch.setattr(html, "MEMORY", 16 * 1024 * 1024)
    data = MADE[kind](BODY * 40 if kind in HERE else BODY * 400, NOWHERE)
    if kind in HERE:
        holds(read(kind, data), data)
        return
    with pytest.raises(BadText) as problem:
        read(kind, data)
    assert problem.value.code in ("text_too_hard", "page_too_hard")


@every
def test_a_file_that_a_busy_machine_does_not_get_to_is_not_said_to_be_too_hard(kind, monkeypatch):
    monkeypatch.setattr(killable, "LONGEST", 0.001)
    data = MADE[kind](BODY * 400, NOWHERE)
    with pytest.raises(BadText) as problem:
        read(kind, data)
    assert problem.value.code == "too_busy"


@every
def test_an_archive_is_known_to_be_one(kind):
    assert MADE[kind](BODY, NOWHERE).startswith(b"PK") == (kind in PACKED)


@pytest.mark.parametrize("kind", PACKED)
def test_a_part_that_unpacks_to_more_than_it_says_is_refused(kind):
    large = files.archive({"mimetype": "x", PACKED[kind]: b" " * (packed.LARGEST + 1)})
    with pytest.raises(BadText) as problem:
        read(kind, large)
    assert problem.value.code == "too_much_packed"
    # The size stands in the archive twice: where the part begins, and in the list at its end.
    told = (packed.LARGEST + 1).to_bytes(4, "little")
    assert large.count(told) == 2
    with pytest.raises(BadText) as problem:
        read(kind, large.replace(told, (100).to_bytes(4, "little")))
    assert problem.value.code == "broken_file"


@pytest.mark.drill
def test_a_stream_of_a_pdf_that_unpacks_to_gigabytes_is_given_up():
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 10_000_000) for _part in range(150)) + packer.flush()
    plain = pdf([column(BODY)])
    at = plain.index(b"stream\n")
    length = plain.rindex(b"/Length", 0, at)
    head = b"/Filter /FlateDecode /Length %d >>\nstream\n" % len(stream)
    bomb = plain[:length] + head + stream + b"\nendstream\nendobj\n"
    rest = plain[plain.index(b"endobj", at) :]
    with pytest.raises(BadText):
        read(readers.PDF, bomb + rest)


# --- large ones ---

MEGABYTES = 10
# What a file may be refused for, once it is large: a limit that is said, or work given up.
LIMITS = {
    *("too_many_characters", "too_many_sentences", "too_many_lines", "too_many_pages"),
    *("too_much_packed", "text_too_hard", "page_too_hard", "too_large"),
}


@pytest.mark.drill
@every
@pytest.mark.parametrize("megabytes", [1, MEGABYTES])
def test_a_large_file_is_read_or_refused_by_a_limit(kind, megabytes):
    """The text of one, and of ten megabytes: nothing hangs and nothing is half read."""
    words = BODY * (megabytes * 1_000_000 // sum(map(len, BODY)))
    data = MADE[kind](words, NOWHERE)
    found = answered(kind, data)
    if isinstance(found, BadText):
        assert found.code in LIMITS, (found.code, str(found))
    else:
        holds(found, data)
        assert found.text.count("Leeds") == words.count(BODY[0])


@pytest.mark.drill
def test_five_thousand_pages_are_read_or_given_up_and_one_more_is_refused():
    leaf = column(BODY[:2])
    found = answered(readers.PDF, pdf([leaf] * pdfs.MOST_PAGES))
    if isinstance(found, BadText):
        assert found.code in LIMITS
    else:
        assert found.places[-1] == f"p. {pdfs.MOST_PAGES}"
    with pytest.raises(BadText) as problem:
        read(readers.PDF, pdf([leaf] * (pdfs.MOST_PAGES + 1)))
    assert problem.value.code == "too_many_pages"
