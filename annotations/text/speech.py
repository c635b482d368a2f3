"""What shows, beside words, that somebody said them: a language's verbs as patterns, made once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from annotations.text.languages import Language
from annotations.text.languages import language as language_data


@dataclass(frozen=True, slots=True)
class Speech:
    """The patterns of one language. Where a language has no verbs the patterns find nothing.

    `pronouns` are all that may speak; `openers` begin sentences and are no part of a name.
    `cue` finds a verb of saying, `passing` one that passes on words without quotation marks,
    `according` a phrase before whose words are passed on; `tag` finds who says it in a turn
    without dashes around it (", dit-elle.").
    """

    words: Language
    pronouns: frozenset[str]
    openers: frozenset[str]
    cue: re.Pattern[str]
    passing: re.Pattern[str]
    according: re.Pattern[str]
    tag: re.Pattern[str]


_NOTHING = re.compile(r"(?!)")
# "dit-elle", "explique-t-il": a verb of saying with its speaker tied to it.
TIED = re.compile(r"(?P<verb>\w{1,30}+)(?:-t)?-(?P<who>\w{1,30}+)")


@lru_cache(maxsize=32)
def speech(language: str) -> Speech:
    """The patterns of a language; `language` is a BCP 47 tag."""
    words = language_data(language)
    return Speech(
        words,
        pronouns=words.he | words.she | words.it | words.they | words.speaker_myself,
        openers=(words.starters - words.determiners) | words.outside,
        cue=_any_of(words.cues)
        if words.cues
        else _anywhere((*words.tag_ends, *words.telling, *words.going_on)),
        passing=_any_of(words.passing),
        according=_any_of(words.according, re.IGNORECASE),
        tag=_tag(words),
    )


def _any_of(forms: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern of any of the forms as whole words, the longest first."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if not ordered:
        return _NOTHING
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, ordered))})(?!\w)", flags)


def _anywhere(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the forms, in a language that does not part its words."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else _NOTHING


def _tag(words: Language) -> re.Pattern[str]:
    pronouns = words.he | words.she
    if not words.cues or not words.dash_turns or not pronouns:
        return _NOTHING
    verbs = "|".join(sorted(words.cues))
    who = "|".join(sorted(pronouns | words.determiners | {"M\\.", "Mme"}))
    return re.compile(
        rf"(?<=[,?!…])\s(?:s[’'])?(?:{verbs})(?:(?:-t)?-|\s)(?:(?:{who})\b|(?!(?:{who})\b)"
        rf"[^\W\d_](?<=[A-ZÀ-ÞА-Я]))[^.!?,]{{0,80}}+[.!?,]?"
    )
