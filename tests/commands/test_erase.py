"""Where a name still stands in what people typed is listed when it is erased."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations import workflow
from annotations.models import Comment, Desk, Statement, User
from tests import cast as c
from tests.exchange import moved
from tests.views.readers import article_page


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


def test_a_name_that_they_had_when_it_was_published_is_told_and_goes_too(cast):
    article, _claim = cast.approved()
    User.objects.filter(pk=cast.ann.pk).update(first_name="Carla", last_name="Rossi")
    workflow.publish(article, actor=cast.eli)
    page = article_page(article)
    assert "Carla Rossi" in Client().get(page).content.decode()
    User.objects.filter(pk=cast.ann.pk).update(last_name="Vidal")
    told = " ".join(erase(user="ann", reason="Asked for."))
    assert "No account has these names" in told
    assert "Carla Rossi." in told
    again = f"erased-{cast.ann.pk}"
    assert f"--user {again} --also NAME" in told
    assert "Carla Rossi" in Client().get(page).content.decode(), (
        "the system does not guess who that was"
    )
    with pytest.raises(CommandError, match="Ben is what somebody else is called"):
        erase(user=again, also=["Ben"], reason="Asked for.")
    told = " ".join(erase(user=again, also=["Carla Rossi"], reason="Asked for."))
    assert "No account has these names" not in told
    shown = Client().get(page).content.decode()
    assert "Carla Rossi" not in shown
    assert "Ben" in shown
