"""Saved copies packed for handing over: WACZ 1.1.1, which any reader of web archives opens.

Source: https://specs.webrecorder.net/wacz/1.1.1/ and, for the index, CDXJ 0.9 of pywb. Each file is
hashed on its way into the archive, and WARC files are stored in it as they are.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

MEDIA_TYPE = "application/wacz"
VERSION = "1.1.1"


@dataclass(frozen=True, slots=True)
class Copy:
    """One saved copy."""

    title: str
    warc: bytes
    """A WARC file, each record of which is packed by itself; the first answer in it is the page."""


def write(
    file: IO[bytes], copies: Iterable[Copy], *, title: str, software: str, at: dt.datetime
) -> int:
    """Write the archive; returns how many copies are in it. One copy is in memory at a time."""
    resources: list[dict[str, Any]] = []
    pages = [_line({"format": "json-pages-1.0", "id": "pages", "title": "Saved copies"})]
    index: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:

        def put(path: str, data: bytes, *, is_packed: bool) -> None:
            kind = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(_entry(path), data, compress_type=kind)
            resources.append(
                {
                    "name": path.rpartition("/")[2],
                    "path": path,
                    "hash": f"sha256:{sha256(data).hexdigest()}",
                    "bytes": len(data),
                }
            )

        for number, copy in enumerate(copies, 1):
            name = f"copy-{number:05}.warc.gz"
            found = list(_indexed(copy.warc, name))
            index += [_index_line(each) for each in found]
            pages += [_line(_page(first, copy.title, number)) for first in found[:1]]
            put(f"archive/{name}", copy.warc, is_packed=True)
        put("pages/pages.jsonl", "".join(pages).encode(), is_packed=False)
        put("indexes/index.cdx", "".join(sorted(index)).encode(), is_packed=False)
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "created": _iso(at),
            "software": software,
            "resources": resources,
        }
        described = json.dumps(package, ensure_ascii=False, indent=1).encode()
        archive.writestr(_entry("datapackage.json"), described)
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(described).hexdigest()}"}
        archive.writestr(_entry("datapackage-digest.json"), json.dumps(digest))
    return len(pages) - 1


def _entry(path: str) -> zipfile.ZipInfo:
    """Of no moment, so that the same copies are the same bytes."""
    return zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))


def _page(first: Record, title: str, number: int) -> dict[str, Any]:
    """Under the address and time of the index, or no reader would find it there."""
    return {"id": f"copy-{number:05}", "url": first.about["url"], "ts": first.at, "title": title}


def _index_line(record: Record) -> str:
    at = "".join(each for each in record.at if each.isdigit())[:14]
    told = json.dumps(record.about, ensure_ascii=False)
    return f"{key_of(record.about['url'])} {at} {told}\n"


@dataclass(frozen=True, slots=True)
class Record:
    """An answer in a WARC file: its time there (ISO 8601, UTC), and what the index says of it."""

    at: str
    about: dict[str, Any]


def _indexed(data: bytes, name: str) -> Iterator[Record]:
    """Each record that is an answer, with its place in the file."""
    records = ArchiveIterator(io.BytesIO(data))
    for record in records:
        if record.rec_type not in ("response", "resource"):
            continue
        headers = record.rec_headers
        address = headers.get_header("WARC-Target-URI")
        http = record.http_headers
        said = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
        record.content_stream().read()
        about = {
            "url": address,
            "mime": (said or "").partition(";")[0].strip(),
            "status": int(http.get_statuscode()) if http else 200,
            "digest": headers.get_header("WARC-Payload-Digest") or "",
            "length": str(records.get_record_length()),
            "offset": str(records.get_record_offset()),
            "filename": name,
        }
        yield Record(headers.get_header("WARC-Date"), about)


def key_of(address: str) -> str:
    """What the index is sorted by: the host from its end, then the path (SURT)."""
    url = urlsplit(address)
    if not url.hostname:
        return address.lower()
    labels = url.hostname.lower().split(".")
    if labels[0] == "www" and len(labels) > 2:
        del labels[0]
    port = f":{url.port}" if url.port not in (None, 80, 443) else ""
    query = f"?{url.query}" if url.query else ""
    return f"{','.join(reversed(labels))}{port}){url.path or '/'}{query}".lower()


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _iso(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
