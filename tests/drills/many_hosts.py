"""One server that is many hosts: each 127.a.b.c of this machine, all of them at one port.

Some answer as nobody should. It notes when each host was asked for a page.
"""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Say = Callable[[str, str], bytes]
"""What is answered to a host and a path: the whole answer, as bytes of HTTP."""


def page(body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


MISSING = page(b"", status="404 Not Found")


class Hosts(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, say: Say) -> None:
        super().__init__(("0.0.0.0", 0), _Heard)  # noqa: S104  # each address of 127/8
        self.say = say
        self.port: int = self.server_address[1]
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.paths: Counter[str] = Counter()
        self.changed = threading.Condition()

    def name(self, number: int) -> str:
        return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}:{self.port}"

    def note(self, host: str, path: str) -> None:
        with self.changed:
            self.asked[host].append(time.monotonic())
            self.paths[path] += 1
            self.changed.notify_all()

    def wait_for(self, pages: int, seconds: float) -> bool:
        """Whether so many pages were asked for within these seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: self.paths.total() >= pages, seconds)

    def handle_error(self, *_args: Any) -> None:
        """Whoever asked was killed."""


class _Heard(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := self.request.recv(4096)):
                return
            head += more
        server = self.server
        assert isinstance(server, Hosts)
        path = head.split(b" ")[1].decode()
        host = next(
            line[6:].decode() for line in head.split(b"\r\n") if line.lower().startswith(b"host:")
        )
        if path != "/robots.txt":
            server.note(host, path)
        self.request.sendall(server.say(host, path))


@contextmanager
def serving(say: Say) -> Iterator[Hosts]:
    with Hosts(say) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)
