"""A whole backup, and its rows alone. The archive of a site is in `make test` (test_backup.py)."""

from __future__ import annotations

import pytest

from tests.drills import restoring
from tests.models.conftest import rows

__all__ = ["rows"]  # the fixture: a row of every model


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_whole_and_so_do_its_rows_alone(rows, tmp_path):
    restoring.fill()
    dump = str(tmp_path / "desk.dump")
    source = restoring.source()
    source.run("pg_dump", "-Fc", "-f", dump)
    before = source.contents()
    with restoring.new_database("whole") as whole:
        whole.run("pg_restore", "--exit-on-error", "-d", whole.name, dump)
        whole.look_after()
        restoring.equal(before, whole.contents())
        # The same database without its rows: what `migrate` leaves, in a tenth of the time.
        models = [f'"{name}"' for (name,) in whole.ask(restoring.TABLES)]
        whole.ask(
            "set session_replication_role = replica;"
            f" truncate {', '.join(models)} restart identity cascade"
        )
        whole.run(
            "pg_restore", "--exit-on-error", "--data-only", "--single-transaction",
            "-d", whole.name, dump,
        )  # fmt: skip
        restoring.equal(before, whole.contents())
