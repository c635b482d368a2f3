"""`make bench SCALE=...` and MEMORY=... print tables: what no test runs rots unseen."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.drill


def printed_by(bench: str, *sizes: str) -> list[str]:
    made = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{bench}", *sizes],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return made.stdout.splitlines()


def test_the_table_of_what_pages_cost_is_made():
    lines = printed_by("scale", "600")
    assert any(line.startswith("| bare page | ") for line in lines)
    assert any(line.startswith("| the log as CSV | ") for line in lines)


def test_the_table_of_what_processes_hold_is_made():
    """But for roundings, "together" is the sum of pages, worker and database."""
    *_head, row = printed_by("memory", "600")
    _size, _articles, *held = [cell.strip() for cell in row.strip("|").split("|")]
    pages, worker, database, together, disk = [int(each.removesuffix(" MB")) for each in held]
    assert abs(pages + worker + database - together) <= 2
    assert min(pages, worker, database, disk) > 0
