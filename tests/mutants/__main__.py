"""Plants small faults in the rules, one at a time; fails if tests notice fewer than nine in ten.

python -m tests.mutants                          all of them (an hour or two)
python -m tests.mutants annotations/rights.py    those of some modules
python -m tests.mutants --sample 150             the same 150 as long as the code is the same
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .making import Mutant
from .trying import KILLED, NOT_VALID, SURVIVED, Reach, Trial

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "annotations/closeness.py",
    "annotations/demands.py",
    "annotations/readiness.py",
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
# Where these modules are stated, some of them by their pages. Other pages' tests reach them too.
TESTS = (
    "tests/test_rights.py",
    "tests/text/test_anchors.py",
    "tests/text/test_difference.py",
    "tests/text/test_reanchor.py",
    "tests/workflow",
    "tests/editions",
    "tests/models/test_disclosure.py",
    "tests/queries/test_whose_turn.py",
    "tests/queries/test_queue.py",
    "tests/queries/test_stalls.py",
    "tests/tasks/test_proofs.py",
    "tests/tasks/test_watching.py",
    *(
        f"tests/views/test_{page}.py"
        for page in (
            "acts",
            "approving",
            "claims",
            "confidence",
            "confirming",
            "criticism",
            "desk_pages",
            "details",
            "discussion",
            "handing_in",
            "marking",
            "noting",
            "readers",
            "requests",
            "revisions",
            "said_by",
            "translations",
            "withdrawing",
            "work",
        )
    ),
)
ENOUGH = 0.9
REACH = ROOT / "var/mutants/reach.json"
RESULTS = ROOT / "var/mutants/results.txt"
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
        look(trial)
        asked = self.options.paths or list(trial.modules)
        every = [mutant for path in asked for mutant in trial.modules[path].mutants]
        left = _not_noticed() if self.options.again else {mutant.text for mutant in every}
        counted = [row for row in every if row.text in left and row.text not in self.harmless]
        RESULTS.write_text("")
        chosen = self._chosen(counted)
        print(f"{len(chosen)} of {len(every)} faults", flush=True)
        for mutant in chosen:
            counts = self.counts.setdefault(mutant.path, Counter())
            began = time.perf_counter()
            status, by = trial.outcome(mutant, self.options.seconds)
            counts["ms"] += round(1000 * (time.perf_counter() - began))
            counts[status] += 1
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(f"{status}\t{by}\t{mutant.line}\t{mutant.text}\n")
            if status == SURVIVED:
                print(f"  line {mutant.line}: {mutant.text}  {by}", flush=True)
        known = {each.text for module in trial.modules.values() for each in module.mutants}
        self.gone = [text for text in self.harmless if text not in known]

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
    rows = [line.split("\t") for line in RESULTS.read_text(encoding="utf-8").splitlines()]
    return {text for status, _by, _line, text in rows if status == SURVIVED}


def _share(counts: Counter[str]) -> float:
    return counts[KILLED] / max(1, counts[KILLED] + counts[SURVIVED])


def _line(name: str, counts: Counter[str]) -> str:
    return (
        f"{name:40} {counts[KILLED]:5} noticed {counts[SURVIVED]:4} not {_share(counts):7.1%}"
        f" {counts[NOT_VALID]:4} not valid {counts['ms'] / 1000:6.0f} s"
    )


# --- what each test reaches, kept until the code or the test's file changes ---


def look(trial: Trial) -> None:
    """Find out what each test reaches, or take it from the last time."""
    kept = _kept()
    shared = _digest([*Path("annotations").rglob("*.py"), Path("tests/cast.py")])
    for file, names in _by_file(trial).items():
        key = shared + _digest([Path(file)])
        if kept.get(file, {}).get("key") != key or set(kept[file]["reach"]) != set(names):
            trial.look(names)
            found = {name: dataclasses.astuple(trial.reach[name]) for name in names}
            kept[file] = {"key": key, "reach": found}
            REACH.parent.mkdir(parents=True, exist_ok=True)
            REACH.write_text(json.dumps(kept, default=list))
        for name, (seconds, *places) in kept[file]["reach"].items():
            trial.reach[name] = Reach(
                seconds, *({(path, line) for path, line in each} for each in places)
            )


def _kept() -> dict[str, Any]:
    return json.loads(REACH.read_text()) if REACH.exists() else {}


def _by_file(trial: Trial) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for name in trial.items:
        files.setdefault(name.split("::")[0], []).append(name)
    return files


def _digest(files: list[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def main() -> int:
    os.chdir(ROOT)
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("paths", nargs="*", help="modules; all where none is named")
    asked.add_argument("--sample", type=int, metavar="N", help="only N of the faults")
    asked.add_argument("--again", action="store_true", help="what was not noticed the last time")
    asked.add_argument("--containing", default="", metavar="WORDS", help="only faults so named")
    asked.add_argument(
        "--seconds", type=float, default=30, help="what the tests of one fault may take; 30"
    )
    options = asked.parse_args()
    every = [str(path) for glob in TARGETS for path in sorted(Path().glob(glob))]
    paths = [path for path in every if not path.endswith("__init__.py")]
    run = Run(options)
    # Every module is watched, so that what is kept serves each of them.
    how = ["-n", "0", "-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider"]
    # Imported here before pytest could look at them: no test is in these.
    how += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    ended = pytest.main([*how, *TESTS], [Trial(paths, run)])
    return ended or not run.is_enough()


if __name__ == "__main__":
    sys.exit(main())
