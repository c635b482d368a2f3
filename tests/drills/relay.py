"""A way to a server on loopback that can be cut, and that counts what went over it."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread


class Relay:
    """Passes bytes on to a port; after `most` bytes on their way to it, it is cut."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.most: int | None = None
        self.sent = self.received = 0
        self._taken: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            self._taken += [client, server]
            for act, a, b in ((self._there, client, server), (self._back, server, client)):
                Thread(target=act, args=(a, b), daemon=True).start()

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.sent += len(piece)
                if self.most is not None and self.sent > self.most:
                    self.cut()
                    return
                server.sendall(piece)
            server.shutdown(socket.SHUT_WR)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                self.received += len(piece)
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """No connection goes through any more, and none is taken."""
        for each in (self._listening, *self._taken):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
