"""What a page says of itself, where an extractor takes it from the wrong place.

Reads lxml's tree before the extractor does; what a page declares is taken over what stands on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

Element = Any
"""An element of lxml, which has no types of its own."""

_DEEPEST = 20


def about(tree: Element, address: str) -> dict[str, Any]:
    """The titles that a page declares, its own address, its language, and its moments in time."""
    return {
        "titles": list(_titles(tree)),
        "canonical": _canonical(tree, address),
        "language": _language(tree),
        "moments": list(_moments(tree)),
        "text_of_names": _near_names(tree),
        "names": list(_meta(tree, "author", "byl"))[:_MOST_NAMES],
    }


def _meta(tree: Element, *names: str) -> Iterator[str]:
    for name in names:
        for found in tree.xpath(f'//meta[@property="{name}" or @name="{name}"]/@content'):
            if found.strip():
                yield " ".join(found.split())


# --- the title ---

_PARTS = re.compile(r"\s+[|·•–—-]\s+|\s::\s|\s»\s")


def _titles(tree: Element) -> Iterator[str]:
    """The page's declared titles, the best first; of the element, without the paper's name."""
    yield from _meta(tree, "og:title", "twitter:title")
    whole = " ".join("".join(tree.xpath("string(//head/title)")).split())
    if whole:
        yield max(_PARTS.split(whole), key=len)
        yield whole


# --- the address ---


def _canonical(tree: Element, address: str) -> str:
    """The address that the page gives as its own: that of the page it was fetched from, or better.

    A page that was fetched may name another of the same site only.
    """
    links = tree.xpath('//link[contains(concat(" ", @rel, " "), " canonical ")]/@href')
    for link in [*links, *_meta(tree, "og:url")]:
        try:
            found = urlsplit(urljoin(address, link.strip()))
            site = found.hostname or ""
        except ValueError:
            continue
        if found.scheme not in ("http", "https") or "." not in site or found.username:
            continue
        if not address or _site(site) == _site(urlsplit(address).hostname or ""):
            return str(found._replace(fragment="").geturl())[:2000]
    return ""


def _site(host: str) -> str:
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host.lower())


# --- the language ---


def _language(tree: Element) -> str:
    """The tag that the page declares for itself, as written."""
    tags = [
        *tree.xpath("/html/@lang"),
        *tree.xpath("//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content"),
        *_meta(tree, "og:locale"),
    ]
    return next((tag.strip() for tag in tags if tag.strip()), "")


# --- the day ---

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)")


def _moments(tree: Element) -> Iterator[str]:
    """Points in time with their zones, as the page writes them."""
    said = [
        *_meta(tree, "article:published_time", "datePublished", "date", "pubdate"),
        *tree.xpath("//time/@datetime"),
        *_published(tree),
    ]
    for each in said[:200]:
        if found := _MOMENT.match(each.strip()):
            yield found.group()


def _published(tree: Element) -> Iterator[str]:
    """What JSON-LD says of when things were published."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()')[:20]:
        try:
            values = json.loads(script)
        except (ValueError, RecursionError):
            continue
        yield from _values(values, "datePublished")


def _values(values: Any, key: str, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(values, dict):
        if isinstance(found := values.get(key), str):
            yield found
        values = list(values.values())
    if isinstance(values, list):
        for each in values:
            yield from _values(each, key, depth + 1)


def own_day(day: str, moments: list[str]) -> str:
    """The day in the page's own zone, where `day` is that of the same moment in UTC.

    A page that says 01:00 UTC for machines and 20:00 -05:00 for people is of the day before.
    """
    stamps = [stamp for stamp in map(_stamp, moments) if stamp is not None]
    in_utc = [stamp for stamp in stamps if not stamp.utcoffset() and f"{stamp:%Y-%m-%d}" == day]
    for moment in in_utc:
        for own in stamps:
            if own.utcoffset() and abs(own - moment) <= timedelta(minutes=1):
                return f"{own:%Y-%m-%d}"
    return day


def _stamp(moment: str) -> datetime | None:
    try:
        return datetime.fromisoformat(moment.replace("Z", "+00:00").replace(" +", "+"))
    except ValueError:
        return None


# --- the byline ---

# How much of the page is kept to look up how a name is written there, in characters.
_NEAR = 4000
_MOST_NAMES = 10
_BY = re.compile(
    r"^(?:(?:written|reported|words|story|report|text|texte|texto|testo|foto|von|by|par|por|di|da"
    r"|от|автор|автора|autor|auteur|author|geschrieben)\b[:\s]+)+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:admin|administrator|editor|no author|staff|staff writer|unknown|redaktion|rédaction"
    r"|redacción|redazione|webmaster|guest|root|user|null|none|author"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonntag)",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:Verlag|GmbH|AG|Ltd|LLC|Inc|Media|Group|Press|News|Agency|dpa|AFP)\b")
_GOES_ON = re.compile(r"\s(?:is|was|ist|est|es|è|covers|writes|reports|has|,)\s.*$")


def _near_names(tree: Element) -> str:
    """The words of the elements that name who wrote the page."""
    found = tree.xpath(
        "//*[contains(@class, 'author') or contains(@class, 'byline') or @rel='author'"
        " or @itemprop='author']"
    )
    declared = " ".join(_meta(tree, "author", "article:author", "byl"))
    words = " ".join(" ".join("".join(each.itertext()).split()) for each in found[:10])
    return f"{declared} {words}"[:_NEAR]


def byline(said: str, outlet: str, near: str) -> str:
    """Who wrote the page, without what an extractor took along.

    `near` are the page's own words about it: there initials have their full stops.
    """
    names: list[str] = []
    for part in re.split(r"\s*[;|/]\s*", said):
        name = _GOES_ON.sub("", _BY.sub("", part.strip())).strip(" ,.–—-")
        if not name or _NO_NAME.fullmatch(name) or "@" in name or "://" in name:
            continue
        if not any(char.isalpha() for char in name) or any(char.isdigit() for char in name):
            continue
        if name.casefold() == outlet.casefold():
            continue
        names.append(_with_full_stops(name, near))
    people = [name for name in names if not _COMPANY.search(name)]
    return ", ".join(dict.fromkeys(people or names))


def _with_full_stops(name: str, near: str) -> str:
    """The name as the page writes it, where that only adds full stops: J. K. Rowling."""
    words = [re.escape(word) + (r"\.?" if len(word) == 1 else "") for word in name.split()]
    found = re.search(r"\s?".join(words), near) if len(words) <= 6 else None
    return found.group() if found else name
