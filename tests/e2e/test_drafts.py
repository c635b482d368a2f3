"""A checker's draft in bad weather: offline, crashes, second tabs, lost sessions, slow networks."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, Route, expect

from annotations.models import Annotation, Claim
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"width": 1440, "height": 900}
FINDING = "Proposed finding"
SAVED_AT = re.compile(r"^Saved \d\d:\d\d$")


class Check:
    """Ann's open check of a claim, and her page of it."""

    def __init__(self, new_page, refusals: tuple[int, ...] = ()) -> None:
        self.cast = Cast()
        self.article, self.claim = self.cast.checking()
        self.address = f"/articles/{self.article.pk}/?claim={self.claim.pk}"
        self.page: Page = new_page(self.cast.ann, viewport=WIDE, refusals=refusals)
        self.page.goto(self.address)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def again(self) -> Page:
        """The same check in another tab of the same browser."""
        page = self.context.new_page()
        page.goto(self.address)
        return page


@pytest.fixture
def check(db, new_page) -> Check:
    return Check(new_page, refusals=(503,))


def saved() -> Annotation:
    return Annotation.objects.get()


def kept(page: Page) -> list[str]:
    """The keys of what this browser keeps."""
    return list(page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('draft:'))"))


def wait_until_sent(page: Page) -> None:
    """Until this browser keeps nothing that the server lacks; 10 s at most."""
    for _turn in range(100):
        if not kept(page):
            return
        page.wait_for_timeout(100)
    pytest.fail("a draft was not sent")


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(SAVED_AT)


@pytest.mark.heart
def test_each_field_says_what_the_server_acknowledged(check):
    page = check.page
    page.locator(".option", has_text="False").first.click()
    page.get_by_label(FINDING).fill("So it seems")
    name = page.locator("label", has_text=FINDING)
    expect(name).to_have_attribute("data-ack", "Not saved yet")
    expect_saved(page)
    for label in ("Rating", FINDING):
        name = page.locator("legend, label", has_text=label).first
        expect(name).to_have_attribute("data-ack", SAVED_AT)
    expect(page.locator("[name=finding]")).to_have_accessible_name(FINDING)
    assert saved().finding == "So it seems"
    assert saved().rating == check.cast.desk.scale.ratings.get(slug="false")
    assert kept(page) == []
    assert findings(page) == []


def test_a_field_that_is_wrong_keeps_no_other_from_being_saved(check):
    page = check.page
    page.get_by_label(FINDING).fill("x" * 141)
    page.get_by_label("Justification").fill("Because of the register.")
    page.get_by_label("Justification").blur()
    finding = page.get_by_label(FINDING)
    expect(finding).to_have_attribute("aria-invalid", "true")
    expect(finding).to_have_accessible_description(re.compile("at most 140 .*this has 141"))
    assert saved().justification == "Because of the register."
    assert saved().finding == ""
    assert len(kept(page)) == 1, "what the server did not take is kept here"
    page.reload()
    expect(page.get_by_label(FINDING)).to_have_value("x" * 141)
    page.get_by_label(FINDING).fill("Shorter.")
    expect_saved(page)
    expect(page.get_by_label(FINDING)).not_to_have_attribute("aria-invalid", "true")
    assert (saved().finding, saved().justification) == ("Shorter.", "Because of the register.")


@pytest.mark.heart
def test_what_is_typed_offline_waits_and_is_sent_once(check):
    page = check.page
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    check.context.set_offline(True)
    page.get_by_label(FINDING).fill("Typed in a tunnel")
    page.get_by_label(FINDING).blur()
    status = page.locator("[data-saved]")
    expect(status).to_have_text("You are offline. This draft is kept in this tab.")
    page.get_by_role("button", name="Save and go to next").click()
    expect(page.get_by_label(FINDING)).to_have_value("Typed in a tunnel")
    assert findings(page) == []
    assert "POST" not in requests
    check.context.set_offline(False)
    expect_saved(page)
    assert requests.count("POST") == 1
    assert (saved().finding, saved().version) == ("Typed in a tunnel", 1)


@pytest.mark.heart
def test_a_crash_loses_nothing_and_the_next_tab_sends_it(check):
    check.context.set_offline(True)
    check.page.get_by_label(FINDING).fill("Before the crash")
    check.page.close()
    check.context.set_offline(False)
    assert not Annotation.objects.exists()
    page = check.again()
    expect(page.get_by_label(FINDING)).to_have_value("Before the crash")
    # By the browser, that went on after the tab had closed, or by the new tab: once.
    wait_until_sent(page)
    assert (saved().finding, saved().version) == ("Before the crash", 1)
    assert kept(page) == []


@pytest.mark.parametrize("choice", ["Keep all of mine", "Merge"])
def test_a_second_tab_gets_both_versions(db, new_page, choice):
    check = Check(new_page, refusals=(409,))
    first, second = check.page, check.again()
    first.get_by_label(FINDING).fill("From the first tab")
    first.get_by_label("Justification").fill("Only the first wrote this.")
    expect_saved(first)
    second.get_by_label(FINDING).fill("From the second tab")
    expect(second.get_by_role("heading", level=1)).to_contain_text("in another window")
    assert saved().finding == "From the first tab"
    for text in ("From the first tab", "From the second tab"):
        expect(second.locator("main")).to_contain_text(text)
    assert findings(second) == []
    if choice == "Merge":
        second.get_by_role("radio", name="Merge").first.check()
        second.get_by_label("Merged text").first.fill("From both tabs")
        second.get_by_role("button", name="Save what I chose").click()
    else:
        second.get_by_role("button", name=choice).click()
    expect(second.locator("#panel")).to_be_visible()
    finding = {
        "Keep": "From the second tab",
        "Use ": "From the first tab",
        "Merg": "From both tabs",
    }
    assert saved().finding == finding[choice[:4]]
    assert saved().justification == ("" if choice[:4] == "Keep" else "Only the first wrote this.")


def test_an_expired_session_loses_nothing_sign_in_again_and_go_on(db, new_page):
    check = Check(new_page, refusals=(401, 403))
    page = check.page
    Session.objects.all().delete()
    page.get_by_label(FINDING).fill("Typed while signed out")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    assert findings(page) == []
    with check.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in, in a new tab").click()
    other = opened.value
    other.get_by_label("User name").fill("ben")
    other.get_by_label("Password").fill("ben")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    dialog.get_by_role("button", name="I am signed in again").click()
    expect(dialog.locator("[data-problem]")).to_be_visible()
    assert not Annotation.objects.exists(), "nothing is saved under another person's name"
    check.context.clear_cookies()
    other.goto("/login/")
    other.get_by_label("User name").fill("ann")
    other.get_by_label("Password").fill("ann")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    dialog.get_by_role("button", name="I am signed in again").click()
    expect(dialog).to_be_hidden()
    expect_saved(page)
    assert saved().finding == "Typed while signed out"


def test_a_form_sent_while_signed_out_is_there_again_after_signing_in(db, new_page):
    check = Check(new_page, refusals=(403,))
    page = check.page
    page.get_by_role("button", name="Add source").click()
    page.get_by_label("Title").fill("Register of ships")
    page.get_by_label("Passage").fill("Four thousand people.")
    page.get_by_label("Gives context").check()
    Session.objects.all().delete()
    page.get_by_role("button", name="Save source").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    expect(page.get_by_text("Four thousand people.")).to_be_visible()
    assert findings(page) == []
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Send it now")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#panel .source-list")).to_contain_text("Register of ships")
    assert kept(page) == []
    page.get_by_role("button", name="Add source").click()
    expect(page.get_by_label("Title")).to_have_value("")


def test_signing_out_asks_once_and_then_leaves_nothing_behind(check):
    page = check.page
    page.route("**/annotate/", lambda route: route.fulfill(status=503))
    page.get_by_label(FINDING).fill("Not on the server")
    expect(page.locator("[data-saved]")).to_contain_text("kept in this tab")
    page.locator(".who-am summary").click()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label(FINDING)).to_have_value("Not on the server")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert kept(page) == []


def test_a_slow_network_ends_with_the_last_word(check):
    page = check.page

    def dawdle(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/annotate/", dawdle)
    for text in ("One", "One two", "One two three"):
        page.get_by_label(FINDING).fill(text)
        page.get_by_label(FINDING).blur()
    expect_saved(page)
    expect(page.locator("label", has_text=FINDING)).to_have_attribute("data-ack", SAVED_AT)
    wait_until_sent(page)
    assert saved().finding == "One two three"


def test_what_one_person_typed_is_not_put_before_another(check, new_page):
    check.page.route("**/annotate/", lambda route: route.fulfill(status=503))
    check.page.get_by_label(FINDING).fill("Ann’s secret")
    expect(check.page.locator("[data-saved]")).to_contain_text("kept in this tab")
    other = check.context.new_page()
    check.context.clear_cookies()
    other.goto(f"/login/?next={check.address}")
    other.get_by_label("User name").fill("ben")
    other.get_by_label("Password").fill("ben")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_label(FINDING)).to_have_value("")
    assert "Ann’s secret" not in other.content()
    assert Claim.objects.count() == 1


def test_a_conflict_that_is_left_alone_comes_back(db, new_page):
    check = Check(new_page, refusals=(409,))
    first, second = check.page, check.again()
    first.get_by_label(FINDING).fill("From the first tab")
    expect_saved(first)
    second.get_by_label(FINDING).fill("From the second tab")
    expect(second.get_by_role("heading", level=1)).to_contain_text("in another window")
    second.goto("/desk/")
    second.goto(check.address)
    expect(second.get_by_role("heading", level=1)).to_contain_text("in another window")
    expect(second.locator("main")).to_contain_text("From the second tab")
    second.get_by_role("button", name="Use all of theirs").click()
    expect(second.get_by_label(FINDING)).to_have_value("From the first tab")
    assert kept(second) == []


def test_a_tab_that_is_read_again_leaves_alone_what_another_has_in_conflict(db, new_page):
    """What stands on the page of a conflict is that tab's; else both would show the same one."""
    check = Check(new_page, refusals=(409,))
    first, second = check.page, check.again()
    first.get_by_label(FINDING).fill("From the first tab")
    expect_saved(first)
    second.get_by_label(FINDING).fill("From the second tab")
    expect(second.get_by_role("heading", level=1)).to_contain_text("in another window")
    first.reload()
    expect(first.get_by_label(FINDING)).to_have_value("From the first tab")
    second.get_by_role("button", name="Keep all of mine").click()
    expect(second.locator("#panel")).to_be_visible()
    assert saved().finding == "From the second tab"


def test_after_a_save_by_its_button_nothing_is_kept_and_signing_out_asks_nothing(check):
    page = check.page
    page.get_by_label(FINDING).fill("So it seems  ")
    page.get_by_role("button", name="Save and go to next").click()
    expect(page.get_by_label(FINDING)).to_have_value("So it seems")
    wait_until_sent(page)
    assert page.evaluate("document.cookie").count("saved=") == 0
    page.locator(".who-am summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_answer_lost_on_its_way_costs_no_second_save(check):
    page = check.page
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.fulfill(status=503)

    page.route("**/annotate/", lose_the_first)
    page.get_by_label(FINDING).fill("Said once")
    expect(page.locator("[data-saved]")).to_contain_text("kept in this tab")
    assert lost == [200]
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert (saved().finding, saved().version) == ("Said once", 1)


def test_a_server_that_does_not_answer_is_not_called_being_offline(check):
    page = check.page
    page.route("**/annotate/", lambda route: route.fulfill(status=503))
    page.get_by_label(FINDING).fill("While the database is away")
    status = page.locator("[data-saved]")
    expect(status).to_have_text("The server does not answer. This draft is kept in this tab.")
    page.unroute("**/annotate/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert saved().finding == "While the database is away"
