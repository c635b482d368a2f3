"""Whom a pronoun means, on passages of our own: how many are offered, and how many of them right.

`python -m tests.text.pronouns` prints the sums; with a word after it, each that is wrong of those
that are seen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotations.text.sentences import split
from annotations.text.speakers import Told, attributions

FOLDER = Path(__file__).parents[1] / "data" / "pronouns"
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in which one pronoun says something, and whom it means; empty where nobody."""

    language: str
    person: str
    text: str

    @property
    def offered(self) -> str:
        """Whom the rules propose for the pronoun, or nobody."""
        made = attributions(self.text, split(self.text, self.language), language=self.language)
        return next((one.name for one in made if one.told is Told.PRONOUN), "")


@dataclass(slots=True)
class Sum:
    """How many pronouns there are, for how many somebody is offered, and for how many rightly."""

    all: int = 0
    named: int = 0
    offered: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """How many of those that are offered are right, in percent."""
        return 100 * self.right / self.offered if self.offered else 100.0

    @property
    def recall(self) -> float:
        """How many of those that mean somebody whom the text names are found, in percent."""
        return 100 * self.right / self.named if self.named else 100.0


def passages(name: str) -> list[Passage]:
    """Those of a file of the folder: `seen` or `held`."""
    found = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("%"):
            language, person, text = (part.strip() for part in line.split("|"))
            person = "" if person == NOBODY else person
            found.append(Passage(language, person, text.replace("¶", "\n\n")))
    return found


def measured(chosen: Iterable[Passage]) -> Sum:
    total = Sum()
    for one in chosen:
        offered = one.offered
        total.all += 1
        total.named += bool(one.person)
        total.offered += bool(offered)
        total.right += bool(offered) and offered == one.person
    return total


def main() -> None:
    for name in ("seen", "held"):
        total = measured(passages(name))
        print(
            f"{name}: {total.all} pronouns, offered {total.offered}, right {total.right}"
            f" ({total.precision:.1f} %), found {total.recall:.1f} % of {total.named}"
        )
    if len(sys.argv) > 1:
        for one in passages("seen"):
            if one.offered != one.person:
                print(f"{one.offered or NOBODY} for {one.person or NOBODY}: {one.text}")


if __name__ == "__main__":
    main()
