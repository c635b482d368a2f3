"""Several things named in one sentence, as the language of the page lists and quotes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

ALIKE = {
    "es": (
        (" y ", " e ", re.compile(r"\W*h?[ií](?!e)", re.IGNORECASE)),
        (" o ", " u ", re.compile(r"\W*(h?[oó]|8|11(?!\d|[ .,]\d\d\d[ .,]\d))", re.IGNORECASE)),
    ),
}
"""By language: a word between two that gives way to another before a sound like its own.

Spanish (Diccionario panhispánico de dudas, "y" 2, "o" 2): "e" before i- and hi-, but not before
hie-; "u" before o- and ho-, and before numbers that are read so: 8, 80, 800; 11 and 11 000.
"""


def comma() -> str:
    """What stands between two things: Arabic has a comma of its own."""
    return _(", ")


def listed(words: Iterable[object]) -> str:
    """A, B, C."""
    return comma().join(map(str, words))


def listed_apart(words: Iterable[object]) -> str:
    """A; B; C: where the things may hold commas themselves."""
    return _("; ").join(map(str, words))


def listed_and(words: Sequence[object]) -> str:
    """A, B and C."""
    return _joined(words, _("%(most)s and %(last)s"))


def listed_or(words: Sequence[object]) -> str:
    """A, B or C."""
    return _joined(words, _("%(most)s or %(last)s"))


def _joined(words: Sequence[object], how: str) -> str:
    if len(words) < 2:
        return "".join(map(str, words))
    for word, other, like in ALIKE.get((get_language() or "")[:2], ()):
        if like.match(str(words[-1])):
            how = how.replace(word, other)
    return how % {"most": listed(words[:-1]), "last": words[-1]}


def colon() -> str:
    """What stands between a label and what it is of: French has a space before it."""
    return _(": ")


def labelled(label: object, words: object) -> str:
    """A: B."""
    return f"{label}{colon()}{words}"


def quoted(words: object) -> str:
    """“A”."""
    return _("“%s”") % words


def percent(number: float) -> str:
    """83%: French and Spanish have a space before the sign, Arabic marks around it that keep it
    to the right of its digits."""
    return _("%(number)s%%") % {"number": number_format(number)}


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow each other as a range: 1, 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return listed(str(a) if a == b else f"{a}–{b}" for a, b in runs)
