"""Desks are played, as many and as long as is wanted."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotations.models import Membership, User
from annotations.vocabulary import Role
from tests import cast as c

from .desk import Desk
from .promises import BROKEN, OUTSIDER, PEOPLE, ROOT, Promise, Tally


def make_people() -> list[User]:
    """The people of every example: who is a member of the desk is drawn."""
    people = [
        User.objects.create(username=f"person{n}", first_name=f"Person {n}", is_superuser=n == ROOT)
        for n in range(PEOPLE)
    ]
    elsewhere = c.make_desk("elsewhere")
    c.make_scale("finer")
    Membership.objects.create(desk=elsewhere, user=people[OUTSIDER], role=Role.MANAGER)
    return people


def play(
    people: list[User],
    *,
    examples: int,
    steps: int,
    off: Iterable[Promise] = BROKEN,
    derandomize: bool = True,
    shrinks: bool = True,
    tally: Tally | None = None,
) -> Tally:
    """Play so many desks of so many steps; returns what was tried, with what `tally` holds already.

    Raises on a broken promise.
    """
    tally = tally or Tally()
    members = {"off": frozenset(off), "tally": tally, "people": people}
    machine = type("Desk", (Desk,), members)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if shrinks else [])],
        ),
    )
    return tally
