"""What is kept in `var/mutants`: what each test reaches, and what became of each fault.

Both are good as long as the code is the same, so a run that was ended goes on where it was.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .making import Mutant
from .trying import KILLED, NOT_VALID, SURVIVED, Trial

KEPT = Path(__file__).resolve().parents[2] / "var/mutants"
REACH = KEPT / "reach"
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
    known: list[str] = []
    for file, names in _by_file(trial, files).items():
        kept, key = REACH / f"{file.replace('/', '.')}.pickle", code() + digest(file)
        found = pickle.loads(kept.read_bytes()) if kept.exists() else {}  # noqa: S301 - we wrote it
        if found.get("key") == key and found["reach"].keys() == set(names):
            known += names
            trial.reach |= found["reach"]
        else:
            trial.look(names)
            kept.parent.mkdir(parents=True, exist_ok=True)
            reach = {name: trial.reach[name] for name in names}
            kept.write_bytes(pickle.dumps({"key": key, "reach": reach}))
    trial.begin(known)


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

    What was noticed stays so while the code and that test's file are the same.
    """

    def __init__(self, trial: Trial) -> None:
        self.rows = {text: (status, by, key) for status, by, _line, key, text in lines()}
        for status, by, _key in self.rows.values():
            if status == KILLED:
                trial.noticed[by] += 1

    def known(self, mutant: Mutant) -> str:
        """Its status, if that still holds; not noticed where it has to be tried."""
        status, by, key = self.rows.get(mutant.text, (SURVIVED, "", ""))
        return status if key == _key(by) else SURVIVED

    def write(self, mutant: Mutant, status: str, by: str) -> None:
        told = [status, by, str(mutant.line), _key(by), mutant.text]
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\t".join(told) + "\n")


def _key(by: str) -> str:
    return code() + digest(_file(by))


def lines() -> list[Any]:
    """All that was written there, in its order; what was tried last of a fault comes last."""
    if not RESULTS.exists():
        return []
    rows = [line.split("\t") for line in RESULTS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if len(row) == 5 and row[0] in (KILLED, NOT_VALID, SURVIVED)]
