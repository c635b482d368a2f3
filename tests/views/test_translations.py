"""One check in several languages: the desk's page, and what readers and caches are told."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import workflow
from annotations.models import Article
from tests import cast as c

from .readers import article_page

WORDS = "le bac n’a jamais été inspecté"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def translated(cast, original: Article, language: str = "fr") -> Article:
    article = c.import_text(
        cast.desk, cast.eda, f"Le bac ({language})\n\nOn dit que {WORDS}.", language=language
    )
    workflow.translate(article, original, actor=cast.eda)
    return article


def publish(cast, article: Article) -> None:
    cast.publish(article, c.mark(article, WORDS, cast.eda))


def get(article: Article, query: str = ""):
    return Client().get(article_page(article) + query)


def alternates(answer) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', text(answer))
    return dict(found)


def text(answer) -> str:
    return str(answer.content, "utf-8")


def test_published_translations_name_each_other_in_the_head_and_on_the_page(cast):
    original, _claim = cast.published()
    french = translated(cast, original)
    publish(cast, french)
    both = {
        "en": f"http://testserver{article_page(original)}",
        "fr": f"http://testserver{article_page(french)}",
    }
    for article, other in ((original, "fr"), (french, "en")):
        answer = get(article)
        assert alternates(answer) == both
        path = both[other].removeprefix("http://testserver")
        assert f'<a href="{path}" hreflang="{other}" lang="{other}">' in text(answer)
    # The page in another interface is no other page to a search engine.
    arabic = get(original, "?lang=ar")
    assert alternates(arabic) == both
    assert f'<link rel="canonical" href="{both["en"]}">' in text(arabic)


def test_without_a_translation_the_interface_languages_are_the_alternates(cast):
    original, _claim = cast.published()
    assert set(alternates(get(original))) == {"en", "fr", "ar", "x-default"}
    assert "Also in" not in text(get(original))


def test_what_is_not_published_is_neither_named_nor_noticed(cast):
    """Nor by a header: who asks again is told that nothing has changed."""
    original, _claim = cast.published()
    before = get(original)
    french = translated(cast, original)
    after = Client().get(article_page(original), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 304
    assert after["Last-Modified"] == before["Last-Modified"]
    workflow.untie(french, actor=cast.eda)
    assert get(original)["Last-Modified"] == before["Last-Modified"]
    assert "Le bac" not in text(before) + text(get(original))


def test_each_change_reaches_every_page_of_the_group_and_its_cache(
    cast, settings, time_machine, django_capture_on_commit_callbacks
):
    settings.PURGE_HOOK = f"{__name__}.remember"
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    original, _claim = cast.published()
    french = translated(cast, original)
    seen = get(original)
    for hour, named, change in (
        (11, True, lambda: publish(cast, french)),
        (12, False, lambda: workflow.untie(french, actor=cast.eda)),
        (13, True, lambda: workflow.translate(french, original, actor=cast.eda)),
        (14, False, lambda: workflow.withdraw(french, actor=cast.mia, why="A court.")),
        (15, True, lambda: workflow.publish(french, actor=cast.eli)),
    ):
        time_machine.move_to(f"2026-11-24T{hour}:00:00Z", tick=False)
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        french.refresh_from_db()
        assert article_page(original) in told
        now = get(original)
        assert now["ETag"] != seen["ETag"]
        assert now["Last-Modified"] == f"Tue, 24 Nov 2026 {hour}:00:00 GMT"
        assert ("Also in" in text(now)) is named
        seen = now


told: list[str] = []


def remember(urls: list[str]) -> None:
    told.extend(urls)


def test_translations_cost_no_statement_of_their_own(cast):
    original, _claim = cast.published()
    with CaptureQueriesContext(connection) as alone:
        get(original)
    for language in ("fr", "de"):
        publish(cast, translated(cast, original, language))
    with CaptureQueriesContext(connection) as together:
        answer = get(original)
    assert len(alternates(answer)) == 3
    assert len(together) == len(alone)
    with CaptureQueriesContext(connection) as unchanged:
        again = Client().get(article_page(original), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert len(unchanged) == 1


def test_a_person_finds_the_original_by_its_title_and_ties_it(cast):
    original = c.import_text(cast.desk, cast.eda, "The ferry\n\nIt sank.")
    c.import_text(cast.desk, cast.eda, "The bridge\n\nIt stands.")
    french = c.import_text(cast.desk, cast.eda, "Le bac\n\nIl a coulé.", language="fr")
    client = Client()
    client.force_login(cast.eda)
    page = reverse("translations", args=[french.pk])
    assert page in text(client.get(reverse("workbench", args=[french.pk])))
    shown = text(client.get(page, {"title": "ferry"}))
    assert "The ferry" in shown
    assert "The bridge" not in shown
    refused = client.post(page, {})
    assert refused.status_code == 422
    assert "Choose the text that this one translates." in text(refused)
    answer = client.post(page, {"original": original.pk}, follow=True)
    assert "It is tied." in text(answer)
    assert "The ferry" in text(answer)
    assert "Le bac" in text(client.get(reverse("translations", args=[original.pk])))
    again = client.post(page, {"original": original.pk}, follow=True)
    assert "tied already" in text(again)
    answer = client.post(page, {"do": "untie"}, follow=True)
    assert "It is no translation any more." in text(answer)
    french.refresh_from_db()
    assert french.original is None


def test_a_desk_is_not_offered_the_texts_of_others(cast):
    foreign = c.import_text(cast.stranger.desks.get(), cast.stranger, "FOREIGN\n\nA text.")
    french = c.import_text(cast.desk, cast.eda, "Le bac\n\nIl a coulé.", language="fr")
    client = Client()
    client.force_login(cast.eda)
    page = reverse("translations", args=[french.pk])
    assert "FOREIGN" not in text(client.get(page))
    assert client.post(page, {"original": foreign.pk}).status_code == 422
