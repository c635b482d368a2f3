"""Sitemaps (sitemaps.org): addresses with the day they changed last."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from .xml import add, encode

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA_TYPE = "application/xml; charset=utf-8"
LIMIT = 10_000
"""Addresses in one file; the protocol allows 50,000."""


def sitemap(addresses: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of (address, ISO 8601 time of its last change)."""
    return _document("urlset", "url", addresses)


def index(parts: Iterable[tuple[str, str]]) -> bytes:
    """An index of sitemaps, as `sitemap` is of pages."""
    return _document("sitemapindex", "sitemap", parts)


def _document(root_tag: str, tag: str, rows: Iterable[tuple[str, str]]) -> bytes:
    root = ET.Element(root_tag, {"xmlns": NAMESPACE})
    for address, changed in rows:
        row = add(root, tag)
        add(row, "loc", address)
        if changed:
            add(row, "lastmod", changed)
    return encode(root)
