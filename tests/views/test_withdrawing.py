"""Withdrawing an article for the law: nothing of it is left in what readers get."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client

from annotations import workflow
from annotations.editions import reading
from annotations.models import Article, Claim, Correction, Edition
from annotations.vocabulary import ClaimStatus
from tests import cast as c

from .readers import claim_page, public_addresses

TITLE = "Ferry to return in spring, mayor says"
WORDS = (c.MARKED, TITLE, "the mayor said", "carried 4,000", "outlet.example/ferry", "The Outlet")
"""Words of the article's own that readers had."""


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


@pytest.fixture
def published(cast) -> tuple[Article, Claim]:
    """An article, shown whole, whose claim was corrected once and is made by another one too."""
    article = c.import_text(
        cast.desk,
        cast.eda,
        outlet="The Outlet",
        url="https://outlet.example/ferry",
        public_text="full",
        permission="They allowed it",
    )
    claim = c.mark(article, c.MARKED, cast.eda, claim_reviewed="The line never stopped.")
    cast.publish(article, claim)
    _also_make(cast, claim, "A second report\n\nNobody was ever asked to stop, it says.")
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    return article, claim


def _also_make(cast: c.Cast, claim: Claim, text: str) -> Article:
    other = c.import_text(cast.desk, cast.eda, text)
    words = "Nobody was ever asked to stop"
    start = other.revision.text.index(words)
    workflow.mark(other, start, start + len(words), actor=cast.eda, claim=claim)
    c.triage_all(other, cast.eda)
    workflow.publish(other, actor=cast.eli)
    return other


def found_in_public(article: Article, claim: Claim) -> list[tuple[str, str]]:
    """Where readers find words of the article: (address, words)."""
    hits = []
    for address in public_addresses(article, claim):
        answer = Client().get(address)
        assert answer.status_code < 500, address
        body = answer.content.decode("utf-8", "replace") + str(answer.headers)
        body = re.sub(r"<del>|</del>|<ins>|</ins>", "", body)
        hits += [(address, words) for words in WORDS if words in body]
    return hits


def by_form(cast: c.Cast, article: Article, **answers: str) -> int:
    client = Client()
    client.force_login(cast.mia)
    posted = {"why": "A court asked for it.", "reason": "", **answers}
    return client.post(f"/articles/{article.pk}/withdraw/", posted).status_code


@pytest.mark.parametrize("becomes", ["stays", "goes"])
def test_after_a_withdrawal_no_public_address_holds_a_word_of_the_article(cast, published, becomes):
    article, claim = published
    assert {words for _address, words in found_in_public(article, claim)} == set(WORDS)
    assert by_form(cast, article, **{f"claim-{claim.pk}": becomes}) == 302
    assert found_in_public(article, claim) == []
    assert Client().get(claim_page(claim)).status_code == (200 if becomes == "stays" else 410)


def test_a_claims_page_that_stays_keeps_what_is_the_desks_and_says_what_changed(cast, published):
    article, claim = published
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    page = Client().get(claim_page(claim)).content.decode()
    assert "The line never stopped." in page
    assert "Nobody was ever asked to stop" in page, "another article makes it"
    assert "A court asked for it." in page
    assert "Where it was made" in page.partition('id="history"')[2]
    record = Correction.objects.get(edition__claim=claim, kind="update")
    assert {"quote", "appearances"} <= {each["field"] for each in record.changes}


def test_a_page_that_goes_is_a_tombstone_and_other_articles_say_that_it_went(cast, published):
    article, claim = published
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.", going=[claim.pk])
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.RETRACTED
    gone = Client().get(claim_page(claim))
    assert gone.status_code == 410
    assert "The line never stopped." not in gone.content.decode()
    other = Article.objects.get(title="A second report")
    stands = reading.read_article(other.editions.latest("number").content)
    assert stands.claims[0].set_aside is not None
    assert stands.claims[0].set_aside.why == "retracted"


def test_a_claim_that_is_being_corrected_can_go_too(cast, published):
    article, claim = published
    workflow.reopen(claim, actor=cast.eli, reason="Another letter.")
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.", going=[claim.pk])
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DECIDING, "the work goes on"
    assert Client().get(claim_page(claim)).status_code == 410


def test_the_form_shows_what_would_stay_and_asks_of_each_claim_before_anything_happens(cast):
    article, claim = cast.published()
    client = Client()
    client.force_login(cast.mia)
    asked = client.get(f"/articles/{article.pk}/withdraw/").content.decode()
    assert "Decided by Eda" in asked, "what the page says that may stay"
    assert "checked" not in asked, "no other article makes it: nothing is answered beforehand"
    assert by_form(cast, article) == 422
    assert article.editions.count() == 1
    assert by_form(cast, article, **{f"claim-{claim.pk}": "goes"}) == 302


def test_what_was_typed_comes_back_when_somebody_was_quicker(cast):
    article, claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="First.")
    client = Client()
    client.force_login(cast.mia)
    posted = {"why": "Second words.", f"claim-{claim.pk}": "stays"}
    answer = client.post(f"/articles/{article.pk}/withdraw/", posted)
    assert answer.status_code == 409
    assert "Second words." in answer.content.decode()
    assert "is not published" in answer.content.decode()


def test_published_again_the_article_is_on_its_claims_pages_again(cast, published):
    article, claim = published
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    workflow.publish(article, actor=cast.eda)
    page = Client().get(claim_page(claim)).content.decode()
    assert c.MARKED in page
    assert "Published again." in page
    numbers = (
        Edition.objects.filter(claim=claim).order_by("number").values_list("number", flat=True)
    )
    assert list(numbers) == [1, 2, 3, 4]


def test_data_and_pictures_of_what_was_withdrawn_are_gone_as_machines_expect(cast, published):
    article, claim = published
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.", going=[claim.pk])
    base = f"/checks/desk/{article.slug}"
    for address in (
        f"{base}.json",
        f"{base}/annotations.jsonld",
        claim_page(claim, "public_claim_json"),
    ):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert answer["Content-Type"] == "application/json"
        assert answer.json()["tombstone"]["why"] == "A court asked for it."
    for address in (f"{base}.png", claim_page(claim, "claim_card")):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert answer.content == b""


def test_every_cache_is_told_of_a_withdrawal_and_of_a_reopening(
    cast, published, settings, django_capture_on_commit_callbacks
):
    article, claim = published
    settings.PURGE_HOOK = f"{__name__}.remember"
    for move in (
        lambda: workflow.reopen(claim, actor=cast.eli, reason="Another letter."),
        lambda: workflow.withdraw(article, actor=cast.mia, why="A court asked for it."),
    ):
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            move()
        assert claim_page(claim) in told
        assert claim_page(claim, "embed_claim") in told
        assert f"/checks/desk/{article.slug}/" in told


told: list[str] = []


def remember(urls: list[str]) -> None:
    told.extend(urls)
