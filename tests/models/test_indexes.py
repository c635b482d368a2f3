"""The comment of an index names the query it serves; and whatever code is named of, exists."""

from __future__ import annotations

import re
from pathlib import Path

from annotations.database import sql
from tests.said_of_code import APP, DOTTED, exists, files, named, remarks

INDEX = re.compile(r"((?: *#.*\n)+) *(?:models\.Index|GinIndex|GistIndex)\(")
IN_SQL = re.compile(r"\bannotations_\w+")


def comments() -> dict[str, Path]:
    """What is said above each index of a model."""
    found = {}
    for path in sorted((APP / "models").glob("*.py")):
        for lines in INDEX.findall(path.read_text(encoding="utf-8")):
            found[" ".join(line.strip(" #") for line in lines.splitlines())] = path
    return found


def test_everything_that_an_index_is_said_to_serve_exists():
    gone = [
        f"{path.name}: {name}"
        for said, path in comments().items()
        for name in DOTTED.findall(said)
        if not exists(name)
    ]
    assert gone == []
    assert sum(bool(DOTTED.findall(said)) for said in comments()) > 40


def test_functions_of_the_database_that_an_index_is_said_to_serve_exist():
    everything = sql("guards") + sql("search")
    names = [name for said in comments() for name in IN_SQL.findall(said)]
    assert names
    assert [name for name in names if f"function {name}(" not in everything] == []


def test_everything_that_comments_and_docstrings_name_exists():
    """A module of ours or a model, a dot, and what is in it: `queries.queue`, `Claim.verdict`."""
    found, gone = 0, []
    for path in files():
        for line, said in remarks(path):
            for name in named(said):
                found += 1
                if not exists(name):
                    gone.append(f"{path.relative_to(APP)}:{line}: {name}")
    assert gone == []
    assert found > 150
