"""Faults of the second reading, planted again: glimpses of others, forms sent twice, two at once.

As in `test_planted_faults`. What needs two connections no desk that is played can come to, for it
has one: a test that races two moves finds it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import BigIntegerField, QuerySet, Value

from annotations import models as m
from annotations.models import disclosure, log
from annotations.models.annotation import OPEN, Assignment
from annotations.queries import presence
from annotations.vocabulary import Task
from annotations.workflow import answers, citing, core
from tests.cast import Cast
from tests.workflow import test_machine, test_races, test_races_of_desks
from tests.workflow.machine import Desk
from tests.workflow.machine.pages import LOGS
from tests.workflow.machine.promises import Promise

from .planted import Fault, always, find

# --- faults ---


def _reasons_tell_nothing(patch: pytest.MonkeyPatch) -> None:
    """Why somebody decided so is read as if it told of nobody's work."""
    nothing = Value(None, output_field=BigIntegerField())
    patch.setattr(log, "first_seen", lambda *_: nothing)


def _one_at_a_time_unnoted(patch: pytest.MonkeyPatch) -> None:
    """Rows that are read one after the other, as files are made of them, are not noted."""
    patch.setattr(disclosure.DisclosedQuerySet, "_noted", lambda _self, rows, *_: rows)


def _lines_of_blind_claims(patch: pytest.MonkeyPatch) -> None:
    """Who checks a claim is shown how it was decided before."""
    nobody = Assignment.objects.none()
    patch.setattr(log, "held_blind", lambda: nobody)


def _owing_is_there(patch: pytest.MonkeyPatch) -> None:
    """Only who owes a check is left out of those who are there: as it was at first."""

    def owed() -> Any:
        return Assignment.objects.filter(status__in=OPEN, task=Task.CHECK)

    patch.setattr(presence, "held_blind", owed)


def _a_key_opens_any_form(patch: pytest.MonkeyPatch) -> None:
    """A receipt does not say what was saved with it."""

    def any_form(person: Any, key: Any, _what: str, do: Any, **known: Any) -> Any:
        return core.once_within(person, key, "", do, **known)

    for module in (answers, citing):
        patch.setattr(module, "once_within", any_form)


# --- stories ---


def _free(desk: Desk) -> int:
    """Somebody who was asked for nothing, by number."""
    asked = {row["person_id"] for row in desk.rows("Assignment")}
    return next(n for n in range(2, 6) if desk.people[n].pk not in asked)


def _checkers(desk: Desk) -> list[int]:
    return [desk.index(row["person_id"]) for row in desk.rows("Assignment", task="check")]


def reading_the_log(way: str, desk: Desk) -> None:
    test_machine.until(desk, "decided")
    desk.read_log(who=_free(desk), article=0, way=way)


def reading_the_log_before_one_checks(way: str, desk: Desk) -> None:
    """The verdict is of an earlier round."""
    test_machine.until(desk, "decided")
    desk.send_back(who=1, claim=0, why="Look.", to=None)
    free = _free(desk)
    desk.ask_again(who=0, claim=0, whom=free)
    desk.read_log(who=free, article=0, way=way)


def opening_an_article_that_one_checks(desk: Desk) -> None:
    test_machine.until(desk, "checking")
    desk.open_article(who=_checkers(desk)[0], article=0)


def opening_an_article_before_somebody_is_asked(desk: Desk) -> None:
    """What was noted while it told nothing, is not told later."""
    for who in range(6):
        desk.open_article(who=who, article=0)
    test_machine.until(desk, "checking")
    desk.open_article(who=_free(desk), article=0)


def opening_an_article_after_somebody_handed_in(desk: Desk) -> None:
    for who in range(6):
        desk.open_article(who=who, article=0)
    test_machine.progress_of_others_after_handing_in(desk)
    desk.open_article(who=_free(desk), article=0)


def opening_an_article_after_handing_in(desk: Desk) -> None:
    test_machine.progress_of_others_after_handing_in(desk)
    handed_in = desk.rows("Assignment", status="submitted")[0]
    desk.open_article(who=desk.index(handed_in["person_id"]), article=0)


def _citing(desk: Desk) -> None:
    test_machine.until(desk, "checking")
    desk.cite(at=0, own=True, who=0, change=False)


def citing_and_sending_it_again(desk: Desk) -> None:
    _citing(desk)
    desk.send_again(at=0)


def saving_and_sending_it_again(desk: Desk) -> None:
    test_machine.until(desk, "checking")
    desk.go_on(claim=0, who=0, slug="false")
    desk.send_again(at=0)


def commenting_and_sending_it_again(desk: Desk) -> None:
    test_machine.until(desk, "decided")
    desk.comment(who=1, claim=0, parent=None, holds="")
    desk.send_again(at=0)


def noting_and_sending_it_again(desk: Desk) -> None:
    _citing(desk)
    desk.note_source(at=0, own=True, who=0)
    desk.send_again(at=0)


def taking_out_what_was_cited_and_sending_it_again(desk: Desk) -> None:
    _citing(desk)
    desk.uncite(at=0, own=True, who=0)
    desk.send_again(at=0)


def answering_with_the_key_of_a_citation(desk: Desk) -> None:
    _citing(desk)
    desk.spend_key_again(at=0, other=0)


P = Promise
PRESENCE_SHOWS_HOLDERS = always(presence, "held_blind", Assignment.objects.none())
EVERY_KEY_IS_NEW = always(core, "_is_new", True)
FAULTS = [
    # Why somebody decided so, in each shape of the log
    *(
        Fault(f"reasons tell nothing: {way}", _reasons_tell_nothing,
              partial(reading_the_log, way), (P.READING_IS_NOTED,))
        for way in LOGS
    ),
    *(
        Fault(f"what becomes a file is unnoted: {way}", _one_at_a_time_unnoted,
              partial(reading_the_log, way), (P.READING_IS_NOTED,))
        for way in ("csv", "jsonl")
    ),
    *(
        Fault(f"who checks reads how it was decided: {way}", _lines_of_blind_claims,
              partial(reading_the_log_before_one_checks, way), (P.OWING_IS_BLIND,))
        for way in LOGS
    ),
    # That somebody is there
    Fault("who checks is noted and told", always(presence, "checks_a_claim", False),
          opening_an_article_that_one_checks, (P.OWING_IS_BLIND,)),
    Fault("who handed in is noted and told", always(presence, "checks_a_claim", False),
          opening_an_article_after_handing_in, (P.HOLDING_IS_BLIND,)),
    Fault("who was there is told of", PRESENCE_SHOWS_HOLDERS,
          opening_an_article_before_somebody_is_asked, (P.OWING_IS_BLIND,)),
    Fault("who handed in is told of", _owing_is_there,
          opening_an_article_after_somebody_handed_in, (P.HOLDING_IS_BLIND,)),
    # Forms that are sent twice, and keys of other forms
    Fault("cited twice", EVERY_KEY_IS_NEW, citing_and_sending_it_again, (P.ONCE,)),
    Fault("said twice", EVERY_KEY_IS_NEW, commenting_and_sending_it_again, (P.ONCE,)),
    Fault("noted twice", EVERY_KEY_IS_NEW, noting_and_sending_it_again, (P.ONCE,)),
    Fault("what was taken out is looked for", lambda patch: patch.setattr(
              citing, "kept", lambda rows: rows.get()),
          taking_out_what_was_cited_and_sending_it_again, (P.ONCE,)),
    Fault("a key opens any form", _a_key_opens_any_form,
          answering_with_the_key_of_a_citation, (P.ONCE,)),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(db, monkeypatch, fault: Fault):
    find(fault, monkeypatch)


# --- two at once ---


def _nothing_is_begun_once_more(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(core, "CROSSED", ())


def _keys_are_locked_too(patch: pytest.MonkeyPatch) -> None:
    """Whoever holds a row keeps out those who only name it, as each line of the log does."""
    _nothing_is_begun_once_more(patch)  # so that the test sees what people would not
    was = QuerySet.select_for_update

    def locked(rows: Any, *, no_key: bool = False, **kwargs: Any) -> Any:
        return was(rows, **kwargs)

    patch.setattr(QuerySet, "select_for_update", locked)
    # These were written when the module was read.
    patch.setattr(core, "_DESK", core._held(m.Desk))
    patch.setattr(core, "_ARTICLE", core._held(m.Article))
    patch.setattr(core, "_CLAIM", core._held(m.Claim))


def test_a_move_that_is_not_begun_once_more_is_found_by_the_race(transactional_db, monkeypatch):
    _nothing_is_begun_once_more(monkeypatch)
    with pytest.raises(OperationalError, match="40P01"):
        test_races.test_a_move_that_crossed_with_another_is_made_once_more(Cast())


def test_locks_that_a_line_of_the_log_waits_for_are_found_by_the_race(
    transactional_db, monkeypatch
):
    race = test_races_of_desks.test_a_line_of_the_log_does_not_wait_for_whoever_holds_the_desk
    _keys_are_locked_too(monkeypatch)
    with pytest.raises((OperationalError, AssertionError), match=r"deadlock|OperationalError"):
        race(transactional_db)
