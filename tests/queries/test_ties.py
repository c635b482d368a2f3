"""What was published at one moment is on a page of a list once, however the database reads it."""

from __future__ import annotations

import pytest
from django.db import connection

from annotations.queries import public_lists
from tests import cast as c
from tests.views.test_checks_as_data import several

SIZE = 2


@pytest.fixture
def at_once(cast):
    """Seven claims that one publication made public; the database reads whole tables."""
    claims = several(cast, 7)
    with connection.cursor() as cursor:
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"set local enable_{way} = off")
    return cast, claims


def all_pages(page_of):
    """The rows of every page, one after the other, and then back again."""
    asked: dict[str, str] = {}
    found = []
    while True:
        page = page_of(asked)
        found += page.rows
        if not page.older:
            break
        asked = dict([page.older.split("=")])
    back = [*page.rows]
    while page.newer:
        page = page_of(dict([page.newer.split("=")]))
        back = [*page.rows, *back]
    assert [row.pk for row in back] == [row.pk for row in found], "the same on the way back"
    return found


def test_the_feed_of_claim_reviews(at_once):
    _cast, claims = at_once
    found = all_pages(lambda asked: public_lists.reviewed(asked, SIZE))
    assert {row.claim_id for row in found} == {each.pk for each in claims}
    assert len(found) == len(claims)
    editions = [row.edition_id for row in found]
    assert editions == sorted(editions, reverse=True)


def test_checks_as_data(at_once):
    cast, claims = at_once
    found = all_pages(lambda asked: public_lists.checks(cast.desk, asked, SIZE))
    assert [row.claim_id for row in found] == [row.pk for row in reversed(claims)]


def test_the_articles_of_one_moment(at_once):
    cast, _claims = at_once
    for number in range(4):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claim = c.mark(article, c.MARKED, cast.eda)
        cast.publish(article, claim)
    moment = public_lists.latest(None, {}, 1).rows[0].published_at
    with connection.cursor() as cursor:
        cursor.execute("update annotations_listing set published_at = %s", [moment])
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("update annotations_edition set published_at = %s", [moment])
        cursor.execute("set local session_replication_role = origin")
    found = all_pages(lambda asked: public_lists.latest(None, asked, SIZE))
    assert len({row.pk for row in found}) == len(found) == 5


def test_the_parts_of_the_sitemap(at_once):
    _cast, claims = at_once
    begins = public_lists.parts_of_places(SIZE)
    parts = [[row[0] for row in public_lists.standing_places(key, SIZE)] for key in begins]
    assert all(1 <= len(part) <= SIZE for part in parts)
    keys = [key for part in parts for key in part]
    assert keys == sorted(set(keys)), "each address in one part"
    assert len(keys) == len(claims) + 1
