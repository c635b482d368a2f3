"""A session that ends in mid-sentence, for people whose browser runs no script."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from annotations.models import Source
from tests import letters
from tests.cast import Cast
from tests.e2e.looks import IN_LOOKS, WIDE, objections

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_javascript_a_form_posted_after_the_session_ended_is_sent_after_all(db, new_page):
    cast = Cast()
    article, claim = cast.checking()
    page = new_page(cast.ann, java_script_enabled=False, refusals=(403, 422))
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&cite=new")
    page.get_by_label("Title").fill("Register of “ships”")
    page.get_by_label("Passage").fill(f"Four thousand people.\n\nA long word: {'x' * 90}")
    page.get_by_label("Gives context").check()
    Session.objects.all().delete()
    page.get_by_role("button", name="Save source").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    expect(page.get_by_text("Four thousand people.")).to_be_visible()
    for password in ("wrong", "ann"):
        page.get_by_label("User name").fill("ann")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if password == "wrong":
            expect(page.get_by_role("alert")).to_contain_text("are not correct")
    expect(page.get_by_text("not sent yet")).to_be_visible()
    assert not Source.objects.exists()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#panel .source-list")).to_contain_text("Register of “ships”")
    passage = Source.objects.get().citations.get().passage.replace("\r\n", "\n")
    assert passage == f"Four thousand people.\n\nA long word: {'x' * 90}"


@pytest.mark.heart
def test_a_second_window_opened_before_signing_in_sends_its_form_after_all(db, new_page):
    cast = Cast()
    article, claim = cast.checking()
    page = new_page(cast.ann, java_script_enabled=False, refusals=(403,))
    panel = f"/articles/{article.pk}/?claim={claim.pk}&cite=new"
    page.goto(panel)
    page.get_by_label("Title").fill("Register of “ships”")
    page.get_by_label("Gives context").check()
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto("/login/")
    other.get_by_label("User name").fill("ann")
    other.get_by_label("Password").fill("ann")
    other.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Save source").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send it once more")
    assert not Source.objects.exists()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#panel .source-list")).to_contain_text("Register of “ships”")


@IN_LOOKS
def test_the_pages_between_two_steps_are_well_in_every_look(db, new_page, looks):
    cast = Cast()
    EmailAddress.objects.create(user=cast.ann, email="ann@a.example", verified=True, primary=True)
    page = new_page(None, viewport=WIDE)
    wrong = []
    for name, path in (("by-invitation", "/signup/"), ("closed-account", "/account/inactive/")):
        page.goto(path)
        wrong += objections(page, name, looks)
    page.goto("/login/?next=/account/e-mail/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("E-mail").fill("ann@b.example")
    page.get_by_role("button", name="Change the address").click()
    expect(page.get_by_text("once you follow the link")).to_be_visible()
    wrong += objections(page, "new-address", looks)
    page.goto(letters.path_in(letters.newest("ann@b.example"), "/e-mail/"))
    wrong += objections(page, "confirm-address", looks)
    page.context.clear_cookies()
    data = {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=cast.ann, type="totp", data=data)
    page.goto("/login/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code of the app").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    wrong += objections(page, "second-step", looks)
    assert not wrong, "\n".join(wrong)
