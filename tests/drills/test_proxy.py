"""nginx with the file of docs/deploy, on loopback, in front of gunicorn as shipped.

It needs nginx and openssl of Debian. The same on a Debian of its own is in test_bare_debian.py.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.drills import restoring, strain
from tests.serving import HOST, PATIENCE, ROOT, served

pytestmark = [pytest.mark.drill, pytest.mark.machine]

DEBIANS = Path("/etc/nginx/nginx.conf")


def configured(folder: Path, port: int, upstream: int) -> Path:
    """Debian's own configuration with the site's file, moved below a folder."""
    site = (ROOT / "docs/deploy/nginx.conf").read_text()
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
    return made


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[int]:
    """The port at which it ends TLS, in front of that port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem", "-out",
         folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    command: list[str | Path] = ["nginx", "-p", folder, "-c", configured(folder, port, upstream)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            assert comes(process, lambda: is_there(port)), (folder / "error.log").read_text()
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


def test_slow_clients_hold_nothing_behind_the_proxy(transactional_db, tmp_path, capsys):
    assert shutil.which("nginx"), "This needs nginx: apt-get install nginx-light."
    assert shutil.which("openssl"), "This needs openssl: apt-get install openssl."
    with (
        served(restoring.source().url, WEB_CONCURRENCY="3") as site,
        nginx(tmp_path, site.port) as port,
    ):
        with capsys.disabled():
            print()
            strain.main(HOST, port)
        with strain.slow_clients(HOST, port):
            for _time in range(strain.ASKED):
                strain.ask(HOST, port)
            assert comes(site.process, lambda: held_at(site.port) == 0)
