"""Clauses, words by their first letters, and how few keys choose any words of a long sentence."""

from __future__ import annotations

import pytest

from .choosing import marking, read, ways
from .test_offsets import show

AT_MOST = 8

LONG = {
    "quotes and commas": (
        "The minister, who took office in May, told the committee that “unemployment fell by a"
        " third between 2019 and 2023, faster than in any other country”, although the bureau’s"
        " figures show a fall of 12% (from 5.1 to 4.5) since."
    ),
    "no mark at all": (
        "After the vote on the budget the leader of the opposition said that the party would"
        " take the bill to the court because the vote was held before the members from the"
        " north had been told of it by letter"
    ),
    "the same words over and over": (
        "The cost of the war was the cost of the oil and the cost of the peace was the cost of the"
        " bread and the salt, and he said that the cost of the crown was far off the land."
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_any_words_of_a_sentence_of_forty_are_marked_with_eight_keys_at_most(blank, name):
    text = LONG[name]
    assert len(text.split()) == 40
    show(blank, text)
    found = ways(read(blank, "[data-start]"))
    words = len(text.split())
    assert len(found) == words * (words + 1) // 2
    longest = max((keys + marking(keys) for keys in found.values()), key=len)
    assert len(longest) <= AT_MOST, longest


CLAUSES = {
    "He said, “It cost 4,000” (in 2024) – or more; so did she.": [
        "He said,",
        "“It cost 4,000”",
        "(in 2024)",
        "–",
        "or more;",
        "so did she.",
    ],
    "The workers’ pay rose: see ‘the register’.": ["The workers’ pay rose:", "see ‘the register’."],
    "«المعبورة» 4,000 سنة، (in 2024).": ["«المعبورة»", "4,000 سنة،", "(in 2024)."],
    "這是測試，他說「好」。": ["這是測試，", "他說", "「好」。"],
    "One word": ["One word"],
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_goes_from_one_mark_to_the_next(blank, text):
    show(blank, text, 7)
    clauses = read(blank, "[data-start]").clauses
    assert [text[start - 7 : end - 7] for start, end in clauses] == CLAUSES[text]


BEGINNING = {
    ("“Équipe, l’été, Etat", "e"): ["“Équipe,", "Etat"],
    ("Он сказал, что «СТОИТ» сто", "сто"): ["«СТОИТ»", "сто"],
    ("It cost 4,000 or 40", "4"): ["4,000", "40"],
    ("Nothing here", "x"): [],
}


@pytest.mark.parametrize("case", BEGINNING)
def test_words_are_found_by_their_first_letters_whatever_accents_and_marks(blank, case):
    text, letters = case
    show(blank, text)
    found = blank.evaluate(
        """async (letters) => {
            const { wordsBeginning } = await import("/static/js/offsets.js");
            const sentence = document.querySelector("[data-start]");
            return wordsBeginning(sentence, letters).map(({ start, end }) => [start, end]);
        }""",
        letters,
    )
    assert [text[start:end] for start, end in found] == BEGINNING[case]
