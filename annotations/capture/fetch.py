"""Fetching a page whose address a person gave us, so that it cannot reach what is not public.

The address the name resolves to is checked, and that same address is connected to: a name that
answers otherwise the second time gains nothing. Each redirect is a new address, checked anew.
No cookie and no credential is ever sent, and everything together has a time and a size.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Thread, Timer
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from annotations.capture.addresses import is_public

MOST_REDIRECTS = 5
USER_AGENT = "Factcheck/0.1 (a newsroom reads one page)"
_PORTS = {"http": 80, "https": 443}
_TYPES = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/vtt"),
    *("application/pdf", "application/vnd.oasis.opendocument.text"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_CHUNK = 64 * 1024
_HEADERS = MappingProxyType(
    {
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, application/pdf;q=0.8,"
        " */*;q=0.1",
    }
)
T = TypeVar("T")
# The longest address anybody needs, in characters.
_LONGEST = 2000


class Unfetchable(ValueError):
    """The page could not be fetched. `str()` is English; `code` and `params` are to translate.

    `retry_after` is what the server said of when to ask again, as it said it.
    """

    retry_after = ""

    def __init__(self, code: str, message: str, **params: int | str) -> None:
        super().__init__(message.format(**params))
        self.code = code
        self.params: Mapping[str, int | str] = MappingProxyType(params)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far fetching may go. `allowed` are exact "address:port" that are reached though not
    public, such as "127.0.0.1:8080" or "[::1]:8080": an archive of one's own, a test's server.
    """

    seconds: float = 10.0
    size: int = 10 * 1024 * 1024
    ports: Collection[int] = (80, 443)
    allowed: Collection[str] = field(default_factory=frozenset)
    headers: Mapping[str, str] = field(default_factory=lambda: _HEADERS)
    """What is said with each request beside its host."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: bytes as received, from where in the end, and of which declared type."""

    address: str
    data: bytes
    media_type: str
    charset: str


def fetch(address: str, bounds: Bounds | None = None) -> Page:
    """The page at a web address. Raises Unfetchable."""
    bounds = bounds or Bounds()
    until = time.monotonic() + bounds.seconds
    for _hop in range(MOST_REDIRECTS + 1):
        url = checked(address)
        answer = ask(url, bounds, until, _read)
        if isinstance(answer, Page):
            return answer
        address = led_to(url, answer)
    raise too_many_redirects()


def led_to(url: SplitResult, location: str) -> str:
    """The address that a redirect leads to from there. Raises Unfetchable."""
    try:
        return urljoin(url.geturl(), location)
    except ValueError:
        raise _no_address() from None


def too_many_redirects() -> Unfetchable:
    return Unfetchable(
        "redirects", "The page leads on more than {most} times.", most=MOST_REDIRECTS
    )


# --- the address ---

_UNUSABLE = re.compile(r"[\x00-\x20\x7f\\]")


def checked(address: str) -> SplitResult:
    """The address in parts, if it is one we may ask for at all. Raises Unfetchable."""
    address = address.strip()
    if len(address) > _LONGEST or _UNUSABLE.search(address):
        raise _no_address()
    try:
        url = urlsplit(address)
        port, host = url.port, url.hostname
    except ValueError:
        raise _no_address() from None
    if url.scheme not in _PORTS or not host or port == 0:
        raise _no_address()
    if "@" in url.netloc:
        raise Unfetchable("credentials", "A web address with a name or password is not fetched.")
    return url


def _no_address() -> Unfetchable:
    return Unfetchable("address", "This is no web address. It begins with https:// or http://.")


def _host(url: SplitResult) -> str:
    """The host's name as networks know it: Unicode as Punycode. Raises Unfetchable."""
    assert url.hostname is not None
    try:
        return (
            url.hostname.encode("idna").decode("ascii")
            if not url.hostname.isascii()
            else (url.hostname)
        )
    except UnicodeError:
        raise _not_found(url) from None


def _not_found(url: SplitResult) -> Unfetchable:
    return Unfetchable("not_found", "No server named {host} was found.", host=str(url.hostname))


def _port(url: SplitResult) -> int:
    return url.port or _PORTS[url.scheme]


def _addresses(url: SplitResult, bounds: Bounds, until: float) -> list[str]:
    """The host's addresses, every one of them checked. Raises Unfetchable."""
    host, port = _host(url), _port(url)
    found: list[str] = []

    def resolve() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    # The system's resolver knows no deadline of ours.
    thread = Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(max(0.0, until - time.monotonic()))
    if thread.is_alive():
        raise _too_slow(bounds)
    addresses = list(found)
    if not addresses:
        raise _not_found(url)
    for address in addresses:
        if _pair(address, port) in bounds.allowed:
            continue
        if port not in bounds.ports:
            raise Unfetchable("port", "Port {port} is not fetched from.", port=port)
        if not is_public(address):
            raise Unfetchable(
                "not_public",
                "{host} is not on the public internet, so it is not fetched.",
                host=host,
            )
    return addresses


def _pair(address: str, port: int) -> str:
    plain = ip_address(address)
    return f"[{plain}]:{port}" if plain.version == 6 else f"{plain}:{port}"


# --- asking ---


def _too_slow(bounds: Bounds) -> Unfetchable:
    return Unfetchable(
        "too_slow",
        "The page did not arrive within {seconds} seconds.",
        seconds=f"{bounds.seconds:g}",
    )


AnswerReader = Callable[[SplitResult, http.client.HTTPResponse, Bounds, socket.socket], T]


def ask(
    url: SplitResult,
    bounds: Bounds,
    until: float,
    read: AnswerReader[T],
    posted: bytes | None = None,
) -> T:
    """What `read` makes of the answer at the checked address. Raises Unfetchable.

    `until` is of the monotonic clock. What is `posted` is sent by POST; else it is a GET.
    """
    addresses = _addresses(url, bounds, until)
    plain = _connected(url, addresses, bounds, until)
    # A server that sends a byte at a time never lets a read wait long: the clock ends it.
    # It holds the connection by a handle of its own, for TLS takes the first one over.
    handle = plain.dup()
    watch = Timer(max(0.0, until - time.monotonic()), _hang_up, [handle])
    watch.daemon = True
    watch.start()
    try:
        answer = _answer(url, plain, bounds, read, posted)
    except ssl.SSLError:
        if time.monotonic() >= until:
            raise _too_slow(bounds) from None
        raise Unfetchable(
            "certificate", "{host} could not prove who it is.", host=str(url.hostname)
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if isinstance(problem, Unfetchable):
            raise
        if time.monotonic() >= until:
            raise _too_slow(bounds) from None
        raise Unfetchable(
            "broken", "{host} did not answer as a web server does.", host=str(url.hostname)
        ) from None
    finally:
        watch.cancel()
        plain.close()
        handle.close()
    if time.monotonic() >= until:  # what the clock cut off may look whole
        raise _too_slow(bounds)
    return answer


def _hang_up(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def _connected(
    url: SplitResult, addresses: list[str], bounds: Bounds, until: float
) -> socket.socket:
    """A connection to the first of the checked addresses that takes one. Raises Unfetchable."""
    for address in addresses:
        if (left := until - time.monotonic()) <= 0:
            break
        try:
            return _connect(address, _port(url), left)
        except OSError:
            continue
    if time.monotonic() >= until:
        raise _too_slow(bounds)
    raise Unfetchable("refused", "{host} could not be reached.", host=str(url.hostname))


def _connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to exactly this address: no name is looked up again. Raises OSError."""
    is_v6 = ip_address(address).version == 6
    plain = socket.socket(socket.AF_INET6 if is_v6 else socket.AF_INET)
    try:
        plain.settimeout(seconds)
        plain.connect((address, port))
    except OSError:
        plain.close()
        raise
    return plain


def _answer(
    url: SplitResult,
    plain: socket.socket,
    bounds: Bounds,
    read: AnswerReader[T],
    posted: bytes | None,
) -> T:
    host = _host(url)
    stream = plain
    if url.scheme == "https":
        # Checked against the name that was asked for, not the address that was connected to.
        stream = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    connection = http.client.HTTPConnection(host, _port(url))
    connection.sock = stream
    try:
        method = "GET" if posted is None else "POST"
        connection.request(method, target_of(url), posted, headers_of(url, bounds))
        # An answer that ends with its connection has the socket to itself.
        with connection.getresponse() as response:
            return read(url, response, bounds, stream)
    finally:
        connection.close()


def target_of(url: SplitResult) -> str:
    """The path and parameters, as they are asked for."""
    target = quote(url.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if url.query:
        target += "?" + quote(url.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return target


def headers_of(url: SplitResult, bounds: Bounds) -> dict[str, str]:
    """What is said with the request: no cookie and no credential."""
    host = {"Host": _named(url, _host(url))}
    return host | dict(bounds.headers) | {"Accept-Encoding": "identity", "Connection": "close"}


def _named(url: SplitResult, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if _port(url) == _PORTS[url.scheme] else f"{name}:{_port(url)}"


def leads_on(response: http.client.HTTPResponse) -> str:
    """Where a redirect leads; empty for any other answer."""
    if response.status not in (301, 302, 303, 307, 308):
        return ""
    return response.getheader("Location") or ""


def _read(
    url: SplitResult, response: http.client.HTTPResponse, bounds: Bounds, _stream: socket.socket
) -> Page | str:
    if leads := leads_on(response):
        return leads
    if response.status != 200:
        raise Unfetchable(
            "status", "The server answered {status}, not a page.", status=response.status
        )
    media_type = response.headers.get_content_type()
    if media_type not in _TYPES:
        raise Unfetchable("type", "This is {type}, not a page of text.", type=media_type[:80])
    data = body(response, bounds)
    charset = response.headers.get_content_charset() or ""
    return Page(url._replace(fragment="").geturl(), data, media_type, charset[:40])


def body(response: http.client.HTTPResponse, bounds: Bounds) -> bytes:
    """The bytes of the page, unpacked if they came packed. Raises Unfetchable past the size."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    windows = {"identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}
    if coding not in windows:
        raise Unfetchable("coding", "The page is packed as {coding}.", coding=coding[:40])
    unpack = zlib.decompressobj(windows[coding]) if windows[coding] else None
    found = bytearray()
    while chunk := response.read1(_CHUNK):
        try:
            # No more is unpacked than may be kept: a small page can declare a huge one.
            room = bounds.size + 1 - len(found)
            found += unpack.decompress(chunk, room) if unpack else chunk
        except zlib.error:
            raise Unfetchable("coding", "The page is packed wrongly.", coding=coding) from None
        if len(found) > bounds.size:
            limit = f"{bounds.size / 1024 / 1024:g}"
            raise Unfetchable("too_large", "The page is larger than {limit} MB.", limit=limit)
    wanted = response.length
    if wanted:  # the connection ended before the length that was announced
        raise http.client.IncompleteRead(bytes(found[:0]), wanted)
    return bytes(found)
