"""`make bench SCALE=...` prints its table: a benchmark that no test runs rots unseen."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.drill


def test_the_table_of_what_pages_cost_is_made():
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scale", "600"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    lines = made.stdout.split("\n")
    assert any(line.startswith("| bare page | ") for line in lines)
    assert any(line.startswith("| the log as CSV | ") for line in lines)
