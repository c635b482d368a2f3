"""The list of what `make test` leaves to `make thorough`."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests import thorough

REPORT = """<testsuites><testsuite>
<testcase classname="tests.views.test_acts" name="test_sent_twice[a b::c]" time="0.1"/>
<testcase classname="tests.views.test_acts" name="test_sent_twice[d]" time="0.6"/>
<testcase classname="tests.views.test_acts" name="test_sent_once" time="0.1"/>
<testcase classname="tests.test_fixtures.TestLoaded" name="test_twice" time="6.0"/>
</testsuite></testsuites>"""


@pytest.mark.heart
def test_each_test_of_the_list_is_there():
    written = {
        (file, node.name)
        for file in {name.partition("::")[0] for name in thorough.names()}
        for node in ast.walk(ast.parse((thorough.TESTS / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    gone = {
        name
        for name in thorough.names()
        if (name.partition("::")[0], name.rpartition("::")[2]) not in written
    }
    assert gone == set(), "renamed or gone: put the new name into tests/thorough.txt, in order"


def test_the_list_is_what_is_dear_in_the_mean_of_its_cases(tmp_path):
    (tmp_path / "all.xml").write_text(REPORT, encoding="utf-8")
    assert thorough.dear(tmp_path / "all.xml") == [
        "test_fixtures.py::TestLoaded::test_twice",
        "views/test_acts.py::test_sent_twice",
    ]


class Item:
    """As much of a pytest item as is asked for."""

    def __init__(self, nodeid: str, *marks: str) -> None:
        self.nodeid = nodeid
        self.marks = list(marks)

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None

    def add_marker(self, name: str) -> None:
        self.marks.append(name)


def test_what_is_dear_is_left_out_but_for_the_heart_of_a_promise(monkeypatch):
    monkeypatch.setattr(thorough, "names", lambda: {"views/test_it.py::test_dear"})
    dear = Item("tests/views/test_it.py::test_dear[a case]")
    heart = Item("tests/views/test_it.py::test_dear[a case]", "heart")
    cheap = Item("tests/views/test_it.py::test_cheap")
    items: list[Any] = [dear, heart, cheap]
    thorough.mark(items)
    assert [item.marks for item in items] == [["thorough"], ["heart"], []]
