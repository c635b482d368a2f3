"""A time-stamping authority of one's own: openssl behind a real HTTP server on loopback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[usage]
extendedKeyUsage = critical, timeStamping
[req]
distinguished_name = name
[name]
"""


def openssl(*args: str) -> subprocess.CompletedProcess[bytes]:
    """Run it. Raises CalledProcessError."""
    return subprocess.run(["openssl", *args], check=True, capture_output=True, timeout=60)


def make_keys(folder: Path) -> None:
    """A certificate that signs itself, and below it one that may sign time stamps."""
    config = folder / "tsa.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    new_key = ("req", "-newkey", "rsa:2048", "-nodes", "-config", str(config))
    ca, tsa = folder / "ca", folder / "tsa"
    openssl(*new_key, "-x509", "-days", "2", "-subj", "/CN=Root", "-keyout", f"{ca}.key",
            "-out", f"{ca}.pem")  # fmt: skip
    openssl(*new_key, "-subj", "/CN=Stamps", "-keyout", f"{tsa}.key", "-out", f"{tsa}.csr")
    openssl("x509", "-req", "-in", f"{tsa}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key",
            "-CAcreateserial", "-days", "2", "-extfile", str(config), "-extensions", "usage",
            "-out", f"{tsa}.pem")  # fmt: skip


@dataclass
class Authority:
    """A running one; `is_away` lets it answer 503, `is_odd` something that is no stamp."""

    folder: Path
    address: str = ""
    asked: int = 0
    is_away: bool = False
    is_odd: bool = False

    def answer(self, query: bytes) -> bytes:
        file = self.folder / f"{self.asked}.tsq"
        file.write_bytes(query)
        config = str(self.folder / "tsa.cnf")
        return openssl("ts", "-reply", "-config", config, "-queryfile", str(file)).stdout


@contextmanager
def serving(folder: Path) -> Iterator[Authority]:
    make_keys(folder)
    authority = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked += 1
            body = b"no stamp" if authority.is_odd else authority.answer(query)
            self.send_response(503 if authority.is_away else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    authority.address = f"http://127.0.0.1:{server.server_port}/tsa"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
