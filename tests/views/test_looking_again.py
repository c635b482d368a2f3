"""What gets old is looked at again: a day is named, comes, and is answered by a person."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, Receipt, Transition, User
from annotations.vocabulary import MoveName
from annotations.words.log import said
from tests import cast as c

JUNE = dt.date(2027, 6, 3)
NOW = "2026-11-24T09:00:00Z"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


def of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(article: Article, claim: Claim) -> str:
    return reverse("review", args=[article.pk, claim.pk])


def queue(person: User) -> str:
    return str(of(person).get(reverse("queue", args=["desk"])).content.decode())


def name(person: User, article: Article, claim: Claim, day: str, **sent: str) -> Any:
    return of(person).post(page(article, claim), {"day": day, "based_on": ""} | sent)


def due(cast: c.Cast, clock: Any) -> tuple[Article, Claim]:
    """A published claim whose day has come."""
    article, claim = cast.published()
    workflow.plan_review(claim, JUNE, actor=cast.eli)
    clock.move_to("2027-06-03T09:00:00Z", tick=False)
    claim.refresh_from_db()
    return article, claim


def test_a_day_is_named_on_the_claims_panel_and_stands_in_the_log(cast):
    article, claim = cast.published()
    bench = reverse("workbench", args=[article.pk])
    panel = of(cast.eli).get(f"{bench}?claim={claim.pk}").content.decode()
    assert page(article, claim) in panel
    assert name(cast.eli, article, claim, "2027-06-03").status_code == 302
    claim.refresh_from_db()
    assert claim.review_by == JUNE
    line = Transition.objects.get(move=MoveName.PLAN_REVIEW)
    assert said(line) == "Look again by: “–” → “2027-06-03”"
    assert "still true?" not in queue(cast.eli), "it is still to come"


def test_on_the_day_it_stands_in_the_queue_of_who_may_correct(cast, clock):
    article, claim = due(cast, clock)
    assert f"Is “{claim}” still true? It was to be looked at again by 3 Jun 2027." in queue(
        cast.eli
    )
    assert page(article, claim) in queue(cast.eli)
    assert "still true?" not in queue(cast.ann)
    shown = of(cast.eli).get(page(article, claim)).content.decode()
    assert reverse("correct", args=[article.pk, claim.pk]) in shown


def test_whoever_looked_says_what_they_found_before_the_next_day(cast, clock):
    article, claim = due(cast, clock)
    answer = name(cast.eli, article, claim, "2028-06-03", based_on="2027-06-03")
    assert answer.status_code == 409
    assert "Say what you found" in answer.content.decode()
    assert 'value="2028-06-03"' in answer.content.decode()
    sent = {"based_on": "2027-06-03", "reason": "The figures of May are the same."}
    name(cast.eli, article, claim, "2028-06-03", **sent)
    assert "still true?" not in queue(cast.eli)
    line = Transition.objects.filter(move=MoveName.PLAN_REVIEW).latest("pk")
    assert "The figures of May are the same." in said(line)


def test_nobody_has_to_look_any_more(cast, clock):
    article, claim = due(cast, clock)
    name(cast.eli, article, claim, "", based_on="2027-06-03", reason="The law is repealed.")
    claim.refresh_from_db()
    assert claim.review_by is None
    assert "still true?" not in queue(cast.eli)


def test_a_correction_answers_it(cast, clock):
    article, claim = due(cast, clock)
    workflow.reopen(claim, actor=cast.eli, reason="New figures.")
    assert "still true?" not in queue(cast.eli)
    c.decide(claim, cast.eda, "half", finding="Half of it.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("update", "New figures.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    claim.refresh_from_db()
    assert claim.review_by is None
    assert "still true?" not in queue(cast.eli)


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01"])
def test_a_day_that_is_over_is_refused_and_comes_back(cast, day):
    article, claim = cast.published()
    answer = name(cast.eli, article, claim, day)
    assert answer.status_code == 409
    assert "still to come" in answer.content.decode()
    assert f'value="{day}"' in answer.content.decode()


def test_of_two_who_name_a_day_the_second_is_told(cast):
    article, claim = cast.published()
    workflow.plan_review(claim, JUNE, actor=cast.eda)
    answer = name(cast.eli, article, claim, "2029-01-01")
    assert answer.status_code == 409
    assert "Somebody named another day meanwhile" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.review_by == JUNE
    name(cast.eli, article, claim, "2029-01-01", based_on="2027-06-03")
    claim.refresh_from_db()
    assert claim.review_by == dt.date(2029, 1, 1)


def test_a_key_that_was_another_forms_is_refused_in_words(cast):
    article, claim = cast.published()
    key = uuid.uuid4()
    other = {"what": "another form", "answer": 1}
    Receipt.objects.create(person=cast.eli, key=key, answer=other)
    answer = name(cast.eli, article, claim, "2027-06-03", key=str(key))
    assert answer.status_code == 409
    assert 'value="2027-06-03"' in answer.content.decode()
    claim.refresh_from_db()
    assert claim.review_by is None


def test_it_is_for_claims_that_readers_have_and_for_those_who_may_correct(cast):
    article, claim = cast.approved()
    assert name(cast.eli, article, claim, "2027-06-03").status_code == 409
    workflow.publish(article, actor=cast.eli)
    assert name(cast.ann, article, claim, "2027-06-03").status_code == 403
    with pytest.raises(PermissionDenied):
        workflow.plan_review(claim, JUNE, actor=cast.ann)
