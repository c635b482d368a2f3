"""What a service that saves pages answers: that it is busy, in trouble, or will not."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from annotations.formats import archiving as archiving_formats
from annotations.models import ArchiveAnswer, Desk
from annotations.tasks import captures
from annotations.tasks.archiving import begin
from annotations.workflow import archiving
from tests.capture import servers
from tests.tasks.services import Reply, serving
from tests.tasks.test_captures import page_of

from .archived import JOB, PENDING, also_cited, only, turn


def test_a_service_that_is_busy_is_left_alone_for_as_long_as_it_says(cast, source, service):
    site = service(Reply({"message": "Slow down"}, 429, {"Retry-After": "7200"}), Reply(JOB))
    assert turn()
    row = only()
    assert (row.state, row.problem) == ("waiting", "busy")
    assert row.next_try_at > timezone.now() + dt.timedelta(seconds=7000)
    also_cited(source, cast.ben, "https://records.example/other")
    begin(timezone.now())
    at = timezone.now() + dt.timedelta(minutes=10)
    assert archiving.claim(["internet_archive"], at) is None, "nothing else is sent there either"
    assert "busy" in page_of(cast.eda, source)
    assert turn()
    assert len(site.heard) == 2


def test_a_service_in_trouble_is_asked_again_and_given_up_in_the_end(cast, source, service):
    site = service(Reply({"message": "Oh"}, 503))
    for _time in range(archiving.MOST_TRIES):
        assert turn()
    assert not turn()
    assert len(site.heard) == archiving.MOST_TRIES
    assert (only().state, only().problem) == ("failed", "answer")
    assert "It answered 503." in page_of(cast.eda, source)


@pytest.mark.parametrize(
    "junk",
    [
        b"<html>Sign in</html>",
        b"\xff\x00\xfe",
        b"[1, 2]",
        b'{"job_id": 7}',
        b'{"job_id": "../../admin"}',
        b'{"status": "success", "timestamp": "soon", "original_url": "https://a.example/"}',
        b'{"status": "success", "timestamp": "20261129101500", "original_url": "javascript:1"}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b"[" * 5000,
        b"{}",
    ],
)
def test_what_cannot_be_read_is_kept_as_such_and_asked_again(cast, source, service, junk):
    service(Reply(junk))
    assert turn()
    assert (only().state, only().problem) == ("waiting", "junk")
    assert ArchiveAnswer.objects.count() == 1
    assert "could not be read" in page_of(cast.eda, source)


def test_a_long_answer_is_shortened_and_one_without_end_is_none(source, service):
    many = JOB | {f"name{n}": "x" * 5000 for n in range(40)}
    service(Reply(many), Reply(b" " * 5_000_000))
    assert turn()
    (said,) = ArchiveAnswer.objects.values_list("said", flat=True)
    assert len(said) == archiving_formats.MOST_FIELDS
    assert len(json.dumps(said)) < 40_000
    Desk.objects.update(to_internet_archive=True)
    assert turn()
    assert only().problem == "too_large"


def test_a_redirect_is_not_followed_and_no_key_goes_elsewhere(cast, source, service):
    with servers.serving(servers.page(b"secret")) as canary:
        service(Reply(b"", 302, {"Location": f"http://{canary.name}/"}))
        assert turn()
        assert canary.connections == 0
    assert (only().state, only().problem) == ("failed", "led_on")
    assert "is not followed" in page_of(cast.eda, source)


def test_a_service_on_a_private_address_is_not_reached_unless_the_site_says_so(own, settings):
    with serving(lambda _heard: Reply({"status": "done"})) as inside:
        Desk.objects.update(archiver=f"{inside.home}/hook")
        assert turn()
        assert inside.heard == []
        assert (only().state, only().problem) == ("waiting", "port")
        settings.FETCH_PORTS = [int(inside.name.rpartition(":")[2])]
        assert turn()
        assert inside.heard == []
        assert only().problem == "not_public"
        settings.FETCH_ALLOWED = [inside.name]
        assert turn()
        assert only().state == "answered"


@pytest.mark.parametrize(
    ("hook", "problem"), [("ftp://archive.example/hook", "address"), ("https:///hook", "address")]
)
def test_an_archive_is_asked_by_a_web_address_or_not_at_all(own, hook, problem):
    """Whoever wrote it there: the form, or a desk that was moved."""
    Desk.objects.update(archiver=hook)
    assert turn()
    assert (only().state, only().problem) == ("waiting", problem)


def test_a_service_that_answers_a_byte_at_a_time_holds_nobody(source, service, monkeypatch):
    monkeypatch.setattr(captures, "SECONDS", 0.3)
    service(Reply(drip=True))
    assert turn()
    assert (only().state, only().problem) == ("waiting", "too_slow")


def test_a_service_that_cannot_be_reached_is_asked_again(source, service):
    service(Reply(JOB))
    with serving(lambda _heard: Reply(JOB)) as gone:
        name = gone.name
    Desk.objects.update(to_internet_archive=False, archiver=f"http://{name}/")
    assert turn()
    assert only().state == "waiting"


def test_keys_that_are_not_known_are_said_and_nothing_is_given_up(cast, source, service):
    service(Reply({"message": "You need to be logged in"}, 401))
    for _time in range(archiving.MOST_TRIES + 2):
        assert turn()
    assert (only().state, only().problem) == ("waiting", "keys")
    assert "does not know this site’s keys" in page_of(cast.eda, source)


def test_what_it_refuses_for_good_is_its_to_say(cast, source, service):
    no = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
    service(Reply(no))
    assert turn()
    assert (only().state, only().about_problem) == ("failed", {"said": "This URL is blocked."})
    assert '<q dir="auto">This URL is blocked.</q>' in page_of(cast.eda, source)


def test_work_that_it_gives_up_is_sent_again_and_work_without_end_is_given_up(
    source, service, time_machine
):
    late = {"status": "error", "status_ext": "error:celery", "message": "Later"}
    site = service(Reply(JOB), Reply(late), Reply(JOB), Reply(PENDING))
    for _time in range(4):
        assert turn()
    assert [each.method for each in site.heard] == ["POST", "GET", "POST", "GET"]
    assert only().state == "asked"
    time_machine.move_to(timezone.now() + archiving.GIVEN_UP_AFTER + dt.timedelta(hours=1))
    assert turn()
    assert (only().state, only().problem) == ("failed", "no_answer")
