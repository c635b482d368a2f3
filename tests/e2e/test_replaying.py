"""A WACZ file alone shows in a browser what the server of the page showed: nothing else is asked.

Read by an independent reader (warcio) at the places that its index names. A proxy that has nothing
but the archive answers the browser; the page's server is gone by then.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ViewportSize
from warcio.archiveiterator import ArchiveIterator

from annotations import workflow
from annotations.tasks.captures import capture_next
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.tasks.test_parts import answering

pytestmark = pytest.mark.django_db(transaction=True)


def picture(red: int, green: int, blue: int, side: int = 40) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes((red, green, blue)) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>The ferry</title>
<link rel=stylesheet href="/style/a.css?v=2">
<h1>The ferry returns</h1><p class=lead>The ferry returns in spring.</p>
<p lang=ar dir=rtl>تعود العبّارة في الربيع.</p>
<table><tr><th>Year<th>Passengers<tr><td>2024<td>1,204</table>
<img src="pier.png" alt="The pier"> <img src="/moved/boat.png" alt="The boat">
<div class=back>&nbsp;</div><script>document.body.textContent = "ran"</script>"""
STYLE = b"""@import 'b.css'; body { font: 16px sans-serif; background: #fef }
.lead { color: rgb(0, 0, 128); border-left: 8px solid teal }
.back { width: 200px; height: 40px; background: url(/back.png) }"""
SITE = answering(
    {
        "/news/ferry?id=7": servers.page(PAGE.encode()),
        "/style/a.css?v=2": servers.page(STYLE, "Content-Type: text/css"),
        "/style/b.css": servers.page(b"table { border: 3px solid #c00 }", "Content-Type: text/css"),
        "/news/pier.png": servers.page(picture(200, 30, 30), "Content-Type: image/png"),
        "/moved/boat.png": servers.redirect("/boat.png"),
        "/boat.png": servers.page(picture(30, 30, 200), "Content-Type: image/png"),
        "/back.png": servers.page(picture(30, 160, 30), "Content-Type: image/png"),
    }
)


@dataclass(frozen=True, slots=True)
class Record:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def records(archive: bytes) -> dict[str, Record]:
    """What the archive's index leads to, by address, each record read where it says that it is."""
    opened, found = zipfile.ZipFile(io.BytesIO(archive)), {}
    for line in opened.read("indexes/index.cdx").decode().splitlines():
        row = json.loads(line.split(" ", 2)[2])
        start, length = int(row["offset"]), int(row["length"])
        data = opened.read(f"archive/{row['filename']}")[start : start + length]
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
            said, body = record.http_headers, record.content_stream().read()
            found[row["url"]] = Record(int(said.get_statuscode()), said.headers, body)
    return found


@contextmanager
def only_from(archive: bytes) -> Iterator[tuple[str, list[str]]]:
    """A proxy that answers with what is in the archive; its address, and what it has none of."""
    held, lacking = records(archive), list[str]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            record = held.get(self.path)
            if record is None:
                lacking.append(self.path)
                self.send_error(404)
                return
            self.send_response(record.status)
            for name, value in record.headers:
                if not name.lower().startswith(("x-archive-orig-", "connection")):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(record.body)

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", lacking
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


SHOWN = """() => ({
    text: document.body.innerText,
    title: document.title,
    pictures: [...document.images].map(each => [each.alt, each.complete, each.naturalWidth]),
    lead: getComputedStyle(document.querySelector(".lead")).color,
    table: getComputedStyle(document.querySelector("table")).borderTopWidth,
})"""


def shown(browser: Browser, address: str, **options: Any) -> tuple[dict[str, Any], bytes]:
    """What a browser without scripts shows: words, pictures and styles, and how it looks."""
    size: ViewportSize = {"width": 700, "height": 500}
    context = browser.new_context(java_script_enabled=False, viewport=size, **options)
    try:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        return page.evaluate(SHOWN), page.screenshot()
    finally:
        context.close()


def test_what_the_server_showed_is_shown_from_the_archive_alone(db, browser, settings):
    cast = Cast()
    article, claim = cast.checking()
    settings.SAVE_COPIES = True
    with servers.serving(SITE) as server:
        settings.FETCH_ALLOWED = [server.name]
        address = f"http://{server.name}/news/ferry?id=7"
        workflow.save_citation(
            c.check_of(claim, cast.ann),
            workflow.SourceDraft("The ferry", url=address),
            person=cast.ann,
            stance="supports",
        )
        assert capture_next()
        served, picture_of_it = shown(browser, address)
        asked = [head.split(" ")[1] for head in server.heard]
    assert "The ferry returns in spring." in served["text"]
    assert served["pictures"] == [["The pier", True, 40], ["The boat", True, 40]]
    assert (served["lead"], served["table"]) == ("rgb(0, 0, 128)", "3px")
    client = Client()
    client.force_login(cast.ann)
    answer: Any = client.get(reverse("evidence", args=[article.pk]))
    archive = b"".join(answer.streaming_content)
    with only_from(archive) as (proxy, lacking):
        replayed, picture_again = shown(browser, address, proxy={"server": proxy})
    assert replayed == served
    assert picture_again == picture_of_it
    assert [each for each in lacking if not each.endswith("/favicon.ico")] == []
    assert "/boat.png" in asked


def test_what_is_not_in_the_archive_is_not_shown(db, browser):
    """The comparison tells: a picture less is seen."""
    with servers.serving(SITE) as server:
        address = f"http://{server.name}/news/ferry?id=7"
        whole, _picture = shown(browser, address)
    missing = answering({"/news/ferry?id=7": servers.page(PAGE.encode())})
    with servers.serving(missing) as server:
        less, _picture = shown(browser, f"http://{server.name}/news/ferry?id=7")
    assert less["text"] == whole["text"]
    assert less != whole
