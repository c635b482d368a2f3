"""Plants small faults in the rules, one at a time; fails if tests notice fewer than nine in ten.

python -m tests.mutants                          all of them (hours)
python -m tests.mutants annotations/rights.py    those of some modules
python -m tests.mutants --sample 150             the same 150 as long as the code is the same

What was tried is kept: a run that was ended, or that gets new tests, goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from .keeping import RESULTS, Journal, lines, look
from .making import Mutant
from .trying import KILLED, NOT_VALID, SURVIVED, Trial

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "annotations/closeness.py",
    "annotations/demands.py",
    "annotations/readiness.py",
    "annotations/second_person.py",
    "annotations/rights.py",
    "annotations/models/annotation.py",
    "annotations/models/disclosure.py",
    "annotations/queries/decisions.py",
    "annotations/text/anchors.py",
    "annotations/text/difference.py",
    "annotations/text/reanchor.py",
    "annotations/workflow/*.py",
    "annotations/editions/*.py",
)


def _tests(room: str, names: str = "") -> tuple[str, ...]:
    """The files of these tests; without names, all of the room."""
    found = names.split() or sorted(each.stem[5:] for each in ROOT.glob(f"tests/{room}/test_*.py"))
    return tuple(f"tests/{room}/test_{name}.py" for name in found)


# Where these modules are stated: what one room does not notice, the next one is asked.
LONG = _tests("workflow", "machine races races_of_desks")
ROOMS = (
    (
        *_tests("text", "anchors difference reanchor"),
        "tests/test_rights.py",
        *(file for file in _tests("workflow") if file not in LONG),
    ),
    (
        *_tests("editions"),
        *_tests("queries"),
        *_tests("models", "disclosure what_is_current"),
        *_tests("commands", "erase reanchor"),
    ),
    (
        *_tests("tasks", "captures file_imports notices outbox proofs watching worker"),
        *_tests("tasks/archiving", "again answers own sending"),
    ),
    (
        *_tests(
            "views",
            "acts approving beside checked_by_others citing claimants claims confidence confirming"
            " copies criticism deciding desk_pages details discussion file_imports guest handing_in"
            " invitations looking_again marking mentions noting phrases readers replies requests"
            " revisions said_by saved_filters sources_and_presence translations unsent withdrawing"
            " work",
        ),
        "tests/test_journal.py",
        *LONG,
    ),
)
ENOUGH = 0.9
HARMLESS = Path(__file__).with_name("harmless.txt")


class Run:
    """What was asked for, and how it went."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.harmless = [
            line for line in HARMLESS.read_text().splitlines() if line and not line.startswith("#")
        ]
        self.counts: dict[str, Counter[str]] = {}

    def __call__(self, trial: Trial) -> None:
        if self.options.anew:
            RESULTS.unlink(missing_ok=True)
        journal = Journal(trial)
        asked = self.options.paths or list(trial.modules)
        every = [mutant for path in asked for mutant in trial.modules[path].mutants]
        left = _not_noticed() if self.options.again else {mutant.text for mutant in every}
        counted = [row for row in every if row.text in left and row.text not in self.harmless]
        chosen = self._chosen(counted)
        ends = {mutant.text: journal.known(mutant) for mutant in chosen}
        for room in self.options.rooms:
            open_ones = [mutant for mutant in chosen if ends[mutant.text] == SURVIVED]
            print(f"{len(open_ones)} of {len(chosen)} faults: {room[-1]} and such", flush=True)
            if open_ones:
                look(trial, {each.split("::")[0] for each in room})
            for mutant in open_ones:
                status, by = trial.outcome(mutant, self.options.seconds)
                ends[mutant.text] = status
                journal.write(mutant, status, by)
        for mutant in chosen:
            status = ends[mutant.text]
            self.counts.setdefault(mutant.path, Counter())[status] += 1
            if status == SURVIVED:
                print(f"  line {mutant.line}: {mutant.text}", flush=True)
        texts = {each.text for module in trial.modules.values() for each in module.mutants}
        self.gone = [text for text in self.harmless if text not in texts]

    def _chosen(self, mutants: list[Mutant]) -> list[Mutant]:
        """In the order of their texts' hashes where it is a sample: the same one each time."""
        found = [each for each in mutants if self.options.containing in each.text]
        if self.options.sample is None:
            return found
        found.sort(key=lambda each: hashlib.sha256(each.text.encode()).digest())
        return found[: self.options.sample]

    def is_enough(self) -> bool:
        """Print the table; whether tests noticed enough."""
        total: Counter[str] = Counter()
        for path, counts in sorted(self.counts.items()):
            total.update(counts)
            print(_line(path, counts))
        print(_line("all", total))
        for text in self.gone:
            print(f"{HARMLESS.name} names what is no fault any more: {text}")
        return _share(total) >= ENOUGH and not self.gone


def _not_noticed() -> set[str]:
    """What was not noticed when it was tried last."""
    last = {text: status for status, _by, _line, _key, text in lines()}
    return {text for text, status in last.items() if status == SURVIVED}


def _share(counts: Counter[str]) -> float:
    return counts[KILLED] / max(1, counts[KILLED] + counts[SURVIVED])


def _line(name: str, counts: Counter[str]) -> str:
    return (
        f"{name:40} {counts[KILLED]:5} noticed {counts[SURVIVED]:4} not {_share(counts):7.1%}"
        f" {counts[NOT_VALID]:4} not valid"
    )


def main() -> int:
    os.chdir(ROOT)
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("paths", nargs="*", help="modules; all where none is named")
    asked.add_argument("--sample", type=int, metavar="N", help="only N of the faults")
    asked.add_argument("--again", action="store_true", help="what was not noticed the last time")
    asked.add_argument("--anew", action="store_true", help="forget what was tried before")
    asked.add_argument("--containing", default="", metavar="WORDS", help="only faults so named")
    asked.add_argument(
        "--seconds", type=float, default=10, help="what the tests of one fault may take; 10"
    )
    asked.add_argument(
        "--tests", nargs="+", metavar="TEST", help="ask only these: others may notice more"
    )
    options = asked.parse_args()
    options.rooms = [options.tests] if options.tests else ROOMS
    every = [str(path) for glob in TARGETS for path in sorted(Path().glob(glob))]
    paths = [path for path in every if not path.endswith("__init__.py")]
    run = Run(options)
    # Every module is watched, so that what is kept serves each of them.
    how = ["-n", "0", "-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not drill"]
    # Imported here before pytest could look at them: no test is in these.
    how += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    files = [file for room in options.rooms for file in room]
    ended = pytest.main([*how, *files], [Trial(paths, run)])
    return ended or not run.is_enough()


if __name__ == "__main__":
    sys.exit(main())
