"""Which web addresses are one document, and how a document without one is told: DOI, ISBN, title.

An address is compared by what it names, never replaced: people, readers and exports keep what was
typed. Two addresses are one document if RFC 3986 (6.2) calls them the same, or if they differ in
what by custom changes nothing of a page: http and https, `www.` and a host for mobiles, a final
slash, parameters that only say where a reader came from, and a fragment.
"""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

LONGEST = 500
"""Characters of the name of a document; a longer one is told by its hash."""

_TRACKING = re.compile(
    r"""
    (?:utm|mtm|hsa|oly|vero)_\w*
    | (?:pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid)
    | at_(?:medium|campaign|format|custom\d*|link_\w+|ptr_\w+|bbc_\w+|send_date)
    | (?:fb|g|d|ms|y|tw|tt)clid | gclsrc | gbraid | wbraid | srsltid | igshid | igsh | li_fat_id
    | mc_[ce]id | mkt_tok | _g[al] | _hs(?:enc|mi) | wt_z?mc
    | ref_src | ref_url | cmpid | ncid | s_cid | spm | smid | taid | xtor
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Parameters that say where a reader came from, as advertisers and mail services name them."""

_FOR_MOBILES = ("www", "m", "mobile", "amp")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")
_ROUTES = ("!", "/")


def document_of(address: str, title: str = "", isbn: str = "") -> str:
    """The name under which a document is one at its desk; empty where nothing tells.

    By its address, or else its ISBN, or else its title.
    """
    words = " ".join(title.split()).casefold()
    name = of_address(address) or (isbn and f"isbn:{isbn}") or (words and f"title:{words}")
    return name if len(name) <= LONGEST else f"sha256:{sha256(name.encode()).hexdigest()}"


def of_address(address: str) -> str:
    """What the address names, as "doi:..." or an address in its plainest form; empty if none."""
    if found := doi(address):
        return f"doi:{found}"
    try:
        url = urlsplit(address.strip())
        host, port = _host(url), url.port
    except ValueError:
        return ""
    if url.scheme not in ("http", "https") or not host:
        return ""
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = "&".join(_parameters(url.query))
    fragment = url.fragment if url.fragment.startswith(_ROUTES) else ""
    return "".join(
        (
            f"https://{place}",
            _path(url.path),
            f"?{query}" if query else "",
            f"#{fragment}" if fragment else "",
        )
    )


def _host(url: SplitResult) -> str:
    """The host in small ASCII letters, without what only says for which screens it is.

    Empty where there is none.
    """
    host = (url.hostname or "").rstrip(".")
    if not host.isascii():
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    if any(letter.isspace() for letter in host):
        return ""
    if not host.isascii():
        return host
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _FOR_MOBILES:
        del labels[0]
    # A language may stand before it: en.m.wikipedia.org.
    if len(labels) > 3 and labels[1] in _FOR_MOBILES:
        del labels[1]
    return ".".join(labels)


def _path(path: str) -> str:
    """The path without `.`, `..` and a final slash, escaped no more than it must be."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(_escaped(part))
    return "".join(f"/{part}" for part in kept)


def _escaped(text: str) -> str:
    """The text with percent signs where RFC 3986 needs them, in capitals, and nowhere else."""

    def plain(match: re.Match[str]) -> str:
        (byte,) = unquote_to_bytes(match[0])
        return chr(byte) if byte in _UNRESERVED else match[0].upper()

    return re.sub("%[0-9A-Fa-f]{2}", plain, quote(text, safe="%:@!$&'()*+,;=~-._/?[]"))


def _parameters(query: str) -> list[str]:
    """The parameters that say which page it is, in the order in which they stand."""
    given = (each for each in query.split("&") if each)
    return [_escaped(each) for each in given if not _TRACKING.fullmatch(each.partition("=")[0])]


def doi(words: str) -> str:
    """The DOI that the words are or lead to, in small letters (DOI Handbook, 2.4); else empty."""
    words = words.strip()
    if words[:4].lower() == "doi:":
        words = words[4:].strip()
    elif "://" in words:
        try:
            url = urlsplit(words)
        except ValueError:
            return ""
        if (url.hostname or "") not in _DOI_HOSTS:
            return ""
        words = unquote_to_bytes(url.path.lstrip("/")).decode(errors="replace")
    found = _DOI.fullmatch(words)
    return found[0].lower() if found else ""


def isbn(words: str) -> str:
    """The ISBN that the words are, in its 13 digits, if its check digit holds (ISO 2108).

    Empty for anything else.
    """
    words = re.sub(r"(?i)^(urn:)?isbn(-1[03])?:?", "", words.strip())
    digits = re.sub(r"[\s‐-―-]", "", words).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if digits[-1] == _check_digit(digits[:12]) else ""
    if not re.fullmatch(r"\d{9}[\dX]", digits):
        return ""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
        return ""
    core = f"978{digits[:9]}"
    return core + _check_digit(core)


def _check_digit(twelve: str) -> str:
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-weighed % 10)
