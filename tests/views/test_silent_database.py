"""A database that keeps its connections and says nothing, and one that takes no more of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from annotations.database import patience
from annotations.models import Job
from tests.drills import restoring
from tests.drills.relay import Relay
from tests.serving import Served, served

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = {"Authorization": "Bearer figures"}


@pytest.fixture
def relay() -> Iterator[Relay]:
    host, port = (connection.settings_dict[name] for name in ("HOST", "PORT"))
    is_folder = host.startswith("/")
    relay = Relay(f"{host}/.s.PGSQL.{port or 5432}" if is_folder else int(port or 5432))
    yield relay
    relay.cut()


def through(relay: Relay, **more: str) -> str:
    """The DATABASE_URL of the tests' database by this way."""
    name = connection.settings_dict["NAME"]
    user = more.get("user", connection.settings_dict["USER"])
    password = connection.settings_dict["PASSWORD"]
    return f"postgresql://{user}{f':{password}' if password else ''}@127.0.0.1:{relay.port}/{name}"


@pytest.fixture
def site(relay) -> Iterator[Served]:
    with served(through(relay), METRICS_TOKEN="figures", CONN_MAX_AGE="600") as site:
        yield site


def test_pages_that_had_a_connection_say_soon_that_it_is_lost(relay, site):
    for _thread in range(8):
        assert site.ask("/corrections/").status == 200
    relay.is_silent = True
    for path in ("/corrections/", "/", "/sitemap.xml"):
        answer = site.ask(path)
        assert answer.status == 503
        assert "The database does not answer" in answer.text
        assert answer.headers["retry-after"]
    assert site.ask("/readyz").status == 503
    assert site.ask("/healthz").status == 200
    assert site.ask("/robots.txt").status == 200


def test_figures_come_without_what_the_database_knows(relay, site):
    Job.objects.create(name="lapse", next_at="2026-11-30T10:00:00Z")
    before = site.ask("/metrics", **TOKEN)
    assert "factcheck_database_up 1.0" in before.text
    assert 'factcheck_jobs_late_seconds{job="lapse"}' in before.text
    relay.is_silent = True
    answer = site.ask("/metrics", **TOKEN)
    assert answer.status == 200
    assert "factcheck_database_up 0.0" in answer.text
    assert "factcheck_requests_total" in answer.text, "what the processes counted is told"
    assert "factcheck_jobs_late_seconds" not in answer.text
    relay.cut()
    assert "factcheck_database_up 0.0" in site.ask("/metrics", **TOKEN).text


def test_figures_do_not_wait_for_a_table_that_somebody_holds(relay, site):
    with connection.cursor() as cursor:
        cursor.execute("begin; lock table annotations_job in access exclusive mode")
        try:
            answer = site.ask("/metrics", **TOKEN)
        finally:
            cursor.execute("rollback")
    assert (answer.status, "factcheck_database_up 0.0" in answer.text) == (200, True)


def execute(opened, begun):
    opened.cursor().execute("select 2")


def execute_many(opened, begun):
    opened.cursor().executemany("select %s", [(1,), (2,)])


def copy(opened, begun):
    opened.cursor().copy_expert("copy (select 1) to stdout", io.StringIO())


def fetch(opened, begun):
    begun.fetchmany(1)


def commit(opened, begun):
    opened.commit()


def roll_back(opened, begun):
    opened.rollback()


@pytest.mark.parametrize("act", [execute, execute_many, copy, fetch, commit, roll_back])
def test_nothing_that_is_asked_is_waited_for_without_end(relay, act):
    with closing(psycopg2.connect(through(relay), **patience.OPTIONS)) as opened:
        begun = opened.cursor("named")
        begun.execute("select generate_series(1, 9)")
        act(opened, begun)
    with closing(psycopg2.connect(through(relay), **patience.OPTIONS)) as opened:
        begun = opened.cursor("named")
        begun.execute("select generate_series(1, 9)")
        relay.is_silent = True
        with (
            patience.within(0.1),
            pytest.raises((psycopg2.OperationalError, psycopg2.InterfaceError)),
        ):
            act(opened, begun)
        assert opened.closed


def test_two_who_wait_at_once_are_told_apart(relay):
    """The one that is answered is left alone, also later."""
    good = restoring.source().url
    with (
        closing(psycopg2.connect(good, **patience.OPTIONS)) as answered,
        closing(psycopg2.connect(through(relay), **patience.OPTIONS)) as silent,
    ):
        relay.is_silent = True
        with patience.within(0.1):
            answered.cursor().execute("select 1 + 1")
            with pytest.raises(psycopg2.OperationalError):
                silent.cursor().execute("select 1 + 1")
        answered.cursor().execute("select 1 + 1")
        assert not answered.closed


@pytest.fixture
def few(relay) -> Iterator[str]:
    """A role that may have no connection more."""
    with connection.cursor() as cursor:
        password = connection.settings_dict["PASSWORD"]
        cursor.execute("create role few login connection limit 0 password %s", [password])
    yield through(relay, user="few")
    with connection.cursor() as cursor:
        cursor.execute("drop role few")


def test_no_connection_more_is_a_database_that_is_lost_for_a_while(few):
    with served(few, METRICS_TOKEN="figures") as site:
        for path in ("/", "/corrections/", "/desk/"):
            answer = site.ask(path, Cookie="sessionid=0123456789abcdefghijklmnopqrstuv")
            assert answer.status == 503
            assert answer.headers["retry-after"]
            assert "The database does not answer" in answer.text
        assert site.ask("/readyz").status == 503
        assert site.ask("/healthz").status == 200
        assert "factcheck_database_up 0.0" in site.ask("/metrics", **TOKEN).text
        assert "too many connections" in site.log
