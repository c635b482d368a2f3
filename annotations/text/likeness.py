"""How like each other two short texts are, by the words that they share.

Weightier are longer words, which are the rarer ones in every language that has spaces, and
figures. Words with the same first letters count as one ("carried", "carries"). A rough measure of
whether two claims may be about the same thing, for people to look at: it knows no synonyms and no
negation.
"""

from __future__ import annotations

import re
from math import sqrt

from annotations.text.looking import folded

LONGEST = 1000
"""Code points of a text that are looked at."""
STEM = 5
"""First letters by which words are one."""
SHORTEST = 3
"""Words of so many letters say little, in every language that has articles and prepositions."""
FIGURE = 4
"""What a figure weighs more than a word of its length."""
_THOUSANDS = re.compile(r"(?<=[0-9])[.,'](?=[0-9]{3}(?![0-9]))")
_WORD = re.compile(r"[^\W_]+")


def weights(text: str) -> dict[str, int]:
    """The beginnings of the text's words that say something, each with what it weighs."""
    found: dict[str, int] = {}
    for word in _WORD.findall(_THOUSANDS.sub("", folded(text[:LONGEST]))):
        has_figure = any(map(str.isdigit, word))
        if has_figure or len(word) > SHORTEST:
            beginning = word if has_figure else word[:STEM]
            weight = len(word) + (FIGURE if has_figure else 0)
            found[beginning] = max(weight, found.get(beginning, 0))
    return found


def likeness(one: dict[str, int], other: dict[str, int]) -> float:
    """From 0, no word in common, to 1, of two texts by their `weights`."""
    shared = sum(min(weight, other[word]) for word, weight in one.items() if word in other)
    whole = sqrt(sum(one.values()) * sum(other.values()))
    return shared / whole if whole else 0.0
