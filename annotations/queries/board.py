"""A desk's articles as its board shows them: whose, how far, by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.urls import reverse

from annotations.models import Article, Desk, Mark, User
from annotations.queries.asked import owed_of
from annotations.vocabulary import ArticleStatus, ClaimStatus

from .orders import Sort, with_nameless_last
from .workbench import STAGES, stage_in_words

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


def _drafts(rows: QuerySet[Article], _user: User) -> QuerySet[Article]:
    return rows.filter(status=ArticleStatus.DRAFT)


def _due(rows: QuerySet[Article], user: User) -> QuerySet[Article]:
    return _drafts(rows, user).filter(due_at__isnull=False)


def _by_progress(rows: QuerySet[Article], user: User) -> QuerySet[Article]:
    """With how much of each is settled, in percent; less than nothing where no claim is marked."""
    here = Mark.objects.filter(revision__article=OuterRef("pk")).order_by()
    claims = here.values("revision__article").annotate(
        part=100
        * Count("claim", distinct=True, filter=Q(claim__status__in=SETTLED))
        / Count("claim", distinct=True)
    )
    return _drafts(rows, user).annotate(done=Coalesce(Subquery(claims.values("part")), -1))


def _by_owner(rows: QuerySet[Article], user: User) -> QuerySet[Article]:
    whole = Trim(Concat("owner__first_name", Value(" "), "owner__last_name"))
    name = Coalesce(NullIf(whole, Value("")), "owner__username", Value(""))
    return with_nameless_last(_drafts(rows, user), "owner_name", name)


def _by_outlet(rows: QuerySet[Article], user: User) -> QuerySet[Article]:
    return with_nameless_last(_drafts(rows, user), "outlet_name", F("outlet"))


SORTS: dict[str, Sort[Article]] = {
    "": Sort(("created_at", "pk"), ascends=False, of=lambda rows, _user: rows),
    "due": Sort(("due_at", "pk"), ascends=True, of=_due),
    "age": Sort(("created_at", "pk"), ascends=True, of=_drafts),
    "progress": Sort(("done", "pk"), ascends=False, of=_by_progress),
    "owner": Sort(("is_nameless", "owner_name", "pk"), ascends=True, of=_by_owner),
    "outlet": Sort(("is_nameless", "outlet_name", "pk"), ascends=True, of=_by_outlet),
}
"""By their name in the address."""


def rows(page: Iterable[Article], user: User) -> list[Row]:
    """The articles of one page as rows, in three statements."""
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


def at_stages(desk: Desk, found: Iterable[tuple[ClaimStatus, int]]) -> list[dict[str, Any]]:
    """How many articles wait at which stage, each with the list of these."""
    return [
        {
            "label": stage_in_words(stage),
            "count": count,
            "url": f"{reverse('articles', args=[desk.slug])}?q=stage:{stage}",
        }
        for stage, count in found
    ]


def stage_of(statuses: Iterable[str]) -> ClaimStatus:
    """The earliest stage any claim of an article is at."""
    there = set(statuses)
    return next((stage for stage in STAGES if stage in there), ClaimStatus.SPOTTED)


def _people(made_in: dict[int, set[int]], user: User) -> dict[int, set[str]]:
    """Who owes something, by the key of the article."""
    found: dict[int, set[str]] = {}
    for row in owed_of(made_in, user):
        for article in made_in[row.claim_id]:
            found.setdefault(article, set()).add(str(row.person))
    return found
