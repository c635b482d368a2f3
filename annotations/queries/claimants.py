"""Who makes a desk's claims: by a part of any of their names, and the claims of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from annotations.models import Claim, Claimant, Desk, Mark, User
from annotations.vocabulary import ClaimStatus

from .claims import placed
from .paging import MOST


class CountOf(Subquery):
    """How many rows a subquery has, which may be cut off: counting ends there."""

    template = "(select count(*) from (%(subquery)s) as counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many claims somebody makes, and in how many others pass on their words."""

    made: int
    told: int

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return max(self.made, self.told) > MOST


def entries(desk: Desk, user: User, words: Sequence[str] = ()) -> QuerySet[Claimant]:
    """The main entries of which each word is held by a name or description, whatever its accents.

    With their other names, in one more statement.
    """
    found = Claimant.objects.visible_to(user).filter(desk=desk, same_as__isnull=True)
    for word in words:
        held = Claimant.objects.filter(desk=desk)
        held = held.filter(Q(name__holds=word) | Q(description__holds=word))
        found = found.filter(pk__in=held.alike().values("pk"))
    return found.prefetch_related("other_names")


def counts(entries: Collection[Claimant]) -> dict[int, Counts]:
    """The claims of each main entry under all its names, by its key; in one statement."""
    main = {name: entry.pk for entry in entries for name in keys_of(entry)}
    named = Claimant.objects.filter(pk__in=main).order_by()
    rows = named.values_list("pk", _some("claimant"), _some("reports"))
    made, told = dict.fromkeys(main.values(), 0), dict.fromkeys(main.values(), 0)
    for name, ones, others in rows:
        made[main[name]] += ones
        told[main[name]] += others
    return {key: Counts(made[key], told[key]) for key in made}


def _some(names: str) -> CountOf:
    """The claims that stand somewhere and in which the field names the row, up to MOST."""
    stands = Exists(Mark.objects.filter(claim=OuterRef("pk")))
    rows = Claim.objects.filter(stands, **{names: OuterRef("pk")})
    return CountOf(rows.order_by().values("pk")[: MOST + 1])


def keys_of(entry: Claimant) -> list[int]:
    """The keys of a main entry and of its other names."""
    return [entry.pk, *(name.pk for name in entry.other_names.all())]


def claims_of(entry: Claimant, user: User) -> QuerySet[Claim]:
    """The claims that somebody makes under any name, or in which their words are passed on.

    Newest first, each with where it was marked last (queries.claims.placed).
    """
    names = keys_of(entry)
    found = Claim.objects.visible_to(user).filter(desk=entry.desk_id)
    found = found.filter(Q(claimant__in=names) | Q(reports__in=names))
    return placed(found).select_related("claimant", "reports").order_by("-pk")


def open_claims(entry: Claimant) -> int:
    """How many claims name somebody whose wording is open: these take another main name over."""
    names = keys_of(entry)
    named = Q(claimant__in=names) | Q(reports__in=names)
    return Claim.objects.filter(named, desk=entry.desk_id, status=ClaimStatus.SPOTTED).count()
