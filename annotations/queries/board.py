"""A desk's articles as its board shows them: whose, how far, by when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value

from annotations.models import OPEN, Article, Assignment, Mark, User
from annotations.vocabulary import ArticleStatus, ClaimStatus

from .workbench import STAGES

NEWEST = ("created_at", "pk")
SOONEST = ("soon", "pk")
"""By what a list is paged: each column with what comes first having the highest value."""

NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Later than anything is due: what is left until then is most for what is due first."""

SETTLED = (
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
    ClaimStatus.PUBLISHED,
    ClaimStatus.SET_ASIDE,
    ClaimStatus.RETRACTED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """An article of the board."""

    article: Article
    stage: ClaimStatus
    claims: int
    settled: int
    """Claims with a verdict, or set aside."""
    people: tuple[str, ...]
    """Who still owes something there, as far as the reader may know."""


def due(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those not published that are wanted by a day, the first of them first (SOONEST)."""
    rows = articles.filter(due_at__isnull=False, status=ArticleStatus.DRAFT)
    left = ExpressionWrapper(Value(NEVER) - F("due_at"), DurationField())
    return rows.annotate(soon=left)


def rows(page: Iterable[Article], user: User) -> list[Row]:
    """The articles of one page as rows, in two statements."""
    articles = list(page)
    marked = Mark.objects.filter(revision__article__in=articles).order_by()
    claims = marked.values_list("revision__article", "claim", "claim__status").distinct()
    statuses: dict[int, list[str]] = {article.pk: [] for article in articles}
    made_in: dict[int, set[int]] = {}
    for article, claim, status in claims:
        statuses[article].append(status)
        made_in.setdefault(claim, set()).add(article)
    people = _people(made_in, user)
    return [
        Row(
            article,
            stage_of(statuses[article.pk]),
            len(statuses[article.pk]),
            sum(Counter(statuses[article.pk])[status] for status in SETTLED),
            tuple(sorted(people.get(article.pk, ()))),
        )
        for article in articles
    ]


def stage_of(statuses: Iterable[str]) -> ClaimStatus:
    """The earliest stage any claim of an article is at."""
    there = set(statuses)
    return next((stage for stage in STAGES if stage in there), ClaimStatus.SPOTTED)


def _people(made_in: dict[int, set[int]], user: User) -> dict[int, set[str]]:
    """Who owes something, by the key of the article."""
    owed = Assignment.objects.visible_to(user).filter(claim__in=list(made_in), status__in=OPEN)
    found: dict[int, set[str]] = {}
    for row in owed.order_by().select_related("person"):
        for article in made_in[row.claim_id]:
            found.setdefault(article, set()).add(str(row.person))
    return found


def sorts() -> dict[str, Any]:
    """The orders of the board, by their name in the address."""
    return {"": NEWEST, "due": SOONEST}
