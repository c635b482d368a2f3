"""The desk page: what needs this person now, why, and one verb for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import agreement, demands, readiness, workflow
from annotations.models import (
    GIVEN_UP,
    OPEN,
    Annotation,
    Article,
    Assignment,
    Claim,
    Comment,
    Desk,
    Mark,
    Transition,
    User,
)
from annotations.queries import changes, filters, outdated, replies, reviews
from annotations.queries.access import may
from annotations.queries.board import stage_of
from annotations.queries.needs import Agreement, Need, Placed, Queue
from annotations.queries.stalls import stalls, waiting_reports
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, MoveName, Task
from annotations.workflow import guards

MOST_CLAIMS = 250
"""The claims disclosed last, which the figure of agreement looks at."""

MOST = 200
"""Rows of one kind that the page shows: articles to mark, what was taken back, mentions."""

IN_WORK = (
    ClaimStatus.SPOTTED,
    ClaimStatus.CHECKING,
    ClaimStatus.DECIDING,
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
)
"""Named one by one: what is in work is found by an index, "all that is not done" is not."""

CONFIRM_WITHIN = timedelta(days=1)
"""What was taken back alone is confirmed within this (rule 6)."""


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
    keys = [row.claim for rows in work.values() for row in rows]
    own = _own_checks(user, keys)
    assigns = may(desk, Right.ASSIGN)
    needed = [article for article, rows in work.items() if assigns or _may_matter(rows, own)]
    articles = {
        row.pk: row
        for row in Article.objects.filter(pk__in=needed)
        .select_related("owner")
        .order_by("-created_at", "-pk")
    }
    # What is on hold waits for something else: nobody is to do anything about it now.
    claims = [(row, work[key]) for key, row in articles.items() if not row.on_hold]
    _add_checks(found, own, claims)
    if may(desk, Right.DECIDE):
        _add_decisions(found, desk, user, own, claims)
        _add_unconfirmed(found, desk, user)
        for need in (*replies.waiting(desk, user), *changes.waiting(desk, user)):
            found.add(need)
    if assigns:
        for need in stalls(desk, user, own, claims):
            (found.overdue if need.is_late else found.stalled).append(need)
    elif may(desk, Right.ANNOTATE):
        _add_free(found, desk, user)
    unmarked = Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT).exclude(pk__in=needed)
    if may(desk, Right.MARK):
        _add_marking(found, user, unmarked, claims)
    _add_mentions(found, desk, user)
    if may(desk, Right.PUBLISH):
        found.stalled += waiting_reports(desk)
        for need in reviews.waiting(desk):
            found.add(need)
        to_publish = {
            need.article.pk for need in found.needs if need.article and need.page == "approve"
        }
        found.now += outdated.waiting(desk, user, to_publish)
    found.put_first_what_is_wanted_first()
    found.stages = _stages(work, drafts)
    found.agreement = _agreement(desk, user)
    return found


def _agreement(desk: Desk, user: User) -> Agreement | None:
    """Over the claims disclosed last, as far as the person may see them; None without any.

    What was revised in view of others' answers does not count. Two statements, the second of keys:
    one that joins both may be planned to read every annotation of every desk first.
    """
    lines = Transition.objects.filter(desk=desk, move=MoveName.DISCLOSE).order_by("-at")
    claims = set(lines.values_list("claim", flat=True)[:MOST_CLAIMS])
    blind = Annotation.objects.visible_to(user).independent().unread()
    rows = blind.filter(assignment__claim__in=claims, disclosed_at__isnull=False).order_by()
    given: dict[int, list[int | None]] = {}
    for claim, rating in rows.values_list("assignment__claim", "rating"):
        given.setdefault(claim, []).append(rating)
    same, rated = agreement.same(given.values())
    return Agreement(same, rated, agreement.alpha(given.values())) if rated else None


Work = dict[int, list[Placed]]
"""The claims in work by the key of their article."""


def _work(desk: Desk) -> tuple[Work, int]:
    """Every claim of the desk that is in work, however old its article is; the number of drafts.

    In one statement, but for a desk with no claim in work.
    """
    drafts = Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT).order_by()
    counted = drafts.values("desk").annotate(n=Count("pk")).values("n")
    rows = (
        Mark.objects.filter(claim__desk=desk, claim__status__in=IN_WORK)
        .order_by("revision__article_id", "claim_id")
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
    found: Work = {}
    number = 0
    for article, claim, status, of_article, decider, counted_drafts in rows:
        number = counted_drafts or 0
        placed = Placed(claim, status, of_article == ArticleStatus.DRAFT, decider)
        found.setdefault(article, []).append(placed)
    return found, number if found else drafts.count()


def _own_checks(user: User, claims: list[int]) -> dict[int, Assignment]:
    """The person's own checks of these claims, by the key of their claim."""
    rows = Assignment.objects.filter(person=user.pk, claim__in=claims, task=Task.CHECK)
    return {check.claim_id: check for check in rows.select_related("annotation")}


def _may_matter(rows: list[Placed], own: dict[int, Assignment]) -> bool:
    """Whether an article can hold a need: checks of other people are none."""
    return any(row.status != ClaimStatus.CHECKING or row.claim in own for row in rows)


InWork = list[tuple[Article, list[Placed]]]


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


def _add_decisions(
    found: Queue, desk: Desk, user: User, own: dict[int, Assignment], claims: InWork
) -> None:
    """What waits for an editor who is not too close to it: to decide, approve, publish."""
    asked = _asked(user, claims)
    near = {claim for claim, check in own.items() if check.status not in GIVEN_UP}
    policy = desk.policy
    stopped = _stopped(desk, claims)
    for article, rows in claims:
        to_decide = [
            row
            for row in rows
            if row.status == ClaimStatus.DECIDING
            and not guards.is_too_close_to_decide(policy, annotates=row.claim in near)
            and not asked.is_left_to_others(Task.DECIDE, row)
        ]
        to_approve = [
            row
            for row in rows
            if row.status == ClaimStatus.DECIDED
            and not guards.is_too_close_to_approve(
                policy, annotates=row.claim in near, decided=row.decider == user.pk
            )
            and not asked.is_left_to_others(Task.APPROVE, row)
        ]
        if to_decide:
            why = ngettext(
                "All annotations of %(count)d claim are in, and you may decide.",
                "All annotations of %(count)d claims are in, and you may decide.",
                len(to_decide),
            ) % {"count": len(to_decide)}
            stage = stage_in_words(ClaimStatus.DECIDING)
            need = Need(article, why, _("Decide"), "decide", "i-scale", stage)
            found.add(asked.told(Task.DECIDE, need, to_decide))
        elif to_approve:
            why = ngettext(
                "%(count)d verdict waits for someone who did not write it.",
                "%(count)d verdicts wait for someone who did not write them.",
                len(to_approve),
            ) % {"count": len(to_approve)}
            stage = stage_in_words(ClaimStatus.DECIDED)
            need = Need(article, why, _("Approve"), "approve", "i-check", stage)
            found.add(asked.told(Task.APPROVE, need, to_approve))
        elif all(row.status == ClaimStatus.APPROVED for row in rows):
            stage = stage_in_words(ClaimStatus.APPROVED)
            why, verb = _("Everything is approved. It can be published."), _("Publish")
            if article.pk in stopped:
                why = _("Every verdict is approved, but something else is still in the way.")
                verb = _("See what")
            found.now.append(Need(article, why, verb, "approve", "i-flag", stage))


def _stopped(desk: Desk, claims: InWork) -> set[int]:
    """The keys of the articles with approved verdicts only that cannot be published yet."""
    ready = {
        article.pk: [row.claim for row in rows]
        for article, rows in claims
        if rows and all(row.status == ClaimStatus.APPROVED for row in rows)
    }
    if not ready:
        return set()
    asked = Claim.objects.filter(pk__in=[claim for keys in ready.values() for claim in keys])
    lacks = demands.unmet_of(desk, asked)
    lacking = {lack.claim.pk for lack in lacks if lack.claim and not lack.only_warns}
    unmet = {article for article, keys in ready.items() if lacking.intersection(keys)}
    return readiness.hindered(ready) | unmet


@dataclass(slots=True)
class _Asked:
    """Who is asked to decide and approve, as far as it matters to one person."""

    mine: dict[tuple[str, int], Assignment]
    others: set[tuple[str, int]]
    """Those that somebody else was asked for who can still be waited for: neither late nor away."""

    def is_left_to_others(self, task: str, row: Placed) -> bool:
        """Whether somebody else was asked, and this person was not."""
        return (task, row.claim) in self.others and (task, row.claim) not in self.mine

    def told(self, task: Task, need: Need, claims: list[Placed]) -> Need:
        """The need, saying so where the person was asked by name, with the first day it is due."""
        rows = [self.mine[task, row.claim] for row in claims if (task, row.claim) in self.mine]
        if not rows:
            return need
        words = {Task.DECIDE: _("You are asked to decide."), Task.APPROVE: _("You are asked.")}
        returned = [row for row in rows if row.status == AssignmentStatus.RETURNED]
        said = _("It was sent back to you.") if returned else words[task]
        need.why = f"{said} {need.why}"
        need.due_at = min((row.due_at for row in rows if row.due_at), default=None)
        return need


def _asked(user: User, claims: InWork) -> _Asked:
    waiting = [
        row.claim
        for _article, rows in claims
        for row in rows
        if row.status in (ClaimStatus.DECIDING, ClaimStatus.DECIDED)
    ]
    rows = Assignment.objects.filter(
        claim__in=waiting, task__in=[Task.DECIDE, Task.APPROVE], status__in=OPEN
    ).select_related("person")
    found, now, today = _Asked({}, set()), timezone.now(), timezone.localdate()
    for row in rows:
        if row.person_id == user.pk:
            found.mine[row.task, row.claim_id] = row
        elif (
            row.person.is_active
            and not row.person.is_away(today)
            and (row.due_at is None or row.due_at >= now)
        ):
            found.others.add((row.task, row.claim_id))
    return found


def _add_unconfirmed(found: Queue, desk: Desk, user: User) -> None:
    """What somebody took back alone: a second person confirms it within a day."""
    taken_back = Transition.objects.filter(
        desk=desk, move__in=[MoveName.WITHDRAW, MoveName.RETRACT]
    )
    later = Transition.objects.filter(
        move__in=[MoveName.CONFIRM_TAKING_BACK, MoveName.PUBLISH, MoveName.REOPEN],
        at__gt=OuterRef("at"),
    )
    # Two questions, each by the index of its key: with OR between them, there is none to use.
    rows = taken_back.exclude(Exists(later.filter(article=OuterRef("article"))))
    rows = rows.exclude(Exists(later.filter(claim=OuterRef("claim")))).exclude(actor=user.pk)
    for line in rows.select_related("article", "claim", "actor").order_by("at")[:MOST]:
        article = line.article or Article.objects.filter(revisions__marks__claim=line.claim).first()
        if article is None:
            continue
        said = {"person": line.actor, "reason": line.reason, "claim": line.claim}
        why = _("%(person)s withdrew it: %(reason)s A second person confirms it.") % said
        if line.claim is not None:
            why = _("%(person)s retracted “%(claim)s”: %(reason)s A second person confirms it.")
            why %= said
        stage = ClaimStatus.RETRACTED.label if line.claim else ArticleStatus.WITHDRAWN.label
        need = Need(article, why, _("Confirm"), "confirm_taking_back", "i-alert", str(stage))
        need.due_at = line.at + CONFIRM_WITHIN
        found.add(need)


def _add_mentions(found: Queue, desk: Desk, user: User) -> None:
    """Discussions that name the person, unless resolved or opened since: one row a claim.

    Rule 4: who checks the claim blind is shown none (Comment.visible_to).
    """
    rows = (
        Comment.objects.visible_to(user)
        .filter(unread_by=user, claim__desk=desk, resolved_at=None, parent__resolved_at=None)
        .select_related("author", "claim")
        .order_by("-at", "-pk")[:MOST]
    )
    latest: dict[int, Comment] = {}
    for row in rows:
        latest.setdefault(row.claim_id, row)
    if not latest:
        return
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


def _add_marking(found: Queue, user: User, unmarked: QuerySet[Article], claims: InWork) -> None:
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
        when = date_format(timezone.localtime(article.created_at), "j M, H:i")
        return _("Added %(when)s. No claim is marked yet.") % {"when": when}
    return ngettext(
        "%(count)d claim is marked. Checking is not open yet.",
        "%(count)d claims are marked. Checking is not open yet.",
        claims,
    ) % {"count": claims}


def _add_free(found: Queue, desk: Desk, user: User) -> None:
    """Checks that nobody has, to be taken by whoever has time."""
    marks = Mark.objects.current().filter(claim__in=workflow.to_take(desk, user))
    rows = (
        marks.order_by().values_list("revision__article").annotate(n=Count("claim", distinct=True))
    )
    counted = dict(rows)
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


def _stages(work: Work, drafts: int) -> list[tuple[str, int]]:
    """How many articles in work are at which stage; drafts with no claim in work at the first."""
    counted = Counter(stage_of({row.status for row in rows}) for rows in work.values())
    counted[ClaimStatus.SPOTTED] += drafts - sum(rows[0].is_draft for rows in work.values())
    return [(stage_in_words(stage), counted[stage]) for stage in ClaimStatus if counted[stage]]


def articles(desk: Desk, user: User, wanted: filters.Filter) -> QuerySet[Article]:
    """The desk's articles that the filter fits, newest first."""
    found = Article.objects.filter(desk=desk).order_by("-created_at", "-pk")
    return filters.matching(found, wanted, user)
