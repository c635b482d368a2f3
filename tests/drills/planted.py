"""How a guard is taken out, and how it is seen that the machine's promises tell of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from annotations.models import User, disclosure
from annotations.workflow import table, versions
from tests.workflow.machine import Desk, make_people, promises
from tests.workflow.machine.promises import BROKEN, Promise

Plant = Callable[[pytest.MonkeyPatch], None]
Story = Callable[[Desk], None]


@dataclass(frozen=True)
class Fault:
    """A guard that is taken out, where it stood, and a story that breaks a promise then."""

    name: str
    plant: Plant
    story: Story
    promises: tuple[Promise, ...]


def always(where: Any, name: str, answer: Any) -> Plant:
    """A function answers the same, whatever it is asked."""
    return lambda patch: patch.setattr(where, name, lambda *_, **__: answer)


def unguarded(move: table.Move, guard: Callable[..., str]) -> Plant:
    """A move is made without one of its guards."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        assert guard in move.guards
        left = tuple(each for each in move.guards if each is not guard)
        # Moves are frozen: the class lets nobody write, this test included.
        field = type(move).__dict__["guards"]
        before = move.guards
        field.__set__(move, left)
        _PUT_BACK.append(lambda: field.__set__(move, before))

    return plant


_PUT_BACK: list[Callable[[], None]] = []


def find(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail unless the story keeps all promises as things are, and breaks one with the fault."""
    # At a desk that is played, days pass in a second: what is kept each minute, is each time.
    monkeypatch.setattr(versions, "KEPT_EVERY", dt.timedelta(0))
    people = make_people()
    tell(fault.story, people)
    _ask_anew()
    try:
        with monkeypatch.context() as patch:
            fault.plant(patch)
            with pytest.raises(AssertionError) as found:
                tell(fault.story, people)
    finally:
        while _PUT_BACK:
            _PUT_BACK.pop()()
        _ask_anew()
    assert any(str(found.value).startswith(promise) for promise in fault.promises), found.value


def _ask_anew() -> None:
    """Forget statements that are kept: a fault may be in what they ask."""
    promises._asking_for_all.cache_clear()
    disclosure.among.cache_clear()


def tell(story: Story, people: list[User]) -> None:
    """Play the story at a desk of six."""
    desk = type("Desk", (Desk,), {"off": BROKEN, "people": people})()
    try:
        desk.begin(size=(6, "four", 2), roles=["editor"] * 5, claims=1)
        story(desk)
    finally:
        desk.example.__exit__(None, None, None)
