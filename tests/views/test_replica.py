"""Public pages are read from a replica, where there is one; the desk, and all writing, is not."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.drills import restoring
from tests.serving import HOST, Served, served
from tests.views.readers import article_page, claim_page

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a" * 32
NOBODY_LISTENS = "postgresql://factcheck@127.0.0.1:1/factcheck"


def named(name: str, *options: str) -> str:
    """The database of the tests, by connections that PostgreSQL knows by this name."""
    return f"{restoring.source().url}?application_name={name}{''.join(options)}"


def site_with(replica: str):
    """A site of one thread, so that each database has one connection at most."""
    return served(
        named("the-first"), "--threads", "1",
        DATABASE_REPLICA_URL=replica, SECRET_KEY=settings.SECRET_KEY,
    )  # fmt: skip


def asked() -> dict[str, str]:
    """The last statement of each database's connection, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select application_name, query from pg_stat_activity"
            " where application_name in ('the-first', 'the-replica')"
        )
        return dict(cursor.fetchall())


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold: a server process ends a moment after its connection is closed."""
    for _look in range(100):
        if holds():
            return True
        sleep(0.1)
    return False


def test_readers_are_served_by_the_replica_alone(cast):
    article, claim = cast.published()
    read_only = "&options=-c%20default_transaction_read_only%3Don"
    with site_with(named("the-replica", read_only)) as site:
        for path in ("/", article_page(article), claim_page(claim), "/feeds/checks.atom"):
            assert site.ask(path).status == 200
        is_alone = eventually(lambda: asked().keys() == {"the-replica"})
        assert is_alone, "the connection that asked whether the site is ready ends, and no other is"
        client = Client()
        client.force_login(cast.eda)
        session = client.cookies["sessionid"].value
        before = asked()["the-replica"]
        page = site.ask(f"/desks/{cast.desk.slug}/", Cookie=f"sessionid={session}")
        assert page.status == 200
        assert asked()["the-replica"] == before
        assert "the-first" in asked()
        sign_in(site)


def sign_in(site: Served) -> None:
    """What is written goes to the first database: the replica takes nothing."""
    sent = {"csrfmiddlewaretoken": TOKEN, "login": "ben", "password": "ben"}
    headers = {"Cookie": f"csrftoken={TOKEN}", "Origin": f"https://{HOST}"}
    assert site.ask("/login/", "POST", urlencode(sent), **headers).status == 302


def test_a_replica_that_is_lost_costs_no_reader_a_page(cast):
    article, _claim = cast.published()
    with site_with(NOBODY_LISTENS) as site:
        assert site.ask(article_page(article)).status == 200
        assert site.ask("/readyz").status == 200
