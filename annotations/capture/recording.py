"""A page as its server gave it, to be kept: every answer on the way there, in WARC records.

Sources: ISO 28500:2017 (WARC 1.1), RFC 9309 (robots.txt). What a page embeds: capture.parts.
"""

from __future__ import annotations

import datetime as dt
import http.client
import io
import json
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, urlsplit
from urllib.robotparser import RobotFileParser
from uuid import UUID

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from . import fetch
from .fetch import Bounds, Unfetchable

ROBOTS_BYTES = 500 * 1024
"""As much of a robots.txt as RFC 9309 asks to be read."""
AGENT = "Factcheck"
"""The name by which a robots.txt may speak to us."""
LARGEST = 25 * 1024 * 1024
"""Bytes of a copy, fetched or brought: a report as PDF is large."""
NOT_SAVED = "not-saved"
"""What a record of a WARC file calls the parts of a page that are not in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server, whatever it says."""

    address: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    data: bytes
    """The body, unpacked."""
    sent: tuple[tuple[str, str], ...]
    """The headers of the request."""
    target: str
    ip: str
    at: dt.datetime
    """When it had arrived, UTC."""

    def header(self, name: str) -> str:
        """The first header of this name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        return self.header("content-type").partition(";")[0].strip().lower()[:100]

    @property
    def charset(self) -> str:
        return charset_of(self.header("content-type"))


def charset_of(content_type: str) -> str:
    """The character set that a Content-Type declares; empty where it declares none."""
    declared = Message()
    declared["Content-Type"] = content_type
    return (declared.get_content_charset("") or "")[:40]


def follow(address: str, bounds: Bounds) -> list[Answer]:
    """The answers from this address to where it leads in the end. Raises Unfetchable."""
    until = time.monotonic() + bounds.seconds
    answers: list[Answer] = []
    for _hop in range(fetch.MOST_REDIRECTS + 1):
        url = fetch.checked(address)
        answer, leads = fetch.ask(url, bounds, until, _read)
        answers.append(answer)
        if not leads:
            return answers
        address = fetch.led_to(url, leads)
    raise fetch.too_many_redirects()


def _read(
    url: SplitResult, response: http.client.HTTPResponse, bounds: Bounds, stream: socket.socket
) -> tuple[Answer, str]:
    leads = fetch.leads_on(response)
    answer = Answer(
        address=url._replace(fragment="").geturl(),
        status=response.status,
        reason=response.reason,
        headers=tuple((name, _one_line(value)) for name, value in response.getheaders()),
        data=fetch.body(response, bounds),
        sent=tuple(fetch.headers_of(url, bounds).items()),
        target=fetch.target_of(url),
        ip=str(stream.getpeername()[0]),
        at=dt.datetime.now(dt.UTC),
    )
    return answer, leads


def _one_line(value: str) -> str:
    return " ".join(value.split())


def require_success(answer: Answer) -> None:
    """Raise Unfetchable, saying why, for an answer that is not the page."""
    if answer.status not in (200, 203):
        raise _no_page(answer)


def _no_page(answer: Answer) -> Unfetchable:
    """Why it is not the page, and when its server would be asked again."""
    code, words = "status", "The server answered {status}, not a page."
    if answer.status in (404, 410):
        code, words = "gone", "There is no such page ({status})."
    elif answer.status in (401, 402, 403, 407, 451):
        code, words = "closed", "The server does not let us read it ({status})."
    problem = Unfetchable(code, words, status=answer.status)
    problem.retry_after = answer.header("retry-after")
    return problem


def is_passing(problem: Unfetchable) -> bool:
    """Whether it may go better at another time."""
    status = int(problem.params.get("status", 0))
    if status:
        return status >= 500 or status in (408, 425, 429)
    return problem.code in ("too_slow", "refused", "broken", "not_found", "no_room")


# --- robots.txt ---


Rules = RobotFileParser | None
"""What a robots.txt asks of machines; nothing where there is none."""


def require_welcome(address: str, bounds: Bounds) -> None:
    """Raise Unfetchable where the site asks machines not to read this page."""
    require_allowed(rules_of(address, bounds), address)


def rules_of(address: str, bounds: Bounds) -> Rules:
    """The robots.txt of the address's host. Raises Unfetchable.

    No robots.txt lets everybody in; one that cannot be read now lets nobody in (RFC 9309, 2.3.1).
    """
    url = fetch.checked(address)
    robots = url._replace(path="/robots.txt", query="", fragment="").geturl()
    answer = follow(robots, replace(bounds, size=ROBOTS_BYTES))[-1]
    if answer.status >= 500 or answer.status == 429:
        raise _no_page(answer)
    if answer.status != 200:
        return None
    rules = RobotFileParser()
    rules.parse(answer.data.decode("utf-8", "replace").splitlines())
    return rules


def require_allowed(rules: Rules, address: str) -> None:
    """Raise Unfetchable where these rules do not let us read the page."""
    if rules is not None and not rules.can_fetch(AGENT, fetch.checked(address).geturl()):
        raise Unfetchable("robots", "The site asks machines not to read this page.")


# --- WARC ---


class _Writer(WARCWriter):
    """Digests by SHA-256, and no temporary files: what is written is in memory already."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")

    @staticmethod
    def _create_temp_file() -> io.BytesIO:
        return io.BytesIO()


def warc(
    answers: list[Answer], software: str, *, page: Answer | None = None, missed: Sequence[Any] = ()
) -> bytes:
    """A WARC file with a request and a response for each answer, each record packed by itself.

    `missed` is what was not got of what the `page` embeds, as JSON takes it: a record says so.
    """
    stream = io.BytesIO()
    writer = _Writer(stream, gzip=True, warc_version="WARC/1.1")
    about = {"software": software, "format": "WARC File Format 1.1", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record("copy.warc.gz", about))
    for answer in answers:
        at = answer.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        response = writer.create_warc_record(
            answer.address,
            "response",
            payload=io.BytesIO(answer.data),
            http_headers=StatusAndHeaders(
                f"{answer.status} {answer.reason}".strip(), _as_kept(answer), protocol="HTTP/1.1"
            ),
            warc_headers_dict={"WARC-Date": at, "WARC-IP-Address": answer.ip},
        )
        request = writer.create_warc_record(
            answer.address,
            "request",
            http_headers=StatusAndHeaders(
                f"GET {answer.target} HTTP/1.1", list(answer.sent), is_http_request=True
            ),
            warc_headers_dict={"WARC-Date": at},
        )
        writer.write_request_response_pair(request, response)
    if page is not None and missed:
        said = json.dumps({NOT_SAVED: missed}, ensure_ascii=False).encode()
        at = page.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        record = writer.create_warc_record(
            page.address,
            "metadata",
            payload=io.BytesIO(said),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Date": at},
        )
        writer.write_record(record)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as it is read back from a WARC file."""

    address: str
    status: int
    content_type: str
    location: str
    data: bytes

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()[:100]

    @property
    def charset(self) -> str:
        return charset_of(self.content_type)


def read(data: bytes) -> tuple[list[Read], list[dict[str, Any]]]:
    """The answers of a WARC file in their order, and what it says was not saved."""
    answers: list[Read] = []
    missed: list[dict[str, Any]] = []
    for each in ArchiveIterator(io.BytesIO(data)):
        said, address = each.http_headers, each.rec_headers.get_header("WARC-Target-URI") or ""
        if each.rec_type == "response" and said is not None:
            answers.append(
                Read(
                    address,
                    int(said.get_statuscode()),
                    said.get_header("Content-Type") or "",
                    said.get_header("Location") or "",
                    each.content_stream().read(),
                )
            )
        elif each.rec_type == "metadata":
            missed += json.loads(each.content_stream().read()).get(NOT_SAVED, [])
    return answers, missed


def declared(data: bytes) -> str:
    """The character set that a page's server declared, by the WARC file of the page.

    It is unpacked as far as the page's own answer, which is the first that leads nowhere else.
    """
    for each in ArchiveIterator(io.BytesIO(data)):
        said = each.http_headers
        if each.rec_type == "response" and said and said.get_statuscode() in ("200", "203"):
            return charset_of(said.get_header("Content-Type") or "")
    return ""


def resource(address: str, data: bytes, media_type: str, at: dt.datetime, key: UUID) -> bytes:
    """A WARC file of what somebody brought: no server is said to have answered it.

    `at` is when (UTC). What has no web address has one that begins with "urn:". The same, with the
    same key, is the same bytes.
    """
    stream = io.BytesIO()
    writer = _Writer(stream, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        address,
        "resource",
        payload=io.BytesIO(data),
        warc_content_type=media_type or "application/octet-stream",
        warc_headers_dict={
            "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-Record-ID": f"<urn:uuid:{key}>",
        },
    )
    writer.write_record(record)
    return stream.getvalue()


def _as_kept(answer: Answer) -> list[tuple[str, str]]:
    """The headers as they came, but for those of a packing that is undone.

    They go by the names that archives use for such; the length is the body's own.
    """
    undone = {"content-encoding", "transfer-encoding", "content-length"}
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in undone else name, value)
        for name, value in answer.headers
    ]
    return [*kept, ("Content-Length", str(len(answer.data)))]


def host_of(address: str) -> str:
    """The host and port that an address asks; empty for no address."""
    try:
        url = urlsplit(address)
    except ValueError:
        return ""
    return url.netloc.rpartition("@")[2].lower()[:255]


def record(address: str, bounds: Bounds) -> list[Answer]:
    """The answers for a page that may be kept, the page itself the last. Raises Unfetchable."""
    require_welcome(address, bounds)
    answers = follow(address, bounds)
    if host_of(answers[-1].address) != host_of(address):
        require_welcome(answers[-1].address, bounds)
    require_success(answers[-1])
    return answers
