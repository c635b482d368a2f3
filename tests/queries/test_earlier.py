"""Earlier checks of claims like one: found beside it in an index, whatever else the desk has."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from annotations.models import Claim, Desk, EarlierCheck
from annotations.queries.earlier import LIKE, like
from tests.page_costs import Work
from tests.queries.test_flat import AS_IF_LARGE

WORDS = "The ferry line carried 4,000 people last year."


def checks(cast: Any, *claims: str, desk: Desk | None = None) -> list[EarlierCheck]:
    have = EarlierCheck.objects.count()
    return EarlierCheck.objects.bulk_create(
        EarlierCheck(
            desk=desk or cast.desk, external_id=str(have + n), sha256="", claim=claim,
            publisher="The Lantern", rating="Mostly false", added_by=cast.eda,
        )
        for n, claim in enumerate(claims)
    )  # fmt: skip


@pytest.fixture
def claim(cast) -> Claim:
    claim: Claim = cast.marked()[1]
    claim.claim_reviewed = WORDS
    return claim


def found(claim: Claim, cast: Any) -> list[str]:
    return [row.claim for row in like(claim, cast.ann)]


def test_the_likeliest_come_first_and_others_not_at_all(cast, claim):
    checks(
        cast,
        "The pier is safe.",
        "Last year 4000 people were carried by the line",
        WORDS,
        "A ferry sank.",
    )
    assert found(claim, cast) == [WORDS, "Last year 4000 people were carried by the line"]


def test_no_more_than_a_few_are_told(cast, claim):
    checks(cast, *[f"{WORDS} Version {n}." for n in range(10)])
    assert len(found(claim, cast)) == LIKE


def test_those_of_another_desk_are_never_among_them(cast, claim):
    checks(cast, WORDS, desk=cast.stranger.memberships.get().desk)
    assert found(claim, cast) == []
    checks(cast, WORDS)
    assert like(claim, cast.stranger) == []


def test_it_is_found_among_many_about_the_same_thing(cast, claim):
    checks(cast, *[f"The ferry line carried {n} cars in {1900 + n % 100}." for n in range(800)])
    checks(cast, "4,000 people carried by the ferry line last year")
    assert "4,000 people carried by the ferry line last year" in found(claim, cast)


@pytest.mark.parametrize("words", ["x", "…", "§ 7", "渡船去年载了四千人", "a" * 5000, "%s {} \\"])
def test_no_wording_breaks_it(cast, claim, words):
    checks(cast, words, "…", "x" * 5000)
    claim.claim_reviewed = words
    like(claim, cast.ann)


def test_a_claim_without_a_word_has_no_neighbours(cast, claim):
    checks(cast, "…", "a b")
    claim.claim_reviewed = "… to be"
    assert like(claim, cast.ann) == []


def test_it_reads_no_more_where_the_desk_has_ten_times_as_many(without_dead_rows, cast, claim):
    with connection.cursor() as cursor:
        cursor.execute(AS_IF_LARGE)
    costs = []
    for number in (200, 2_000):
        have = EarlierCheck.objects.count()
        checks(cast, *[f"{WORDS} Version {n}." for n in range(have, number)])
        with connection.cursor() as cursor:
            cursor.execute("analyze annotations_earliercheck")
        costs.append(Work(lambda: like(claim, cast.ann)))
    small, large = costs
    assert large.rows <= small.rows + 5, str(large)
    assert large.buffers <= 1.2 * small.buffers + large.rows, str(large)
    assert large.rows < 1_000


def test_what_was_restored_without_its_index_is_found_again(cast, claim):
    """The index is made of the claims alone: nothing else has to be brought back."""
    checks(cast, WORDS)
    with connection.cursor() as cursor:
        cursor.execute("reindex table annotations_earliercheck")
    assert found(claim, cast) == [WORDS]
