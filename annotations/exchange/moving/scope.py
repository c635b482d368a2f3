"""Which rows leave, or have arrived: those of a whole desk, or of one of its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations import models as m

from .tables import PARTS, PERSON, SCALES, Part, described


@dataclass(frozen=True, slots=True)
class Scope:
    """A desk; or of its rows those of one article, if `keys` are given.

    They are the keys of that article, of its claims and of the sources that these stand on.
    """

    desk: m.Desk
    keys: dict[str, set[int]] | None = None

    @property
    def is_article(self) -> bool:
        return self.keys is not None

    def has(self, part: Part) -> bool:
        """Whether rows of the part are of it; people and scales are named by other rows."""
        return bool(part.within) or part.name in (PERSON, *SCALES) or not self.is_article


def of_article(article: m.Article) -> Scope:
    """The article with all that it stands on."""
    claims = _claims_of(article)
    keys = {"article": {article.pk}, "claim": claims, "source": _sources_of(claims)}
    return Scope(article.desk, keys)


def _claims_of(article: m.Article) -> set[int]:
    """What it claims or claimed, whatever else its log is about, and what those are duplicates of.

    A claim that was set aside as a duplicate has to name the other.
    """
    found: set[int] = set()
    for path in (
        "marks__revision__article",
        "removed_marks__revision__article",
        "transitions__article",
    ):
        rows = m.Claim.objects.filter(**{path: article.pk}).order_by()
        found.update(rows.values_list("pk", flat=True).distinct())
    new = found
    while new:
        others = m.Claim.objects.filter(duplicates__in=new).order_by()
        new = set(others.values_list("pk", flat=True)) - found
        found |= new
    return found


def _sources_of(claims: set[int]) -> set[int]:
    """The sources that are cited, were cited in a draft of which a version is kept, or changed."""
    cited = Q(citations__annotation__assignment__claim__in=claims)
    found: set[int] = set()
    for uses in (cited, Q(citations__verdict__claim__in=claims), Q(changes__claim__in=claims)):
        rows = m.Source._base_manager.filter(uses).order_by()
        found.update(rows.values_list("pk", flat=True).distinct())
    drafts = m.DraftVersion.objects.filter(annotation__assignment__claim__in=claims).order_by()
    named = {
        each["source"]
        for citations in drafts.values_list("citations", flat=True).iterator()
        for each in citations
        if "source" in each
    }
    rows = m.Source._base_manager.filter(uuid__in=named)
    return found | set(rows.values_list("pk", flat=True))


def rows_of(part: Part, scope: Scope) -> QuerySet[Any]:
    """The rows of a part, whoever may see them: this is for whoever keeps the site."""
    rows = part.model._base_manager.all()
    if part.withheld:
        rows = rows.filter(**{part.withheld: False})
    if part.name == PERSON:
        return rows.filter(pk__in=_people(scope))
    if part.name in SCALES:
        return rows.filter(**{"pk__in" if part.name == "scale" else "scale__in": scales(scope)})
    rows = rows.filter(**{part.desk: scope.desk.pk})
    return rows.filter(pk__in=_of_article(part, scope.keys)) if scope.keys is not None else rows


def _of_article(part: Part, keys: dict[str, set[int]]) -> QuerySet[Any]:
    of_it = Q(pk__in=[])
    for path, name in part.within.items():
        of_it |= Q(**{f"{path}__in": keys[name]})
    return part.model._base_manager.filter(of_it).order_by().values("pk")


def _people(scope: Scope) -> set[int]:
    """The keys of everybody that a row names."""
    found: set[int | None] = set()
    for part in filter(scope.has, PARTS):
        for name in [each.name for each in part.fields if each.related_model is m.User]:
            rows = rows_of(part, scope).order_by()
            found.update(rows.values_list(name, flat=True).distinct())
        for name in part.lists:
            if part.model._meta.get_field(name).related_model is m.User:
                found.update(rows_of(part, scope).order_by().values_list(name, flat=True))
    return {key for key in found if key is not None}


def scales(scope: Scope) -> set[int]:
    """The keys of the desk's scale and of those of its ratings from before."""
    used = Q(pk=scope.desk.scale_id)
    for name in ("annotation", "draft_version", "verdict"):
        rows = rows_of(described()[name].part, scope).filter(rating__scale=OuterRef("pk"))
        used |= Q(Exists(rows))
    return set(m.RatingScale.objects.filter(used).values_list("pk", flat=True))
