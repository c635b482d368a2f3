"""What changed between two short texts, word by word, for people to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 3000
"""Words. difflib's time grows with the square of the length: beyond, all is shown as replaced."""

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that stayed ("same"), came in ("ins") or went out ("del")."""

    op: str
    text: str


def parts(before: str, after: str) -> list[Part]:
    """How `before` became `after`; empty when nothing changed.

    Joining "same" and "ins" gives `after`, "same" and "del" gives `before`.
    """
    if before == after:
        return []
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Part(op, text) for op, text in (("del", before), ("ins", after)) if text]
    found = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Part("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Part("del", "".join(old[a:b])))
        if d > c:
            found.append(Part("ins", "".join(new[c:d])))
    return found
