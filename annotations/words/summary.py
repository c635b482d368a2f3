"""What an edition found, in one sentence: "Seven are true, one was retracted."."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import ngettext, pgettext

from annotations.listing import listed
from annotations.vocabulary import Tone


def _as_called(part: Mapping[str, Any]) -> str:
    return str(part["label"])


def article_dek(
    tally: Iterable[Mapping[str, Any]], called: Callable[[Mapping[str, Any]], str] = _as_called
) -> str:
    """The sentence, from `publication.tally`; empty for no claims.

    A rating is put in words of the page's language only where it is called as the scale's own is
    in that language; any other is quoted as the desk calls it (`called`, of its part).
    """
    tally = list(tally)
    parts = [
        _of_rating(part["tone"], part["label"], part["count"], called(part))
        for part in tally
        if part["tone"] not in ("aside", "unrated")
    ]
    aside = sum(part["count"] for part in tally if part["tone"] == "aside")
    if retracted := sum(part["count"] for part in tally if part["is_retracted"]):
        parts.append(
            ngettext("%(number)s was retracted", "%(number)s were retracted", retracted)
            % {"number": in_words(retracted)}
        )
    if others := aside - retracted:
        parts.append(
            ngettext("%(number)s was set aside", "%(number)s were set aside", others)
            % {"number": in_words(others)}
        )
    if not parts:
        return ""
    said = listed(parts)
    return f"{said[0].upper()}{said[1:]}."


def in_words(count: int) -> str:
    """How many statements: in words up to ten, in digits beyond."""
    words = (
        pgettext("so many statements", "one"),
        pgettext("so many statements", "two"),
        pgettext("so many statements", "three"),
        pgettext("so many statements", "four"),
        pgettext("so many statements", "five"),
        pgettext("so many statements", "six"),
        pgettext("so many statements", "seven"),
        pgettext("so many statements", "eight"),
        pgettext("so many statements", "nine"),
        pgettext("so many statements", "ten"),
    )
    return words[count - 1] if 1 <= count <= len(words) else str(count)


def _of_rating(tone: str, label: str, count: int, called: str) -> str:
    number = in_words(count)
    if tone in Tone.values and label.casefold() == str(Tone(tone).label).casefold():
        return _of_scale(Tone(tone), count) % {"number": number}
    return ngettext(
        "%(number)s is rated “%(label)s”", "%(number)s are rated “%(label)s”", count
    ) % {"number": number, "label": called}


def _of_scale(tone: Tone, count: int) -> str:
    words = {
        Tone.TRUE: ngettext("%(number)s is true", "%(number)s are true", count),
        Tone.MOSTLY: ngettext("%(number)s is mostly true", "%(number)s are mostly true", count),
        Tone.CONTEXT: ngettext("%(number)s lacks context", "%(number)s lack context", count),
        Tone.MISLEADING: ngettext("%(number)s is misleading", "%(number)s are misleading", count),
        Tone.FALSE: ngettext("%(number)s is false", "%(number)s are false", count),
        Tone.UNPROVEN: ngettext("%(number)s is unproven", "%(number)s are unproven", count),
        Tone.UNCHECKABLE: ngettext(
            "%(number)s cannot be checked", "%(number)s cannot be checked", count
        ),
    }
    return words[tone]
