"""A form posted after the session ended: shown, carried, and sent by hand after signing in."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations.models import Article, Source, User
from tests import cast as c

AGAIN = "/login/again/"
TYPED = {"title": "Register of “ships”", "passage": "One\n\n<b>Two</b> & three", "version": "0"}


def sign_in(client: Client, to: str, **sent: Any) -> Any:
    ours = {"sign-in-username": "ann", "sign-in-password": "ann", "sign-in-to": to}
    return client.post(AGAIN, ours | sent)


def text_of(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


@pytest.fixture
def to(cast) -> str:
    _article, claim = cast.checking()
    return reverse("cite", args=[c.check_of(claim, cast.ann).uuid])


def test_what_was_typed_is_shown_and_nothing_of_it_is_kept_here(to):
    client = Client()
    answer = client.post(to, TYPED)
    assert answer.status_code == 403
    assert "You are signed out" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert f'name="sign-in-to" value="{to}"' in text_of(answer)
    for name, value in TYPED.items():
        assert f'name="{name}" value="{value}"' in text_of(answer)
    assert "<b>Two" not in answer.content.decode(), "it is shown as text"
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()


def test_signing_in_shows_it_to_be_sent_and_sends_nothing(cast, to):
    client = Client(enforce_csrf_checks=True)
    token = client.get("/login/").context["csrf_token"]
    answer = sign_in(client, f"{to}?q=pier", csrfmiddlewaretoken=str(token), **TYPED)
    assert answer.status_code == 200
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


def test_each_field_is_called_what_its_form_calls_it(cast):
    _article, claim = cast.checking()
    url = reverse("annotate", args=[c.check_of(claim, cast.ann).uuid])
    sent = {"evidence_as_of": "24 November", "claimant_name": "The mayor", "words": "As pasted"}
    page = text_of(Client().post(url, sent))
    assert "<dt>Evidence as of</dt>" in page
    assert "<dt>Claimant</dt>" in page
    # Two forms call theirs differently, so that a label would be a guess.
    assert "<dt>Words</dt>" in page


def test_a_wrong_password_says_so_and_still_holds_what_was_typed(to):
    client = Client()
    answer = sign_in(client, to, **TYPED, **{"sign-in-password": "wrong"})
    assert answer.status_code == 422
    assert "Please enter a correct username and password" in text_of(answer)
    assert dict(answer.context["held"].fields) == TYPED
    assert "wrong" not in text_of(answer)
    assert "_auth_user_id" not in client.session


def test_a_person_who_was_deactivated_cannot_sign_in_here_either(cast, to):
    User.objects.filter(pk=cast.ann.pk).update(is_active=False)
    assert sign_in(Client(), to, **TYPED).status_code == 422


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "desk/", ""]
)
def test_it_is_sent_to_this_host_only(cast, elsewhere):
    client = Client()
    answer = sign_in(client, elsewhere, **TYPED)
    assert answer.status_code == 400
    assert "_auth_user_id" not in client.session


def test_passwords_and_tokens_are_never_carried(to):
    secrets = {"csrfmiddlewaretoken": "t0ken", "new_Password1": "s3cret", "password": "s3cret"}
    for answer in (
        Client().post(to, TYPED | secrets),
        sign_in(Client(), to, **TYPED, **secrets),
    ):
        assert dict(answer.context["held"].fields) == TYPED
        assert "s3cret" not in text_of(answer)
        assert "t0ken" not in text_of(answer)


def test_several_values_of_one_field_are_all_carried(to):
    rows = {"mark": ["1-2", "3-4"], "body": ""}
    held = Client().post(to, rows).context["held"]
    assert held.fields == [("mark", "1-2"), ("mark", "3-4"), ("body", "")]


def test_a_file_is_asked_for_again_in_its_own_field(cast):
    client, to = Client(), reverse("import", args=["desk"])
    file = SimpleUploadedFile("ferry: a letter.txt", c.TEXT.encode())
    answer = client.post(to, {"outlet": "The Post", "file": file})
    assert "choose it again after signing in" in text_of(answer)
    carried = {"sign-in-file": "file:ferry: a letter.txt"}
    assert f'value="{carried["sign-in-file"]}"' in text_of(answer)
    page = text_of(sign_in(client, to, outlet="The Post", **carried))
    assert "Choose “ferry: a letter.txt” again" in page
    assert '<input type="file" id="file-1" name="file">' in page
    assert not Article.objects.exists()


def test_more_than_may_be_uploaded_is_refused_as_anywhere(to, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = "passage=" + "x" * 2000
    answer = Client().post(to, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_the_page_itself_has_no_address_to_read(db):
    assert Client().get(AGAIN)["Location"] == "/login/"


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
