"""Desks played at random are dumped, loaded into nothing and dumped again: the same, and once more.

`tests/commands/test_loaddata.py` has a row of every model by hand; here are the states that people
come to.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.commands.test_loaddata import dump, load
from tests.emptying import empty
from tests.workflow.machine import Desk, make_people


class Dumping(Desk):
    """A desk of which every example ends with its fixture, there and back, twice."""

    folder: ClassVar[Path]
    dumped: ClassVar[list[Counter[str]]]
    """How many rows of each model each had."""

    def teardown(self) -> None:
        try:
            first = dump()
            for _once_and_again in range(2):
                empty()
                load(first, self.folder)
                assert dump() == first
            self.dumped.append(Counter(row["model"] for row in json.loads(first)))
        finally:
            super().teardown()


def play(folder: Path, examples: int, steps: int) -> list[Counter[str]]:
    rows: list[Counter[str]] = []
    known: dict[str, Any] = {"people": make_people(), "folder": folder, "dumped": rows}
    run_state_machine_as_test(
        type("Desk", (Dumping,), known),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )
    return rows


def test_a_fixture_of_a_desk_that_people_worked_at_comes_back_the_same_twice(db, tmp_path):
    rows = play(tmp_path, examples=6, steps=30)
    assert len(rows) >= 6
    met = sum(rows, Counter())
    for model in ("article", "claim", "mark", "transition"):
        assert met[f"annotations.{model}"], model


@pytest.mark.drill
def test_so_do_fifty_desks(db, tmp_path):
    rows = play(tmp_path, examples=50, steps=60)
    met = sum(rows, Counter())
    for model in ("annotation", "citation", "verdict", "edition", "comment"):
        assert met[f"annotations.{model}"], model
