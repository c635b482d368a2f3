"""A cited page is saved with its pictures and styles, and shown again from the deposit alone."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from annotations import blobs, workflow
from annotations.formats import wacz
from annotations.models import Assignment, Capture, Snapshot, User
from annotations.queries import kept
from annotations.tasks.captures import capture_next
from tests import cast as c
from tests.capture import servers

PAGE = b"""<!doctype html><link rel=stylesheet href=/a.css><body>
<p>The ferry returns in spring.</p><img src=/pier.png alt="The pier"><img src=/gone.png>"""
STYLE = b"@import '/b.css'; p { color: navy; background: url(/back.png) }"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def answering(pages: dict[str, servers.Answer]) -> servers.Answer:
    missing = servers.page(b"No.", status="404 Not Found")

    def answer(connection, head):
        pages.get(head.split(" ")[1], missing)(connection, head)

    return answer


SITE = answering(
    {
        "/ferry": servers.page(PAGE),
        "/a.css": servers.page(STYLE, "Content-Type: text/css"),
        "/b.css": servers.page(b"h1 { color: teal }", "Content-Type: text/css"),
        "/pier.png": servers.redirect("/moved.png"),
        "/moved.png": servers.page(PIXEL, "Content-Type: image/png"),
        "/back.png": servers.page(PIXEL, "Content-Type: image/png"),
    }
)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def check(cast, settings) -> Assignment:
    settings.SAVE_COPIES = True
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def saved(check: Assignment, settings: Any, answer: servers.Answer = SITE) -> Snapshot:
    with servers.serving(answer) as server:
        settings.FETCH_ALLOWED = [server.name]
        source = workflow.SourceDraft("The ferry", url=f"http://{server.name}/ferry")
        workflow.save_citation(check, source, person=check.person, stance="supports")
        assert capture_next()
    return Snapshot.objects.get()


def test_the_page_and_what_it_needs_are_one_recording(check, settings):
    copy = saved(check, settings)
    assert b"".join(copy.pieces()) == PAGE, "the copy is the page as it came"
    records = ArchiveIterator(
        io.BytesIO(blobs.read(Capture.objects.get().warc)), check_digests="raise"
    )
    found = [
        each.rec_headers["WARC-Target-URI"].rpartition("/")[2]
        for each in records
        if each.content_stream().read() is not None and each.rec_type == "response"
    ]
    assert found == ["ferry", "a.css", "pier.png", "moved.png", "b.css", "back.png"]


def test_it_is_shown_as_it_looked_and_asks_nobody(check, settings):
    copy = saved(check, settings)
    answer = client_of(check.person).get(reverse("look_of_copy", args=[copy.uuid]))
    page = answer.content.decode()
    assert "The ferry returns in spring." in page
    assert page.count("data:image/png;base64,") == 2
    assert "color: navy" in page
    assert "color: teal" in page
    assert "http" not in page.partition("<body")[2]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "img-src data:" in policy
    assert "sandbox" in policy
    assert "allow" not in policy
    assert "unsafe" not in policy
    assert "'self'" not in policy.replace("form-action 'none'", "")


def test_what_was_not_saved_is_said_with_why(check, settings):
    copy = saved(check, settings)
    page = client_of(check.person).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert reverse("look_of_copy", args=[copy.uuid]) in page
    assert "4 pictures and styles were saved with it" in page
    assert "1 that it names was not saved" in page
    assert "/gone.png</bdi>: There is no such page (404)." in page


def test_a_page_that_a_person_brought_has_a_look_too(check, settings):
    settings.SAVE_COPIES = False
    source = workflow.SourceDraft("The ferry", url="https://news.example/ferry")
    cited = workflow.save_citation(check, source, person=check.person, stance="supports")
    copy = workflow.keep_copy(
        cited.source, PAGE, person=check.person, name="a.html", media_type="text/html"
    )
    client = client_of(check.person)
    read = reverse("read_copy", args=[copy.uuid])
    assert "As it looked" in client.get(read).content.decode()
    assert client.get(reverse("look_of_copy", args=[copy.uuid])).status_code == 200


def test_nobody_else_is_shown_it(cast, check, settings):
    copy = saved(check, settings)
    for person in (cast.ben, cast.eda, cast.mia, cast.stranger):
        answer = client_of(person).get(reverse("look_of_copy", args=[copy.uuid]))
        assert answer.status_code == 404


def test_a_recording_that_was_changed_shows_nothing(check, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": tmp_path}}
    }
    copy = saved(check, settings)
    file = tmp_path / blobs.name_of(Capture.objects.get().warc)
    file.write_bytes(file.read_bytes().replace(b"ferry", b"merry") + b"x")
    answer = client_of(check.person).get(reverse("look_of_copy", args=[copy.uuid]))
    assert answer.status_code == 302


def test_parts_that_fail_take_the_page_with_them_never(check, settings):
    """A page whose parts all hang up, lie or are endless is saved all the same."""

    def hostile(connection, head):
        path = head.split(" ")[1]
        if path == "/ferry":
            servers.page(PAGE)(connection, head)
        elif path == "/a.css":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort")
        elif path == "/robots.txt":
            servers.page(b"", status="404 Not Found")(connection, head)
        else:
            connection.sendall(b"\x00\x01 no http")

    copy = saved(check, settings, hostile)
    assert b"".join(copy.pieces()) == PAGE
    page = client_of(check.person).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert "3 that it names were not saved" in page


def test_the_wacz_file_has_a_line_of_its_index_for_each_part(cast, check, settings):
    copy = saved(check, settings)
    article = check.claim.marks.get().revision.article
    rows = list(kept.copies_of(article, check.person))
    file = io.BytesIO()
    at = timezone.now().astimezone(dt.UTC)
    assert wacz.write(file, rows, title="Test", software="test", at=at) == 1
    archive = zipfile.ZipFile(file)
    index = archive.read("indexes/index.cdx").decode().splitlines()
    found = {json.loads(line.split(" ", 2)[2])["url"].rpartition("/")[2] for line in index}
    assert found == {"ferry", "a.css", "b.css", "pier.png", "moved.png", "back.png"}
    pages = archive.read("pages/pages.jsonl").decode().splitlines()
    assert len(pages) == 2, "its parts are no pages"
    assert copy.media_type == "text/html"
