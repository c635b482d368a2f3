"""A desk's own archive: how it is told, and how far it is believed."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations.models import Desk
from tests.capture import servers
from tests.tasks.services import Reply, serving
from tests.tasks.test_captures import page_of

from .archived import ARCHIVED, PAGE, only, turn


def test_a_desks_own_archive_is_told_by_a_signed_message(cast, own, service):
    site = service(Reply({"status": "done", "archived_url": "https://archive.example/1"}))
    assert turn()
    (heard,) = site.heard
    row = only()
    assert (heard.method, heard.path) == ("POST", "/hook?desk=1")
    said = json.loads(heard.body)
    assert (said["type"], said["data"]) == ("page.save", {"id": str(row.uuid), "url": PAGE})
    name, moment = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
    key = base64.b64decode(printed_key(cast.desk).removeprefix("whsec_"))
    signed = hmac.digest(key, f"{name}.{moment}.".encode() + heard.body, "sha256")
    assert heard.headers["webhook-signature"] == "v1," + base64.b64encode(signed).decode()
    assert abs(int(moment) - timezone.now().timestamp()) < 300
    assert name == str(row.uuid)
    assert (row.state, row.archived_url) == ("answered", "https://archive.example/1")
    assert "Said by the desk’s own archive" in page_of(cast.eda, own)


def printed_key(desk: Desk) -> str:
    out = StringIO()
    call_command("archiver_key", desk.slug, stdout=out)
    return out.getvalue().strip()


def test_each_desk_has_a_key_of_its_own(cast):
    other = Desk.objects.create(
        name="Other", slug="other", organisation="Other", scale=cast.desk.scale
    )
    assert printed_key(cast.desk) != printed_key(other)


def test_it_may_answer_later_and_is_asked_below_its_own_address(own, service):
    done = {"status": "done", "archived_url": ARCHIVED, "at": "2026-11-29T11:15:00+01:00"}
    site = service(Reply(None))
    pending = {"status": "pending", "job": f"{site.home}/jobs/1?x=2"}
    answers = [Reply(pending, 202), Reply({"status": "pending"}), Reply(done)]
    site.say = lambda _heard: answers.pop(0)
    for _time in range(3):
        assert turn()
    assert [(each.method, each.path) for each in site.heard[1:]] == [("GET", "/jobs/1?x=2")] * 2
    assert all(each.headers["webhook-signature"] for each in site.heard)
    row = only()
    assert (row.state, row.archived_url) == ("answered", ARCHIVED)
    assert row.archived_at == dt.datetime(2026, 11, 29, 10, 15, tzinfo=dt.UTC)


def test_it_cannot_have_another_host_asked(own, service):
    with servers.serving(servers.page(b"{}")) as canary:
        service(Reply({"status": "pending", "job": f"http://{canary.name}/"}))
        assert turn()
        assert not turn()
        assert canary.connections == 0
    assert (only().state, only().problem) == ("failed", "elsewhere")


def test_a_job_of_a_name_that_cannot_be_kept_is_none(own, service):
    site = service(Reply(None))
    site.say = lambda _heard: Reply({"status": "pending", "job": f"{site.home}/{'j' * 600}"})
    assert turn()
    assert (only().state, only().problem) == ("failed", "elsewhere")


def test_another_archive_of_the_desk_is_told_and_not_asked_after_the_jobs_of_the_first(
    own, service, settings
):
    first = service(Reply(None))
    first.say = lambda _heard: Reply({"status": "pending", "job": f"{first.home}/jobs/1"}, 202)
    assert turn()
    with serving(lambda _heard: Reply({"status": "done"})) as second:
        settings.FETCH_ALLOWED = [*settings.FETCH_ALLOWED, second.name]
        Desk.objects.update(archiver=f"{second.home}/hook")
        assert turn()
        (heard,) = second.heard
    assert (heard.method, heard.path) == ("POST", "/hook")
    assert len(first.heard) == 1, "the first is asked nothing more"
    assert only().state == "answered"


def test_one_that_takes_it_and_says_nothing_is_believed_no_more_than_that(cast, own, service):
    service(Reply(b"", 204))
    assert turn()
    assert (only().state, only().archived_url) == ("answered", "")
    assert "does not say where its copy is" in page_of(cast.eda, own)


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "https://me:word@archive.example/1",
        "https://archive.example/" + "a" * 2500,
        7,
    ],
)
def test_what_is_no_web_address_is_none_of_a_copy(own, service, said):
    service(Reply({"status": "done", "archived_url": said, "at": "soon"}))
    assert turn()
    assert (only().archived_url, only().archived_at) == ("", None)
