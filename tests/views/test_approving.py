"""The approver's page: what is in the way is grouped, and a correction shows what changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.listing import ranges
from annotations.models import Claim, Claimant, Desk
from tests import cast as c


def page_of(person, article):
    client = Client()
    client.force_login(person)
    return client.get(reverse("approve", args=[article.pk]))


@pytest.fixture
def four(cast):
    """Four decided claims, the demands of the desk all unmet."""
    Desk.objects.update(demand_copies="warn", demand_reply="warn", demand_primary="warn")
    article = cast.article()
    words = (c.MARKED, c.SECOND, "In 2024 the town paid for a new pier", "It is a fine pier")
    claims = [c.mark(article, each, cast.eda) for each in words]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in claims:
        c.annotate(claim, cast.ann)
        c.annotate(claim, cast.ben)
        c.decide(claim, cast.eda)
    return article, claims


def test_many_of_one_kind_are_one_line_with_the_numbers_of_their_claims(cast, four):
    article, _claims = four
    warnings = page_of(cast.eli, article).context["warnings"]
    assert [each["text"] for each in warnings] == [
        "4 verdicts stand on no primary source: claims 1–4",
        "4 sources have no saved copy: claims 1–4",
        "The right of reply is open for 4 claims: claims 1–4",
    ]
    assert [len(each["more"]) for each in warnings] == [4, 4, 4]


def test_one_alone_is_said_in_full(cast, four):
    article, claims = four
    for claim in claims[1:]:
        workflow.no_reply_needed([claim], "It is about nobody.", actor=cast.eda)
    warnings = page_of(cast.eli, article).context["warnings"]
    assert f"Nobody was asked for a reply to “{claims[0]}”" in [row["text"] for row in warnings]


def test_numbers_that_follow_each_other_are_a_range():
    assert ranges([1, 3, 4, 5, 9]) == "1, 3–5, 9"
    assert ranges([]) == ""
    assert ranges([2, 3]) == "2–3"


def test_a_correction_shows_what_was_and_what_is_one_below_the_other(cast):
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    page = page_of(cast.eli, article)
    body = page.content.decode()
    assert "What changed since edition 1" in body
    sides = [pair for each in page.context["last"]["changes"] for pair in each["sides"]]
    told = [(before, after) for before, after in sides if "Half of it is so." in after]
    assert told, (sides, body)
    assert "Decided by Eda" in told[0][0]
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} More.")
    assert page_of(cast.eli, other).context["last"] is None


def test_a_claim_of_the_desks_own_organisation_and_one_of_nobody_are_cautioned_of(cast, four):
    article, claims = four
    ours = Claimant.objects.create(desk=cast.desk, name=cast.desk.organisation.upper())
    Claim.objects.filter(pk=claims[0].pk).update(claimant=ours)
    cautions = page_of(cast.eli, article).context["cautions"]
    told = {each["text"]: each["detail"] for each in cautions}
    assert "your own organisation" in told[claims[0].claim_reviewed]
    assert "Nobody is named as saying it" in told[claims[1].claim_reviewed]


def test_the_preview_of_what_nobody_decided_does_not_call_it_set_aside(cast):
    article, _claim = cast.deciding()
    client = Client()
    client.force_login(cast.eli)
    page = client.get(reverse("preview", args=[article.pk])).content.decode()
    assert "No verdict yet." in page
    assert page.count("No rating yet") >= 2, (
        "in the legend, too: a sign without a word says nothing"
    )
    assert "We do not rate this." not in page
    assert "set aside" not in page
