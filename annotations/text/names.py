"""The whole names in a text, and which of them a shorter mention, or a pronoun, may mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.text.languages.base import words as words_in
from annotations.text.languages.first_names import EITHER, HERS, HIS
from annotations.text.people import Mention, Word, is_capital, past_role, words_of
from annotations.text.speech import Speech

# Names of so many people in one text are remembered.
MAX_NAMES = 2000


@dataclass(frozen=True, slots=True)
class Person:
    """A whole name as the text first has it, and the words that describe who that is."""

    name: str
    start: int
    end: int
    about: frozenset[str]

    @property
    def is_woman(self) -> bool | None:
        """What the first name or a title says, or None."""
        first = self.name.split()[0].split("-")[0]
        if self.about & {"mrs", "ms", "miss", "mme", "mlle", "frau", "sra", "dame", "г-жа", "г-жи"}:
            return True
        if self.about & {"mr", "herr", "hr", "sir", "г-н", "г-на"}:
            return False
        if first in EITHER or (first not in HERS and first not in HIS):
            return None
        return first in HERS


_CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĦĨĪĮİĴĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-ЯЁЄІЇҐ"
# A full stop ends no more than a short title or an initial in a name.
_NAME_WORD = rf"(?:[{_CAPITALS}]\w{{0,3}}\.|[{_CAPITALS}][\w’'\-]{{0,30}}+)"
_FULL_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s(?:(?:de|la|del|van|von|der|bin|al|du|da|di)\s){{0,2}}"
    rf"{_NAME_WORD}){{1,6}}"
)
_ABOUT = 60
_MAX_NAMESAKES = 20
_AGE = re.compile(r"^,\s\d{1,3}(?=,)")
_IS = re.compile(r"\s(?:is|was|became)\s(?=(?:the|a|an)\s)")
_LETTERS = re.compile(r"[^\W\d_][\w’'\-]*+")


class People:
    """The whole names in a text, by surname, to say who a shorter mention means."""

    def __init__(self, text: str, known: Speech) -> None:
        self.known = known
        self.by_surname: dict[str, list[Person]] = {}
        self.by_description: dict[str, list[Person]] = {}
        for count, person in enumerate(self._found(text)):
            if count == MAX_NAMES:
                break
            self.by_surname.setdefault(_surname(person.name), []).append(person)
            for word in person.about if " " in person.name else ():
                self.by_description.setdefault(word, []).append(person)

    def _found(self, text: str) -> Iterator[Person]:
        for match in _FULL_NAME.finditer(text):
            words = words_of(text, match.start(), match.end())
            left = self._past_full_stop(words)
            while left < len(words) - 1 and (
                words[left].bare in self.known.words.honours
                or words[left].text in self.known.words.determiners
                or words[left].text.replace("’", "'") in self.known.words.starters
                or (words[left].text in self.known.words.days and len(words) - left > 2)
                or not is_capital(words[left])
            ):
                left += 1
            left = past_role(words, left, self.known)
            if self._is_two_nouns(words, left):
                continue
            name = " ".join(word.text for word in words[left:]).removesuffix("’s").rstrip(".")
            about = {word.bare.lower() for word in words[:left]}
            about |= self._around(text, words[left].start, match.end())
            yield Person(name, words[left].start, match.end(), frozenset(about))

    def _past_full_stop(self, words: list[Word]) -> int:
        """The place after a word that ended a sentence: "in St. Ives. Rep. Dana Whitlock"."""
        ended = [
            at + 1
            for at, word in enumerate(words[:-1])
            if word.text.endswith(".")
            and len(word.bare) > 2
            and word.bare not in self.known.words.honours
        ]
        return ended[-1] if ended else 0

    def _is_two_nouns(self, words: list[Word], left: int) -> bool:
        """Whether capitals in a row tell nothing: German without a first name or a title."""
        is_titled = any(word.bare in self.known.words.honours for word in words[:left])
        is_first_name = words[left].bare in HIS or words[left].bare in HERS
        return self.known.words.capital_nouns and not is_titled and not is_first_name

    def _around(self, text: str, start: int, end: int) -> set[str]:
        """What a name is called right before it ("the mayor, Ann Lee") or after its comma."""
        before = re.split(r"[.;:!?\n\"“”]", text[max(0, start - _ABOUT) : start])[-1]
        near = set[str]()
        for word in reversed(_LETTERS.findall(before)):
            if self._ends_description(word):
                break
            near.add(word.lower())
        after = _AGE.sub("", text[end : end + _ABOUT])
        clause = re.split(r"[.,;:!?\n\"“”]", after[1:])[0] if after[:1] == "," else ""
        if is_so := _IS.match(after):
            clause = re.split(r"[.,;:!?\n\"“”]", after[is_so.end() :])[0]
        for at, word in enumerate(_LETTERS.findall(clause)):
            if word.endswith(("’s", "'s")):
                continue  # "Ann Lee, the agency’s director"
            if at and self._ends_description(word):
                break
            near.add(word.lower())
        return near - {word.lower() for word in self.known.words.determiners}

    def _ends_description(self, word: str) -> bool:
        words = self.known.words
        is_small = word in words.fillers or word in words.determiners or word in words.conjunctions
        return is_small or word.endswith(("’s", "'s"))

    def whole(self, name: str) -> Person | None:
        """The person whose whole name ends as `name` does, or is it."""
        same = self.by_surname.get(_surname(name), [])
        words = set(_plain(name))
        return next((one for one in same[:_MAX_NAMESAKES] if words <= set(_plain(one.name))), None)

    def last_in(self, words: Sequence[Word]) -> Person | None:
        """The person of a whole name whose surname stands last among the words."""
        for word in reversed(words):
            if is_capital(word) and (same := self.by_surname.get(_plain(word.bare)[-1])):
                return same[0]
        return None

    def known_in(self, words: Sequence[Word]) -> Iterator[Person]:
        """Those whose surname is among the words, and whose first name or title says he or she."""
        for word in words:
            if is_capital(word):
                same = self.by_surname.get(_surname(word.bare.removesuffix("’s")), [])
                if len(same) == 1 and " " in same[0].name and same[0].is_woman is not None:
                    yield same[0]

    def described(self, who: Mention) -> Person | None:
        """The one the text describes with the main word of a description, nearest before."""
        if not who.lead:
            return None
        found = self.by_description.get(who.lead[-1], [])
        at = bisect_left(found, who.start, key=lambda one: one.start)
        return found[max(at - 1, 0)] if found else None


def _surname(name: str) -> str:
    return _plain(name)[-1] if _plain(name) else ""


def _plain(name: str) -> list[str]:
    return [word.rstrip(".").lower() for word in name.split()]


def may_be(person: Person, pronoun: str, known: Speech) -> bool:
    """Whether a pronoun may stand for the person: somebody who can be one, and whom it fits."""
    if not is_somebody(person, known):
        return False
    if pronoun in known.words.he:
        return person.is_woman is not True
    return pronoun in known.words.she and person.is_woman is not False


# Words that name no person, though capitals begin them: Town House, Goldman Sachs, St. Augustine.
_NOBODY = words_in(
    """House St Rd Ave Street Road Avenue Square Park Bridge River Lake Mountain City Town County
    State Island Islands Bay Beach Hall Church Centre Center Airport Station Stadium Museum Library
    School College Academy Institute Foundation Bank Sachs Times Post News Journal Herald Tribune
    Guardian Club League Cup Games Act Law Bill Treaty Agreement Report Award Prize Day Week War
    Republic Kingdom States Nations America Europe Africa Asia Port Fort Cape Mount New Line Lines
    Trust Group Company Authority Agency Bureau"""
)


def is_somebody(person: Person, known: Speech) -> bool:
    """Whether a name can be a person's: no house, bank or saint's town, no word in capitals."""
    words = person.name.split()
    if any(word.rstrip(".") in _NOBODY or word in known.words.bodies for word in words):
        return False
    is_shouted = person.name.isupper() and len(person.name) > 1
    return not is_shouted and words[0] not in ("St.", "St", "San", "The")
