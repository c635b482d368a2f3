"""Names that resolve as a test says, and the certificate of paper.example."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

PEM = Path(__file__).resolve().parents[1] / "data" / "paper.example.pem"


def named(monkeypatch, **names: list[str]) -> list[str]:
    """Let names (dots as underscores) resolve to these addresses; returns what was asked for."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_how: object) -> list[object]:
        asked.append(host)
        found = names.get(host.replace(".", "_"))
        if found is None:
            raise socket.gaierror("unknown")
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def certified() -> ssl.SSLContext:
    """For a server that is paper.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


def trust(monkeypatch) -> None:
    """Trust the test's certificate, as if an authority had signed it."""
    make = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: make(cafile=str(PEM)))
