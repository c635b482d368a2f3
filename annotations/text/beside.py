"""Who the words beside a quotation name: after it, before it, within it, or in the next line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotations.text.languages.base import words as words_in
from annotations.text.people import Told, Word, words_of
from annotations.text.quoted import MAX_DEPTH, MAX_TAG, Block, Form, Piece, Quotation
from annotations.text.saying import Saying
from annotations.text.sentences import Sentence
from annotations.text.tags import Found, Rule, Tags
from annotations.text.uncased import found_beside

# Verbs looked at within one piece, and the longest tag there, in code points.
_MAX_INNER_CUES = 20
_MAX_INNER_TAG = 80
_INNER_TAG = re.compile(
    r"[,!?…]\s(?:s’)?(?:(?:a|ont|avait|avaient|ha|han|había|hanno|aveva)\s)?$|[—–]\s?$"
)
# Words of a tag that is a sentence by itself, and those that may follow its verb.
_LONGEST_TAG = 16
_AFTER_TAG = words_in(
    """on in at to of during after before as from by with later then when again reporters us them
    yesterday today Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""
)


class Beside:
    """Looks beside the quotations of one text, which come in the order they stand in it.

    `masked` is the text with what is quoted blotted out, at each depth. `saying` is how a language
    without capitals says who speaks.
    """

    def __init__(
        self,
        tags: Tags,
        sentences: Sequence[Sentence],
        ordered: Sequence[Quotation],
        blocks: Sequence[Block],
        masked: Sequence[str],
        saying: Saying | None = None,
    ) -> None:
        self.tags, self.text, self.known = tags, tags.text, tags.known
        self.sentences, self.ordered, self.blocks, self.masked = sentences, ordered, blocks, masked
        self.block_starts = [block.start for block in blocks]
        self.saying = saying

    def of(self, quotation: Quotation, block: Block) -> Found | None:
        """Who the words right after a piece name, or those before the first."""
        if self.saying is not None:
            return found_beside(self.masked[0], self.text, quotation, self.saying)
        masked = self.masked[min(quotation.depth, 1)]
        for at, piece in enumerate(quotation.pieces):
            following = quotation.pieces[at + 1 : at + 2]
            if found := self._after(masked, quotation, piece, following):
                return found
        if quotation.form is not Form.MARKS:
            return None
        if self.known.words.dash_turns:
            return self._inside(quotation) or self._before(masked, quotation, block)
        before = self._before(masked, quotation, block)
        return before or (self._inside(quotation) if self.known.words.inverts else None)

    def _inside(self, quotation: Quotation) -> Found | None:
        """« Je sais, dit-elle. Partons. »: a tag for which the marks are not closed.

        Usual in French, Spanish and Russian. In German it is rarer than a quotation that tells
        what somebody else says, so that whoever is named before it comes first.
        """
        for piece in quotation.pieces:
            for count, cue in enumerate(self.known.cue.finditer(self.text, piece.start, piece.end)):
                if count == _MAX_INNER_CUES:
                    break
                if not _INNER_TAG.search(
                    self.text[max(piece.start, cue.start() - 10) : cue.start()]
                ):
                    continue
                sentence = self._block_of(piece.start).sentence_at(cue.start())
                end = min(piece.end, sentence.end, cue.start() + _MAX_INNER_TAG)
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
        found = self.tags.signed(words) or self.tags.verb_first(words)
        found = found or self.tags.verb_second(words) or self.tags.as_it_is_put(words)
        if found or quotation.form is not Form.MARKS:
            return found
        last = self.text[max(piece.start, piece.end - 3) : piece.end].rstrip("\"'”’“»«‹›」』 ")[-1:]
        if last == ",":
            return self.tags.any_verb(words)
        return self._in_next_sentence(masked, block, sentence, following, last)

    def _in_next_sentence(
        self, masked: str, block: Block, sentence: Sentence, following: Sequence[Piece], last: str
    ) -> Found | None:
        """“The roof was never safe.” Ann Bell said to cheers: the tag is a sentence by itself."""
        after = block.sentence_at(sentence.end + 1)
        if last not in tuple(".!?…") or after.start < sentence.end or following:
            return self._signature_below(masked, block, sentence)
        words = words_of(masked, after.start, min(after.end, after.start + MAX_TAG))
        if not words or len(words) > _LONGEST_TAG or any(word.text[0] == "\0" for word in words):
            return None
        if signed := self.tags.signed(words):
            return signed
        found = self.tags.verb_second(words)
        if found is None or found.cue is None:
            return None
        told = [word.text for word in words if word.start >= found.cue[1]]
        is_tag = not told or told[0].rstrip(".") in _AFTER_TAG or told[0][:1].isdigit()
        verb = self.text[slice(*found.cue)]
        is_said = verb in self.known.words.says or verb in self.known.words.speech_verbs
        return found if is_tag and is_said and found.who.told is Told.NAME else None

    def _signature_below(self, masked: str, block: Block, sentence: Sentence) -> Found | None:
        """A line that is a dash and a name, under a paragraph that a quotation ends."""
        if sentence.end < block.end:
            return None
        at = bisect_right(self.block_starts, block.start)
        if at >= len(self.blocks):
            return None
        below = self.blocks[at]
        return self.tags.signed(words_of(masked, below.start, min(below.end, below.start + 100)))

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


def masked(text: str, found: Sequence[Quotation], depth: int) -> str:
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
