"""Attempts that cannot be counted: nobody is let in, and whoever keeps the server is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import checks
from annotations.database.shared_cache import SharedCache, Uncounted
from annotations.models import Job
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "factcheck_cache"
HARM = {
    "missing": f"drop table {TABLE}",
    "without its key": f"alter table {TABLE} drop constraint {TABLE}_pkey",
    "without a column": f"alter table {TABLE} drop column expires",
    "refusing all rows": f"alter table {TABLE} add constraint none_at_all check (false)",
}


@pytest.fixture
def shared(settings) -> Iterator[None]:
    """The cache as a real site has it, whole again afterwards."""
    from factcheck.settings import CACHES

    settings.CACHES = settings.CACHES | {"default": CACHES["default"]}
    yield
    sql(f"drop table if exists {TABLE}")
    call_command("createcachetable", TABLE, verbosity=0)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(params=HARM)
def harmed(shared, request) -> str:
    harm = str(request.param)
    sql(HARM[harm])
    return harm


def signing_in(client: Client, password: str = "ann"):  # noqa: S107
    client.raise_request_exception = False
    return client.post("/login/", {"login": "ann", "password": password})


def test_nobody_is_let_in_and_the_page_says_so(harmed):
    Cast()
    client = Client()
    for password in ("ann", "a wrong one"):
        answer = signing_in(client, password)
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "Attempts are counted here" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_is_in_works_on_and_readers_get_every_page(harmed):
    cast = Cast()
    article, _claim = cast.published()
    client = Client()
    client.force_login(cast.eda)
    public = ["/", "/corrections/", f"/articles/{article.pk}/", "/login/"]
    for address in [*public, reverse("queue", args=[article.desk.slug])]:
        assert client.get(address, follow=True).status_code == 200, address


def test_what_an_addressee_wrote_comes_back(harmed, client):
    client.raise_request_exception = False
    typed = {"answer": "We never said so.", "key": "0"}
    answer = client.post("/reply/no-such-pass/", typed, headers={"Origin": "http://testserver"})
    assert answer.status_code == 503
    assert 'value="We never said so."' in answer.content.decode()


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("missing", "is missing"),
        ("without its key", "has no primary key"),
    ],
)
def test_whoever_keeps_the_server_is_told_everywhere(shared, client, settings, harm, why):
    settings.METRICS_TOKEN = "t"
    asked = {"Authorization": "Bearer t"}
    assert client.get("/readyz").content == b"ready"
    assert b"factcheck_attempts_counted 1.0" in client.get("/metrics", headers=asked).content
    assert checks.check_counting(["default"]) == []
    sql(HARM[harm])
    ready = client.get("/readyz")
    assert ready.status_code == 200, "readers are not to lose their pages by it"
    assert ready.content.decode() == f"ready, but nobody can sign in: the table {TABLE} {why}"
    assert b"factcheck_attempts_counted 0.0" in client.get("/metrics", headers=asked).content
    (warning,) = checks.check_counting(["default"])
    assert (warning.id, why in warning.msg) == ("annotations.W003", True)


def test_a_table_that_is_another_roles_is_told(shared, client):
    sql("create role nobody_much")
    sql("grant usage on schema public to nobody_much")
    sql(f"grant select, insert, delete on {TABLE} to nobody_much")
    sql("set role nobody_much")
    try:
        (warning,) = checks.check_counting(["default"])
        with pytest.raises(Uncounted):
            cache.set("a", 1)
    finally:
        sql("reset role")
        sql("drop owned by nobody_much")
        sql("drop role nobody_much")
    assert "is not this role's to read and write" in warning.msg


def test_an_empty_database_is_not_told_what_its_first_migration_makes(shared, monkeypatch):
    sql(HARM["missing"])
    sql("alter table annotations_user rename to not_there_yet")
    try:
        assert checks.check_counting(["default"]) == []
    finally:
        sql("alter table not_there_yet rename to annotations_user")


def test_the_command_that_is_named_makes_it(shared):
    sql(HARM["missing"])
    call_command("createcachetable", verbosity=0)
    assert checks.check_counting(["default"]) == []
    Cast()
    assert signing_in(Client()).status_code == 302


def test_a_row_is_written_once_and_over_it_when_it_is_over(shared, time_machine):
    assert isinstance(caches["default"], SharedCache)
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    cache.set("a", 3, 60)
    assert cache.get("a") == 3
    time_machine.move_to(timezone.now() + dt.timedelta(seconds=61))
    assert cache.get("a") is None
    cache.set("b", 1, 60)
    time_machine.move_to(timezone.now() + dt.timedelta(seconds=61))
    assert cache.add("b", 4, 60)
    assert cache.get("b") == 4
    assert cache.delete("b")
    assert not cache.delete("b")
    cache.set("for-ever", 5, None)
    assert cache.get("for-ever") == 5


def test_of_many_at_once_one_is_first(shared):
    def add(number: int) -> bool:
        try:
            return cache.add("one", number, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(add, range(30))) == 1


def test_a_full_cache_makes_room(shared, settings):
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"OPTIONS": {"MAX_ENTRIES": 10}}
    }
    for number in range(25):
        cache.set(f"number-{number}", number, 60)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {TABLE}")
        assert cursor.fetchone()[0] <= 11


def test_the_worker_says_what_failed_and_does_the_rest(shared):
    sql(HARM["missing"])
    with pytest.raises(CommandError, match="1 failed"):
        call_command("worker", "--once")
    assert "factcheck_cache" in Job.objects.get(name="clean").error
    assert set(Job.objects.exclude(name="clean").values_list("error", flat=True)) == {""}
