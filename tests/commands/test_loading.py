"""A dump that goes by psql, line by line, is in the database whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from annotations.management import loading, postgresql

pytestmark = pytest.mark.django_db(transaction=True)

WRITES = """#!/bin/sh
cat > /dev/null
echo 'SET transaction_timeout = 0;'
echo 'create table half (number integer);'
exit {status}
"""
"""A pg_restore that has written whole statements when it ends."""


@pytest.fixture
def older_server(tmp_path: Path, monkeypatch):
    """A server that is older than the programs; returns how to say how pg_restore ends."""

    def ends(status: int) -> None:
        program = tmp_path / "pg_restore"
        program.write_text(WRITES.format(status=status))
        program.chmod(0o755)

    found = postgresql.command
    ours = [str(tmp_path / "pg_restore"), "--dbname", "unused"]
    monkeypatch.setattr(
        postgresql, "command", lambda name: ours if name == "pg_restore" else found(name)
    )
    monkeypatch.setattr(postgresql, "server", lambda: 16)
    monkeypatch.setattr(postgresql, "version", lambda _command: 17)
    yield ends
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists half")


def is_there() -> bool:
    return "half" in connection.introspection.table_names()


def test_what_broke_off_between_two_statements_is_not_there(older_server):
    older_server(1)
    assert loading.load(iter([b"dump"]))
    assert not is_there()


def test_what_ended_well_is_there(older_server):
    older_server(0)
    assert loading.load(iter([b"dump"])) == ""
    assert is_there()
