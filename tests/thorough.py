"""Which tests `make test` leaves to `make thorough`: those that cost most, by measurement.

`thorough.txt` names them, one test function a line. It is made from what a run measured, and by
nobody's hand (docs/decisions/0021):

    make thorough JUNIT=var/all.xml && python -m tests.thorough var/all.xml

A test that is the heart of a promise stays in `make test` whatever it costs: it is marked `heart`
where it is written, and is in the list all the same.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMES = Path(__file__).with_suffix(".txt")
# Seconds of a worker, the mean of a test's cases. What costs less comes to four minutes of two
# workers, with what is marked `heart`.
DEAR = 0.15


def names() -> set[str]:
    """The tests of the list, as `views/test_acts.py::test_a_form_sent_twice_has_one_effect`."""
    return set(NAMES.read_text(encoding="utf-8").split())


def mark(items: Iterable[pytest.Item]) -> None:
    """Mark each test of the list `thorough`, but for those at the heart of a promise."""
    left = names()
    for item in items:
        if name_of(item.nodeid) in left and not item.get_closest_marker("heart"):
            item.add_marker("thorough")


def name_of(node: str) -> str:
    """A test's name in the list, of its node's: without `tests/` and without its case."""
    return node.partition("[")[0].removeprefix("tests/")


def dear(report: Path) -> list[str]:
    """The tests that cost more than `DEAR` in a run, of its report in JUnit's form."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  # a report of our own
        seconds[node_of(case.attrib["classname"], case.attrib["name"])].append(
            float(case.attrib["time"])
        )
    return sorted(name for name, each in seconds.items() if sum(each) / len(each) > DEAR)


def node_of(where: str, test: str) -> str:
    """A test's name in the list, of `tests.views.test_acts` or `tests.test_fixtures.TestLoaded`."""
    parts = where.split(".")[1:]
    classes = [part for part in parts if part.startswith("Test")]
    file = "/".join(parts[: len(parts) - len(classes)])
    return name_of("::".join([f"{file}.py", *classes, test]))


if __name__ == "__main__":
    NAMES.write_text("\n".join(dear(Path(sys.argv[1]))) + "\n", encoding="utf-8")
