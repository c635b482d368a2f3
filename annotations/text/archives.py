"""Archived copies of web pages that anybody can open, told by their address alone.

Only archives that show each of their copies to everybody count: a copy kept at the desk, behind a
login or in a private folder of some service is none that a reader could be sent to. Most archives
put the moment and the address of the page into the address of its copy, as the Wayback Machine
does and as RFC 7089 (Memento) has in its examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from annotations.text.documents import of_address

_BY_MOMENT = {
    "web.archive.org": "/web/",
    "arquivo.pt": "/wayback/",
    "wayback.archive-it.org": "/",
    "webarchive.loc.gov": "/",
    "webarchive.nationalarchives.gov.uk": "/",
    "www.webarchive.org.uk": "/",
    "archive.today": "/",
    "archive.fo": "/",
    "archive.is": "/",
    "archive.li": "/",
    "archive.md": "/",
    "archive.ph": "/",
    "archive.vn": "/",
}
"""Archives whose copies stand at a moment and the page's address, and what comes before these."""

_BY_NAME = {
    **dict.fromkeys(
        [host for host in _BY_MOMENT if host.startswith("archive.")],
        # A name of small letters alone may be a page of the archive's own.
        re.compile(r"/(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{5}"),
    ),
    "ghostarchive.org": re.compile(r"/(?:archive|varchive)/[0-9A-Za-z_-]{4,}"),
    "megalodon.jp": re.compile(r"/\d{4}-\d{4}-\d{4}-\d{2}/.+"),
}
"""Archives whose copies have a name of their own, which does not say what they are of."""

# A collection may stand before the moment (…/ukwa/2020…/), a way of showing it after (…id_/).
_MOMENT = re.compile(r"(?:[a-z0-9_-]{1,40}/)?(?:\d{4,14}|\d{4}\.\d{2}\.\d{2}-\d{6})(?:[a-z]{2}_)?/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is and, if it is known, where everybody can open a copy of it."""

    url: str
    archived_at: str = ""


def place_of(address: str) -> Place:
    """The place that an address names: of a copy, the page it says it is of, and the copy.

    A copy that does not say what it is of stands for the page itself.
    """
    try:
        url = urlsplit(address)
        host = (url.hostname or "").lower()
    except ValueError:
        return Place(address)
    if url.scheme not in ("http", "https"):
        return Place(address)
    if host in _BY_MOMENT and url.path.startswith(_BY_MOMENT[host]):
        rest = address.split(url.netloc, 1)[1][len(_BY_MOMENT[host]) :]
        if moment := _MOMENT.match(rest):
            page = _page(rest[moment.end() :])
            return Place(place_of(page).url if page else address, address)
    if host in _BY_NAME and _BY_NAME[host].fullmatch(url.path):
        return Place(address, address)
    return Place(address)


def _page(words: str) -> str:
    """The web address that the rest of a copy's address is; empty if it is none for readers."""
    found = re.sub(r"^(https?):/+", r"\1://", words)
    try:
        url = urlsplit(found)
        host = url.hostname or ""
    except ValueError:
        return ""
    is_page = url.scheme in ("http", "https") and "." in host and "@" not in url.netloc
    return found if is_page else ""


class Copies:
    """The copies that some addresses name, by what they are copies of."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._by_document: dict[str, str] = {}
        for place in map(place_of, addresses):
            if place.archived_at:
                self._by_document.setdefault(of_address(place.url), place.archived_at)

    def place(self, address: str) -> Place:
        """The place of an address, with the copy of that document if one of the addresses is."""
        found = place_of(address)
        if found.archived_at or not address:
            return found
        return Place(address, self._by_document.get(of_address(address), ""))
