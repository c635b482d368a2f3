"""A form posted after the session ended: shown, kept, and sent by hand after signing in."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Article, HeldForm, Source
from annotations.tasks.cleaning import clean
from tests import cast as c

SECRET = "JBSWY3DPEHPK3PXP"
TYPED = {"title": "Register of “ships”", "passage": "One\n\n<b>Two</b> & three", "version": "0"}


def sign_in(client: Client, answer: Any, word: str = "ann", **more: Any) -> Any:
    """Sign in by the form of the page that says "You are signed out"."""
    sent = {"login": "ann", "password": word, "next": answer.context["next"]}
    return client.post("/login/", sent | more)


def text_of(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


@pytest.fixture
def to(cast) -> str:
    _article, claim = cast.checking()
    return reverse("cite", args=[c.check_of(claim, cast.ann).uuid])


def test_what_was_typed_is_shown_and_kept_for_this_browser(to):
    client = Client()
    answer = client.post(to, TYPED)
    assert answer.status_code == 403
    assert "You are signed out" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert '<dd dir="auto">Register of “ships”</dd>' in text_of(answer)
    assert "<b>Two" not in answer.content.decode(), "it is shown as text"
    kept = HeldForm.objects.get()
    assert (kept.to, dict(kept.fields)) == (to, TYPED)
    assert client.session["held"] == [str(kept.uuid)]


def test_signing_in_shows_it_to_be_sent_and_sends_nothing(cast, to):
    client = Client(enforce_csrf_checks=True)
    token = str(client.get("/login/").context["csrf_token"])
    out = client.post(f"{to}?q=pier", TYPED | {"csrfmiddlewaretoken": token})
    answer = sign_in(client, out, csrfmiddlewaretoken=token)
    assert answer["Location"] == out.context["next"]
    answer = client.get(answer["Location"])
    assert f'action="{to}?q=pier"' in text_of(answer)
    assert client.session["_auth_user_id"] == str(cast.ann.pk)
    assert not Source.objects.exists()
    fresh = str(answer.context["csrf_token"])
    sent = dict(answer.context["held"].fields)
    assert sent == TYPED
    assert client.post(to, sent).status_code == 403, "without a token"
    saved = client.post(to, sent | {"stance": "context", "csrfmiddlewaretoken": fresh})
    assert saved.status_code == 302
    assert Source.objects.get().title == TYPED["title"]


def test_it_survives_a_second_factor(cast, to):
    secret = Authenticator.objects.create(
        user=cast.ann, type="totp", data={"secret": get_adapter().encrypt(SECRET)}
    )
    assert SECRET not in str(secret.data)
    client = Client()
    out = client.post(to, TYPED)
    second = sign_in(client, out)
    assert second["Location"] == reverse("mfa_authenticate")
    code = format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))
    answer = client.post(second["Location"], {"code": code})
    assert answer["Location"] == out.context["next"]
    assert dict(client.get(answer["Location"]).context["held"].fields) == TYPED


def test_it_survives_a_recovery_code_which_lets_in_once(cast, to):
    secret = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=cast.ann, type="totp", data=secret)
    first, other = RecoveryCodes.activate(cast.ann).get_unused_codes()[:2]
    client = Client()
    out = client.post(to, TYPED)
    second = sign_in(client, out)
    assert second["Location"] == reverse("mfa_authenticate")
    answer = client.post(second["Location"], {"code": first})
    assert answer["Location"] == out.context["next"]
    assert dict(client.get(answer["Location"]).context["held"].fields) == TYPED
    # Whoever found the code, or sent the form twice, comes too late; the next code is good.
    late = Client()
    sign_in(late, late.post(to, TYPED))
    assert late.post(second["Location"], {"code": first}).status_code == 200
    assert "_auth_user_id" not in late.session
    late.post(second["Location"], {"code": other})
    assert late.session["_auth_user_id"] == str(cast.ann.pk)


def test_of_two_browsers_with_one_recovery_code_one_comes_in(cast, to):
    """Both are past the password when the code is sent."""
    secret = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=cast.ann, type="totp", data=secret)
    code = RecoveryCodes.activate(cast.ann).get_unused_codes()[0]
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser, browser.post(to, TYPED))
    for browser in browsers:
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert ["_auth_user_id" in each.session for each in browsers] == [True, False]


def test_what_was_typed_is_no_other_browsers_and_lapses(cast, to):
    client = Client()
    sign_in(client, out := client.post(to, TYPED))
    page = out.context["next"]
    assert client.get(page).status_code == 200
    other = Client()
    other.force_login(cast.ann)
    assert other.get(page).status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=False):
        # The session, which Django keeps for two weeks, still names it.
        assert client.get(page).status_code == 404
        clean(timezone.now())
    assert not HeldForm.objects.exists()


def test_strangers_cannot_fill_the_disk_with_it(to, settings):
    settings.ACCOUNT_RATE_LIMITS = {"hold": "3/h/ip"}
    told = [text_of(Client().post(to, TYPED)) for _time in range(4)]
    assert HeldForm.objects.count() == 3
    assert all("kept for a day" in each for each in told[:3])
    assert "Copy it before you sign in" in told[3]
    assert "Register of “ships”" in told[3]


def test_what_is_too_much_is_shown_to_be_copied(to):
    answer = Client().post(to, TYPED | {"passage": "x" * (workflow.HELD_AT_MOST + 1)})
    assert "Copy it before you sign in" in text_of(answer)
    assert not HeldForm.objects.exists()
    # Not the address it was sent to, which may be no page to look at.
    assert answer.context["next"] == "/desk/"


def test_each_field_is_called_what_its_form_calls_it(cast):
    _article, claim = cast.checking()
    url = reverse("annotate", args=[c.check_of(claim, cast.ann).uuid])
    sent = {"evidence_as_of": "24 November", "claimant_name": "The mayor", "words": "As pasted"}
    page = text_of(Client().post(url, sent))
    assert "<dt>Evidence as of</dt>" in page
    assert "<dt>Claimant</dt>" in page
    # Two forms call theirs differently, so that a label would be a guess.
    assert "<dt>Words</dt>" in page


def test_a_wrong_password_says_so_and_what_was_typed_waits(to):
    client = Client()
    out = client.post(to, TYPED)
    answer = sign_in(client, out, "wrong")
    assert answer.status_code == 422
    assert "are not correct" in text_of(answer)
    assert f'name="next" value="{out.context["next"]}"' in text_of(answer)
    assert "wrong" not in text_of(answer)
    assert "_auth_user_id" not in client.session
    sign_in(client, out)
    assert client.get(out.context["next"]).status_code == 200


def test_passwords_and_tokens_are_never_kept(to):
    secrets = {"csrfmiddlewaretoken": "t0ken", "new_Password1": "s3cret", "password": "s3cret"}
    answer = Client().post(to, TYPED | secrets)
    assert dict(answer.context["held"].fields) == dict(HeldForm.objects.get().fields) == TYPED
    assert "s3cret" not in text_of(answer)
    assert "t0ken" not in text_of(answer)


def test_several_values_of_one_field_are_all_kept(to):
    rows = {"mark": ["1-2", "3-4"], "body": ""}
    held = Client().post(to, rows).context["held"]
    assert held.fields == [("mark", "1-2"), ("mark", "3-4"), ("body", "")]


def test_a_file_is_asked_for_again_in_its_own_field(cast):
    client, to = Client(), reverse("import", args=["desk"])
    file = SimpleUploadedFile("ferry: a letter.txt", c.TEXT.encode())
    out = client.post(to, {"outlet": "The Post", "file": file})
    assert "choose it again after signing in" in text_of(out)
    sign_in(client, out)
    page = text_of(client.get(out.context["next"]))
    assert "Choose “ferry: a letter.txt” again" in page
    assert '<input type="file" id="file-1" name="file">' in page
    assert not Article.objects.exists()


def test_more_than_may_be_uploaded_is_refused_as_anywhere(to, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = "passage=" + "x" * 2000
    answer = Client().post(to, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def from_another_session(cast, **headers: str) -> Client:
    """A browser whose person signed in since: it sends a token of the session before."""
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.force_login(cast.ann)
    return client


def test_a_form_of_an_earlier_session_is_shown_and_sent_by_one_button(cast, to):
    client = from_another_session(cast, origin="http://testserver")
    answer = client.post(to, TYPED | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "Send it once more" in text_of(answer)
    assert "It will be sent as Ann." in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert not Source.objects.exists()
    sent = dict(answer.context["held"].fields)
    assert sent == TYPED
    sent["csrfmiddlewaretoken"] = str(answer.context["csrf_token"])
    assert client.post(to, sent | {"stance": "context"}).status_code in (200, 302, 422)
    assert Source.objects.exists()


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://testserver.evil", ""]
)
def test_what_another_sites_page_sent_is_not_one_click_away(cast, to, origin):
    headers = {"origin": origin} if origin else {}
    answer = from_another_session(cast, **headers).post(to, TYPED)
    assert answer.status_code == 403
    assert "This was not sent" in text_of(answer)
    for value in ("Register of", "Send it", to):
        assert value not in text_of(answer)
    assert not Source.objects.exists()


def test_a_password_is_never_carried_to_a_second_page(cast):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    answer = client.post("/login/", {"username": "ann", "password": "SECRET"})
    assert answer.status_code == 403
    assert "This was not sent" in text_of(answer)
    assert "SECRET" not in text_of(answer)
