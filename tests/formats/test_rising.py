"""Figures that a PDF sets above or below their line by an operator of its own stay apart."""

from __future__ import annotations

import pytest

from annotations.formats import pdf
from tests.formats import files

BODY = ["The council of the town built homes in the harbour and nobody was asked.",
        "It was so and it will be so, said the mayor of the town there."]  # fmt: skip
ROOM = "X" * 300


def read(operators: str) -> str:
    """The last line of a page that draws it with these operators."""
    data = files.pdf([[*files.column(BODY), (50, 600, 10, ROOM)]])
    drawn = f"BT /F1 10 Tf 1 0 0 1 50 600 Tm ({ROOM}) Tj ET"
    assert drawn.encode() in data
    text = pdf.read(data.replace(drawn.encode(), operators.ljust(len(drawn)).encode()), "en", "en")
    return text.text.split("\n\n")[-1]


def line(operators: str) -> str:
    return read(f"BT /F1 10 Tf 1 0 0 1 50 600 Tm {operators} ET")


@pytest.mark.parametrize(
    ("operators", "words"),
    [
        ("(Built 240) Tj /F1 6 Tf 4 Ts (1) Tj /F1 10 Tf 0 Ts ( homes.) Tj", "Built 240¹ homes."),
        ("(Built 240) Tj 4 Ts (1) Tj 0 Ts ( homes.) Tj", "Built 240¹ homes."),
        ("[(Built 240)] TJ 4 Ts [(12)] TJ 0 Ts [( homes.)] TJ", "Built 240¹² homes."),
        ("(Built 10) Tj 3 Ts (6) Tj 0 Ts (4 homes.) Tj", "Built 10⁶4 homes."),
        ("(The 19) Tj /F1 6 Tf 4 Ts (th) Tj /F1 10 Tf 0 Ts ( of May.) Tj", "The 19th of May."),
        ("(It is H) Tj /F1 6 Tf -2 Ts (2) Tj /F1 10 Tf 0 Ts (O here.) Tj", "It is H2O here."),
        ("(It is 10) Tj -2 Ts (2) Tj 0 Ts (4 here.) Tj", "It is 10 2 4 here."),
        ("(Built 240) Tj 0 Ts (1 homes.) Tj", "Built 2401 homes."),
    ],
)
def test_what_letters_that_rise_become(operators, words):
    assert line(operators) == words


def test_a_rise_ends_with_the_graphics_state_that_it_was_set_in():
    first = "q BT /F1 10 Tf 1 0 0 1 50 600 Tm (Built 240) Tj 3 Ts (1) Tj ET Q"
    assert read(f"{first} BT /F1 10 Tf 1 0 0 1 110 600 Tm (9 homes.) Tj ET").endswith("9 homes.")


def test_letters_that_only_their_matrix_sets_smaller_are_raised_too():
    drawn = (
        "BT /F1 1 Tf 10 0 0 10 50 600 Tm (Built 240) Tj 6 0 0 6 88.9 604 Tm (1) Tj"
        " 10 0 0 10 92.3 600 Tm ( homes.) Tj ET"
    )
    assert read(drawn) == "Built 240¹ homes."


def test_operators_that_are_none_are_left_alone():
    assert line("(Built 240) Tj (x) Ts [] Ts Q (homes.) Tj").startswith("Built 240")
