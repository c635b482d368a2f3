"""Whose claims readers find, and how many: no more are counted than an answer can wait for."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Claim, Claimant
from annotations.queries import catalogue, paging
from tests import cast as c

LIST = reverse("public_claimants", args=["desk"])


def shown(query: str = "") -> str:
    caches["process"].clear()
    answer = Client().get(f"{LIST}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def mary(cast) -> Claimant:
    """Somebody of whom two claims were published under one name, and one under another."""
    main = Claimant.objects.create(desk=cast.desk, name="Mary Oké", description="council leader")
    other = Claimant.objects.create(desk=cast.desk, name="M. Oké", description="leader")
    for claimant, rated in ((main, "true"), (other, "false"), (main, "true")):
        published(cast, claimant, rated)
    workflow.merge_claimants(main, other, actor=cast.eda)
    return main


def published(cast: Any, claimant: Claimant, rated: str) -> None:
    article, claim = cast.checking()
    c.annotate(claim, cast.ann, rated)
    c.annotate(claim, cast.ben, rated)
    c.decide(claim, cast.eda, rated)
    workflow.approve(claim, actor=cast.eli)
    Claim.objects.filter(pk=claim.pk).update(claimant=claimant)
    workflow.publish(article, actor=cast.eli)


def test_all_names_of_somebody_are_one_entry_with_all_claims(mary):
    text = shown()
    assert "3 claims" in text
    assert "M. Oké" not in text
    assert "council leader" in text
    text = shown("?name=Mary+Ok%C3%A9")
    assert "3 claims were checked" in text
    assert [part["count"] for part in counts(mary)] == [2, 1]


def test_beyond_what_is_counted_it_says_more_than_and_of_which_the_numbers_are(mary, monkeypatch):
    monkeypatch.setattr(catalogue, "MOST", 2)
    monkeypatch.setattr(paging, "MOST", 2)
    assert "More than 2 claims" in shown()
    text = shown("?name=Mary+Ok%C3%A9")
    assert "More than 2 claims were checked. The numbers are of the newest 2." in text
    assert [part["count"] for part in counts(mary)[:2]] == [1, 1], "the newest of either name"


def counts(claimant: Claimant) -> list[dict[str, Any]]:
    made = catalogue.claims_of("desk", claimant.name)
    return catalogue.counts(made[: paging.MOST])
