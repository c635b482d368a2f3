"""Signing in with an organisation's own accounts: a real OpenID Connect server on loopback."""

from __future__ import annotations

import base64
import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Desk, Membership, User
from tests import cast as c
from tests.views.strangers import ADDRESS, KINDS, ask, taken_back

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN = "/account/with/oidc/organisation/login/"
WHO: dict[str, Any] = {"sub": "1", "email": "ann@example.org", "email_verified": True}


class Server(ThreadingHTTPServer):
    """Says that whoever comes is `who`."""

    who: dict[str, Any]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if "openid-configuration" in self.path:
            url = self.server.url
            self._send(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "userinfo_endpoint": f"{url}/who",
                    "jwks_uri": f"{url}/keys",
                }
            )
        else:
            self._send(self.server.who)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["code"] == ["a-code"]
        assert sent["code_verifier"], "PKCE"
        claims = {"iss": self.server.url, "aud": "us", "exp": 4e9, "iat": 1, **self.server.who}
        token = ".".join([_part({"alg": "none"}), _part(claims), ""])
        self._send({"access_token": "t", "token_type": "Bearer", "id_token": token})

    def _send(self, what: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: it is a test."""


def _part(what: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(what).encode()).decode().rstrip("=")


@pytest.fixture
def organisation(settings) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Answers)
    server.who = dict(WHO)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "organisation",
        "name": "The Courier",
        "client_id": "us",
        "secret": "s",
        "settings": {"server_url": server.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield server
    server.shutdown()
    server.server_close()


def sign_in(browser: Client, to: str = "") -> Any:
    """Go to the organisation and come back with what it sent."""
    there = browser.post(f"{LOGIN}?process=login&next={to}")
    asked = parse_qs(urlsplit(there["Location"]).query)
    back = {"code": "a-code", "state": asked["state"][0]}
    return browser.get("/account/with/oidc/organisation/login/callback/", back)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_sign_in_page_offers_it(cast, organisation):
    assert "Sign in with The Courier" in Client().get("/login/").content.decode()


def test_without_the_settings_there_is_no_such_door(cast):
    assert "/account/with/oidc" not in Client().get("/login/").content.decode()
    assert Client().post(LOGIN).status_code == 404


def test_whoever_has_an_account_under_a_confirmed_address_is_let_in(cast, organisation):
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org")
    browser = Client()
    answer = sign_in(browser, "/desks/desk/")
    assert answer["Location"] == "/desks/desk/"
    assert browser.session["_auth_user_id"] == str(cast.ann.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_that_it_did_not_confirm_tells_nothing_either(db, organisation, kind):
    c.make_desk()
    organisation.who |= {"email": ADDRESS, "email_verified": False}
    with taken_back():
        nobody = ask(sign_in)
    KINDS[kind]()
    found = ask(sign_in)
    assert (found.status, found.body, found.ways) == (nobody.status, nobody.body, nobody.ways)
    assert found.headers.get("Location") == nobody.headers.get("Location")
    assert found.letters == nobody.letters == []


def test_an_address_that_it_did_not_confirm_opens_nothing(cast, organisation):
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org")
    organisation.who["email_verified"] = False
    browser = Client()
    sign_in(browser)
    assert not is_in(browser)


def test_an_account_that_is_deactivated_stays_shut(cast, organisation):
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org", is_active=False)
    browser = Client()
    sign_in(browser)
    assert not is_in(browser)


def test_a_stranger_with_an_account_there_gets_none_here(cast, organisation):
    organisation.who["email"] = "stranger@example.org"
    browser = Client()
    sign_in(browser)
    assert not is_in(browser)
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_whoever_was_invited_comes_in_with_it_and_needs_no_password(cast, organisation):
    organisation.who["email"] = "new@example.org"
    made = workflow.invite(cast.desk, "New@example.org", role="editor", actor=cast.mia)
    path = reverse("invitation", args=[workflow.pass_for(made)])
    browser = Client()
    assert "Or sign in with The Courier" in browser.get(path).content.decode()
    assert sign_in(browser, path)["Location"] == path
    assert is_in(browser)
    assert browser.post(path)["Location"] == reverse("queue", args=["desk"])
    person = User.objects.get(email__iexact="new@example.org")
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(user=person).role == "editor"


WRITTEN = ("ann@example.org", "Ann@Example.org", "ANN@EXAMPLE.ORG")


@pytest.mark.parametrize("there", WRITTEN)
@pytest.mark.parametrize("invited", WRITTEN)
def test_whoever_came_by_an_invitation_is_the_same_with_the_organisation(
    cast, organisation, invited, there
):
    made = workflow.invite(cast.desk, invited, actor=cast.mia)
    nora = workflow.come_in(workflow.pass_for(made), User(username="nora"), "over the water")
    organisation.who["email"] = there
    browser = Client()
    sign_in(browser)
    assert browser.session["_auth_user_id"] == str(nora.pk)
    assert User.objects.filter(email__iexact=there).count() == 1


@pytest.mark.parametrize("invited", WRITTEN)
@pytest.mark.parametrize("there", WRITTEN)
def test_whoever_came_by_the_organisation_is_the_same_when_invited_elsewhere(
    cast, organisation, invited, there
):
    organisation.who["email"] = there
    first = reverse("invitation", args=[invite_to(cast.desk, invited)])
    browser = Client()
    sign_in(browser, first)
    browser.post(first)
    person = User.objects.get(pk=browser.session["_auth_user_id"])
    shown = invite_to(c.make_desk("other"), there)
    second = reverse("invitation", args=[shown])
    assert "Sign in with it" in Client().get(second).content.decode()
    with pytest.raises(workflow.Refused, match="There is an account"):
        workflow.come_in(shown, User(username="nora"), "over the water")
    later = Client()
    sign_in(later, second)
    later.post(second)
    assert later.session["_auth_user_id"] == str(person.pk)
    assert {each.slug for each in Desk.objects.filter(members=person)} == {"desk", "other"}
    assert User.objects.filter(email__iexact=there).count() == 1


@pytest.mark.parametrize("there", WRITTEN)
def test_an_account_that_was_given_capitals_is_found_by_the_organisation(cast, organisation, there):
    """As the administration, or a fixture, may have written it."""
    User.objects.filter(pk=cast.ann.pk).update(email="Ann@Example.org")
    organisation.who["email"] = there
    browser = Client()
    sign_in(browser)
    assert browser.session["_auth_user_id"] == str(cast.ann.pk)


def invite_to(desk: Desk, address: str) -> str:
    """What leads in; the machine's owner asks."""
    return workflow.pass_for(workflow.invite(desk, address, actor=None))


def test_an_answer_that_nobody_asked_for_is_refused(cast, organisation):
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org")
    browser = Client()
    back = {"code": "a-code", "state": "forged"}
    browser.get("/account/with/oidc/organisation/login/callback/", back)
    assert not is_in(browser)


def test_where_the_desk_asks_for_a_second_factor_a_password_is_set_first(cast, organisation):
    Desk.objects.filter(pk=cast.desk.pk).update(second_factor=True)
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org", password="!")
    browser = Client()
    sign_in(browser)
    page = browser.get("/desks/desk/", follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_index")
    set_one = reverse("account_set_password")
    assert f'href="{set_one}"' in page.content.decode()
    new = {"password1": "over the water", "password2": "over the water"}
    browser.post(set_one, new)
    add = reverse("mfa_add_webauthn")
    browser.post(f"{reverse('account_reauthenticate')}?next={add}", {"password": "over the water"})
    assert browser.get(add).status_code == 200


# --- second factors: the desk's own, whatever the organisation asks for ---


def strict(cast) -> User:
    """A checker of a desk that asks for a second factor, who signs in with the organisation."""
    Desk.objects.filter(pk=cast.desk.pk).update(second_factor=True)
    User.objects.filter(pk=cast.ann.pk).update(email="ann@example.org", password="!")
    return User.objects.get(pk=cast.ann.pk)


def test_a_desk_that_asks_for_a_second_factor_asks_whoever_comes_from_the_organisation(
    cast, organisation
):
    strict(cast)
    browser = Client()
    sign_in(browser)
    assert is_in(browser)
    assert browser.get("/desks/desk/")["Location"] == reverse("mfa_index")
    # It can be set up without a password, which such an account has not.
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    # Later it is asked once more who they are: by the organisation, which alone can say it.
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=10), tick=False):
        later = browser.get(reverse("mfa_activate_totp"))
        assert later["Location"].startswith(reverse("account_logout"))
        assert browser.get(later["Location"]).status_code == 200
        sign_in(browser)
        assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_whoever_has_a_password_too_confirms_by_that(cast, organisation):
    strict(cast)
    sign_in(Client())
    person = User.objects.get(pk=cast.ann.pk)
    person.set_password("long and their own")
    person.save()
    browser = Client()
    sign_in(browser)
    asked = browser.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_whoever_has_a_second_factor_is_asked_for_it_after_the_organisation(cast, organisation):
    person = strict(cast)
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=person, type="totp", data=data)
    browser = Client()
    assert sign_in(browser, "/desks/desk/")["Location"] == reverse("mfa_authenticate")
    assert not is_in(browser), "the organisation's word is one factor"
    assert browser.get("/desks/desk/").status_code == 302
    code = format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))
    answer = browser.post(reverse("mfa_authenticate"), {"code": code})
    assert answer["Location"] == "/desks/desk/"
    assert is_in(browser)
    assert browser.get("/desks/desk/").status_code == 200
