"""A name is found where it stands, and words that only look like it are not."""

from __future__ import annotations

import pytest

from annotations.text.naming import stands_in

NAME = "Zaïnab Quillfeather-Ruiz, deputy head"


@pytest.mark.parametrize(
    "text",
    [
        "It was Zaïnab Quillfeather-Ruiz who said so.",
        "zainab  quillfeather-ruiz",
        "As Quillfeather-Ruiz says.",
        "Ms Quillfeather’s letter.",
        "ZAINAB told us.",
        "(Ruiz)",
    ],
)
def test_the_name_stands_there(text):
    assert stands_in(NAME, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "The deputy head says so.", "A quillfeather on the table.", "Quillfeathers fly.",
        "An official of the ministry.",
    ],
)  # fmt: skip
def test_it_does_not(text):
    assert not stands_in(NAME, text)


def test_short_parts_are_no_names():
    assert not stands_in("Jan de Boer", "In Jan they came from de coast.")
    assert stands_in("Jan de Boer", "Mr Boer.")
    assert stands_in("Jan de Boer", "jan de boer")
    assert not stands_in(" , ", "anything")


def test_names_of_other_scripts():
    assert stands_in("زينب الكاتب", "قالت زينب إنها وقعت.")
    assert stands_in("Зайнаб Перова", "Сказала Перова.")


def test_a_long_text_ends():
    assert not stands_in("Zaïnab Quillfeather", "Aa" * 500_000 + "-a" * 100_000)
