"""The words beside a quotation that say who speaks, and those that pass words on without marks.

Each rule looks at a bounded run of words, and answers with the verb, the speaker and its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.text.people import Mention, Told, Word, is_adverb, mention
from annotations.text.quoted import Span
from annotations.text.speech import Speech
from annotations.text.subjects import speaker_after, subject, tied_speaker

# Verbs of saying tried before a quotation.
_MAX_CUES = 4
# Words after the verb of a tag that ends a sentence: "..., officials said on Monday."
_MAX_AFTER_TAG = 3
# Words between "with" and the verb of "with spokesman Glen Carver of the Bell campaign saying".
_MAX_ASIDE = 12
# Words after the name of who signs: ", Leeds"; ", the harbour master".
_LONGEST_PLACE = 6


class Rule(StrEnum):
    """Where the speaker was found."""

    AFTER = "after"  # "...," said X; "...," X said
    BEFORE = "before"  # X said: "..."
    ACCORDING = "according"  # according to X
    COLON = "colon"  # the sentence before ends in a colon
    SAME_PARAGRAPH = "same_paragraph"  # the paragraph's last speaker goes on
    LABEL = "label"  # CHAIR: ...
    OUTER = "outer"  # "I said, '...'"
    PASSED_ON = "passed_on"  # X said that ...; no quotation marks


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found: the verb's span, and who says it."""

    rule: Rule
    who: Mention
    cue: Span | None


class Tags:
    """The rules for one text in one language; the words given to them are of the text."""

    def __init__(self, text: str, known: Speech) -> None:
        self.text, self.known = text, known

    def verb_first(self, words: list[Word]) -> Found | None:
        """ "...," said X; « ... », a déclaré X; according to X."""
        at = 0
        while at < len(words) and words[at].text in ",—–":
            at += 1
        if at == len(words):
            return None
        if found := self.according(words, at):
            return found
        for place in range(at, min(at + 3, len(words))):
            word = words[place]
            if tied := tied_speaker(word, self.known):
                return Found(Rule.AFTER, tied[1], tied[0])
            if cue := self.cue_of(word):
                if word.plain in self.known.words.participles:
                    return None
                return self._inverted(words, place, cue)
            if place == at and word.text in self.known.words.so:
                named = mention(words, at + 1, self.known)  # „Wir gehen“, so Anna Klein.
                return Found(Rule.AFTER, named[0], None) if named else None
            if word.text not in self.known.words.auxiliaries and not is_adverb(word):
                return None
        return None

    def _inverted(self, words: list[Word], place: int, cue: Span) -> Found | None:
        if words[place].plain in self.known.words.addressing:
            return None
        following = place + 1
        while following < len(words) and words[following].text in self.known.words.fillers:
            following += 1
        for at in dict.fromkeys((place + 1, following)):
            if who := speaker_after(words, at, self.known):
                return Found(Rule.AFTER, who, cue)
        return None

    def any_verb(self, words: list[Word]) -> Found | None:
        """ "...," Mr. Cole fumed. After a comma in the marks any verb may be one of saying."""
        endings = self.known.words.any_verb
        if not endings or not words:
            return None
        first = words[0]
        if first.text[0].islower() and first.plain.endswith(endings):
            after = mention(words, 1, self.known)
            is_whole = after and after[0].told is Told.NAME
            cue = (first.start, first.start + len(first.plain))
            return Found(Rule.AFTER, after[0], cue) if after and is_whole else None
        who = mention(words, 0, self.known)
        if who is None or who[1] >= len(words):
            return None
        verb = words[who[1]]
        if not verb.text[0].islower() or not verb.plain.endswith(endings):
            return None
        named = subject(words[: who[1]], self.known)
        cue = (verb.start, verb.start + len(verb.plain))
        return Found(Rule.AFTER, named, cue) if named else None

    def signed(self, words: list[Word]) -> Found | None:
        """ "..." — Ann Bell; "..." — Tom Cole, Leeds: a name after a dash, and no more."""
        if not words or words[0].text not in "—–―":
            return None
        named = mention(words, 1, self.known)
        if named is None or named[0].told is not Told.NAME or len(named[0].text.split()) < 2:
            return None
        rest = words[named[1] :]
        if rest and (rest[0].text != "," or len(rest) > _LONGEST_PLACE):
            return None
        if any(self.cue_of(word) for word in rest):
            return None
        return Found(Rule.AFTER, named[0], None)

    def as_it_is_put(self, words: list[Word]) -> Found | None:
        """ "...," as Tom Cole, professor at Leeds, puts it."""
        at = next((at for at, word in enumerate(words[:3]) if word.text not in ",—–"), None)
        if at is None or words[at].text != "as":
            return None
        named = mention(words, at + 1, self.known)
        texts = [word.plain for word in words]
        if named is None or "it" not in texts or not {"put", "puts"} & set(texts):
            return None
        return Found(Rule.AFTER, named[0], None)

    def verb_second(self, words: list[Word]) -> Found | None:
        """ "...," X said. "...," X, who had seen it, told reporters."""
        at = 0
        while at < len(words) and words[at].text in ",—–":
            at += 1
        who = mention(words, at, self.known)
        if who is None:
            return None
        for place in range(who[1], min(len(words), at + 24)):
            if cue := self.cue_of(words[place]) or self._phrase(words[place]):
                named = subject(words[at:place], self.known)
                return Found(Rule.AFTER, named, cue) if named else None
        return None

    def introduced(self, words: list[Word], rule: Rule) -> Found | None:
        """Who says the words that follow: the last verb of saying and its subject."""
        tried = 0
        for place in range(len(words) - 1, -1, -1):
            cue = self.cue_of(words[place])
            if not cue or self._is_noun(words, place):
                continue
            if self._is_not_said(words, place):
                return None
            tried += 1
            if tried > _MAX_CUES:
                break
            who = self._doing(words, place) or self._announcing(words, place)
            if who := who or subject(words[:place], self.known):
                return Found(rule, who, cue)
            if who_after := speaker_after(words, place + 1, self.known):
                return Found(rule, who_after, cue)
        named = mention(words, 0, self.known)
        if named and named[0].told is Told.NAME and self._is_label(words[named[1] :]):
            return Found(rule, named[0], None)  # Песков: «...»; Ann Bell, The Times: "..."
        return next(
            (found for at in range(len(words)) if (found := self.according(words, at))), None
        )

    def _doing(self, words: list[Word], place: int) -> Mention | None:
        """Whoever is said to speak by the way: "with spokesman Glen Carver saying"."""
        if words[place].plain not in self.known.words.participles:
            return None
        for at in range(place - 1, max(-1, place - _MAX_ASIDE), -1):
            if words[at].text in (",", ";"):
                return None
            if words[at].text in ("with", "of"):
                named = mention(words, at + 1, self.known)
                if named and named[0].told is Told.NAME and len(named[0].text.split()) > 1:
                    return named[0]
        return None

    def _announcing(self, words: list[Word], place: int) -> Mention | None:
        """Whoever said what stands before: "..., President Lee announced, saying"."""
        if words[place].plain not in self.known.words.participles:
            return None
        for at in range(place - 1, max(-1, place - _MAX_ASIDE), -1):
            plain = words[at].plain
            if self.cue_of(words[at]) and plain not in self.known.words.participles:
                is_said = not self._is_noun(words, at) and not self._is_not_said(words, at)
                return subject(words[:at], self.known) if is_said else None
        return None

    def _is_not_said(self, words: list[Word], place: int) -> bool:
        """Whether the verb says what somebody is told, or that nothing is said."""
        language = self.known.words
        if words[place].plain in language.participles or words[place].plain.endswith("ing"):
            return False
        before = place - 1
        while before > 0 and is_adverb(words[before]):
            before -= 1
        text = words[before].text.replace("'", "’") if before >= 0 else ""
        if text in language.infinitive:
            return not before or words[before - 1].text not in language.used
        return text in language.passive or text in language.not_said

    def _is_label(self, rest: list[Word]) -> bool:
        """Whether a colon follows a name at once, or after a comma and what it is known for."""
        if not rest or rest[-1].text != ":":
            return False
        return len(rest) == 1 or (rest[0].text == "," and len(rest) <= _LONGEST_PLACE + 2)

    def according(self, words: list[Word], at: int) -> Found | None:
        """ "according to X" at a place among the words."""
        start = words[at].start
        phrase = self.known.according.match(self.text, start)
        if not phrase or phrase.end() > words[-1].end:
            return None
        after = next(
            (place for place in range(at, len(words)) if words[place].start >= phrase.end()), None
        )
        who = speaker_after(words, after, self.known) if after is not None else None
        return Found(Rule.ACCORDING, who, (start, phrase.end())) if who else None

    def reported(self, words: list[Word], used: set[Span]) -> Found | None:
        for place, word in enumerate(words):
            if place in (0, *after_commas(words)) and (found := self.according(words, place)):
                return found if found.cue not in used else None
            cue = self.cue_of(word)
            if not cue or cue in used or not self.known.passing.fullmatch(self.text, *cue):
                continue
            if self._is_noun(words, place) or (
                place and words[place - 1].text in self.known.words.relatives
            ):
                continue
            if self._is_not_said(words, place):
                continue
            if not _passes_on(words, place, self.known):
                continue
            who = self._told_after_comma(words, place) or subject(words[:place], self.known)
            return Found(Rule.PASSED_ON, who, cue) if who else None
        return None

    def _told_after_comma(self, words: list[Word], place: int) -> Mention | None:
        """Whoever stands after the verb of "..., a indiqué mardi l’Insee."."""
        if not _is_inverted(words, place, self.known):
            return None
        for at in range(place + 1, min(place + 5, len(words))):
            if named := mention(words, at, self.known):
                return named[0]
        return speaker_after(words, place + 1, self.known)

    def cue_of(self, word: Word) -> Span | None:
        """The span of a word that is a verb of saying; French may tie "s’" to it."""
        text, start = word.text, word.start
        if text[1:2] in ("’", "'"):
            text, start = text[2:], start + 2
        bare = text.rstrip(".!?…")
        if not self.known.cue.fullmatch(bare):
            return None
        return start, start + len(bare)

    def _phrase(self, word: Word) -> Span | None:
        """The span of a verb of several words: "went on"."""
        for phrase in self.known.words.phrases:
            end = word.start + len(phrase)
            if self.text.startswith(phrase, word.start) and not self.text[end : end + 1].isalnum():
                return word.start, end
        return None

    def _is_noun(self, words: list[Word], place: int) -> bool:
        """Whether a word like "claims" or "reports" is what somebody has, and not what they do."""
        if words[place].plain not in self.known.words.nouns or not place:
            return False
        before = words[place - 1]
        language = self.known.words
        return (
            before.text in language.determiners
            or before.text in self.known.words.before_nouns
            or before.text.endswith(("’s", "'s"))
        )


def after_commas(words: list[Word]) -> list[int]:
    return [at + 1 for at, word in enumerate(words) if word.text in ",(—–"]


def _is_inverted(words: list[Word], place: int, known: Speech) -> bool:
    """Whether a verb right after its sentence's only comma comes before its speaker.

    "..., сообщило в четверг министерство". After two commas, what is between them is an aside.
    """
    before = place - 1
    while before > 0 and words[before].text in known.words.auxiliaries:
        before -= 1
    commas = sum(word.text == "," for word in words[: before + 1])
    is_after_comma = before > 0 and words[before].text == ","
    return known.words.inverts and is_after_comma and commas == 1


def _is_two_words(after: list[Word], known: Speech) -> bool:
    """Whether a pronoun and a verb make the clause: "said she disagreed"."""
    return len(after) == 2 and after[0].text in known.pronouns


def _passes_on(words: list[Word], place: int, known: Speech) -> bool:
    """Whether a clause depends on the verb, or the verb ends a clause that came before."""
    after = words[place + 1 :]
    before = [word.text for word in words[:place]]
    if any(
        word.text in known.words.that or word.text.startswith(("qu’", "qu'")) for word in after[:7]
    ):
        return True
    if not after or words[place].text != words[place].plain:
        return "," in before
    if _is_inverted(words, place, known):
        return True
    commas = [at for at, word in enumerate(words) if word.text == ","]
    if commas and commas[-1] < place and len(after) <= _MAX_AFTER_TAG and place - commas[-1] > 1:
        return True
    if known.words.inverts and after[0].text == ",":
        return True  # "meint, beide hätten recht"
    is_clause = after[0].text[0].isalnum() and (len(after) > 2 or _is_two_words(after, known))
    return (words[place].text in known.words.says and is_clause) or (
        "," in before and after[0].text == ","
    )
