"""The text of an article as the workbench shows it: paragraphs of sentences of pieces.

A piece is a run of words in which the same claims are marked; links are spans too.
"""

from __future__ import annotations

from typing import Any

from annotations.models import Sentence
from annotations.text.layout import Span, pieces
from annotations.vocabulary import SentenceKind, Triage

from .workbench import Workbench

PICKED = 0
"""Stands for the words a person is marking, among the keys of claims."""


def paragraphs_of(
    bench: Workbench, current: int | None, url: Any, picked: tuple[int, int] | None = None
) -> list[dict[str, Any]]:
    """The text, a list of paragraphs of sentences of pieces, for `annotations/text.html`.

    `current` is the key of the claim in the panel; `url` makes the address of a claim's panel
    (`claim=`) or a sentence's (`sentence=`); `picked` is the span being marked, in code points.
    """
    spans = [
        Span(mark.start, mark.end, entry.claim.pk)
        for entry in bench.entries
        for mark in entry.marks
    ]
    if picked is not None:
        spans.append(Span(*picked, PICKED))
    # Claims' keys are above PICKED, links are counted below it.
    spans += [Span(link.start, link.end, -at) for at, link in enumerate(bench.links, 1)]
    spans.sort(key=lambda span: span.start)
    coming = iter(spans)
    following = next(coming, None)
    near: list[Span] = []
    seen: set[int] = set()
    found: list[dict[str, Any]] = []
    last: Sentence | None = None
    labels = {value: str(label) for value, label in Triage.choices}
    kinds = {value: str(label) for value, label in SentenceKind.choices}
    shown = iter(bench.pictures)
    picture = next(shown, None)
    for sentence in bench.sentences:
        if last is None or last.paragraph != sentence.paragraph:
            found.append({"kind": sentence.kind, "sentences": [], "pictures": []})
        is_elsewhere = last is None or last.locator != sentence.locator
        near = [span for span in near if span.end > sentence.start]
        while following is not None and following.start < sentence.end:
            near.append(following)
            following = next(coming, None)
        found[-1]["sentences"].append(
            {
                "number": sentence.number,
                "name": sentence.name,
                # As text: localising each number in the template is slow.
                "label": str(sentence.number or ""),
                "kind": "" if sentence.number else kinds[sentence.kind],
                "start": str(sentence.start),
                "locator": sentence.locator if is_elsewhere else "",
                "triage": sentence.triage,
                "triage_label": labels[sentence.triage]
                if sentence.number or sentence.triage
                else "",
                "block": sentence.block,
                "url": url(sentence=sentence.name),
                "current": False,
                "pieces": [
                    _piece(piece, bench, current, url, seen)
                    for piece in pieces(bench.text_of(sentence), sentence.start, near)
                ],
            }
        )
        while picture is not None and picture.at < sentence.end:
            found[-1]["pictures"].append(picture)
            picture = next(shown, None)
        last = sentence
    return found


def _piece(
    piece: Any, bench: Workbench, current: int | None, url: Any, seen: set[int]
) -> dict[str, Any]:
    claims = [claim for claim in dict.fromkeys(piece.claims) if claim > PICKED]
    entries = [bench.by_claim[claim] for claim in claims]
    refs = []
    for claim in dict.fromkeys(piece.ends):
        if claim <= PICKED:
            continue
        entry = bench.by_claim[claim]
        refs.append(
            {
                "number": entry.number,
                "tone": entry.tone,
                "label": entry.label,
                "url": url(claim=claim),
                "first": claim not in seen,
            }
        )
        seen.add(claim)
    return {
        "text": piece.text,
        "marks": [entry.number for entry in entries],
        "tone": entries[-1].tone if entries else "",
        "depth": min(len(entries), 3),
        "picked": PICKED in piece.claims,
        "linked": any(claim < PICKED for claim in piece.claims),
        "links": [bench.links[-at - 1].address for at in piece.ends if at < PICKED],
        "current": current is not None and current in piece.claims,
        "refs": refs,
    }
