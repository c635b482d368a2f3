"""Long files are taken in by the worker: each row once, whatever ends it, and one sees how far."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations import blobs, workflow
from annotations.models import Article, EarlierCheck, FileImport, Membership, Transition
from annotations.tasks.file_imports import FileImporter
from annotations.vocabulary import FileImportState
from annotations.words.file_imports import LONG_WAIT, how_far, why_refused
from annotations.workflow import Sent, cleaning, file_imports
from tests import cast as c
from tests.commands.test_fixture import FULL, SHORT
from tests.formats.test_earlier import REVIEW

from .processes import start_worker

WAIT = 60
"""Seconds after which something is broken. Nothing is said of how long it takes."""


def articles(count: int, sentences: int = 100) -> bytes:
    """JSON Lines of so many articles, each of so many sentences."""
    lines = []
    for number in range(count):
        text = " ".join(f"The ferry {number} sailed {each} times." for each in range(sentences))
        lines.append(json.dumps({"title": f"Ferry {number}", "text": text}))
    return "\n".join(lines).encode()


def checks(count: int) -> bytes:
    rows = [
        REVIEW | {"url": f"https://post.example/{at}", "claimReviewed": f"Pier {at} is safe."}
        for at in range(count)
    ]
    return json.dumps(rows).encode()


def bring(cast: c.Cast, data: bytes, name: str = "many.jsonl", **said: Any) -> FileImport:
    (row,) = workflow.bring(cast.desk, [Sent(name, data, **said)], actor=cast.eda)
    return row


def now(row: FileImport) -> FileImport:
    return FileImport.objects.get(pk=row.pk)


def take_all(importer: FileImporter | None = None) -> None:
    importer = importer or FileImporter()
    while importer.take_next():
        pass


def wait_out() -> None:
    """As if the lease of a worker that was killed were over."""
    past = timezone.now() - dt.timedelta(minutes=1)
    FileImport.objects.filter(claimed_until__isnull=False).update(claimed_until=past)


def test_a_long_file_comes_in_step_by_step_and_says_how_far_it_is(cast):
    row, importer = bring(cast, articles(50)), FileImporter()
    assert how_far(now(row)) == "It waits for its turn."
    assert importer.take_next()
    assert how_far(now(row)) == "0 of 50 rows are in."
    seen = []
    while importer.take_next():
        seen.append(now(row).done)
        assert Article.objects.count() == now(row).done, "they are committed together"
    assert seen[:-1] == [20, 40, 50]
    ended = now(row)
    assert (ended.state, ended.new, ended.same) == (FileImportState.DONE, 50, 0)
    assert bytes(ended.data) == b""
    assert how_far(ended) == "Taken in: all 50 rows."
    lines = Transition.objects.filter(move="import", actor=cast.eda)
    assert lines.count() == 50


def test_where_no_worker_runs_that_is_said_after_a_while(cast):
    row = bring(cast, articles(1))
    row.at -= LONG_WAIT - dt.timedelta(minutes=1)
    assert how_far(row) == "It waits for its turn."
    row.at -= dt.timedelta(minutes=2)
    assert "whether the worker runs" in how_far(row)


def test_the_same_file_again_changes_nothing(cast):
    bring(cast, articles(5, 10))
    take_all()
    again = bring(cast, articles(5, 10))
    take_all()
    assert (now(again).new, now(again).same) == (0, 5)
    assert Article.objects.count() == 5


def test_checks_come_in_and_what_is_odd_is_kept(cast):
    data = json.dumps([*json.loads(checks(1_500)), {"@type": "ClaimReview"}]).encode()
    row = bring(cast, data, "checks.json")
    take_all()
    ended = now(row)
    assert (ended.state, ended.total, ended.new) == ("done", 1_500, 1_500)
    assert EarlierCheck.objects.count() == 1_500
    assert ended.odd_count == len(ended.odd)
    assert {"place": "/1500/claimReviewed", "value": "", "code": "no_claim"} in ended.odd


def test_where_a_row_is_wrong_nothing_comes_in_and_every_row_is_named(cast):
    lines = articles(30, 5).decode().splitlines()
    for at in (3, 7, *range(9, 30)):
        lines[at] = json.dumps({"title": "", "text": f"Text {at}."})
    row = bring(cast, "\n".join(lines).encode())
    take_all()
    ended = now(row)
    assert ended.state == FileImportState.REFUSED
    assert not Article.objects.exists()
    assert [each["line"] for each in ended.wrong] == [4, 8, *range(10, 31)]
    assert ended.wrong[0] == {
        "line": 4,
        "place": "/title",
        "value": "",
        "expected": "words",
        "number": 0,
    }
    assert why_refused(ended) == "Some of its rows are wrong."


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b"{", "this is no JSON"),
        ("a.txt", b"\x00\x01", "is NUL"),
        ("a.json", FULL.encode(), "Only superusers load fixtures"),
        ("many.json", b'{"a": 1}', "No check by others was found"),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_reason(cast, name, data, words):
    row = bring(cast, data, name)
    take_all()
    assert words in why_refused(now(row))
    assert how_far(now(row)) == "Nothing of it was taken in."


def test_a_fixture_of_articles_and_a_text_come_in_too(cast):
    mine, text = bring(cast, SHORT.encode(), "mine.json"), bring(cast, c.TEXT.encode(), "a.txt")
    take_all()
    assert {now(mine).state, now(text).state} == {"done"}
    assert Article.objects.count() == 2


def test_a_worker_that_was_killed_has_lost_nothing_and_doubles_nothing(cast):
    row, first = bring(cast, articles(50)), FileImporter()
    for _turn in range(2):
        first.take_next()
    assert now(row).done == 20
    second = FileImporter()
    assert not second.take_next(), "it is held"
    wait_out()
    take_all(second)
    assert (now(row).done, now(row).new, Article.objects.count()) == (50, 50, 50)
    # The first was not dead, only slow: it finds that it does not hold it any more.
    first.take_next()
    assert (now(row).done, now(row).new, Article.objects.count()) == (50, 50, 50)


def test_of_two_workers_that_think_they_hold_it_one_goes_on(cast):
    row, slow = bring(cast, articles(50)), FileImporter()
    slow.take_next()
    wait_out()
    quick = FileImporter()
    quick.take_next()
    slow.take_next()
    assert (now(row).done, Article.objects.count()) == (0, 0), "the slow one let go of it"
    quick.take_next()
    assert now(row).done == 20


def test_what_breaks_is_tried_again_and_given_up_after_some_times(cast, monkeypatch, caplog):
    row = bring(cast, articles(3))

    def break_off(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("annotations.tasks.file_imports.files.rows_of", break_off)
    for _turn in range(file_imports.MOST_TRIES):
        assert FileImporter().take_next()
        assert not FileImporter().take_next(), "not at once"
        wait_out()
    other = bring(cast, articles(2))
    monkeypatch.undo()
    take_all()
    assert "broke off each time" in why_refused(now(row))
    assert now(other).state == FileImportState.DONE, "the others go on"


def test_it_is_stopped_by_who_brought_it_and_what_is_in_stays(cast):
    row, importer = bring(cast, articles(50)), FileImporter()
    for _turn in range(2):
        importer.take_next()
    assert workflow.stop_file_import(now(row), actor=cast.eda)
    assert not workflow.stop_file_import(now(row), actor=cast.eda), "sent twice"
    take_all(importer)
    ended = now(row)
    assert (ended.state, ended.done, bytes(ended.data)) == ("stopped", 20, b"")
    assert how_far(ended) == "Stopped: 20 of 50 rows are in, and stay."
    assert Article.objects.count() == 20
    with pytest.raises(PermissionDenied):
        workflow.stop_file_import(row, actor=cast.eli)


def test_who_may_not_import_brings_nothing_and_loses_it_midway(cast):
    with pytest.raises(PermissionDenied):
        workflow.bring(cast.desk, [Sent("a.jsonl", b"{}")], actor=cast.ann)
    row, importer = bring(cast, articles(50)), FileImporter()
    for _turn in range(2):
        importer.take_next()
    Membership.objects.filter(user=cast.eda).update(role="checker")
    take_all(importer)
    assert now(row).problem == "no_right"
    assert Article.objects.count() == 20


def test_nobody_has_the_worker_take_in_without_end(cast):
    for _file in range(file_imports.MOST_WAITING):
        bring(cast, b"{}")
    with pytest.raises(workflow.Refused):
        bring(cast, b"{}")
    assert FileImport.objects.count() == file_imports.MOST_WAITING


def test_they_are_seen_by_who_brought_them_alone(cast):
    row = bring(cast, b"{}")
    assert list(FileImport.objects.visible_to(cast.eda)) == [row]
    for other in (cast.mia, cast.ann, cast.eli):
        assert not FileImport.objects.visible_to(other).exists()


def test_those_that_ended_are_deleted_in_time_and_none_that_waits(cast):
    old, waiting = bring(cast, articles(1, 2)), bring(cast, articles(1, 3))
    take_all()
    FileImport.objects.filter(pk=waiting.pk).update(state="waiting", ended_at=None)
    later = timezone.now() + dt.timedelta(days=31)
    assert cleaning.file_imports(later) == 1
    assert list(FileImport.objects.all()) == [waiting]
    assert not FileImport.objects.filter(pk=old.pk).exists()


def test_a_step_costs_the_same_wherever_in_the_file_it_is(cast):
    bring(cast, articles(60))
    importer, spent = FileImporter(), []
    importer.take_next()
    for _step in range(3):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            importer.take_next()
        spent.append(len(asked))
    assert len(set(spent)) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_work_lose_and_double_no_row(transactional_db):
    cast = c.Cast()
    row = bring(cast, articles(400))
    end = time.monotonic() + WAIT
    kills = 0
    while now(row).state == FileImportState.WAITING:
        assert time.monotonic() < end
        worker = start_worker(9)
        reached = now(row).done
        try:
            while now(row).done == reached and now(row).state == FileImportState.WAITING:
                assert time.monotonic() < end
                threading.Event().wait(0.02)
            if kills < 3:
                worker.kill()
                kills += 1
            else:
                while now(row).state == FileImportState.WAITING:
                    assert time.monotonic() < end
                    threading.Event().wait(0.05)
        finally:
            worker.kill()
            worker.wait()
        wait_out()
    assert kills == 3
    ended = now(row)
    assert (ended.state, ended.done, ended.new) == ("done", 400, 400)
    assert Article.objects.count() == Transition.objects.filter(move="import").count() == 400
    connections.close_all()


def test_where_there_is_no_room_it_waits_and_nothing_of_it_is_lost(cast, monkeypatch):
    row = bring(cast, articles(3))

    def full(_several: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(blobs, "keep_each", full)
        take_all()
    assert (now(row).state, Article.objects.count()) == ("waiting", 0)
    wait_out()
    take_all()
    assert (now(row).state, Article.objects.count()) == ("done", 3)
