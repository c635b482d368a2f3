"""The desk page: what needs this person now, why, and one verb for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import agreement
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
    Verdict,
)
from annotations.queries import filters
from annotations.queries.access import may
from annotations.queries.workbench import STAGES, stage_in_words
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, MoveName, Task
from annotations.workflow import guards

MOST_ANNOTATIONS = 500
"""The newest annotations that the figure of agreement looks at."""

MOST = 200
"""Articles in work that the desk page looks at, the newest ones."""

DONE = (ClaimStatus.PUBLISHED, ClaimStatus.SET_ASIDE, ClaimStatus.RETRACTED)

CONFIRM_WITHIN = timedelta(days=1)
"""What was taken back alone is confirmed within this (rule 6)."""


@dataclass(slots=True)
class Need:
    """One thing that needs the person, or one article of a list."""

    article: Article
    why: str
    verb: str
    page: str
    """Where the verb leads: "workbench", "decide", "approve", "confirm_taking_back" or "public"."""
    icon: str
    stage: str
    done: int | None = None
    total: int | None = None
    due_at: datetime | None = None
    query: str = ""
    """What the page's address ends with: the claim and the tab, where the verb leads to one."""

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def due(self) -> str:
        if self.due_at is None:
            return _("No deadline")
        today = self.due_at.date() == timezone.now().date()
        return date_format(self.due_at, "H:i" if today else "j M, H:i")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the desk's people agree before they see each other's work."""

    same: int
    claims: int
    alpha: float | None

    @property
    def percent(self) -> int:
        return round(100 * self.same / self.claims)


@dataclass(slots=True)
class Queue:
    """Everything the desk page shows."""

    overdue: list[Need] = field(default_factory=list)
    now: list[Need] = field(default_factory=list)
    unassigned: list[Need] = field(default_factory=list)
    stages: list[tuple[str, int]] = field(default_factory=list)

    agreement: Agreement | None = None

    @property
    def count(self) -> int:
        return len(self.overdue) + len(self.now)

    @property
    def needs(self) -> list[Need]:
        return [*self.overdue, *self.now, *self.unassigned]

    def keep(self, articles: set[int]) -> None:
        """Leave what is about these articles, given by key."""
        for group in (self.overdue, self.now, self.unassigned):
            group[:] = [need for need in group if need.article.pk in articles]

    def add(self, need: Need) -> None:
        (self.overdue if need.is_late else self.now).append(need)


def queue(desk: Desk, user: User, wanted: filters.Filter | None = None) -> Queue:
    """What needs the person at the desk, in a number of statements that does not grow.

    With a filter, what of it is about the articles that the filter fits.
    """
    found = _all_needs(desk, user)
    if wanted is not None:
        asked = {need.article.pk for need in found.needs}
        fitting = filters.matching(Article.objects.filter(pk__in=asked), wanted, user)
        found.keep(set(fitting.values_list("pk", flat=True)))
    return found


def _all_needs(desk: Desk, user: User) -> Queue:
    found = Queue()
    claims = _with_claims(_unfinished(desk).order_by("-created_at")[:MOST])
    own = _own_checks(desk, user)
    _add_checks(found, own, claims)
    if may(desk, Right.DECIDE):
        _add_decisions(found, desk, user, own, claims)
        _add_unconfirmed(found, desk, user)
    if may(desk, Right.MARK):
        _add_marking(found, desk, claims)
    _add_mentions(found, desk, user)
    found.stages = _stages(claims)
    found.agreement = _agreement(desk, user)
    return found


def _agreement(desk: Desk, user: User) -> Agreement | None:
    """Over the newest annotations that the person may see, in one statement; None without any.

    What was revised in view of others' answers does not count.
    """
    blind = Annotation.objects.visible_to(user).independent()
    blind = blind.filter(assignment__claim__desk=desk, disclosed_at__isnull=False)
    newest = blind.order_by("-disclosed_at").values_list("assignment__claim", "rating")
    given: dict[int, list[int | None]] = {}
    for claim, rating in newest[:MOST_ANNOTATIONS]:
        given.setdefault(claim, []).append(rating)
    same, claims = agreement.same(given.values())
    return Agreement(same, claims, agreement.alpha(given.values())) if claims else None


def _unfinished(desk: Desk) -> QuerySet[Article]:
    """Articles in work: drafts, and published ones of which a claim is open again."""
    open_claims = Mark.objects.filter(revision__article=OuterRef("pk")).exclude(
        claim__status__in=DONE
    )
    return Article.objects.filter(desk=desk).filter(
        Q(status=ArticleStatus.DRAFT) | Exists(open_claims)
    )


Work = dict[int, tuple[Article, list[Claim]]]
"""Articles by key, each with its claims."""


def _with_claims(articles: Iterable[Article]) -> Work:
    """The articles with their claims, in one statement beside the articles' own."""
    found: Work = {article.pk: (article, []) for article in articles}
    marks = (
        Mark.objects.filter(revision__article__in=list(found))
        .select_related("claim", "revision")
        .defer("revision__text", "exact")
        .order_by("claim_id", "revision__article_id")
        .distinct("claim_id", "revision__article_id")
    )
    for mark in marks:
        found[mark.revision.article_id][1].append(mark.claim)
    return found


def _own_checks(desk: Desk, user: User) -> dict[int, Assignment]:
    """The person's own checks at the desk, by the key of their claim."""
    return {
        check.claim_id: check
        for check in Assignment.objects.filter(
            person=user.pk, claim__desk=desk, task=Task.CHECK
        ).select_related("annotation")
    }


def _add_checks(found: Queue, own: dict[int, Assignment], claims: Work) -> None:
    for article, rows in claims.values():
        mine = [own[claim.pk] for claim in rows if claim.pk in own]
        waiting = [
            own[claim.pk]
            for claim in rows
            if claim.pk in own
            and own[claim.pk].status in OPEN
            and claim.status == ClaimStatus.CHECKING
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
    found: Queue, desk: Desk, user: User, own: dict[int, Assignment], claims: Work
) -> None:
    """What waits for an editor who is not too close to it: to decide, approve, publish."""
    asked = _asked(desk, user)
    near = {claim for claim, check in own.items() if check.status not in GIVEN_UP}
    decided = dict(
        Verdict.objects.filter(claim__desk=desk)
        .order_by("claim_id", "-number")
        .distinct("claim_id")
        .values_list("claim_id", "decided_by_id")
    )
    policy = desk.policy
    for article, rows in claims.values():
        at = {
            stage: [claim for claim in rows if claim.status == stage]
            for stage in (ClaimStatus.DECIDING, ClaimStatus.DECIDED, ClaimStatus.APPROVED)
        }
        to_decide = [
            claim
            for claim in at[ClaimStatus.DECIDING]
            if not guards.is_too_close_to_decide(policy, annotates=claim.pk in near)
            and not asked.is_left_to_others(Task.DECIDE, claim)
        ]
        to_approve = [
            claim
            for claim in at[ClaimStatus.DECIDED]
            if not guards.is_too_close_to_approve(
                policy, annotates=claim.pk in near, decided=decided.get(claim.pk) == user.pk
            )
            and not asked.is_left_to_others(Task.APPROVE, claim)
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
        elif at[ClaimStatus.APPROVED] and not any(
            claim.status not in (*DONE, ClaimStatus.APPROVED) for claim in rows
        ):
            stage = stage_in_words(ClaimStatus.APPROVED)
            why = _("Everything is approved. It can be published.")
            found.now.append(Need(article, why, _("Publish"), "approve", "i-flag", stage))


@dataclass(slots=True)
class _Asked:
    """Who is asked to decide and approve, as far as it matters to one person."""

    mine: dict[tuple[str, int], Assignment]
    others: set[tuple[str, int]]

    def is_left_to_others(self, task: str, claim: Claim) -> bool:
        """Whether somebody else was asked, and this person was not."""
        return (task, claim.pk) in self.others and (task, claim.pk) not in self.mine

    def told(self, task: Task, need: Need, claims: list[Claim]) -> Need:
        """The need, saying so where the person was asked by name, with the first day it is due."""
        rows = [self.mine[task, claim.pk] for claim in claims if (task, claim.pk) in self.mine]
        if not rows:
            return need
        words = {Task.DECIDE: _("You are asked to decide."), Task.APPROVE: _("You are asked.")}
        returned = [row for row in rows if row.status == AssignmentStatus.RETURNED]
        said = _("It was sent back to you.") if returned else words[task]
        need.why = f"{said} {need.why}"
        need.due_at = min((row.due_at for row in rows if row.due_at), default=None)
        return need


def _asked(desk: Desk, user: User) -> _Asked:
    rows = Assignment.objects.filter(
        claim__desk=desk, task__in=[Task.DECIDE, Task.APPROVE], status__in=OPEN
    ).only("task", "claim", "person", "due_at", "status")
    found = _Asked({}, set())
    for row in rows:
        if row.person_id == user.pk:
            found.mine[row.task, row.claim_id] = row
        else:
            found.others.add((row.task, row.claim_id))
    return found


def _add_unconfirmed(found: Queue, desk: Desk, user: User) -> None:
    """What somebody took back alone: a second person confirms it within a day."""
    taken_back = Transition.objects.filter(
        desk=desk, move__in=[MoveName.WITHDRAW, MoveName.RETRACT]
    )
    later = Transition.objects.filter(
        Q(article=OuterRef("article")) | Q(claim=OuterRef("claim")),
        desk=desk,
        move__in=[MoveName.CONFIRM_TAKING_BACK, MoveName.PUBLISH, MoveName.REOPEN],
        at__gt=OuterRef("at"),
    )
    rows = taken_back.exclude(Exists(later)).exclude(actor=user.pk)
    for line in rows.select_related("article", "claim", "actor").order_by("at")[:MOST]:
        article = line.article or Article.objects.filter(revisions__marks__claim=line.claim).first()
        if article is None:
            continue
        why = _("%(person)s took it back: %(reason)s A second person confirms it.") % {
            "person": line.actor,
            "reason": line.reason,
        }
        stage = ClaimStatus.RETRACTED.label if line.claim else ArticleStatus.WITHDRAWN.label
        need = Need(article, why, _("Confirm"), "confirm_taking_back", "i-alert", str(stage))
        need.due_at = line.at + CONFIRM_WITHIN
        found.add(need)


def _add_mentions(found: Queue, desk: Desk, user: User) -> None:
    """Discussions that name the person, unless resolved or opened since: one row a claim.

    Rule 4: who owes a check of the claim is shown none (Comment.visible_to).
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
        .order_by("claim_id", "-revision")
        .distinct("claim_id")
    )
    articles = {mark.claim_id: mark.revision.article for mark in marks}
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


def _add_marking(found: Queue, desk: Desk, claims: Work) -> None:
    for article, rows in claims.values():
        if rows and not any(claim.status == ClaimStatus.SPOTTED for claim in rows):
            continue
        if not rows and article.status != ArticleStatus.DRAFT:
            continue
        why = (
            ngettext(
                "%(count)d claim is marked. Checking is not open yet.",
                "%(count)d claims are marked. Checking is not open yet.",
                len(rows),
            )
            % {"count": len(rows)}
            if rows
            else _("Added %(when)s. No claim is marked yet.")
            % {"when": date_format(article.created_at, "j M, H:i")}
        )
        found.unassigned.append(
            Need(
                article, why, _("Mark"), "workbench", "i-edit", stage_in_words(ClaimStatus.SPOTTED)
            )
        )


def stage_of(claims: list[Claim]) -> ClaimStatus:
    """The earliest stage any claim of the article is at."""
    statuses = {claim.status for claim in claims}
    return next((stage for stage in STAGES if stage in statuses), ClaimStatus.SPOTTED)


def _stages(claims: Work) -> list[tuple[str, int]]:
    counted = Counter(stage_of(rows) for _article, rows in claims.values())
    return [(stage_in_words(stage), counted[stage]) for stage in ClaimStatus if counted[stage]]


def articles(desk: Desk, user: User, wanted: filters.Filter) -> QuerySet[Article]:
    """The desk's articles that the filter fits, newest first."""
    found = Article.objects.filter(desk=desk).order_by("-created_at", "-pk")
    return filters.matching(found, wanted, user)


def staged(page: Iterable[Article]) -> list[tuple[Article, ClaimStatus, int]]:
    """The articles of one page, each with its stage and number of claims."""
    return [
        (article, stage_of(claims), len(claims)) for article, claims in _with_claims(page).values()
    ]


def history(article: Article, user: User) -> QuerySet[Transition]:
    """The log of the article and its claims, newest first, as far as the person may read it."""
    claims = Claim.objects.made_in(article)
    return (
        Transition.objects.visible_to(user)
        .filter(Q(article=article) | Q(claim__in=claims))
        .select_related("actor", "claim", "sentence", "assignment__person")
        .order_by("-at", "-pk")
    )
