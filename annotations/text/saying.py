"""How a language without capitals says who speaks beside a quotation: its shapes, as patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from annotations.text.people import Mention


@dataclass(frozen=True, slots=True)
class Saying:
    """The shapes of one language, each a pattern with the groups `who` and `verb`.

    `before` ends where the quotation begins, and has the group `led`: the mark or word right
    before it, if any. `after` begins where a piece ends. Either may leave `who` empty: then whoever
    spoke last is meant.
    `told` begins a sentence that says who says something, whatever it is.
    `mention` says whom a match names, or None where that is nobody.
    A quotation of fewer than `least` code points that no colon leads up to may be a word held at
    arm's length; so is one after a verb of `weak` that no sentence ends with.
    `is_feminine` tells the gender of a verb, in a language whose verbs have one; None: it has none.
    """

    before: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]
    told: tuple[re.Pattern[str], ...]
    mention: Callable[[re.Match[str]], Mention | None]
    least: int
    weak: re.Pattern[str] | None = None
    is_feminine: Callable[[str], bool | None] | None = None
