"""Runs tests in this process: once each to see what it reaches, then a few for each fault.

Django and the database are set up once. For each fault the process forks; the child plants it and
runs the tests that reach its statement, until one fails: first those that noticed most so far, then
the quickest and the most different by turns.
"""

from __future__ import annotations

import gc
import os
import signal
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import FunctionType

import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from django.db import connection, connections
from pytest_django.plugin import blocking_manager_key

from .making import Mutant
from .planting import Planted, imported

SURVIVED, KILLED, NOT_VALID = "not noticed", "noticed", "not valid"
"""What becomes of a fault. Not valid: a call gets too few arguments, which any call shows."""
ENDS = [SURVIVED, KILLED, NOT_VALID]

DIFFERENT = 50
"""Tests that are chosen for what they reach; the rest comes in the order of their time."""
PROVEN = 5
"""Tests that go before them, because they noticed most for the time that they take."""
PATIENCE = 60
"""Seconds that a test may wait for somebody, besides twenty times what it took: a lock hangs."""

Statement = tuple[str, int]


@dataclass
class Reach:
    """What a test reaches, what of that by itself, and the seconds of work that it took.

    Of this process, without the database's: however busy the machine is, they are the same.
    By itself: the nearest caller that is a test's is not the cast. Line 0 of a module stands for
    all of it.
    """

    seconds: float
    hit: set[Statement]
    own: set[Statement]


class Trial:
    """A plugin of pytest: in place of running the tests, it calls `act` with them at hand."""

    def __init__(self, paths: list[str], act: Callable[[Trial], None]) -> None:
        self.paths, self.act = paths, act
        self.reach: dict[str, Reach] = {}
        self.tried: dict[str, set[str]] = {}
        self.noticed: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """The same examples each time, and none is made smaller: it is enough that one fails."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants",
            hypothesis.settings.get_profile("factcheck"),
            derandomize=True,
            database=None,
            phases=phases,
        )
        hypothesis.settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        warnings.simplefilter("error")  # as in every other run
        self.session, self.items = session, {item.nodeid: item for item in session.items}
        for path in self.paths:
            imported(path)
        gc.unfreeze()  # what is frozen is not among the objects that are looked through
        functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
        self.modules = {path: Planted(path, functions) for path in self.paths}
        # Children share the database, so it must be there before the first of them.
        first = next(
            (each for each in session.items if "db" in getattr(each, "fixturenames", ())), None
        )
        if first is not None:
            self._failure(first.nodeid)
        gc.freeze()  # children share memory until somebody writes to it
        self.act(self)
        return True

    # --- what each test reaches ---

    def look(self, names: list[str]) -> None:
        """Run these tests and note what each reaches. They must all pass."""
        hit: set[Statement] = set()
        own: set[Statement] = set()
        for module in self.modules.values():
            module.watch(hit, own)
        for name in names:
            hit.clear()
            own.clear()
            began = time.process_time()
            if failed := self._failure(name):
                pytest.exit(f"{name} fails without any fault:\n{failed.longreprtext}", 1)
            self.reach[name] = Reach(time.process_time() - began, set(hit), set(own))
        for module in self.modules.values():
            module.unwatch()

    def _failure(self, name: str) -> pytest.TestReport | None:
        item = self.items[name]
        # Never None: that would take the database away. Never itself: it would not be torn down.
        other = next((each for each in self.session.items if each is not item), None)
        assert other is not None, "There must be two tests."
        self.session._setupstate.teardown_exact(item)
        reports = runtestprotocol(item, log=False, nextitem=other)
        return next((report for report in reports if report.failed), None)

    def begin(self, names: Iterable[str]) -> None:
        """Have in memory what these tests begin with: no child has to make it by its moves.

        Those that came to a statement through the cast are the ones that made it the first time.
        """
        for name in names:
            if self.reach[name].hit - self.reach[name].own:
                self._failure(name)

    # --- whether a test notices ---

    def tests_of(self, mutant: Mutant, most: float) -> tuple[list[str], list[str]]:
        """The tests that reach it and were not asked yet, as many as take `most` seconds.

        First those that come there by themselves; second those whose cast did when it got ready.
        """
        tried = self.tried.setdefault(mutant.text, set())
        places = self._places_of(mutant)
        reached = {
            name: reach
            for name, reach in self.reach.items()
            if places & reach.hit and name not in tried
        }
        own = {name for name, reach in reached.items() if places & reach.own}
        ranked = self._ranked(own)
        proven = sorted(ranked, key=lambda name: -self.noticed[name] / self.reach[name].seconds)
        first = [name for name in proven[:PROVEN] if self.noticed[name]]
        own_ones = self._within(most, [*first, *(name for name in ranked if name not in first)])
        left = most - sum(self.reach[name].seconds for name in own_ones)
        late_ones = self._within(left, self._ranked(reached.keys() - own))
        tried.update(own_ones, late_ones)
        return own_ones, late_ones

    def _places_of(self, mutant: Mutant) -> set[Statement]:
        """Where the fault shows: its own statement; of a constant, those that speak of it."""
        if not mutant.in_function:
            names = self.modules[mutant.path].named_at(mutant.line)
            found = {(path, at) for path, each in self.modules.items() for at in each.using(names)}
            if found:
                return found
        return {mutant.statement}

    def _within(self, most: float, names: list[str]) -> list[str]:
        found, seconds = [], 0.0
        for name in names:
            if seconds < most:
                found.append(name)
                seconds += self.reach[name].seconds
        return found

    def _ranked(self, names: set[str]) -> list[str]:
        """By turns the quickest, which says one thing only, and the one that differs most.

        It reaches the most that those before it did not, for the time that it takes: ten tests of
        the same happy path would notice the same.
        """
        left = {name: self.reach[name] for name in names}
        ranked: list[str] = []
        known: set[Statement] = set()
        while left and len(ranked) < DIFFERENT:
            if len(ranked) % 2:
                best = max(left, key=lambda name: len(left[name].own - known) / left[name].seconds)
            else:
                best = min(left, key=lambda name: left[name].seconds)
            known |= left.pop(best).own
            ranked.append(best)
        return [*ranked, *sorted(left, key=lambda name: left[name].seconds)]

    def outcome(self, mutant: Mutant, most: float) -> tuple[str, str]:
        """SURVIVED, KILLED or NOT_VALID, and by which test it was killed."""
        names = self.tests_of(mutant, most)
        if not any(names):
            return SURVIVED, f"{len(self.tried[mutant.text])} tests"
        connections.close_all()  # a child that shared a connection would end it
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            self._try(mutant, *names, writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as said:
            by = said.read().split("\n")[-1]
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status < 0:  # it ran for ever, and may have left rows behind
            self._empty()
            how = "runs for ever" if status == -signal.SIGPROF else "waits for ever"
            return KILLED, f"{by} {how}"
        if ENDS[status] == KILLED:
            self.noticed[by] += 1
        return ENDS[status], by

    def _try(self, mutant: Mutant, own: list[str], late: list[str], writing: int) -> None:
        """In the child: plant the fault, run the tests, end. The last line told is by which."""
        gc.disable()
        status, by = SURVIVED, f"{len(self.tried[mutant.text])} tests"
        try:
            self.modules[mutant.path].plant(mutant)
        except Exception as error:
            status, by, own, late = NOT_VALID, " ".join(repr(error).split()), [], []
        for name in [*own, *late]:
            if late and name == late[0]:
                _forget_cast()  # the cast was made without the fault
            os.write(writing, f"\n{name}".encode())
            # Each ends the process: a busy machine is no loop, and a lock waits without computing.
            signal.setitimer(signal.ITIMER_PROF, 10 + 10 * self.reach[name].seconds)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE + 20 * self.reach[name].seconds)
            failed = self._failure(name)
            if failed:
                status, by = KILLED, name
                if "TypeError: " in failed.longreprtext and " required " in failed.longreprtext:
                    status = NOT_VALID
                break
        os.write(writing, f"\n{by}".encode())
        os._exit(ENDS.index(status))

    def _empty(self) -> None:
        with self.session.config.stash[blocking_manager_key].unblock():
            with connection.cursor() as cursor:  # what the child began may still hold its locks
                cursor.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
            _empty_tables()
        connections.close_all()


# These know the models: only once pytest has set Django up can they be imported.


def _forget_cast() -> None:
    from tests import replaying

    replaying.forget()


def _empty_tables() -> None:
    from tests.emptying import empty

    empty()
