"""Who makes a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.prepared import PreparedRows
from annotations.text.looking import folded, plain_name, same_name
from annotations.vocabulary import (
    ClaimantKind,
)

from .base import Keyed, KeyedQuerySet, one_of
from .desk import Desk, desks_of
from .folding import Folded
from .user import User

_FOLDED_NAME = Folded(
    Func(F("name"), Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace")
)


def _folded(names: Iterable[str]) -> list[str]:
    return sorted({folded(" ".join(name.split())) for name in names})


class ClaimantQuerySet(KeyedQuerySet["Claimant"]):
    def visible_to(self, user: User) -> ClaimantQuerySet:
        return self.filter(desk__in=desks_of(user))

    def named(self, desk: Desk, name: str, *, but: Collection[int] = ()) -> Claimant | None:
        """The desk's claimant of this name, whatever its case, spaces and width.

        Of another name of somebody, the main entry. None of the keys in `but`.
        """
        found = [each for each in _ALIKE(desk.pk, _folded([name])) if same_name(each.name, name)]
        found = [each for each in found if each.pk not in but]
        exact = (each for each in found if each.name == name)
        row = next(exact, found[0] if found else None)
        return row and row.main

    def standing(self, desk: Desk, name: str) -> Claimant | None:
        """The main entry of exactly this name."""
        return self.filter(desk=desk, name=name, same_as__isnull=True).first()

    def written_as(self, names: Iterable[str]) -> ClaimantQuerySet:
        """Those of one of the names, if accents did not matter either: `same_name` tells more."""
        return self.annotate(folded=_FOLDED_NAME).filter(folded__any_of=_folded(names))

    def main_names(self, desk: Desk | int, names: Iterable[str]) -> dict[str, str]:
        """The main name of those that are other names of somebody, by `plain_name`."""
        rows = self.filter(desk=desk, same_as__isnull=False).written_as(names)
        return {plain_name(name): main for name, main in rows.values_list("name", "same_as__name")}

    def alike(self) -> ClaimantQuerySet:
        """These with all that are the same as one of them, under whatever name."""
        rows = self.order_by().values(main_key=Coalesce("same_as", "pk"))
        every = self.model._default_manager.annotate(main_key=Coalesce("same_as", "pk"))
        found: ClaimantQuerySet = every.filter(main_key__in=rows)
        return found


class Claimant(Keyed):
    """Who asserts claims: a speaker, an organisation, or an outlet in an article's own voice.

    One may go by several names: each is an entry, and all but the main one say so (`same_as`).
    Wordings keep the name that they were frozen with, and what was said of it then: an entry that
    is changed leaves another name behind, with what it said before.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="claimants")
    name = models.CharField(max_length=200)
    description = models.CharField(
        max_length=200, blank=True, help_text=_("Who that is: “council leader”.")
    )
    kind = models.CharField(max_length=20, choices=ClaimantKind, default=ClaimantKind.PERSON)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="other_names",
        help_text=_("The entry that this is another name of."),
    )

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        constraints = [
            # Who was called the same and said to be somebody else is kept as another name.
            models.UniqueConstraint(
                name="claimant_once_per_desk",
                fields=["desk", "name"],
                condition=Q(same_as__isnull=True),
            ),
            models.CheckConstraint(name="claimant_has_a_name", condition=~Q(name="")),
            one_of("claimant_kind_is_known", "kind", ClaimantKind),
            # That it is flat, and of one desk, is for workflow.claimants, which locks the desk.
            models.CheckConstraint(
                name="claimant_is_no_name_of_itself",
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("pk")),
            ),
        ]
        indexes = [
            # All names of one: Claimant.objects.alike.
            models.Index(Coalesce("same_as", "id"), name="claimant_by_main"),
            # By a part of the name, whatever its accents: queries.filters, queries.searching.
            GinIndex(OpClass(Folded("name"), "gin_trgm_ops"), name="claimant_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def main(self) -> Claimant:
        """The entry that stands for all names."""
        return self.same_as or self


def _alike(desk: int, names: list[str]) -> models.QuerySet[Claimant]:
    rows = Claimant.objects.filter(desk=desk).select_related("same_as").order_by("pk")
    return rows.annotate(folded=_FOLDED_NAME).filter(folded__any_of=names)


_ALIKE: PreparedRows[Claimant] = PreparedRows(_alike, 2)
