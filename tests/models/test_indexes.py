"""The comment of an index names the query it serves, and that query exists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "annotations" / "models"
NAMED = re.compile(r"\bqueries\.(\w+)(?:\.(\w+))?")


def test_every_query_that_an_index_names_exists():
    found = 0
    for path in sorted(MODELS.glob("*.py")):
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if "#" in line]
        for module, function in NAMED.findall("\n".join(comments)):
            found += 1
            assert hasattr(import_module(f"annotations.queries.{module}"), function or "__doc__")
    assert found > 15
