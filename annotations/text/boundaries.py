"""Where sentences begin, when a person says otherwise than the rules: joined, split, shifted.

A cut is known by where its sentences begin; each ends at the last visible character before the
next begins, so that only white space ever lies between. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from annotations.text.characters import extends
from annotations.text.difference import Course
from annotations.text.sentences import ParagraphKind, Sentence


class BadCut(ValueError):
    """The text cannot be cut so. `str()` is English; `code` and `at` (a place) are to translate."""

    def __init__(self, code: str, message: str, at: int = 0) -> None:
        super().__init__(message.format(at=at))
        self.code = code
        self.at = at


def starts_of(sentences: Iterable[Sentence]) -> list[int]:
    return [sentence.start for sentence in sentences]


def kinds_of(sentences: Iterable[Sentence]) -> dict[int, ParagraphKind]:
    """Where what is no body begins, and what it is."""
    return {each.start: each.kind for each in sentences if each.kind is not ParagraphKind.BODY}


def recut(
    text: str,
    sentences: Sequence[Sentence],
    starts: Sequence[int],
    kinds: Mapping[int, ParagraphKind] | None = None,
) -> list[tuple[Sentence, int]]:
    """The sentences that begin at `starts`, each with the index of the one it began in before.

    Those that begin at one of `kinds` are of that kind, and paragraphs of their own; all others
    are body. Without them, what was a heading stays one, and no sentence is part heading and part
    body. Raises BadCut.
    """
    firsts = starts_of(sentences)
    changes = {
        sentence.start
        for at, sentence in enumerate(sentences)
        if at == 0 or sentence.kind is not sentences[at - 1].kind
    }
    _check(text, firsts, changes if kinds is None else set(), starts)
    cut: list[tuple[Sentence, int]] = []
    joined: dict[int, int] = {}
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else sentences[-1].end
        end = start + len(text[start:stop].rstrip())
        origin = bisect_right(firsts, start) - 1
        paragraph = sentences[origin].paragraph
        paragraph = joined.get(paragraph, paragraph)
        # A sentence that goes on into the next paragraph makes one of the two.
        for later in sentences[origin + 1 : bisect_right(firsts, end - 1)]:
            joined[later.paragraph] = paragraph
        cut.append((Sentence(start, end, paragraph, sentences[origin].kind), origin))
    return cut if kinds is None else _of_kinds(cut, kinds)


def _of_kinds(
    cut: list[tuple[Sentence, int]], kinds: Mapping[int, ParagraphKind]
) -> list[tuple[Sentence, int]]:
    """The cut with these kinds; a paragraph holds one kind, and a row is one."""
    found: list[tuple[Sentence, int]] = []
    number, last = -1, None
    for row, origin in cut:
        kind = kinds.get(row.start, ParagraphKind.BODY)
        number += last != (row.paragraph, kind)
        last = (row.paragraph, kind)
        found.append((Sentence(row.start, row.end, number, kind), origin))
    return found


def check_one_kind(sentences: Sequence[Sentence], index: int) -> None:
    """Raise BadCut when the sentence at `index` and the next are not of one kind."""
    pair = sentences[index : index + 2]
    if len({row.kind for row in pair}) > 1:
        raise _mixed(pair[-1].start)


def _mixed(at: int) -> BadCut:
    return BadCut(
        "kind",
        "A heading or row is a sentence of its own: one begins or ends at character {at}.",
        at + 1,
    )


def _check(text: str, firsts: list[int], changes: set[int], starts: Sequence[int]) -> None:
    if not starts or starts[0] != firsts[0]:
        raise BadCut("first", "The first sentence begins where the text does.")
    if any(a >= b for a, b in pairwise(starts)):
        raise BadCut("order", "Sentences begin one after the other.")
    for at in starts:
        if not 0 <= at < len(text) or text[at].isspace() or extends(text[at]):
            raise BadCut("place", "No sentence can begin at character {at}.", at + 1)
    if missing := changes - set(starts):
        raise _mixed(min(missing))


def joined_with_next(starts: Sequence[int], index: int) -> list[int]:
    """The cut without the beginning of the sentence after the one at `index`."""
    return [start for at, start in enumerate(starts) if at != index + 1]


def split_at(starts: Sequence[int], at: int) -> list[int]:
    """The cut with one more sentence, that begins at `at`."""
    return sorted({*starts, at})


def shifted(starts: Sequence[int], index: int, at: int) -> list[int]:
    """The cut in which the sentence after the one at `index` begins at `at` instead."""
    return split_at(joined_with_next(starts, index), at)


def carried(
    before: str,
    cut: Sequence[tuple[int, int]],
    by_rule: Iterable[int],
    after: str,
    starts: Iterable[int],
) -> list[int]:
    """`starts`, the rules' cut of the text `after`, with what people changed in that of `before`.

    `cut` are the spans of `before`, `by_rule` where the rules begin its sentences. A change is
    carried while the sentences it is about stand there word for word.
    """
    ruled, found = set(by_rule), set(starts)
    had = {start for start, _end in cut}
    if had == ruled:
        return sorted(found)
    course = Course(before, after)
    removed = sorted(ruled - had)
    firsts = [start for start, _end in cut]
    for at in removed:
        index = bisect_right(firsts, at) - 1
        if index >= 0 and course.kept(*cut[index]):
            found.discard(course.follow(at, at + 1)[0])
    for index, (start, end) in enumerate(cut):
        if start in ruled or index == 0:
            continue
        if course.kept(cut[index - 1][0], end):
            found.add(course.follow(start, start + 1)[0])
    return sorted(found)
