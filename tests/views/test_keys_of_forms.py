"""A form carries a key or a version, or it is said why it may be sent twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from . import walking
from .forms import Found, distinct, forms_of
from .test_blind_walk import client_of
from .walking import World

TOLD_APART = {"key", "version", "based_on", "shown"}
"""By one of these a repeated form is known: an idempotency key, or what the page showed."""

MAY_BE_SENT_TWICE = {
    "account": "sets what one says of oneself: the same again changes nothing",
    "account_login": "signs in: the second copy finds one signed in",
    "add_earlier_checks": "the file that was read is taken once, and then gone",
    "claims": "each claim moves once, and one person is asked for one thing once",
    "mfa_login_webauthn": "signs in, by a challenge that is good once",
    "notice_choices": "sets one choice for each kind of event",
    "read_notices": "says up to which one has read",
    "settle_comment": "sets whether a comment is settled",
    "settle_note": "a note is settled once",
    "source": "keeps a copy: the same bytes again are the copy there is",
    "triage": "sets the value of a sentence",
    "undo": "each press takes back one step, and redoing brings it back",
}
"""The addresses whose forms carry neither, and what a second copy of such a form does."""

WALKED = [
    (walking.half, ("ann", "mia")),
    (walking.published, ("mia", "")),
]
"""States, and who looks; nobody: a reader."""


@pytest.mark.django_db
def test_a_form_that_makes_something_carries_a_key_or_a_version():
    without = set()
    for build, people in WALKED:
        with transaction.atomic():
            world = walking.made()
            build(world)
            world.again()
            for name in people:
                without |= {
                    form.name
                    for form in forms_for(world, name)
                    if not TOLD_APART & form.fields.keys()
                }
            transaction.set_rollback(True)
    assert without == MAY_BE_SENT_TWICE.keys()


def forms_for(world: World, name: str) -> Iterator[Found]:
    person = world.people[name] if name else None
    client = client_of(person)
    if person is None:
        url = f"{reverse('report', args=[world.desk.slug])}?claim={world.claim.number}"
        yield from forms_of(url, client.get(url).content)
    yield from distinct(world, client, person)
