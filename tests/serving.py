"""Factcheck as it is served: gunicorn and its settings of production, on loopback."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).resolve().parents[1]
HOST = "factcheck.example"
PATIENCE = 60
"""Seconds after which a client gives up: a bound, never a measure."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Served:
    """A site that runs; `log` is what it wrote so far."""

    port: int
    written: Path
    process: subprocess.Popen

    @property
    def log(self) -> str:
        # Opened anew: the site would go on writing wherever its own file is read from.
        return self.written.read_bytes().decode()

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        """What a client gets through a proxy that ended TLS; names of headers with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            asked = {"Host": HOST, "X-Forwarded-Proto": "https", "Connection": "close"} | given
            connection.request(method, path, body, asked)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode())
        finally:
            connection.close()


@contextmanager
def served(database: str, *options: str, **settings: str) -> Iterator[Served]:
    """The site with this DATABASE_URL, gunicorn's `options` and other settings, until the end."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "1",
        "DATABASE_URL": database,
        # Static files are not collected for tests: the plain storage of DEBUG serves their names.
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "WEB_CONCURRENCY": "1",
    } | settings
    command = [sys.executable, "-m", "gunicorn", "-c", "python:factcheck.serving", *options]
    with served_by(command, ROOT, environment) as site:
        yield site


@contextmanager
def served_by(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Served]:
    """What a command that starts gunicorn in this folder serves, at a free port."""
    with NamedTemporaryFile() as written:
        process = subprocess.Popen(
            [*command, "--bind", "127.0.0.1:0"],
            env=environment, cwd=folder, stdout=written, stderr=subprocess.STDOUT,
        )  # fmt: skip
        site = Served(0, Path(written.name), process)
        try:
            site.port = _port(site)
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _port(site: Served) -> int:
    """The port it listens on, once a worker answers there."""
    for _turn in range(100 * PATIENCE):
        found = re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", site.log)
        assert site.process.poll() is None, site.log
        if found and "Booting worker" in site.log:
            site.port = int(found[1])
            site.ask("/healthz")
            return site.port
        try:
            site.process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(site.log)


@contextmanager
def silent_server() -> Iterator[tuple[int, list[socket.socket]]]:
    """A port that takes connections and says nothing, and the connections it was asked for."""
    from threading import Thread

    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            while True:
                try:
                    taken.append(listening.accept()[0])
                except OSError:
                    return

        thread = Thread(target=take)
        thread.start()
        try:
            yield listening.getsockname()[1], taken
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in taken:
                connection.close()
