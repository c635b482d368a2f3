"""A way to a server on this machine, which can be cut or fall silent. It counts what it passes."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread


class Relay:
    """Passes bytes on to a port, or a Unix socket's path; after `most` bytes to it, it is cut."""

    def __init__(self, to: int | str) -> None:
        self.to = to
        self.most: int | None = None
        self.is_silent = False
        """Whether connections are taken and kept, and nothing goes over them."""
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
                server = self._reached()
            except OSError:
                return
            self._taken += [client, server]
            for act, a, b in ((self._there, client, server), (self._back, server, client)):
                Thread(target=act, args=(a, b), daemon=True).start()

    def _reached(self) -> socket.socket:
        if isinstance(self.to, int):
            return socket.create_connection(("127.0.0.1", self.to))
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.to)
        return server

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.sent += len(piece)
                if self.most is not None and self.sent > self.most:
                    self.cut()
                    return
                if not self.is_silent:
                    server.sendall(piece)
            server.shutdown(socket.SHUT_WR)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                self.received += len(piece)
                if not self.is_silent:
                    client.sendall(piece)
            client.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """No connection goes through any more, and none is taken."""
        for each in (self._listening, *self._taken):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
