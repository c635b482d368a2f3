"""Words as people look for them: without accents, in small letters, with any quotation mark.

The same as `annotations_folded` of annotations/database/search.sql, for what is found in memory
and for showing where it stands. Source of the marks: Unicode chapter 6.2.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTED = re.compile("([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+")
_ONE_KIND = str.maketrans(
    dict(zip("øłđðıς", "olddiσ", strict=True))
    | dict.fromkeys("‘’‚‛‹›ʼ′`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ß": "ss", "æ": "ae", "œ": "oe"}
)


def folded(words: str) -> str:
    """The words as they are compared; of another length than they were, perhaps."""
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFKD", words))
    return unicodedata.normalize("NFKC", bare).lower().translate(_ONE_KIND)


def plain_name(name: str) -> str:
    """What names are compared by: case, spaces and width do not matter, and accents do."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are one."""
    return plain_name(one) == plain_name(other)


def place(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand first in the text, in code points of the text; None: nowhere.

    Looks at each character by itself, so it is meant for a passage and not for a whole text.
    """
    wanted = folded(words)
    pieces = [folded(character) for character in text]
    at = "".join(pieces).find(wanted) if wanted else -1
    if at < 0:
        return None
    ends: list[int] = []
    for number, piece in enumerate(pieces):
        ends.extend([number] * len(piece))
    return ends[at], ends[at + len(wanted) - 1] + 1
