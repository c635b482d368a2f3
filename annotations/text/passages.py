"""Where quoted words stand in a text: as they are, with differences, or not at all.

What typing and copying change is no difference: white space, the shape of quotation marks and
dashes, characters that cannot be seen. Letters, figures and case are.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

MOST = 400_000
"""Code points of a text in which words are looked for with differences."""
LONGEST = 2_000
"""Code points of a passage that is looked for with differences."""
SHORTEST = 20
"""A shorter passage is like something in any text."""
LIKE = 70.0
"""How like the words have to be, of 100 (rapidfuzz's partial ratio)."""

_SHAPES = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞", '"')
    | dict.fromkeys("‘’‚‛‹›′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


class Match(Enum):
    FOUND = "found"
    DIFFERS = "differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand, in code points of the text; 0 and 0 where they are missing."""

    match: Match
    start: int = 0
    end: int = 0


def find(passage: str, text: str) -> Place:
    """The first place of the passage in the text, or the one most like it."""
    wanted, _places = _plain(passage)
    wanted = wanted.strip()
    if not wanted:
        return Place(Match.MISSING)
    plain, places = _plain(text)
    at = plain.find(wanted)
    if at >= 0:
        return Place(Match.FOUND, places[at], places[at + len(wanted) - 1] + 1)
    if not SHORTEST <= len(wanted) <= LONGEST or len(plain) > MOST or len(wanted) > len(plain):
        return Place(Match.MISSING)
    like = fuzz.partial_ratio_alignment(wanted.casefold(), _small(plain), score_cutoff=LIKE)
    if like is None or like.dest_end <= like.dest_start:
        return Place(Match.MISSING)
    return Place(Match.DIFFERS, places[like.dest_start], places[like.dest_end - 1] + 1)


def _small(words: str) -> str:
    """In small letters, none of which takes more room than before."""
    return "".join(small if len(small := sign.casefold()) == 1 else sign for sign in words)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in the shapes that are compared, and where in it each of its characters was."""
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign in _UNSEEN:
            continue
        for each in unicodedata.normalize("NFKC", sign) if not sign.isascii() else sign:
            plain = " " if each.isspace() else each.translate(_SHAPES)
            if plain == " " and signs and signs[-1] == " ":
                continue
            signs.append(plain)
            places.append(at)
    return "".join(signs), places
