"""Web annotations: what the W3C demands of them, on generated articles and a published one.

The JSON-LD context is kept in tests/data/contexts: the terms we use, as the W3C's anno.jsonld
defines them (compared term by term). A term that is not among them is lost on expanding, and so
found.

Each MUST of the Web Annotation Data Model (23 February 2017) that bears on what we write is an
assertion below, in its words. The others have nothing to bear on, since we write none of it:
Choice, bodyValue, Fragment, CSS, XPath, data position, SVG and range selectors, refinement,
HttpRequestState, stylesheets, rendering software, audiences, e-mail addresses, `via`, `canonical`.
The Web Annotation Protocol is for containers that take annotations; ours are read only, and of it
we keep the media type with its profile, ETag, and HEAD beside GET; not OPTIONS, nor the `Link`
to LDP. An annotation's identifier is a fragment of its collection's address.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from annotations import workflow
from annotations.formats import webannotation as wa
from annotations.models import Article
from tests import cast as c

BASE = "https://site.example/checks/desk/news/annotations.jsonld"
KEPT = json.loads((Path(__file__).parents[1] / "data/contexts/anno.jsonld").read_text())
SELECTORS = {"TextQuoteSelector", "TextPositionSelector"}
MOTIVATIONS = {"assessing", "classifying", "linking"}


def loader(url: str, _options: Any) -> dict[str, Any]:
    assert url == wa.CONTEXT, f"no other context may be asked for: {url}"
    return {"contextUrl": None, "documentUrl": url, "document": KEPT}


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@st.composite
def articles(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """An edition's content and its revision's text: sentences, marks, claims of every kind."""
    sentences = draw(st.lists(WORDS, min_size=1, max_size=5))
    text, paragraphs, at = "", [], 0
    for sentence in sentences:
        if draw(st.booleans()):
            paragraphs.append({"sentences": [{"start": at, "text": sentence}]})
        text += sentence + "\n"
        at = len(text)
    marks, claims = [], []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append({"claim": number, "start": start, "end": end})
        claim: dict[str, Any] = {"position": number, "number": number, "slug": "so"}
        if draw(st.booleans()):
            claim["verdict"] = {"rating": {"label": draw(WORDS)}, "finding": draw(WORDS)}
        else:
            claim["set_aside"] = {"why": "opinion"}
        claims.append(claim)
    desk = {
        "organisation": draw(WORDS),
        "website": draw(st.sampled_from(["", "https://post.example/"])),
        "language": draw(st.sampled_from(["", "en", "ar"])),
    }
    about = {"title": draw(WORDS), "url": draw(st.sampled_from(["", "https://outlet.example/a"]))}
    content = {
        "at": "2026-11-24T10:00:00Z",
        "desk": desk,
        "article": about,
        "paragraphs": paragraphs,
        "marks": marks,
        "claims": claims,
    }
    return content, text


def items_of(content: dict[str, Any], text: str) -> list[dict[str, Any]]:
    return wa.items_of(
        content,
        text,
        base=BASE,
        cached="https://site.example/checks/desk/news/versions/1/",
        page_of=lambda claim: f"https://site.example/claims/desk/{claim['number']}-so/",
    )


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("https://") and " " not in value


def check_annotation(item: dict[str, Any]) -> None:
    """The MUSTs of sections 3 and 4 of the Web Annotation Data Model that bear on us."""
    assert is_iri(item["id"]), "an Annotation MUST have exactly 1 IRI that identifies it"
    assert item["type"] == "Annotation", "it MUST have the class Annotation"
    assert item["target"], "there MUST be 1 or more target relationships"
    assert set(item["motivation"]) <= MOTIVATIONS, "each Motivation MUST be identified by its IRI"
    assert item["created"].endswith("Z"), "times MUST be xsd:dateTime in UTC"
    for body in item["body"]:
        if body["type"] == "TextualBody":
            assert isinstance(body["value"], str), "a TextualBody MUST have exactly 1 value"
            assert isinstance(body.get("language", ""), str)
        else:
            assert is_iri(body["source"]), "there MUST be exactly 1 source"
        assert body["purpose"] in MOTIVATIONS
    target = item["target"]
    assert target["type"] == "SpecificResource"
    assert is_iri(target["source"]), "there MUST be exactly 1 source"
    assert {each["type"] for each in target["selector"]} == SELECTORS
    quote, position = target["selector"]
    assert isinstance(quote["exact"], str), "TextQuoteSelector MUST have exactly 1 exact"
    for optional in ("prefix", "suffix"):
        assert isinstance(quote.get(optional, ""), str), "there MUST NOT be more than 1"
    for end in ("start", "end"):
        assert isinstance(position[end], int), "MUST have exactly 1 start and 1 end"
        assert position[end] >= 0, "the value MUST be a non-negative integer"
    state = target["state"]
    assert state["type"] == "TimeState"
    assert state["sourceDate"].endswith("Z"), "the timestamp MUST be UTC"
    assert is_iri(state["cached"])


@given(articles())
def test_every_annotation_holds_what_the_recommendation_demands(made):
    content, text = made
    items = items_of(content, text)
    rated = {each["position"] for each in content["claims"] if "verdict" in each}
    assert len(items) == sum(mark["claim"] in rated for mark in content["marks"])
    for item in items:
        check_annotation(item)
    assert len({item["id"] for item in items}) == len(items)


@given(articles())
def test_selectors_lead_back_to_the_marked_words_in_code_points(made):
    content, text = made
    for item in items_of(content, text):
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote.get("prefix", ""))
        assert text[end:].startswith(quote.get("suffix", ""))


@given(articles())
def test_a_selector_shows_no_word_around_that_readers_may_not_see(made):
    content, text = made
    spans = wa._shown(content)
    for item in items_of(content, text):
        quote, position = item["target"]["selector"]
        before = range(position["start"] - len(quote.get("prefix", "")), position["start"])
        after = range(position["end"], position["end"] + len(quote.get("suffix", "")))
        for place in [*before, *after]:
            assert any(start <= place < end for start, end in spans)


@given(articles())
def test_collection_and_pages_hold_together(made):
    content, text = made
    items = items_of(content, text) * 60
    found = wa.collection(content, len(items), base=BASE)
    assert found["@context"] == wa.CONTEXT, "the @context MUST be the W3C's"
    assert found["type"] == "AnnotationCollection"
    assert is_iri(found["id"])
    assert found["total"] == len(items)
    assert ("first" in found) is bool(items), "a Collection with items MUST have a first Page"
    seen: list[dict[str, Any]] = []
    number = 1
    while page := wa.page(items, number, base=BASE):
        assert page["@context"] == wa.CONTEXT
        assert page["type"] == "AnnotationPage"
        assert page["id"] == f"{BASE}?page={number}", "an IRI that identifies it"
        assert page["partOf"]["id"] == BASE, "a relationship to its Collection MUST be there"
        assert page["startIndex"] == len(seen)
        assert ("prev" in page) is (number > 1)
        assert len(page["items"]) >= 1
        seen += page["items"]
        if len(seen) < len(items):
            assert page["next"] == f"{BASE}?page={number + 1}"
        else:
            assert "next" not in page
            assert found["last"] == page["id"]
        number += 1
    assert seen == items


@given(articles())
def test_it_expands_and_compacts_without_loss(made):
    content, text = made
    items = items_of(content, text)
    options = {"documentLoader": loader}
    documents = [wa.collection(content, len(items), base=BASE), wa.page(items, 1, base=BASE)]
    for document in documents:
        if document is None:
            continue
        expanded = jsonld.expand(document, options)
        assert expanded, "nothing is known of it"
        back = jsonld.compact(expanded, wa.CONTEXT, options)
        if document["type"] == "AnnotationPage" and len(document["items"]) == 1:
            assert back["items"] == document["items"]
        assert back == document


def test_the_published_article_has_its_annotations_paged(cast):
    article, claim = cast.published()
    url = f"/checks/desk/{article.slug}/annotations.jsonld"
    answer = Client().get(url)
    assert answer["Content-Type"] == wa.MEDIA_TYPE
    found = answer.json()
    assert found["total"] == 1
    page = Client().get(found["first"]).json()
    (item,) = page["items"]
    check_annotation({**item, "id": item["id"].replace("http:", "https:")} | _secure(item))
    assert item["target"]["selector"][0]["exact"] == c.MARKED
    text = article.revision.text
    position = item["target"]["selector"][1]
    assert text[position["start"] : position["end"]] == c.MARKED
    claim.refresh_from_db()
    assert item["body"][2]["source"].endswith(f"/claims/desk/{claim.number}-{claim.slug}/")
    assert Client().get(item["target"]["state"]["cached"]).status_code == 200


def _secure(item: dict[str, Any]) -> dict[str, Any]:
    secure: dict[str, Any] = json.loads(json.dumps(item).replace("http://testserver", "https://x"))
    return secure


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "٣", "9" * 50, ""])
def test_a_page_that_is_not_there_is_not_found(cast, page):
    article, _claim = cast.published()
    url = f"/checks/desk/{article.slug}/annotations.jsonld?page={page}"
    assert Client().get(url).status_code == 404


def test_a_link_only_article_shows_the_marked_words_and_nothing_around(cast):
    article = c.import_text(cast.desk, cast.eda, public_text="link")
    _publish(cast, article)
    page = Client().get(f"/checks/desk/{article.slug}/annotations.jsonld?page=1").json()
    quote = page["items"][0]["target"]["selector"][0]
    assert quote == {"type": "TextQuoteSelector", "exact": c.MARKED}


def _publish(cast: c.Cast, article: Article) -> None:
    claim = c.mark(article, c.MARKED, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)


def test_annotations_are_read_as_the_protocol_has_it_and_no_otherwise(cast):
    article, _claim = cast.published()
    url = f"/checks/desk/{article.slug}/annotations.jsonld"
    got, head = Client().get(url), Client().head(url)
    assert head.status_code == 200
    assert head.content == b""
    for answer in (got, head):
        assert answer["Content-Type"] == wa.MEDIA_TYPE
        assert answer["ETag"] == got["ETag"]
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get(url, headers={"If-None-Match": got["ETag"]}).status_code == 304
    refused = Client().post(url, "{}", content_type=wa.MEDIA_TYPE)
    assert refused.status_code == 405
    assert refused["Allow"] == "GET, HEAD"
