"""Who has an account is not to be learned at the door: kind of account by page, all the same.

Each case asks first while nobody has the name, the address and the number that are typed, then
again once somebody has them. What is compared is all that a stranger gets and could measure: the
answer to the byte, its headers and cookies, the statements, the hashes of passwords, the letters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from annotations import workflow
from annotations.models import Desk, Invitation, User
from tests import cast as c
from tests.views.strangers import (
    ADDRESS,
    JSON,
    KINDS,
    NAME,
    NUMBER,
    PAGES,
    RANDOM,
    ask,
    differences,
    follow,
    forged,
    member,
    now,
    taken_back,
)


@pytest.fixture
def site(db, settings) -> Desk:
    settings.PASSWORD_HASHERS = ["tests.views.strangers.Counted"]
    return c.make_desk()


HEART = ("sign in by name", "sign in by address", "lost password", "link of a lost password")


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.heart] * (page in HEART)) for page in PAGES],
)
def test_a_page_is_the_same_whoever_has_what_is_typed(site, page):
    """As many hashes, statements and letters, and the same page, for each kind as for nobody."""
    told = {}
    with time_machine.travel(timezone.now(), tick=False):
        with taken_back():
            nobody = ask(PAGES[page])
        for kind, make in KINDS.items():
            with taken_back():
                make()
                told[kind] = differences(ask(PAGES[page]), nobody)
    assert not any(told.values()), "\n".join(
        f"{kind}: {what}\n{lines}" for kind, seen in told.items() for what, lines in seen.items()
    )


# --- tries that are counted ---


DOORS = (
    *("sign in by name", "sign in by address", "sign in, as JSON", "lost password", "passkey"),
    *("link of a lost password", "administration", "second factor, sent"),
)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ["member", "with a passkey", "deactivated"])
def test_it_shuts_after_as_many_tries_for_an_account_as_for_none(site, door, kind):
    """From one address, so that both are counted: tries of an account and of a sender."""

    def answers() -> list[tuple[int, str]]:
        cache.clear()
        found = []
        for _try in range(12):
            answer = PAGES[door](Client())
            found.append((answer.status_code, RANDOM.sub("", answer.content.decode())))
        return found

    with taken_back():
        nobodys = answers()
    KINDS[kind]()
    assert answers() == nobodys


def test_a_host_of_many_names_counts_the_tries_of_an_account_once(site, settings):
    """Whoever asks it by another name each time would have five tries by each."""
    settings.ALLOWED_HOSTS = [".example.org"]
    member()

    def come(number: int, word: str) -> Client:
        browser = Client(
            headers={"host": f"h{number}.example.org"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        browser.post("/login/", {"login": NAME, "password": word})
        return browser

    for number in range(5):
        come(number, "wrong")
    assert "_auth_user_id" not in come(6, "the right one").session
    cache.clear()
    assert "_auth_user_id" in come(7, "the right one").session


# --- links, and what people send who are somebody ---


def used(made: Invitation) -> None:
    workflow.accept(workflow.pass_for(made), actor=User.objects.create_user("used"))


def lapsed(made: Invitation) -> None:
    made.expires_at = timezone.now()
    made.save()


def taken_out(made: Invitation) -> None:
    made.taken_back_at = timezone.now()
    made.save()


def sent_again(made: Invitation) -> None:
    made.expires_at += dt.timedelta(seconds=1)
    made.save()


@pytest.mark.parametrize("became", [used, lapsed, taken_out, sent_again])
@pytest.mark.parametrize("by", ["get", "post"])
def test_a_link_that_leads_nowhere_does_not_say_why(site, became, by):
    made = workflow.invite(site, ADDRESS, actor=None)
    real = reverse("invitation", args=[workflow.pass_for(made)])
    became(made)
    found = ask(lambda browser: getattr(browser, by)(real))
    none = ask(lambda browser: getattr(browser, by)("/invitations/x/"))
    assert (found.status, found.body, found.cookies) == (none.status, none.body, none.cookies)
    assert found.status == 410


def choose(link: str) -> None:
    """Follow it, as its owner does."""
    browser = Client()
    page = browser.get(link, follow=True)
    new = {"password1": "over the water we went", "password2": "over the water we went"}
    browser.post(page.request["PATH_INFO"], new)


def changed(person: User) -> None:
    person.email = "new@example.org"
    person.save()


ENDS: dict[str, Callable[[str, User], Any]] = {
    "used": lambda link, who: choose(link),
    "signed in": lambda link, who: sign_in_rightly(),
    "address changed": lambda link, who: changed(who),
    "closed": lambda link, who: workflow.set_active(who, False, actor=None, reason="Left."),
    "erased": lambda link, who: workflow.erase_person(who, reason="Asked for."),
}


def sign_in_rightly() -> None:
    Client().post("/login/", {"login": NAME, "password": "the right one"})


@pytest.mark.parametrize("became", ENDS)
@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_link_of_a_lost_password_that_is_dead_is_as_one_that_was_guessed(site, became, headers):
    who = member()
    link = reverse(
        "account_reset_password_from_key",
        args=[int_to_base36(NUMBER), PasswordResetTokenGenerator().make_token(who)],
    )
    alive = ask(follow(lambda: link))
    assert alive.ways[-1][0].endswith("-set-password/"), "it leads in while nothing has happened"
    ENDS[became](link, who)
    with time_machine.travel(timezone.now(), tick=False):
        dead = ask(follow(lambda: link, headers=headers))
        guessed = ask(follow(lambda: forged(now()), headers=headers))
    keys = re.compile(r"\w+-[0-9a-f]{32}")
    assert keys.sub("", dead.body) == keys.sub("", guessed.body)
    assert (dead.status, dead.statements, dead.cookies, dead.ways, dead.letters) == (
        *(guessed.status, guessed.statements, guessed.cookies, guessed.ways, guessed.letters),
    )


def test_a_new_address_that_somebody_has_is_written_to_as_one_that_nobody_has(site):
    """A member of one desk learns nothing of another's people by changing their own address."""
    ben = User.objects.create_user("ben", "ben@example.org", "ben")

    def change(browser: Client) -> Any:
        browser.force_login(ben)
        sent = {"email": ADDRESS, "action_add": ""}
        return browser.post(reverse("account_email"), sent, follow=True)

    told = {}
    with time_machine.travel(timezone.now(), tick=False):
        with taken_back():
            nobody = ask(change)
        for kind, make in KINDS.items():
            with taken_back():
                make()
                told[kind] = differences(ask(change), nobody)
    assert not any(told.values()), told
