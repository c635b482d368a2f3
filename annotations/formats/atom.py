"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .xml import add, encode

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; times are ISO 8601 with an offset."""

    id: str
    title: str
    url: str
    updated: str
    published: str
    author: str
    summary: str
    category: str = ""
    language: str = ""
    """Of its words; none: the feed's."""


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    """Its own address."""
    title: str
    url: str
    """The page that the feed goes with."""
    updated: str
    language: str
    entries: list[Entry]


def atom(feed: Feed) -> bytes:
    """The feed as a document."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "updated", feed.updated)
    add(root, "link", rel="self", type="application/atom+xml", href=feed.id)
    add(root, "link", rel="alternate", type="text/html", href=feed.url)
    for entry in feed.entries:
        item = add(root, "entry")
        if entry.language:
            item.set("xml:lang", entry.language)
        add(item, "id", entry.id)
        add(item, "title", entry.title)
        add(item, "updated", entry.updated)
        add(item, "published", entry.published)
        add(item, "link", rel="alternate", type="text/html", href=entry.url)
        add(add(item, "author"), "name", entry.author)
        if entry.category:
            add(item, "category", term=entry.category)
        add(item, "summary", entry.summary)
    return encode(root)
