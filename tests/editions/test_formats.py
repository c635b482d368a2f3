"""Editions of every shape there ever was are read, and shown by today's pages.

tests/data/editions holds what the code of each shape issued for one story: a claim is published,
corrected, retracted, and the article withdrawn (the first two shapes knew no taking back).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from annotations.editions import content, reading
from annotations.models import Article, Claim, Correction, Edition
from annotations.vocabulary import ArticleStatus, ClaimStatus
from tests.views.readers import article_page, claim_page, public_addresses

KEPT = sorted((Path(__file__).parents[1] / "data/editions").glob("*.json"))
STAGES = {"published": 2, "corrected": 4, "retracted": 6, "withdrawn": 7}
"""How many of the story's editions there are then."""


def editions_in(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text())["editions"]
    return rows


AT_HEART = {
    "01-2026-11-24-first-corrected",
    "12-2026-11-28-format-2-retracted",
    "13-2026-11-29-format-3-corrected",
}
"""One story of each format, which `make test` shows too."""

STORIES = [
    pytest.param(path, stage, id=name, marks=[pytest.mark.heart] if name in AT_HEART else [])
    for path in KEPT
    for stage, count in STAGES.items()
    if len(editions_in(path)) >= count
    for name in [f"{path.stem}-{stage}"]
]


def restore(cast, path: Path, count: int) -> tuple[Article, Claim]:
    """An article and a claim with the first editions of the story, as they were stored."""
    article, claim = cast.approved()
    for row in editions_in(path)[:count]:
        is_claim = row["of"] == "claim"
        edition = Edition.objects.create(
            desk=cast.desk,
            claim=claim if is_claim else None,
            article=None if is_claim else article,
            revision=None if is_claim else article.revision,
            verdict=claim.verdicts.get() if is_claim else None,
            number=row["number"],
            content=row["content"],
            published_by=cast.eli,
        )
        what: type[Claim] | type[Article] = Claim if is_claim else Article
        stands = None if "tombstone" in row["content"] else edition
        what.objects.filter(pk=(claim if is_claim else article).pk).update(edition=stands)
        if row["correction"]:
            Correction.objects.create(edition=edition, **row["correction"])
    slug = editions_in(path)[0]["content"]["claim"]["slug"]
    status = ClaimStatus.PUBLISHED if count < STAGES["retracted"] else ClaimStatus.RETRACTED
    Claim.objects.filter(pk=claim.pk).update(slug=slug, status=status)
    state = ArticleStatus.WITHDRAWN if count == STAGES["withdrawn"] else ArticleStatus.PUBLISHED
    Article.objects.filter(pk=article.pk).update(status=state)
    return article, claim


@pytest.mark.parametrize(("path", "stage"), STORIES)
def test_what_was_issued_in_an_earlier_shape_is_shown_by_todays_pages(cast, path, stage):
    caches["process"].clear()
    article, claim = restore(cast, path, STAGES[stage])
    for address in public_addresses(article, claim):
        answer = Client().get(address)
        assert answer.status_code in (200, 202, 301, 302, 404, 410), address
    gone = {"retracted": {claim_page(claim)}, "withdrawn": {article_page(article)}}
    shown = {article_page(article), claim_page(claim)} - gone.get(stage, set())
    if stage == "withdrawn":
        shown = set()
    for address in shown:
        page = Client().get(address)
        assert page.status_code == 200
        assert "Half of it is so." in page.content.decode() or stage != "corrected"


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_reading_an_edition_and_storing_it_again_gives_the_newest_format(path):
    for row in editions_in(path):
        edition = reading.read(row["content"])
        stored = json.loads(json.dumps(content.stored(edition)))
        assert stored["format"] == content.FORMAT
        assert reading.read(stored) == edition
        told = json.dumps(stored)
        assert "stance_label" not in told
        assert '"label": "Correction"' not in told


def test_the_newest_format_is_among_those_that_are_kept():
    assert {row["content"]["format"] for path in KEPT for row in editions_in(path)} == {
        *range(1, content.FORMAT + 1)
    }


def test_what_a_correction_changed_is_told_whatever_language_it_was_stored_in():
    rows = [
        {"field": name, "before": "One", "after": "Two"}
        for name in ("Rating", "Évaluation", "التقييم", "rating", "Something else")
    ]
    assert [each.field for each in reading.changes(rows)] == [*["rating"] * 4, "Something else"]


def made_in(*slugs: str, number: int) -> list[str]:
    """The articles of a claim's edition as read, where a format stored them in this order."""
    rows = editions_in(KEPT[-1])
    row = next(
        row["content"] for row in rows if row["of"] == "claim" and "appearances" in row["content"]
    )
    first = row["appearances"][0]
    stored = [
        first | {"article": first["article"] | {"slug": slug, "published_on": ""}} for slug in slugs
    ]
    edition = reading.read(row | {"format": number, "appearances": stored})
    assert isinstance(edition, content.ClaimEdition)
    return [each.article.slug for each in edition.appearances]


def test_the_articles_that_make_a_claim_stay_in_the_order_in_which_they_were_issued():
    assert made_in("one", "two", "three", number=2) == ["one", "two", "three"]


def test_format_1_named_the_article_last_that_came_first():
    assert made_in("three", "two", "one", number=1) == ["one", "two", "three"]
