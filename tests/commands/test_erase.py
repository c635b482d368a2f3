"""Where a name still stands in what people typed is listed when it is erased."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command

from annotations import workflow
from annotations.models import Comment, Desk, Statement, User
from tests import cast as c
from tests.exchange import moved


@pytest.fixture
def carla(cast) -> User:
    person = c.make_person("carla.vidal", cast.desk)
    User.objects.filter(pk=person.pk).update(first_name="Carla", last_name="Vidal")
    return User.objects.get(pk=person.pk)


def erase(**options: Any) -> list[str]:
    out = io.StringIO()
    call_command("erase", stdout=out, **options)
    return out.getvalue().splitlines()


def written(cast) -> tuple[Comment, Statement]:
    _article, claim = cast.published()
    comment = Comment.objects.create(claim=claim, author=cast.ann, body="Ask carla vidal, please.")
    Comment.objects.create(claim=claim, author=cast.ann, body="Of Vidalia and its onions.")
    statement = Statement.objects.create(
        desk=cast.desk, kind="methodology", number=1, body="Written by Vidal.", written_by=cast.mia
    )
    workflow.reopen(claim, actor=cast.eli, reason="Carla Vidal called.")
    return comment, statement


def test_each_place_is_listed_without_its_words(cast, carla):
    comment, statement = written(cast)
    told = erase(user="carla.vidal", reason="Asked for.")
    assert f"desk\tcomment\t{comment.uuid}\tbody" in told
    assert f"desk\tstatement\t{statement.uuid}\tbody" in told
    places = [line.split("\t") for line in told if "\t" in line]
    assert [(table, field) for _desk, table, _key, field in places].count(("comment", "body")) == 1
    assert ("transition", "reason") in [(table, field) for _desk, table, _key, field in places]
    assert not any("please" in line or "called" in line for line in told)
    assert any(line.startswith(f"In {len(places)} places") for line in told)
    assert User.objects.get(pk=carla.pk).last_name == ""


def test_a_look_lists_them_and_changes_nothing(cast, carla):
    comment, _statement = written(cast)
    before = moved.contents()
    told = erase(user="carla.vidal", find=True)
    assert f"desk\tcomment\t{comment.uuid}\tbody" in told
    assert moved.contents() == before


def test_a_name_that_nobody_typed_stands_nowhere_and_signs_in_it_mean_nothing(cast):
    cast.published()
    person = c.make_person("x.*", cast.desk)
    User.objects.filter(pk=person.pk).update(first_name="(", last_name="[a-z]+")
    assert erase(user="x.*", find=True)[-1] == "It stands nowhere."
    assert Desk.objects.count() == 2
