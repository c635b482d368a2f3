"""Who lacks a right is told which roles have it, and whom to ask; every right, at every desk."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from annotations.models import Desk, Membership, User
from annotations.rights import Right
from annotations.vocabulary import Role
from annotations.workflow.core import require, why_not
from tests import cast as c

MANAGERS = {
    "none": [],
    "one whose account is closed": [("mia", False)],
    "one": [("mia", True)],
    "several": [("mia", False), ("max", True), ("may", True), ("moe", True), ("mo", True)],
}
"""Who manages the desk, and whether they can sign in."""
TO_ASK = {"one": "Mia", "several": "Max, May or Moe"}
"""Three at the most, those who were there first. Where nobody can be asked, it is the site's."""


def make_managed_desk(managers: str, checkers_mark: bool) -> Desk:
    desk = c.make_desk(checkers_mark=checkers_mark)
    for name, is_active in MANAGERS[managers]:
        person = c.make_person(name, desk, Role.MANAGER)
        User.objects.filter(pk=person.pk).update(is_active=is_active)
    return desk


def is_allowed(person: User, right: Right, desk: Desk) -> bool:
    try:
        require(person, right, desk)
    except PermissionDenied:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("managers", MANAGERS)
@pytest.mark.parametrize("checkers_mark", [False, True])
def test_a_refusal_names_the_roles_that_may_and_somebody_to_ask(managers, checkers_mark):
    desk = make_managed_desk(managers, checkers_mark)
    person = c.make_person("olga", desk, Role.OBSERVER)
    membership = Membership.objects.get(user=person)
    for right in Right:
        may = set()
        refusals = set()
        for role in Role:
            Membership.objects.filter(pk=membership.pk).update(role=role)
            if is_allowed(person, right, desk):
                may.add(str(role.label))
            elif role != Role.MANAGER:
                refusals.add(why_not(right, desk, to=person))
        for words in refusals:
            said = re.fullmatch(
                rf"You may not {re.escape(str(right.label))} at this desk\."
                r" Who may: ([\w, ]+)\. (.+)",
                words,
            )
            assert said is not None, words
            assert set(said[1].split(", ")) == may
            assert said[2] == (
                f"Ask {TO_ASK[managers]}."
                if managers in TO_ASK
                else "Nobody manages this desk now: ask whoever keeps this site."
            )
        assert len(refusals) == (right != Right.READ)


@pytest.mark.django_db
def test_a_stranger_is_told_nobodys_name():
    desk = make_managed_desk("several", checkers_mark=True)
    stranger = c.make_person("stranger")
    assert why_not(Right.MARK, desk, to=stranger).endswith("triage sentences at this desk.")


@pytest.mark.django_db
def test_roles_and_names_are_listed_as_the_language_lists_them():
    desk = make_managed_desk("several", checkers_mark=False)
    person = c.make_person("olga", desk, Role.OBSERVER)
    with translation.override("ar"):
        words = why_not(Right.IMPORT, desk, to=person)
    assert "Max، May" in words
    assert ", " not in words
