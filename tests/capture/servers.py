"""Web servers on loopback that answer as a test tells them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket, str], None]
"""Writes to the connection what the server says to a request (its head, as text)."""


class Server:
    """A server that hears one request a connection; `heard` are their heads."""

    def __init__(self, answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, 0), family=family)
        self._answer, self._tls = answer, tls
        self.port: int = self._listening.getsockname()[1]
        self.name = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.heard: list[str] = []
        self.connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            try:
                self._hear(connection)
            except OSError:
                pass
            finally:
                connection.close()

    def _hear(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := stream.recv(4096)):
                return
            head += more
        self.heard.append(head.decode("latin-1"))
        self._answer(stream, self.heard[-1])
        stream.close()

    def close(self) -> None:
        with socket.socket() as _unused:
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(6)


@contextmanager
def serving(
    answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(answer, host, tls)
    try:
        yield server
    finally:
        server.close()


def page(body: bytes = b"<p>Hello</p>", *headers: str, status: str = "200 OK") -> Answer:
    """A server that says this to everyone."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    said = "\r\n".join([*lines, "", ""]).encode() + body

    def answer(connection: socket.socket, _head: str) -> None:
        connection.sendall(said)

    return answer


def redirect(to: str) -> Answer:
    return page(b"", f"Location: {to}", status="302 Found")
