"""A desk that is played: any person tries any move at any time, and after each it is asked.

Hypothesis draws who does what; `promises` has what must hold whatever was drawn.
"""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest import mock

from django.db import transaction
from hypothesis import strategies as st
from hypothesis import target
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from annotations.models import Membership
from tests import cast as c
from tests.queries.turns import wrong_turns

from .beside import Beside
from .finding import WORDS
from .going_on import GoingOn
from .moves import MOVES, Call, calls_of
from .pages import Pages
from .people import PeopleMoves
from .promises import OUTSIDER, Promise, everything
from .reading import Reading
from .text import TextMoves

SIZES = [
    (6, "four", 2),
    (5, "four", 2),
    (4, "four", 2),
    (3, "three", 2),
    (2, "two", 1),
    (6, "four", 3),
    (4, "three", 2),
    (3, "two", 1),
]
"""People, preset and annotations of a desk as it begins."""


@contextmanager
def _rolled_back() -> Iterator[None]:
    """An example's own savepoint: lines of the log cannot be deleted, but taken back.

    Identifiers are drawn from a seed meanwhile, so that an example played again is the same.
    """
    seeded = SimpleNamespace(urandom=random.Random(0).randbytes)
    with mock.patch.object(uuid, "os", seeded), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Desk(Beside, TextMoves, GoingOn, PeopleMoves, Reading, Pages, RuleBasedStateMachine):
    """One desk of two to six people, and everything that anybody may try there."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.has_read = set()
        self.texts = defaultdict(set)
        self.last_lines = {}
        self.told = defaultdict(set)
        self.now = {}
        self.sent = []
        self.example = _rolled_back()
        self.example.__enter__()

    def teardown(self) -> None:
        try:
            self._end()
        finally:
            # Else the next example meets the rows of this one, and that is what is told.
            self.example.__exit__(None, None, None)

    def _end(self) -> None:
        corrected = self.now.get("Correction", {})
        reached = {
            "published": any(row["slug"] for row in self.now.get("Claim", {}).values()),
            "corrected": any(row["kind"] != "retraction" for row in corrected.values()),
            "taken back": any(row["kind"] == "retraction" for row in corrected.values()),
        }
        if self.now.get("Desk"):
            # At the end alone: it asks more than all other promises together.
            wrong = wrong_turns(self.desk, self.people[:OUTSIDER])
            self.promise(Promise.QUEUE_IS_TRUE, not wrong, wrong)
        self.tally.examples += 1
        self.tally.reached.update(name for name, is_reached in reached.items() if is_reached)
        target(float(sum(reached.values())), label="how far it came")

    @rule(call=st.runner().flatmap(lambda desk: desk.calls()))
    def do(self, call: Call) -> None:
        MOVES[call.move].made(self, **call.of)

    def calls(self) -> st.SearchStrategy[Call]:
        """A move that there is anything for, as often as its weight says, and of whom and what."""
        ripe = tuple(name for name, played in MOVES.items() if played.ripe(self))
        return calls_of(ripe, tuple(name for name, played in MOVES.items() if played.when(self)))

    @initialize(
        size=st.sampled_from(SIZES),
        roles=st.lists(st.sampled_from(["editor", "manager", "checker"]), min_size=5, max_size=5),
        claims=st.integers(1, 2),
    )
    def begin(self, size: tuple[int, str, int], roles: list[str], claims: int) -> None:
        people, preset, needed = size
        desk = c.make_desk("played", preset, needed)
        # A desk that can publish at all: a manager, an editor, and whoever else there is.
        given = ["manager", "editor", *roles[1:]] if people > 2 else ["manager", "editor"]
        members = zip(self.people[:people], given, strict=False)
        Membership.objects.bulk_create(
            Membership(desk=desk, user=person, role=role) for person, role in members
        )
        article = c.import_text(desk, self.people[0])
        for words in WORDS[:claims]:
            c.mark(article, words, self.people[1])
        self.now = everything()
