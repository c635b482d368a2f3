"""Which of PostgreSQL's errors pass by themselves, and which are somebody's mistake."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import Error, InterfaceError, OperationalError, connection

from annotations.database.losing import is_lost, is_read_only


def raised(code: str) -> Error:
    """Django's error for one that PostgreSQL raises under this name."""
    with pytest.raises(Error) as caught, connection.cursor() as cursor:
        cursor.execute(f"do $$ begin raise exception 'so' using errcode = '{code}'; end $$")
    return caught.value


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("08006", True),  # the connection failed
        ("40P01", True),  # a deadlock
        ("53300", True),  # too many connections
        ("55P03", True),  # a lock that was not waited for
        ("57014", True),  # a statement that took too long
        ("57P01", True),  # somebody stops the server
        ("58030", True),  # its disk
        ("22012", False),  # a division by zero
        ("23505", False),  # there is one already
        ("42P01", False),  # no such table
        ("54001", False),  # a statement that is too complex
        ("55000", False),  # not in this state
        ("25006", False),  # only read from
    ],
)
def test_what_passes_by_itself_is_told_from_a_mistake(code, lost):
    error = raised(code)
    assert is_lost(error) is lost
    assert is_read_only(error) is (code == "25006")


def test_no_server_and_a_connection_that_is_closed_are_lost():
    with pytest.raises(psycopg2.OperationalError) as caught:
        psycopg2.connect(host="127.0.0.1", port=1, dbname="x", connect_timeout=2)
    nobody = OperationalError()
    nobody.__cause__ = caught.value
    assert is_lost(nobody)
    assert is_lost(InterfaceError("connection already closed"))
    assert not is_lost(ValueError())
    assert not is_lost(None)
