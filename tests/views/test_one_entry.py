"""Readers get a document once, also where one of its addresses only leads to the other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, Edition, Source
from annotations.queries import dossier
from annotations.words import dossier as words
from tests import cast as c

from .readers import article_page, claim_page

SHORT, ITSELF = "https://short.example/r1", "http://www.records.example/register/?utm_source=s"
NAME = "https://records.example/register"
"""What ITSELF is compared by."""
OTHER = "https://elsewhere.example/page"


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def source(cast: c.Cast, url: str, title: str, leads_to: str = "", **more: Any) -> Source:
    row = Source(desk=cast.desk, title=title, url=url, added_by=cast.eda, leads_to=leads_to, **more)
    row.document = row.document_name()
    row.save()
    return row


def publish(cast: c.Cast, *cited: Source) -> tuple[Article, Claim]:
    article, claim = cast.deciding()
    uses = [
        workflow.CitationDraft(row, "context", f"Passage {number}.")
        for number, row in enumerate(cited, 1)
    ]
    c.decide(claim, cast.eda, citations=uses)
    workflow.approve(Claim.objects.get(pk=claim.pk), actor=cast.mia)
    workflow.publish(Article.objects.get(pk=article.pk), actor=cast.mia)
    return Article.objects.get(pk=article.pk), Claim.objects.get(pk=claim.pk)


@pytest.fixture
def published(cast) -> tuple[Article, Claim]:
    """A claim that cites a page by its own address and, first, by one that leads to it."""
    return publish(
        cast,
        source(cast, SHORT, "Short link", NAME),
        source(cast, ITSELF, "The register"),
        source(cast, OTHER, "Another"),
    )


def _checked(cast: c.Cast, article: Article) -> Claim:
    claim = c.mark(article, "it is so", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    return claim


def text_of(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_page_of_the_claim_has_one_entry_with_each_passage(published):
    _article, claim = published
    page = text_of(claim_page(claim)).partition('id="evidence"')[2].partition("</ol>")[0]
    assert re.findall(r'href="(http[^"]*)"', page) == [ITSELF, OTHER], "where it leads, it stands"
    for passage in ("Passage 1.", "Passage 2.", "Passage 3."):
        assert passage in page
    assert "Short link" not in page


def test_the_page_of_the_article_has_one_entry_and_counts_one(published):
    article, _claim = published
    page = text_of(article_page(article))
    listed = page.partition('id="sources"')[2].partition("</ol>")[0]
    assert re.findall(r'href="(http[^"]*)"', listed) == [ITSELF, OTHER]
    assert "2 sources" in page
    assert "3 sources" not in page


def test_markup_feeds_and_data_name_it_once(published):
    article, claim = published
    page = text_of(claim_page(claim))
    (markup,) = map(json.loads, re.findall(r"ld\+json[^>]*>(.*?)</script>", page, re.DOTALL))
    assert [each["url"] for each in markup["isBasedOn"]] == [ITSELF, OTHER]
    feed = json.loads(text_of(reverse("claim_reviews")))
    [item] = feed["dataFeedElement"]
    assert item["item"][0]["isBasedOn"] == markup["isBasedOn"]
    [line] = text_of(reverse("checks_lines")).splitlines()
    data = json.loads(line)
    assert data["isBasedOn"] == markup["isBasedOn"]
    evidences = [(each["url"], each["title"], each["passage"]) for each in data["evidences"]]
    assert evidences == [
        (ITSELF, "The register", "Passage 1."),
        (ITSELF, "The register", "Passage 2."),
        (OTHER, "Another", "Passage 3."),
    ]
    edition = json.loads(text_of(claim_page(claim, "public_claim_json")))
    said = [(each["url"], each.get("leads_to")) for each in edition["citations"]]
    assert said == [(SHORT, ITSELF), (ITSELF, None), (OTHER, None)], "as it was typed"
    notes = text_of(f"{article_page(article)}annotations.jsonld?page=1")
    assert notes.count(ITSELF) == 1
    assert SHORT not in notes


def test_the_dossier_has_one_entry(published):
    article, _claim = published
    found = dossier.published(article)
    assert found is not None
    told = words.dossier(found, "https://desk.example")
    [claim] = told["claims"]
    assert [each["url"] for each in claim.citations] == [ITSELF, OTHER]
    assert [use["passage"] for use in claim.citations[0]["uses"]] == ["Passage 1.", "Passage 2."]


def test_two_that_lead_to_one_place_are_one_if_they_are_called_the_same(cast):
    """A wall or a page of errors, to which many lead, makes no two documents one."""
    away = "https://away.example/there"
    _article, claim = publish(
        cast,
        source(cast, "https://short.example/1", "The register", away),
        source(cast, "https://short.example/2", "The  Register", away),
        source(cast, "https://short.example/3", "The budget", away),
    )
    page = text_of(claim_page(claim)).partition('id="evidence"')[2].partition("</ol>")[0]
    shown = ["https://short.example/1", "https://short.example/3"]
    assert re.findall(r'href="(http[^"]*)"', page) == shown, "and no address is made up"


def test_what_leads_on_through_another_is_one_with_where_that_leads(cast):
    """The first was saved when the second still was the page itself."""
    first, second = "https://short.example/1", "https://older.example/register"
    _article, claim = publish(
        cast,
        source(cast, first, "Short link", second),
        source(cast, second, "The older page", NAME),
        source(cast, ITSELF, "The register"),
    )
    page = text_of(claim_page(claim)).partition('id="evidence"')[2].partition("</ol>")[0]
    assert re.findall(r'href="(http[^"]*)"', page) == [ITSELF]


def test_an_address_that_was_cited_twice_is_one_where_only_one_page_was_saved(cast):
    """Each who cites a page describes it; of one of them it was saved, and led elsewhere."""
    short, again = "https://short.example/1", "https://www.short.example/1?utm_source=s"
    _article, claim = publish(
        cast,
        source(cast, short, "Short link"),
        source(cast, again, "The same", NAME),
        source(cast, ITSELF, "The register"),
    )
    page = text_of(claim_page(claim)).partition('id="evidence"')[2].partition("</ol>")[0]
    assert re.findall(r'href="(http[^"]*)"', page) == [ITSELF]


def test_two_that_led_to_each_other_at_different_times_are_one_under_the_first(cast):
    one, two = "https://a.example/page", "https://b.example/page"
    _article, claim = publish(
        cast, source(cast, one, "A page", two), source(cast, two, "Its other address", one)
    )
    page = text_of(claim_page(claim)).partition('id="evidence"')[2].partition("</ol>")[0]
    assert re.findall(r'href="(http[^"]*)"', page) == [one]


def test_where_a_source_leads_that_nobody_cites_is_not_told(cast):
    secret = "https://records.example/register?session=5e55"
    _article, claim = publish(cast, source(cast, SHORT, "Short link", secret))
    edition = Edition.objects.get(claim=claim)
    assert "5e55" not in json.dumps(edition.content)
    assert "leads_to" not in json.dumps(edition.content), "stored as editions were before"


def test_a_source_of_undisclosed_annotations_never_shows_by_it(cast):
    """Neither that whose address leads to what is cited, nor that to which it leads."""
    other = c.import_text(cast.desk, cast.eda, "Another text\n\nHe said that it is so.")
    check = c.check_of(_checked(cast, other), cast.ben)
    for url in (SHORT, ITSELF):
        draft = workflow.SourceDraft("BEN’S TITLE", url=url)
        workflow.save_citation(check, draft, person=cast.ben, stance="supports")
    Source.objects.filter(url=SHORT).update(leads_to=NAME)
    cited = source(cast, "https://short.example/r2", "Short link", NAME)
    article, claim = publish(
        cast, cited, source(cast, OTHER, "Another", "https://short.example/r1")
    )
    stored = json.dumps([each.content for each in Edition.objects.all()])
    for address in (claim_page(claim), article_page(article)):
        page = text_of(address)
        for hidden in ("BEN’S TITLE", SHORT, ITSELF, NAME):
            assert hidden not in page
            assert hidden not in stored
