"""A page looked at again: whether it is the same, moved, and how long its server sends us away."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from annotations.capture.fetch import Bounds
from annotations.capture.looking import LONGEST_WAIT, look, retry_after

from . import servers

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
NO_ROBOTS = servers.page(b"", status="404 Not Found")


def seen(answer: servers.Answer, heads: list[str] | None = None, **asked: str):
    """What a look at this server finds; `heads` gets what was said to it of the page."""

    def site(connection, head):
        if head.startswith("GET /robots.txt"):
            return NO_ROBOTS(connection, head)
        if heads is not None:
            heads.append(head)
        return answer(connection, head)

    with servers.serving(site) as server:
        bounds = Bounds(allowed=frozenset([server.name]))
        return look(f"http://{server.name}/a", bounds, **asked)


def test_a_server_is_asked_whether_it_is_the_same():
    heads: list[str] = []
    same = servers.page(b"", 'ETag: "1"', status="304 Not Modified")
    found = seen(same, heads, etag='"1"', last_modified="Tue, 24 Nov 2026 09:00:00 GMT")
    assert found.is_same
    assert 'If-None-Match: "1"' in heads[0]
    assert "If-Modified-Since: Tue, 24 Nov 2026 09:00:00 GMT" in heads[0]
    heads.clear()
    found = seen(servers.page(b"x", 'ETag: "2"', "Last-Modified: now"), heads)
    assert "If-None-Match" not in heads[0]
    assert found.validators == ('"2"', "now")


@pytest.mark.parametrize(
    ("status", "is_moved"), [("301 M", True), ("308 M", True), ("302 M", False)]
)
def test_only_what_leads_on_for_good_has_moved(status, is_moved):
    moved = servers.page(b"", "Location: /b", status=status)
    there = servers.page(b"There", 'ETag: "3"')

    def answer(connection, head):
        (moved if head.startswith("GET /a") else there)(connection, head)

    found = seen(answer)
    assert found.is_led_on
    assert found.is_moved is is_moved
    assert found.answer.data == b"There"
    assert found.validators == ("", ""), "they are of another address"


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("", 0),
        ("120", 120),
        ("99999999999999", LONGEST_WAIT.total_seconds()),
        ("-1", 0),
        ("soon", 0),
        ("٣", 0),
        (format_datetime(NOW + dt.timedelta(hours=1), usegmt=True), 3600),
        (format_datetime(NOW - dt.timedelta(hours=1), usegmt=True), 0),
        ("Tue, 24 Nov 2026 10:00:00 -0000", 3600),
        ("Tue, 99 Nov 2026 10:00:00 GMT", 0),
        ("Tue, 24 Nov 9999 10:00:00 GMT", LONGEST_WAIT.total_seconds()),
    ],
)
def test_how_long_a_server_sends_us_away(said, wait):
    assert retry_after(said, NOW).total_seconds() == wait
