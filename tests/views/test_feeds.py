"""Feeds, the DataFeed, the sitemap, embeds and pictures: read back as their readers would."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from annotations import workflow
from annotations.editions.reading import read
from annotations.formats import atom, lettering, sharecard, sitemap
from annotations.formats.claimreview import claim_review
from annotations.models import Edition, Source
from tests import cast as c

from .readers import article_page, bury, claim_page


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def get(url: str, status: int = 200):
    answer = Client().get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer


FEEDS = ["/feeds/checks.atom", "/feeds/corrections.atom"]
DESK_FEEDS = ["/feeds/desk/checks.atom", "/feeds/desk/corrections.atom"]


@pytest.mark.parametrize("url", FEEDS + DESK_FEEDS)
def test_a_feed_reads_back_and_leads_to_the_page(cast, url):
    _article, claim = cast.corrected()
    answer = get(url)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id == f"http://testserver{url}"
    (entry,) = feed.entries
    assert entry.link == f"http://testserver{claim_page(claim)}"
    assert entry.id.startswith("urn:uuid:")
    assert entry.updated_parsed
    if "corrections" in url:
        assert "A letter shows it." in entry.summary
        assert "False → Half" in entry.summary
    else:
        assert entry.title.startswith("Half: ")
        assert entry.summary == "Half of it is so."


def test_a_claimants_feed_holds_that_claimants_checks(cast):
    cast.published()
    get("/feeds/desk/claimant.atom", 404)
    get("/feeds/desk/claimant.atom?name=Nobody", 404)


def test_a_corrected_check_keeps_its_identity_in_the_feed(cast, time_machine):
    article, claim = cast.published()
    before = feedparser.parse(get("/feeds/checks.atom").content).entries[0]
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("update", "A letter.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    after = feedparser.parse(get("/feeds/checks.atom").content).entries[0]
    assert after.id == before.id
    assert after.link == before.link
    assert after.updated > before.updated


WORDS = st.text(max_size=60)


@given(WORDS, WORDS, WORDS)
def test_no_text_breaks_a_feed_or_becomes_markup(title, summary, author):
    at = "2026-11-24T10:00:00Z"
    entry = atom.Entry("urn:x", title, "https://x.example/", at, at, author, summary)
    made = atom.atom(
        atom.Feed("https://x.example/f", title, "https://x.example/", "", "en", [entry])
    )
    root = ET.fromstring(made)  # noqa: S314 -- our own
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert len(root.findall("a:entry", names)) == 1
    found = root.find("a:entry/a:summary", names)
    assert found is not None
    assert not list(found), "no element came in with the text"


def test_the_data_feed_holds_each_standing_check_as_its_page_does(cast):
    _article, claim = cast.corrected()
    feed = get("/feeds/claimreview.json").json()
    assert feed["@context"] == "https://schema.org"
    assert feed["@type"] == "DataFeed"
    (item,) = feed["dataFeedElement"]
    page = get(claim_page(claim)).content.decode()
    inside = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    del inside["@context"]
    assert item["item"] == [inside], "a list, as its readers expect"
    data = get(claim_page(claim, "public_claim_json")).json()
    assert data["datePublished"] == inside["datePublished"]
    assert data["dateModified"] == inside["dateModified"]


COPY = "https://web.archive.org/web/20260302101500/https://post.example/story"


@pytest.mark.parametrize("words", ["Ports & <b>piers</b> “cost” 5 €.", "الميناء آمن."])
@pytest.mark.parametrize("url", [COPY, "https://post.example/story"])
def test_the_feeds_item_is_the_pages_markup_byte_for_byte(cast, words, url):
    article = c.import_text(cast.desk, cast.eda, f"A title\n\n{words}", url=url)
    claim = c.mark(article, words[:-1], cast.eda, claim_reviewed=words)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    source = Source.objects.create(
        desk=cast.desk, title="A copy of the story", url=COPY, added_by=cast.eda
    )
    cited = [workflow.CitationDraft(source, "context")]
    c.decide(claim, cast.eda, citations=cited)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    page = get(claim_page(claim)).content
    inside = page.split(b'application/ld+json">')[1].split(b"</script>")[0]
    whole = inside.replace(b'"@context": "https://schema.org", ', b"", 1)
    assert whole != inside
    assert b'"item": [' + whole + b"]" in get("/feeds/claimreview.json").content
    (appearance,) = json.loads(inside)["itemReviewed"]["appearance"]
    assert appearance["url"] == "https://post.example/story"
    assert appearance["archivedAt"] == COPY


def test_the_sitemap_lists_what_stands_with_its_date(cast):
    article, claim = cast.published()
    root = ET.fromstring(get("/sitemap.xml").content)  # noqa: S314 -- our own
    names = {"s": sitemap.NAMESPACE}
    found = {
        row.findtext("s:loc", "", names): row.findtext("s:lastmod", "", names)
        for row in root.findall("s:url", names)
    }
    assert root.tag == f"{{{sitemap.NAMESPACE}}}urlset"
    assert set(found) == {
        "http://testserver/",
        f"http://testserver{article_page(article)}",
        f"http://testserver{claim_page(claim)}",
    }
    assert all(found.values())
    assert "Sitemap: http://testserver/sitemap.xml" in get("/robots.txt").content.decode()


def test_a_large_sitemap_is_an_index_of_parts(cast, monkeypatch):
    monkeypatch.setattr(sitemap, "LIMIT", 1)
    cast.published()
    root = ET.fromstring(get("/sitemap.xml").content)  # noqa: S314 -- our own
    names = {"s": sitemap.NAMESPACE}
    parts = [row.findtext("s:loc", "", names) for row in root.findall("s:sitemap", names)]
    assert len(parts) == 3, "the start, the article and the claim"
    for part in parts:
        assert get(part).content.count(b"<loc>") == 1
    get(f"{parts[-1]}0", 404)


def test_what_was_taken_back_is_in_no_output_as_a_check(cast):
    _article, claim = cast.published()
    bury(claim, "retracted", "The register was forged.", cast.eli)
    url = claim_page(claim).encode()
    for address in ("/feeds/checks.atom", "/feeds/claimreview.json", "/sitemap.xml"):
        assert url not in get(address).content, address
    assert b"The register was forged." in get("/feeds/corrections.atom").content
    get(claim_page(claim, "claim_card"), 410)
    assert "forged" in get(claim_page(claim, "embed_claim"), 410).content.decode()
    row = Edition.objects.get(claim=claim, number=2)
    review = claim_review(
        read(row.content), url="https://x.example/", first_published=row.published_at
    )
    assert review is None


def test_samples_are_labelled_everywhere_and_have_no_output_for_machines(db):
    cast = c.Cast(is_sample=True)
    article, claim = cast.published()
    for url in (article_page(article), claim_page(claim), claim_page(claim, "embed_claim")):
        answer = get(url)
        page = answer.content.decode()
        assert "Sample." in page, url
        assert 'name="robots" content="noindex"' in page
        assert answer["X-Robots-Tag"] == "noindex"
        assert "ClaimReview" not in page
        assert "og:image" not in page
    for address in ("/feeds/checks.atom", "/feeds/claimreview.json", "/sitemap.xml"):
        assert str(claim.number) + "-it-is" not in get(address).content.decode(), address
    for address in ("/feeds/desk/checks.atom", "/feeds/desk/corrections.atom"):
        get(address, 404)
    get(claim_page(claim, "claim_card"), 404)
    get(f"{article_page(article)}annotations.jsonld", 404)


def test_an_embed_may_be_framed_by_anyone_and_nothing_else_may(cast):
    article, claim = cast.published()
    embeds = [claim_page(claim, "embed_claim"), f"/embed{article_page(article)}"]
    for url in embeds:
        for _cold_and_kept in range(2):
            answer = get(url)
            assert "frame-ancestors *" in answer["Content-Security-Policy"]
            assert not answer.has_header("X-Frame-Options")
            assert not answer.cookies
            assert not answer.has_header("Vary")
            assert answer["X-Robots-Tag"] == "noindex"
        assert "unsafe" not in answer["Content-Security-Policy"]
    for url in (article_page(article), claim_page(claim), "/search/"):
        answer = get(url)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a_corrected_claim_is_the_same_everywhere_within_one_request(cast):
    article, claim = cast.published()
    urls = [
        claim_page(claim),
        claim_page(claim, "public_claim_json"),
        claim_page(claim, "embed_claim"),
        article_page(article),
        "/feeds/checks.atom",
        "/feeds/claimreview.json",
        f"{article_page(article)}annotations.jsonld?page=1",
        "/search/?rating=Half",
    ]
    for url in urls:
        assert "Half of it is so." not in get(url).content.decode(), url
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    for url in urls:
        assert "Half of it is so." in get(url).content.decode(), url
    for url in ("/corrections/", "/feeds/corrections.atom"):
        assert "A letter shows it." in get(url).content.decode()


@pytest.mark.parametrize("tone", [*sharecard.TONES, "unknown"])
def test_the_share_card_is_a_picture_of_the_claim_and_its_verdict(tone):
    made = sharecard.card(claim="It is so. " * 9, label="Label", tone=tone, organisation="Post")
    other = sharecard.card(claim="It is not.", label="Label", tone=tone, organisation="Post")
    image = Image.open(io.BytesIO(made))
    assert image.format == "PNG"
    assert image.size == (1200, 630)
    assert made != other


@pytest.mark.parametrize("claim", ["", "word " * 400, "w" * 500, "\0\U0001f600"])
def test_any_words_make_a_card(claim):
    made = sharecard.card(claim=claim, label="False", tone="false", organisation="Post")
    assert Image.open(io.BytesIO(made)).size == (1200, 630)


DRAWN = [
    "سفارة",
    "שגרירות",
    "Überprüft",
    "Łódź się kończy",
    "Посольство закрыто",
    "Ελλάδα",
    "Tiê\u0301ng Viê\u0323t",
]
LEFT_OUT = [
    "大使馆",
    "दूतावास",
    "สถานทูต",
    "대사관",
    "It is so \U0001f600",
    "ა\u0301",
]


@pytest.mark.parametrize("claim", DRAWN)
def test_words_of_these_scripts_are_drawn_and_no_box_is(claim):
    words = lettering.drawable(claim, lettering.SERIF)
    assert words, "the words are left out"
    for sign in words.text.replace(" ", ""):
        fonts = [lettering.font(face, 40, 600) for face in words.faces]
        shapes = [bytes(font.getmask(sign)) != bytes(font.getmask("\U0010fffd")) for font in fonts]
        assert any(shapes), f"U+{ord(sign):04X}"
    made = sharecard.card(claim=claim, label="False", tone="false", organisation="Post")
    assert made != sharecard.card(claim="", label="False", tone="false", organisation="Post")


@pytest.mark.parametrize("claim", LEFT_OUT)
def test_words_that_cannot_be_drawn_rightly_give_way_to_the_number_of_the_claim(claim):
    made = sharecard.card(
        claim=claim, label="False", tone="false", organisation="Post", stand_ins=["Claim 3"]
    )
    stand_in = sharecard.card(claim="Claim 3", label="False", tone="false", organisation="Post")
    assert made == stand_in


def test_a_published_claim_has_its_card_where_its_page_says(cast):
    _article, claim = cast.published()
    page = get(claim_page(claim)).content.decode()
    assert '<meta property="og:locale" content="en_US">' in page
    french = get(f"{claim_page(claim)}?lang=fr").content.decode()
    assert '<meta property="og:locale" content="fr_FR">' in french
    url = page.split('og:image" content="')[1].split('"')[0]
    answer = get(url)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert answer["ETag"]
