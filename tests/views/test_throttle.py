"""Wrong passwords sent at once to several processes are counted in one place, and none too few."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(settings) -> Iterator[None]:
    """The cache of a real site: each thread has a connection of its own, as a process would."""
    table = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "factcheck_cache",
    }
    settings.CACHES = settings.CACHES | {"default": table}
    cache.clear()
    yield
    cache.clear()


def attempt(number: int) -> str:
    sent = {"login": "ann", "password": f"wrong {number}"}
    try:
        answer = Client().post("/login/", sent, REMOTE_ADDR=f"10.0.0.{number}")
        return "counted out" if "Too many failed" in answer.content.decode() else "tried"
    finally:
        connection.close()


def test_thirty_at_once_from_as_many_addresses_are_five_tries(db, shared):
    Cast()
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(attempt, range(30)))
    assert 1 <= told.count("tried") <= 5
    late = Client()
    late.post("/login/", {"login": "ann", "password": "ann"}, REMOTE_ADDR="10.0.1.1")
    assert "_auth_user_id" not in late.session
