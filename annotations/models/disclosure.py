"""What tells of others' work on a claim: read through one kind of queryset, which notes who read.

Rule 4: whoever has seen others' annotations can no longer check that claim blind. The note is
written where the rows are read, so no page, panel, list or command can show them and forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import IsNull
from django.db.models.query import ModelIterable, NamedValuesListIterable
from django.utils import timezone

from annotations.prepared import Prepared, PreparedRows

from .base import Keyed, KeyedQuerySet
from .claim import Claim
from .user import User

M = TypeVar("M", bound=models.Model)


class SightingQuerySet(KeyedQuerySet["Sighting"]):
    def note(self, person: User, claims: Iterable[int]) -> None:
        """Remember that the person was shown others' work on the claims with these keys."""
        rows = [Sighting(claim_id=claim, person=person) for claim in sorted(set(claims))]
        if rows:
            self.bulk_create(rows, ignore_conflicts=True)


class Sighting(Keyed):
    """That a person was shown others' annotations of a claim, and so cannot check it blind."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="sightings")
    person = models.ForeignKey(User, models.PROTECT, related_name="sightings")
    at = models.DateTimeField(default=timezone.now)

    objects = SightingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sighting_once", fields=["claim", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} saw the annotations"


def first_seen(reader: User, claim: str, others: Q) -> Case:
    """The key of the claim that `claim` names, where reading the row is the first sight of it.

    `others` is true of rows that tell of others' work. Null where it was noted before, so that
    looking again writes nothing.
    """
    # A value looked up for the row. For EXISTS PostgreSQL may list all that the reader ever saw.
    noted = Sighting.objects.filter(person=reader.pk, claim=OuterRef(claim)).values("pk")[:1]
    is_first = Q(IsNull(Subquery(noted), True))
    return Case(When(others & is_first, then=F(claim)), output_field=BigIntegerField())


@cache
def among(model: type[models.Model]) -> Prepared:
    """Of rows of that kind with given keys: which a reader may see, and the claim each tells of."""

    def asked(reader: int, keys: int) -> Any:
        rows: Any = model._default_manager.visible_to(User(pk=reader))  # type: ignore[attr-defined]
        if "tells" not in rows.query.annotations:  # what such rows tell is asked where they lead
            rows = rows.annotate(tells=Value(None, BigIntegerField()))
        return rows.unread().filter(pk__any_of=keys).order_by().values_list("pk", "tells")

    return Prepared(asked, 2)


class DisclosedQuerySet(KeyedQuerySet[M]):
    """Rows that tell of others' work. Those of `visible_to` note what their reader is shown.

    Read as rows, one at a time or all: to read plain values of them is refused unless these are
    named and `tells` is among them, for nobody could say then whose they are. Counting and asking
    whether there are any shows none, nor does being part of another question.
    """

    reader: User | None = None
    tellings: Mapping[int, int | None] | None = None
    """What each row tells, by its key, where that was asked before."""

    def read_by(self, reader: User, **tells: Any) -> Self:
        """The same rows; reading them is noted. `tells` is the claim that a row is about."""
        rows = self.annotate(**tells) if tells else self.all()
        rows.reader = reader
        return rows

    def shown_to(self, reader: User, keys: Iterable[int]) -> Self:
        """Those with these keys that `visible_to` lets the reader see; reading them is noted.

        The same rows as by `visible_to`, which is written anew each time and here is not: in two
        statements, the first of which finds out what each row tells.
        """
        told = self._told(reader, keys)
        rows = self.filter(pk__in=told)
        rows.reader, rows.tellings = reader, told
        return rows

    def _told(self, reader: User, keys: Iterable[int]) -> dict[int, int | None]:
        """Which of these keys the reader may see, with the claim that each tells of."""
        wanted = sorted(set(keys))
        return dict(among(self.model)(reader.pk, wanted)) if wanted else {}

    def shown_by(self, rows: PreparedRows[M], reader: User, keys: Iterable[int]) -> list[M]:
        """As `shown_to`, by a statement that is written once: `rows` of the keys it is asked."""
        told = self._told(reader, keys)
        found = rows(list(told)) if told else []
        tells = (told[row.pk] for row in found)
        Sighting.objects.note(reader, (claim for claim in tells if claim is not None))
        return found

    def shown_where(self, reader: User, *conditions: Q, **named: Any) -> Self:
        """As `shown_to`, those for which this holds, as in `filter`: it finds few of them all."""
        found = self.model._base_manager.filter(*conditions, **named)
        return self.shown_to(reader, found.values_list("pk", flat=True))

    def unread(self) -> Self:
        """The same rows for a figure over many of them: nobody is shown any."""
        rows = self.all()
        rows.reader = None
        return rows

    def note(self, reader: User, rows: list[Any]) -> None:
        """Note what these rows tell the reader."""
        known = self.tellings
        told = [row.tells if known is None else known[row.pk] for row in rows]
        Sighting.objects.note(reader, (claim for claim in told if claim is not None))

    def datetimes(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's: on which days there is anything, of nobody in particular."""
        return super(DisclosedQuerySet, self.unread()).datetimes(*args, **kwargs)

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        rows = super().iterator(chunk_size)
        if self.reader is None:
            return rows
        self._refuse_plain_values()
        return self._noted(rows, self.reader, chunk_size or 2000)

    def _noted(self, rows: Iterator[M], reader: User, size: int) -> Iterator[M]:
        some: list[M] = []
        for row in rows:
            some.append(row)
            if len(some) == size:
                self.note(reader, some)
                yield from some
                some = []
        self.note(reader, some)
        yield from some

    def _refuse_plain_values(self) -> None:
        has_note = "tells" in self.query.annotation_select
        is_named = self._iterable_class is NamedValuesListIterable and has_note
        if self._iterable_class is not ModelIterable and not is_named:
            raise TypeError("Read rows of what others wrote, not their values: a look is noted.")

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.reader, clone.tellings = self.reader, self.tellings
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is not None or self.reader is None:
            super()._fetch_all()
            return
        self._refuse_plain_values()
        super()._fetch_all()
        self.note(self.reader, list(self._result_cache or ()))
