"""gunicorn's worker with threads, in which a slow client takes no thread.

gthread gives a thread to each connection that has begun to speak: a dozen clients that send a byte
a minute stop the site. Here a request is gathered by the one loop that waits for all connections,
large bodies on the disk, and a thread gets it when it has arrived whole. A proxy that buffers does
the same, and does it for answers too; this is for those who have none, or set it wrongly.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from gunicorn import http
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 10
BODY_SECONDS = 180
"""How long a request may take to arrive: its head, and all of it."""
READ_SECONDS = 20
"""How long a client may take nothing of an answer, before the answer is given up."""
HEAD_BYTES = 64 * 1024
BODY_BYTES = 26 * 1024 * 1024
"""What the site takes at most, a saved copy; what is larger goes to where it is refused."""
IN_MEMORY = 256 * 1024
SENT_AHEAD = 512 * 1024
"""Bytes of an answer that the system keeps for a client who reads slowly, as far as it lets us."""

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_NO_LENGTH = b"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = b"The disk of this site is full, and nothing was saved.\n"
_NO_ROOM = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 30\r\n"
    b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(_FULL), _FULL)
)
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Arrival:
    """A request on its way: what is here of it, and until when the rest is waited for."""

    def __init__(self, conn: Any, begun: bytes) -> None:
        self.conn = conn
        self.head = bytearray(begun)
        self.body: IO[bytes] | None = None
        self.missing = 0
        self.deadline = time.monotonic() + HEAD_SECONDS

    @property
    def is_endless(self) -> bool:
        """Whether it does not say how long it is, so that it cannot be gathered.

        No page reads such a body, and no browser sends one; proxies that gather requests say how
        long they are. A thread would wait for its end to find the next request behind it.
        """
        if self.body is not None:
            return False
        end = self.head.find(b"\r\n\r\n")
        return end >= 0 and bool(_CHUNKED.search(self.head, 0, end + 2))

    def is_whole(self) -> bool:
        """Whether a thread may have it: nothing of it is missing, or it is to be refused."""
        if self.body is not None:
            return not self.missing
        end = self.head.find(b"\r\n\r\n")
        if end < 0:
            return len(self.head) > HEAD_BYTES
        found = _LENGTH.search(self.head, 0, end + 2)
        length = int(found[1]) if found else 0
        missing = end + 4 + length - len(self.head)
        if missing <= 0 or length > BODY_BYTES:
            return True
        self.body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the parser's
        self.body.write(self.head)
        self.missing = missing
        self.deadline += BODY_SECONDS - HEAD_SECONDS
        if _CONTINUE.search(self.head, 0, end):
            self.conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        return False

    def take(self) -> bool:
        """Take what has come; False if the client is gone."""
        part = self.conn.sock.recv(min(self.missing, 64 * 1024) if self.body else 8192)
        if self.body is None:
            self.head += part
        else:
            try:
                self.body.write(part)
            except OSError as full:
                raise NoRoomError from full
            self.missing -= len(part)
        return bool(part)


class NoRoomError(Exception):
    """What has come of a body cannot be kept until the rest is here."""


class Arrived:
    """The socket of a request whose beginning is in a file, as gunicorn's parser reads it."""

    def __init__(self, body: IO[bytes], sock: socket.socket) -> None:
        self.body = body
        self.sock = sock
        body.seek(0)

    def recv(self, size: int) -> bytes:
        return self.body.read(size) or self.sock.recv(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """ThreadWorker, whose threads are given requests that have arrived."""

    def init_process(self) -> None:
        self.arriving: dict[Any, Arrival] = {}
        # Closing waits for the client to have read; meanwhile the loop goes on.
        self.closing = ThreadPoolExecutor(max_workers=2)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Called for a connection that is new, that speaks again, or has spoken ahead."""
        begun = conn.parser.unreader.take_buffered() if conn.parser else b""
        if conn.parser is None:
            self._welcome(conn)
        conn.sock.setblocking(False)
        arrival = self.arriving[conn] = Arrival(conn, begun)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_part, arrival))
        if begun:
            self._go_on(arrival)

    def _welcome(self, conn: Any) -> None:
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD)
        until = struct.pack("ll", READ_SECONDS, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, until)
        conn.close = partial(self._close, conn)
        conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
        conn.initialized = conn.data_ready = True

    def _on_part(self, arrival: Arrival, _sock: socket.socket) -> None:
        try:
            if not arrival.take():
                return self._drop(arrival)
            self._go_on(arrival)
        except (BlockingIOError, InterruptedError):
            return None
        except NoRoomError as full:
            self.log.error("A body was not gathered: %s", full.__cause__)
            return self._refuse(arrival, _NO_ROOM)
        except OSError:
            return self._drop(arrival)
        return None

    def _go_on(self, arrival: Arrival) -> None:
        """Give it to a thread if it has arrived; refuse what would never have."""
        if arrival.is_endless:
            self._refuse(arrival, _NO_LENGTH)
        elif arrival.is_whole():
            self._hand_over(arrival)

    def _hand_over(self, arrival: Arrival) -> None:
        unreader = arrival.conn.parser.unreader
        if arrival.body is None:
            unreader.unread(bytes(arrival.head))
        else:
            unreader.sock = Arrived(arrival.body, arrival.conn.sock)
        self._forget(arrival)
        super().enqueue_req(arrival.conn)

    def _refuse(self, arrival: Arrival, answer: bytes) -> None:
        """Answer without a thread; the client is left a moment to read it."""
        with suppress(OSError):
            arrival.conn.sock.send(answer)
        self._forget(arrival)
        self.nr_conns -= 1
        arrival.conn.close(graceful=True)

    def _drop(self, arrival: Arrival) -> None:
        self._forget(arrival)
        self.nr_conns -= 1
        arrival.conn.close()

    def _forget(self, arrival: Arrival) -> None:
        del self.arriving[arrival.conn]
        self.poller.unregister(arrival.conn.sock)

    def murder_pending(self) -> None:
        """Called each second: end what takes too long to arrive."""
        super().murder_pending()
        now = time.monotonic()
        for arrival in [late for late in self.arriving.values() if late.deadline < now]:
            self._refuse(arrival, _TOO_SLOW)

    def _close(self, conn: Any, graceful: bool = False) -> None:
        if graceful:
            self.closing.submit(TConn.close, conn, graceful=True)
        else:
            TConn.close(conn)
