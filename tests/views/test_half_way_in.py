"""Between the password and the second factor: what is changed meanwhile counts at once.

And one invitation that is followed in two windows at the same moment.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.forms import ComeInForm
from annotations.models import Invitation, Membership, User
from tests import cast as c

SECRET = "JBSWY3DPEHPK3PXP"
WORDS = "a ferry to the other side"


def code() -> str:
    """What the person's app shows now."""
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def half_way(person: User, word: str) -> Client:
    """A browser that is asked for the second factor."""
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=person, type="totp", data=data)
    browser = Client()
    answer = browser.post("/login/", {"login": person.username, "password": word})
    assert answer["Location"] == reverse("mfa_authenticate")
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def new_password(person: User) -> None:
    person.set_password(WORDS)
    person.save()


def closed(person: User) -> None:
    workflow.set_active(person, False, actor=None, reason="Has left.")


def erased(person: User) -> None:
    workflow.erase_person(person, reason="Asked for.")


@pytest.mark.parametrize("change", [new_password, closed])
def test_the_code_of_an_app_is_too_late(cast, change: Callable[[User], None]):
    browser = half_way(cast.ann, "ann")
    change(cast.ann)
    late = browser.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)
    assert not is_in(browser)
    assert late.redirect_chain == [(reverse("account_login"), 302)]
    assert "Sign in again" in late.content.decode()
    assert User.objects.get(pk=cast.ann.pk).last_login is None


def test_a_person_who_was_erased_meanwhile_is_asked_for_nothing(cast):
    browser = half_way(cast.ann, "ann")
    erased(cast.ann)
    late = browser.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)
    assert not is_in(browser)
    assert late.redirect_chain == [(reverse("account_login"), 302)]


def test_a_second_factor_that_was_taken_away_meanwhile_leads_in_no_circle(cast):
    browser = half_way(cast.ann, "ann")
    Authenticator.objects.all().delete()
    page = browser.get(reverse("mfa_authenticate"), follow=True)
    assert page.redirect_chain == [(reverse("account_login"), 302)]
    assert page.context["form"].fields["password"], "the password is asked for once more"
    assert not is_in(browser)
    browser.post("/login/", {"login": "ann", "password": "ann"})
    assert is_in(browser)


def test_nothing_changed_the_code_leads_in(cast):
    browser = half_way(cast.ann, "ann")
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_in(browser)


# --- one invitation in two windows ---


@pytest.fixture
def shown(transactional_db) -> str:
    cast = c.Cast()
    return workflow.pass_for(workflow.invite(cast.desk, "kim@example.org", actor=cast.mia))


@pytest.mark.parametrize("names", [("kim", "kim"), ("kim", "kai")])
def test_of_two_windows_with_one_invitation_one_makes_the_account(shown, names, monkeypatch):
    """Both have looked before either has written: each finds the name free."""
    together = Barrier(2, timeout=20)
    looked: Callable[[Any], None] = ComeInForm._post_clean

    def look(form: Any) -> None:
        looked(form)
        together.wait()

    monkeypatch.setattr(ComeInForm, "_post_clean", look)

    def follow(name: str) -> int:
        sent = {"first_name": "Kim", "last_name": "", "username": name, "password": WORDS}
        try:
            return Client(raise_request_exception=False).post(address, sent).status_code
        finally:
            connection.close()

    address = reverse("invitation", args=[shown])
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(follow, names))
    assert answers == [302, 409]
    assert User.objects.filter(email="kim@example.org").count() == 1
    assert Membership.objects.filter(user__email="kim@example.org").count() == 1
    assert Invitation.objects.get().accepted_by is not None


def test_of_two_invitations_to_one_name_the_second_chooses_another(shown, monkeypatch):
    """Somebody took the name after it was found free: it is said, and nothing is lost."""
    monkeypatch.setattr(ComeInForm, "validate_unique", lambda form: None)
    sent = {"first_name": "Kim", "last_name": "", "username": "ann", "password": WORDS}
    answer = Client(raise_request_exception=False).post(reverse("invitation", args=[shown]), sent)
    assert answer.status_code == 409
    assert "has this user name meanwhile" in answer.content.decode()
    assert Invitation.objects.get().is_open
