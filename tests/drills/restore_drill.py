"""The long drill, by `make drill`: every way in which a backup is made and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills import restoring
from tests.drills.restoring import Database
from tests.models.conftest import rows

__all__ = ["rows"]  # the fixture: a row of every model


WITHOUT = ("--exclude", "contenttypes", "--exclude", "auth.permission")
"""What `migrate` makes in each database, under keys of its own."""


def whole(source: Database, target: Database, folder: Path) -> None:
    source.run("pg_dump", "-Fc", "-f", f"{folder}/dump")
    target.run("pg_restore", "--exit-on-error", "-d", target.name, f"{folder}/dump")


def schema_then_data(source: Database, target: Database, folder: Path) -> None:
    source.run("pg_dump", "-Fc", "-f", f"{folder}/dump")
    for part in ("--schema-only", "--data-only"):
        target.run(
            "pg_restore", "--exit-on-error", "--single-transaction", part,
            "-d", target.name, f"{folder}/dump",
        )  # fmt: skip


def data_into_migrated(source: Database, target: Database, folder: Path) -> None:
    source.run("pg_dump", "-Fc", "--data-only", "-f", f"{folder}/dump")
    target.manage("migrate", "--verbosity", "0")
    target.ask(f"truncate {', '.join(restoring.OF_DJANGO)} cascade")
    target.run(
        "pg_restore", "--exit-on-error", "--single-transaction", "-d", target.name, f"{folder}/dump"
    )


def plain(source: Database, target: Database, folder: Path) -> None:
    source.run("pg_dump", "-f", f"{folder}/dump.sql")
    target.run("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", f"{folder}/dump.sql")


def by_dumpdata(source: Database, target: Database, folder: Path) -> None:
    file = f"{folder}/dump.json"
    source.manage("dumpdata", "--natural-foreign", "--output", file, *WITHOUT)
    target.manage("migrate", "--verbosity", "0")
    target.manage("loaddata", file, "--verbosity", "0")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [whole, schema_then_data, data_into_migrated, plain, by_dumpdata])
def test_a_desk_is_restored_elsewhere(rows, tmp_path, way):
    restoring.fill()
    with restoring.new_database("drill") as target:
        source = restoring.source()
        way(source, target, tmp_path)
        target.look_after()
        before, after = source.contents(), target.contents()
        if way is by_dumpdata:
            for contents in (before, after):
                for table in restoring.OF_DJANGO:
                    del contents["rows"][table]
        restoring.equal(before, after)


@pytest.mark.django_db(transaction=True)
def test_a_date_from_before_the_calendar_was_asked_is_restored_too(rows, tmp_path):
    """Whole, as it is; its data alone is refused with the date, unless triggers are left out."""
    restoring.fill()
    with restoring.new_database("drill") as target:
        source = restoring.source()
        source.ask(
            "set session_replication_role = replica;"
            " update annotations_article set published_on = '2026-02-30' where slug = 'news'"
        )
        whole(source, target, tmp_path)
        restoring.equal(source.contents(), target.contents())
    with restoring.new_database("drill") as target:
        with pytest.raises(AssertionError, match="'2026-02-30' is no date"):
            schema_then_data(source, target, tmp_path)
        target.run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--data-only",
            "--disable-triggers", "-d", target.name, f"{tmp_path}/dump",
        )  # fmt: skip
        restoring.equal(source.contents(), target.contents())
