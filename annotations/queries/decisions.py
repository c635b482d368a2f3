"""What waits in the queue of an editor: to decide, approve, publish, and to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import closeness, demands, readiness
from annotations.models import (
    OPEN,
    Article,
    Assignment,
    Claim,
    Desk,
    Mark,
    Policy,
    Transition,
    User,
)
from annotations.prepared import Prepared, PreparedRows
from annotations.queries.needs import WITH_READERS, InWork, Need, Placed, Queue, either
from annotations.queries.workbench import stage_in_words
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, MoveName, Task
from annotations.workflow import guards

STAGE_OF = {Task.DECIDE: ClaimStatus.DECIDING, Task.APPROVE: ClaimStatus.DECIDED}
"""When what a task is waits for somebody."""

MOST = 200
"""Rows of what was taken back that the page shows."""

CONFIRM_WITHIN = timedelta(days=1)
"""What was taken back alone is confirmed within this (rule 6)."""


def add_decisions(found: Queue, desk: Desk, user: User, claims: InWork, *, has_idle: bool) -> None:
    """What an editor may decide, approve and publish; and, of their own work, who else is to.

    `has_idle`: whether the desk has drafts with no claim in work.
    """
    ready = _ready(claims)
    if has_idle:
        ready |= _published_elsewhere(desk)
    waiting = {row.status for _article, rows in claims for row in rows} & {*STAGE_OF.values()}
    if not ready and not waiting:
        return
    turns = _Turns.of(desk, user, claims)
    for article, rows in claims:
        _add_verdicts(found, turns, article, rows)
    if ready:
        _add_publishing(found, turns, ready)


@dataclass(slots=True)
class _Turns:
    """Whose turn it is at a desk: rule 6, asked of many claims at once."""

    desk: Desk
    user: User
    policy: Policy
    crew: closeness.Crew
    took_part: Mapping[int, set[int]]
    asked: _Asked

    @classmethod
    def of(cls, desk: Desk, user: User, claims: InWork) -> _Turns:
        waiting = [
            row.claim
            for _article, rows in claims
            for row in rows
            if row.status in STAGE_OF.values()
        ]
        took_part = closeness.took_part(waiting)
        return cls(
            desk, user, desk.policy, closeness.crew_of(desk), took_part, _asked(user, waiting)
        )

    def who(self, task: Task, row: Placed) -> set[int]:
        """The keys of those who may decide on the claim, or approve it."""
        took_part = self.took_part[row.claim]
        approvers = self.crew.with_right(Right.APPROVE)
        if task == Task.APPROVE:
            return guards.left_to_approve(self.policy, approvers, took_part, decider=row.decider)
        return {
            key
            for key in self.crew.with_right(Right.DECIDE)
            if not guards.is_too_close_to_decide(self.policy, annotates=key in took_part)
            and guards.left_to_approve(self.policy, approvers, took_part, decider=key)
        }

    def is_mine(self, task: Task, row: Placed) -> bool:
        may = self.who(task, row)
        return self.user.pk in may and not self.asked.is_left_to_others(task, row, may)

    def is_my_work(self, task: Task, row: Placed) -> bool:
        """Whether what waits is the person's own annotation, or their verdict."""
        if task == Task.APPROVE:
            return row.decider == self.user.pk
        return self.user.pk in self.took_part[row.claim]

    def waited_for(self, task: Task, rows: list[Placed]) -> str:
        """Who is asked by name, or else all who may, in words."""
        may = set().union(*(self.who(task, row) for row in rows))
        asked = {key for row in rows for key in self.asked.others.get((task, row.claim), ())}
        return self.named(asked & may or may)

    def named(self, keys: set[int]) -> str:
        return either(self.crew.people[key] for key in self.crew.people if key in keys)


def _add_verdicts(found: Queue, turns: _Turns, article: Article, rows: list[Placed]) -> None:
    for task, status in STAGE_OF.items():
        here = [row for row in rows if row.status == status]
        mine = [row for row in here if turns.is_mine(task, row)]
        nobodys = [row for row in here if not turns.who(task, row)]
        others = [
            row
            for row in here
            if row not in nobodys
            and turns.user.pk not in turns.who(task, row)
            and turns.is_my_work(task, row)
        ]
        if mine:
            need = _to_decide(article, mine) if task == Task.DECIDE else _to_approve(article, mine)
            found.add(turns.asked.told(task, need, mine))
        if nobodys:
            _add_nobodys(found, turns, article, _nobodys_in_words(task, len(nobodys)), status)
        if others:
            why = _others_in_words(task, len(others), turns.waited_for(task, others))
            page = "decide" if task == Task.DECIDE else "approve"
            stage = stage_in_words(status)
            found.waiting.append(Need(article, why, _("See it"), page, "i-clock", stage))


def _to_decide(article: Article, rows: list[Placed]) -> Need:
    why = ngettext(
        "All annotations of %(count)d claim are in, and you may decide.",
        "All annotations of %(count)d claims are in, and you may decide.",
        len(rows),
    ) % {"count": len(rows)}
    stage = stage_in_words(ClaimStatus.DECIDING)
    return Need(article, why, _("Decide"), "decide", "i-scale", stage)


def _to_approve(article: Article, rows: list[Placed]) -> Need:
    why = ngettext(
        "%(count)d verdict waits for approval, and you may approve it.",
        "%(count)d verdicts wait for approval, and you may approve them.",
        len(rows),
    ) % {"count": len(rows)}
    stage = stage_in_words(ClaimStatus.DECIDED)
    return Need(article, why, _("Approve"), "approve", "i-check", stage)


def _others_in_words(task: Task, count: int, people: str) -> str:
    if task == Task.DECIDE:
        why = ngettext(
            "You annotated %(count)d claim here. It waits for %(people)s to decide.",
            "You annotated %(count)d claims here. They wait for %(people)s to decide.",
            count,
        )
    else:
        why = ngettext(
            "Your verdict on %(count)d claim waits for %(people)s to approve it.",
            "Your verdicts on %(count)d claims wait for %(people)s to approve them.",
            count,
        )
    return why % {"count": count, "people": people}


def _nobodys_in_words(task: Task, count: int) -> str:
    if task == Task.DECIDE:
        why = ngettext(
            "Nobody at the desk can decide on %(count)d claim:"
            " each editor annotated it, or would leave nobody to approve it.",
            "Nobody at the desk can decide on %(count)d claims:"
            " each editor annotated them, or would leave nobody to approve them.",
            count,
        )
    else:
        why = ngettext(
            "Nobody at the desk can approve %(count)d verdict:"
            " each editor annotated the claim or wrote the verdict.",
            "Nobody at the desk can approve %(count)d verdicts:"
            " each editor annotated the claims or wrote the verdicts.",
            count,
        )
    return why % {"count": count}


def _add_nobodys(
    found: Queue, turns: _Turns, article: Article, why: str, status: ClaimStatus
) -> None:
    """What nobody can do waits for whoever may bring in somebody else."""
    stage = stage_in_words(status)
    managers = turns.crew.with_right(Right.MANAGE)
    if turns.user.pk in managers:
        need = Need(article, why, _("Invite somebody"), "people", "i-alert", stage)
        found.stalled.append(need)
    else:
        told = _("%(why)s It waits for %(people)s to invite another editor.")
        told %= {"why": why, "people": turns.named(managers)}
        found.waiting.append(Need(article, told, _("See it"), "workbench", "i-alert", stage))


Ready = dict[int, tuple[Article, list[int]]]
"""Articles of which every claim in work is approved, with these, by key."""


def _ready(claims: InWork) -> Ready:
    return {
        article.pk: (article, [row.claim for row in rows])
        for article, rows in claims
        if rows and all(row.status == ClaimStatus.APPROVED for row in rows)
    }


def _published_elsewhere(desk: Desk) -> Ready:
    """Drafts of which every claim has its verdict from another article: none of it is in work."""
    return {article.pk: (article, []) for article in _ELSEWHERE(desk.pk)}


def _elsewhere(desk: int) -> QuerySet[Article]:
    here = Mark.objects.filter(revision__article=OuterRef("pk"))
    others = here.exclude(claim__status__in=[*WITH_READERS, ClaimStatus.SET_ASIDE])
    rows = (
        Article.objects.filter(desk=desk, status=ArticleStatus.DRAFT, on_hold="")
        .filter(Exists(here.filter(claim__status__in=WITH_READERS)))
        .exclude(Exists(others))
        .select_related("owner")
        .order_by("-created_at", "-pk")
    )
    return rows[:MOST]


_ELSEWHERE: PreparedRows[Article] = PreparedRows(_elsewhere, 1)


def _add_publishing(found: Queue, turns: _Turns, ready: Ready) -> None:
    """Who publishes: nobody alone (rule 6), and nothing while something is in the way."""
    stopped = _stopped(turns.desk, ready)
    hands = closeness.hands([article for article, _claims in ready.values()])
    publishers = turns.crew.with_right(Right.PUBLISH)
    stage = stage_in_words(ClaimStatus.APPROVED)
    for key, (article, _claims) in ready.items():
        may = {person for person in publishers if hands[key].may_publish(person)}
        if key in stopped:
            why = _("Every verdict is approved, but something else is still in the way.")
            found.now.append(Need(article, why, _("See what"), "approve", "i-flag", stage))
        elif turns.user.pk in may:
            why = _("Everything is approved. It can be published.")
            found.now.append(Need(article, why, _("Publish"), "approve", "i-flag", stage))
        elif may:
            why = _alone_in_words(hands[key], turns.user) % {"people": turns.named(may)}
            found.waiting.append(Need(article, why, _("See it"), "approve", "i-clock", stage))
        else:
            _add_unpublished(found, turns, article, hands[key])


def _add_unpublished(found: Queue, turns: _Turns, article: Article, hands: closeness.Hands) -> None:
    """Nobody can publish it as it stands: whoever can help that, or else a second person is due."""
    stage = stage_in_words(ClaimStatus.APPROVED)
    ways = ways_to_publish(turns.crew, hands)
    if not ways:
        why = _(
            "Everything is approved, but nobody at the desk can publish it:"
            " it takes a second person."
        )
        _add_nobodys(found, turns, article, why, ClaimStatus.APPROVED)
    elif turns.user.pk in ways:
        why = _(
            "Everything is approved, and several people changed what nobody else has looked at."
            " Look at the article and approve it: then %(people)s can publish it."
        ) % {"people": turns.named(ways[turns.user.pk])}
        need = Need(article, why, _("Approve the article"), "approve", "i-check", stage)
        found.now.append(need)
    else:
        why = _(
            "Everything is approved. It waits for %(people)s to look at the article and approve it."
        ) % {"people": turns.named({*ways})}
        found.waiting.append(Need(article, why, _("See it"), "approve", "i-clock", stage))


def ways_to_publish(crew: closeness.Crew, hands: closeness.Hands) -> dict[int, set[int]]:
    """Who can help by approving the article, with who may publish it then, by their keys."""
    publishers = crew.with_right(Right.PUBLISH)
    helped = {
        person: hands.may_let_others_publish(person, publishers)
        for person in crew.with_right(Right.APPROVE)
    }
    return {person: others for person, others in helped.items() if others}


def whom_publishing_waits_for(article: Article) -> str:
    """Whom an article waits for that somebody cannot publish, in words; empty if for nobody.

    Those who may publish it as it stands, or else those who may approve it as a whole first.
    """
    hands, crew = closeness.hands([article])[article.pk], closeness.crew_of(article.desk)
    may = {person for person in crew.with_right(Right.PUBLISH) if hands.may_publish(person)}
    people = [each for key, each in crew.people.items() if key in may]
    if people:
        return _("It waits for %(people)s to publish it.") % {"people": either(people)}
    ways = ways_to_publish(crew, hands)
    people = [each for key, each in crew.people.items() if key in ways]
    if people:
        return _("It waits for %(people)s to look at the article and approve it.") % {
            "people": either(people)
        }
    return ""


def _alone_in_words(hands: closeness.Hands, user: User) -> str:
    if user.pk in hands.unseen:
        return _(
            "Everything is approved. You changed it last, so it waits for %(people)s to publish it."
        )
    if user.pk in hands.replied:
        return _(
            "Everything is approved. You noted who was asked, or the answer, so it waits for"
            " %(people)s to publish it."
        )
    return _(
        "Everything is approved. You decided and approved a verdict,"
        " so it waits for %(people)s to publish it."
    )


def _stopped(desk: Desk, ready: Ready) -> set[int]:
    """The keys of the ready articles that cannot be published yet."""
    keys = {article: claims for article, (_row, claims) in ready.items()}
    asked = Claim.objects.filter(pk__in=[claim for claims in keys.values() for claim in claims])
    lacks = demands.unmet_of(desk, asked)
    lacking = {lack.claim.pk for lack in lacks if lack.claim and not lack.only_warns}
    unmet = {article for article, claims in keys.items() if lacking.intersection(claims)}
    return readiness.hindered(keys) | unmet


@dataclass(slots=True)
class _Asked:
    """Who is asked to decide and approve, as far as it matters to one person."""

    mine: dict[tuple[str, int], Assignment]
    others: dict[tuple[str, int], set[int]]
    """Those that somebody else was asked for who can still be waited for: neither late nor away."""

    def is_left_to_others(self, task: str, row: Placed, may: set[int]) -> bool:
        """Whether somebody else of those who `may` was asked, and this person was not.

        Who has another role now, or is too close under other rules, is waited for no more.
        """
        asked = self.others.get((task, row.claim), set())
        return bool(asked & may) and (task, row.claim) not in self.mine

    def told(self, task: Task, need: Need, claims: list[Placed]) -> Need:
        """The need, saying so where the person was asked by name, with the first day it is due."""
        rows = [self.mine[task, row.claim] for row in claims if (task, row.claim) in self.mine]
        if not rows:
            return need
        words = {
            Task.DECIDE: _("You are asked to decide."),
            Task.APPROVE: _("You are asked to approve."),
        }
        returned = [row for row in rows if row.status == AssignmentStatus.RETURNED]
        said = _("It was sent back to you.") if returned else words[task]
        need.why = f"{said} {need.why}"
        need.due_at = min((row.due_at for row in rows if row.due_at), default=None)
        return need


def _asked(user: User, waiting: list[int]) -> _Asked:
    rows = _ASKED(waiting) if waiting else []
    found, now, today = _Asked({}, {}), timezone.now(), timezone.localdate()
    for row in rows:
        if row.person_id == user.pk:
            found.mine[row.task, row.claim_id] = row
        elif (
            row.person.is_active
            and not row.person.is_away(today)
            and (row.due_at is None or row.due_at >= now)
        ):
            found.others.setdefault((row.task, row.claim_id), set()).add(row.person_id)
    return found


def _asked_by_name(claims: list[int]) -> QuerySet[Assignment]:
    of_one = Q(task__in=[Task.DECIDE, Task.APPROVE], status__in=OPEN)
    rows = Assignment.objects.filter(of_one, claim__pk__any_of=claims)
    return rows.select_related("person")


_ASKED: PreparedRows[Assignment] = PreparedRows(_asked_by_name, 1)


def _unconfirmed(desk: int) -> Any:
    taken_back = Transition.objects.filter(
        desk=desk, move__in=[MoveName.WITHDRAW, MoveName.RETRACT]
    )
    later = Transition.objects.filter(
        move__in=[MoveName.CONFIRM_TAKING_BACK, MoveName.PUBLISH, MoveName.REOPEN],
        at__gt=OuterRef("at"),
    )
    # Two questions, each by the index of its key: with OR between them, there is none to use.
    rows = taken_back.exclude(Exists(later.filter(article=OuterRef("article"))))
    rows = rows.exclude(Exists(later.filter(claim=OuterRef("claim"))))
    return rows.order_by("at").values_list("pk")[:MOST]


_UNCONFIRMED = Prepared(_unconfirmed, 1)


def add_unconfirmed(found: Queue, desk: Desk, user: User) -> None:
    """What somebody took back alone: a second person confirms it within a day.

    Where nobody else at the desk can, whoever may bring in a second person is told.
    """
    keys = [key for (key,) in _UNCONFIRMED(desk.pk)]
    if not keys:
        return
    crew = closeness.crew_of(desk)
    able, managers = crew.with_right(Right.APPROVE), crew.with_right(Right.MANAGE)
    rows = Transition.objects.filter(pk__in=keys)
    for line in rows.select_related("article", "claim", "actor").order_by("at"):
        article = line.article or Article.objects.filter(revisions__marks__claim=line.claim).first()
        if article is None:
            continue
        need = _to_confirm(article, line)
        if user.pk in able - {line.actor_id}:
            found.add(need)
        elif not able - {line.actor_id} and user.pk in managers:
            need.why += " " + _("Nobody else at the desk can.")
            need.verb, need.page = _("Invite somebody"), "people"
            (found.overdue if need.is_late else found.stalled).append(need)


def _to_confirm(article: Article, line: Transition) -> Need:
    said = {"person": line.actor, "reason": line.reason, "claim": line.claim}
    why = _("%(person)s withdrew it: %(reason)s A second person confirms it.")
    if line.claim is not None:
        why = _("%(person)s retracted “%(claim)s”: %(reason)s A second person confirms it.")
    stage = ClaimStatus.RETRACTED.label if line.claim else ArticleStatus.WITHDRAWN.label
    need = Need(article, why % said, _("Confirm"), "confirm_taking_back", "i-alert", str(stage))
    need.due_at = line.at + CONFIRM_WITHIN
    return need
