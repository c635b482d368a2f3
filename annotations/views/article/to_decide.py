"""What of an article waits for a decision, as far as the user may see it."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.models import Annotation, Article
from annotations.queries import deciding as deciding_queries
from annotations.queries import workbench as workbench_queries
from annotations.queries.workbench import Entry, Workbench
from annotations.views.http import Request
from annotations.vocabulary import ClaimStatus

Lettered = list[tuple[str, Annotation]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What of an article waits for a decision, as far as the user may see it.

    `waiting` are the claims with disclosed annotations, in reading order; those in `differ` come
    first, furthest apart first; in `agreed` all ratings are the same.
    """

    bench: Workbench
    answers: dict[int, list[Annotation]]
    letters: dict[int, str]
    waiting: list[Entry]
    differ: list[Entry]
    agreed: list[Entry]

    @property
    def first(self) -> Entry | None:
        """The claim to begin with."""
        return next(iter(self.differ), None) or next(iter(self.agreed), None)

    def lettered(self, entry: Entry) -> Lettered:
        return deciding_queries.lettered(self.answers.get(entry.claim.pk, []), self.letters)


def deciding(request: Request, article: Article, also: int | None = None) -> Deciding:
    """What waits, and the claim with the key `also` at whatever stage it is by now."""
    bench = workbench_queries.workbench(article, request.user)
    stage = ClaimStatus.DECIDING
    entries = [e for e in bench.entries if e.claim.status == stage or e.claim.pk == also]
    answers = workbench_queries.disclosed([entry.claim for entry in entries], request.user)
    seen = [entry for entry in entries if answers.get(entry.claim.pk)]
    waiting = [entry for entry in seen if entry.claim.status == stage]
    agreed = [entry for entry in waiting if _agree(answers[entry.claim.pk])]
    differ = [entry for entry in waiting if entry not in agreed]
    differ.sort(key=lambda entry: -deciding_queries.spread(answers[entry.claim.pk]))
    letters = deciding_queries.letters(article, [row for rows in answers.values() for row in rows])
    return Deciding(bench, answers, letters, waiting, differ, agreed)


def _agree(annotations: list[Annotation]) -> bool:
    return len(annotations) > 1 and len({row.rating_id for row in annotations}) == 1
