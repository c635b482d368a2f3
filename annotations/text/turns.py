"""Turns: what somebody says after a dash that opens it, or after a label in a transcript."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from annotations.text.characters import CLOSING_QUOTES, DASHES, OPENING_QUOTES
from annotations.text.quoted import MAX_QUOTATIONS, Block, Form, Piece, Quotation, Span, by_start
from annotations.text.sentences import Sentence
from annotations.text.speech import Speech

# --- after a dash ---

_TURN = re.compile(r"[—–―]\s?(?=\S)")
_DASH = re.compile(r"\s?[—–―]\s?")
_TRAILING = " ,.;:"
# A quotation before a dash makes of it a turn.
_MARK = re.compile(f"[{re.escape(OPENING_QUOTES + CLOSING_QUOTES)}]")


def dashed(
    text: str, paragraphs: list[Block], taken: list[Piece], known: Speech
) -> Iterator[Quotation]:
    taken_at = {piece.start for piece in taken}
    opens = [bool(_TURN.match(text, block.start)) for block in paragraphs]
    for at, block in enumerate(paragraphs):
        if block.is_heading or block.start in taken_at:
            continue
        near = paragraphs[max(0, at - 1) : at + 2]
        if opens[at] and known.words.dash_turns and _is_dialogue(text, near, block, known):
            yield from _turn(text, block, known)


def _is_dialogue(text: str, near: list[Block], block: Block, known: Speech) -> bool:
    """Whether a paragraph that a dash opens is a turn, and no item of a list."""
    if text[block.start] != "–":
        return True
    turns = [one for one in near if _TURN.match(text, one.start)]
    return any(
        text[one.end - 1] in "?!…" or known.cue.search(text, one.start, one.end) for one in turns
    )


def _turn(text: str, block: Block, known: Speech) -> Iterator[Quotation]:
    """The speech in a paragraph, without what its dashes or commas set apart as who says it."""
    opening = _TURN.match(text, block.start)
    assert opening
    pieces: list[Piece] = []
    start, is_speech = opening.end(), True
    dashes = [*_DASH.finditer(text, start, block.end)][:MAX_QUOTATIONS]
    for left, right in [*((dash.start(), dash.end()) for dash in dashes), (block.end, block.end)]:
        if is_speech:
            pieces += _speech(text, start, left, known)
        is_tag_next = known.cue.search(text, right, min(block.end, right + 60))
        is_speech = not (is_speech and is_tag_next)
        start = right
    if pieces:
        yield Quotation(tuple(pieces), Form.DASH)


def _speech(text: str, start: int, end: int, known: Speech) -> Iterator[Piece]:
    """The pieces of a stretch of a turn; "…, dit-elle." within it is no speech."""
    tag = known.tag.search(text, start, end)
    stretches = [(start, tag.start()), (tag.end(), end)] if tag else [(start, end)]
    for left, right in stretches:
        words_ = text[left:right]
        left += len(words_) - len(words_.lstrip(_TRAILING))
        right = left + len(text[left:right].rstrip(" ,;:"))
        if right > left:
            yield Piece(left, right)


def dashed_within(
    text: str, paragraphs: list[Block], turns: list[Piece], marked: list[Quotation]
) -> Iterator[Quotation]:
    """The turns that a dash opens within paragraphs, outside quotation marks."""
    taken = {piece.start for piece in turns}
    outermost = (one for one in marked if one.depth == 0)
    quoted = sorted((piece for one in outermost for piece in one.pieces), key=by_start)
    for block in paragraphs:
        if block.start in taken:
            continue
        for turn in _dash_within(text, block):
            at = bisect_right(quoted, turn.start, key=by_start) - 1
            if at < 0 or quoted[at].end <= turn.start:
                yield turn


def _dash_within(text: str, block: Block) -> Iterator[Quotation]:
    """A turn that a dash opens after a quotation in the same paragraph, to the paragraph's end.

    Where several dashes do so they part the turns of several people.
    """
    turns = [
        at
        for at, sentence in enumerate(block.sentences)
        if at and text[sentence.start] in DASHES and _opens_turn(text, sentence)
    ][:MAX_QUOTATIONS]
    if not turns or not _MARK.search(text, block.start, block.sentences[turns[0]].start):
        return
    for at in turns:
        opening = _TURN.match(text, block.sentences[at].start)
        assert opening
        if _is_signature(text[opening.end() : block.sentences[at].end]):
            continue
        last = block.sentences[-1] if len(turns) == 1 else block.sentences[at]
        yield Quotation((Piece(opening.end(), last.end),), Form.DASH)


def _is_signature(words: str) -> bool:
    """Whether a dash leads to a name and no more: "— Ann Bell"; "― Tom Cole, Leeds"."""
    found = words.replace(",", " ").split()
    return 1 < len(found) <= 6 and all(word[0].isupper() and word[-1].isalpha() for word in found)


def _opens_turn(text: str, sentence: Sentence) -> bool:
    """Whether a dash opens a turn at once, and no quotation that has marks of its own."""
    opening = _TURN.match(text, sentence.start)
    return opening is not None and text[opening.end()] not in OPENING_QUOTES


# --- after a label ---

_LABEL = re.compile(
    r"(?:(?P<label>[^\W\d_][\w.’'\-]{0,30}+(?: [\w.’'\-]{1,30}+){0,5}(?: ?\([^()\n]{1,40}\))?):"
    r"|(?P<letter>[QA])\.)\s++"
)
# A text is a transcript when so many paragraphs, and such a part of all, begin with a label.
_MIN_TURNS = 3
_MIN_PART = 3


def labelled(text: str, paragraphs: list[Block], known: Speech) -> Iterator[Quotation]:
    """The turns of a transcript or interview; none where labels are rare."""
    body = [block for block in paragraphs if not block.is_heading]
    labels = [_label(text, block, known) for block in body]
    count = sum(label is not None for label in labels)
    if count < _MIN_TURNS:
        return
    names = Counter(text[slice(*label[0])] for label in labels if label)
    # A transcript begins with a turn, and people take turns; an article may have three labels.
    is_transcript = labels[0] is not None and max(names.values()) > 1
    if count * _MIN_PART < len(body) and not is_transcript:
        return
    turn: Quotation | None = None
    for block, label in zip(body, labels, strict=True):
        if label is None:
            if (
                (is_transcript or count * 2 >= len(body))
                and turn
                and len(turn.pieces) < MAX_QUOTATIONS
            ):
                turn = replace(turn, pieces=(*turn.pieces, Piece(block.start, block.end)))
            continue
        if turn:
            yield turn
        (start, end), speech = label
        turn = Quotation((Piece(speech, block.end),), Form.LABEL, label=(start, end))
    if turn:
        yield turn


def _label(text: str, block: Block, known: Speech) -> tuple[Span, int] | None:
    """The span of a paragraph's label and where its speech begins."""
    found = _LABEL.match(text, block.start, block.end)
    if not found:
        return None
    label = found["label"] or found["letter"]
    names = [word for word in re.split(r"[\s(]", label) if word[:1].isalpha()]
    if label.rstrip(".").lower() in known.words.nobody or found.end() >= block.end:
        return None
    if not names or not (names[0][0].isupper() or not names[0].isascii()):
        return None
    bare = label.partition(" (")[0]
    if sum(not word[:1].isupper() for word in bare.split()) > 1:
        return None
    return (found.start(), found.start() + len(bare)), found.end()


def is_question_label(label: str, known: Speech) -> bool:
    """Whether a label says what a turn is, and not who speaks: "Q", "QUESTION"."""
    return label.lower() in known.words.turn_labels
