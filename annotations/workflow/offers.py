"""What may be done to a row: the one source of the buttons of pages and of the admin's actions.

An act is offered to whoever has the right to it, at the stages where its move begins; what is in
its way now is said beside it (rule 3). Nothing here moves anything: the move asks all again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from annotations import readiness, rights, second_person
from annotations.models import Article, Claim, Desk, Membership, User
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

from . import table
from .assignments import STAGES
from .publishing import article_approval_objection, publishing_objections

Holds = Callable[[Right], bool]

UNFINISHED = {ClaimStatus.SPOTTED, ClaimStatus.CHECKING, ClaimStatus.DECIDING, ClaimStatus.DECIDED}
"""Stages of a claim that have another act before its article is published."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do from a page: its name there, its label, and the move that it makes.

    `stages` are the statuses at which it is offered.
    """

    name: str
    label: str | Promise
    move: table.Move
    stages: tuple[str, ...]

    @property
    def right(self) -> Right:
        assert self.move.right is not None, "the desk's policy makes no offers"
        return self.move.right


def _act(name: str, move: table.Move, label: str | Promise = "") -> Act:
    return Act(name, label or move.label, move, move.sources)


ASKED = Act(
    "asked",
    gettext_lazy("Who is asked"),
    table.ASSIGN,
    tuple({status: None for stages in STAGES.values() for status in stages}),
)
CLAIM_ACTS = (
    _act("correct", table.REOPEN),
    _act("review", table.PLAN_REVIEW),
    _act("retract", table.RETRACT),
    ASKED,
    _act("set_aside", table.SET_ASIDE),
    _act("duplicate", table.SET_ASIDE, gettext_lazy("Set aside as a repeat")),
    _act("bring_back", table.BRING_BACK),
    _act("reword", table.REWORD),
    _act("give_back", table.GIVE_BACK),
    _act("ask_again", table.ASK_AGAIN),
    _act("decide", table.DECIDE),
    _act("approve", table.APPROVE),
    _act("send_back", table.SEND_BACK),
)
"""In the order of the claim's panel."""

BY_STAGE = (
    _act("open", table.OPEN_CHECKING),
    _act("decide", table.DECIDE),
    _act("approve", table.APPROVE),
)
"""What is done to all claims of an article that are at the stage."""

APPROVE_ARTICLE = _act("approve_article", table.APPROVE_ARTICLE)
PUBLISH = _act("publish", table.PUBLISH)
WITHDRAW = _act("withdraw", table.WITHDRAW)

ACTS = {act.name: act for act in (*CLAIM_ACTS, *BY_STAGE, APPROVE_ARTICLE, PUBLISH, WITHDRAW)}
"""Every act by name; approving one claim and all of an article's is one act."""


@dataclass(frozen=True)
class Offer:
    """An act, and what is in its way; nothing is asked of the database until that is looked at."""

    act: Act
    row: Claim | Article
    person: User
    claims: tuple[Claim, ...] = ()
    """Of an act on an article: its claims at the stage."""

    @cached_property
    def objection(self) -> str:
        """Why it cannot be done now, or an empty string. For several claims: why for none."""
        if self.act.move is table.PUBLISH and isinstance(self.row, Article):
            return " ".join(publishing_objections(self.row, self.person))
        if self.act is APPROVE_ARTICLE and isinstance(self.row, Article):
            return article_approval_objection(self.row, self.person)
        rows = self.claims or (self.row,)
        found = [why for row in rows if (why := self._why_not(row))]
        return " ".join(found) if len(found) == len(rows) else ""

    def _why_not(self, row: Claim | Article) -> str:
        # Who asks is asked about nothing of the claim; whom they ask, `assign` looks at.
        return "" if self.act is ASKED else self.act.move.objection(row, self.person)


def offers(
    row: Claim | Article,
    person: User,
    *,
    holds: Holds | None = None,
    claims: Iterable[Claim] | None = None,
) -> list[Offer]:
    """What this person may do to a claim, or to an article and all its claims at once.

    `holds` answers which rights the person has at the desk, where that is known already; `claims`
    are the article's, likewise.
    """
    holds = holds or rights_of(person, row.desk)
    if isinstance(row, Claim):
        return [
            Offer(act, row, person)
            for act in CLAIM_ACTS
            if row.status in act.stages and holds(act.right)
        ]
    if claims is None:
        claims = readiness.for_moves(Claim.objects.made_in(row)).order_by("number")
    at: dict[str, list[Claim]] = {}
    for claim in claims:
        at.setdefault(claim.status, []).append(claim)
    found = [
        Offer(act, row, person, tuple(at[status]))
        for act in BY_STAGE
        for status in act.stages
        if status in at and holds(act.right)
    ]
    found += _offers_to_publish(row, person, holds, at)
    if row.status in WITHDRAW.stages and holds(WITHDRAW.right):
        found.append(Offer(WITHDRAW, row, person))
    return found


def _offers_to_publish(
    article: Article, person: User, holds: Holds, at: dict[str, list[Claim]]
) -> list[Offer]:
    """To publish what is approved, or what differs from the last edition; to approve it as a whole.

    While a verdict waits for approval, that comes first.
    """
    if at.keys() & UNFINISHED or not (holds(PUBLISH.right) or holds(APPROVE_ARTICLE.right)):
        return []
    claims = [claim.pk for rows in at.values() for claim in rows]
    change = second_person.last_change(article, claims) if claims else None
    if change is None:
        return []
    found = []
    if holds(PUBLISH.right):
        found.append(Offer(PUBLISH, article, person, tuple(at.get(ClaimStatus.APPROVED, ()))))
    if holds(APPROVE_ARTICLE.right) and second_person.changed_by(change) != person.pk:
        found.append(Offer(APPROVE_ARTICLE, article, person))
    return found


def rights_of(person: User, desk: Desk) -> Holds:
    """Which rights the person has at the desk, in one statement."""
    members = Membership.objects.filter(desk=desk, user=person.pk, user__is_active=True)
    role = members.values_list("role", flat=True).first()
    return lambda right: rights.allows(role, right, checkers_mark=desk.checkers_mark)
