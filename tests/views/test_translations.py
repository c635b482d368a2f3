"""One check in several languages: the desk's page, and what readers and caches are told."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, Membership, User
from tests import cast as c

from .readers import article_page, claim_page

WORDS = "le bac n’a jamais été inspecté"


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


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
        link = rf'<a\s+href="{path}" hreflang="{other}"\s+lang="{other}">'
        assert re.search(link, text(answer))
    # The page in another interface is no other page to a search engine.
    arabic = get(original, "?lang=ar")
    assert alternates(arabic) == both
    assert f'<link rel="canonical" href="{both["en"]}">' in text(arabic)


def test_without_a_translation_the_interface_languages_are_the_alternates(cast):
    original, _claim = cast.published()
    assert set(alternates(get(original))) == {"en", "ar", "es", "fr", "x-default"}
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
    assert "It is not a translation any more." in text(answer)
    french.refresh_from_db()
    assert french.original is None


def claims_in_both(cast) -> tuple[Claim, Claim, Article]:
    """A published claim, the same in a French text that is a translation, and that text."""
    original, claim = cast.published()
    french = translated(cast, original)
    return claim, c.mark(french, WORDS, cast.eda), french


def claim_alternates(claim: Claim) -> dict[str, str]:
    return alternates(Client().get(claim_page(claim)))


def test_each_claim_names_the_same_in_the_other_language_once_both_are_published(cast):
    claim, french, article = claims_in_both(cast)
    workflow.translate(french, claim, actor=cast.eda)
    before = Client().get(claim_page(claim))
    assert "fr" in alternates(before), "its interface"
    assert "x-default" in alternates(before)
    cast.publish(article, french)
    both = {
        "en": f"http://testserver{claim_page(claim)}",
        "fr": f"http://testserver{claim_page(french)}",
    }
    for each in (claim, french):
        assert claim_alternates(each) == both
        assert "Also in" in text(Client().get(claim_page(each)))
    arabic = Client().get(f"{claim_page(claim)}?lang=ar")
    assert f'<link rel="canonical" href="{both["en"]}">' in text(arabic)


def test_a_claim_that_is_not_published_is_neither_named_nor_noticed(cast):
    claim, french, _article = claims_in_both(cast)
    before = Client().get(claim_page(claim))
    workflow.translate(french, claim, actor=cast.eda)
    again = Client().get(claim_page(claim), headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    assert again["Last-Modified"] == before["Last-Modified"]
    assert "Also in" not in text(Client().get(claim_page(claim)))


def test_each_change_of_a_claim_reaches_the_others_and_their_cache(
    cast, settings, time_machine, django_capture_on_commit_callbacks
):
    settings.PURGE_HOOK = f"{__name__}.remember"
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    claim, french, article = claims_in_both(cast)
    workflow.translate(french, claim, actor=cast.eda)
    seen = Client().get(claim_page(claim))
    for hour, named, change in (
        (11, True, lambda: cast.publish(article, french)),
        (12, False, lambda: workflow.untie(french, actor=cast.eda)),
        (13, True, lambda: workflow.translate(french, claim, actor=cast.eda)),
        (14, False, lambda: workflow.retract(french, actor=cast.mia, why="It was forged.")),
    ):
        time_machine.move_to(f"2026-11-24T{hour}:00:00Z", tick=False)
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        french.refresh_from_db()
        assert claim_page(claim) in told
        now = Client().get(claim_page(claim))
        assert now["ETag"] != seen["ETag"]
        assert now["Last-Modified"] == f"Tue, 24 Nov 2026 {hour}:00:00 GMT"
        assert ("Also in" in text(now)) is named
        seen = now


def test_a_person_says_which_claims_are_the_same(cast):
    original, claim = cast.published()
    second = c.mark(original, c.SECOND, cast.eda)
    french = translated(cast, original)
    theirs = [c.mark(french, words, cast.eda) for words in ("le bac", "jamais été inspecté")]
    client = Client()
    client.force_login(cast.eda)
    page = reverse("tied_claims", args=[french.pk])
    assert page in text(client.get(reverse("translations", args=[french.pk])))
    assert claim.claim_reviewed in text(client.get(page))
    # Two of a text cannot be one of the other: both are said, and nothing is changed.
    twice = client.post(page, {each.uuid.hex: str(claim.uuid) for each in theirs})
    assert twice.status_code == 422
    assert "has a translation in that language" in text(twice)
    assert not Claim.objects.exclude(original=None).exists()
    ties = {theirs[0].uuid.hex: str(claim.uuid), theirs[1].uuid.hex: str(second.uuid)}
    assert "Readers of each claim find the other" in text(client.post(page, ties, follow=True))
    # And they change places in one go.
    swapped = dict(zip(ties, reversed(ties.values()), strict=True))
    client.post(page, swapped)
    for each, now in zip(theirs, (second, claim), strict=True):
        each.refresh_from_db()
        assert each.original == now
    client.post(page, {})
    assert not Claim.objects.exclude(original=None).exists()


def test_tying_claims_costs_the_same_for_many(cast):
    original, _claim = cast.published()
    french = translated(cast, original)
    c.mark(french, "le bac", cast.eda)
    client = Client()
    client.force_login(cast.eda)
    page = reverse("tied_claims", args=[french.pk])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        counts.append(len(found))
        c.mark(french, "inspecté", cast.eda)
        c.mark(original, c.SECOND, cast.eda)
    assert counts[0] == counts[1]


def test_of_another_desks_text_no_word_is_told_to_who_is_no_member(cast):
    theirs = cast.stranger.desks.get()
    Membership.objects.create(desk=theirs, user=cast.eda, role="editor")
    original = c.import_text(theirs, cast.eda, "SECRET\n\nA text of theirs.")
    french = translated(cast, original)
    User.objects.filter(pk__in=[cast.eda.pk, cast.eli.pk]).update(is_staff=True)
    seen = {}
    for person in (cast.eda, cast.eli):
        client = Client()
        client.force_login(person)
        seen[person] = "".join(
            text(client.get(reverse(name, args=args)))
            for name, args in (
                ("translations", [french.pk]),
                ("history", [french.pk]),
                ("log", ["desk"]),
                ("workbench", [french.pk]),
                ("admin:annotations_article_change", [french.uuid]),
            )
        )
    assert "SECRET" in seen[cast.eda]
    assert "SECRET" not in seen[cast.eli]
    assert "A text of another desk" in seen[cast.eli]


def test_a_desk_is_not_offered_the_texts_of_others(cast):
    foreign = c.import_text(cast.stranger.desks.get(), cast.stranger, "FOREIGN\n\nA text.")
    french = c.import_text(cast.desk, cast.eda, "Le bac\n\nIl a coulé.", language="fr")
    client = Client()
    client.force_login(cast.eda)
    page = reverse("translations", args=[french.pk])
    assert "FOREIGN" not in text(client.get(page))
    assert client.post(page, {"original": foreign.pk}).status_code == 422
