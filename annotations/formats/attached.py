"""Small files inside of a page: saved by a click, and compared by `sha256sum` without any network.

An address of the kind `data:` (RFC 2397) holds the bytes themselves.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Attached:
    """A file, by a name without folders."""

    name: str
    data: bytes
    media_type: str = "application/json"

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        return sha256(self.data).hexdigest()

    @property
    def address(self) -> str:
        return f"data:{self.media_type};base64,{b64encode(self.data).decode()}"


def sums(files: Iterable[Attached]) -> Attached:
    """The list that `sha256sum --check` reads: a line a file, its hash and its name."""
    lines = "".join(f"{each.digest}  {each.name}\n" for each in files)
    return Attached("SHA256SUMS.txt", lines.encode(), "text/plain")
