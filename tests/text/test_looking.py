"""Words as people look for them: the same in Python and in the database."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.looking import folded, place

ALIKE = [
    ("L’Équipe", "l'equipe"),
    ("“Straße”", '"strasse"'),
    ("Łódź – Gdańsk", "lodz - gdansk"),
    ("ＷＨＯ １２", "who 12"),
    ("Ελλάδα", "ελλαδα"),
    ("İstanbul", "istanbul"),
    ("Ærø, cœur", "aero, coeur"),
]
DIFFERENT = [("й", "и"), ("が", "か"), ("ё", "е"), ("ä", "e")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_reads_alike_is_the_same(one, other):
    assert folded(one) == folded(other) == other


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_is_another_letter_stays_one(one, other):
    assert folded(one) != folded(other)


def in_database(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select annotations_folded(%s)", [words])
        (answer,) = cursor.fetchone()
        return str(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [word for pair in ALIKE + DIFFERENT for word in pair])
def test_the_database_folds_as_python_does(words):
    assert in_database(words) == folded(words)


@given(
    st.text(
        st.sampled_from("aéèçñöß‘’‚‛‹›ʼ′`´“”„‟«»″‐‑‒–—―−- .,İıŁØåœæđðΑάςσЙйёが字ｆ％＼_…\u0301\n"),
        max_size=20,
    )
)
@example("´")
@pytest.mark.django_db
def test_any_words_of_those_signs_are_folded_alike(words):
    assert in_database(words) == folded(words)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("equipe", "Dans L’Équipe d’hier", "Équipe"),
        ("strasse", "die Straße", "Straße"),
        ("o'brien", "Said O’Brien.", "O’Brien"),
        ("none", "There is nothing", None),
        ("", "anything", None),
    ],
)
def test_words_are_shown_where_they_stand(words, text, found):
    at = place(words, text)
    assert (text[slice(*at)] if at else None) == found
