"""Whether a person's name stands in a text: whole, or a part of it that is a name by itself."""

from __future__ import annotations

import re
import unicodedata

SHORTEST = 4
"""Letters of a part of a name that is looked for by itself: “de” and “Jan” stand everywhere."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_JOINED = re.compile(r"['’-]")
_ASIDE = re.compile(r"[,;:(\n]")


def stands_in(name: str, text: str) -> bool:
    """Whether the name stands in the text: as it is written, or one of its longer parts.

    Parts count where they begin with a capital in both. What stands after a comma or in brackets
    is no part of a name but what somebody is.
    """
    whole = _ASIDE.split(name.strip(), maxsplit=1)[0]
    if not whole.strip():
        return False
    if _bounded(_plain(whole), _plain(text)):
        return True
    words = [piece for each in _WORD.findall(whole) for piece in _JOINED.split(each)]
    parts = {each for each in words if len(each) >= SHORTEST and _is_name(each)}
    said = {_plain(each) for each in _WORD.findall(text) if _is_name(each)}
    # “Gruber-Huber” is found by “Huber”, and “Gruber’s” by “Gruber”.
    said |= {piece for each in said for piece in _JOINED.split(each)}
    return any(_plain(part) in said for part in parts)


def _is_name(word: str) -> bool:
    """Whether it begins as names do: with a capital, or in a script that has none."""
    return not word[0].islower()


def _plain(text: str) -> str:
    """Without accents, case and differences of white space."""
    taken_apart = unicodedata.normalize("NFKD", text)
    letters = "".join(each for each in taken_apart if not unicodedata.combining(each))
    return " ".join(letters.casefold().split())


def _bounded(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
