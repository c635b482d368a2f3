"""What is kept in `var/mutants`: what each test reaches, and what became of each fault.

Both are good as long as the code is the same, so a run that was ended goes on where it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .making import Mutant
from .trying import KILLED, NOT_VALID, SURVIVED, Reach, Trial

KEPT = Path(__file__).resolve().parents[2] / "var/mutants"
REACH = KEPT / "reach.json"
RESULTS = KEPT / "results.txt"


@cache
def digest(*files: str) -> str:
    """Of those files that are there, as they were when this was asked first."""
    there = (Path(file).read_bytes() for file in files if Path(file).is_file())
    return hashlib.sha256(b"".join(there)).hexdigest()[:16]


def code() -> str:
    """A digest of the code that is tried, and of what the tests begin with."""
    return digest(*sorted(str(each) for each in Path("annotations").rglob("*.py")), "tests/cast.py")


# --- what each test reaches ---


def look(trial: Trial, files: Iterable[str]) -> None:
    """Find out what each test of these files reaches, or take it from the last time."""
    kept = json.loads(REACH.read_text()) if REACH.exists() else {}
    is_known = False
    for file, names in _by_file(trial, files).items():
        key = code() + digest(file)
        if kept.get(file, {}).get("key") != key or set(kept[file]["reach"]) != set(names):
            trial.look(names)
            found = {name: dataclasses.astuple(trial.reach[name]) for name in names}
            kept[file] = {"key": key, "reach": found}
            REACH.parent.mkdir(parents=True, exist_ok=True)
            REACH.write_text(json.dumps(kept, default=list))
        else:
            is_known = True
        for name, (seconds, *places) in kept[file]["reach"].items():
            trial.reach[name] = Reach(
                seconds, *({(path, line) for path, line in each} for each in places)
            )
    if is_known:
        trial.begin()


def _by_file(trial: Trial, files: Iterable[str]) -> dict[str, list[str]]:
    """The tests of these files that nobody looked at yet."""
    found: dict[str, list[str]] = {file: [] for file in sorted(files)}
    for name in trial.items:
        if _file(name) in found and name not in trial.reach:
            found[_file(name)].append(name)
    return {file: names for file, names in found.items() if names}


def _file(test: str) -> str:
    return test.split("::")[0]


# --- what became of each fault ---


class Journal:
    """A line for each fault that was tried: status, by which test, line, key, text.

    What was noticed stays so while the code and that test's file are the same; what was not, while
    that is true of all files with a test that reaches it.
    """

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.rows = {text: (status, by, key) for status, by, _line, key, text in lines()}
        for status, by, _key in self.rows.values():
            if status == KILLED:
                trial.noticed[by] += 1

    def known(self, mutant: Mutant) -> tuple[str, str] | None:
        """Its status and by which test, if that still holds."""
        status, by, key = self.rows.get(mutant.text, ("", "", ""))
        return (status, by) if key and key == self._key(mutant, status, by) else None

    def write(self, mutant: Mutant, status: str, by: str) -> None:
        key = self._key(mutant, status, by)
        self.rows[mutant.text] = status, by, key
        told = [status, by, str(mutant.line), key, mutant.text]
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\t".join(told) + "\n")

    def _key(self, mutant: Mutant, status: str, by: str) -> str:
        if status == KILLED:
            return code() + digest(_file(by))
        reach = self.trial.reach
        files = {_file(name) for name in reach if mutant.statement in reach[name].hit}
        return code() + digest(*sorted(files))


def lines() -> list[Any]:
    """All that was ever written there, in its order."""
    if not RESULTS.exists():
        return []
    rows = [line.split("\t") for line in RESULTS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if len(row) == 5 and row[0] in (KILLED, NOT_VALID, SURVIVED)]
