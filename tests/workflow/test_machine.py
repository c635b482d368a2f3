"""Desks played at random: what must hold whoever does what, and in whatever order."""

from __future__ import annotations

import pytest

from tests.workflow.machine import BROKEN, Promise, make_people, play

NEVER_OFF = {
    Promise.OWING_IS_BLIND,
    Promise.DECIDER_APPROVES_BY_POLICY,
    Promise.LOG_IS_COMPLETE,
    Promise.LOG_STANDS,
    Promise.MARKS_FIT,
    Promise.REFUSED_IS_NOTHING,
}
"""Promises that were kept once are never put among the broken ones again."""


def test_what_is_promised_holds_whatever_people_do_at_a_desk(db):
    tally = play(make_people(), examples=25, steps=30)
    print(tally.told())
    assert tally.reached["published"] >= 5, tally.told()


def test_a_promise_that_was_kept_is_asked_for_ever():
    assert not BROKEN & NEVER_OFF


@pytest.mark.drill
def test_what_is_promised_holds_at_hundreds_of_desks_and_each_move_is_made(db):
    tally = play(make_people(), examples=300, steps=60, derandomize=False)
    print(tally.told())
    assert tally.reached["published"] >= 100, tally.told()
    assert tally.reached["corrected"] >= 50, tally.told()
    assert not tally.never_accepted(), tally.told()
