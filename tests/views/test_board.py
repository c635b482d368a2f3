"""The board: whose an article is, how far it is, who is waited for, by when."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Article
from tests import cast as c

SOON = timezone.now() + dt.timedelta(days=3)


def rows(person, **query):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("articles", args=["desk"]), query)
    assert answer.status_code == 200
    return {row["title"]: row for row in answer.context["rows"]}


def titled(cast, title, **fields):
    return c.import_text(cast.desk, cast.eda, c.TEXT.replace("Ferry", title), **fields)


def planned(article, actor, **values):
    now = {name: getattr(Article.objects.get(pk=article.pk), name) for name in values}
    workflow.plan(article, values, actor=actor, base=now)


def test_a_row_says_whose_it_is_how_far_and_who_is_waited_for(cast):
    article, claim = cast.checking()
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=None)
    planned(article, cast.eda, due_at=SOON, priority="high")
    (row,) = rows(cast.eda).values()
    assert row["owner"] == "Eli"
    assert (row["waits_for"], row["stage"], row["progress"]) == (
        "Ann, Ben",
        "Checking",
        "0 of 1 claim",
    )
    assert row["is_first"]
    assert not row["is_late"]
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda)
    (row,) = rows(cast.eda).values()
    assert (row["waits_for"], row["done"], row["total"]) == ("", 1, 1)


def test_who_checks_blind_is_not_told_who_else_does(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eda], actor=cast.mia)
    assert [row["waits_for"] for row in rows(cast.eda).values()] == ["Eda"]
    assert [row["waits_for"] for row in rows(cast.ann).values()] == ["Ann"]
    assert [row["waits_for"] for row in rows(cast.eli).values()] == ["Ann, Eda"]
    client = Client()
    client.force_login(cast.eda)
    page = client.get(reverse("claims", args=["desk"])).context["rows"]
    assert [row["people"] for row in page] == ["Eda"]
    assert claim.pk


def test_what_is_due_first_stands_first_page_by_page(cast, monkeypatch):
    monkeypatch.setattr("annotations.views.desk.articles.PAGE", 2)
    for day in (3, 1, 2):
        article = titled(cast, f"Day {day}")
        planned(article, cast.eda, due_at=SOON + dt.timedelta(days=day))
    titled(cast, "No day")
    client = Client()
    client.force_login(cast.eda)
    first = client.get(reverse("articles", args=["desk"]), {"sort": "due"})
    days = [row["title"].split(" to ")[0] for row in first.context["rows"]]
    assert days == ["Day 1", "Day 2"]
    older = first.context["stretch"].older
    second = client.get(reverse("articles", args=["desk"]) + f"?sort=due&{older}")
    assert [row["title"].split(" to ")[0] for row in second.context["rows"]] == ["Day 3"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("owner:me", {"Mine"}),
        ("owner:eda", {"Mine"}),
        ("owner:none", {"Held", "French"}),
        ("is:held", {"Held"}),
        ("lang:fr", {"French"}),
        ("owner:none lang:fr", {"French"}),
        ("owner:nobody-at-all", set()),
    ],
)
def test_the_filter_knows_owner_language_and_hold(cast, query, found):
    mine, held = titled(cast, "Mine"), titled(cast, "Held")
    titled(cast, "French", language="fr")
    workflow.look_after(mine, actor=cast.eda)
    planned(held, cast.eda, on_hold="a letter")
    assert {title.split(" to ")[0] for title in rows(cast.eda, q=query)} == found


def test_claims_are_found_by_what_their_article_is(cast):
    article, claim = cast.checking()
    workflow.look_after(article, actor=cast.eda)
    client = Client()
    client.force_login(cast.eda)
    page = client.get(reverse("claims", args=["desk"]), {"q": "owner:me"})
    assert [row["key"] for row in page.context["rows"]] == [str(claim.uuid)]
    assert client.get(reverse("claims", args=["desk"]), {"q": "owner:none"}).context["rows"] == []
    bench = client.get(reverse("workbench", args=[article.pk]), {"q": "owner:me"})
    assert "1 of 1" in bench.content.decode() or claim.claim_reviewed in bench.content.decode()
