"""The claims of a desk in the order that is asked for, by the same means as the board's."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Claimant, Transition
from annotations.queries import board
from annotations.queries import claims as claims_queries
from annotations.vocabulary import ClaimStatus, ListSort
from tests import cast as c

PAGE = reverse("claims", args=["desk"])
SOON = timezone.now() + dt.timedelta(days=3)


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def names(page: Any) -> list[str]:
    return [row["words"].partition(":")[0] for row in page.context["rows"]]


def in_order(person, sort: str, **query: str) -> list[str]:
    """The claims page by page, in the order `sort`."""
    client, found = of(person), []
    page = client.get(PAGE, {"sort": sort} | query)
    while True:
        found += names(page)
        older = page.context["stretch"].older
        if not older:
            return found
        page = client.get(f"{PAGE}?{page.context['query']}{older}")


@pytest.fixture
def four(cast, monkeypatch):
    """Four claims in work, a page of the list holding two; one published, one set aside."""
    monkeypatch.setattr("annotations.views.desk.claims.PAGE", 2)
    cast.published()
    article = c.import_text(cast.desk, cast.eda, TEXT)
    speakers = {
        name: Claimant.objects.create(desk=cast.desk, name=name) for name in ("écho", "Zed", "Abe")
    }
    made = {}
    for words, speaker in (("One", "Zed"), ("Two", "écho"), ("Three", ""), ("Four", "Abe")):
        claimant = speakers.get(speaker)
        made[words] = c.mark(
            article, f"{words} is so", cast.eda, claim_reviewed=words, claimant=claimant
        )
    aside = c.mark(article, "Five is so", cast.eda, claim_reviewed="Five")
    workflow.set_aside(aside, "opinion", actor=cast.eda)
    for words, days in (("Three", 2), ("One", 1), ("Two", 9)):
        due = SOON + dt.timedelta(days=days)
        workflow.assign(made[words], cast.ann, actor=cast.eda, due_at=due)
    workflow.assign(made["Two"], cast.ben, actor=cast.eda, due_at=SOON)
    return cast


TEXT = "A title\n\nOne is so. Two is so. Three is so. Four is so. Five is so."
WORK = ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("", ["Five", "Four", "Three", "Two", "One", "It is so that"]),
        ("age", WORK),
        ("due", ["Two", "One", "Three"]),
        ("claimant", ["Four", "Two", "One", "Three"]),
        ("stage", WORK),
        ("owner", ["Five", "Four", "Three", "Two", "One", "It is so that"]),
    ],
)
def test_the_claims_stand_in_the_order_that_is_asked_for_page_by_page(four, sort, found):
    assert in_order(four.eda, sort) == found


def test_stages_stand_in_the_order_in_which_claims_go_through_them(four):
    four.checking()
    assert in_order(four.eda, "stage") == [*WORK, "It is so that"]


def test_the_first_page_is_found_again_from_the_second(four):
    client = of(four.eda)
    for sort in claims_queries.SORTS:
        first = client.get(PAGE, {"sort": sort})
        second = client.get(f"{PAGE}?{first.context['query']}{first.context['stretch'].older}")
        again = client.get(f"{PAGE}?{second.context['query']}{second.context['stretch'].newer}")
        assert names(again) == names(first), sort


def test_by_when_others_owe_is_no_order_for_who_checks_blind(four):
    assert in_order(four.ann, "due") == ["One", "Three", "Two"]
    assert in_order(four.ben, "due") == ["Two"]


def test_the_heads_lead_to_the_orders_and_say_the_present_one(four):
    page = of(four.eda).get(PAGE, {"sort": "claimant", "q": "assignee:ann"})
    text = page.content.decode()
    heads = {
        label: (sort, href)
        for sort, href, label in re.findall(
            r'<th scope="col"(?: aria-sort="(\w+)")?>\s*(?:<a href="([^"]*)">)?([^<]+?)\s*<', text
        )
    }
    assert heads["Claimant"] == ("ascending", "?q=assignee%3Aann&amp;sort=claimant")
    assert heads["Due"] == ("", "?q=assignee%3Aann&amp;sort=due")
    assert heads["Added"] == ("", "?q=assignee%3Aann&amp;sort=age")
    assert heads["Verdict"] == ("", "")
    assert '<input type="hidden" name="sort" value="claimant">' in text
    added = of(four.eda).get(PAGE).content.decode()
    assert re.search(r'aria-sort="descending">\s*<a href="\?sort=age">Added</a>', added)


def test_what_is_done_to_all_is_done_to_what_the_order_lists(four):
    sent = {"do": "aside", "scope": "all", "why": "gone"}
    answer = of(four.eda).post(f"{PAGE}?sort=due", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?sort=due"
    moved = Transition.objects.filter(target=ClaimStatus.SET_ASIDE)
    said = moved.order_by("pk").values_list("claim__claim_reviewed", flat=True)
    assert list(said) == ["Five", "Two", "One", "Three"]


def test_a_saved_filter_keeps_the_order_of_the_claims(four):
    client = of(four.eda)
    sent = {"name": "Hers", "query": "assignee:ann", "page": "claims", "sort": "claimant"}
    answer = client.post(reverse("save_filter", args=["desk"]), sent, follow=True)
    assert answer.redirect_chain[0][0] == f"{PAGE}?q=assignee%3Aann&sort=claimant"
    text = client.get(PAGE).content.decode()
    assert 'href="/desks/desk/claims/?q=assignee%3Aann&amp;sort=claimant"' in text
    there = client.get(reverse("articles", args=["desk"])).content.decode()
    assert 'href="/desks/desk/articles/?q=assignee%3Aann"' in there


def test_every_order_has_its_words_and_its_list():
    assert {*board.SORTS, *claims_queries.SORTS} == set(ListSort.values)
