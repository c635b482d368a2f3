"""What is said of an article, changed after import: logged, merged, and told with an edition."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import DESCRIBED, Article, Transition
from annotations.words.log import said as told
from tests import cast as c

from .readers import article_page


@pytest.fixture
def article(cast) -> Article:
    return c.import_text(cast.desk, cast.eda, outlet="The Test", why_selected="It is\nmuch read.")


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content, "utf-8")


def page_of(article: Article) -> str:
    return reverse("details", args=[article.pk])


def shown(article: Article) -> dict[str, str]:
    """What the form of the article as it is now would send unchanged."""
    now = {name: getattr(article, name) for name in DESCRIBED}
    return now | {f"initial-{name}": value for name, value in now.items()}


def sent(article: Article, **changed: str) -> dict[str, str]:
    return shown(article) | changed


def test_the_title_is_changed_and_the_log_says_from_what_to_what(cast, article):
    client = of(cast.eda)
    assert page_of(article) in text(client.get(reverse("workbench", args=[article.pk])))
    slug, article_title = article.slug, article.title
    answer = client.post(page_of(article), sent(article, title="Ferry\n stops "), follow=True)
    assert "The details are saved, and in the log." in text(answer)
    article.refresh_from_db()
    assert (article.title, article.slug) == ("Ferry stops", slug)
    line = Transition.objects.get(move="describe")
    assert line.reason == ""
    assert line.detail == {"fields": {"title": [article_title, "Ferry stops"]}}
    assert told(line) == f"Title: “{article_title}” → “Ferry stops”"
    assert "Changed what is said of the article" in text(
        client.get(reverse("history", args=[article.pk]))
    )


def test_line_ends_of_the_browser_are_no_change(cast, article):
    posted = {name: value.replace("\n", "\r\n") for name, value in sent(article).items()}
    answer = of(cast.eda).post(page_of(article), posted, follow=True)
    assert "Nothing is different." in text(answer)
    assert not Transition.objects.filter(move="describe").exists()


@pytest.mark.parametrize("why", ["It is\r\nmuch read.", "It is\nmuch read."])
def test_line_ends_stored_as_browsers_sent_them_are_in_nobodys_way(cast, article, why):
    """As the import form kept them until 2026-11-25."""
    Article.objects.filter(pk=article.pk).update(why_selected=why)
    article.refresh_from_db()
    answer = of(cast.eda).post(page_of(article), sent(article, title="Ferry stops"), follow=True)
    assert "The details are saved, and in the log." in text(answer)
    article.refresh_from_db()
    assert article.title == "Ferry stops"


def test_what_is_sent_without_what_was_shown_is_a_conflict(cast, article):
    now = {name: getattr(article, name) for name in DESCRIBED}
    answer = of(cast.eda).post(page_of(article), now | {"title": "Ferry stops"})
    assert answer.status_code == 409
    assert "Ferry stops" in text(answer)
    article.refresh_from_db()
    assert article.title != "Ferry stops"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"public_text": "full"}, "Say by whose permission"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"published_on": "24.11."}, "Give a date as 2026, 2026-11"),
        ({"published_on": "2026-02-30"}, "Give a date as 2026, 2026-11"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_kept(cast, article, changed, words):
    answer = of(cast.eda).post(page_of(article), sent(article, outlet="Typed", **changed))
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="Typed"' in text(answer)
    article.refresh_from_db()
    assert article.outlet == "The Test"


def test_a_date_typed_in_arabic_digits_is_kept_in_plain_ones(cast, article):
    of(cast.eda).post(page_of(article), sent(article, published_on="٢٠٢٦-١١-٢٤"))
    article.refresh_from_db()
    assert article.published_on == "2026-11-24"


def test_two_people_at_once_get_both_versions_and_merge(cast, article):
    posted = sent(article, title="Mine")
    of(cast.eli).post(page_of(article), sent(article, title="Theirs", topic="Transport"))
    answer = of(cast.eda).post(page_of(article), posted)
    assert answer.status_code == 409
    page = text(answer)
    assert "Eli changed this at" in page
    assert "Theirs" in page
    assert "Mine" in page
    # What the conflict page sends, its choices taken: mine of the title, theirs of the topic.
    fields = {each["name"]: each for each in answer.context["fields"]}
    assert {name: each["chosen"] for name, each in fields.items()} == {
        "title": "mine",
        "topic": "theirs",
    }
    settled = dict(answer.context["kept"]) | dict(answer.context["bases"])
    for name, each in fields.items():
        settled |= {
            f"mine-{name}": each["mine"],
            f"theirs-{name}": each["theirs"],
            f"choice-{name}": each["chosen"],
            name: each["mine"],
        }
    of(cast.eda).post(page_of(article), settled)
    article.refresh_from_db()
    assert (article.title, article.topic) == ("Mine", "Transport")


def test_readers_get_it_with_the_next_edition_and_see_what_changed(cast):
    article, _claim = cast.published()
    client = of(cast.eli)
    assert "Readers get what you change here" in text(client.get(page_of(article)))
    with pytest.raises(workflow.Refused, match="Nothing has changed"):
        workflow.publish(article, actor=cast.mia)
    client.post(page_of(article), sent(article, title="Ferry stops", topic="Transport"))
    assert "Ferry stops" not in text(Client().get(article_page(article)))
    workflow.publish(article, actor=cast.mia)
    assert "Ferry stops" in text(Client().get(article_page(article)))
    versions = text(Client().get(reverse("public_versions", args=["desk", article.slug])))
    for words in ("Title", "stops", "Topic", "Transport"):
        assert words in versions


def test_a_stranger_finds_nothing_there(cast, article):
    assert of(cast.stranger).get(page_of(article)).status_code == 404
