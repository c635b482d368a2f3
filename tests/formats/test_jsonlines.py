"""JSON Lines: a value is one line for every reader, and the same value the same bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats import jsonlines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(VALUES)
def test_every_value_is_one_line_and_reads_back_the_same(value: Any):
    line = jsonlines.line(value)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == value


def test_what_parts_lines_elsewhere_is_escaped():
    assert jsonlines.line("a\u2028b\u2029c\x85d") == '"a\\u2028b\\u2029c\\u0085d"\n'


def test_the_order_of_keys_is_no_difference():
    assert jsonlines.line({"b": 1, "a": 2}) == jsonlines.line({"a": 2, "b": 1})


def test_what_json_does_not_know_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        jsonlines.line(float("nan"))
