"""Moves that may be drawn at a desk that is played, and what they are drawn with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from annotations.models import Article, Claim
from annotations.vocabulary import SetAside, Task

from .promises import PEOPLE

ABLEST, NEXT, CHECKER, SAME = range(PEOPLE, PEOPLE + 4)
WHO = st.sampled_from([*range(PEOPLE), ABLEST, ABLEST, ABLEST, NEXT, NEXT, CHECKER, SAME, SAME])
"""A person by number, or by what they are at the time: see `Desk.someone`."""
AT = st.integers(0, 7)
RATING = st.sampled_from(["false", "half", "true"])
WHY = st.sampled_from(["It has to be so.", "A letter came.", "We were wrong.", " "])
OWN = st.sampled_from([True, True, True, False])
"""Whether somebody does what they were asked, or somebody else tries it."""
ASIDE = st.sampled_from(SetAside)
TASK = st.sampled_from([*Task, Task.CHECK])
KIND = st.sampled_from([Article, Claim])
STALE = st.sampled_from([False, False, False, True])
ANY = "any"
"""Of a move that has several names in the log, or none."""


@dataclass(frozen=True)
class Played:
    """A move that may be drawn: how often, when at all, when more often, and with what."""

    made: Callable[..., None]
    weight: int
    when: Callable[[Any], object]
    ripe: Callable[[Any], object]
    writes: frozenset[str]
    of: dict[str, st.SearchStrategy[Any]]


@dataclass(frozen=True)
class Call:
    """A move that was drawn."""

    move: str
    of: dict[str, Any]

    def __repr__(self) -> str:
        told = [f"{name}={self.of[name]!r}" for name in MOVES[self.move].of]
        return f"{self.move}({', '.join(told)})"


def has(kind: str, **values: Any) -> Callable[[Any], object]:
    """That there is such a row."""
    return lambda desk: desk.rows(kind, **values)


RIPE = 8
"""How much more often a move is drawn where it could be accepted."""

MOVES: dict[str, Played] = {}
"""By name. They are no rules of Hypothesis: of so many it leaves out half in each example, and
few desks would come to publish."""


def move(
    *,
    weight: int = 2,
    when: Callable[[Any], object] = lambda desk: True,
    ripe: Callable[[Any], object] = lambda desk: False,
    writes: str | None = None,
    **of: st.SearchStrategy[Any],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a method of the desk be drawn, with arguments of these strategies.

    `writes` are the moves that the log may tell of then, parted by commas; by default the one that
    is called like the method.
    """

    def note(made: Callable[..., None]) -> Callable[..., None]:
        told = made.__name__.replace("_", " ").strip() if writes is None else writes
        names = frozenset(name.strip() for name in told.split(",") if name.strip())
        MOVES[made.__name__] = Played(made, weight, when, ripe, names, of)
        return made

    return note


@cache
def calls_of(ripe: tuple[str, ...], possible: tuple[str, ...]) -> st.SearchStrategy[Call]:
    """A draw from all moves; what is ripe stands behind, so that the others keep their places.

    Else an example that is made shorter would have other moves after what was left out.
    """
    names = [name for name, played in MOVES.items() for _ in range(played.weight)]
    names += [name for name in ripe for _ in range(MOVES[name].weight * RIPE)]
    return st.sampled_from(names).filter(possible.__contains__).flatmap(_with_arguments)


@cache
def _with_arguments(name: str) -> st.SearchStrategy[Call]:
    return st.fixed_dictionaries(MOVES[name].of).map(partial(Call, name))
