"""Words in addresses: letters and digits of every script, so that they can be read and cut."""

from __future__ import annotations

import re
import unicodedata

MARKS = ("Mn", "Mc")


def slug_of(words: str, otherwise: str, longest: int = 80) -> str:
    """The words as they stand in an address, at most `longest` characters; `otherwise` if none.

    Letters that Latin writes with accents lose them, others stay what they are.
    """
    plain = _without_accents(unicodedata.normalize("NFKC", words)).lower()
    kept = ""
    for sign in plain:
        if sign.isspace():
            kept += " "
        elif sign.isalnum() or sign in "-_" or _is_of_a_letter(sign, kept[-1:]):
            kept += sign
    # A mark may stand beside another letter now that what was between them is left out.
    kept = unicodedata.normalize("NFKC", kept)
    return re.sub(r"[-\s]+", "-", kept)[:longest].strip("-_") or otherwise


def _is_of_a_letter(sign: str, before: str) -> bool:
    """Whether the sign is written on the one before it, as vowels are in many scripts."""
    return unicodedata.category(sign) in MARKS and not before.isascii()


def _without_accents(words: str) -> str:
    kept: list[str] = []
    for sign in unicodedata.normalize("NFD", words):
        is_accent = unicodedata.category(sign) == "Mn"
        if not (is_accent and kept and kept[-1].isascii()):
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))
