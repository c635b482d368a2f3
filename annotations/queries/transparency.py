"""What a desk says of itself, and which of the IFCN's commitments that does not meet yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.formats.look import look_of
from annotations.models import LOOK_FIELDS, Desk, Statement
from annotations.vocabulary import StatementKind

from .publication import NAMES, State

COMMITMENTS: tuple[tuple[Promise, tuple[StatementKind, ...]], ...] = (
    (_("Non-partisanship and fairness"), (StatementKind.NONPARTISANSHIP,)),
    (_("Transparency of sources"), (StatementKind.SOURCES,)),
    (_("Transparency of funding and organisation"), (StatementKind.FUNDING, StatementKind.STAFF)),
    (_("Transparency of methodology"), (StatementKind.METHODOLOGY, StatementKind.RATINGS)),
    (_("Open and honest corrections"), (StatementKind.CORRECTIONS,)),
)


@dataclass(frozen=True, slots=True)
class Commitment:
    label: str
    missing: list[StatementKind]

    @property
    def is_met(self) -> bool:
        return not self.missing


def statements(desk: Desk) -> dict[str, Statement]:
    """The newest version of each statement that has words, by its kind."""
    newest = Statement.objects.filter(desk=desk).newest().select_related("written_by")
    return {row.kind: row for row in newest if row.body.strip()}


def commitments(desk: Desk, written: dict[str, Statement]) -> list[Commitment]:
    """The five commitments, each with the pages that are missing for it.

    The rating scale explains itself, if every rating has a definition.
    """
    have = set(written)
    if all(rating.definition for rating in desk.ratings):
        have.add(StatementKind.RATINGS)
    return [
        Commitment(str(label), [kind for kind in kinds if kind not in have])
        for label, kinds in COMMITMENTS
    ]


def state(desk: str, kind: str = "") -> State:
    """The state of a desk's pages about itself. Raises Http404 where there is no desk."""
    written = Statement.objects.filter(desk=OuterRef("pk")).order_by("-pk")
    row = (
        Desk.objects.filter(slug=desk)
        .annotate(
            last=Subquery(written.values("pk")[:1]), at=Subquery(written.values("written_at")[:1])
        )
        .values_list("pk", "scale", "last", *NAMES, "language", "at", "time_zone", *LOOK_FIELDS)
        .first()
    )
    if row is None:
        raise Http404
    *key, language, at, zone = row[: -len(LOOK_FIELDS)]
    look = look_of(*row[-len(LOOK_FIELDS) :])
    return State((*key, language), at, language, zone, look=look)
