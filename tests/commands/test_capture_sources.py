"""Pages that were cited before copies were saved here are asked for, once each, by a command."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations import workflow
from annotations.models import Assignment, Capture, Source
from annotations.tasks.captures import capture_next
from annotations.workflow import copies
from tests import cast as c
from tests.capture import servers

PAGE, MISSING = servers.page(b"<p>The ferry."), servers.page(b"", status="404 Not Found")


@pytest.fixture
def check(cast, settings) -> Assignment:
    """A check that cites three pages, one of them twice described, and a book; none is saved."""
    settings.SAVE_COPIES = False
    _article, claim = cast.checking()
    mine, theirs = c.check_of(claim, cast.ann), c.check_of(claim, cast.ben)
    for who, number in ((mine, 1), (mine, 2), (mine, 3), (theirs, 1)):
        draft = workflow.SourceDraft(f"Page {number}", url=f"https://news.example/{number}")
        workflow.save_citation(who, draft, person=who.person, stance="supports")
    book = workflow.SourceDraft("A book", isbn="9783161484100")
    workflow.save_citation(mine, book, person=cast.ann, stance="context")
    assert not Capture.objects.exists()
    return mine


def run(**options: Any) -> str:
    said = io.StringIO()
    call_command("capture_sources", stdout=said, **options)
    return said.getvalue()


def test_each_page_is_asked_for_once_for_whoever_described_it(check, settings):
    settings.SAVE_COPIES = True
    assert run(desk="desk") == (
        "desk: 4 pages asked for; of 4 cited 0 have a copy, 4 wait, 0 could not be saved\n"
    )
    rows = Capture.objects.select_related("source")
    assert {(row.wanted_by_id, row.address) for row in rows} == {
        (row.added_by_id, row.url) for row in Source.objects.exclude(url="")
    }
    assert "0 pages asked for" in run(desk="desk"), "run again it does no more"
    assert Capture.objects.count() == 4


def test_a_dry_run_counts_and_asks_for_nothing_and_names_no_page(check):
    said = run(dry_run=True)
    assert said.startswith("desk: 4 pages would be asked for; of 4 cited 0 have a copy, 0 wait")
    assert "news.example" not in said
    assert not Capture.objects.exists()


def test_what_has_a_copy_is_asked_for_only_again(check, settings):
    settings.SAVE_COPIES = True
    first = Source.objects.filter(added_by=check.person, url__endswith="/1").get()
    workflow.keep_copy(first, b"As it was.", person=check.person)
    assert "3 pages asked for; of 4 cited 1 have a copy" in run()
    assert not first.captures.exists()
    assert "1 pages asked for" in run(again=True)
    assert first.captures.count() == 1


def test_what_could_not_be_saved_is_asked_for_after_an_hour(check, settings, monkeypatch):
    settings.SAVE_COPIES = True
    run()
    now = timezone.now()
    Capture.objects.update(state="failed", problem="status", finished_at=now)
    assert "0 pages asked for; of 4 cited 0 have a copy, 0 wait, 4 could not" in run()
    monkeypatch.setattr(copies, "AGAIN_AFTER", dt.timedelta())
    assert "4 pages asked for" in run()


def test_it_says_what_is_in_the_way(check, settings):
    for options, words in (
        ({}, "SAVE_COPIES is off"),
        ({"desk": "nobody", "dry_run": True}, "There is no desk “nobody”"),
    ):
        with pytest.raises(CommandError, match=words):
            run(**options)
    settings.SAVE_COPIES = True
    c.make_desk("made-up", is_sample=True)
    with pytest.raises(CommandError, match="its pages are made up"):
        run(desk="made-up")
    assert "made-up" not in run()


def test_the_worker_saves_what_was_asked_for(cast, settings, monkeypatch):
    monkeypatch.setattr(copies, "HOST_RATE", dt.timedelta())
    settings.SAVE_COPIES = False
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)

    def say(connection, head):
        (MISSING if "robots.txt" in head.split()[1] else PAGE)(connection, head)

    with servers.serving(say) as server:
        draft = workflow.SourceDraft("The ferry", url=f"http://{server.name}/ferry")
        workflow.save_citation(check, draft, person=cast.ann, stance="supports")
        settings.SAVE_COPIES, settings.FETCH_ALLOWED = True, [server.name]
        run()
        while capture_next():
            pass
    assert "of 1 cited 1 have a copy, 0 wait, 0 could not" in run()
