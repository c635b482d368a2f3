"""A desk as it was on 2026-11-25, with rows in every table, moves to today and loses nothing."""

from __future__ import annotations

import gzip
import subprocess
import sys

import pytest

from tests.drills import restoring

BEFORE = restoring.ROOT / "tests/data/upgrade/2026-11-25.sql.gz"
"""`pg_dump` of the database that the app of that day made, filled and worked in; without the index
that was lost when it was restored."""


@pytest.mark.django_db(transaction=True)
def test_a_desk_of_before_moves_here_with_all_that_it_has(tmp_path):
    file = tmp_path / "before.sql"
    file.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    with restoring.new_database("upgrade") as moved:
        moved.run("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(file))
        before = rows(moved)
        empty = {name for name, number in before.items() if name.startswith("anno") and not number}
        assert empty == {"annotations_user_groups", "annotations_user_user_permissions"}
        moved.manage("migrate", "--verbosity", "0")
        after = rows(moved)
        grown = {table for table in before if after[table] != before[table]}
        assert grown <= {"django_migrations", "django_content_type", "auth_permission"}
        # What is current is what was last written, and lists have it.
        assert moved.ask(
            "select count(*) from annotations_claim c where edition_id is distinct from"
            " (select max(id) from annotations_edition where claim_id = c.id)"
        ) == [(0,)]
        assert moved.ask("select count(*) from annotations_listing")[0][0] > 15
        # The same rules as a database that begins today.
        here, there = restoring.source().contents(), moved.contents()
        del here["rows"], there["rows"]
        restoring.equal(here, there)
        assert "pages were read" in read_all(moved, "edith", "carla", "ruth")


def rows(database: restoring.Database) -> dict[str, int]:
    tables = [name for (name,) in database.ask(restoring.TABLES)]
    return {name: database.ask(f'select count(*) from "{name}"')[0][0] for name in tables}


def read_all(database: restoring.Database, *people: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.crawl", *people],
        env=database.env, cwd=restoring.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    return done.stdout
