"""A mail server of our own on loopback, which accepts, refuses, is slow, or dies."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """What it does with a letter, and the letters that it took."""

    def __init__(self) -> None:
        self.does = "accept"
        """Or `refuse` (550), `not now` (451), `slow`, `die` in the middle of the text, or `hold`:
        the text is in, and is answered when somebody calls `let_go`."""
        self.holds = threading.Event()
        self.let_go = threading.Event()
        self.asked = 0
        self.taken: list[Message] = []
        self.port = 0

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self.asked += 1
        if self.does == "refuse":
            return "550 5.1.1 Nobody of that name lives here"
        if self.does == "not now":
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.does == "die":
            server.transport.abort()
            return "421 Gone"
        if self.does == "slow":
            await asyncio.sleep(60)
        if self.does == "hold":
            self.holds.set()
            await asyncio.to_thread(self.let_go.wait)
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that runs in a thread until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = MailServer()
    server.port = port
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
