"""What can be begun: articles to mark, and checks that nobody has."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import moments, workflow
from annotations.models import Article, Desk, Mark, User
from annotations.prepared import Prepared
from annotations.queries.needs import InWork, Need, Placed, Queue
from annotations.queries.workbench import stage_in_words
from annotations.vocabulary import ClaimStatus

MOST = 200
"""Articles of one kind that the page shows."""


def add_marking(found: Queue, user: User, unmarked: QuerySet[Article], claims: InWork) -> None:
    """Articles of which checking is not open: those with marks, then the newest without any.

    One's own need one now; those that nobody looks after can be taken on.
    """
    here = Mark.objects.filter(revision__article=OuterRef("pk"))
    free = Q(owner=user.pk) | Q(owner__isnull=True) | Q(owner__is_active=False)
    empty = unmarked.filter(free, on_hold="").exclude(Exists(here)).order_by("-created_at", "-pk")
    marked = [
        (article, rows)
        for article, rows in claims
        if any(row.status == ClaimStatus.SPOTTED for row in rows)
        and article.looked_after_by in (None, user.pk)
    ]
    none: list[Placed] = []
    waiting = [*marked, *((article, none) for article in empty[:MOST])]
    waiting.sort(key=lambda pair: (pair[0].created_at, pair[0].pk), reverse=True)
    for article, rows in waiting[:MOST]:
        why = _why_marking(article, len(rows))
        stage = stage_in_words(ClaimStatus.SPOTTED)
        need = Need(article, why, _("Mark"), "workbench", "i-edit", stage, due_at=article.due_at)
        if article.owner_id == user.pk:
            need.why = _("Yours. %(why)s") % {"why": why}
            found.add(need)
            continue
        need.verb, need.page, need.sends = _("Assign to me"), "look_after", True
        (found.overdue if need.is_late else found.unassigned).append(need)


def _why_marking(article: Article, claims: int) -> str:
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


def add_free(found: Queue, desk: Desk, user: User) -> None:
    """Checks that nobody has, to be taken by whoever has time."""
    counted = dict(_FREE(desk.pk, user.pk))
    for article in Article.objects.filter(pk__in=counted).order_by("due_at", "pk")[:MOST]:
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
