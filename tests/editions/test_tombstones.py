"""What is left of an edition when a part of it is taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from annotations.editions import content, tombstones
from annotations.editions.latest import latest
from annotations.editions.reading import read, read_article
from tests import cast as c

AT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


@pytest.fixture
def edition(cast: c.Cast) -> content.ArticleEdition:
    """An article's edition with two claims, the second called "another"."""
    article, _claim = cast.published()
    last = latest(article)
    assert last is not None
    found = read_article(last.content)
    other = replace(found.claims[0], uuid="another", position=2)
    return replace(found, claims=(*found.claims, other))


def retraction() -> content.Correction:
    return content.Correction(
        claim=None, edition=2, kind="retraction", why="Forged.", changes=(), at=AT
    )


def test_of_two_claims_the_one_that_was_taken_back_loses_its_verdict_and_keeps_its_place(edition):
    left = tombstones.without_verdict(edition, "another", retraction(), number=2, at=AT)
    first, second = left.claims
    assert first == edition.claims[0]
    assert (second.verdict, second.citations, second.sources) == (None, 0, None)
    assert second.set_aside == content.Aside(content.RETRACTED, "Forged.")
    assert (left.number, left.at, left.article) == (2, AT, edition.article)


def test_the_correction_of_a_page_names_the_claim_that_was_taken_back_and_comes_first(edition):
    earlier = replace(edition, corrections=(retraction(),))
    left = tombstones.without_verdict(earlier, "another", retraction(), number=2, at=AT)
    assert [told.claim for told in left.corrections] == [2, None]


def test_a_claims_page_without_an_article_keeps_where_else_it_is_made(cast):
    _article, claim = cast.published()
    last = latest(claim)
    assert last is not None
    stands = read(last.content)
    assert isinstance(stands, content.ClaimEdition)
    here = stands.appearances[0]
    there = replace(here, article=replace(here.article, slug="another"))
    both = replace(stands, appearances=(here, there))
    left = tombstones.without_article(both, here.article.slug, number=3, at=AT)
    assert left.appearances == (there,)
    assert (left.number, left.at) == (3, AT)
