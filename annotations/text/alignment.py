"""Which stretches of two sequences are the same, in order, within a bound of work.

Patience comparing (Bram Cohen, 2002): what stands once in both, line by line and then word by
word, holds the two together; what lies between is compared to the letter of Myers, "An O(ND)
difference algorithm" (1986), while it is small. The bound is of steps, never of seconds, so that
the same two texts compare alike on a busy machine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from diff_match_patch import diff_match_patch

WORK = 8_000_000
"""Steps that comparing two sequences may take; what is not compared then is not the same."""
# Two stretches are compared by Myers while one times the other is at most this.
_SMALL = 250_000

Block = tuple[int, int, int]
"""Where a stretch stands in the old and in the new sequence, and how long it is."""
_Gap = tuple[int, int, int, int]


def blocks(old: str, new: str, ends: str, *, work: int = WORK) -> list[Block]:
    """The stretches of `old` that stand in `new` too, in order; none overlaps another.

    Each character is one word; those in `ends` end a line. `work` is a number of steps.
    """
    found: list[Block] = []
    gaps: list[tuple[_Gap, bool]] = [((0, len(old), 0, len(new)), True)]
    while gaps and work > 0:
        gap, by_line = gaps.pop()
        a, b, c, d = gap = _without_ends(old, new, gap, found)
        work -= (b - a) + (d - c) + 1
        if a == b or c == d:
            continue
        size = (b - a) * (d - c)
        if size <= min(_SMALL, work):
            same = list(_by_myers(old, new, gap))
            changed = (b - a) + (d - c) - 2 * sum(length for _a, _c, length in same)
            work -= (b - a + d - c) * changed // 2
            found += same
            continue
        anchors = list(_anchors(old, new, gap, ends if by_line else ""))
        found += anchors
        if anchors or by_line:
            gaps += [(each, False) for each in _between(gap, anchors)]
    return sorted(found)


def _without_ends(old: str, new: str, gap: _Gap, found: list[Block]) -> _Gap:
    """The gap without what is the same at its beginning and its end, which `found` takes."""
    a, b, c, d = gap
    compare = diff_match_patch()
    if head := compare.diff_commonPrefix(old[a:b], new[c:d]):
        found.append((a, c, head))
        a, c = a + head, c + head
    if tail := compare.diff_commonSuffix(old[a:b], new[c:d]):
        b, d = b - tail, d - tail
        found.append((b, d, tail))
    return a, b, c, d


def _by_myers(old: str, new: str, gap: _Gap) -> Iterator[Block]:
    a, b, c, d = gap
    compare = diff_match_patch()
    compare.Diff_Timeout = 0  # no clock: the gap is small
    for op, run in compare.diff_main(old[a:b], new[c:d], False):
        if op == 0:
            yield a, c, len(run)
        a += len(run) * (op != 1)
        c += len(run) * (op != -1)


def _anchors(old: str, new: str, gap: _Gap, ends: str) -> Iterator[Block]:
    """What stands once in both stretches, the longest run of it that is in order."""
    a, b, c, d = gap
    theirs = _once(_pieces(new, c, d, ends))
    pairs = [
        (at, theirs[piece], len(piece))
        for piece, at in _once(_pieces(old, a, b, ends)).items()
        if piece in theirs
    ]
    yield from _in_order(pairs)


def _pieces(text: str, start: int, stop: int, ends: str) -> Iterator[tuple[str, int]]:
    """The lines of the stretch with their places; without `ends`, its characters."""
    if not ends:
        yield from zip(text[start:stop], range(start, stop), strict=True)
        return
    first = start
    for at in range(start, stop):
        if text[at] in ends:
            yield text[first : at + 1], first
            first = at + 1
    if first < stop:
        yield text[first:stop], first


def _once(pieces: Iterator[tuple[str, int]]) -> dict[str, int]:
    """The pieces that stand once, in order, with their places."""
    rows = list(pieces)
    counts = Counter(piece for piece, _at in rows)
    return {piece: at for piece, at in rows if counts[piece] == 1}


def _in_order(pairs: list[Block]) -> list[Block]:
    """The longest run of the pairs, which come by old place, whose new places rise too."""
    tops: list[int] = []
    at_top: list[int] = []
    before: list[int] = []
    for number, (_old, new, _length) in enumerate(pairs):
        pile = bisect_left(tops, new)
        before.append(at_top[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [new]
        at_top[pile : pile + 1] = [number]
    run, number = [], at_top[-1] if at_top else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _between(gap: _Gap, anchors: list[Block]) -> Iterator[_Gap]:
    a, b, c, d = gap
    for (at, its, length), (next_at, next_its, _length) in pairwise(
        [(a, c, 0), *anchors, (b, d, 0)]
    ):
        yield at + length, next_at, its + length, next_its
