"""What can be begun: articles to mark, and checks that nobody has."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import moments, workflow
from annotations.models import Article, Desk, Mark, User
from annotations.prepared import Prepared, PreparedRows
from annotations.queries.needs import WITH_READERS, InWork, Need, Placed, Queue
from annotations.queries.stalls import owner_is_away
from annotations.queries.workbench import stage_in_words
from annotations.vocabulary import IN_WORK, ArticleStatus, ClaimStatus

MOST = 200
"""Articles of one kind that the page shows."""


def add_marking(
    found: Queue, desk: Desk, user: User, claims: InWork, but: list[int], *, assigns: bool
) -> None:
    """Articles of which checking is not open: one's own, then the newest.

    One's own need one now; those that nobody looks after can be taken on; those of somebody who
    is away are to be handed over, by whoever `assigns`. `but` are the keys of the articles that
    have claims in work, of which `claims` tells.
    """
    # Of what the person is told, MOST: others' articles would hide theirs.
    marked = [
        (article, rows)
        for article, rows in claims
        if any(row.status == ClaimStatus.SPOTTED for row in rows)
        and (article.looked_after_by in (None, user.pk) or (assigns and article.owner_is_away))
    ]
    none: list[Placed] = []
    empty = _EMPTY(desk.pk, user.pk, but, timezone.localdate() if assigns else NEVER)
    waiting = [*marked, *((article, none) for article in empty)]
    waiting.sort(key=lambda pair: _order(pair[0], user), reverse=True)
    for article, rows in waiting[:MOST]:
        if article.looked_after_by not in (None, user.pk):
            # Past its day, `stalls` tells of those with claims.
            if not (rows and _is_late(article)):
                need = owner_is_away(article)
                (found.overdue if need.is_late else found.stalled).append(need)
            continue
        why = _why_marking(article, len(rows))
        stage = stage_in_words(ClaimStatus.SPOTTED)
        need = Need(article, why, _("Mark"), "workbench", "i-edit", stage, due_at=article.due_at)
        if article.owner_id == user.pk:
            need.why = _("Yours. %(why)s") % {"why": why}
            found.add(need)
            continue
        need.verb, need.page, need.sends = _("Assign to me"), "look_after", True
        (found.overdue if need.is_late else found.unassigned).append(need)


NEVER = dt.date.min
"""A day on which nobody is away."""


def _empty(desk: int, person: int, but: list[int], today: dt.date) -> QuerySet[Article]:
    """Those of the drafts that nobody works on, with `is_marked`: one's own, and the newest.

    Of a text whose claims are all set aside, or all published elsewhere, nothing is in work. Those
    of somebody who is away on the day are free, too.
    """
    unmarked = Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT)
    unmarked = unmarked.exclude(pk__any_of=but)
    here = Mark.objects.filter(revision__article=OuterRef("pk"))
    in_work = here.filter(claim__status__in=IN_WORK)
    published = here.filter(claim__status__in=WITH_READERS)
    free = Q(owner__isnull=True) | Q(owner__is_active=False)
    free |= Q(owner__away_from__lte=today, owner__away_until__gte=today)
    rows = unmarked.filter(on_hold="").exclude(Exists(in_work)).exclude(Exists(published))
    newest = rows.order_by("-created_at", "-pk").values("pk")
    # Two lists, or what is one's own would be hidden by all that came in since.
    keys = newest.filter(owner=person)[:MOST].union(newest.filter(free)[:MOST])
    found = Article.objects.filter(pk__in=keys).annotate(is_marked=Exists(here))
    return found.select_related("owner")


_EMPTY: PreparedRows[Article] = PreparedRows(_empty, 3, days=1)


def _order(article: Article, user: User) -> tuple[Any, ...]:
    return (article.owner_id == user.pk, article.created_at, article.pk)


def _is_late(article: Article) -> bool:
    return article.due_at is not None and article.due_at < timezone.now()


def _why_marking(article: Article, claims: int) -> str:
    if getattr(article, "is_marked", False):
        return _("No claim of it is left to check.")
    if not claims:
        when = moments.short(article.created_at)
        return _("Added %(when)s. No claim is marked yet.") % {"when": when}
    return ngettext(
        "%(count)d claim is marked. Checking is not open yet.",
        "%(count)d claims are marked. Checking is not open yet.",
        claims,
    ) % {"count": claims}


def _free(desk: int, person: int) -> Any:
    claims = workflow.to_take(Desk(pk=desk), User(pk=person))
    marks = Mark.objects.current().filter(claim__in=claims).order_by()
    return marks.values_list("revision__article").annotate(n=Count("claim", distinct=True))


_FREE = Prepared(_free, 2)


def _due_first(keys: list[int]) -> QuerySet[Article]:
    return Article.objects.filter(pk__any_of=keys).order_by("due_at", "pk")[:MOST]


_DUE_FIRST: PreparedRows[Article] = PreparedRows(_due_first, 1)


def add_free(found: Queue, desk: Desk, user: User) -> None:
    """Checks that nobody has, to be taken by whoever has time."""
    counted = dict(_FREE(desk.pk, user.pk))
    for article in _DUE_FIRST(list(counted)) if counted else []:
        count = counted[article.pk]
        why = ngettext(
            "%(count)d claim lacks a checker, and you may take it.",
            "%(count)d claims lack a checker, and you may take them.",
            count,
        ) % {"count": count}
        stage = stage_in_words(ClaimStatus.CHECKING)
        need = Need(article, why, _("Take"), "take_checks", "i-plus", stage, sends=True)
        need.due_at = article.due_at
        found.unassigned.append(need)
