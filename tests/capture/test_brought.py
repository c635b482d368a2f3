"""Web archives that somebody brought are read within bounds, whoever made them and how."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from uuid import UUID

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from annotations.capture import brought, recording
from annotations.formats import wacz

AT = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
PAGE = b"<!doctype html><title>Ferry</title><p>The ferry returns in spring.<img src=/pier.png>"
STYLE, PICTURE = b"p { color: red }", b"\x89PNG\r\n\x1a\n\0"


class Writer(WARCWriter):  # type: ignore[misc]  # it has no types
    """Without temporary files, which warcio leaves to be closed by chance."""

    @staticmethod
    def _create_temp_file() -> io.BytesIO:
        return io.BytesIO()


def warc(*rows: tuple[str, str, bytes], packed: bool = True, coding: str = "") -> bytes:
    """A WARC file as a browser's or wget's: address, content type and body of each answer."""
    stream = io.BytesIO()
    writer = Writer(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for address, kind, data in rows:
        status = "301 Moved" if kind.startswith("http") else "200 OK"
        headers = [("Location" if kind.startswith("http") else "Content-Type", kind)]
        headers += [("Content-Encoding", coding)] if coding else []
        body = gzip.compress(data) if coding == "gzip" else data
        said = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=said
            )
        )
    return stream.getvalue()


def packed(*files: bytes, pages: tuple[str, ...] = ()) -> bytes:
    """A WACZ with these WARC files, which lists these addresses as its pages."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, file in enumerate(files):
            archive.writestr(f"archive/{number}.warc.gz", file)
        lines = [{"format": "json-pages-1.0"}, *({"url": each} for each in pages)]
        archive.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
        archive.writestr("datapackage.json", "{}")
    return stream.getvalue()


HOME = "https://news.example/"
FERRY = f"{HOME}ferry"
SITE = (
    (HOME, "text/html", b"<html><p>Home."),
    (f"{HOME}old", FERRY, b""),
    (FERRY, "text/html; charset=utf-8", PAGE),
    (f"{HOME}style.css", "text/css", STYLE),
    (f"{HOME}pier.png", "image/png", PICTURE),
    (f"{HOME}script.js", "text/javascript", b"alert(1)"),
)


def page_of(data: bytes, address: str = FERRY) -> bytes:
    found = brought.read(data, address)
    assert len(found) <= 1, "nothing but the page is asked for"
    return found[0].data if found else b""


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize("is_packed", [True, False])
def test_the_page_of_a_warc_file_is_found(is_packed, coding):
    assert page_of(warc(*SITE, packed=is_packed, coding=coding)) == PAGE


def test_of_many_pages_it_is_the_one_of_the_source():
    archive = packed(warc(*SITE), pages=(HOME, FERRY))
    assert page_of(archive, "http://www.news.example/ferry/?utm_source=mail") == PAGE


def test_else_it_is_the_first_that_is_listed_or_the_first_page():
    assert page_of(packed(warc(*SITE), pages=(FERRY, HOME)), "") == PAGE
    assert page_of(packed(warc(*SITE[1:])), "https://other.example/") == PAGE


def test_what_a_page_embeds_comes_with_it_where_it_is_asked_for():
    page, *rest = brought.read(packed(warc(*SITE[1:])), FERRY, with_parts=True)
    assert (page.data, page.charset) == (PAGE, "utf-8")
    kept = {each.address: each.data for each in rest if each.status == 200}
    assert kept[f"{HOME}style.css"] == STYLE
    assert kept[f"{HOME}pier.png"] == PICTURE
    assert [each.location for each in rest if each.status == 301] == [FERRY]


def test_what_this_site_hands_over_is_read_back():
    """A copy that somebody brought stands in it as a resource that no server answered."""
    stream = io.BytesIO()
    ours = recording.resource("urn:uuid:1", PAGE, "text/html", AT, UUID(int=1))
    wacz.write(stream, [wacz.Copy("Ferry", ours)], title="Ferry", software="test", at=AT)
    assert page_of(stream.getvalue(), "") == PAGE


def test_what_stands_before_the_damage_is_read():
    assert page_of(warc(*SITE)[:-40]) == PAGE
    assert page_of(packed(b"no WARC", warc(*SITE))) == PAGE


def bomb() -> bytes:
    """A page that is 200 megabytes when it is unpacked."""
    stream = io.BytesIO()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with gzip.GzipFile(fileobj=stream, mode="w", compresslevel=1) as file:
        length = len(head) + 200 * 1024**2
        file.write(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/ferry\r\n"
            b"Content-Length: %d\r\n\r\n" % length + head
        )
        for _each in range(200):
            file.write(b"a" * 1024**2)
    return stream.getvalue()


def long_line() -> bytes:
    """A header that never ends."""
    return gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * 300 * 1024**2, 1)


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        long_line,
        lambda: packed(bomb()),
        lambda: b"PK\x03\x04 datapackage.json",
        lambda: b"WARC/1.0\r\n",
        lambda: gzip.compress(b"x"),
        lambda: packed(warc((FERRY, "text/html", b""))),
        lambda: packed(pages=("x", "http://[", "")),
    ],
    ids=["bomb", "long line", "packed bomb", "no zip", "no record", "no WARC", "empty", "no file"],
)
def test_a_hostile_archive_has_no_page(make):
    assert page_of(make()) == b""


def test_of_answers_without_a_body_there_are_not_more_than_fit(monkeypatch):
    """Each costs memory twice, in the process that reads and in the one that asks."""
    monkeypatch.setattr(brought, "LARGEST", 50 * brought._HEAD)
    rows = [(f"{HOME}{number}", FERRY, b"") for number in range(200)]
    found = brought._read(warc(SITE[2], *rows), FERRY, with_parts=True)
    assert found[0].data == PAGE
    assert len(found) < 52


@pytest.mark.parametrize(
    "row", [(FERRY, "text/html" + "x" * 5000, PAGE), (FERRY + "x" * 5000, "text/html", PAGE)]
)
def test_no_address_or_type_is_longer_than_any_that_is_meant(row):
    assert page_of(warc(row), row[0]) == b""


def test_no_more_of_it_is_read_than_a_copy_may_have(monkeypatch):
    monkeypatch.setattr(brought, "LARGEST", len(PAGE) - 1)
    assert brought._read(warc(*SITE[2:]), FERRY, with_parts=True) == []
    monkeypatch.setattr(brought, "LARGEST", len(PAGE) + len(STYLE) + brought._HEAD)
    found = brought._read(warc(*SITE[2:]), FERRY, with_parts=True)
    assert [each.data for each in found] == [PAGE, STYLE]


@pytest.mark.parametrize("data", [b"PK\x03\x04word/document.xml", b"%PDF-1.7", b"<html>"])
def test_other_files_are_no_archives(data):
    assert not brought.is_archive(data)
