"""A database that is lost, or only read from: said in words, and nothing typed goes with it."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from annotations.models import Article
from annotations.views import health
from factcheck import env
from tests import cast as c
from tests.drills import restoring
from tests.serving import HOST, Answer, Served, served, silent_server
from tests.views.test_details import shown as details_of

NOBODY_LISTENS = "postgresql://factcheck:hush@127.0.0.1:1/factcheck"
CITE = "/my-checks/00000000-0000-4000-8000-000000000000/cite/"
TYPED = {"title": "Register of “ships”", "passage": "One\n<b>Two</b>", "version": "0"}
OF_HERE = {"Origin": f"https://{HOST}"}
TOKEN = "a" * 32
SESSION = "sessionid=0123456789abcdefghijklmnopqrstuv"


@pytest.fixture(scope="module")
def lost():
    """A site whose database is gone: nobody listens where it was."""
    with served(NOBODY_LISTENS) as site:
        yield site


def send(site: Served, path: str, typed: dict[str, str], **headers: str) -> Answer:
    sent = urlencode({"csrfmiddlewaretoken": TOKEN} | typed)
    # Over TLS, Django asks a form for its page's address too, where no origin is named.
    headers = {"Cookie": f"csrftoken={TOKEN}; {SESSION}"} | headers
    return site.ask(path, "POST", sent, **headers)


@pytest.mark.parametrize(
    "path",
    ["/", "/corrections/", "/desk/", "/admin/", "/sitemap.xml", "/articles/1/", "/search/?q=a"],
)
def test_every_page_says_503_in_words_and_when_to_come_back(lost, path):
    answer = lost.ask(path, Cookie=SESSION)
    assert answer.status == 503
    assert "The database does not answer" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert "no-store" in answer.headers["cache-control"]
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_what_needs_no_database_answers(lost, path):
    assert lost.ask(path).status == 200


def test_it_is_not_ready_and_says_why_also_without_tls(lost):
    answer = lost.ask("/readyz", X_Forwarded_Proto="http")
    assert (answer.status, answer.text) == (503, "the database does not answer")


def test_the_log_tells_no_password(lost):
    lost.ask("/desk/", Cookie=SESSION)
    assert "OperationalError" in lost.log
    assert "hush" not in lost.log


def test_a_form_comes_back_with_what_was_typed_to_be_sent_again(lost):
    answer = send(lost, f"{CITE}?q=pier", TYPED, **OF_HERE)
    assert answer.status == 503
    page = unescape(answer.text)
    assert f'action="{CITE}?q=pier"' in page
    for name, value in TYPED.items():
        assert f'name="{name}" value="{value}"' in page
    assert "<b>Two" not in answer.text, "it is shown as text"
    assert 'name="csrfmiddlewaretoken"' in page


@pytest.mark.parametrize(
    ("typed", "headers"),
    [
        (TYPED, {"Origin": "https://elsewhere.example"}),
        (TYPED, {}),
        ({"login": "ann", "password": "hush hush"}, OF_HERE),
    ],
    ids=["from another site", "from nobody knows where", "with a password"],
)
def test_nothing_comes_back_that_another_page_sent_or_that_is_a_secret(lost, typed, headers):
    answer = send(lost, "/login/" if "password" in typed else "/desk/", typed, **headers)
    assert answer.status in {403, 503}
    for value in typed.values():
        assert unescape(answer.text).count(f'value="{value}"') == 0


def test_a_server_that_says_nothing_is_asked_once_and_not_for_long():
    with silent_server() as (port, taken), served(f"postgresql://127.0.0.1:{port}/x") as site:
        assert site.ask("/desk/", Cookie=SESSION).status == 503
        assert len(taken) == 1
        assert site.ask("/readyz").status == 503
        assert len(taken) == 2


@pytest.mark.parametrize(
    "patient", ["", "connect_timeout=60&tcp_user_timeout=60000&options=-c%20x"]
)
def test_whether_it_is_ready_is_asked_with_little_patience(monkeypatch, patient):
    """However long pages may wait for the database: 2 s to come in, 2 s for an answer."""
    url = env.database(f"postgresql://h/n?{patient}")["OPTIONS"]
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", url)
    asking = health._impatient()
    options = asking.settings_dict["OPTIONS"]
    assert int(options["connect_timeout"]) == 2
    assert int(options["tcp_user_timeout"]) == 2000
    # PostgreSQL takes the last.
    assert options["options"].endswith(" -c statement_timeout=2s")
    assert ("-c x" in options["options"]) == bool(patient)
    assert (
        connection.settings_dict["OPTIONS"]
        == env.database(f"postgresql://h/n?{patient}")["OPTIONS"]
    )


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_where_the_database_lets_in_and_does_not_answer(cast):
    with served(restoring.source().url) as site, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("lock table django_migrations in access exclusive mode")
        answer = site.ask("/readyz")
    assert (answer.status, answer.text) == (503, "the database does not answer")


@pytest.mark.django_db(transaction=True)
def test_it_recovers_by_itself_when_its_connections_are_cut(cast):
    with served(restoring.source().url, CONN_MAX_AGE="60") as site:
        assert site.ask("/readyz").status == 200
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        assert site.ask("/corrections/").status == 200
        assert site.ask("/readyz").text == "ready"


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_takes_too_long_is_ended_and_said(cast):
    url = f"{restoring.source().url}?options=-c%20statement_timeout%3D300"
    with served(url) as site, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table annotations_edition in access exclusive mode")
        answer = site.ask("/corrections/")
    assert answer.status == 503
    assert "The database does not answer" in answer.text


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_while_a_migration_waits(cast):
    with restoring.new_database("behind") as behind, served(behind.url) as site:
        answer = site.ask("/readyz")
    assert answer.status == 503
    assert "migrations are not applied" in answer.text


# --- read-only ---


@pytest.fixture
def read_only(db: Any, cast):
    """A site whose database takes no writes, as a standby or one that is being moved."""
    _article, _claim = cast.checking()
    url = f"{restoring.source().url}?options=-c%20default_transaction_read_only%3Don"
    client = Client()
    client.force_login(cast.eda)
    with served(url, SECRET_KEY=settings.SECRET_KEY) as site:  # sessions are signed with it
        yield site, f"sessionid={client.cookies['sessionid'].value}"


@pytest.mark.django_db(transaction=True)
def test_a_read_only_database_leaves_reading_whole_and_refuses_writes_in_words(cast, read_only):
    site, cookie = read_only
    article = Article.objects.get()
    desk = article.desk.slug
    addresses = [reverse(name, args=[desk]) for name in ("queue", "articles", "claims", "log")]
    addresses += [reverse(name, args=[article.pk]) for name in ("workbench", "history", "details")]
    for address in [*addresses, "/", "/corrections/"]:
        answer = site.ask(address, Cookie=cookie)
        assert answer.status == 200, address
    typed = details_of(article) | {"title": "Another title"}
    details = reverse("details", args=[article.pk])
    answer = send(site, details, typed, Cookie=f"csrftoken={TOKEN}; {cookie}", **OF_HERE)
    assert answer.status == 503
    assert "Nothing can be saved for the moment" in answer.text
    assert 'value="Another title"' in answer.text
    assert answer.headers["retry-after"]


@pytest.mark.django_db(transaction=True)
def test_signing_in_is_refused_in_words_by_a_read_only_database(cast, read_only):
    site, _cookie = read_only
    c.make_person("newcomer")
    answer = send(site, "/login/", {"login": "newcomer", "password": "newcomer"}, **OF_HERE)
    assert answer.status == 503
    assert "Nothing can be saved for the moment" in answer.text
