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


# --- orders ---


def in_order(person, sort: str, **query) -> list[str]:
    """The first words of the titles, page by page, in the order `sort`."""
    client = Client()
    client.force_login(person)
    url, found = reverse("articles", args=["desk"]), []
    page = client.get(url, {"sort": sort} | query)
    while True:
        found += [row["title"].split(" to ")[0] for row in page.context["rows"]]
        older = page.context["stretch"].older
        if not older:
            return found
        page = client.get(f"{url}?{page.context['query']}{older}")


@pytest.fixture
def four(cast, monkeypatch):
    """Four articles in work, a page of the board holding two; and one that is published."""
    monkeypatch.setattr("annotations.views.desk.articles.PAGE", 2)
    published, _claim = cast.published()
    c.retitle(published, cast.eda, "Published to all")
    for title, outlet in (("One", "Zeitung"), ("Two", "écho"), ("Three", ""), ("Four", "Abend")):
        titled(cast, title, outlet=outlet)
    made = {title: Article.objects.get(title__startswith=f"{title} to") for title in FOUR}
    workflow.look_after(made["Two"], actor=cast.eda)
    workflow.look_after(made["Four"], actor=cast.eli)
    for title, settled in (("One", 1), ("Two", 2)):
        for n, words in enumerate([c.MARKED, c.SECOND]):
            claim = c.mark(made[title], words, cast.eda)
            if n < settled:
                workflow.set_aside(claim, "opinion", actor=cast.eda)
    planned(made["Three"], cast.eda, due_at=SOON)
    planned(made["One"], cast.eda, due_at=SOON + dt.timedelta(days=1))
    return cast


FOUR = ("One", "Two", "Three", "Four")


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("", ["Four", "Three", "Two", "One", "Published"]),
        ("age", ["One", "Two", "Three", "Four"]),
        ("due", ["Three", "One"]),
        ("progress", ["Two", "One", "Four", "Three"]),
        ("owner", ["Two", "Four", "One", "Three"]),
        ("outlet", ["Four", "Two", "One", "Three"]),
        ("loudest", ["Four", "Three", "Two", "One", "Published"]),
    ],
)
def test_the_board_stands_in_the_order_that_is_asked_for_page_by_page(four, sort, found):
    assert in_order(four.eda, sort) == found


def test_the_first_page_is_found_again_from_the_second(four):
    client = Client()
    client.force_login(four.eda)
    url = reverse("articles", args=["desk"])
    first = client.get(url, {"sort": "outlet"})
    second = client.get(f"{url}?{first.context['query']}{first.context['stretch'].older}")
    again = client.get(f"{url}?{second.context['query']}{second.context['stretch'].newer}")
    assert [row["title"] for row in again.context["rows"]] == [
        row["title"] for row in first.context["rows"]
    ]


def test_a_filter_keeps_the_order_and_the_heads_of_the_table_lead_to_it(four):
    client = Client()
    client.force_login(four.eda)
    page = client.get(reverse("articles", args=["desk"]), {"sort": "owner", "q": "owner:me"})
    text = page.content.decode()
    assert '<input type="hidden" name="sort" value="owner">' in text
    assert '<th scope="col" aria-sort="ascending">' in text
    assert 'href="?q=owner%3Ame&amp;sort=due"' in text
    assert in_order(four.eda, "owner", q="owner:me") == ["Two"]


def test_a_saved_filter_keeps_the_order_of_the_board(four):
    client = Client()
    client.force_login(four.eda)
    sent = {"name": "Mine", "query": "owner:me", "page": "articles", "sort": "due"}
    answer = client.post(reverse("save_filter", args=["desk"]), sent, follow=True)
    assert answer.redirect_chain[0][0] == "/desks/desk/articles/?q=owner%3Ame&sort=due"
    text = client.get(reverse("articles", args=["desk"])).content.decode()
    assert 'href="/desks/desk/articles/?q=owner%3Ame&amp;sort=due"' in text
    text = client.get(reverse("claims", args=["desk"])).content.decode()
    assert 'href="/desks/desk/claims/?q=owner%3Ame"' in text
