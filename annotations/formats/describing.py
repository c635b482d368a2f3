"""What a web page says of itself: its title, who published it, who wrote it, when, its language.

Read from its head alone, as search engines are told it: Highwire's and Dublin Core's names of
research, Open Graph, schema.org in JSON-LD, and HTML's own. Pages are written by strangers: no more
than `MOST` bytes are looked at, and what is found is short, plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from annotations.formats import charsets
from annotations.text.dates import is_partial_date
from annotations.text.tongues import as_tag

MOST = 512 * 1024
"""Bytes of a page that are looked at."""
LONGEST = {"title": 300, "publisher": 200, "authors": 300, "language": 35}
"""Characters of each that are kept."""

_NAMES = {
    "title": ("citation_title", "og:title", "dc.title", "twitter:title"),
    "publisher": ("citation_journal_title", "og:site_name", "citation_publisher", "dc.publisher"),
    "authors": ("citation_author", "article:author", "author", "dc.creator"),
    "published_on": (
        "citation_publication_date",
        "citation_date",
        "article:published_time",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "date",
    ),
    "language": ("citation_language", "dc.language", "content-language"),
}
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Described:
    """Each is empty where the page does not say."""

    title: str = ""
    publisher: str = ""
    authors: str = ""
    published_on: str = ""
    language: str = ""
    address: str = ""
    """What the page calls its own address, if that is on the host that it came from."""


def describe(data: bytes, *, charset: str = "", address: str = "") -> Described:
    """What the page in these bytes says of itself; `charset` is what its server declared."""
    tree = _tree(data[:MOST], charset)
    if tree is None:
        return Described()
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        name = name or meta.get("http-equiv") or ""
        if content := (meta.get("content") or "").strip():
            said.setdefault(name.strip().lower(), []).append(content)
    data_of = _first_of(tree)
    found = {name: _one(said, names) or data_of[name] for name, names in _NAMES.items()}
    found["authors"] = ", ".join(_people(said)) or data_of["authors"]
    found["title"] = found["title"] or _text(tree.find(".//title"))
    found["language"] = as_tag(found["language"]) or as_tag(tree.get("lang") or "")
    found["published_on"] = day(found["published_on"])
    short = {name: _short(found[name], most) for name, most in LONGEST.items()}
    return Described(
        **short, published_on=found["published_on"], address=_own_address(tree, address)
    )


def _tree(data: bytes, charset: str) -> Any:
    if charset and not charsets.is_known(charset):
        return None  # a title in wrong characters is worse than none: a person is to take it over
    try:
        text = charsets.shown(data, charset, is_page=True)
        parser = etree.HTMLParser(encoding="utf-8", no_network=True)
        return etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError):
        return None


def _one(said: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((said[name][0] for name in names if name in said), "")


def _people(said: dict[str, list[str]]) -> list[str]:
    """Those named; Open Graph's authors may be addresses of their pages."""
    for name in _NAMES["authors"]:
        people = [each for each in said.get(name, []) if "://" not in each]
        if people:
            return list(dict.fromkeys(people))
    return []


def _text(element: Any) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _short(words: str, most: int) -> str:
    """On one line, without characters that steer, and cut at a space where it is too long."""
    plain = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0][:most]


def day(words: str) -> str:
    """The date at the beginning of the words, as far as it is known; empty if there is none."""
    if match := _MONTH.match(words.strip()):
        parts = [match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]
        found = "-".join(parts)
        return found if is_partial_date(found) else ""
    year = words.strip()
    return year if len(year) == 4 and year.isdecimal() and is_partial_date(year) else ""


def _own_address(tree: Any, address: str) -> str:
    """`rel=canonical`, believed on the same host only: elsewhere it could claim to be any page."""
    for link in tree.iter("link"):
        if "canonical" not in (link.get("rel") or "").lower().split():
            continue
        try:
            own = urljoin(address, (link.get("href") or "").strip())
            url, asked = urlsplit(own), urlsplit(address)
        except ValueError:
            return ""
        is_same = url.scheme in ("http", "https") and url.netloc.lower() == asked.netloc.lower()
        return own if is_same and len(own) <= 2000 else ""
    return ""


# --- schema.org ---

_WORKS = (
    "article",
    "report",
    "dataset",
    "posting",
    "webpage",
    "book",
    "legislation",
    "creativework",
)


def _first_of(tree: Any) -> dict[str, str]:
    """What JSON-LD says of the first work in it."""
    found = dict.fromkeys(_NAMES, "")
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for work in _works(value):
            found["title"] = _words(work.get("headline") or work.get("name"))
            found["publisher"] = _words(work.get("publisher"))
            found["authors"] = _words(work.get("author"))
            found["published_on"] = _words(work.get("datePublished"))
            found["language"] = _words(work.get("inLanguage"))
            return found
    return found


def _works(value: Any) -> Iterator[dict[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    for row in rows[:50]:
        if not isinstance(row, dict):
            continue
        kinds = row.get("@type")
        names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
        if any(name.endswith(_WORKS) for name in names):
            yield row
        elif isinstance(row.get("@graph"), list):
            yield from _works(row["@graph"])


def _words(value: Any) -> str:
    """A text, the name of a thing, or those of a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:20])))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
