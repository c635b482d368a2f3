"""Eight people move in, by pages and mail, and are counted: clicks, keys and pages.

In November 2026 the head of a desk made seven accounts and seven memberships by hand, one by one,
with passwords of their own invention: 84 clicks on 35 pages.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command

from annotations.models import Desk, Membership
from tests import letters
from tests.drills import newsroom
from tests.drills.hands import Person, Tally

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = Tally(clicks=84, pages=35)
SITE = "factcheck.example"


def test_seven_people_come_in_by_less_than_a_tenth_of_the_clicks(new_page, capsys):
    call_command("loaddata", "scales", verbosity=0)
    call_command(
        "setup", desk="Politics", organisation="The Courier", language="en",
        time_zone="Europe/Paris", manager=f"head@{SITE}", preset="four",
    )  # fmt: skip
    link = letters.path_in(capsys.readouterr().out, "/invitations/")
    of_head, of_others = Tally(), Tally()
    head = Person(new_page(viewport={"width": 1440, "height": 900}), of_head)
    newsroom.come_in(head, link, "Hedda Head")
    came = Tally(of_head.clicks, of_head.keys, of_head.prose, of_head.pages)
    newsroom.invite(head, SITE)

    def link_to(address: str) -> str:
        return letters.path_in(letters.newest(address), "/invitations/")

    def new_person() -> Person:
        return Person(new_page(viewport={"width": 1440, "height": 900}), of_others)

    people = newsroom.all_come_in(new_person, link_to, SITE)
    assert Membership.objects.filter(desk=Desk.objects.get()).count() == 8
    clicks, pages = of_head.clicks - came.clicks, of_head.pages - came.pages
    every = Tally(of_head.clicks + of_others.clicks, pages=of_head.pages + of_others.pages)
    with capsys.disabled():
        print(
            f"\nSeven accounts in November: {BEFORE.clicks} clicks on {BEFORE.pages} pages",
            f"now, of who invites: {clicks} on {pages}, and seven lines pasted",
            f"of each of the seven: {of_others.clicks / 7:g} on {of_others.pages / 7:g}",
            f"of the first, by the link of setup: {came.clicks} on {came.pages}",
            f"of all eight: {every.clicks} on {every.pages}",
            sep="\n",
        )
    assert clicks <= 4
    assert pages <= 4
    assert of_others.clicks == 7, "one click each: their account"
    checkers = {newsroom.NAMES[name]: people[name] for name in ("ann", "ben")}
    newsroom.publish(newsroom.PORT, head, people["ed"], checkers)
