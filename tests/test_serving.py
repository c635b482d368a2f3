"""gunicorn as shipped: slow clients hold no thread, and what arrives in parts arrives whole."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from factcheck import patient
from tests.serving import HOST, PATIENCE, ROOT, Served, served

LOST = "postgresql://factcheck@127.0.0.1:1/factcheck"
EACH = 20
"""Slow clients of each kind; fifteen times as many in all as there are threads here."""

HEAD = f"HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
# None of these needs the database; the font is the largest of the static files.
BEGUN = {
    "head": f"GET /healthz {HEAD}X-Slow: ",
    "body": f"POST /report/desk/ {HEAD}Content-Length: 100000\r\n\r\n",
    "reading": f"GET /static/vendor/dejavu/DejaVuSerif-Bold.ttf {HEAD}\r\n",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served(LOST) as site:
        yield site


def connected(site: Served, receives: int = 0) -> socket.socket:
    connection = socket.socket()
    if receives:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    connection.settimeout(PATIENCE)
    connection.connect(("127.0.0.1", site.port))
    return connection


@contextmanager
def slow_clients(site: Served, each: int) -> Iterator[None]:
    """Clients that send a head or a body by the byte, or take an answer by the byte."""
    done = Event()
    clients = [
        (kind, connected(site, receives=2048 if kind == "reading" else 0))
        for kind in BEGUN
        for _number in range(each)
    ]
    for kind, client in clients:
        client.sendall(BEGUN[kind].encode())

    def dawdle() -> None:
        while not done.wait(0.5):
            for kind, client in clients:
                try:
                    client.recv(1) if kind == "reading" else client.sendall(b"a")
                except OSError:
                    continue  # it was given up: it was too slow

    thread = Thread(target=dawdle)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        for _kind, client in clients:
            client.close()


def test_beside_sixty_slow_clients_a_normal_one_is_answered(site):
    with slow_clients(site, EACH):
        for _turn in range(10):
            assert site.ask("/robots.txt").status == 200
            time.sleep(0.2)


def exchange(site: Served, *parts: bytes) -> bytes:
    """What comes back for these parts, sent apart."""
    with connected(site) as client:
        for part in parts:
            client.sendall(part)
            time.sleep(0.05)
        answer = b""
        while received := client.recv(65536):
            answer += received
        return answer


def test_a_request_in_parts_is_one_request(site):
    ending = b"Connection: close\r\n\r\n"
    head = f"GET /healthz {HEAD}".encode()
    answer = exchange(site, head[:9], head[9:], ending[:-1], ending[-1:])
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"ok")


def test_requests_sent_ahead_are_each_answered(site):
    one = f"GET /healthz {HEAD}\r\n".encode()
    last = f"GET /robots.txt {HEAD}Connection: close\r\n\r\n".encode()
    answer = exchange(site, one + one[:20], one[20:] + last)
    assert answer.count(b"HTTP/1.1 200") == 3
    assert b"Sitemap:" in answer


def test_a_large_body_is_read_whole_and_a_larger_one_refused(site):
    field = "&".join(f"title={'x' * 1000}" for _number in range(5000))  # about 5 MB
    answer = site.ask(
        "/report/desk/", "POST", field, Origin=f"https://{HOST}", Expect="100-continue"
    )
    assert answer.status == 403, "its token is missing: it was read"
    assert site.ask("/report/desk/", "POST", "x" * (12 * 1024 * 1024)).status == 413


@pytest.mark.drill  # it waits for as long as the server does
def test_a_head_that_never_ends_is_ended(site):
    with connected(site) as client:
        client.sendall(BEGUN["head"].encode())
        assert client.recv(100).startswith(b"HTTP/1.1 408")


@pytest.fixture(scope="module")
def impatient() -> Iterator[Served]:
    with served(LOST, "--worker-class", "tests.impatient.Worker") as site:
        yield site


def trickled(site: Served, begun: str, part: bytes = b"a") -> bytes:
    """What comes back for a request of which a part is sent now and then, without end."""
    with connected(site) as client:
        client.sendall(begun.encode())
        client.settimeout(0.1)
        for _turn in range(10 * PATIENCE):
            with suppress(TimeoutError):
                return client.recv(100)
            client.sendall(part)
    raise AssertionError("it was waited for without end")


@pytest.mark.parametrize("kind", ["head", "body"])
def test_what_trickles_in_without_end_is_ended(impatient, kind):
    """No part is waited for too long: it is all of it together that takes too long."""
    assert trickled(impatient, BEGUN[kind]).startswith(b"HTTP/1.1 408")
    assert patient.BODY_SECONDS < 200, "as shipped, it is a matter of minutes too"


@pytest.mark.parametrize("beside", ["", "Content-Length: 5\r\n"])
def test_a_body_that_does_not_say_how_long_it_is_is_refused_before_it_comes(site, beside):
    """A thread would have waited for its end. It is sent on a connection that was good before."""
    begun = f"POST /report/desk/ {HEAD}{beside}Transfer-Encoding: chunked\r\n\r\n"
    with connected(site) as client:
        client.sendall(f"GET /healthz {HEAD}\r\n".encode())
        answer = b""
        while not answer.endswith(b"ok"):
            answer += client.recv(4096)
        client.sendall(begun.encode())
        assert client.recv(100).startswith(b"HTTP/1.1 411")
    with connected(site) as client:
        for part in (begun[:-20], begun[-20:-1], begun[-1:]):
            client.sendall(part.encode())
        assert client.recv(100).startswith(b"HTTP/1.1 411")


def test_the_first_page_of_a_new_process_is_like_any_other(tmp_path):
    """Its code is read while nobody waits: on a busy machine it took two seconds."""
    asked = "import sys, factcheck.wsgi; print('annotations.urls' in sys.modules)"
    environment = {
        "SECRET_KEY": "s" * 60,
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": LOST,
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "FACTCHECK_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "True\n"


def test_what_a_worker_has_loaded_is_looked_through_for_garbage_no_more():
    code = (
        "import gc; from factcheck import serving; serving.post_worker_init(None);"
        "print(gc.get_freeze_count() > 1000); serving.on_exit(None)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "True\n"
