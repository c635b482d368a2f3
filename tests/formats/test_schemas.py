"""Feeds and sitemaps are what their published schemas say, by libxml2 and not by us.

tests/data/schemas holds them: Atom's RELAX NG of RFC 4287, and the XML Schemas of sitemaps.org.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from annotations import workflow
from annotations.formats import atom, sitemap
from annotations.models import Claimant
from tests import cast as c
from tests.views.readers import bury

SCHEMAS = Path(__file__).parents[1] / "data/schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
SITEMAP = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
INDEX = etree.XMLSchema(etree.parse(SCHEMAS / "siteindex.xsd"))
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def objections(schema: Any, data: bytes) -> list[str]:
    """What the schema has against the document."""
    schema.validate(etree.fromstring(data))
    return [error.message for error in schema.error_log]


def feed_objections(data: bytes) -> list[str]:
    """As `objections`, with the two rules that the RFC's schema has in Schematron."""
    found, root = objections(ATOM, data), etree.fromstring(data)
    for entry in root.iterfind("a:entry", NAMES):
        if entry.find("a:author", NAMES) is None and root.find("a:author", NAMES) is None:
            found.append("An entry has no author, nor has its feed.")
        links = entry.findall("a:link", NAMES)
        if not any(link.get("rel", "alternate") == "alternate" for link in links):
            found.append("An entry has neither content nor an alternate link.")
    return found


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    caches["process"].clear()


def get(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return bytes(answer.content)


FEEDS = ("checks", "corrections", "desk/checks", "desk/corrections")


@pytest.mark.parametrize("name", FEEDS)
def test_every_feed_is_atom(cast, name):
    address = f"/feeds/{name}.atom"
    article, claim = cast.corrected()
    assert feed_objections(get(address)) == []
    bury(claim, "retracted", "The register was forged.", cast.eli)
    caches["process"].clear()
    assert feed_objections(get(address)) == []
    workflow.withdraw(article, actor=cast.mia, why="A court said so.")
    caches["process"].clear()
    assert feed_objections(get(address)) == []


def test_a_feed_of_nothing_is_atom_too(cast):
    for name in FEEDS:
        assert feed_objections(get(f"/feeds/{name}.atom")) == []


def test_the_feed_of_a_claimant_is_atom(cast):
    _article, claim = cast.approved()
    named = Claimant.objects.create(desk=cast.desk, name="عمدة & Söhne", kind="person")
    claim.claimant = named
    claim.save(update_fields=["claimant"])
    workflow.publish(claim.marks.get().revision.article, actor=cast.eli)
    asked = urlencode({"name": named.name, "lang": "ar"})
    assert feed_objections(get(f"/feeds/desk/claimant.atom?{asked}")) == []


WORDS = st.text(max_size=60)


@given(WORDS, WORDS, WORDS, st.sampled_from(["", "ar", "zh-Hant", "pt-BR"]))
def test_whatever_was_typed_a_feed_is_atom(title, summary, author, language):
    at = "2026-11-24T10:00:00.000Z"
    place = "https://x.example/"
    entry = atom.Entry("urn:x", title, place, at, at, author, summary, title, language)
    made = atom.atom(atom.Feed(f"{place}f", title, place, at, "en", [entry, entry]))
    assert feed_objections(made) == []


def test_every_sitemap_is_one(cast, monkeypatch):
    assert objections(SITEMAP, get("/sitemap.xml")) == [], "where nothing is published yet"
    cast.published()
    caches["process"].clear()
    assert objections(SITEMAP, get("/sitemap.xml")) == []
    monkeypatch.setattr(sitemap, "LIMIT", 1)
    caches["process"].clear()
    whole = get("/sitemap.xml")
    assert objections(INDEX, whole) == []
    for place in etree.fromstring(whole).iter(f"{{{sitemap.NAMESPACE}}}loc"):
        assert objections(SITEMAP, get(str(place.text))) == []


def test_addresses_in_any_script_are_addresses_of_a_sitemap(cast):
    words = "الميناء آمن"
    article = c.import_text(cast.desk, cast.eda, f"الميناء\n\n{words}.", language="ar")
    claim = c.mark(article, words, cast.eda, claim_reviewed=words)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    made = get("/sitemap.xml")
    assert b"%D8%A7" in made
    assert objections(SITEMAP, made) == []


# --- the schemas would tell ---

ENTRY = atom.Entry(
    "urn:x",
    "T",
    "https://x.example/1",
    "2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00Z",
    "A",
    "S",
    "K",
)
FEED = atom.atom(
    atom.Feed(
        "https://x.example/f", "F", "https://x.example/", "2026-11-24T10:00:00Z", "en", [ENTRY]
    )
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<id>urn:x</id>", b""),
        (b"<title>T</title>", b""),
        (b"<title>T</title>", b"<title>T</title><title>T</title>"),
        (b"<updated>2026-11-24T10:00:00Z", b"<updated>24 November"),
        (b"<published>2026-11-24T10:00:00Z", b"<published>2026-11-24"),
        (b'type="text/html"', b'type="html"'),
        (b' href="https://x.example/1"', b""),
        (b'term="K"', b""),
        (b"<name>A</name>", b""),
        (b"<author><name>A</name></author>", b""),
        (b"<summary>S</summary>", b"<summary>S<b>!</b></summary>"),
        (b"<summary>S</summary>", b"<abstract>S</abstract>"),
        (b'rel="alternate" type="text/html" href="https://x.example/1"', b'rel="self" href="a"'),
        (b'xml:lang="en"', b'xml:lang="en US"'),
    ],
)
def test_a_feed_that_is_not_atom_is_told(right, wrong):
    assert feed_objections(FEED) == []
    assert right in FEED
    assert feed_objections(FEED.replace(right, wrong)) != []


@pytest.mark.parametrize(
    "rows",
    [
        [(f"https://x.example/{'a' * 2100}", "")],
        [("https://x.example/1", "24 November")],
        [("", "")],
        [],
    ],
)
def test_a_sitemap_that_is_none_is_told(rows):
    assert objections(SITEMAP, sitemap.sitemap([("https://x.example/", "2026-11-24")])) == []
    assert objections(SITEMAP, sitemap.sitemap(rows)) != []
    assert objections(INDEX, sitemap.index(rows)) != []
