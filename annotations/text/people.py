"""Who the words beside a quotation mean: a small grammar of descriptions, titles and names.

Words are looked at one by one, left to right: an article, what describes somebody ("the union
leader"), titles ("Mayor", "Dr."), a name, and what may follow it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from annotations.text.languages.base import words as words_in
from annotations.text.languages.first_names import HIS
from annotations.text.speech import Speech

# A person is described by so many words at most.
MAX_WORDS = 12
# Small words after the name of whose body or people they are: "the Leeds school board".
_MOST_NOUNS = 3


class Told(StrEnum):
    """How the words beside a quotation say who speaks."""

    NAME = "name"
    SHORT_NAME = "short_name"  # a surname; the text has the whole name elsewhere
    DESCRIPTION = "description"  # "the mayor"; the text names one
    UNNAMED = "unnamed"  # "officials"; the text names none
    PRONOUN = "pronoun"  # "she"


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """The word without the mark that ends its sentence."""
        return self.text.rstrip(".!?…")

    @property
    def bare(self) -> str:
        """The word without a full stop or a possessive ending."""
        return self.text.rstrip(".").removesuffix("’s").removesuffix("'s")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean somebody: a name, a pronoun or a description, which is `text`.

    `lead` are the words before a name that describe its bearer, or those of a description, in
    small letters.
    """

    start: int
    end: int
    told: Told
    text: str
    lead: tuple[str, ...] = ()


_WORD = re.compile(r"[^\s,;:()\[\]\"“”„«»‹›「」—–\x00]{1,60}+|[,;:()\[\]—–]|\x00++")
_PARTICLES = words_in("de De la La del van Van von Von der den bin al el du le da dos di ten y e")
_AND = words_in("and et und y e и та і")
OF = words_in("of and & for de des del der du для")


@lru_cache(maxsize=64)
def lowered(words: frozenset[str]) -> frozenset[str]:
    """The words in small letters."""
    return frozenset(word.lower() for word in words)


def words_of(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(match.start(), match.end(), match.group())
        for match in _WORD.finditer(text, start, end)
    ]


def is_capital(word: Word) -> bool:
    text = word.text.lstrip("‘'")
    if text[1:2] in ("’", "'") and text[2:3].islower():
        return False  # "L’avocat"
    first = text[:1]
    return first.isupper() or (first.isdigit() and word.text[1:2].isupper())


def is_adverb(word: Word) -> bool:
    """Whether a word is one such as "cheerfully"; Kelly and Sally are names."""
    return word.text.endswith("ly") and word.text[0].islower()


def mention(words: Sequence[Word], at: int, known: Speech) -> tuple[Mention, int] | None:
    """Whoever the words from `at` on mean, and the place of the word after; or None."""
    if at >= len(words):
        return None
    language, first = known.words, words[at]
    if first.plain in known.pronouns:
        end = first.start + len(first.plain)
        return Mention(first.start, end, Told.PRONOUN, first.plain), at + 1
    small = first.text.lower()
    if small in known.words.conjunctions or (small in language.fillers and first.text not in HIS):
        return None
    if first.bare in known.pronouns:
        return None  # "It’s"
    if first.text in known.openers and not _is_anybody(small):
        return None
    has_determiner = first.text in language.determiners
    begin = at + has_determiner
    run = _run(words, begin, known)
    if _is_anybody_alone(words, at, run, known):
        return _anybody(words, at, known)
    if not run or (run[0].text in known.words.days and not _is_named_after_a_month(run, known)):
        return None
    name = _name(run, known, has_determiner=has_determiner)
    if name:
        left, right = name
        lead = tuple(word.bare.lower() for word in run[:left])
        span = (run[left].start, end_of(run[right - 1]))
        text = " ".join([*(word.text for word in run[left : right - 1]), said_as(run[right - 1])])
        if _is_called_so(words, begin + right, known):
            return Mention(
                span[0], span[1] + 2, Told.NAME, f"{text}{words[begin + right - 1].text[-2:]}", lead
            ), begin + right
        return Mention(*span, Told.NAME, text, lead), begin + right
    return _description(words, at, begin, run, known, has_determiner=has_determiner)


def _is_anybody_alone(words: Sequence[Word], at: int, run: list[Word], known: Speech) -> bool:
    """Whether "another" or "one" speaks, and no noun follows it; "two of the nurses"."""
    first, language = words[at], known.words
    is_some = first.plain.lower() in language.anybody
    if at + 2 < len(words) and words[at + 1].text == "of":
        is_relative = words[at + 2].plain in ("which", "whom")
        return not is_relative and (is_some or first.text in language.some)
    rest = run if first.text in language.determiners else run[1:]
    return is_some and (not rest or rest[0].plain.endswith(language.any_verb or ("\n",)))


def _anybody(words: Sequence[Word], at: int, known: Speech) -> tuple[Mention, int]:
    """ "another", "one of the nurses"."""
    first, after = words[at], at + 1
    if after + 1 < len(words) and words[after].text == "of" and words[after + 1].text in _THEM:
        those = words[after + 1]
        end = those.start + len(those.plain)
        text = f"{first.plain} of {those.plain}"
        return Mention(first.start, end, Told.UNNAMED, text, (first.plain.lower(),)), after + 2
    if after + 2 < len(words) and words[after].text == "of":
        determiner, those = words[after + 1], words[after + 2]
        is_whole = determiner.text in known.words.determiners and those.text[0].isalpha()
        if is_whole and not known.cue.fullmatch(those.plain):
            end = those.start + len(those.plain)
            text = f"{first.plain} of {determiner.text} {those.plain}"
            return Mention(first.start, end, Told.UNNAMED, text, (first.plain.lower(),)), after + 3
    end = first.start + len(first.plain)
    return Mention(first.start, end, Told.UNNAMED, first.plain, (first.plain.lower(),)), after


def _is_called_so(words: Sequence[Word], after: int, known: Speech) -> bool:
    """Whether a possessive is a name's own, since a verb follows or nothing: "McDonald’s said"."""
    if not words[after - 1].text.endswith(("’s", "'s")):
        return False
    if after >= len(words):
        return True
    verb = words[after].plain
    return bool(known.cue.fullmatch(verb)) and verb not in known.words.nouns


_MONTHS_OF_NAMES = words_in("April May June August")


def _is_named_after_a_month(run: Sequence[Word], known: Speech) -> bool:
    """Whether a surname follows a month that is a first name too: April Jones."""
    if run[0].text not in _MONTHS_OF_NAMES or len(run) < 2:
        return False
    return is_capital(run[1]) and run[1].plain not in known.words.days and run[1].plain.isalpha()


_THEM = words_in("them us those these")
_SHORTENED = words_in("Jr Sr Inc Corp Ltd Co Bros St")


def said_as(word: Word) -> str:
    """A name's last word without what is not the name's: a possessive, the sentence's end."""
    text = word.text.removesuffix("’s").removesuffix("'s")
    bare = text.rstrip(".!?…")
    return text if text == f"{bare}." and (len(bare) == 1 or bare in _SHORTENED) else bare


def end_of(word: Word) -> int:
    """Where a name ends whose last word this is."""
    return word.start + len(said_as(word))


def _run(words: Sequence[Word], begin: int, known: Speech) -> list[Word]:
    """The words that may describe and name one person or body."""
    language, honours, run = known.words, known.words.honours, list[Word]()
    for at in range(begin, min(len(words), begin + MAX_WORDS)):
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        joins = (
            bool(run)
            and is_capital(run[-1])
            and after is not None
            and is_capital(after)
            and (word.text in _PARTICLES or word.text in OF)  # "Hale & Sons"
        )
        is_stop = not joins and (
            not word.text[0].isalnum()
            or (
                (word.text in language.fillers and not is_capital(word))
                or (word.text in language.determiners and run and run[-1].bare not in honours)
                or (known.cue.fullmatch(word.plain) and not is_capital(word))
            )
        )
        if is_stop or (not run and known.cue.fullmatch(word.plain)):
            break
        run.append(word)
    return run


def _name(run: list[Word], known: Speech, *, has_determiner: bool) -> tuple[int, int] | None:
    """Which words of a run are the name itself: capitals, after titles and descriptions."""
    honours = known.words.honours
    left = 0
    while left < len(run) and (
        not is_capital(run[left])
        or run[left].bare.lower() in lowered(honours)
        or _is_role(run, left, known)
        or (run[left].text.endswith(("’s", "'s")) and left + 1 < len(run))
    ):
        left += 1
    if left and left < len(run) and run[left].bare in known.words.bodies:
        # "the Labor Department": a title alone, but a part of this name.
        while left and is_capital(run[left - 1]) and not run[left - 1].text.endswith(("’s", "'s")):
            left -= 1
    left = past_role(run, left, known)
    if left == len(run) or (left > 5 and not has_determiner):
        return None
    if run[left].bare in known.words.bodies and not known.words.determiners:
        return left, len(run)  # "Министерство финансов"
    right = _name_end(run, left, has_determiner=has_determiner)
    if right == len(run) or known.words.ordinals:
        return left, right
    if _is_of_theirs(run[right - 1 :], known):
        return None  # "the Harlan County sheriff’s office", "Tom Cole’s sister"
    if run[right].text not in OF and any(is_capital(word) for word in run[right:]):
        # "White House press secretary Karine Jones": the name comes last.
        later = _name(run[right:], known, has_determiner=False)
        role = run[right + later[0] - 1].bare.lower() if later else ""
        is_whole = later and later[1] - later[0] > 1 and run[right].text not in _AND
        if later and (role in lowered(honours) or is_whole):
            return right + later[0], right + later[1]
        return left, right
    is_bare = not has_determiner and left == 0 and right == 1 and bool(known.words.determiners)
    if is_bare and not run[right].plain.endswith("ed"):
        return None  # "Halden shares fell": a name that only says whose something is.
    return left, right


def _is_of_theirs(run: list[Word], known: Speech) -> bool:
    """Whether a name only says whose body or people these are, which small words name."""
    name, rest = run[0], run[1:]
    if any(is_capital(word) for word in rest):
        return False
    if name.text.endswith(("’s", "'s")):
        return True
    language, last = known.words, rest[-1].plain.lower()
    is_body = last in lowered(language.bodies) or last in lowered(language.honours)
    return len(rest) <= _MOST_NOUNS and (is_body or last.endswith(language.people or ("\n",)))


def past_role(run: Sequence[Word], left: int, known: Speech) -> int:
    """The place after the last role among capitals: "Treasury Secretary Ann Wells"."""
    at = left
    while at < len(run) - 1 and is_capital(run[at]):
        at += 1
        if run[at - 1].bare in known.words.roles and is_capital(run[at]):
            left = at
    return left


def _is_role(run: list[Word], at: int, known: Speech) -> bool:
    """Whether a word before another is a compound title: "Finanzminister Karl Meister"."""
    endings = known.words.role_endings
    return bool(endings) and at + 1 < len(run) and run[at].bare.endswith(endings)


def _name_end(run: list[Word], left: int, *, has_determiner: bool) -> int:
    right = left + 1
    while right < len(run):
        after = right
        while after < len(run) and _joins(run[after].text, has_determiner=has_determiner):
            after += 1
        if after == len(run) or not is_capital(run[after]):
            break
        right = after + 1
    return right


def _joins(word: str, *, has_determiner: bool) -> bool:
    """Whether a small word may stand within a name: "de la", and "of" in "the House of Lords"."""
    return word in _PARTICLES or word == "&" or (has_determiner and word in OF)


def _description(
    words: Sequence[Word],
    at: int,
    begin: int,
    run: list[Word],
    known: Speech,
    *,
    has_determiner: bool,
) -> tuple[Mention, int] | None:
    """ "the mayor", "officials", "police": at most five words, one where no article is."""
    titled = [word for word in run if word.bare in known.words.honours]
    if not has_determiner and not titled and _is_some_people(run):
        text = " ".join([*(word.text for word in run[:-1]), said_as(run[-1])])
        lead = tuple(word.bare.lower() for word in run)
        return Mention(run[0].start, end_of(run[-1]), Told.UNNAMED, text, lead), begin + len(run)
    is_owned = any(word.text.endswith(("’s", "'s")) for word in run[:-1])
    limit = 5 if has_determiner or is_owned or len(titled) == len(run) else 1
    kept = run[:limit]
    is_bare = not has_determiner and not titled and not is_owned
    if is_bare and not _is_anybody(kept[0].plain):
        return None
    start, end = words[at].start, end_of(kept[-1])
    text = " ".join([*(word.text for word in words[at : begin + len(kept) - 1]), said_as(kept[-1])])
    lead = tuple(word.bare.lower() for word in kept)
    return Mention(start, end, Told.UNNAMED, text, lead), begin + len(kept)


def _is_some_people(run: list[Word]) -> bool:
    """Whether two or three words are a plural that needs no article: "court officials"."""
    last = run[-1].plain
    is_plural = last == "police" or (last.endswith("s") and not last.endswith(("ss", "’s", "'s")))
    return 1 < len(run) <= 3 and is_plural and not any(is_capital(word) for word in run[1:])


def _is_anybody(word: str) -> bool:
    """Whether a bare word may speak: "officials", "police"."""
    return word.endswith("s") or word in ("police", "people", "somebody", "someone", "everybody")
