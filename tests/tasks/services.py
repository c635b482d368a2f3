"""A service that saves pages, as an HTTP server on loopback; it answers as a test tells it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that came in."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: JSON, or bytes as they are; `drip` sends a byte at a time, for ever."""

    said: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False

    @property
    def body(self) -> bytes:
        return self.said if isinstance(self.said, bytes) else json.dumps(self.said).encode()


class Service:
    """`say` is what it answers to each request; `heard` are those that came, in their order."""

    def __init__(self, say: Callable[[Heard], Reply]) -> None:
        self.say, self.heard = say, list[Heard]()
        self.name = ""
        self.ended = Event()

    @property
    def home(self) -> str:
        return f"http://{self.name}"


@contextmanager
def serving(say: Callable[[Heard], Reply]) -> Iterator[Service]:
    service = Service(say)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            heard = Heard(self.command, self.path, self.headers, body)
            service.heard.append(heard)
            reply = service.say(heard)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(10**6 if reply.drip else len(reply.body)))
            self.end_headers()
            try:
                while reply.drip and not service.ended.wait(0.02):
                    self.wfile.write(b" ")
                self.wfile.write(reply.body)
            except OSError:
                """Whoever asked hung up."""

        do_POST = do_GET  # noqa: N815  # as the library calls it

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    service.name = f"127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        service.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
