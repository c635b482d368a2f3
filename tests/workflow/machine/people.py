"""Moves of a desk that is played: its people, its rules, what it writes of itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from annotations import workflow
from annotations.models import Membership
from annotations.vocabulary import Role

from .asking import Asking
from .moves import AT, STALE, WHO, WHY, has, move

RULES = [
    {"preset": "two", "annotations_needed": 1},
    {"preset": "three", "annotations_needed": 2},
    {"preset": "four", "annotations_needed": 2},
    {"preset": "four", "annotations_needed": 3},
    {"decider_may_approve": True},
    {"decider_may_approve": False},
    {"decider_may_approve": None},
    {"checkers_mark": True},
    {"checkers_mark": False},
    {"lapse_days": 7},
    {"lapse_days": None},
    {"people_shown": "roles"},
    {"demand_sources": "warn"},
    {"demand_reply": "block"},
    {"demand_reply": "off"},
]


class PeopleMoves(Asking):
    """Members who come and go, rules that change, guidelines and statements."""

    @move(
        writes="enrol, own, expire, disclose, adopt", who=WHO, whom=WHO, role=st.sampled_from(Role)
    )
    def enrol(self, who: int, whom: int, role: Role) -> None:
        me, person, desk = self.someone(who), self.someone(whom), self.desk
        self.attempt("enrol", partial(workflow.enrol, desk, person, role, actor=me), may_rest=True)

    @move(
        writes="end membership, own, take back, expire, disclose, adopt, fulfil",
        weight=1,
        who=WHO,
        at=AT,
    )
    def end_membership(self, who: int, at: int) -> None:
        members = self.rows("Membership", desk_id=self.desk.pk)
        member, me = self.pick(Membership, at, members), self.someone(who)
        self.attempt("end_membership", partial(workflow.end_membership, member, actor=me))

    @move(who=WHO, rules=st.sampled_from(RULES), why=WHY)
    def change_rules(self, who: int, rules: dict[str, Any], why: str) -> None:
        me, desk = self.someone(who), self.desk
        self.attempt(
            "change_rules", partial(workflow.change_rules, desk, rules, actor=me, reason=why)
        )

    @move(
        writes="write guidelines, write statement",
        ripe=has("Membership"),
        who=WHO,
        is_stale=STALE,
        kind=st.booleans(),
    )
    def write(self, who: int, is_stale: bool, kind: bool) -> None:
        """Write what the desk tells its own people, or its readers."""
        me, desk, text = self.someone(who), self.desk, f"Look twice, says {self.number()}."
        if kind:
            based_on = len(self.now["Guidelines"]) + is_stale
            self.attempt(
                "write_guidelines",
                partial(workflow.write_guidelines, desk, text, actor=me, based_on=based_on),
            )
        else:
            based_on = len(self.now["Statement"]) + is_stale
            self.attempt(
                "write_statement",
                partial(
                    workflow.write_statement, desk, "methodology", text, actor=me, based_on=based_on
                ),
            )
