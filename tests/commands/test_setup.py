"""`manage.py setup`: from an empty database to the first manager's own desk."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from annotations.models import Desk, Invitation, Membership, Transition, User

SAID = {
    "desk": "Politics",
    "organisation": "The Courier",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "manager": "ann@example.org",
    "preset": "three",
}


def setup(**said: Any) -> str:
    out = io.StringIO()
    call_command("setup", stdout=out, **said)
    return out.getvalue()


def test_from_an_empty_database_the_link_leads_the_first_manager_to_their_desk(db):
    told = setup(**SAID, address="https://facts.example.org")
    found = re.search(r"https://facts\.example\.org(/invitations/\S+)", told)
    assert found
    browser = Client()
    sent = {"first_name": "Ann", "username": "ann", "password": "over the water we went"}
    answer = browser.post(found[1], sent)
    assert answer["Location"] == reverse("queue", args=["politics"])
    page = browser.get(answer["Location"]).content.decode()
    desk = Desk.objects.get()
    assert (desk.language, desk.time_zone, desk.preset) == ("fr", "Europe/Paris", "three")
    assert desk.annotations_needed == 2
    assert desk.ratings
    ann = User.objects.get()
    assert not ann.is_staff
    assert Membership.objects.get().role == "manager"
    assert [line.actor for line in Transition.objects.filter(move="enrol")] == [None]
    for name in ("invite", "rules", "guidelines", "statements", "import"):
        assert f'href="{reverse(name, args=["politics"])}"' in page, name
    assert browser.get("/admin/").status_code == 200


def test_what_no_option_says_is_asked(db, monkeypatch):
    answers = iter(["", "The Courier", "", "", "ann@example.org", ""])
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)
    setup()
    assert len(asked) == 6
    desk = Desk.objects.get()
    assert (desk.name, desk.language, desk.time_zone) == ("Fact-check desk", "en", "UTC")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"manager": "ann"}, "--manager"),
        ({"preset": "nine"}, "preset"),
        ({"scale": "stars"}, "newsroom"),
        ({"slug": "Not a slug"}, "slug"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(db, wrong, told):
    with pytest.raises(CommandError, match=told):
        setup(**(SAID | wrong))
    assert not Desk.objects.exists()
    assert not Invitation.objects.exists()


def test_a_name_that_is_taken_is_said(db):
    setup(**SAID)
    with pytest.raises(CommandError, match="slug"):
        setup(**SAID)
    assert Desk.objects.count() == 1


def test_without_anybody_to_ask_it_says_which_option_is_needed(db, monkeypatch):
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="--organisation is needed"):
        setup(desk="Politics")
