"""nginx and Caddy with the files of docs/deploy, on loopback, in front of gunicorn as shipped.

They need nginx, caddy and openssl of Debian. The same on a Debian of its own is in
test_bare_debian.py.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.drills import proxies, restoring, strain
from tests.drills.proxies import Behind
from tests.serving import HOST, ROOT, Served, served
from tests.test_serving import LOST

pytestmark = [pytest.mark.drill, pytest.mark.machine]

HEAD = f"HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
FORGED = "203.0.113.9"
MEGABYTE = 1024**2
LARGEST = 26 * MEGABYTE
"""What the site takes: a saved copy with its form. No proxy may refuse it."""
INSIDE = (
    "/metrics", "/readyz", "//metrics", "/./metrics", "/x/../metrics", "/%6detrics", "/metrics?a=b",
    "/metrics/", "/metrics;a", "/metrics%2f", "/Metrics", "/readyz/", "/READYZ",
)  # fmt: skip
"""Spellings of what is for the inside only, with one that is another address for each rule."""


@pytest.fixture(params=sorted(proxies.MADE))
def proxy(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    """As shipped, but without its database: what is asked here needs none."""
    with served(LOST, METRICS_TOKEN="t") as site:
        yield site


@pytest.fixture
def at_site(site: Served, proxy: str, tmp_path: Path) -> Iterator[int]:
    """The proxy's port, in front of the site as shipped."""
    with proxies.before(site.port, proxy, tmp_path) as port:
        yield port


@pytest.fixture
def kept() -> Iterator[Behind]:
    with proxies.behind() as kept:
        yield kept


@pytest.fixture
def port(kept: Behind, proxy: str, tmp_path: Path) -> Iterator[int]:
    """The proxy's port, in front of what keeps all that comes."""
    with proxies.before(kept.port, proxy, tmp_path) as port:
        yield port


def said(port: int, *parts: bytes) -> bytes:
    """The whole answer to these parts; a client that is refused need not have sent them all."""
    answer = b""
    with strain.connected(HOST, port) as client:
        with suppress(OSError):
            for part in parts:
                client.sendall(part)
        with suppress(OSError):
            while received := client.recv(65536):
                answer += received
    return answer


def asked(port: int, path: str, *headers: str) -> bytes:
    lines = "".join(f"{header}\r\n" for header in headers)
    return said(port, f"GET {path} {HEAD}{lines}\r\n".encode())


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found[1]) if found else 0


def test_slow_clients_hold_nothing_behind_the_proxy(transactional_db, proxy, tmp_path, capsys):
    with (
        served(restoring.source().url, WEB_CONCURRENCY="3") as site,
        proxies.before(site.port, proxy, tmp_path) as port,
    ):
        with capsys.disabled():
            print(f"\n{proxy}")
            strain.main(HOST, port)
        with strain.slow_clients(HOST, port):
            for _time in range(strain.ASKED):
                strain.ask(HOST, port)
            assert proxies.comes(site.process, lambda: proxies.held_at(site.port) == 0)


def test_what_a_client_says_of_its_way_is_not_passed_on(kept, port):
    """Each of them decides something: the throttle's address, whether it is TLS, a line's id."""
    answer = asked(
        port, "/login/",
        f"X-Forwarded-For: {FORGED}", f"X-Forwarded-For: {FORGED}, {FORGED}",
        f"x-forwarded-for: {FORGED}", "X-Forwarded-Proto: http", "X-Request-ID: forged",
        "X-Request-ID: forged",
    )  # fmt: skip
    assert status(answer) == 204
    (came,) = kept.came
    assert came.headers["x-forwarded-for"] == ["127.0.0.1"]
    assert came.headers["x-forwarded-proto"] == ["https"]
    (own,) = came.headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f-]{32,36}", own)
    assert came.headers["host"] == [HOST]


def test_a_body_arrives_whole_or_not_at_all(kept, port):
    """Whoever sends all but its last byte has the site do nothing, and wait for nothing."""
    body = b"a" * (3 * MEGABYTE)
    head = f"POST /login/ {HEAD}Content-Length: {len(body)}\r\n\r\n".encode()
    with strain.connected(HOST, port) as client:
        client.sendall(head + body[:-1])
        assert status(asked(port, "/healthz")) == 204  # by now, it had long been passed on
        assert kept.begun == ["/healthz"]
        client.sendall(body[-1:])
        assert status(client.recv(4096)) == 204
    assert kept.came[-1].body == body


def test_what_the_site_takes_is_let_through_and_what_is_larger_is_refused_as_too_large(kept, port):
    def sent(size: int) -> int:
        head = f"POST /sources/ {HEAD}Content-Length: {size}\r\n\r\n".encode()
        return status(said(port, head, b"a" * size))

    assert sent(LARGEST) == 204
    assert len(kept.came.pop().body) == LARGEST
    assert sent(2 * LARGEST) == 413
    assert kept.came == []


def test_a_body_without_a_length_is_read_by_its_end_or_refused(at_site):
    """nginx counts it and passes it on; of Caddy's the site itself says that it wants a length."""
    head = f"POST /report/desk/ {HEAD}Origin: https://{HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"
    whole = said(at_site, head.encode(), b"5\r\na=b&c\r\n0\r\n\r\n")
    assert status(whole) in (403, 411), "its token is missing, or its length"
    endless = said(at_site, head.encode(), b"100000\r\n" + b"a" * MEGABYTE + b"\r\n" + b"zz\r\n")
    assert status(endless) in (400, 411, 502)
    assert status(asked(at_site, "/healthz")) == 200


def test_what_is_for_the_inside_is_not_reached(at_site):
    for path in INSIDE:
        answer = asked(at_site, path, "Authorization: Bearer t")
        assert status(answer) in (400, 403, 404), path
        assert b"factcheck_" not in answer, path
        assert not answer.endswith(b"ready"), path


def test_files_come_packed_and_are_asked_for_once(at_site):
    path = "/static/css/base.css"
    answer = asked(at_site, path, "Accept-Encoding: gzip")
    assert status(answer) == 200
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\nContent-Encoding: gzip" in head
    assert b"\r\nVary: Accept-Encoding" in head
    assert b"Transfer-Encoding: chunked" in head or b"Content-Length" in head
    if b"Transfer-Encoding: chunked" in head:
        body = b"".join(_chunks(body))
    assert gzip.decompress(body) == (ROOT / path.lstrip("/")).read_bytes()
    (changed,) = re.findall(rb"\r\nLast-Modified: ([^\r]+)", head)
    again = asked(at_site, path, f"If-Modified-Since: {changed.decode()}")
    assert status(again) == 304


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, body = body.partition(b"\r\n")
        yield body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]


def test_a_site_that_is_away_is_said_to_be_so(proxy, tmp_path):
    with proxies.before(proxies.free_port(), proxy, tmp_path) as port:
        assert status(asked(port, "/")) == 502
