"""What waits in the queue of an editor: to decide, approve, publish, and to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import demands, readiness
from annotations.models import GIVEN_UP, OPEN, Article, Assignment, Claim, Desk, Transition, User
from annotations.queries.needs import InWork, Need, Placed, Queue
from annotations.queries.workbench import stage_in_words
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, MoveName, Task
from annotations.workflow import guards

MOST = 200
"""Rows of what was taken back that the page shows."""

CONFIRM_WITHIN = timedelta(days=1)
"""What was taken back alone is confirmed within this (rule 6)."""


def add_decisions(
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


def add_unconfirmed(found: Queue, desk: Desk, user: User) -> None:
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
