"""The desk page: what needs this person now, why, and one verb for each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import agreement
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Comment,
    Desk,
    Mark,
    Transition,
    User,
)
from annotations.prepared import Prepared, PreparedRows
from annotations.queries import (
    changes,
    claims,
    decisions,
    filters,
    outdated,
    paging,
    replies,
    reviews,
    to_begin,
)
from annotations.queries.access import may
from annotations.queries.board import stage_of
from annotations.queries.needs import Agreement, InWork, Need, Placed, Queue
from annotations.queries.stalls import stalls, waiting_reports
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.vocabulary import (
    IN_WORK,
    ArticleStatus,
    AssignmentStatus,
    ClaimStatus,
    MoveName,
    Task,
)

MOST_CLAIMS = 250
"""The claims disclosed last, which the figure of agreement looks at."""

MOST = 200
"""Mentions that the page shows."""


def queue(desk: Desk, user: User, wanted: filters.Filter | None = None) -> Queue:
    """What needs the person at the desk, in a number of statements that does not grow.

    With a filter, what of it is about the articles that the filter fits.
    """
    found = _all_needs(desk, user)
    if wanted is not None:
        asked = {need.article.pk for need in found.needs if need.article}
        fitting = filters.matching(Article.objects.filter(pk__in=asked), wanted, user)
        found.keep(set(fitting.values_list("pk", flat=True)))
    return found


def _all_needs(desk: Desk, user: User) -> Queue:
    found = Queue()
    work, drafts = _work(desk)
    idle = drafts - sum(rows[0].is_draft for rows in work.values())
    keys = [row.claim for rows in work.values() for row in rows]
    own = _own_checks(user, keys)
    assigns = may(desk, Right.ASSIGN)
    needed = [article for article, rows in work.items() if assigns or _may_matter(rows, own)]
    articles = {row.pk: row for row in _ARTICLES(needed)} if needed else {}
    # What is on hold waits for something else: nobody is to do anything about it now.
    claims = [(row, work[key]) for key, row in articles.items() if not row.on_hold]
    _add_checks(found, own, claims)
    if may(desk, Right.DECIDE):
        decisions.add_decisions(found, desk, user, claims, has_idle=idle > 0)
        decisions.add_unconfirmed(found, desk, user)
        for need in (*replies.waiting(desk, user), *changes.waiting(desk, user)):
            found.add(need)
    if assigns:
        for need in stalls(desk, user, own, claims):
            (found.overdue if need.is_late else found.stalled).append(need)
    elif may(desk, Right.ANNOTATE):
        to_begin.add_free(found, desk, user)
    if may(desk, Right.MARK):
        to_begin.add_marking(found, desk, user, claims, needed, assigns=assigns)
    _add_mentions(found, desk, user)
    if may(desk, Right.PUBLISH):
        found.stalled += waiting_reports(desk)
        for need in reviews.waiting(desk):
            found.add(need)
        told = [*found.needs, *found.waiting]
        to_publish = {need.article.pk for need in told if need.article and need.page == "approve"}
        outdated.add_outdated(found, desk, user, to_publish)
    found.put_first_what_is_wanted_first()
    found.stages = _stages(work, idle)
    found.agreement = _agreement(desk, user)
    return found


def _articles(keys: list[int]) -> QuerySet[Article]:
    rows = Article.objects.filter(pk__any_of=keys).select_related("owner")
    return rows.order_by("-created_at", "-pk")


_ARTICLES: PreparedRows[Article] = PreparedRows(_articles, 1)


def _disclosed(desk: int) -> Any:
    lines = Transition.objects.filter(desk=desk, move=MoveName.DISCLOSE).order_by("-at")
    return lines.values_list("claim")[:MOST_CLAIMS]


_DISCLOSED = Prepared(_disclosed, 1)


def _checks(claims: int) -> Any:
    rows = Assignment.objects.filter(claim__pk__any_of=claims, task=Task.CHECK)
    return rows.order_by().values_list("pk")


def _independent(reader: int, checks: int) -> Any:
    blind = Annotation.objects.visible_to(User(pk=reader)).independent().unread()
    rows = blind.filter(assignment__pk__any_of=checks, disclosed_at__isnull=False)
    return rows.order_by().values_list("assignment__claim", "rating")


_CHECKS, _INDEPENDENT = Prepared(_checks, 1), Prepared(_independent, 2)


def _agreement(desk: Desk, user: User) -> Agreement | None:
    """Over the claims disclosed last, as far as the person may see them; None without any.

    What was revised in view of others' answers does not count. Three statements, of keys: one
    that joins two of them may be planned to read every annotation of every desk first, and is,
    from a hundred thousand on.
    """
    claims = {claim for (claim,) in _DISCLOSED(desk.pk)}
    given: dict[int, list[int | None]] = {}
    checks = [key for (key,) in _CHECKS(sorted(claims))] if claims else []
    for claim, rating in _INDEPENDENT(user.pk, checks) if checks else []:
        given.setdefault(claim, []).append(rating)
    same, rated = agreement.same(given.values())
    return Agreement(same, rated, agreement.alpha(given.values())) if rated else None


Work = dict[int, list[Placed]]
"""The claims in work by the key of their article."""


def _work(desk: Desk) -> tuple[Work, int]:
    """Every claim of the desk that is in work, however old its article is; the number of drafts.

    In one statement, but for a desk with no claim in work.
    """
    found: Work = {}
    number = 0
    for article, claim, status, of_article, decider, counted_drafts in _IN_WORK(desk.pk):
        number = counted_drafts or 0
        placed = Placed(claim, status, of_article == ArticleStatus.DRAFT, decider)
        found.setdefault(article, []).append(placed)
    return found, number if found else _drafts(desk.pk).count()


def _drafts(desk: int) -> QuerySet[Article]:
    return Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT).order_by()


def _in_work(desk: int) -> Any:
    counted = _drafts(desk).values("desk").annotate(n=Count("pk")).values("n")
    rows = Mark.objects.filter(claim__desk=desk, claim__status__in=IN_WORK)
    return (
        rows.order_by("revision__article_id", "claim_id")
        .values_list(
            "revision__article",
            "claim",
            "claim__status",
            "revision__article__status",
            "claim__verdict__decided_by",
            Subquery(counted),
        )
        .distinct()
    )


_IN_WORK = Prepared(_in_work, 1)


def _own_checks(user: User, claims: list[int]) -> dict[int, Assignment]:
    """The person's own checks of these claims, by the key of their claim."""
    return {check.claim_id: check for check in (_OWN(user.pk, claims) if claims else [])}


def _own(person: int, claims: list[int]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(person=person, claim__pk__any_of=claims, task=Task.CHECK)
    return rows.select_related("annotation")


_OWN: PreparedRows[Assignment] = PreparedRows(_own, 2)


def _may_matter(rows: list[Placed], own: dict[int, Assignment]) -> bool:
    """Whether an article can hold a need: checks of other people are none."""
    return any(row.status != ClaimStatus.CHECKING or row.claim in own for row in rows)


def _add_checks(found: Queue, own: dict[int, Assignment], claims: InWork) -> None:
    for article, rows in claims:
        mine = [own[row.claim] for row in rows if row.claim in own]
        waiting = [
            own[row.claim]
            for row in rows
            if row.claim in own
            and own[row.claim].status in OPEN
            and row.status == ClaimStatus.CHECKING
        ]
        if not waiting:
            continue
        dues = [check.due_at for check in waiting if check.due_at]
        rated = sum(1 for check in mine if _is_rated(check))
        need = Need(
            article,
            _why_check(waiting, rated),
            _verb(waiting, rated),
            "workbench",
            "i-eyeoff",
            stage_in_words(ClaimStatus.CHECKING),
            rated,
            len(mine),
            min(dues) if dues else None,
        )
        if any(check.status == AssignmentStatus.RETURNED for check in waiting):
            need.icon = "i-back"
        found.add(need)


def _is_rated(check: Assignment) -> bool:
    annotation = getattr(check, "annotation", None)
    return annotation is not None and annotation.rating_id is not None


def _why_check(waiting: list[Assignment], rated: int) -> str:
    returned = sum(check.status == AssignmentStatus.RETURNED for check in waiting)
    if returned:
        return ngettext(
            "%(count)d of your annotations was returned.",
            "%(count)d of your annotations were returned.",
            returned,
        ) % {"count": returned}
    missing = sum(not _is_rated(check) for check in waiting)
    if rated and missing:
        return ngettext(
            "Your check: %(count)d claim has no rating yet.",
            "Your check: %(count)d claims have no rating yet.",
            missing,
        ) % {"count": missing}
    if rated:
        return _("Your check: every claim has a rating. It is not submitted yet.")
    return ngettext(
        "Your check of %(count)d claim. You will see other annotations when all are in.",
        "Your check of %(count)d claims. You will see other annotations when all are in.",
        len(waiting),
    ) % {"count": len(waiting)}


def _verb(waiting: list[Assignment], rated: int) -> str:
    if any(check.status == AssignmentStatus.RETURNED for check in waiting):
        return _("Fix")
    return _("Continue") if rated else _("Start")


def _mentions(reader: int, desk: int) -> Any:
    rows = Comment.objects.visible_to(User(pk=reader)).unread()
    open_ones = rows.filter(claim__desk=desk, resolved_at=None, parent__resolved_at=None)
    return open_ones.filter(unread_by=reader).order_by("-at", "-pk").values_list("pk")[:MOST]


_MENTIONS = Prepared(_mentions, 2)


def _add_mentions(found: Queue, desk: Desk, user: User) -> None:
    """Discussions that name the person, unless resolved or opened since: one row a claim.

    Rule 4: who checks the claim blind is shown none (`Comment.objects.visible_to()`).
    """
    keys = [key for (key,) in _MENTIONS(user.pk, desk.pk)]
    if not keys:
        return
    rows = Comment.objects.visible_to(user).filter(pk__in=keys)
    rows = rows.select_related("author", "claim").order_by("-at", "-pk")
    latest: dict[int, Comment] = {}
    for row in rows:
        latest.setdefault(row.claim_id, row)
    marks = (
        Mark.objects.filter(claim__in=list(latest))
        .select_related("revision__article")
        .defer("revision__text", "exact")
        .order_by("claim_id", "-revision_id")
    )
    articles: dict[int, Article] = {}
    for mark in marks:
        articles.setdefault(mark.claim_id, mark.revision.article)
    for row in latest.values():
        if row.claim_id not in articles:
            continue
        why = _("Mentioned by %(person)s in the discussion of “%(claim)s”.") % {
            "person": row.author,
            "claim": row.claim,
        }
        stage = stage_in_words(ClaimStatus(row.claim.status))
        need = Need(articles[row.claim_id], why, _("Read"), "workbench", "i-comment", stage)
        need.query = f"?claim={row.claim_id}&tab=discussion#panel"
        found.now.append(need)


def _stages(work: Work, idle: int) -> list[tuple[ClaimStatus, int]]:
    """How many articles in work are at which stage; drafts with no claim in work at the first."""
    counted = Counter(stage_of({row.status for row in rows}) for rows in work.values())
    counted[ClaimStatus.SPOTTED] += idle
    return [(stage, counted[stage]) for stage in ClaimStatus if counted[stage]]


def late(desk: Desk, user: User) -> int:
    """How many claims wait for somebody past their day, as far as the person may know; capped."""
    found = claims.listed(desk, user, filters.parse("is:late"))
    return found.order_by()[: paging.MOST].count()


def articles(desk: Desk, user: User, wanted: filters.Filter) -> QuerySet[Article]:
    """The desk's articles that the filter fits, newest first."""
    found = Article.objects.filter(desk=desk).order_by("-created_at", "-pk")
    return filters.matching(found, wanted, user)
