"""The marking panel suggests who says the words, and chooses nobody."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Article, Claim
from tests import cast as c

TEXT = (
    "The bridge is closed\n\n"
    "Mayor Maria Keller told reporters that the bridge is unsafe.\n\n"
    "“Nobody warned us,” said Tom Brandt. “We lost two years.”\n\n"
    "“The letter came in 2019,” she answered.\n\n"
    "The bridge was built in 1930."
)


@pytest.fixture
def article(cast) -> Article:
    return c.import_text(cast.desk, cast.eda, TEXT)


@pytest.fixture
def eda(cast) -> Client:
    client = Client()
    client.force_login(cast.eda)
    return client


def span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def panel(client: Client, article: Article, words: str) -> str:
    return client.get(reverse("workbench", args=[article.pk]), span(words)).content.decode()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Nobody warned us", "Probably said by <b>Tom Brandt</b> (“said Tom Brandt”)."),
        ("We lost two years", "Probably said by <b>Tom Brandt</b> (“said Tom Brandt”)."),
        ("The letter came in 2019", "Perhaps said by <b>Maria Keller</b>, if “she answered” means"),
        ("the bridge is unsafe", "Probably said by <b>Maria Keller</b> (“Maria Keller told”)."),
    ],
)
def test_the_speaker_is_suggested_with_the_words_that_tell(eda, article, words, says):
    page = panel(eda, article, words)
    assert says in page
    (field,) = re.findall(r'<input[^>]*name="claimant_name"[^>]*>', page)
    assert "value=" not in field


def test_words_in_the_articles_own_voice_have_no_suggestion(eda, article):
    assert "said by" not in panel(eda, article, "The bridge was built in 1930").lower()


def test_the_name_is_used_only_when_somebody_asks_and_what_was_typed_stays(eda, article):
    typed = span("Nobody warned us") | {
        "claim_reviewed": "Nobody warned the town.",
        "interpretation": "Before May.",
        "type": "event",
        "said_on": "2024-05",
        "exact": "Nobody warned us",
    }
    answer = eda.post(reverse("mark", args=[article.pk]), typed | {"use_speaker": "Tom Brandt"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Tom Brandt"' in page.split('name="claimant_name"')[1][:100]
    for value in ("Nobody warned the town.", "Before May.", 'value="2024-05"'):
        assert value in page
    assert "There is a problem" not in page
    assert "Use this name" not in page
    assert not Claim.objects.exists()


def test_a_name_for_words_that_are_not_in_the_text_is_refused(eda, article):
    answer = eda.post(
        reverse("mark", args=[article.pk]), {"start": "x", "end": "9" * 8, "use_speaker": "A"}
    )
    assert answer.status_code == 200
    assert not Claim.objects.exists()


def test_a_suggestion_costs_no_statement(eda, article):
    def statements(words: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            panel(eda, article, words)
        return len(asked)

    panel(eda, article, "Nobody warned us")
    assert statements("Nobody warned us") == statements("The bridge was built in 1930")


def test_a_checker_may_not_ask_for_it(cast, article):
    client = Client()
    client.force_login(cast.ann)
    answer = client.post(
        reverse("mark", args=[article.pk]), span("Nobody warned us") | {"use_speaker": "A"}
    )
    assert answer.status_code == 403
