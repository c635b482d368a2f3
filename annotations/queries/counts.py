"""How much a desk has in work: what stands beside the links of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery

from annotations.models import Article, Claim, Desk, Mark, Report
from annotations.prepared import Prepared
from annotations.vocabulary import IN_WORK, ArticleStatus


@dataclass(frozen=True, slots=True)
class Counts:
    """What everybody at the desk may know (rule 4).

    A claim in work stays one while annotations come in: none of this tells how far others are.
    """

    articles: int
    """Not published yet, or with a claim that is open again."""
    claims: int
    reports: int
    """Of readers, waiting for an answer; none that looks like spam."""


def _asked(desk: int) -> QuerySet[Any, Any]:
    claims = Claim.objects.filter(desk=desk, status__in=IN_WORK)
    drafts = Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT)
    reopened = Mark.objects.filter(claim__desk=desk, claim__status__in=IN_WORK).exclude(
        revision__article__status=ArticleStatus.DRAFT
    )
    waiting = Report.objects.filter(edition__desk=desk, outcome="", is_suspect=False)
    return (
        Desk.objects.filter(pk=desk)
        .order_by()
        .values_list(
            _number(drafts, "desk"),
            _number(reopened, "claim__desk", "revision__article"),
            _number(claims, "desk"),
            _number(waiting, "edition__desk"),
        )
    )


def _number(rows: QuerySet[Any], desk: str, what: str = "pk") -> Subquery:
    """How many rows of the one desk there are, or different values of a column of theirs."""
    counted = rows.order_by().values(desk).annotate(n=Count(what, distinct=what != "pk"))
    return Subquery(counted.values("n"))


_COUNTS = Prepared(_asked, 1)


def counts(desk: Desk) -> Counts:
    """In one statement, by what is in work: whatever the desk has done costs nothing."""
    [found] = _COUNTS(desk.pk)
    of_drafts, of_reopened, of_claims, of_reports = (number or 0 for number in found)
    return Counts(of_drafts + of_reopened, of_claims, of_reports)
