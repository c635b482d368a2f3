"""Ways to others' work that are no page of the desk: mails, and public addresses with a session."""

from __future__ import annotations

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from annotations.models import Letter, NoticeChoice, Sighting, User
from annotations.tasks.mail import message_of
from annotations.vocabulary import NoticeKind, NoticeWay
from annotations.workflow import notices
from tests.replaying import replayed

from . import walking
from .test_blind_walk import (
    Rule,
    ask,
    client_of,
    failing,
    quick,
    same_each_time,
    seen_in,
    walk,
)
from .walking import World

__all__ = ["quick"]


@pytest.fixture
def world(db, time_machine) -> World:
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    return replayed(("walking",), walking.made)


WAYS = [NoticeWay.AT_ONCE, NoticeWay.DAILY]
ROUNDS = [walking.decided, walking.returned, walking.asked_again, walking.reopened_and_asked]


@pytest.mark.heart
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("build", ROUNDS, ids=lambda build: build.__name__)
def test_no_mail_tells_what_is_hidden_nor_what_nobody_noted(world, time_machine, build, way):
    """Of every kind of event, to everybody, at once and by the digest of the day."""
    User.objects.update(email=Concat(F("username"), Value("@mail.example")))
    NoticeChoice.objects.bulk_create(
        NoticeChoice(person=person, kind=kind, way=way)
        for person in User.objects.all()
        for kind in NoticeKind
    )
    build(world)
    world.again()
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    notices.gather(timezone.now())
    notices.make_digests(timezone.now())
    letters = list(Letter.objects.exclude(person=None).select_related("person"))
    assert len({letter.person for letter in letters}) > 3, "some are told of something"
    found = []
    for letter in letters:
        message, reader = message_of(letter), letter.person
        if message is None or reader is None:
            continue
        words = seen_in(world, f"{message.subject}\n{message.body}")
        is_noted = Sighting.objects.filter(claim=world.claim, person=reader).exists()
        wrong = Rule(world, reader).objections(words, is_noted=is_noted)
        found += [f"a mail to {reader} tells {each}: {why}" for why, each in wrong.items()]
    failing(found)


HELD = [
    walking.set_aside,
    walking.returned,
    walking.asked_anew,
    walking.reworded,
    walking.reopened_and_asked,
]
"""The rounds that `test_blind_walk` walks in the drill alone: here by who holds a check."""


@pytest.mark.parametrize("build", HELD, ids=lambda build: build.__name__)
def test_in_every_round_who_holds_a_check_is_told_nothing_by_any_page(world, build):
    """One of each role that holds one: the pages, without forms, files and administration."""
    build(world)
    world.again()
    holders = {"checker": ("ann", "cal", "ben"), "editor": ("eli", "sue")}
    found, walked = [], 0
    for names in holders.values():
        person = next((p for name in names if world.holds(p := world.people[name])), None)
        if person is not None:
            ways = walking.looks(world, person, besides=False)
            found += walk(world, build.__name__, person, ways)
            walked += 1
    assert walked
    failing(found)


def test_a_public_address_is_the_same_to_whoever_is_signed_in(world):
    """Pages, feeds, exports and cards: to who checks, decides, manages, is a superuser or left."""
    walking.published(world)
    world.again()
    ways = [look for look in walking.looks(world, None, plain=True) if look.url != "/login/"]
    assert len({look.name for look in ways}) > 30
    stranger, found = client_of(None), []
    people = [client_of(world.people[name]) for name in ("ann", "eda", "mia", "root", "gone")]
    for look in ways:
        status, text = ask(stranger, look)
        told = same_each_time(text)
        for client in people:
            other, theirs = ask(client, look)
            if (other, same_each_time(theirs)) != (status, told):
                found.append(f"{look}: {status}, {other}")
                break
    failing(found)
