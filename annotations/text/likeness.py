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
_THOUSANDS = re.compile(r"(?<=[0-9])[.,'](?=[0-9]{3}(?![0-9]))")
_WORD = re.compile(r"[^\W_]+")


def weights(text: str) -> dict[str, int]:
    """The beginnings of the text's words that say something, each with what it weighs."""
    words = _WORD.findall(_THOUSANDS.sub("", folded(text[:LONGEST])))
    return {
        word if (has_figure := any(map(str.isdigit, word))) else word[:STEM]: (
            len(word) + 4 * has_figure
        )
        for word in words
        if len(word) > 3 or any(map(str.isdigit, word))
    }


def likeness(one: dict[str, int], other: dict[str, int]) -> float:
    """From 0, no word in common, to 1, of two texts by their `weights`."""
    shared = sum(min(weight, other[word]) for word, weight in one.items() if word in other)
    whole = sqrt(sum(one.values()) * sum(other.values()))
    return shared / whole if whole else 0.0
