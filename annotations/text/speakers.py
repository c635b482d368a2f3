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

from annotations.text.names import People, Person, may_be
from annotations.text.people import Mention, Told, Word, lowered, speaker_after, words_of
from annotations.text.quotations import quotations
from annotations.text.quoted import (
    MAX_DEPTH,
    MAX_TAG,
    Block,
    Form,
    Piece,
    Quotation,
    Span,
    blocks,
)
from annotations.text.sentences import Sentence
from annotations.text.speech import Speech, speech
from annotations.text.tags import Found, Rule, Tags, after_commas
from annotations.text.turns import is_question_label

__all__ = ["Attribution", "Rule", "Told", "attributions", "proposal"]

# Verbs looked at within one piece, and the longest tag there, in code points.
_MAX_INNER_CUES = 20
_MAX_INNER_TAG = 80
_INNER_TAG = re.compile(r"[,!?…]\s(?:s’)?$|[—–]\s?$")


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
    return _Reading(text, sentences, found, known).run()


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
        self, text: str, sentences: Sequence[Sentence], found: Sequence[Quotation], known: Speech
    ) -> None:
        self.text, self.known, self.found, self.sentences = text, known, found, sentences
        self.ordered = sorted(found, key=lambda one: one.start)
        self.tags = Tags(text, known)
        self.blocks = blocks(sentences)
        self.block_starts = [block.start for block in self.blocks]
        self.masked = [_masked(text, found, depth) for depth in (0, 1)]
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
                made = self._attribute(waiting.pop(0), number, block)
                quoted = True
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
        found = self._beside(quotation, block)
        if found is None and quotation.depth:
            return None
        made = self._made(at, quotation, found) if found else self._gone_on(at, number, block)
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

    def _beside(self, quotation: Quotation, block: Block) -> Found | None:
        """Who the words right after a piece name, or those before the first."""
        masked = self.masked[min(quotation.depth, 1)]
        for at, piece in enumerate(quotation.pieces):
            following = quotation.pieces[at + 1 : at + 2]
            if found := self._after(masked, quotation, piece, following):
                return found
        if quotation.form is not Form.MARKS:
            return None
        return self._inside(quotation) or self._before(masked, quotation, block)

    def _inside(self, quotation: Quotation) -> Found | None:
        """« Je sais, dit-elle. Partons. »: French, Spanish and Russian leave the marks open."""
        if not self.known.words.dash_turns:
            return None
        for piece in quotation.pieces:
            for count, cue in enumerate(self.known.cue.finditer(self.text, piece.start, piece.end)):
                if count == _MAX_INNER_CUES:
                    break
                if not _INNER_TAG.search(
                    self.text[max(piece.start, cue.start() - 4) : cue.start()]
                ):
                    continue
                end = min(piece.end, cue.start() + _MAX_INNER_TAG)
                if found := self.tags.verb_first(words_of(self.masked[1], cue.start(), end)):
                    return found
        return None

    def _block_of(self, place: int) -> Block:
        return self.blocks[max(0, bisect_right(self.block_starts, place) - 1)]

    def _after(
        self, masked: str, quotation: Quotation, piece: Piece, following: Sequence[Piece]
    ) -> Found | None:
        """The tag after a piece: to the end of its sentence, or to the next piece."""
        block = self._block_of(piece.start)
        start = piece.end
        sentence = block.sentence_at(start - 1)
        if not piece.is_closed:
            # "... is stalled. The minister told reporters": the comma and the mark were lost.
            sentence = block.sentence_at(start + 1)
            if sentence.start < start or not self._is_tag_alone(masked, sentence):
                return None
        end = min(sentence.end, start + MAX_TAG, *(one.start for one in following))
        if quotation.depth:
            end = min(end, self._end_around(quotation, piece))
        words = words_of(masked, start, end)
        if quotation.form is Form.MARKS and piece.is_closed and not self._is_spoken(piece, words):
            return self.tags.according(words, 0) if words else None
        return self.tags.verb_first(words) or self.tags.verb_second(words)

    def _end_around(self, quotation: Quotation, piece: Piece) -> int:
        """Where the quotation around one ends: what says who speaks in it stands before."""
        place = bisect_left(self.ordered, piece.start, key=lambda one: one.start)
        for one in reversed(self.ordered[max(0, place - 4 * MAX_DEPTH) : place]):
            for around in one.pieces:
                if one.depth < quotation.depth and around.start <= piece.start < around.end:
                    return around.end - 1
        return piece.end + MAX_TAG

    def _is_tag_alone(self, masked: str, sentence: Sentence) -> bool:
        """Whether a sentence is a speaker, a verb and at most a few words: a tag."""
        words = words_of(masked, sentence.start, sentence.end)
        return len(words) <= 14 and self.tags.verb_second(words) is not None

    def _is_spoken(self, piece: Piece, words: list[Word]) -> bool:
        inside = self.text[max(piece.start, piece.end - 3) : piece.end].rstrip("\"'”’“»«‹›」』 ")
        is_pause = inside[-1:] in tuple(",，!?！？…—–.")
        return is_pause or bool(words and words[0].text in ",—–")

    def _before(self, masked: str, quotation: Quotation, block: Block) -> Found | None:
        sentence = block.sentence_at(quotation.start)
        words = words_of(
            masked, max(sentence.start, quotation.start - 2 * MAX_TAG), quotation.start
        )
        if any(word.text.isalnum() for word in words):
            if self._is_title(quotation, words[-1]):
                return None
            return self.tags.introduced(words, Rule.BEFORE)
        return self._after_colon(masked, sentence)

    def _is_title(self, quotation: Quotation, before: Word) -> bool:
        """Whether a few words with a capital inside a sentence name a thing: “The Bridge”."""
        inside = self.text[quotation.start + 1 : quotation.end - 1].split()
        is_led_up_to = before.text in ",:—–" or before.text in self.known.words.that
        return bool(inside) and inside[0][0].isupper() and len(inside) <= 4 and not is_led_up_to

    def _after_colon(self, masked: str, sentence: Sentence) -> Found | None:
        """Who the sentence before names, when it ends in a colon."""
        at = bisect_left(self.sentences, sentence.start, key=lambda one: one.start) - 1
        if at < 0 or self.text[self.sentences[at].end - 1] not in ":：":
            return None
        earlier = self.sentences[at]
        words = words_of(masked, max(earlier.start, earlier.end - 2 * MAX_TAG), earlier.end)
        return self.tags.introduced(words, Rule.COLON)

    def _gone_on(self, at: int, number: int, block: Block) -> Attribution | None:
        """The last speaker, where a quotation says nothing of its own about who speaks."""
        quotation = self.found[at]
        if block.is_heading or not self.made:
            return None
        last = self.made[-1]
        if last.start >= block.start or (
            last.quotation is not None and self.found[last.quotation].covers(block.start, block.end)
        ):
            is_led = self._is_sentence(quotation, block) or self._is_added(quotation, block)
            if is_led or quotation.form is Form.DASH:
                return self._same(at, last, Rule.SAME_PARAGRAPH)
            return None
        earlier = self.blocks[max(0, number - 2)]
        fills = quotation.start == block.start and quotation.end >= block.end - 1
        if last.end > earlier.start and fills and quotation.form is Form.MARKS:
            return self._same(at, last, Rule.PARAGRAPH_BEFORE)
        return None

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
        name, told, person = self._meant(who)
        if not name:
            return None
        if person:
            self._remember(person)
        return Attribution(
            start, end, quotation, name, found.rule, told, found.cue, (who.start, who.end)
        )

    def _meant(self, who: Mention) -> tuple[str, Told, Person | None]:
        if who.told is Told.PRONOUN and who.text in self.known.words.it:
            return (self.body.name if self.body else "", Told.PRONOUN, None)
        if who.told is Told.PRONOUN:
            person = next(
                (one for one in reversed(self.recent) if may_be(one, who.text, self.known)), None
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
        return person.name, told, person

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
                self._remember(person)
                return
            if who and at == 0 and self._is_body(who):
                self.body = Person(who.text, who.start, who.end, frozenset(who.lead))
        if person := self.people.last_in(words):
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


def _masked(text: str, found: Sequence[Quotation], depth: int) -> str:
    """The text with what is quoted at a depth blotted out, each character for one."""
    parts, end = [], 0
    for quotation in sorted(found, key=lambda one: one.start):
        if quotation.depth != depth or quotation.form is Form.LABEL:
            continue
        for piece in quotation.pieces:
            if piece.start >= end:
                parts += [text[end : piece.start], "\0" * (piece.end - piece.start)]
                end = piece.end
    return "".join(parts) + text[end:]
