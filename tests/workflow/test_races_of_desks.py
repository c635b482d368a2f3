"""A desk's rules and people change while its claims move: no two moves wait for each other.

Each move of a desk is raced against each move of an article or a claim, while a third person hands
in all their checks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.db import transaction

from annotations import workflow
from annotations.models import Article, Desk, Transition
from annotations.vocabulary import MoveName
from annotations.workflow import core
from tests import cast as c

from .raced_moves import CLAIM_MOVES, DESK_MOVES, LOGGED_AS, OF_NO_CLAIM, WITH_ANOTHER
from .racing import NO_FAULTS, Busy, at_once, crossing, waits_for_us

AT_ONCE = ("mark", "submit", "assign", "set aside", "reword", "revise")
"""Moves of one claim or article that lock in as many ways as there are."""


@pytest.fixture(autouse=True)
def nothing_is_begun_once_more(monkeypatch):
    """A deadlock is an error here. People see none, for the move is begun again; but where there
    is one, two moves lock in different orders, and with more of them at once it would reach them.
    """
    monkeypatch.setattr(core, "CROSSED", ())


def of_claim(busy: Busy, move: str) -> Callable[[], object]:
    """The move, once all that it is about is there."""
    stage, act = CLAIM_MOVES[move]
    return partial(act, busy, *getattr(busy, stage)())


@pytest.mark.parametrize("move", DESK_MOVES)
def test_a_move_of_the_desk_and_those_of_its_claims_do_not_stand_in_each_others_way(
    transactional_db, move
):
    busy = Busy()
    acts = [of_claim(busy, each) for each in AT_ONCE]
    ends = at_once(partial(DESK_MOVES[move], busy), *acts, partial(busy.submit_all, busy.ben))
    assert not set(ends) - NO_FAULTS, "no deadlock"
    assert ends["done"] >= 2


@pytest.mark.parametrize("held", ["desk", "article"])
def test_one_statement_holds_the_desk_and_then_the_article(transactional_db, held):
    """Who waits for the desk holds no article yet, and who waits for the article has the desk."""
    busy = Busy()
    article = busy.article()
    marking = Thread(target=at_once, args=[partial(c.mark, article, "We never", busy.eda)])
    with transaction.atomic():
        if held == "desk":
            core.lock_desk(article.desk)
        else:
            core.lock_article(article)
        marking.start()
        while not waits_for_us():
            marking.join(0.01)
        free_desks = Desk.objects.select_for_update(no_key=True, skip_locked=True)
        free_articles = Article.objects.select_for_update(no_key=True, skip_locked=True)
        if held == "desk":
            assert free_articles.filter(pk=article.pk).exists()
        else:
            assert not free_desks.filter(pk=article.desk_id).exists()
    marking.join()
    assert article.revision.marks.count() == 1


def test_a_line_of_the_log_does_not_wait_for_whoever_holds_the_desk(transactional_db):
    """The line names the desk, which the database looks up when the move ends: it holds the claim
    then, and who holds the desk waits for that."""
    busy = Busy()
    end = crossing(
        lambda: workflow.set_aside(busy.claims[0], "opinion", actor=busy.eda),
        lambda: workflow.end_membership(busy.membership, actor=busy.mia),
    )
    assert end in NO_FAULTS


GROUPS = 11
"""All moves of claims and articles, some at a time: every one meets every move of the desk."""


@pytest.mark.drill
@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("desk_move", DESK_MOVES)
def test_nor_do_any_two(transactional_db, desk_move, group):
    busy = Busy()
    acts = [of_claim(busy, move) for move in [*CLAIM_MOVES][group::GROUPS]]
    ends = at_once(partial(DESK_MOVES[desk_move], busy), *acts, partial(busy.submit_all, busy.ben))
    assert not set(ends) - NO_FAULTS, f"{ends}: no deadlock"
    assert ends["done"]


@pytest.mark.drill
@pytest.mark.parametrize("move", [*DESK_MOVES, *CLAIM_MOVES])
def test_nor_does_a_move_in_its_own(transactional_db, move):
    busy = Busy()
    act = of_claim(busy, move) if move in CLAIM_MOVES else partial(DESK_MOVES[move], busy)
    ends = at_once(*[act] * 4)
    assert not set(ends) - NO_FAULTS, ends


@pytest.mark.drill
@pytest.mark.parametrize("move", [*DESK_MOVES, *CLAIM_MOVES])
def test_what_is_raced_is_made_where_nobody_comes_between(db, move):
    """A race of a move that is refused whoever comes first would show nothing."""
    busy = Busy()
    act = of_claim(busy, move) if move in CLAIM_MOVES else partial(DESK_MOVES[move], busy)
    if move == "change scale":  # while something is rated it is refused
        for claim in busy.claims:
            workflow.set_aside(claim, "opinion", actor=busy.eda)
    last = Transition.objects.latest("pk").pk
    act()
    if name := LOGGED_AS.get(move, move):
        assert Transition.objects.filter(pk__gt=last, move=name).exists()


def test_every_move_that_there_is_is_raced():
    raced = {LOGGED_AS.get(name, name) for name in (*DESK_MOVES, *CLAIM_MOVES)} - {""}
    assert raced | {*WITH_ANOTHER} | OF_NO_CLAIM == set(MoveName.values)
    assert set(WITH_ANOTHER.values()) <= raced
    offered = {str(act.move.name) for act in workflow.ACTS.values()}
    assert offered <= raced, "what a page offers is raced"
