"""Web annotations: what the W3C demands of them, on generated articles and a published one.

The JSON-LD context is kept in tests/data/contexts: the terms we use, as the W3C's anno.jsonld
defines them (compared term by term). A term that is not among them is lost on expanding, and so
found.

Each MUST of the Web Annotation Data Model (23 February 2017) that bears on what we write is a
test of its own below. The others have nothing to bear on, since we write none of it:
Choice, bodyValue, Fragment, CSS, XPath, data position, SVG and range selectors, refinement,
HttpRequestState, stylesheets, rendering software, audiences, e-mail addresses, `via`, `canonical`.
Each SHOULD is a test too, or is named with the reason in docs/decisions/0117, as is what the Web
Annotation Protocol asks of servers that take annotations: ours are read only. An annotation's
identifier is its collection's address with a query, and leads to it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from annotations import workflow
from annotations.editions.content import ArticleEdition
from annotations.editions.reading import read_article
from annotations.formats import webannotation as wa
from annotations.models import Article, Edition
from tests import cast as c
from tests.made_editions import article_edition

BASE = "https://site.example/checks/desk/news/annotations.jsonld"
KEPT = json.loads((Path(__file__).parents[1] / "data/contexts/anno.jsonld").read_text())
SELECTORS = {"TextQuoteSelector", "TextPositionSelector"}
MOTIVATIONS = {"assessing", "classifying", "linking"}


def loader(url: str, _options: Any) -> dict[str, Any]:
    assert url == wa.CONTEXT, f"no other context may be asked for: {url}"
    return {"contextUrl": None, "documentUrl": url, "document": KEPT}


ADDRESSES = st.sampled_from(["", "https://records.example/1", "https://records.example/2"])
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@st.composite
def articles(draw: st.DrawFn) -> tuple[ArticleEdition, str]:
    """An edition and its revision's text: sentences, marks, claims of every kind."""
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
            if draw(st.booleans()):  # kept since 2026-11-25
                claim["verdict"]["justification"] = draw(WORDS)
                claim["sources"] = draw(
                    st.lists(st.fixed_dictionaries({"url": ADDRESSES}), max_size=3)
                )
        else:
            claim["set_aside"] = {"why": "opinion"}
        claims.append(claim)
    desk = {
        "organisation": draw(WORDS),
        "website": draw(st.sampled_from(["", "https://post.example/"])),
        "language": draw(st.sampled_from(["", "en", "ar"])),
        "data_licence": draw(st.sampled_from(["", "https://licences.example/by/4.0/"])),
    }
    about = {
        "title": draw(WORDS),
        "url": draw(st.sampled_from(["", "https://outlet.example/a"])),
        "language": draw(st.sampled_from(["", "fr"])),
    }
    edition = article_edition(
        desk=desk, article=about, paragraphs=paragraphs, marks=marks, claims=claims
    )
    return edition, text


PLACE = wa.Place(
    base=BASE,
    site="https://site.example/",
    desk="https://site.example/checks/desk/",
    cached="https://site.example/checks/desk/news/versions/1/",
    read_at=dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC),
    created=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
    page_of=lambda claim: f"https://site.example/claims/desk/{claim.number}-so/",
    since=lambda claim: None,
)


def items_of(edition: ArticleEdition, text: str) -> list[dict[str, Any]]:
    return wa.items_of(edition, text, PLACE)


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("https://") and " " not in value


def _texts(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [body for body in item["body"] if body["type"] == "TextualBody"]


def _specific(item: dict[str, Any]) -> list[dict[str, Any]]:
    bodies = [body for body in item["body"] if body["type"] == "SpecificResource"]
    return [*bodies, item["target"]]


def _times(item: dict[str, Any]) -> list[str]:
    return [item["created"], item["modified"], item["target"]["state"]["sourceDate"]]


def _quoted(item: dict[str, Any]) -> dict[str, Any]:
    (found,) = (s for s in item["target"]["selector"] if s["type"] == "TextQuoteSelector")
    return dict(found)


def _placed(item: dict[str, Any]) -> dict[str, Any]:
    (found,) = (s for s in item["target"]["selector"] if s["type"] == "TextPositionSelector")
    return dict(found)


def _is_one(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


MUSTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "an annotation has exactly one IRI": lambda item: is_iri(item["id"]),
    "Annotation is among its types": lambda item: item["type"] == "Annotation",
    "it has one or more targets": lambda item: bool(item["target"]),
    "a motivation is one of the vocabulary's": lambda item: set(item["motivation"]) <= MOTIVATIONS,
    "created is given at most once": lambda item: isinstance(item["created"], str),
    "times are xsd:dateTime with the time zone Z": lambda item: all(
        dt.datetime.fromisoformat(at).utcoffset() == dt.timedelta() and at.endswith("Z")
        for at in _times(item)
    ),
    "a textual body has exactly one value": lambda item: all(
        isinstance(body["value"], str) for body in _texts(item)
    ),
    "a textual body has at most one format": lambda item: all(
        _is_one(body["format"]) for body in _texts(item)
    ),
    "a language is one tag of BCP 47": lambda item: all(
        re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", body.get("language", "en"))
        for body in _texts(item)
    ),
    "a purpose stands on a textual body or specific resource": lambda item: all(
        body["type"] in {"TextualBody", "SpecificResource"} for body in item["body"]
    ),
    "a purpose is one of the vocabulary's": lambda item: all(
        body["purpose"] in MOTIVATIONS for body in item["body"]
    ),
    "a specific resource has exactly one source": lambda item: all(
        is_iri(each["source"]) for each in _specific(item)
    ),
    "a selector has exactly one type, and it is its class": lambda item: (
        {each["type"] for each in item["target"]["selector"]} == SELECTORS
        and len(item["target"]["selector"]) == len(SELECTORS)
    ),
    "a quote has exactly one exact": lambda item: _is_one(_quoted(item)["exact"]),
    "a quote has at most one prefix": lambda item: _is_one(_quoted(item).get("prefix", "-")),
    "a quote has at most one suffix": lambda item: _is_one(_quoted(item).get("suffix", "-")),
    "a position has exactly one start, not negative": lambda item: (
        type(_placed(item)["start"]) is int and _placed(item)["start"] >= 0
    ),
    "a position has exactly one end, not negative": lambda item: (
        type(_placed(item)["end"]) is int and _placed(item)["end"] >= 0
    ),
    "a time state has the class TimeState": lambda item: (
        item["target"]["state"]["type"] == "TimeState"
    ),
    "a time state has a date, or a start with an end": lambda item: _is_one(
        item["target"]["state"]["sourceDate"]
    ),
    "what is cached is an IRI": lambda item: is_iri(item["target"]["state"]["cached"]),
}
"""What the recommendation demands of an annotation (sections 3 and 4), each in our words. That
positions count code points, and that a quote is of normalised text, are tests below."""


def _languages(item: dict[str, Any]) -> set[str]:
    """Those of what we write ourselves: the words, and the claim's page."""
    page = next(body for body in item["body"] if body["purpose"] == "linking")
    return {body.get("language", "") for body in [*_texts(item), page]}


def _ours(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The bodies that are ours, and the target where it stands at our address."""
    page = next(body for body in item["body"] if body["purpose"] == "linking")
    target = item["target"]
    return [*_texts(item), page, *([target] if "site.example" in target["source"] else [])]


SHOULDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "there are one or more bodies": lambda item: bool(item["body"]),
    "what is ours has exactly one format": lambda item: all(
        re.fullmatch(r"text/(plain|html)", each["format"]) for each in _ours(item)
    ),
    "what is ours has exactly one language, where the desk has one": lambda item: (
        len(_languages(item)) == 1
    ),
    "a language is a code of BCP 47": lambda item: all(
        re.fullmatch(r"([a-z]{2,3}(-[A-Za-z0-9]+)*)?", each.get("language", ""))
        for each in [*item["body"], item["target"]]
    ),
    "a body of words is a TextualBody": lambda item: all(
        body["type"] == "TextualBody" for body in item["body"] if "value" in body
    ),
    "the annotation has exactly one creator": lambda item: isinstance(item["creator"], dict),
    "each body that is ours has exactly one creator": lambda item: all(
        each["creator"] == item["creator"]["id"] for each in _ours(item) if each in item["body"]
    ),
    "each body that is ours was created once, and not after it was modified": lambda item: all(
        each["created"] <= each["modified"] for each in _ours(item) if each in item["body"]
    ),
    "an agent has exactly one IRI": lambda item: all(
        is_iri(item[agent]["id"]) for agent in ("creator", "generator")
    ),
    "an agent has a class": lambda item: (
        item["creator"]["type"] == "Organization" and item["generator"]["type"] == "Software"
    ),
    "an agent has exactly one name": lambda item: all(
        _is_one(item[agent]["name"]) for agent in ("creator", "generator")
    ),
    "who checked has exactly one nickname": lambda item: "nickname" in item["creator"],
    "rights are an IRI": lambda item: is_iri(item.get("rights", "https://none.example/")),
    "a specific resource has its class": lambda item: all(
        each["type"] == "SpecificResource" for each in _specific(item)
    ),
    "no canonical IRI is made up": lambda item: "canonical" not in json.dumps(item),
}
"""What the recommendation wishes of an annotation; what we do not do is in docs/decisions/0117.
That both selectors select the same words, and the prefix and suffix, are tests below."""


@pytest.mark.parametrize("should", SHOULDS)
@settings(max_examples=30)
@given(made=articles())
def test_of_every_annotation_what_is_wished(should, made):
    edition, text = made
    assert all(SHOULDS[should](item) for item in items_of(edition, text))


@given(articles())
def test_the_collection_says_by_whom_and_under_which_licence(made):
    edition, text = made
    items = items_of(edition, text)
    found = wa.collection(edition, len(items), PLACE)
    assert _is_one(found["label"])
    for item in items:
        same = ("creator", "generator", "rights")
        assert [found.get(name) for name in same] == [item.get(name) for name in same]
    assert ("rights" in found) is bool(edition.desk.data_licence)


@given(articles())
def test_the_target_is_in_the_articles_language_and_no_format_is_guessed(made):
    edition, text = made
    for item in items_of(edition, text):
        target = item["target"]
        assert target.get("language", "") == edition.article.language
        assert ("format" in target) is not bool(edition.article.url)
        for body in _specific(item)[1:-1]:
            assert body.keys() == {"type", "purpose", "source"}, "of others' pages"


@pytest.mark.parametrize("must", MUSTS)
@settings(max_examples=30)
@given(made=articles())
def test_of_every_annotation(must, made):
    edition, text = made
    assert all(MUSTS[must](item) for item in items_of(edition, text))


@given(articles())
def test_there_is_one_annotation_a_mark_of_a_rated_claim(made):
    edition, text = made
    items = items_of(edition, text)
    rated = {each.position for each in edition.claims if each.verdict}
    assert len(items) == sum(mark.claim in rated for mark in edition.marks)
    assert len({item["id"] for item in items}) == len(items)


@given(articles())
def test_selectors_lead_back_to_the_marked_words_in_code_points(made):
    edition, text = made
    for item in items_of(edition, text):
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote.get("prefix", ""))
        assert text[end:].startswith(quote.get("suffix", ""))


@given(articles())
def test_a_selector_shows_no_word_around_that_readers_may_not_see(made):
    edition, text = made
    spans = wa._shown(edition, text)
    for item in items_of(edition, text):
        quote, position = item["target"]["selector"]
        before = range(position["start"] - len(quote.get("prefix", "")), position["start"])
        after = range(position["end"], position["end"] + len(quote.get("suffix", "")))
        for place in [*before, *after]:
            assert any(start <= place < end for start, end in spans)


@given(articles())
def test_collection_and_pages_hold_together(made):
    edition, text = made
    items = items_of(edition, text) * 60
    found = wa.collection(edition, len(items), PLACE)
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
    edition, text = made
    items = items_of(edition, text)
    options = {"documentLoader": loader}
    documents = [wa.collection(edition, len(items), PLACE), wa.page(items, 1, base=BASE)]
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
    assert [must for must, holds in MUSTS.items() if not holds(_secure(item))] == []
    assert [should for should, holds in SHOULDS.items() if not holds(_secure(item))] == []
    assert item["creator"]["id"] == "http://testserver/checks/desk/"
    assert Client().get(item["creator"]["id"]).status_code == 200
    assert item["generator"]["id"] == "http://testserver/"
    assert item["target"]["selector"][0]["exact"] == c.MARKED
    text = article.revision.text
    position = item["target"]["selector"][1]
    assert text[position["start"] : position["end"]] == c.MARKED
    claim.refresh_from_db()
    said = [body["value"] for body in item["body"] if body["purpose"] == "assessing"]
    assert said == ["Decided by Eda", "We looked."]
    page, source = [body["source"] for body in item["body"] if body["purpose"] == "linking"]
    assert page.endswith(f"/claims/desk/{claim.number}-{claim.slug}/")
    assert source == "https://records.example/Ann"
    assert Client().get(item["target"]["state"]["cached"]).status_code == 200


def test_the_real_article_has_its_annotations_with_every_quote_in_its_place(db):
    """Curly quotes, a quote that never closes, a dash for a speaker: fixtures/sample.json."""
    call_command("loaddata", "scales", "sample", verbosity=0)
    row = Edition.objects.filter(article__desk__slug="sample").latest("number")
    assert row.revision is not None
    text, edition = row.revision.text, read_article(row.content)
    # A sample desk's page serves none, so that no machine takes it for a check.
    items = items_of(edition, text)
    rated = {each.position for each in edition.claims if each.verdict}
    assert len(items) == sum(mark.claim in rated for mark in edition.marks) > 5
    for item in items:
        assert [must for must, holds in MUSTS.items() if not holds(item)] == []
        assert text[_placed(item)["start"] : _placed(item)["end"]] == _quoted(item)["exact"]
    page = wa.page(items, 1, base=BASE)
    expanded = jsonld.expand(page, {"documentLoader": loader})
    assert jsonld.compact(expanded, wa.CONTEXT, {"documentLoader": loader}) == page


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
    assert refused["Allow"] == "GET, HEAD, OPTIONS"
    assert got["Allow"] == "GET, HEAD, OPTIONS"
    page = Client().get(got.json()["first"])
    one = Client().get(page.json()["items"][0]["id"])
    assert '<http://www.w3.org/ns/ldp#Resource>; rel="type"' in one["Link"]
    assert "Link" not in got.headers, "nothing can be put into it, so it is no container"
    turtle = Client().get(url, headers={"Accept": "text/turtle"})
    assert turtle["Content-Type"] == wa.MEDIA_TYPE
    assert "Accept" not in turtle.get("Vary", "")


def test_the_reasoning_leaves_as_words_without_the_signs_of_its_formatting():
    reasons = "See **page 3** of [the law](https://law.example/1)."
    verdict = {"rating": {"label": "False"}, "finding": "No.", "justification": reasons}
    edition = article_edition(
        marks=[{"claim": 1, "start": 0, "end": 2}],
        claims=[{"position": 1, "number": 1, "slug": "so", "verdict": verdict}],
    )
    (item,) = wa.items_of(edition, "So.", PLACE)
    said = [body["value"] for body in item["body"] if body["purpose"] == "assessing"]
    assert said == ["No.", "See page 3 of the law (https://law.example/1)."]
