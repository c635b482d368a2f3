"""Dates that are none, stored before they were refused: shown as typed, and nothing breaks."""

from __future__ import annotations

import json

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from annotations import workflow
from annotations.models import Article, Claim, Claimant, Mark, Source
from tests import cast as c

from .readers import article_page, claim_page, public_addresses

BAD = ["2026-02-30", "2025-04-31", "٢٠٢٦"]


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def dated(cast: c.Cast, date: str) -> tuple[Article, Claim]:
    """An article whose own date, source and words are dated so, as a database may have them."""
    article, claim = cast.approved()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table in ("article", "source", "mark"):
            cursor.execute(f"drop trigger {table}_date_is_real on annotations_{table}")
            for name in _date_constraints(cursor, f"annotations_{table}"):
                cursor.execute(f"alter table annotations_{table} drop constraint {name}")
        cursor.execute("drop trigger source_of_submitted_no_update on annotations_source")
        cursor.execute("set constraints all deferred")
    speaker = Claimant.objects.create(desk=cast.desk, name="A Speaker")
    Claim.objects.filter(pk=claim.pk).update(claimant=speaker)
    Article.objects.filter(pk=article.pk).update(published_on=date, url="https://o.example/a")
    Source.objects.update(published_on=date)
    Mark.objects.filter(claim=claim).update(said_on=date)
    workflow.publish(article, actor=cast.eli)
    return article, claim


def _date_constraints(cursor, table: str) -> list[str]:
    cursor.execute(
        "select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'"
        " and pg_get_constraintdef(oid) ~ '(published_on|said_on)'",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("date", BAD)
def test_an_impossible_date_breaks_no_page_feed_or_export_and_is_shown_as_typed(cast, date):
    article, claim = dated(cast, date)
    for address in public_addresses(article, claim):
        assert Client().get(address).status_code in (200, 202, 404), address
    client = Client()
    client.force_login(cast.mia)
    assert client.get(f"/articles/{article.pk}/preview/").status_code == 200
    assert date in Client().get(article_page(article)).content.decode()
    page = Client().get(claim_page(claim)).content.decode()
    assert page.count(date) >= 3, "when it was said, the source's, the article's"
    review = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert date not in json.dumps(review, ensure_ascii=False)


def test_a_correction_repairs_what_was_dated_so(cast):
    article, claim = dated(cast, "2026-02-30")
    Mark.objects.filter(claim=claim).update(said_on="2026-02-20")
    workflow.reopen(claim, actor=cast.eli, reason="A slip.")
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "We had the wrong day.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    page = Client().get(claim_page(claim)).content.decode()
    head, _, history = page.partition('id="history"')
    assert "Feb. 20, 2026" in head or "20 February 2026" in head
    assert "When it was said" in history
    assert '"datePublished": "2026-02-20"' in page or '"datePublished":"2026-02-20"' in page
