"""A web archive that somebody brought, WACZ or WARC: the page in it, and what that embeds.

A stranger may have made it, so it is read in a process that can be killed, and no more of it than
a copy may have. Nothing that it says of itself is believed but where its page is. Sources: WACZ
1.1.1 (pages), ISO 28500:2017 (WARC). Run as a program: the archive on standard input, JSON on
standard output.
"""

from __future__ import annotations

import json
import sys
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # -I leaves out the folder that our package stands in
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from warcio.archiveiterator import ArchiveIterator

from annotations import killable
from annotations.capture.recording import LARGEST, Read
from annotations.text.documents import of_address

SECONDS = 10
"""How long reading one archive may compute."""
MEMORY = 512 * 1024 * 1024
"""Bytes of memory that it may take, the archive and the language's own included."""
_READ = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
"""Kinds of answers that may be the page, the likeliest first."""
_PARTS = ("text/css", "image/")
_HEAD = 500
"""Bytes that an answer counts for beside its body: of a million empty ones there are too many."""
_LONGEST_HEADER = 2000
"""Characters of an address, or of what else is told of an answer."""
_FOUND = (200, 203)
_LED_ON = (301, 302, 303, 307, 308)


def begins(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return head.startswith((b"PK\x03\x04", b"WARC/", b"\x1f\x8b"))


def is_archive(data: bytes) -> bool:
    """Whether a file may be one: files of offices are packed alike, but have no such part."""
    return begins(data) and (not data.startswith(b"PK") or b"datapackage.json" in data)


def read(data: bytes, address: str, *, with_parts: bool = False) -> list[Read]:
    """The page of an archive first, and what else answered; empty where no page can be read.

    Of several pages it is the one at this address, else the first that the archive lists. Without
    `with_parts` nothing follows it. Raises killable.TooBusy where nobody can tell.
    """
    arguments = (address, "parts" if with_parts else "")
    try:
        done = killable.answer(__file__, data, arguments, seconds=SECONDS, memory=MEMORY)
    except killable.TooHard:
        return []
    return [Read(**{**each, "data": b64decode(each["data"])}) for each in json.loads(done)]


# --- in the process that may be killed ---


def _read(data: bytes, address: str, *, with_parts: bool) -> list[Read]:
    listed, files = _opened(data)
    wanted = [name for name in map(of_address, (address, *listed)) if name]
    answers = list(_answers(files, frozenset(wanted), with_parts=with_parts))
    page = _page(answers, wanted)
    if page is None:
        return []
    return [page, *(each for each in answers if each is not page)] if with_parts else [page]


def _opened(data: bytes) -> tuple[list[str], list[bytes]]:
    """The addresses that the archive lists as pages, and its WARC files."""
    if not data.startswith(b"PK"):
        return [], [data]
    listed: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as packed:
        names = packed.namelist()
        for name in sorted(each for each in names if each.startswith("pages/")):
            for line in packed.read(name).splitlines():
                with suppress(ValueError, AttributeError):
                    listed.append(str(json.loads(line).get("url") or ""))
        files = [each for each in sorted(names) if each.startswith("archive/")]
        return [each for each in listed if each], [packed.read(name) for name in files]


def _answers(
    files: Iterable[bytes], wanted: Collection[str], *, with_parts: bool
) -> Iterator[Read]:
    """What answered, as far as it may be the page, or is shown in one; no more than a copy."""
    left = LARGEST
    for record in _records(files):
        answer = _answer(record, wanted, left, with_parts=with_parts)
        if answer is not None:
            left -= len(answer.data) + _HEAD
            yield answer


def _records(files: Iterable[bytes]) -> Iterator[Any]:
    """The records of all files; what is broken ends its file, and what stands before it counts."""
    for file in files:
        with suppress(Exception):
            yield from ArchiveIterator(BytesIO(file))


def _answer(record: Any, wanted: Collection[str], left: int, *, with_parts: bool) -> Read | None:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    if record.rec_type == "resource":
        status, kind, leads = 200, record.rec_headers.get_header("Content-Type") or "", ""
    elif record.rec_type == "response" and http is not None:
        said = http.get_statuscode()
        status = int(said) if said.isdigit() else 0
        kind = http.get_header("Content-Type") or ""
        leads = http.get_header("Location") or ""
    else:
        return None
    if max(map(len, (address, kind, leads))) > _LONGEST_HEADER or left < 0:
        return None
    if status in _LED_ON:
        return Read(address, status, kind, leads, b"") if with_parts else None
    is_asked = with_parts and kind.lower().startswith(_PARTS)
    may_be = kind.lower().startswith(_READ) or of_address(address) in wanted
    if status not in _FOUND or not (is_asked or may_be):
        return None
    data = record.content_stream().read(left + 1)
    return Read(address, status, kind, leads, data) if len(data) <= left else None


def _page(answers: list[Read], wanted: Iterable[str]) -> Read | None:
    """The answer that the archive was made for."""
    found = [each for each in answers if each.status in _FOUND and each.data]
    in_order = [each for kind in (*_READ, "") for each in found if each.media_type.startswith(kind)]
    for name in wanted:
        for each in in_order:
            if of_address(each.address) == name:
                return each
    return next((each for each in in_order if each.media_type in _READ), None)


def main() -> None:
    """Read and write within the limits: seconds of computing, bytes of memory."""
    address, parts = killable.keep_to_limits()
    answers = _read(sys.stdin.buffer.read(), address, with_parts=bool(parts))
    rows = [
        {
            "address": each.address,
            "status": each.status,
            "content_type": each.content_type,
            "location": each.location,
            "data": b64encode(each.data).decode(),
        }
        for each in answers
    ]
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
