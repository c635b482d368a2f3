"""Times: a person's in their own zone, a desk's public ones in its own, each with its name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations.admin.forms import ask_form, people_form, person_form
from annotations.models import Article, Assignment, Desk, Edition, User
from tests.views.readers import article_page, claim_page


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kolkata(cast):
    User.objects.filter(pk=cast.eda.pk).update(time_zone="Asia/Kolkata")
    return cast


def test_a_deadline_is_typed_and_shown_in_ones_own_time_which_the_form_names(kolkata):
    article, _claim = kolkata.marked()
    client = client_of(kolkata.eda)
    page = client.get(reverse("open_checking", args=[article.pk])).content.decode()
    assert "In the time zone Asia/Kolkata" in page
    people = [kolkata.ann.pk, kolkata.ben.pk]
    sent = {"people": people, "due_at": "2096-12-01T09:00", "key": ""}
    client.post(reverse("open_checking", args=[article.pk]), sent)
    due = Assignment.objects.first()
    assert due is not None
    assert due.due_at == dt.datetime(2096, 12, 1, 3, 30, tzinfo=dt.UTC)
    shown = client.get(reverse("asked", args=[article.pk, due.claim_id])).content.decode()
    assert "1 Dec 2096, 09:00" in shown
    other = client_of(kolkata.mia).get(reverse("asked", args=[article.pk, due.claim_id]))
    assert "1 Dec 2096, 03:30" in other.content.decode()


def test_a_deadline_that_has_passed_is_refused_in_words_and_nobody_is_asked(kolkata):
    """Dropped without a word, as it was once, a wrong year made a check that is never late."""
    marked, _claim = kolkata.marked()
    checking, claim = kolkata.checking()
    client, asked = client_of(kolkata.eda), Assignment.objects.count()
    past = {"due_at": "2025-12-01T09:00", "key": ""}
    sent: dict[str, dict[str, Any]] = {
        reverse("open_checking", args=[marked.pk]): {"people": [kolkata.ann.pk, kolkata.ben.pk]},
        reverse("asked", args=[checking.pk, claim.pk]): {"person": "mia", "task": "approve"},
    }
    for url, typed in sent.items():
        answer = client.post(url, typed | past)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "This time has passed. Type a later one, or none." in page
        assert 'value="2025-12-01T09:00"' in page, "what was typed is still there"
    assert Assignment.objects.count() == asked


@pytest.mark.parametrize("made", [people_form, person_form, ask_form])
def test_the_admin_refuses_it_too(cast, made):
    form = made(User.objects.all())({"due_at": "2025-12-01 09:00"})
    assert "This time has passed" in str(form.errors["due_at"])
    assert "due_at" not in made(User.objects.all())({"due_at": "2096-12-01 09:00"}).errors


def test_an_articles_day_that_has_passed_is_proposed_to_nobody(kolkata):
    article, _claim = kolkata.marked()
    url = reverse("open_checking", args=[article.pk])
    for due, proposed in (("2096-12-01T09:00Z", True), ("2025-12-01T09:00Z", False)):
        Article.objects.filter(pk=article.pk).update(due_at=due)
        page = client_of(kolkata.eda).get(url).content.decode()
        assert ('value="2096-12-01T14:30"' in page) is proposed
        assert "2025-12-01" not in page


@pytest.mark.parametrize("clock", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_an_hour_that_there_is_not_or_twice_is_refused_in_words(cast, clock):
    User.objects.filter(pk=cast.eda.pk).update(time_zone="Europe/Paris")
    article, _claim = cast.marked()
    sent = {"people": [cast.ann.pk, cast.ben.pk], "due_at": clock}
    answer = client_of(cast.eda).post(reverse("open_checking", args=[article.pk]), sent)
    assert answer.status_code == 422
    assert "Europe/Paris" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_who_chose_none_has_their_desks_and_the_page_says_which(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(time_zone="America/New_York")
    page = client_of(cast.ann).get(reverse("queue", args=["desk"])).content.decode()
    assert "Times are in America/New_York" in page


def test_one_persons_zone_is_not_the_next_ones(kolkata):
    page = reverse("queue", args=["desk"])
    assert "Asia/Kolkata" in client_of(kolkata.eda).get(page).content.decode()
    assert "Times are in UTC" in client_of(kolkata.mia).get(page).content.decode()


def test_public_pages_tell_times_in_the_desks_zone_and_name_it_whoever_reads(kolkata, time_machine):
    article, claim = kolkata.published()
    at = Edition.objects.get(article=article).published_at
    for zone, hours in (("UTC", 0), ("Etc/GMT-5", 5)):
        Desk.objects.filter(pk=kolkata.desk.pk).update(time_zone=zone)
        caches["process"].clear()
        local = at + dt.timedelta(hours=hours)
        told = f"{local:%H:%M} {'UTC' if zone == 'UTC' else '+05'}"
        for reader in (Client(), client_of(kolkata.eda)):
            assert told in reader.get(article_page(article)).content.decode()
            versions = reader.get(f"{article_page(article)}versions/").content.decode()
            assert told in versions
    assert Client().get(claim_page(claim)).status_code == 200


def test_a_page_that_was_kept_is_made_anew_once_the_desks_zone_changes(cast):
    article, _claim = cast.published()
    before = Client().get(article_page(article))
    Desk.objects.filter(pk=cast.desk.pk).update(time_zone="Asia/Tokyo")
    headers = {"if-none-match": before["ETag"]}
    after = Client().get(article_page(article), headers=headers)
    assert after.status_code == 200
    assert "JST" in after.content.decode()


def test_a_manager_changes_the_zone_and_the_second_factor_under_rules_and_the_log_says_so(cast):
    page = client_of(cast.mia).get(reverse("rules", args=["desk"]))
    words = page.content.decode()
    assert "Time zone" in words
    assert "second factor" in words
