"""The desk's answer on a claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.prepared import PreparedRows
from annotations.vocabulary import Cause

from .annotation import Annotation, checks_blind
from .base import Keyed
from .claim import Claim
from .desk import desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .folding import Folded
from .scale import Rating
from .user import User


def is_told(user: User, verdict: str) -> Q:
    """That the verdict at this path tells the person what others answered: readers lack it."""
    editions = apps.get_model("annotations", "Edition")
    readers = editions.objects.filter(verdict=OuterRef(verdict))
    return ~Q(**{f"{verdict.removesuffix('pk')}decided_by": user.pk}) & ~Q(Exists(readers))


class VerdictQuerySet(DisclosedQuerySet["Verdict"]):
    def visible_to(self, user: User) -> VerdictQuerySet:
        """Members who hold no check of the claim: a verdict tells what others answered."""
        shown = Q(claim__desk__in=desks_of(user)) & ~Q(checks_blind(user, "claim"))
        tells = first_seen(user, "claim", is_told(user, "pk"))
        return self.filter(shown).read_by(user, tells=tells)

    def rated_shown_to(self, reader: User, keys: Iterable[int]) -> list[Verdict]:
        """As `shown_to`, each with its rating, by a statement that is written once."""
        return self.shown_by(_RATED, reader, keys)

    def with_reasons(self) -> VerdictQuerySet:
        """The same rows for pages that show why: readers never have a decider's reason."""
        assert self.reader is not None, "only of what is visible to somebody"
        others = ~Q(decided_by=self.reader.pk)
        told = is_told(self.reader, "pk") | (others & ~Q(reason=""))
        return self.read_by(self.reader, tells=first_seen(self.reader, "claim", told))


class Verdict(Keyed):
    """The desk's numbered answer on a claim; the highest number is current. Never changed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    number = models.PositiveSmallIntegerField()
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="verdicts")
    finding = models.CharField(max_length=140)
    justification = models.TextField()
    evidence_as_of = models.DateField()
    adopted = models.ForeignKey(
        Annotation, models.PROTECT, null=True, blank=True, related_name="adoptions"
    )
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verdicts",
        help_text=_("Empty where the desk's policy adopted what all annotations agreed on."),
    )
    decided_at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=20, choices=Cause, blank=True)
    reason = models.TextField(blank=True)

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(name="verdict_number_once", fields=["claim", "number"]),
            models.CheckConstraint(
                name="verdict_is_complete", condition=~Q(finding="") & ~Q(justification="")
            ),
            models.CheckConstraint(
                name="verdict_is_decided_or_adopted",
                condition=Q(decided_by__isnull=False) | Q(adopted__isnull=False),
            ),
            models.CheckConstraint(
                name="verdict_cause_has_a_reason", condition=Q(cause="") | ~Q(reason="")
            ),
        ]
        indexes = [
            # By a word, whatever its accents: queries.searching.findings.
            GinIndex(
                OpClass(Folded("finding"), "gin_trgm_ops"),
                OpClass(Folded("justification"), "gin_trgm_ops"),
                name="verdict_by_word",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Verdict %(number)d") % {"number": self.number})


def _rated(keys: int) -> Any:
    return Verdict.objects.filter(pk__any_of=keys).select_related("rating").order_by()


_RATED: PreparedRows[Verdict] = PreparedRows(_rated, 1)
