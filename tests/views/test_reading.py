"""How public pages are served: validators, caches, languages; nothing personal in between."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import addresses, workflow
from annotations.editions.reading import read
from annotations.models import Source
from tests import cast as c

from .readers import article_page, claim_page


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def pages(cast, article, claim) -> list[str]:
    return [
        article_page(article),
        claim_page(claim),
        "/",
        reverse("public_desk", args=["desk"]),
        reverse("public_search"),
        reverse("public_corrections"),
        reverse("public_claimants", args=["desk"]),
        reverse("public_versions", args=["desk", article.slug]),
    ]


def test_every_public_page_has_validators_and_varies_on_nothing_personal(cast):
    article, claim = cast.published()
    signed_in = Client()
    signed_in.force_login(cast.eda)
    for url in pages(cast, article, claim):
        stranger = Client().get(url, headers={"Accept-Language": "fr", "Cookie": "a=b"})
        member = signed_in.get(url)
        assert stranger.status_code == 200, url
        assert stranger.content == member.content, url
        for answer in (stranger, member):
            assert answer["ETag"].startswith('"'), url
            assert answer["Last-Modified"], url
            assert answer["Cache-Control"] == "public, max-age=0, must-revalidate", url
            assert not answer.has_header("Vary"), f"{url}: {answer.headers.get('Vary')}"
            assert not answer.cookies, url


def test_every_time_is_one_that_html_allows(cast):
    """To the second: HTML knows milliseconds at most, and the clock has microseconds."""
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter came.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    client = Client()
    client.force_login(cast.eda)
    desk = [reverse("log", args=["desk"]), reverse("history", args=[article.pk])]
    found = []
    for url in pages(cast, article, claim) + desk:
        found += re.findall(r'datetime="(.*?)"', str(client.get(url).content, "utf-8"))
    allowed = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?"
    assert len(found) > 10
    assert [time for time in found if not re.fullmatch(allowed, time)] == []


def test_a_page_unchanged_costs_one_statement_and_no_body(cast):
    article, claim = cast.published()
    for url in pages(cast, article, claim):
        first = Client().get(url)
        with CaptureQueriesContext(connection) as queries:
            again = Client().get(url, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, url
        assert again.content == b""
        assert again["ETag"] == first["ETag"]
        assert len(queries) == 1, queries.captured_queries


def test_a_page_rendered_before_costs_one_statement(cast):
    article, claim = cast.published()
    for url in pages(cast, article, claim):
        first = Client().get(url)
        with CaptureQueriesContext(connection) as queries:
            second = Client().get(url)
        assert second.content == first.content
        assert len(queries) == 1, queries.captured_queries


def test_a_new_edition_changes_the_etag_of_all_that_shows_it(cast):
    article, claim = cast.published()
    urls = [url for url in pages(cast, article, claim) if url != "/search/"]
    before = {url: Client().get(url)["ETag"] for url in urls}
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    reviewed = Client().get(claim_page(claim))
    assert reviewed["ETag"] != before[claim_page(claim)]
    assert "Being reviewed" in reviewed.content.decode()
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    for url in urls:
        answer = Client().get(url, headers={"If-None-Match": before[url]})
        assert answer.status_code == 200, url
        assert answer["ETag"] != before[url], url


def test_annotations_coming_in_change_no_public_etag(cast):
    """Blindness: a claim that is checked again tells readers no more than that."""
    _article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    url = claim_page(claim)
    extra = c.make_person("cal", cast.desk)
    before = Client().get(url)
    workflow.ask_again(claim, extra, actor=cast.eda)
    c.annotate(claim, extra, "true")
    after = Client().get(url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 304
    assert after["Last-Modified"] == before["Last-Modified"]


def test_publishing_lists_what_to_purge_and_calls_the_hook_after_commit(
    cast, settings, django_capture_on_commit_callbacks
):
    addresses_told.clear()
    settings.PURGE_HOOK = f"{__name__}.remember"
    article, claim = cast.approved()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.publish(article, actor=cast.eli)
        assert not addresses_told
    told = [url for each in addresses_told for url in each]
    for url in (article_page(article), claim_page(claim), "/", "/corrections/", "/search/"):
        assert url in told


addresses_told: list[list[str]] = []


def remember(urls: list[str]) -> None:
    addresses_told.append(urls)


def broken(urls: list[str]) -> None:
    raise RuntimeError("The cache is away")


def test_a_purge_hook_that_fails_undoes_nothing(cast, settings, caplog):
    settings.PURGE_HOOK = f"{__name__}.broken"
    article, _claim = cast.published()
    addresses.purge(read(article.editions.get().content))
    assert "purge hook failed" in caplog.text


def test_a_shared_cache_may_keep_pages_only_where_the_settings_say_so(cast, settings):
    article, _claim = cast.published()
    settings.PUBLIC_CACHE_SECONDS = 600
    assert "s-maxage=600" in Client().get(article_page(article))["Cache-Control"]


def test_corrected_stands_at_the_top_for_as_long_as_the_desk_says(cast, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.corrected()
    for url in (article_page(article), claim_page(claim)):
        page = Client().get(url)
        top = page.content.decode().split("<h2")[0]
        assert "Corrected.</b>" in top
        assert "A letter shows it." in top
    time_machine.move_to("2026-12-25T10:00:00Z", tick=False)
    for url in (article_page(article), claim_page(claim)):
        page = Client().get(url)
        assert "Corrected.</b>" not in page.content.decode()
        assert "A letter shows it." in page.content.decode(), "the correction itself stays"
        assert page["Last-Modified"] == "Thu, 24 Dec 2026 10:00:00 GMT"
    cast.desk.corrected_days = 0
    cast.desk.save(update_fields=["corrected_days"])
    time_machine.move_to(dt.datetime(2036, 1, 1, tzinfo=dt.UTC), tick=False)
    assert "<b>Corrected.</b>" in Client().get(claim_page(claim)).content.decode()


def test_the_language_is_the_desks_or_the_one_asked_for_never_the_readers(cast):
    article, _claim = cast.published()
    url = article_page(article)
    plain = Client().get(url, headers={"Accept-Language": "ar"})
    assert plain["Content-Language"] == "en"
    arabic = Client().get(f"{url}?lang=ar")
    assert arabic["Content-Language"] == "ar"
    assert 'dir="rtl"' in arabic.content.decode()
    cast.desk.language = "fr-CA"
    cast.desk.save(update_fields=["language"])
    assert Client().get(url)["Content-Language"] == "fr"
    assert Client().get(f"{url}?lang=xx")["Content-Language"] == "fr"


def test_each_language_is_canonical_of_itself_and_names_the_others(cast):
    article, claim = cast.published()
    for url in (article_page(article), claim_page(claim), "/"):
        page = Client().get(f"{url}?lang=fr").content.decode()
        assert f'<link rel="canonical" href="http://testserver{url}?lang=fr">' in page
        assert f'hreflang="en" href="http://testserver{url}"' in page
        assert f'hreflang="ar" href="http://testserver{url}?lang=ar"' in page
        assert f'hreflang="x-default" href="http://testserver{url}"' in page


def test_only_the_page_in_the_desks_language_carries_the_claim_review(cast):
    _article, claim = cast.published()
    assert "application/ld+json" in Client().get(claim_page(claim)).content.decode()
    assert (
        "application/ld+json" not in Client().get(f"{claim_page(claim)}?lang=fr").content.decode()
    )


def test_an_article_names_its_sources_once_each_with_the_claims_they_are_cited_for(cast):
    """So that a printed page says what it rests on, and links lead from source to note."""
    article, claim = cast.published()
    second = c.mark(article, c.SECOND, cast.eda)
    cast.publish(article, second)
    (source,) = article_edition(article)["claims"][0]["sources"]
    listed = _sources(article)
    assert source["title"] in listed
    assert listed.count(source["url"]) == 1
    assert re.findall(r'href="#note-(\d)"', listed) == ["1", "2"]
    seen = _versions(article)
    assert "Sources" not in seen, "the second claim stands on the same source"
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    assert re.findall(r'href="#note-(\d)"', _sources(article)) == ["2"]
    assert "sources" not in article_edition(article)["claims"][0]


def test_a_correction_of_the_sources_alone_is_seen_among_the_versions(cast):
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    letter = Source.objects.create(desk=cast.desk, title="The letter", added_by=cast.eda)
    cited = [workflow.CitationDraft(letter, "contradicts")]
    c.decide(claim, cast.eda, citations=cited)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter came.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    versions = _versions(article)
    assert "Sources" in versions
    assert "letter" in versions


def _versions(article) -> str:
    url = reverse("public_versions", args=[article.desk.slug, article.slug])
    return str(Client().get(url).content, "utf-8")


def article_edition(article) -> dict[str, Any]:
    content: dict[str, Any] = article.editions.latest("number").content
    return content


def _sources(article) -> str:
    """The section of the article's page that lists its sources, or an empty string."""
    page = str(Client().get(article_page(article)).content, "utf-8")
    return page.partition('<section id="sources"')[2].partition("</section>")[0]
