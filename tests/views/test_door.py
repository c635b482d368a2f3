"""The door: wrong passwords are counted, nobody is told whom it knows, second factors, sessions."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Desk, HeldForm, Letter, User
from annotations.tasks.mail import send_next
from tests import cast as c
from tests import letters

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, LOST = "/login/", "/password/"


def sign_in(client: Client, name: str, word: str, **request: Any) -> Any:
    return client.post(LOGIN, {"login": name, "password": word}, **request)


def code() -> str:
    """What the person's app shows now."""
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def with_app(person: User) -> None:
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=person, type="totp", data=data)


def confirm(client: Client, name: str) -> Any:
    """Say the password once more, which pages ask for that change what opens an account."""
    page = reverse(name)
    client.post(f"{reverse('account_reauthenticate')}?next={page}", {"password": "ann"})
    return client.get(page)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- wrong passwords ---


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_after_five_wrong_passwords_an_account_stays_shut_from_everywhere(cast, name):
    answers = [
        sign_in(Client(), name, f"wrong {number}", REMOTE_ADDR=f"10.0.0.{number}")
        for number in range(6)
    ]
    told = ["Too many failed" in each.content.decode() for each in answers]
    assert told == [False] * 5 + [True]
    late = Client()
    sign_in(late, name, "ann", REMOTE_ADDR="10.0.1.1")
    assert not is_in(late), "the right password comes too late"
    other = Client()
    sign_in(other, "ben", "ben", REMOTE_ADDR="10.0.0.1")
    assert is_in(other), "others are not kept out by it"


def test_an_address_that_tries_many_accounts_is_shut_out(cast):
    for number in range(20):
        sign_in(Client(), f"person{number}", "x")
    late = Client()
    sign_in(late, "ann", "ann")
    assert not is_in(late)


@pytest.mark.parametrize("forged", ["1.2.3.{}", "{}.1.1.1, 9.9.9.9", "not an address {}", ""])
def test_another_address_in_a_header_is_of_no_use(cast, forged):
    for number in range(20):
        headers = {"x-forwarded-for": forged.format(number), "x-real-ip": f"1.2.3.{number}"}
        sign_in(Client(headers=headers), f"person{number}", "x")
    late = Client(headers={"x-forwarded-for": "8.8.8.8"})
    sign_in(late, "ann", "ann")
    assert not is_in(late)


def test_behind_our_own_proxy_only_what_it_added_counts(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        sign_in(Client(headers={"x-forwarded-for": f"1.2.3.{number}, 9.9.9.9"}), f"p{number}", "x")
    late, elsewhere = Client(headers={"x-forwarded-for": "5.5.5.5, 9.9.9.9"}), Client()
    sign_in(late, "ann", "ann")
    assert not is_in(late)
    sign_in(elsewhere, "ann", "ann", headers={"x-forwarded-for": "9.9.9.9, 7.7.7.7"})
    assert is_in(elsewhere)


@pytest.mark.parametrize("proxies", [2, 3])
def test_behind_two_proxies_it_is_whom_the_first_of_them_saw(cast, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    ours = ", ".join(["7.7.7.7", "10.0.0.1"][: proxies - 1])
    for number in range(20):
        forwarded = f"1.2.3.{number}, 9.9.9.9, {ours}"
        sign_in(Client(headers={"x-forwarded-for": forwarded}), f"p{number}", "x")
    late, elsewhere = Client(), Client()
    sign_in(late, "ann", "ann", headers={"x-forwarded-for": f"8.8.8.8, 9.9.9.9, {ours}"})
    assert not is_in(late)
    sign_in(elsewhere, "ann", "ann", headers={"x-forwarded-for": f"9.9.9.9, 8.8.8.8, {ours}"})
    assert is_in(elsewhere)


def test_a_network_of_ipv6_is_one_address(cast):
    for number in range(20):
        sign_in(Client(), f"p{number}", "x", REMOTE_ADDR=f"2001:db8::{number:x}:1")
    late, elsewhere = Client(), Client()
    sign_in(late, "ann", "ann", REMOTE_ADDR="2001:db8::abcd")
    assert not is_in(late), "whoever has one address of a network has all"
    sign_in(elsewhere, "ann", "ann", REMOTE_ADDR="2001:db8:0:1::1")
    assert is_in(elsewhere)


def test_addresses_of_ipv4_that_are_written_as_ipv6_are_as_many(cast):
    """So a socket of both kinds writes them. All lie within one network of IPv6."""
    for number in range(20):
        sign_in(Client(), f"p{number}", "x", REMOTE_ADDR="::ffff:192.0.2.1")
    late, elsewhere = Client(), Client()
    sign_in(late, "ann", "ann", REMOTE_ADDR="192.0.2.1")
    assert not is_in(late), "it is the same one"
    sign_in(elsewhere, "ann", "ann", REMOTE_ADDR="::ffff:192.0.2.2")
    assert is_in(elsewhere)


@pytest.mark.parametrize("header", ["", "x", "1.2.3.4", "::1, %", ","])
def test_no_such_header_breaks_the_page(cast, settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    answer = sign_in(Client(headers={"x-forwarded-for": header}), "ann", "wrong")
    assert answer.status_code == 422


# --- whom it knows ---


def plain(answer: Any) -> str:
    """The page without what differs in every answer."""
    page = answer.content.decode()
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*|\w+@example.org', "", page)


def test_an_account_that_is_known_and_one_that_is_not_look_the_same(cast):
    known, unknown = (sign_in(Client(), name, "wrong") for name in ("ann", "nan"))
    assert known.status_code == unknown.status_code == 422
    assert plain(known).replace("ann", "") == plain(unknown).replace("nan", "")


class Counted(MD5PasswordHasher):
    """It notes how often it makes a hash, which is what signing in takes its time for."""

    made: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.made.append(password)
        return super().encode(password, salt)


@pytest.mark.parametrize("by", ["user name", "address", "a user name that is an address"])
@pytest.mark.parametrize("whose", ["known", "unknown", "inactive", "without a password"])
def test_one_password_is_hashed_whosever_account_it_is(cast, settings, whose, by):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    name = "ann" if by == "user name" else "ann@example.org"
    if whose == "unknown":
        name = name.replace("ann", "nobody")
    if by == "a user name that is an address":
        cast.ann.username = "ann@example.org"
    cast.ann.email = "ann@example.org"
    if whose == "without a password":
        cast.ann.set_unusable_password()
    cast.ann.save()
    User.objects.filter(pk=cast.ann.pk).update(is_active=whose != "inactive")
    Counted.made.clear()
    sign_in(browser := Client(), name, "wrong")
    assert len(Counted.made) == 1
    assert not is_in(browser)


def test_who_knows_the_password_of_a_closed_account_is_told_that_it_is_closed(cast):
    User.objects.filter(pk=cast.ann.pk).update(is_active=False)
    answer = sign_in(browser := Client(), "ann", "ann")
    assert answer["Location"] == reverse("account_inactive")
    assert not is_in(browser)


def lose(whose: str, **request: Any) -> tuple[list[str], Any]:
    """Ask for a new password as a browser does: the statements, and the page that answers."""
    browser = Client()
    browser.get(LOST)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(LOST, {"email": f"{whose}@example.org"}, follow=True, **request)
    # But for the address, the letter's name, the moment, and the number of the savepoint.
    said = [re.sub(r"'[^']*'|s\d+_x\d+", "", each["sql"]) for each in asked.captured_queries]
    return said, answer


def test_a_lost_password_does_and_says_the_same_whoever_is_asked_for(cast):
    known, closed, wordless = cast.ann, cast.ben, cast.eda
    User.objects.filter(pk=known.pk).update(email="known@example.org")
    User.objects.filter(pk=closed.pk).update(email="closed@example.org", is_active=False)
    wordless.email = "wordless@example.org"
    wordless.set_unusable_password()
    wordless.save()
    found = {whose: lose(whose) for whose in ("known", "closed", "wordless", "unknown")}
    statements, page = found["known"]
    assert sum("annotations_letter" in each for each in statements) == 1
    for whose, (said, answer) in found.items():
        assert said == statements, whose
        assert plain(answer) == plain(page), whose
    waiting = Letter.objects.open()
    assert {(row.kind, row.subject, row.body, row.person_id) for row in waiting} == {
        ("lost", "", "", None)
    }
    assert waiting.count() == 4
    while send_next():
        pass
    assert sorted(to for each in mail.outbox for to in each.to) == [
        "known@example.org",
        "wordless@example.org",
    ]
    assert sorted(row.to for row in Letter.objects.all()) == [
        "known@example.org",
        "wordless@example.org",
    ], "of the others no trace is left"


def new_password_link() -> str:
    """The path of the link in the one mail that goes out."""
    assert send_next()
    [sent] = mail.outbox
    assert sent.subject == "A new password"
    assert "Your user name is ann." in sent.body
    return letters.path_in(str(sent.body), "/password/")


def test_a_lost_password_is_set_anew_by_the_link_once(cast):
    cast.ann.email = "ann@example.org"
    cast.ann.save()
    Client().post(LOST, {"email": "ann@example.org"})
    path = new_password_link()
    assert path not in str(list(Letter.objects.values())), "it stands in no row"
    browser = Client()
    page = browser.get(path, follow=True)
    new = {"password1": "over the water we went", "password2": "over the water we went"}
    browser.post(page.request["PATH_INFO"], new)
    assert User.objects.get(pk=cast.ann.pk).check_password(new["password1"])
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()
    told = letters.newest("ann@example.org")
    assert "Your password has been reset." in told
    assert "Hello" not in told, "it would greet in the name of no site"


WRITTEN = ("ann@example.org", "Ann@Example.org", "ANN@EXAMPLE.ORG")


@pytest.mark.parametrize("kept", WRITTEN[:2])
@pytest.mark.parametrize("typed", WRITTEN)
def test_an_address_leads_to_its_account_in_capitals_too(cast, kept, typed):
    User.objects.filter(pk=cast.ann.pk).update(email=kept)
    browser = Client()
    sign_in(browser, typed, "ann")
    assert browser.session["_auth_user_id"] == str(cast.ann.pk)


@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("kept", WRITTEN[:2])
@pytest.mark.parametrize("typed", WRITTEN)
def test_a_lost_password_is_sent_to_an_address_in_capitals_too(cast, kept, typed, is_confirmed):
    User.objects.filter(pk=cast.ann.pk).update(email=kept)
    if is_confirmed:
        EmailAddress.objects.create(user=cast.ann, email=kept.lower(), verified=True, primary=True)
    Client().post(LOST, {"email": typed})
    [letter] = Letter.objects.all()
    assert letter.to == "ann@example.org"
    browser = Client()
    page = browser.get(new_password_link(), follow=True)
    new = {"password1": "over the water we went", "password2": "over the water we went"}
    browser.post(page.request["PATH_INFO"], new)
    assert User.objects.get(pk=cast.ann.pk).check_password(new["password1"])


# --- second factors ---


def test_a_password_alone_does_not_let_in_who_has_a_second_factor(cast):
    with_app(cast.ann)
    browser = Client()
    answer = sign_in(browser, "ann", "ann")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(browser)
    assert browser.get("/desk/")["Location"].startswith(LOGIN)
    browser.post(answer["Location"], {"code": "000000"})
    assert not is_in(browser)
    browser.post(answer["Location"], {"code": code()})
    assert is_in(browser)


def test_the_administration_is_behind_the_same_door(cast):
    with_app(cast.mia)
    browser = Client()
    closed = browser.get("/admin/", follow=True)
    assert closed.redirect_chain[-1][0].startswith(LOGIN)
    sign_in(browser, "mia", "mia")
    assert browser.get("/admin/").status_code == 302
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    assert browser.get("/admin/").status_code == 200


def test_the_secret_of_an_app_is_not_to_be_read_in_the_database(cast):
    browser = Client()
    sign_in(browser, "ann", "ann")
    page = confirm(browser, "mfa_activate_totp")
    secret = page.context["form"].secret
    counter = next(yield_hotp_counters_from_time())
    browser.post(
        reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))}
    )
    rows = str(list(Authenticator.objects.filter(user=cast.ann).values_list("data", flat=True)))
    assert rows != "[]"
    assert secret not in rows


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_signs_the_person_out_everywhere_else(cast):
    """Where somebody else had the password alone, they are out."""
    here, elsewhere, ben = Client(), Client(), Client()
    for browser, name in ((here, "ann"), (elsewhere, "ann"), (ben, "ben")):
        sign_in(browser, name, name)
        assert is_in(browser)
    page = confirm(here, "mfa_activate_totp")
    counter = next(yield_hotp_counters_from_time())
    sent = {"code": format_hotp_value(hotp_value(page.context["form"].secret, counter))}
    told = here.post(reverse("mfa_activate_totp"), sent, follow=True).content.decode()
    assert "You are signed out everywhere else." in told
    assert [is_in(browser) for browser in (here, elsewhere, ben)] == [True, False, True]


def test_under_another_secret_key_a_code_lets_nobody_in_and_nothing_breaks(cast, settings):
    with_app(cast.ann)
    settings.SECRET_KEY = "another"
    browser = Client()
    sign_in(browser, "ann", "ann")
    answer = browser.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.status_code == 200
    assert not is_in(browser)


def test_a_new_address_counts_once_its_link_is_followed(cast):
    confirmed = EmailAddress(user=cast.ann, email="ann@example.org", verified=True, primary=True)
    confirmed.save()
    browser = Client()
    sign_in(browser, "ann", "ann")
    page = confirm(browser, "account_email").content.decode()
    assert "ann@example.org" in page
    wrong = browser.post(reverse("account_email"), {"email": "no address", "action_add": ""})
    assert "There is a problem" in wrong.content.decode()
    sent = {"email": "new@example.org", "action_add": ""}
    asked = browser.post(reverse("account_email"), sent, follow=True)
    assert "once you follow the link" in asked.content.decode()
    told = letters.newest("new@example.org")
    assert "Ann gave this as their new e-mail address here." in told
    link = letters.path_in(told, "/e-mail/")
    assert "new@example.org becomes the address of Ann." in browser.get(link).content.decode()
    browser.post(link)
    assert User.objects.get(pk=cast.ann.pk).email == "new@example.org"
    late = Client().get(link).content.decode()
    assert "This link does not work" in late
    assert "new@example.org" not in late


# --- a desk that asks for one ---


@pytest.fixture
def strict(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(second_factor=True)
    return cast


@pytest.mark.parametrize("who", ["ann", "eda", "mia"])
def test_whoever_works_there_sets_one_up_before_anything_else(strict, who):
    browser = Client()
    browser.force_login(getattr(strict, who))
    for path in ("/desks/desk/", "/desk/", "/admin/", "/account/"):
        assert browser.get(path)["Location"] == reverse("mfa_index"), path
    assert browser.get(reverse("mfa_index"), follow=True).status_code == 200
    with_app(getattr(strict, who))
    assert browser.get("/desks/desk/").status_code == 200


def test_observers_and_other_desks_need_none(strict):
    c.make_person("oz", strict.desk, "observer")
    for name in ("oz", "stranger"):
        browser = Client()
        browser.force_login(User.objects.get(username=name))
        assert browser.get("/desk/", follow=True).status_code == 200


def test_what_is_sent_meanwhile_is_kept(strict):
    _article, claim = strict.checking()
    browser = Client()
    browser.force_login(strict.ann)
    url = reverse("cite", args=[c.check_of(claim, strict.ann).uuid])
    answer = browser.post(url, {"title": "Register"})
    assert answer["Location"] == reverse("mfa_index")
    kept = HeldForm.objects.get()
    with_app(strict.ann)
    page = browser.get(reverse("held", args=[kept.uuid]))
    assert page.context["held"].fields == [("title", "Register")]


def test_a_save_of_the_page_itself_is_answered_401(strict):
    browser = Client(headers={"x-autosave": "1"})
    browser.force_login(strict.ann)
    assert browser.post("/desks/desk/rules/", {}).status_code == 401


# --- sessions ---


def test_who_is_deactivated_is_out_at_once_and_cannot_come_back(cast):
    browser = Client()
    sign_in(browser, "ann", "ann")
    assert browser.get("/desk/", follow=True).status_code == 200
    User.objects.filter(pk=cast.ann.pk).update(is_active=False)
    assert browser.get("/desks/desk/")["Location"].startswith(LOGIN)
    again = Client()
    sign_in(again, "ann", "ann")
    assert not is_in(again)


def test_signed_out_everywhere_no_browser_is_in(cast):
    browsers = [Client(), Client(), Client()]
    for browser in browsers:
        sign_in(browser, "ann", "ann")
    page = browsers[0].get(reverse("usersessions_list"))
    assert page.content.decode().count("<tr>") == 4
    browsers[0].post(reverse("account_sign_out_everywhere"))
    assert not Session.objects.exists()
    assert all(each.get("/desks/desk/").status_code == 302 for each in browsers)


def test_a_new_password_ends_the_other_sessions(cast):
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, "ann", "ann")
    new = {"oldpassword": "ann", "password1": "over the water", "password2": "over the water"}
    here.post(reverse("account_change_password"), new)
    assert User.objects.get(pk=cast.ann.pk).check_password("over the water")
    assert here.get("/desks/desk/").status_code == 200
    assert elsewhere.get("/desks/desk/").status_code == 302


def test_a_session_is_another_one_after_signing_in(cast):
    browser = Client()
    browser.post("/desks/desk/rules/", {"reason": "typed"})
    before = browser.session.session_key
    sign_in(browser, "ann", "ann")
    assert browser.session.session_key != before


# --- one's own account ---


def test_a_person_says_their_name_language_and_time_zone(cast):
    browser = Client()
    browser.force_login(cast.ann)
    said = {"first_name": "Anne", "last_name": "", "language": "fr", "time_zone": "Asia/Kolkata"}
    assert browser.post("/account/", said).status_code == 302
    page = browser.get("/account/").content.decode()
    assert '<html lang="fr"' in page
    ann = User.objects.get(pk=cast.ann.pk)
    assert (ann.first_name, ann.time_zone, ann.single_keys) == ("Anne", "Asia/Kolkata", False)


def test_pages_are_in_english_for_whoever_wants_a_language_that_they_are_not_in(cast):
    User.objects.filter(pk=cast.ann.pk).update(language="fi")
    browser = Client()
    browser.force_login(cast.ann)
    assert '<html lang="en"' in browser.get("/account/").content.decode()


def test_a_time_zone_that_there_is_not_is_refused_in_words(cast):
    browser = Client()
    browser.force_login(cast.ann)
    answer = browser.post("/account/", {"first_name": "Ann", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "is no time zone" in answer.content.decode()


ALLAUTHS = (
    *("Username", "Email", "New Password", "(again)", "Current Password", "Forgot your password?"),
    *("Two-Factor", "Authenticator code", "Passwordless", "Alternative options", "inactive"),
    *("Sign Up", "specified", "placeholder"),
)
"""What allauth calls things, in titles' capitals."""


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("account_login", {"login": "ann@example.org", "password": "wrong"}),
        ("account_login", {"login": "ann", "password": "wrong"}),
        ("account_reset_password", {"email": "no address"}),
        ("account_signup", {}),
        ("account_inactive", {}),
        ("mfa_authenticate", {"code": "000000"}),
        ("account_change_password", {"oldpassword": "wrong"}),
        ("account_email", {"email": "no address", "action_add": ""}),
        ("account_reauthenticate", {"password": "wrong"}),
        ("mfa_reauthenticate", {"code": "000000"}),
        ("mfa_activate_totp", {"code": "000000"}),
        ("mfa_add_webauthn", {"name": "Key"}),
        ("account_set_password", {"password1": "x"}),
    ],
)
def test_fields_of_the_door_are_called_as_elsewhere_here(cast, name, sent):
    browser = Client()
    if name in ("mfa_authenticate", "mfa_reauthenticate"):
        with_app(cast.ann)
    if name == "mfa_authenticate":
        sign_in(browser, "ann", "ann")
    elif name not in ("account_login", "account_reset_password", "account_signup"):
        sign_in(browser, "ann", "ann")
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        confirm(browser, "account_email")
    if name == "account_set_password":
        cast.ann.set_unusable_password()
        cast.ann.save()
        browser.force_login(cast.ann)
    answers = [browser.get(reverse(name))]
    if sent or name == "account_signup":
        answers.append(browser.post(reverse(name), sent))
    for answer in answers:
        assert answer.status_code in (200, 422), answer.get("Location")
        page = answer.content.decode()
        main = page[page.index("<main") :]
        assert [word for word in ALLAUTHS if word in main] == []


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "usersessions_list",
        "account_change_password",
        "account_email",
        "account_logout",
    ],
)
def test_every_page_of_the_door_opens_for_its_person_and_asks_strangers_to_sign_in(cast, name):
    with_app(cast.ann)
    browser = Client()
    sign_in(browser, "ann", "ann")
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    if name == "mfa_activate_totp":
        Authenticator.objects.all().delete()
    answer = confirm(browser, name)
    assert answer.status_code == 200, answer.get("Location")
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    stranger = Client().get(reverse(name))
    assert stranger.status_code == 302
