"""Coming in by keys and clicks: the first manager, eight people, passkeys, the account page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import Desk, Membership, User
from tests import letters
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "over the water we went"
PEOPLE = """\
Ines One <ines@example.org>, manager
Eva Two <eva@example.org>, editor
Emil Three <emil@example.org>, editor
Cleo Four <cleo@example.org>
Curt Five <curt@example.org>
Cora Six <cora@example.org>
Olaf Seven <olaf@example.org>, observer
"""


def link_of(to: str) -> str:
    return letters.path_in(letters.newest(to), "/invitations/")


def come_in(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def with_authenticator(page: Page) -> None:
    """A virtual passkey device, which agrees to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_desk_of_eight_moves_in(db, new_page):
    cast = Cast()
    made = {"name": "Politics", "slug": "politics", "organisation": "The Courier"}
    desk = workflow.set_up(made, scale=cast.desk.scale, actor=None)
    first = workflow.invite(desk, "head@example.org", name="Hana Head", role="manager", actor=None)
    head = new_page(None)
    come_in(head, f"/invitations/{workflow.pass_for(first)}/")
    expect(head.get_by_role("heading", name="First steps")).to_be_visible()
    head.get_by_role("link", name="Invite people").click()
    head.get_by_label("Whom").fill(PEOPLE)
    head.get_by_role("button", name="Invite").click()
    expect(head.get_by_text("7 people are invited.")).to_be_visible()
    for name in ("ines", "eva", "emil", "cleo", "curt", "cora", "olaf"):
        person = new_page(None)
        come_in(person, link_of(f"{name}@example.org"))
        expect(person.get_by_role("link", name="My queue").first).to_be_visible()
        person.context.close()
    roles = dict(Membership.objects.filter(desk=desk).values_list("user__first_name", "role"))
    assert sorted(roles.values()) == ["checker"] * 3 + ["editor"] * 2 + ["manager"] * 2 + [
        "observer"
    ]


def test_a_passkey_is_set_up_because_the_desk_asks_and_then_lets_in_alone(db, new_page):
    cast = Cast()
    Desk.objects.filter(pk=cast.desk.pk).update(second_factor=True)
    page = new_page(None)
    with_authenticator(page)
    page.goto("/login/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    expect(page.get_by_text("Your desk asks for a second factor")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="It is me").click()
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery")).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_role("link", name="My queue").first).to_be_visible()
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="My queue").first).to_be_visible()
    # And after a password, as the second factor that it was asked for.
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name="My queue").first).to_be_visible()


def test_keys_are_turned_off_for_the_account(db, new_page):
    cast = Cast()
    cast.deciding()
    page = new_page(cast.eda)
    page.goto("/account/")
    page.get_by_label("Keys without Ctrl or Alt").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/desks/desk/")
    page.keyboard.press("/")
    everything = page.get_by_role("searchbox", name="Search everything")
    expect(everything).not_to_be_focused()
    User.objects.filter(pk=cast.eda.pk).update(single_keys=True)
    page.reload()
    page.keyboard.press("/")
    expect(everything).to_be_focused()
