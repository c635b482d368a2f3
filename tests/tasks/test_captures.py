"""Cited pages are saved by the worker: once each, politely, or with the reason why not."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from annotations import blobs, workflow
from annotations.capture import looking, recording
from annotations.models import Assignment, Capture, Snapshot, Source, User
from annotations.tasks.captures import capture_next
from annotations.workflow import copies, letters
from tests import cast as c
from tests.capture import servers
from tests.capture.names import certified, named, trust

from .processes import environment, start_worker

WAIT = 60
"""Seconds after which something is broken. Nothing is said of how long it takes."""
PAGE = b"<html><title>Ferry</title><p>The ferry returns in spring."
MISSING = servers.page(b"", status="404 Not Found")


@pytest.fixture(autouse=True)
def saving(settings) -> None:
    settings.SAVE_COPIES = True


def site(answer: servers.Answer) -> servers.Answer:
    """A site with this page, and no robots.txt."""

    def answered(connection, head):
        (MISSING if head.startswith("GET /robots.txt") else answer)(connection, head)

    return answered


@pytest.fixture
def check(cast) -> Assignment:
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def cite(check: Assignment, url: str, title: str = "The ferry") -> Source:
    source = workflow.SourceDraft(title, url=url)
    return workflow.save_citation(check, source, person=check.person, stance="supports").source


def page_of(person: User, source: Source) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("source", args=[source.uuid])).content.decode()


def wait_out() -> None:
    """As if all the minutes of each lease and wait had passed."""
    past = timezone.now() - dt.timedelta(hours=12)
    Capture.objects.waiting().update(next_try_at=past, tried_at=past)
    Capture.objects.filter(claimed_until__isnull=False).update(claimed_until=past)


@pytest.mark.heart
def test_a_cited_page_is_saved_with_its_warc_file(check, settings):
    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        source = cite(check, f"http://{server.name}/news/ferry.html")
        assert "is being saved" in page_of(check.person, source)
        assert capture_next()
        assert not capture_next()
        asked = server.heard[-1]
    capture, copy = Capture.objects.get(), Snapshot.objects.get()
    assert (capture.state, capture.snapshot) == ("saved", copy)
    assert (copy.name, copy.media_type, copy.taken_by) == ("ferry.html", "text/html", check.person)
    assert b"".join(copy.pieces()) == PAGE
    records = ArchiveIterator(io.BytesIO(blobs.read(capture.warc)), check_digests="raise")
    bodies = {each.rec_type: each.content_stream().read() for each in records}
    assert bodies["response"] == PAGE
    assert f"User-Agent: Factcheck/0.1.0 (+{settings.SITE_URL}/about/desk/;" in asked
    assert Client().get("/about/desk/").status_code == 200
    assert "Cookie" not in asked
    assert "is being saved" not in page_of(check.person, source)
    assert "ferry.html" in page_of(check.person, source)


def test_a_page_is_saved_over_tls(check, settings, monkeypatch):
    named(monkeypatch, paper_example=["127.0.0.1"])
    trust(monkeypatch)
    with servers.serving(site(servers.page(PAGE)), tls=certified()) as server:
        settings.FETCH_ALLOWED = [server.name]
        address = f"https://paper.example:{server.port}/ferry"
        cite(check, address)
        assert capture_next()
    capture, copy = Capture.objects.get(), Snapshot.objects.get()
    assert b"".join(copy.pieces()) == PAGE
    answers, _missed = recording.read(blobs.read(capture.warc))
    assert [(each.address, each.status) for each in answers] == [(address, 200)]


def test_a_source_cited_again_or_without_an_address_puts_no_other_row(check):
    for _time in range(2):
        cite(check, "https://a.example/1")
    cite(check, "", title="A letter")
    assert Capture.objects.count() == 1


def test_a_page_that_could_not_be_saved_is_tried_again_when_it_is_cited_again_later(
    check, settings, time_machine
):
    with servers.serving(site(MISSING)) as server:
        settings.FETCH_ALLOWED = [server.name]
        address = f"http://{server.name}/ferry"
        source = cite(check, address)
        assert capture_next()
        assert Capture.objects.get().state == "failed"
        cite(check, address)
        assert Capture.objects.count() == 1, "not within the hour, however often it is saved"
        time_machine.move_to(timezone.now() + 2 * copies.AGAIN_AFTER)
        cite(check, address)
    assert list(source.captures.values_list("state", flat=True)) == ["waiting", "failed"]


def test_a_citation_that_is_undone_wants_nothing(check):
    with transaction.atomic():
        cite(check, "https://a.example/1")
        transaction.set_rollback(True)
    assert not Capture.objects.exists()


def test_nothing_is_fetched_where_it_was_not_asked_for(check, settings):
    settings.SAVE_COPIES = False
    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        assert not capture_next()
        assert server.connections == 0
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("status", "words"),
    [("403 Forbidden", "does not let us read it (403)"), ("404 Not Found", "no such page (404)")],
)
def test_what_cannot_be_saved_says_why_and_asks_for_a_file(check, settings, status, words):
    with servers.serving(site(servers.page(b"", status=status))) as server:
        settings.FETCH_ALLOWED = [server.name]
        source = cite(check, f"http://{server.name}/")
        assert capture_next()
    assert Capture.objects.get().state == "failed"
    page = page_of(check.person, source)
    assert "The page could not be saved" in page
    assert words in page
    workflow.keep_copy(source, b"by hand", person=check.person, name="saved.html")
    assert "could not be saved" not in page_of(check.person, source)


def test_what_may_pass_is_tried_again_and_given_up_in_the_end(check, settings):
    with servers.serving(site(servers.page(b"", status="503 Later"))) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        for number in range(1, copies.MOST_TRIES + 1):
            assert capture_next()
            assert not capture_next(), "it waits"
            assert Capture.objects.get().tries == number
            wait_out()
        assert not capture_next()
    assert Capture.objects.get().state == "failed"


BUSY = ["429 Too Many Requests", "503 Later"]
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("status", BUSY)
@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7200", dt.timedelta(hours=2)),
        ("Tue, 24 Nov 2026 14:00:00 GMT", dt.timedelta(hours=2)),
        ("99999999", looking.LONGEST_WAIT),
        ("1", letters.wait_after(1)),  # no sooner than of our own accord
        ("soon", letters.wait_after(1)),
    ],
)
@pytest.mark.parametrize("who", ["page", "robots.txt"])
def test_a_server_that_says_when_is_asked_then(
    check, settings, time_machine, status, said, wait, who
):
    time_machine.move_to(NOON, tick=False)
    busy, page = servers.page(b"", f"Retry-After: {said}", status=status), servers.page(PAGE)
    answers = [busy, MISSING, page] if who == "robots.txt" else [MISSING, busy, MISSING, page]

    def answer(connection, head):
        answers.pop(0)(connection, head)

    with servers.serving(answer) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        assert capture_next()
        assert (len(answers), Capture.objects.get().claimed_until) == (2, None)
        time_machine.move_to(NOON + wait - dt.timedelta(seconds=1), tick=False)
        assert not capture_next()
        time_machine.move_to(NOON + wait, tick=False)
        assert capture_next()
    assert Capture.objects.get().state == "saved"


def test_a_server_that_sends_us_away_each_time_is_given_up_too(check, settings, time_machine):
    time_machine.move_to(NOON, tick=False)
    busy = servers.page(b"", "Retry-After: 99999999", status="503 Later")
    with servers.serving(site(busy)) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        for _number in range(copies.MOST_TRIES):
            assert capture_next()
            time_machine.shift(looking.LONGEST_WAIT)
        assert not capture_next()
    assert Capture.objects.get().state == "failed"


def test_a_page_that_comes_back_is_saved_after_all(check, settings):
    answers = [servers.page(b"", status="503 Later"), servers.page(PAGE)]

    def answer(connection, head):
        answers.pop(0)(connection, head)

    with servers.serving(site(answer)) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        assert capture_next()
        wait_out()
        assert capture_next()
    assert Capture.objects.get().state == "saved"


def test_a_host_is_asked_once_in_a_while_and_others_meanwhile(check, settings, time_machine):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    page = site(servers.page(PAGE))
    with servers.serving(page) as one, servers.serving(page) as other:
        settings.FETCH_ALLOWED = [one.name, other.name]
        for path in ("/1", "/2"):
            cite(check, f"http://{one.name}{path}")
        cite(check, f"http://{other.name}/3")
        assert capture_next()
        assert capture_next()
        assert not capture_next(), "the second of one host has to wait"
        assert other.connections == 2
        time_machine.shift(copies.HOST_RATE + dt.timedelta(seconds=1))
        assert capture_next()
    assert not Capture.objects.waiting().exists()


def test_no_room_is_said_and_nothing_half_is_kept(check, settings, monkeypatch, caplog):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/full")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            patch.setattr(blobs, "is_whole", lambda digest: False)
            assert capture_next()
        capture = Capture.objects.get()
        assert (capture.state, capture.problem) == ("waiting", "no_room")
        assert not Snapshot.objects.exists()
        wait_out()
        assert capture_next()
    assert Capture.objects.get().state == "saved"


def test_a_storage_that_is_away_is_said_and_tried_again(check, settings, monkeypatch, caplog):
    def away(data):
        raise blobs.Away("Could not connect")

    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/away")
        with monkeypatch.context() as patch:
            patch.setattr(blobs, "keep", away)
            assert capture_next()
        capture = Capture.objects.get()
        assert (capture.state, capture.problem) == ("waiting", "no_store")
        wait_out()
        assert capture_next()
    assert Capture.objects.get().state == "saved"


def test_who_may_not_see_the_source_is_told_nothing_of_its_capture(cast, check, settings):
    """Nor can a colleague tell that a page which they cite too was saved before."""
    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        url = f"http://{server.name}/"
        cite(check, url)
        assert capture_next()
        theirs = cite(c.check_of(check.claim, cast.ben), url)
        assert "is being saved" in page_of(cast.ben, theirs), "as if it were new"
        assert not Capture.objects.visible_to(cast.ben).filter(state="saved").exists()
        wait_out()
        Capture.objects.filter(state="waiting").update(host="another")
        assert capture_next()
    assert Capture.objects.filter(state="saved").count() == 2
    hidden = Capture.objects.visible_to(cast.ben).count()
    assert hidden == 1


@pytest.fixture
def deposit(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def test_a_changed_warc_file_is_told(deposit, check, settings):
    with servers.serving(site(servers.page(PAGE))) as server:
        settings.FETCH_ALLOWED = [server.name]
        cite(check, f"http://{server.name}/")
        assert capture_next()
    call_command("verify_copies")
    file = deposit / blobs.name_of(Capture.objects.get().warc)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(CommandError, match="1 of 3"):
        call_command("verify_copies")


# --- a worker that is killed ---


def killed_in_the_middle(monkeypatch, server: servers.Server, holds: threading.Event) -> None:
    """Start a worker, and kill it while the server holds its answer."""
    holds.clear()
    worker = start_worker(9)
    try:
        assert holds.wait(WAIT)
    finally:
        worker.kill()
        worker.wait()


def capturing(
    cast: Any, settings: Any, monkeypatch: Any, tmp_path: Any, times: int, pages: int
) -> None:
    """Pages of which each is saved once, however often the worker is killed."""
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    holds, lets_go = threading.Event(), threading.Event()

    def answer(connection, head):
        if not lets_go.is_set():
            holds.set()
            # Until whoever asked is gone.
            connection.settimeout(WAIT)
            connection.recv(1)
            return
        servers.page(PAGE + head.split(" ")[1].encode())(connection, head)

    with servers.serving(site(answer)) as server:
        known = environment(9) | {
            "SAVE_COPIES": "1",
            "FETCH_ALLOWED": server.name,
            "FACTCHECK_VAR": str(tmp_path),
        }
        monkeypatch.setattr("tests.tasks.processes.environment", lambda _port: known)
        settings.FETCH_ALLOWED = [server.name]
        settings.STORAGES = settings.STORAGES | {
            "blobs": {
                "BACKEND": "annotations.blobs.Folder",
                "OPTIONS": {"location": tmp_path / "media/blobs"},
            }
        }
        for number in range(pages):
            cite(check, f"http://{server.name}/{number}")
        for _time in range(times):
            killed_in_the_middle(monkeypatch, server, holds)
            assert Capture.objects.filter(claimed_until__isnull=False).exists()
            wait_out()
        lets_go.set()
        monkeypatch.setattr(copies, "HOST_RATE", dt.timedelta(0))
        for _page in range(pages):
            assert capture_next()
            wait_out()
        assert not capture_next()
    rows = list(Capture.objects.select_related("snapshot"))
    assert [row.state for row in rows] == ["saved"] * pages
    assert Snapshot.objects.count() == pages
    assert all(row.snapshot and row.snapshot.is_whole() for row in rows)


@pytest.mark.django_db(transaction=True)
def test_a_page_is_saved_once_though_the_worker_is_killed(cast, settings, monkeypatch, tmp_path):
    capturing(cast, settings, monkeypatch, tmp_path, times=2, pages=3)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_nor_twenty_times(cast, settings, monkeypatch, tmp_path):
    capturing(cast, settings, monkeypatch, tmp_path, times=20, pages=20)
