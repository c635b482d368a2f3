"""Who says what is quoted or passed on: proposed from the words beside it, never decided.

Each proposal carries the rule that found it and how the text names the speaker, so that a page
can say how far to trust it. A pronoun or a description ("she", "the mayor") is resolved to a
person the text names, and said to be.

The rules were written for this project. Their order follows how news writes: the words right
after a quotation nearly always name its speaker, those before it mostly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.text.beside import Beside, masked
from annotations.text.languages.base import words as words_in
from annotations.text.names import People, Person, may_be
from annotations.text.people import Mention, Told, Word, lowered, words_of
from annotations.text.quotations import quotations
from annotations.text.quoted import (
    MAX_TAG,
    Block,
    Form,
    Quotation,
    Span,
    blocks,
)
from annotations.text.saying import Saying
from annotations.text.sentences import Sentence
from annotations.text.speech import Speech, speech
from annotations.text.subjects import speaker_after
from annotations.text.tags import Found, Rule, Tags, after_commas
from annotations.text.turns import is_question_label
from annotations.text.uncased import may_be_one, saying, told_in

__all__ = ["Attribution", "Rule", "Told", "attributions", "proposal"]


# The other of two who speak together: a whole name, at the beginning of its clause.
_LONGEST_NAME = 60
_AND = r"\s(?:and|et|und|y|e|и|та|і)\s"
_ONE = r"[^\W\d_][\w’'-]{1,20}(?:\s[^\W\d_][\w’'.-]{1,20})?\s(?=[^\Wa-z\d_])[^\W\d_][\w’'.-]{1,20}"
_JOINT_BEFORE = re.compile(rf"(?:^|[.!?,;:”\"»]\s)(?P<name>(?=[^\Wa-z\d_]){_ONE}){_AND}$")
_JOINT_SHORT = re.compile(
    rf"{_AND}(?=[^\Wa-z\d_])[^\W\d_][\w’'-]{{1,20}}(?=[.,;:!?]|\s[^\W\dA-Z_]|$)"
)
# "sagten", "disent", "ont déclaré", "dijeron": two speak, though each has one name only.
_PLURAL = re.compile(r"(?:\bont\s\w{1,20}|\w{2}(?:en|ent|ron|an))$")
_JOINT_AFTER = re.compile(rf"{_AND}(?=[^\Wa-z\d_]){_ONE}(?=[.,;:!?\s]|$)")


# What begins a sentence about somebody whom it does not name.
_SOMEBODY = words_in(
    "a an one another someone somebody un une ein eine einer una uno um uma один одна"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A proposal of who says the words from `start` to `end`.

    `quotation` is the place of the quotation in the list the proposals were made from, or None
    for words passed on without marks: then the span is their sentence. `cue` and `speaker` are
    the spans of the verb and of the words that name the speaker, where there are any. `name` is
    the name to propose, and `is_guess` says that a pronoun or a description led to it.
    """

    start: int
    end: int
    quotation: int | None
    name: str
    rule: Rule
    told: Told
    cue: Span | None = None
    speaker: Span | None = None

    @property
    def is_guess(self) -> bool:
        return self.told in (Told.PRONOUN, Told.DESCRIPTION)


def attributions(
    text: str,
    sentences: Sequence[Sentence],
    found: Sequence[Quotation] | None = None,
    language: str = "en",
) -> list[Attribution]:
    """Who says each quotation in `found`, and each sentence that passes words on, in order.

    `sentences` and `found` are those of the text. What nobody can be proposed for is left out.
    """
    known = speech(language)
    if found is None:
        found = quotations(text, sentences, language)
    return _Reading(text, sentences, found, known, saying(language)).run()


def proposal(
    text: str, sentences: Sequence[Sentence], start: int, end: int, language: str = "en"
) -> Attribution | None:
    """Who probably says the words from `start` to `end`, or None where nothing tells.

    The innermost quotation that holds them all decides, else a sentence that passes them on.
    """
    found = quotations(text, sentences, language)
    proposed = attributions(text, sentences, found, language)
    quoted = [
        one
        for one in proposed
        if one.quotation is not None and _holds(found[one.quotation], start, end)
    ]
    if quoted:
        return max(quoted, key=lambda one: found[one.quotation or 0].depth)
    if any(one.form is Form.MARKS and _holds(one, start, end) for one in found):
        return None
    return next(
        (one for one in proposed if one.quotation is None and one.start <= start < one.end), None
    )


def _holds(quotation: Quotation, start: int, end: int) -> bool:
    """Whether the words are in it: their first and their last."""
    return quotation.covers(start, start + 1) and quotation.covers(end - 1, end)


class _Reading:
    """Reads a text from its beginning, and remembers who was last spoken of."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        found: Sequence[Quotation],
        known: Speech,
        told: Saying | None,
    ) -> None:
        self.text, self.known, self.found, self.sentences = text, known, found, sentences
        self.ordered = sorted(found, key=lambda one: one.start)
        self.tags = Tags(text, known)
        self.blocks = blocks(sentences)
        self.block_starts = [block.start for block in self.blocks]
        self.masked = [masked(text, found, depth) for depth in (0, 1)]
        self.beside = Beside(self.tags, sentences, self.ordered, self.blocks, self.masked, told)
        self.people = People(text, known)
        self.recent: list[Person] = []
        # The last body that spoke or was spoken of: the "it" of the next sentence.
        self.body: Person | None = None
        self.made: list[Attribution] = []
        # Where the last turn of a transcript ends: what is passed on in it, its speaker says.
        self.turn_end = 0

    def run(self) -> list[Attribution]:
        order = sorted(range(len(self.found)), key=lambda at: self.found[at].start)
        starts = [self.found[at].start for at in order]
        for number, block in enumerate(self.blocks):
            here = order[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            self._read(number, block, here)
        return sorted(self.made, key=lambda one: (one.start, one.quotation is None))

    def _read(self, number: int, block: Block, here: list[int]) -> None:
        """One paragraph: its sentences in order, each before the quotations that begin in it."""
        waiting, cues = list(here), set()
        for sentence in block.sentences:
            quoted = False
            while waiting and self.found[waiting[0]].start < sentence.end:
                at = waiting.pop(0)
                made = self._attribute(at, number, block)
                # Who is about to speak is not forgotten for words that nobody says: “the Barn”.
                quoted = quoted or bool(made) or self.found[at].start == sentence.start
                if made and made.cue:
                    cues.add(made.cue)
            if block.is_heading:
                continue
            in_turn = self.turn_end > sentence.start
            passed_on = not in_turn and self._passed_on(sentence, cues)
            if not passed_on and not quoted:
                self._remember_subject(sentence)

    # --- quotations ---

    def _attribute(self, at: int, number: int, block: Block) -> Attribution | None:
        quotation = self.found[at]
        if quotation.label:
            return self._labelled(at, quotation)
        found = self.beside.of(quotation, block)
        if found is None and quotation.depth:
            return None
        if found and found.who.told is Told.PRONOUN and self.beside.saying is not None:
            made = self._goes_by(at, block, found, self.beside.saying)
        else:
            made = self._made(at, quotation, found) if found else self._gone_on(at, block)
        if made:
            self._keep(made)
        return made

    def _labelled(self, at: int, quotation: Quotation) -> Attribution | None:
        assert quotation.label
        self.turn_end = quotation.end
        label = self.text[slice(*quotation.label)]
        if is_question_label(label, self.known):
            return None
        made = Attribution(
            quotation.start,
            quotation.end,
            at,
            label,
            Rule.LABEL,
            Told.NAME,
            speaker=quotation.label,
        )
        self._keep(made)
        return made

    def _gone_on(self, at: int, block: Block) -> Attribution | None:
        """The last speaker, where a quotation says nothing of its own about who speaks."""
        quotation = self.found[at]
        if block.is_heading or not self.made or self.beside.saying is not None:
            return None
        last = self.made[-1]
        if last.start >= block.start or (
            last.quotation is not None and self.found[last.quotation].covers(block.start, block.end)
        ):
            is_led = self._is_sentence(quotation, block) or self._is_added(quotation, block)
            if is_led or quotation.form is Form.DASH:
                return self._same(at, last, Rule.SAME_PARAGRAPH)
            return None
        return None

    def _goes_by(self, at: int, block: Block, found: Found, known: Saying) -> Attribution | None:
        """Whom a pronoun means, or a verb alone: who spoke in the sentence before, and no other."""
        here = bisect_right(block.sentences, found.who.start, key=lambda one: one.start) - 1
        if here < 1 or not found.cue:
            return None
        before, last = block.sentences[here - 1], self.made[-1] if self.made else None
        if last and last.cue and max(last.end, last.cue[1]) >= before.start:
            name, verb = last.name, last.cue
        elif told := told_in(self.masked[0], before.start, before.end, known):
            name, verb = told[0].text, told[1]
        else:
            return None
        if not may_be_one(known, self.text[slice(*verb)], self.text[slice(*found.cue)]):
            return None
        quotation, speaker = self.found[at], (found.who.start, found.who.end)
        return Attribution(
            quotation.start, quotation.end, at, name, found.rule, Told.PRONOUN, found.cue, speaker
        )

    def _is_sentence(self, quotation: Quotation, block: Block) -> bool:
        """Whether the quotation begins a sentence, and so is no word held at arm's length."""
        return block.sentence_at(quotation.start).start == quotation.start

    def _is_added(self, quotation: Quotation, block: Block) -> bool:
        """Whether a verb without its subject leads up to it: "И добавляет: «...»"."""
        sentence = block.sentence_at(quotation.start)
        words = words_of(self.masked[0], sentence.start, quotation.start)
        return len(words) <= 4 and any(self.tags.cue_of(word) for word in words)

    def _same(self, at: int, last: Attribution, rule: Rule) -> Attribution:
        quotation = self.found[at]
        return Attribution(
            quotation.start, quotation.end, at, last.name, rule, last.told, speaker=last.speaker
        )

    # --- words passed on ---

    def _passed_on(self, sentence: Sentence, used: set[Span]) -> bool:
        """Propose who passes words on in a sentence; whether somebody does."""
        masked = self.masked[0]
        words = words_of(masked, sentence.start, min(sentence.end, sentence.start + 4 * MAX_TAG))
        found = self.tags.reported(words, used)
        if found is None or self._is_in_quotation(found.who.start):
            return False
        self._remember_others(words, None)
        made = self._resolved(found, sentence.start, sentence.end, None)
        if made is None:
            return False
        self._keep(made)
        return True

    def _is_in_quotation(self, place: int) -> bool:
        near = self.made[-8:]
        return any(
            one.quotation is not None and self.found[one.quotation].covers(place, place + 1)
            for one in near
        )

    # --- who is meant ---

    def _made(self, at: int, quotation: Quotation, found: Found) -> Attribution | None:
        if quotation.depth and found.who.text in self.known.words.speaker_myself:
            outer = self._outer(quotation)
            return self._same(at, outer, Rule.OUTER) if outer else None
        return self._resolved(found, quotation.start, quotation.end, at)

    def _outer(self, quotation: Quotation) -> Attribution | None:
        for one in reversed(self.made[-16:]):
            if one.quotation is None:
                continue
            around = self.found[one.quotation]
            if around.depth < quotation.depth and around.covers(quotation.start, quotation.end):
                return one
        return None

    def _resolved(
        self, found: Found, start: int, end: int, quotation: int | None
    ) -> Attribution | None:
        who = found.who
        around = self._outer(self.found[quotation]) if quotation is not None else None
        name, told, person = self._meant(who, around.name if around else "")
        if not name:
            return None
        if told in (Told.NAME, Told.SHORT_NAME) and (joint := self._joint(who, found)):
            who, name, told = joint, joint.text, Told.NAME
        if person:
            self._remember(person)
        return Attribution(
            start, end, quotation, name, found.rule, told, found.cue, (who.start, who.end)
        )

    def _joint(self, who: Mention, found: Found) -> Mention | None:
        """Two who speak together: "Ann Bell and Tom Cole said"."""
        before = _JOINT_BEFORE.search(self.text, max(0, who.start - _LONGEST_NAME), who.start)
        if before and " " in who.text:
            return Mention(
                before.start("name"),
                who.end,
                Told.NAME,
                f"{before['name']}{self.text[before.end('name') : who.start]}{who.text}",
            )
        after = None
        if " " in who.text:
            after = _JOINT_AFTER.match(self.text, who.end, who.end + _LONGEST_NAME)
        elif found.cue and _PLURAL.search(self.text, max(0, found.cue[0] - 5), found.cue[1]):
            after = _JOINT_SHORT.match(self.text, who.end, who.end + _LONGEST_NAME)
        if after:
            name = self.text[who.start : after.end()].rstrip(".")
            return Mention(who.start, who.start + len(name), Told.NAME, name)
        return None

    def _meant(self, who: Mention, teller: str) -> tuple[str, Told, Person | None]:
        """The name, and how it is told; `teller` speaks of others within what is quoted."""
        if who.told is Told.PRONOUN and who.text in self.known.words.it:
            return (self.body.name if self.body else "", Told.PRONOUN, None)
        if who.told is Told.PRONOUN:
            person = next(
                (
                    one
                    for one in reversed(self.recent)
                    if one.name != teller and may_be(one, who.text, self.known)
                ),
                None,
            )
            return (person.name if person else "", Told.PRONOUN, person)
        if who.told is Told.UNNAMED:
            person = self.people.described(who)
            return (person.name, Told.DESCRIPTION, person) if person else (who.text, who.told, None)
        person = self.people.whole(who.text)
        if person is None:
            one = Person(who.text, who.start, who.end, frozenset(who.lead))
            return who.text, Told.NAME, one
        told = Told.SHORT_NAME if len(person.name) > len(who.text) else Told.NAME
        name = who.text if who.text == f"{person.name}." else person.name  # "King Jr."
        return name, told, person

    def _remember_subject(self, sentence: Sentence) -> None:
        """Whom a sentence is about may be the "she" of the next."""
        words = words_of(
            self.masked[0], sentence.start, min(sentence.end, sentence.start + MAX_TAG)
        )
        has_article = bool(words) and words[0].text in self.known.words.determiners
        for at in (0, *after_commas(words)[:2]):
            who = speaker_after(words, at, self.known)
            if at == 0 and has_article and who and who.told is Told.NAME and not who.lead:
                self.body = Person(who.text, who.start, who.end, frozenset())
                return
            if who and who.told is Told.NAME and (person := self._known_person(who)):
                self._remember_others(words, person)
                self._remember(person)
                return
            if who and at == 0 and self._is_body(who):
                self.body = Person(who.text, who.start, who.end, frozenset(who.lead))
        if words and words[0].text.lower() in _SOMEBODY:
            self.recent = []  # "A teacher", who is named nowhere, may be the "she" of the next.
        elif person := self.people.last_in(words):
            self._remember_others(words, person)
            self._remember(person)
        else:
            self._remember_others(words, None)

    def _remember_others(self, words: Sequence[Word], subject: Person | None) -> None:
        """Whoever else is named may be meant where the pronoun does not fit the subject."""
        for person in self.people.known_in(words):
            if person != subject:
                self._remember(person)

    def _is_body(self, who: Mention) -> bool:
        """Whether "it" may mean a sentence's subject: one name, or a body described."""
        if who.told is Told.NAME:
            return not who.text.endswith("s")
        return bool(who.lead) and who.lead[-1] in lowered(self.known.words.bodies)

    def _known_person(self, who: Mention) -> Person | None:
        """A person with a whole name in the text, or a first name that is one."""
        person = self.people.whole(who.text)
        if person and len(person.name.split()) > 1:
            return person
        one = Person(who.text, who.start, who.end, frozenset(who.lead))
        is_titled = any(word in lowered(self.known.words.honours) for word in who.lead)
        return one if one.is_woman is not None or is_titled else None

    def _remember(self, person: Person) -> None:
        self.recent = [*self.recent[-7:], person]

    def _keep(self, made: Attribution) -> None:
        self.made.append(made)
