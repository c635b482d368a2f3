"""Desks played at random leave and come back the same, whatever people did there."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotations.exchange.moving import arrive
from annotations.models import Original
from tests.emptying import empty
from tests.workflow.machine import Desk, make_people

from . import moved


class Moving(Desk):
    """A desk of which every example ends with a move."""

    moves: ClassVar[list[int]] = []
    """How many lines each had."""

    def teardown(self) -> None:
        try:
            self.moves.append(there_and_back(self.desk))
        finally:
            super().teardown()


def there_and_back(desk: Any) -> int:
    """The lines of the desk are the same after it left and came; how many they are.

    All of it is undone with the example.
    """
    lines = moved.lines_of(desk)
    originals = {row.sha256: bytes(row.data) for row in Original.objects.all()}
    empty()
    arrived = arrive(
        [line.encode() for line in lines], originals.__getitem__, keep=lambda _digests: None
    )
    assert arrived.desk is not None
    assert moved.lines_of(arrived.desk) == lines
    return len(lines)


def play(examples: int, steps: int) -> list[int]:
    moves: list[int] = []
    machine = type("Desk", (Moving,), {"people": make_people(), "moves": moves})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )
    return moves


def test_a_desk_comes_back_the_same_whatever_was_done_there(db):
    moves = play(examples=8, steps=30)
    assert len(moves) >= 8
    assert max(moves) > 50


@pytest.mark.drill
def test_so_do_a_hundred_desks(db):
    assert len(play(examples=100, steps=60)) >= 100
