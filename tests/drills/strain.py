"""Eighty slow clients at a site's own port 443, and what others are answered meanwhile.

    python -m tests.drills.strain SITE [PORT]

The site is asked at 127.0.0.1. Prints how long others waited, beside what the same request takes
with no slow clients: a machine with other work makes both slow.
"""

from __future__ import annotations

import socket
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from threading import Event, Thread

EACH = 20
"""Slow clients of each kind."""
ASKED = 20
PARTS = {"chunks": b"1\r\na\r\n"}
"""What is sent of each kind, if it is not a byte."""
PATIENCE = 10
"""Seconds after which an answer is given up: a bound, never a measure."""


def kinds(site: str) -> dict[str, str]:
    head = f"HTTP/1.1\r\nHost: {site}\r\n"
    return {
        "head": f"GET /healthz {head}X-Slow: ",
        "body": f"POST /login/ {head}Content-Length: 100000\r\n\r\n",
        "chunks": f"POST /login/ {head}Transfer-Encoding: chunked\r\n\r\n",
        "reading": f"GET /static/vendor/dejavu/DejaVuSerif-Bold.ttf {head}\r\n",
    }


def connected(site: str, port: int = 443, receives: int = 0) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.socket()
    if receives:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    plain.settimeout(PATIENCE)
    try:
        plain.connect(("127.0.0.1", port))
        return context.wrap_socket(plain, server_hostname=site)
    except OSError:
        plain.close()
        raise


@contextmanager
def slow_clients(site: str, port: int = 443) -> Iterator[None]:
    """Clients that send a head or a body by the byte, or take an answer by the byte.

    A body comes with its length and without.
    """
    begun, done = kinds(site), Event()
    clients = [
        (kind, connected(site, port, receives=2048 if kind == "reading" else 0))
        for kind in begun
        for _number in range(EACH)
    ]
    for kind, client in clients:
        client.sendall(begun[kind].encode())

    def dawdle() -> None:
        while not done.wait(0.5):
            for kind, client in clients:
                with suppress(OSError):
                    client.recv(1) if kind == "reading" else client.sendall(PARTS.get(kind, b"a"))

    thread = Thread(target=dawdle)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        for _kind, client in clients:
            client.close()


def ask(site: str, port: int = 443) -> float:
    """Seconds until a page of the database has come, whole."""
    before = time.monotonic()
    with connected(site, port) as client:
        client.sendall(f"GET / HTTP/1.1\r\nHost: {site}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    return time.monotonic() - before


def waited(site: str, port: int) -> str:
    """How long each of the same requests took: half of them at most, and the slowest."""
    each = [ask(site, port) for _time in range(ASKED)]
    return f"half of {ASKED} within {median(each):.2f} s, all within {max(each):.2f} s"


def main(site: str, port: int = 443) -> None:
    # New processes read their code and templates with their first pages: told apart.
    print(f"the first ones: {waited(site, port)}")
    print(f"with no slow clients: {waited(site, port)}")
    with slow_clients(site, port):
        print(f"beside {len(kinds(site)) * EACH} slow clients: {waited(site, port)}")
    print(f"after them: {waited(site, port)}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
