"""Words that somebody else said are found: between quotation marks, in turns, after labels.

A quotation is a span of its own, which sentences need not respect. It may come in several pieces:
interrupted by who says it, or running over paragraphs that each open with a mark again, as
newspapers print it. Marks are matched paragraph by paragraph; a mark that nothing closes is said
to be so, and its quotation ends where a reader would end it.

Everything is linear in the length of the text, and no paragraph yields more than MAX_QUOTATIONS.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotations.text.characters import extends, is_led_up_to
from annotations.text.quoted import (
    MAX_DEPTH,
    MAX_QUOTATIONS,
    MAX_TAG,
    Block,
    Form,
    Piece,
    Quotation,
    blocks,
    by_start,
)
from annotations.text.sentences import Sentence
from annotations.text.speech import Speech, speech
from annotations.text.turns import dashed, dashed_within, labelled

__all__ = ["MAX_QUOTATIONS", "Form", "Piece", "Quotation", "quotations"]


def quotations(text: str, sentences: Sequence[Sentence], language: str = "en") -> list[Quotation]:
    """The quotations of the text in reading order; `sentences` are those of the text."""
    known, paragraphs = speech(language), blocks(sentences)
    text = _with_double_marks(text)
    found = list(labelled(text, paragraphs, known))
    turns = [piece for turn in found for piece in turn.pieces]
    dashes = list(dashed(text, paragraphs, turns, known))
    found += dashes
    turns += [piece for turn in dashes for piece in turn.pieces]
    marked = list(_marked(text, paragraphs, sorted(turns, key=by_start), known))
    found += marked
    found += dashed_within(text, paragraphs, turns, marked)
    return sorted(found, key=lambda quotation: (quotation.start, quotation.depth))


# --- quotation marks ---

# Two apostrophes are a double mark, as typewriters and whole archives have it: the mark, and a
# joiner that belongs to it, so that every place stays where it is.
_JOINER = "\u200d"


def _with_double_marks(text: str) -> str:
    """The text with each pair of apostrophes as one straight mark of two characters."""
    return text.replace("''", f'"{_JOINER}') if text.count("''") > 1 else text


_MARK = re.compile("[\"'“”„«»‹›‘’‚「」『』]")
_CLOSERS = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«»",
    "”": "”",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
}
# Mostly apostrophes: never a quotation unless they are closed.
_SINGLES = "'‘’‚"
_OPENS_ALWAYS = "“„«「『‹"
# How far ahead closing marks are counted, in code points.
_AHEAD = 2000
_BEFORE_OPENING = "([{—–-―:,¿¡/"


@dataclass(slots=True)
class _Open:
    at: int
    mark: str


class _Marks:
    """The quotations between marks of one text, paragraph by paragraph.

    `going_on` is the place in `found` of one that the last paragraph left open, and its mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quotation] = []
        self.going_on: tuple[int, str] | None = None

    def take(self, block: Block) -> None:
        """Find what one paragraph quotes, and end or continue what the last left open."""
        opened: list[_Open] = []
        continued = self._continues(block)
        first, count = True, 0
        for match in _MARK.finditer(self.text, block.start, block.end):
            at, mark = match.start(), match.group()
            if self._is_apostrophe(at, mark, block, opened):
                continue
            count += 1
            if count > 2 * MAX_QUOTATIONS:
                break
            level = self._closed_level(opened, at, mark)
            if level is not None:
                end = self._past(at, block)
                self._close(block, opened, level, end, going_on=continued and level == 0)
                continued = continued and bool(opened)
            elif first and self.going_on and mark in _CLOSERS[self.going_on[1]]:
                self._add_piece(block.start, self._past(at, block))
            elif self._may_open(at, mark, block):
                self._open(block, opened, at, mark)
            first = False
        self._leave(block, opened, going_on=continued)

    def _past(self, at: int, block: Block) -> int:
        """The place after a closing mark and what combines with it: one grapheme cluster."""
        end = at + 1
        while end < block.end and extends(self.text[end]):
            end += 1
        return end

    def _continues(self, block: Block) -> bool:
        """Whether the paragraph opens with the mark that the last one did not close."""
        if self.going_on is None or self.text[block.start] != self.going_on[1]:
            return False
        return len(self.found[self.going_on[0]].pieces) < MAX_QUOTATIONS

    def _is_apostrophe(self, at: int, mark: str, block: Block, opened: list[_Open]) -> bool:
        if mark not in "'‘’":
            return False
        before = self.text[at - 1] if at > block.start else " "
        after = self.text[at + 1] if at + 1 < block.end else " "
        if before.isalnum() and after.isalnum():
            return True
        if mark == "‘" or (mark == "'" and not before.isalnum() and after.isalnum()):
            return after.isdigit()  # ’90s
        if not opened or not any(mark in _CLOSERS[one.mark] for one in opened):
            return True
        if before not in "sSzZxX" or not after.isspace():
            return False
        # "the workers’ rights": a possessive, when the quotation is closed later on.
        later = re.compile(f"[.,!?…]{mark}|{mark}[.,;!?]").search(
            self.text, at + 1, min(block.end, at + 300)
        )
        return later is not None and "‘" not in self.text[at : later.start()]

    def _closed_level(self, opened: list[_Open], at: int, mark: str) -> int | None:
        """Which of the open marks this one closes, by its place in `opened`."""
        after = self._next(at, len(self.text))
        for level in range(len(opened) - 1, -1, -1):
            one = opened[level]
            if mark not in _CLOSERS[one.mark] or (mark == '"' != one.mark and after.isalnum()):
                continue
            # A straight mark after a space and before a word opens another.
            if mark == one.mark and self.text[at - 1].isspace() and after.isalnum():
                return None
            return level
        return None

    def _next(self, at: int, stop: int) -> str:
        """The character after a mark, which may be two characters wide."""
        after = at + 1 + self.text.startswith(_JOINER, at + 1)
        return self.text[after] if after < stop else " "

    def _may_open(self, at: int, mark: str, block: Block) -> bool:
        before = self.text[at - 1] if at > block.start else " "
        after = self._next(at, block.end)
        if mark in _OPENS_ALWAYS:
            return at + 1 < block.end
        if mark not in _CLOSERS or after.isspace():
            return False
        return before.isspace() or before in _BEFORE_OPENING or before in _CLOSERS

    def _open(self, block: Block, opened: list[_Open], at: int, mark: str) -> None:
        """Open a quotation. The same mark once more means that the last was never closed."""
        same = sum(one.mark == mark for one in opened)
        if mark not in _SINGLES and same and not self._is_nested(block, at, mark, same):
            while opened and opened[-1].mark != mark:
                opened.pop()
            self._unclosed(block, opened.pop(), len(opened), at)
        if len(opened) < MAX_DEPTH:
            opened.append(_Open(at, mark))

    def _is_nested(self, block: Block, at: int, mark: str, same: int) -> bool:
        """Whether as many marks close as are open: «... завод «Сталь» ...»."""
        ahead = self.text[at : min(block.end, at + _AHEAD)]
        closer = _CLOSERS[mark][0]
        return closer != mark and ahead.count(closer) >= ahead.count(mark) + same

    def _close(
        self, block: Block, opened: list[_Open], level: int, end: int, *, going_on: bool
    ) -> None:
        for depth in range(len(opened) - 1, level, -1):
            if opened[depth].mark not in _SINGLES:
                self._unclosed(block, opened[depth], depth, end - 1)
        one = opened[level]
        del opened[level:]
        if going_on and one.at == block.start:
            self._add_piece(one.at, end)
        elif self.text[one.at + 1 : end - 1].strip():
            self.found.append(Quotation((Piece(one.at, end),), depth=level))

    def _unclosed(self, block: Block, one: _Open, depth: int, limit: int) -> None:
        """A quotation without its closing mark; `limit` is the latest place for its end."""
        end = min(self._end_of_open(block, one), limit)
        end = one.at + len(self.text[one.at : end].rstrip())
        if end > one.at + 1:
            self.found.append(Quotation((Piece(one.at, end, is_closed=False),), depth=depth))

    def _end_of_open(self, block: Block, one: _Open) -> int:
        """Where a reader would end it: a part of a sentence with it, sentences with all."""
        if self._is_fragment(one):
            return block.sentence_at(one.at).end
        return block.end

    def _is_fragment(self, one: _Open) -> bool:
        return self.text[one.at + 1 : one.at + 3].strip(f" {_JOINER}")[:1].islower()

    def _leave(self, block: Block, opened: list[_Open], *, going_on: bool) -> None:
        """End the paragraph: what is open may go on in the next one."""
        opened = [one for one in opened if one.mark not in _SINGLES]
        if going_on and opened and opened[0].at == block.start:
            self._add_piece(block.start, block.end, is_closed=False)
            self.going_on = (self.going_on[0], opened[0].mark) if self.going_on else None
            return
        self.going_on = None
        for depth, one in enumerate(opened):
            self._unclosed(block, one, depth, block.end)
            if depth == 0 and not self._is_fragment(one) and self.found:
                self.going_on = (len(self.found) - 1, one.mark)

    def _add_piece(self, start: int, end: int, *, is_closed: bool = True) -> None:
        """Continue the quotation that the last paragraph left open."""
        assert self.going_on is not None
        at, _mark = self.going_on
        whole = self.found[at]
        # By convention the mark at the end of a paragraph is left out when the next goes on.
        *earlier, last = whole.pieces
        pieces = (*earlier, replace(last, is_closed=True), Piece(start, end, is_closed))
        self.found[at] = replace(whole, pieces=pieces)
        if is_closed:
            self.going_on = None


def _marked(
    text: str, paragraphs: list[Block], turns: list[Piece], known: Speech
) -> Iterator[Quotation]:
    marks = _Marks(text)
    for block in paragraphs:
        marks.take(block)
    starts = [piece.start for piece in turns]
    by_block = [block.start for block in paragraphs]
    joined: list[Quotation] = []
    for quotation in sorted(marks.found, key=lambda one: (one.start, one.depth)):
        at = bisect_right(starts, quotation.start) - 1
        if at >= 0 and quotation.start < turns[at].end:
            quotation = replace(quotation, depth=quotation.depth + 1)
        block = paragraphs[bisect_right(by_block, quotation.start) - 1]
        at_last = _last_spoken(text, joined) if quotation.depth == 0 else -1
        if at_last >= 0 and _goes_on(text, block, joined[at_last], quotation, known):
            last = joined[at_last]
            joined[at_last] = replace(last, pieces=last.pieces + quotation.pieces)
        else:
            joined.append(quotation)
    return iter(joined)


def _last_spoken(text: str, found: list[Quotation]) -> int:
    """The place of the last quotation that is no title or name: «Сталь» in who says it."""
    for at in range(len(found) - 1, max(-1, len(found) - 1 - 2 * MAX_DEPTH), -1):
        one = found[at]
        if one.depth == 0 and not _is_title(text, one):
            return at
    return -1


def _is_title(text: str, one: Quotation) -> bool:
    """Whether a quotation is a few words with a capital that nobody says: «Сталь»."""
    words = text[one.start + 1 : one.end - 1].split(None, 3)
    is_short = 0 < len(words) <= 3 and words[0][0].isupper()
    return is_short and not _is_spoken(text, one.end, text[one.end : one.end + 3])


# --- one quotation in several pieces ---

# A Chinese full stop too, since the words of who says it follow it: “走吧。”他说。
_PAUSE = ",،，!?؟！？…—–。"


def _goes_on(text: str, block: Block, last: Quotation, quotation: Quotation, known: Speech) -> bool:
    """Whether only the words of who says it stand between: "...," he said. "..." """
    if last.end < block.start or quotation.start - last.end > MAX_TAG or not last.is_closed:
        return False
    if text[last.end - 2] in "。！？…" and is_led_up_to(text, last.end):
        return False  # 甲说：“…。”乙说，“…。”
    between = text[last.end : quotation.start]
    cue = known.cue.search(between)
    if not cue or not _is_spoken(text, last.end, between):
        return False
    here, there = block.sentence_at(last.end - 1), block.sentence_at(quotation.start)
    if there is here:
        return between.rstrip()[-1:] in tuple(",،，:—–") and not _is_tagged(
            text, block, quotation, known
        )
    if there is not _next(block, here) or text[there.start : quotation.start].strip(" —–"):
        return False
    return not _is_tagged(text, block, quotation, known)


def _next(block: Block, sentence: Sentence) -> Sentence | None:
    at = bisect_right(block.sentences, sentence.start, key=lambda one: one.start)
    return block.sentences[at] if at < len(block.sentences) else None


def _is_spoken(text: str, end: int, between: str) -> bool:
    """Whether the quotation ends as speech does before its speaker is named."""
    inside = text[max(0, end - 3) : end].rstrip(f"\"'”’“»«‹›」』 {_JOINER}")
    return inside[-1:] in tuple(_PAUSE) or between.lstrip()[:1] in tuple(",،，—–-")


def _is_tagged(text: str, block: Block, quotation: Quotation, known: Speech) -> bool:
    """Whether the quotation has words of its own that say who speaks."""
    end = quotation.end
    rest = text[end : min(block.sentence_at(end - 1).end, end + MAX_TAG)]
    return bool(_is_spoken(text, end, rest) and known.cue.search(rest[:80]))
