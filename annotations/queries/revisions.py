"""Pages about an article's texts: one text with its marks, two compared, marks without a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from annotations import readiness
from annotations.models import Article, Claim, Mark, Orphan, Revision, Sentence
from annotations.text.difference import Part, parts
from annotations.text.folding import fold
from annotations.text.layout import Span, pieces
from annotations.vocabulary import ClaimStatus

CLOSE = 1
"""Unchanged paragraphs that are shown on either side of a changed one."""


class TextWithSentences:
    """A revision's text with its sentences, to find the sentence that stands around a place."""

    def __init__(self, text: str, sentences: Iterable[Sentence]) -> None:
        self.text = text
        self.sentences = list(sentences)

    def touched(self, start: int, end: int) -> Sequence[Sentence]:
        first = bisect_right(self.sentences, start, key=lambda row: row.end)
        last = bisect_left(self.sentences, end, key=lambda row: row.start)
        return self.sentences[first:last]

    def around(self, start: int, end: int) -> str:
        """The sentences that the span touches, as they stand."""
        rows = self.touched(start, end)
        return self.text[rows[0].start : rows[-1].end] if rows else self.text[start:end]

    def shown(self, start: int, end: int) -> list[str]:
        """The sentences that the span touches, in three: before, the span, after."""
        rows = self.touched(start, end)
        first, last = (rows[0].start, rows[-1].end) if rows else (start, end)
        first, last = min(first, start), max(last, end)
        return [self.text[first:start], self.text[start:end], self.text[end:last]]


def with_sentences(revisions: Iterable[int]) -> dict[int, TextWithSentences]:
    """The revisions with these keys, in two statements however many there are."""
    rows: dict[int, list[Sentence]] = {}
    keys = set(revisions)
    for sentence in Sentence.objects.filter(revision__in=keys):
        rows.setdefault(sentence.revision_id, []).append(sentence)
    return {
        key: TextWithSentences(revision.text, rows.get(key, ()))
        for key, revision in Revision.objects.in_bulk(list(keys)).items()
    }


def revisions(article: Article) -> QuerySet[Revision]:
    """The article's revisions, newest first, without their texts."""
    rows = article.revisions.defer("text", "notices").select_related("created_by")
    counted = rows.annotate(
        mark_count=Count("marks", distinct=True), orphan_count=Count("orphans", distinct=True)
    )
    return counted.order_by("-number")


# --- one text with its marks ---


def marked_text(revision: Revision) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The paragraphs of a revision with its marks, and its claims, numbered in reading order.

    No rating and no status is told: they are the claim's now, not the text's then.
    """
    marks = list(revision.marks.select_related("claim").order_by("start", "end", "pk"))
    numbers = {
        claim: number for number, claim in enumerate(dict.fromkeys(m.claim_id for m in marks), 1)
    }
    spans = [Span(mark.start, mark.end, numbers[mark.claim_id]) for mark in marks]
    paragraphs: list[dict[str, Any]] = []
    last: Sentence | None = None
    first_open = 0
    for row in revision.sentences.all():
        if last is None or last.paragraph != row.paragraph:
            paragraphs.append({"kind": row.kind, "block": row.block, "sentences": []})
        while first_open < len(spans) and spans[first_open].end <= row.start:
            first_open += 1
        near = spans[first_open : bisect_left(spans, row.end, key=lambda span: span.start)]
        text = revision.text[row.start : row.end]
        paragraphs[-1]["sentences"].append(
            {"number": row.number, "pieces": pieces(text, row.start, near)}
        )
        last = row
    claims = {
        numbers[mark.claim_id]: {"number": numbers[mark.claim_id], "claim": mark.claim}
        for mark in marks
    }
    return paragraphs, list(claims.values())


# --- two texts compared ---


def compared(before: str, after: str) -> list[dict[str, Any]]:
    """The difference by paragraphs: {parts} where something changed or is near, {gap} elsewhere.

    `gap` counts the unchanged paragraphs left out. Empty when nothing changed.
    """
    rows: list[list[Part]] = [[]]
    for part in parts(before, after):
        first, *others = part.text.split("\n")
        rows[-1].append(Part(part.op, first))
        rows += [[Part(part.op, line)] for line in others]
    rows = [kept for row in rows if (kept := [part for part in row if part.text.strip()])]
    changed = [at for at, row in enumerate(rows) if any(part.op != "same" for part in row)]
    shown = {near for at in changed for near in range(at - CLOSE, at + CLOSE + 1)}
    found: list[dict[str, Any]] = []
    for at, row in enumerate(rows if changed else []):
        if at in shown:
            found.append({"parts": row})
        elif found and "gap" in found[-1]:
            found[-1]["gap"] += 1
        else:
            found.append({"gap": 1})
    return found


# --- marks that wait for a person ---


@dataclass(frozen=True, slots=True)
class Place:
    """Where an orphan may belong: its span, its sentence in three, and how its words differ."""

    start: int
    end: int
    likeness: int
    shown: list[str]
    difference: list[Part]


@dataclass(frozen=True, slots=True)
class Lost:
    """A mark without a place, as it stood, with where it may belong."""

    orphan: Orphan
    claim: Claim
    shown: list[str]
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A mark whose sentence changed, with how it did.

    `only_printed`: nothing did but quotation marks, dashes, spaces and ligatures.
    """

    mark: Mark
    claim: Claim
    difference: list[Part]
    only_printed: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Everything about an article's marks that waits for a person."""

    revision: Revision
    unsure: list[Unsure]
    lost: list[Lost]
    placeless: list[Claim]
    settled: list[Orphan]

    @property
    def reprinted(self) -> list[Unsure]:
        """Those that one look settles together."""
        return [row for row in self.unsure if row.only_printed]

    @property
    def count(self) -> int:
        return len(self.unsure) + len(self.lost) + len(self.placeless)


def unsettled(article: Article) -> Unsettled:
    """The marks that wait, in eight statements."""
    revision = article.revision
    unsure = list(
        readiness.unconfirmed(revision).select_related("claim", "came_from").order_by("start", "pk")
    )
    orphans = list(
        revision.orphans.select_related("mark__claim", "settled_by").order_by("mark__start", "pk")
    )
    aside = ClaimStatus.SET_ASIDE
    waiting = [row for row in orphans if not row.outcome and row.mark.claim.status != aside]
    before = [row.mark for row in waiting] + [_origin(mark) for mark in unsure]
    texts = with_sentences({revision.pk, *(mark.revision_id for mark in before)})
    now = texts[revision.pk]
    return Unsettled(
        revision,
        [_unsure(mark, texts[_origin(mark).revision_id], now) for mark in unsure],
        [_lost(orphan, texts[orphan.mark.revision_id], now) for orphan in waiting],
        list(readiness.placeless(article, revision).order_by("number")),
        [each for each in orphans if each.outcome],
    )


def _origin(mark: Mark) -> Mark:
    assert mark.came_from is not None
    return mark.came_from


def _unsure(mark: Mark, then: TextWithSentences, now: TextWithSentences) -> Unsure:
    was = _origin(mark)
    before, after = then.around(was.start, was.end), now.around(mark.start, mark.end)
    only_printed = fold(before).text == fold(after).text
    return Unsure(mark, mark.claim, parts(before, after), only_printed)


def _lost(orphan: Orphan, then: TextWithSentences, now: TextWithSentences) -> Lost:
    mark = orphan.mark
    places = [place(mark.exact, now, **_span(proposal)) for proposal in orphan.proposals]
    return Lost(orphan, mark.claim, then.shown(mark.start, mark.end), places)


def _span(proposal: dict[str, Any]) -> dict[str, int]:
    return {name: int(proposal[name]) for name in ("start", "end", "likeness")}


def place(exact: str, now: TextWithSentences, start: int, end: int, likeness: int = 100) -> Place:
    """A place for words that were `exact`."""
    words = now.text[start:end]
    return Place(start, end, likeness, now.shown(start, end), parts(exact, words))
