"""The release before works on today's tables: one may go back to it and leave the database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.drills import restoring

BEFORE = "26bef9e"
"""What stands for the release before until there is one: 20 migrations before that of 0147."""
ITS_TESTS = (
    "tests/views/test_story.py",
    "tests/workflow/test_story.py",
    "tests/workflow/test_two_people.py",
    "tests/workflow/test_handing_in.py",
    "tests/tasks/test_worker.py",
    "tests/commands/test_setup.py",
    "tests/exchange/test_moving.py",
)
"""Of its own: stories by pages and by moves, the worker, a first desk, a desk that moves."""


def run(*command: str, folder, **given: str) -> subprocess.CompletedProcess[str]:
    # What pytest told this process is not for the other.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        command, cwd=folder, env=env | given, capture_output=True, text=True, check=False
    )


@pytest.mark.django_db(transaction=True)
def test_the_release_before_passes_its_own_tests_on_todays_tables(tmp_path):
    folder = tmp_path / "before"
    done = run("git", "clone", "--quiet", str(restoring.ROOT), str(folder), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run("git", "checkout", "--quiet", BEFORE, folder=folder)
    assert done.returncode == 0, f"{BEFORE} is not in this copy's history: git fetch --unshallow"
    with restoring.new_database("before") as today:
        today.manage("migrate", "--verbosity", "0")
        named = today.url.removesuffix(today.name) + today.name.removeprefix("test_")
        assert today.name.startswith("test_"), "it is taken as the tests' own"
        done = run(
            sys.executable, "-m", "pytest", "-q", "-n", "0", "--reuse-db", "-p", "no:cacheprovider",
            *ITS_TESTS, folder=folder, DATABASE_URL=named, FACTCHECK_DISPOSABLE="0",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        applied = today.ask("select max(name) from django_migrations where app = 'annotations'")
        assert applied[0][0] > "0146", "they ran on today's tables"
