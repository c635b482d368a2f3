"""Pointers to what is current: kept by the moves, guarded by the database, filled for the past."""

from __future__ import annotations

import importlib

import pytest
from django.db import IntegrityError, connection

from annotations import workflow
from annotations.models import Article, Claim, Edition, Listing, Verdict

FILL = importlib.import_module("annotations.migrations.0022_what_is_current_is_filled")


def settle() -> None:
    """Ask now what the database asks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def rows() -> list[dict[str, object]]:
    found = Listing.objects.order_by("edition").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


def test_a_pointer_follows_every_move_that_readers_see(cast):
    article, claim = cast.corrected()
    settle()
    article.refresh_from_db()
    claim.refresh_from_db()
    assert (claim.verdict, claim.edition) == (
        Verdict.objects.get(number=2),
        claim.editions.get(number=2),
    )
    assert article.edition == article.editions.get(number=2)
    assert set(Edition.objects.standing()) == {article.edition, claim.edition}
    workflow.retract(claim, actor=cast.mia, why="The letter was forged.")
    settle()
    article.refresh_from_db()
    claim.refresh_from_db()
    assert (claim.edition, claim.verdict.number) == (None, 2)
    assert article.edition == article.editions.get(number=3)
    workflow.withdraw(article, actor=cast.mia, why="It is all wrong.")
    settle()
    article.refresh_from_db()
    assert article.edition is None
    assert not Listing.objects.exists()


def test_a_pointer_to_what_belongs_to_another_is_refused(cast):
    _article, claim = cast.published()
    other = Claim.objects.create(
        desk=cast.desk, number=9, claim_reviewed="So", created_by=cast.eda, changed_by=cast.eda
    )
    claim.refresh_from_db()
    other.verdict = claim.verdict
    other.save(update_fields=["verdict"])
    with pytest.raises(IntegrityError, match="the verdict that stands is"):
        settle()


def test_what_was_written_before_there_were_pointers_gets_them_and_is_listed(cast):
    article, claim = cast.corrected()
    listed = rows()
    settle()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
    Article.objects.update(edition=None)
    Claim.objects.update(edition=None, verdict=None)
    assert not Listing.objects.exists()
    FILL.fill(None, type("Editor", (), {"connection": connection}))
    settle()
    article.refresh_from_db()
    claim.refresh_from_db()
    assert (article.edition.number, claim.edition.number, claim.verdict.number) == (2, 2, 2)
    assert rows() == listed


def test_a_row_of_the_lists_says_what_its_edition_says(cast):
    _article, claim = cast.published()
    claim.refresh_from_db()
    row = claim.listing
    content = claim.edition.content
    assert (row.title, row.number, row.slug) == (claim.claim_reviewed, claim.number, claim.slug)
    assert (row.rating, row.rating_label) == ("false", "False")
    assert row.outlets == [content["appearances"][0]["article"]["outlet"]]
    assert row.published_at == claim.edition.published_at
