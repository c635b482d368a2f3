"""Pages recorded as their servers gave them, read back by another's reader."""

from __future__ import annotations

import gzip
import io
from base64 import b32encode
from collections import defaultdict
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from annotations.capture import recording
from annotations.capture.fetch import Bounds, Unfetchable

from . import servers
from .names import certified, named, trust

PAGE = b"<html><title>Ferry</title><p>It returns."


def site(pages: dict[str, servers.Answer], robots: servers.Answer | None = None) -> servers.Answer:
    """A server that answers by path; anything else is not there."""
    missing = servers.page(b"No.", status="404 Not Found")
    all_pages = {"/robots.txt": robots or missing} | pages

    def answer(connection, head):
        path = head.split(" ")[1]
        all_pages.get(path, missing)(connection, head)

    return answer


def bounds(*allowed: servers.Server, **fields) -> Bounds:
    return Bounds(allowed=[each.name for each in allowed], seconds=5, **fields)


def record(server: servers.Server, path: str = "/a", **fields) -> list[recording.Answer]:
    return recording.record(f"http://{server.name}{path}", bounds(server, **fields))


def why_not(answer: servers.Answer, **fields) -> Unfetchable:
    """Why a page of this server is not recorded."""
    with servers.serving(answer) as server, pytest.raises(Unfetchable) as problem:
        record(server, **fields)
    return problem.value


def records(data: bytes) -> dict[str, list]:
    found = defaultdict(list)
    for each in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        body = each.content_stream().read()
        found[each.rec_type].append((each.rec_headers, each.http_headers, body))
    return found


def test_a_page_and_what_led_to_it_are_read_back_by_warcio():
    pages = {"/a": servers.redirect("/b"), "/b": servers.page(PAGE, "ETag: x")}
    with servers.serving(site(pages)) as server:
        answers = record(server)
        found = records(recording.warc(answers, "Factcheck test"))
    assert [each.status for each in answers] == [302, 200]
    assert len(found["warcinfo"]) == 1
    assert len(found["request"]) == len(found["response"]) == 2
    about, said, body = found["response"][1]
    assert body == PAGE
    assert about["WARC-Target-URI"] == f"http://{server.name}/b"
    assert about["WARC-IP-Address"] == "127.0.0.1"
    digest = b32encode(sha256(PAGE).digest()).decode()
    assert about["WARC-Payload-Digest"] == f"sha256:{digest}"
    assert (said.get_statuscode(), said["ETag"]) == ("200", "x")
    asked = found["request"][1][1]
    assert asked.get_header("Host") == server.name
    assert asked.get_header("Cookie") is None


def test_a_packed_page_is_kept_unpacked_and_says_how_it_came():
    packed = servers.page(gzip.compress(PAGE), "Content-Encoding: gzip")
    with servers.serving(site({"/a": packed})) as server:
        found = records(recording.warc(record(server), "Factcheck test"))
    _about, said, body = found["response"][0]
    assert body == PAGE
    assert said["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert said["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "text/plain"])
def test_any_kind_of_file_is_recorded_as_it_is(media_type):
    data = bytes(range(256))
    with servers.serving(site({"/a": servers.page(data, f"Content-Type: {media_type}")})) as server:
        answer = record(server)[-1]
    assert (answer.data, answer.media_type) == (data, media_type)


@pytest.mark.parametrize(
    ("status", "code", "is_passing"),
    [
        ("401 Unauthorized", "closed", False),
        ("402 Payment Required", "closed", False),
        ("403 Forbidden", "closed", False),
        ("404 Not Found", "gone", False),
        ("410 Gone", "gone", False),
        ("429 Too Many Requests", "status", True),
        ("500 Oops", "status", True),
        ("503 Later", "status", True),
        ("204 No Content", "status", False),
    ],
)
def test_what_is_not_the_page_says_why(status, code, is_passing):
    problem = why_not(site({"/a": servers.page(b"", status=status)}))
    assert problem.code == code
    assert recording.is_passing(problem) is is_passing


ROBOTS = b"User-agent: Factcheck\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"


def test_robots_are_obeyed_by_our_name():
    robots = servers.page(ROBOTS, "Content-Type: text/plain")
    pages = {"/a": servers.page(PAGE), "/private": servers.page(PAGE)}
    with servers.serving(site(pages, robots)) as server:
        assert record(server)[-1].data == PAGE
        with pytest.raises(Unfetchable) as problem:
            record(server, "/private")
        assert problem.value.code == "robots"
        assert not any(head.startswith("GET /private") for head in server.heard)


def test_robots_that_cannot_be_read_now_let_nobody_in_yet():
    broken = servers.page(b"", status="503 Later")
    with servers.serving(site({"/a": servers.page(PAGE)}, broken)) as server:
        with pytest.raises(Unfetchable) as problem:
            record(server)
        assert recording.is_passing(problem.value)
        assert not any(head.startswith("GET /a") for head in server.heard)


def test_a_canary_that_a_page_leads_to_is_never_touched():
    with servers.serving(servers.page(b"secret")) as canary:
        leading = {"/a": servers.redirect(f"http://{canary.name}/")}
        with servers.serving(site(leading)) as server, pytest.raises(Unfetchable) as problem:
            record(server)
        assert problem.value.code in ("not_public", "port")
        assert canary.connections == 0


def test_bounds_hold_for_what_is_recorded():
    large = site({"/a": servers.page(b"x" * 2000)})
    assert why_not(large, size=1000).code == "too_large"
    assert why_not(site({"/a": servers.redirect("/a")})).code == "redirects"


# --- redirects to another scheme ---


@pytest.mark.parametrize("first", ["http", "https"])
def test_a_redirect_may_change_the_scheme_there_and_back(monkeypatch, first):
    """Each step is asked in its own way: nothing of TLS is left where it leads to plain HTTP."""
    named(monkeypatch, paper_example=["127.0.0.1"])
    trust(monkeypatch)
    second = "https" if first == "http" else "http"
    ways: dict[str, str] = {}
    at_first = {"/a": lambda *told: servers.redirect(f"{ways[second]}/b")(*told)}
    at_first["/c"] = servers.page(PAGE)
    at_second = {"/b": lambda *told: servers.redirect(f"{ways[first]}/c")(*told)}
    tls = {"https": certified(), "http": None}
    with (
        servers.serving(site(at_first), tls=tls[first]) as one,
        servers.serving(site(at_second), tls=tls[second]) as other,
    ):
        ways[first] = f"{first}://paper.example:{one.port}"
        ways[second] = f"{second}://paper.example:{other.port}"
        answers = recording.record(f"{ways[first]}/a", bounds(one, other))
    addresses = [f"{ways[first]}/a", f"{ways[second]}/b", f"{ways[first]}/c"]
    assert [each.address for each in answers] == addresses
    assert answers[-1].data == PAGE
    kept, _missed = recording.read(recording.warc(answers, "Test"))
    assert [each.address for each in kept] == addresses


def test_a_redirect_to_a_server_that_nobody_certified_is_not_followed(monkeypatch):
    named(monkeypatch, paper_example=["127.0.0.1"])
    with servers.serving(site({"/b": servers.page(PAGE)}), tls=certified()) as other:
        leads = servers.redirect(f"https://paper.example:{other.port}/b")
        with servers.serving(site({"/a": leads})) as one, pytest.raises(Unfetchable) as problem:
            recording.record(f"http://paper.example:{one.port}/a", bounds(one, other))
    assert (problem.value.code, other.heard) == ("certificate", [])
