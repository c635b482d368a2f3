"""nginx and Caddy with the files of docs/deploy, on loopback, before any port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.drills import strain
from tests.serving import HOST, PATIENCE, ROOT

FILES = ROOT / "docs/deploy"
DEBIANS = Path("/etc/nginx/nginx.conf")
PAGE = ROOT / "docs/deploy.md"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def certified(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem", "-out",
         folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def as_debians_nginx(folder: Path, port: int, upstream: int) -> list[str | Path]:
    """Debian's own configuration with the site's file, moved below a folder."""
    site = (FILES / "nginx.conf").read_text()
    for there, here in {
        "/etc/letsencrypt/live/factcheck.example/": f"{folder}/",
        "listen 443": f"listen 127.0.0.1:{port}",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "factcheck.example": HOST,
    }.items():
        site = site.replace(there, here)
    site = re.sub(r"^ *listen (?:\[::\].*|80;)\n", "", site, flags=re.MULTILINE)
    # The server that only leads on to TLS has no address left to listen at.
    site = re.sub(r"server \{\s+server_name \S+\s+return [^}]+\}", "", site)
    (folder / "site.conf").write_text(site)
    whole = DEBIANS.read_text()
    whole = re.sub(r"^(?:user|pid) .*$", "", whole, flags=re.MULTILINE)
    whole = re.sub(r"/var/log/nginx", str(folder), whole)
    whole = re.sub(r"include /etc/nginx/(?:conf\.d|modules-enabled)/.*", "", whole)
    whole = whole.replace("/etc/nginx/sites-enabled/*", f"{folder}/site.conf")
    made = folder / "nginx.conf"
    made.write_text(f"daemon off;\npid {folder}/nginx.pid;\n{whole}")
    command: list[str | Path] = ["nginx", "-p", folder, "-c", made]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    return command


def as_debians_caddy(folder: Path, port: int, _upstream: int) -> list[str | Path]:
    """The site's file as the page's own command makes it, with a certificate that is here."""
    (made,) = re.findall(r"^    (sed .+) > /etc/caddy/Caddyfile$", PAGE.read_text(), re.MULTILINE)
    site = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", made.replace("/srv/factcheck", str(ROOT))],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    here = f"{{\n    admin off\n    auto_https disable_redirects\n    https_port {port}\n"
    site = site.replace("{\n", here, 1)
    site = site.replace(
        "{$SITE} {\n",
        f"{{$SITE}} {{\n    bind 127.0.0.1\n    tls {folder}/fullchain.pem {folder}/privkey.pem\n",
    )
    (folder / "Caddyfile").write_text(site)
    command: list[str | Path] = ["caddy", "run", "--adapter", "caddyfile", "--config"]
    return [*command, folder / "Caddyfile"]


MADE: dict[str, Callable[[Path, int, int], list[str | Path]]] = {
    "nginx": as_debians_nginx,
    "caddy": as_debians_caddy,
}


@contextmanager
def before(upstream: int, proxy: str, folder: Path) -> Iterator[int]:
    """The port at which that proxy ends TLS, in front of that port."""
    assert shutil.which(proxy), f"This needs {proxy}: apt-get install {proxy}."
    assert shutil.which("openssl"), "This needs openssl: apt-get install openssl."
    certified(folder)
    port = free_port()
    command = MADE[proxy](folder, port, upstream)
    given = {"SITE": HOST, "UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(folder)}
    said = folder / "said"
    with (
        said.open("wb") as log,
        subprocess.Popen(command, env=os.environ | given, stdout=log, stderr=log) as process,
    ):
        try:
            assert comes(process, lambda: is_there(port)), said.read_text()
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE)


def comes(beside: subprocess.Popen, what: Callable[[], bool]) -> bool:
    """Whether it comes about while that process runs."""
    for _turn in range(100 * PATIENCE):
        if what():
            return True
        try:
            beside.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def is_there(port: int) -> bool:
    with suppress(OSError), strain.connected(HOST, port):
        return True
    return False


def held_at(port: int) -> int:
    """Connections to a port of loopback that are open."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    rows = [line.split() for line in lines]
    return sum(row[2].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


@dataclass(slots=True)
class Came:
    """A request as it arrives behind a proxy; names of headers in small letters, each with all of
    its values."""

    path: str
    headers: dict[str, list[str]]
    body: bytes


@dataclass(slots=True)
class Behind:
    """What stands behind a proxy and keeps all that comes.

    `begun` are the addresses of which at least a head has come.
    """

    port: int
    begun: list[str] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)


@contextmanager
def behind() -> Iterator[Behind]:
    kept = Behind(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kept.begun.append(self.path)
            headers: dict[str, list[str]] = {}
            for name, value in self.headers.items():
                headers.setdefault(name.lower(), []).append(value)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.came.append(Came(self.path, headers, body))
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_said: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
