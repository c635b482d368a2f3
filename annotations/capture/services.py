"""Asking another service to do something for us, over connections as safe as those of any fetch.

The address is checked and pinned as that of a page (capture.fetch), and no redirect is followed:
what is sent may hold a credential, and a service that moved says so to a person.
"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult

from . import fetch
from .fetch import Bounds

BYTES = 512 * 1024
"""What an answer may be: a list of all that was saved with a page stands in some."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a service answered, whatever it is."""

    status: int
    headers: tuple[tuple[str, str], ...]
    data: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def call(
    address: str, bounds: Bounds, headers: Mapping[str, str], posted: bytes | None = None
) -> Said:
    """What the service answers to a GET, or to what is posted. Raises Unfetchable."""
    url = fetch.checked(address)
    small = replace(bounds, size=BYTES, headers={**bounds.headers, **headers})
    return fetch.ask(url, small, time.monotonic() + bounds.seconds, _read, posted)


def _read(
    _url: SplitResult, response: http.client.HTTPResponse, bounds: Bounds, _stream: socket.socket
) -> Said:
    headers = tuple(response.getheaders())
    return Said(response.status, headers, fetch.body(response, bounds))
