"""Fetching what a stranger names: real servers on loopback, and a canary that hears nothing."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from annotations.capture.addresses import is_public
from annotations.capture.fetch import Bounds, Page, Unfetchable, fetch
from tests.capture.names import certified, named, trust
from tests.capture.servers import Server, page, redirect, serving


def allowing(*servers: Server, seconds: float = 5, size: int = 100_000) -> Bounds:
    return Bounds(seconds, size, allowed={server.name for server in servers})


def refusal(address: str, bounds: Bounds | None = None) -> str:
    with pytest.raises(Unfetchable) as refused:
        fetch(address, bounds or Bounds(seconds=5))
    assert str(refused.value)
    return refused.value.code


# --- what arrives ---


def test_a_page_arrives_with_its_type_and_charset_and_where_it_came_from():
    with serving(page(b"<p>Caf\xe9</p>", "Content-Type: text/html; charset=ISO-8859-1")) as server:
        url = f"http://{server.name}/news?id=1#top"
        found = fetch(url, allowing(server))
    assert found == Page(url.removesuffix("#top"), b"<p>Caf\xe9</p>", "text/html", "iso-8859-1")


def test_no_cookie_and_no_credential_is_sent_not_even_one_that_was_set():
    with (
        serving(page()) as last,
        serving(
            page(b"", f"Location: http://{last.name}/", "Set-Cookie: a=b", status="301 Moved")
        ) as first,
    ):
        fetch(f"http://{first.name}/", allowing(first, last))
    for head in (*first.heard, *last.heard):
        assert "cookie" not in head.lower()
        assert "authorization" not in head.lower()
    assert last.heard[0].startswith("GET / HTTP/1.1\r\n")


def test_what_is_not_ascii_in_an_address_is_written_as_addresses_are():
    with serving(page()) as server:
        fetch(f"http://{server.name}/запрос/%20?q=день", allowing(server))
    assert server.heard[0].startswith("GET /%D0%B7%D0%B0%D0%BF%D1%80%D0%BE%D1%81/%20?q=%D0%B4")


def test_a_packed_page_is_unpacked():
    body = gzip.compress(b"<p>Hello</p>")
    with serving(page(body, "Content-Encoding: gzip")) as server:
        assert fetch(f"http://{server.name}/", allowing(server)).data == b"<p>Hello</p>"


def test_a_page_in_chunks_is_put_together():
    def answer(connection: socket.socket, _head: str) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    with serving(answer) as server:
        assert fetch(f"http://{server.name}/", allowing(server)).data == b"abcde"


def test_a_page_is_read_over_ipv6_too():
    with serving(page(), host="::1") as server:
        assert fetch(f"http://{server.name}/", allowing(server)).data == b"<p>Hello</p>"


# --- what does not ---


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page(status="404 Not Found"), "status"),
        (page(status="500 Oops"), "status"),
        (page(b"", "Content-Type: image/png"), "type"),
        (page(b"x" * 2000), "too_large"),
        (page(gzip.compress(b"x" * 2_000_000), "Content-Encoding: gzip"), "too_large"),
        (page(b"nonsense", "Content-Encoding: gzip"), "coding"),
        (page(b"x", "Content-Encoding: br"), "coding"),
        (page(b"", "Location: ///", status="302 Found"), "redirects"),
        (page(b"", "Location: http://[", status="302 Found"), "address"),
        (page(b"", "Location: file:///etc/passwd", status="302 Found"), "address"),
        (page(b"", "Location: http://u:p@paper.example/", status="302 Found"), "credentials"),
        (lambda connection, _head: connection.sendall(b"SSH-2.0-x\r\n"), "broken"),
        (lambda connection, _head: None, "broken"),
        (
            lambda connection, _head: connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nabc"
            ),
            "broken",
        ),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(answer, code):
    with serving(answer) as server:
        assert refusal(f"http://{server.name}/", allowing(server, size=1000)) == code


def test_a_page_that_leads_round_in_circles_is_given_up():
    with serving(redirect("/again")) as server:
        assert refusal(f"http://{server.name}/", allowing(server)) == "redirects"
    assert len(server.heard) == 6


TO_THE_END: list[str] = []


def drip(said: bytes, then: bytes):
    """A server that says a part at once and the rest a byte at a time, and notes if it got to."""

    def answer(connection: socket.socket, _head: str) -> None:
        connection.sendall(said)
        for _byte in range(300):
            connection.sendall(then)
            time.sleep(0.01)
        TO_THE_END.append("heard out")

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\nContent-Type: text/html\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        lambda connection, _head: time.sleep(0.6),
    ],
    ids=["a body without end", "a body with one", "the head", "silence"],
)
def test_a_server_that_takes_its_time_is_left_when_the_time_is_over(answer):
    TO_THE_END.clear()
    with serving(answer) as server:
        assert refusal(f"http://{server.name}/", allowing(server, seconds=0.3)) == "too_slow"
    assert TO_THE_END == [], "the connection was cut, not heard to its end"


def test_a_page_that_unpacks_without_end_takes_no_memory():
    bomb = gzip.compress(bytes(50_000_000))
    with serving(page(bomb, "Content-Encoding: gzip")) as server:
        tracemalloc.start()
        try:
            assert refusal(f"http://{server.name}/", allowing(server)) == "too_large"
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 10_000_000


def test_a_handshake_that_never_ends_is_left_too():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        name = f"127.0.0.1:{silent.getsockname()[1]}"
        bounds = Bounds(seconds=0.3, allowed={name})
        assert refusal(f"https://{name}/", bounds) == "too_slow"


def test_a_name_that_nobody_answers_for_is_left_when_the_time_is_over(monkeypatch):
    stop = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: stop.wait(5) and [])
    assert refusal("http://paper.example/", Bounds(seconds=0.2)) == "too_slow"
    stop.set()


# --- names and certificates ---


@pytest.fixture
def tls() -> ssl.SSLContext:
    return certified()


def test_the_certificate_is_checked_against_the_name_and_the_name_is_asked_for(monkeypatch, tls):
    asked_for: list[str] = []
    tls.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    named(monkeypatch, paper_example=["127.0.0.1"], other_example=["127.0.0.1"])
    trust(monkeypatch)
    with serving(page(), tls=tls) as server:
        url = f"https://paper.example:{server.port}/"
        assert fetch(url, allowing(server)).data == b"<p>Hello</p>"
        assert asked_for == ["paper.example"]
        assert f"Host: paper.example:{server.port}\r\n" in server.heard[0]
        other = f"https://other.example:{server.port}/"
        assert refusal(other, allowing(server)) == "certificate"


def test_a_certificate_that_nobody_trusts_is_refused(monkeypatch, tls):
    named(monkeypatch, paper_example=["127.0.0.1"])
    with serving(page(), tls=tls) as server:
        url = f"https://paper.example:{server.port}/"
        assert refusal(url, allowing(server)) == "certificate"
    assert server.heard == []


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that answers otherwise the second time gains nothing: it is not asked twice."""
    asked = named(monkeypatch, paper_example=["93.184.215.14", "2606:2800:21f:cb07::1"])
    reached: list[str] = []

    def connect(address: str, _port: int, _seconds: float) -> socket.socket:
        reached.append(address)
        raise OSError

    monkeypatch.setattr("annotations.capture.fetch._connect", connect)
    assert refusal("https://paper.example/") == "refused"
    assert asked == ["paper.example"]
    assert reached == ["93.184.215.14", "2606:2800:21f:cb07::1"]


def test_one_address_that_is_not_public_among_others_is_enough_to_refuse(monkeypatch):
    named(monkeypatch, paper_example=["93.184.215.14", "10.0.0.1"])
    assert refusal("https://paper.example/") == "not_public"


def test_a_name_that_leads_nowhere_is_said_to_be_unknown(monkeypatch):
    named(monkeypatch)
    assert refusal("https://no-such-paper.example/") == "not_found"


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 65535])
def test_only_the_ports_of_the_web_are_fetched_from(monkeypatch, port):
    named(monkeypatch, paper_example=["93.184.215.14"])
    assert refusal(f"http://paper.example:{port}/") == "port"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "paper.example",
        "ftp://paper.example/",
        "file:///etc/passwd",
        "gopher://paper.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//paper.example/",
        "http:///x",
        "http://",
        "http://paper.example:0/",
        "http://paper.example:99999/",
        "http://paper.example:x/",
        "http://[::1",
        "http://paper.example\\@127.0.0.1/",
        "http://paper.example/\r\nX-Injected: 1",
        "http://pa per.example/",
        "http://paper.example/" + "x" * 2000,
    ],
)
def test_what_is_no_web_address_is_refused(address):
    assert refusal(address) == "address"


@pytest.mark.parametrize(
    "address", ["http://u@paper.example/", "http://u:p@paper.example/", "http://@paper.example/"]
)
def test_an_address_with_credentials_is_refused(address):
    assert refusal(address) == "credentials"


# --- the canary ---

ANY = "0.0.0.0"  # noqa: S104 -- a form that leads to loopback; the canary listens to all of them

# Hosts that have led such fetchers to loopback, private networks or the metadata of clouds.
BYPASSES = [
    "127.0.0.1",
    "127.0.0.2",
    "127.127.127.127",
    "127.1",
    "127.0.1",
    "0",
    ANY,
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.1.",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ip6-localhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:1::7f00:1]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fe80::1%lo]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[::ffff:169.254.169.254]",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
]


@pytest.fixture
def canary() -> Iterator[Server]:
    with serving(page(b"<p>It sang.</p>"), host=ANY) as server:
        yield server


def test_the_canary_sings_when_it_is_allowed_to(canary):
    """The control: it listens, and only its address keeps it from being heard."""
    name = f"127.0.0.1:{canary.port}"
    assert fetch(f"http://{name}/", Bounds(allowed={name})).data == b"<p>It sang.</p>"
    assert canary.connections == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_known_bypass_reaches_the_canary(canary, scheme):
    bounds = Bounds(seconds=5, ports={canary.port})
    for host in BYPASSES:
        code = refusal(f"{scheme}://{host}:{canary.port}/", bounds)
        assert code in ("not_public", "not_found", "address"), f"{host}: {code}"
    assert canary.connections == 0


def test_no_known_bypass_reaches_the_canary_by_a_redirect(canary):
    for host in BYPASSES:
        target = f"http://{host}:{canary.port}/".encode().decode("latin-1")
        with serving(redirect(target)) as server:
            bounds = Bounds(seconds=5, ports={canary.port}, allowed={server.name})
            code = refusal(f"http://{server.name}/", bounds)
        assert code in ("not_public", "not_found", "address"), f"{host}: {code}"
    assert canary.connections == 0


def test_no_name_that_resolves_to_loopback_reaches_the_canary(monkeypatch, canary):
    ways = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", ANY]
    for address in ways:
        named(monkeypatch, paper_example=[address])
        url = f"http://paper.example:{canary.port}/"
        assert refusal(url, Bounds(ports={canary.port})) == "not_public"
    assert canary.connections == 0


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_the_public_internet_is_public(address):
    assert is_public(address)
