"""An account that is closed or opened again: every desk of the person has it in its log, once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from annotations import workflow
from annotations.models import Transition, User
from annotations.words.log import actor, what
from tests import cast as c

OF_ACCOUNTS = ("deactivate", "activate")


@pytest.fixture
def root(cast):
    return User.objects.create_superuser("root", password="root", first_name="Root")


def lines():
    found = Transition.objects.filter(move__in=OF_ACCOUNTS).order_by("pk")
    return [(line.desk.slug, line.move, line.person, line.actor) for line in found]


def test_each_desk_of_theirs_is_told_who_closed_the_account_and_who_opened_it(cast, root):
    other = c.make_desk("other")
    workflow.enrol(other, cast.ann, "checker", actor=root)
    c.make_desk("without")
    assert workflow.set_active(cast.ann, False, actor=root)
    assert workflow.set_active(cast.ann, True, actor=root)
    both = [cast.desk.slug, "other"]
    assert lines() == [(slug, move, cast.ann, root) for move in OF_ACCOUNTS for slug in both]
    told = [what(line) for line in Transition.objects.filter(move__in=OF_ACCOUNTS, desk=other)]
    assert told == ["Deactivated the account of Ann", "Made the account of Ann active again"]


def test_what_is_so_already_is_no_line(cast, root):
    assert not workflow.set_active(cast.ann, True, actor=root)
    workflow.set_active(cast.ann, False, actor=root)
    again = User.objects.get(pk=cast.ann.pk)
    again.is_active = True  # read before, by another tab
    assert not workflow.set_active(again, False, actor=root)
    assert len(lines()) == 1
    assert not User.objects.get(pk=cast.ann.pk).is_active


@pytest.mark.parametrize("who", ["mia", "ann", "stranger"])
def test_no_member_closes_an_account_not_even_a_manager(cast, who):
    with pytest.raises(PermissionDenied):
        workflow.set_active(cast.ben, False, actor=getattr(cast, who))
    assert lines() == []


def test_a_superuser_whose_account_was_closed_closes_none(cast, root):
    workflow.set_active(root, False, actor=None)
    with pytest.raises(PermissionDenied):
        workflow.set_active(cast.ben, False, actor=root)


def test_what_was_asked_of_them_stays_asked_and_their_sessions_end(cast, root):
    _article, claim = cast.checking()
    browser = Client()
    browser.force_login(cast.ann)
    assert browser.get("/desk/", follow=True).status_code == 200
    workflow.set_active(cast.ann, False, actor=root)
    assert browser.get("/desk/")["Location"] == "/login/?next=/desk/"
    assert c.check_of(claim, cast.ann).status == "assigned"


def test_erasing_somebody_closes_their_account_at_their_desks(cast):
    workflow.erase_person(cast.ann, reason="Asked for by letter.")
    moves = Transition.objects.filter(person=cast.ann, desk=cast.desk).order_by("pk")
    assert [line.move for line in moves][-3:] == ["deactivate", "end membership", "erase"]
    line = moves.get(move="deactivate")
    assert (line.actor, line.reason) == (None, "Asked for by letter.")
    assert actor(line) == "Who keeps this site"


def test_saving_a_row_that_was_read_before_lets_nobody_in_again(cast, root):
    """As a new password does, for which the page has read the person a moment ago."""
    read_before = User.objects.get(pk=cast.ann.pk)
    workflow.set_active(cast.ann, False, actor=root)
    read_before.set_password("another")
    read_before.save()
    now = User.objects.get(pk=cast.ann.pk)
    assert now.check_password("another")
    assert not now.is_active


def test_of_a_row_that_was_not_read_whole_nothing_else_is_saved(cast, django_assert_num_queries):
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org")
    part = User.objects.only("first_name").get(pk=cast.ann.pk)
    part.first_name = "Anna"
    with django_assert_num_queries(1):
        part.save()
    now = User.objects.get(pk=cast.ann.pk)
    assert (now.first_name, now.email) == ("Anna", "ann@example.org")
