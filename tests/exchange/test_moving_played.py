"""Desks played at random leave and come back the same, and so do their articles, one by one."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotations import blobs
from annotations import models as m
from annotations.exchange.moving import arrive, checked_article, join
from annotations.models import Article, User
from annotations.workflow.copies import add_copy
from tests.emptying import empty
from tests.workflow.machine import Desk, make_people

from . import moved
from .test_moving_article import made_again


class Moving(Desk):
    """A desk of which every example ends with a move: of all of it, then of its articles."""

    moves: ClassVar[list[int]] = []
    """How many lines each had."""
    articles: ClassVar[list[int]] = []
    """How many lines each article had."""
    copies: ClassVar[list[int]] = []
    """How many saved copies each had."""

    def teardown(self) -> None:
        try:
            keep_copies()
            there = there_and_back(self.desk)
            self.moves.append(len(there))
            self.copies.append(m.Snapshot.objects.count())
            self.articles.extend(articles_there_and_back(m.Desk.objects.get()))
        finally:
            super().teardown()


def keep_copies() -> None:
    """Keep a copy of all that is cited: chance seldom comes to it."""
    for source in m.Source.objects.select_related("added_by"):
        kept = blobs.keep(f"What {source.title} was.".encode())
        add_copy(source, kept, source.added_by, "", "text/plain")


def there_and_back(desk: Any) -> list[str]:
    """The lines of the desk, which are the same after it left and came.

    All of it is undone with the example.
    """
    lines = moved.lines_of(desk)
    empty()
    arrived = arrive([line.encode() for line in lines], keep=lambda _digests: None)
    assert arrived.desk is not None
    assert moved.lines_of(arrived.desk) == lines
    return lines


def articles_there_and_back(desk: Any) -> list[int]:
    """How many lines each article has, which are the same after it left and came to a new desk.

    That has the same scale. Ratings of one from before, which it never had, are taken for its own,
    and it is said.
    """
    left = [moved.lines_of(desk, article) for article in Article.objects.order_by("pk")]
    guidelines = list(m.Guidelines.objects.select_related("created_by"))
    for lines in left:
        new = made_again(desk.slug, is_sample=desk.is_sample, scale=desk.scale)
        _write_again(guidelines, new)
        data = [line.encode() for line in lines]
        checked_article(data, new)
        arrived = join(
            data,
            new,
            actor=new.members.get(),
            is_same_people=True,
            keep=lambda _digests: None,
        )
        if sum('"row":"scale"' in line for line in lines) == 1:
            assert moved.lines_of(new, arrived.article) == lines
        else:
            assert any("Ratings of" in note for note in arrived.notes)
    return list(map(len, left))


def _write_again(guidelines: list[m.Guidelines], desk: m.Desk) -> None:
    """Let the desk have guidelines as they were: an article brings none."""
    for person in {each.created_by for each in guidelines}:
        person.save(force_insert=True)
    for each in guidelines:
        each.desk = desk
        each.save(force_insert=True)


def play(
    people: list[User], *, examples: int, steps: int, derandomize: bool = True
) -> tuple[list[int], list[int], list[int]]:
    moves: list[int] = []
    articles: list[int] = []
    copies: list[int] = []
    known = {"people": people, "moves": moves, "articles": articles, "copies": copies}
    machine = type("Desk", (Moving,), known)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate],
        ),
    )
    return moves, articles, copies


def test_a_desk_comes_back_the_same_whatever_was_done_there_and_so_do_its_articles(db):
    moves, articles, _copies = play(make_people(), examples=8, steps=30)
    assert len(moves) >= 8
    assert max(moves) > 50
    assert len(articles) >= 8
    assert max(articles) > 40


@pytest.mark.drill
def test_so_do_a_hundred_desks(db):
    people, moves, copies = make_people(), [], []
    # Chance goes in grooves: of one run of it, most desks are much like another.
    for _run in range(10):
        played = play(people, examples=10, steps=60, derandomize=False)
        moves += played[0]
        copies += played[2]
    assert len(moves) >= 100
    assert max(copies) > 0
