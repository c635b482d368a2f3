"""What is typed into a form is there again: in another browser, in another window, after a refusal.

The checker's annotation has a story of its own: test_drafts.py.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim, Comment, Statement, UnsentForm
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.e2e.test_drafts import kept

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"^Saved \d\d:\d\d, for you alone$")


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


class Deciding:
    """Eda decides a claim that two annotated, in as many browsers as she likes."""

    def __init__(self, cast: Cast, new_page) -> None:
        self.cast, self.new_page = cast, new_page
        self.article, self.claim = cast.deciding()
        self.address = f"/articles/{self.article.pk}/claims/{self.claim.pk}/decide/"

    def open(self, **options) -> Page:
        page: Page = self.new_page(self.cast.eda, **options)
        page.goto(self.address, wait_until="networkidle")
        return page


@pytest.fixture
def deciding(cast, new_page) -> Deciding:
    return Deciding(cast, new_page)


def status(page: Page):
    return page.locator("[data-unsent-said]")


def finding(page: Page):
    return page.locator("#id_finding")


def type_a_verdict(page: Page) -> None:
    page.locator(".verdict .option", has_text="False").first.click()
    finding(page).fill("My own finding.")
    page.get_by_text("Add a source of your own").click()
    page.locator("#id_add-0-url").fill("https://archive.example/register")
    page.locator("#id_add-0-title").fill("The register")
    page.get_by_role("button", name="One more source").click()
    page.wait_for_load_state("networkidle")
    page.locator("#id_add-1-url").fill("https://archive.example/minutes")
    page.locator("#id_add-1-title").fill("The minutes")
    page.get_by_label("An error").check()
    page.get_by_label("Reason").fill("Neither looked into it.")
    page.get_by_label("Reason").blur()
    expect(status(page)).to_have_text(SAVED)


def test_a_verdict_in_the_making_is_there_in_another_browser_with_all_its_sources(deciding):
    page = deciding.open()
    type_a_verdict(page)
    reason = page.locator("label", has_text="Reason")
    expect(reason).to_have_attribute("data-ack", re.compile(r"^Saved \d\d:\d\d$"))
    assert kept(page) == [], "the server has it all"
    assert findings(page) == []
    page.context.close()

    page = deciding.open()
    expect(page.get_by_text("Here is what you had typed until")).to_be_visible()
    expect(finding(page)).to_have_value("My own finding.")
    expect(page.locator("#id_add-0-title")).to_have_value("The register")
    expect(page.locator("#id_add-1-title")).to_be_visible()
    expect(page.locator("#id_add-1-title")).to_have_value("The minutes")
    expect(page.locator("legend", has_text="Source 2")).to_be_visible()
    expect(page.get_by_label("An error")).to_be_checked()
    false = page.locator(".verdict .option", has_text="False")
    expect(false.locator("input").first).to_be_checked()
    expect(page.get_by_label("Reason")).to_have_value("Neither looked into it.")
    assert findings(page) == []
    for number in (0, 1):
        page.locator(f"[name=add-{number}-stance][value=contradicts]").check()
    page.locator("#id_justification").fill("So they say.")
    page.get_by_role("button", name="Decide and go to next").last.click()
    expect(page.locator(".messages")).to_contain_text("is decided")
    verdict = Claim.objects.get(pk=deciding.claim.pk).verdict
    assert verdict is not None
    titles = set(verdict.citations.values_list("source__title", flat=True))
    assert {"The register", "The minutes"} <= titles
    assert not UnsentForm.objects.exists()
    assert kept(page) == []


def test_a_refusal_keeps_it_and_so_does_adopting(deciding):
    page = deciding.open(refusals=(422,))
    finding(page).fill("My own finding.")
    finding(page).blur()
    expect(status(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Decide and go to next").last.click()
    expect(page.locator(".problem")).to_be_visible()
    expect(finding(page)).to_have_value("My own finding.")
    page.wait_for_load_state("networkidle")
    assert UnsentForm.objects.get().fields
    page.get_by_label("Reason").fill("Neither looked.")
    page.get_by_label("Reason").blur()
    expect(status(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Adopt A").click()
    expect(page.get_by_text("What you had typed: Finding")).to_be_visible()
    adopted = finding(page).input_value()
    page.wait_for_load_state("networkidle")
    expect(status(page)).to_have_text(SAVED)
    page.context.close()
    page = deciding.open()
    expect(finding(page)).to_have_value(adopted)
    expect(page.get_by_label("Reason")).to_have_value("Neither looked.")


def test_a_save_whose_answer_never_came_is_no_other_window(deciding):
    """The form is sent, and comes back, before the save that leaving it began was answered."""
    page = deciding.open()

    def unanswered(route):
        route.fetch()

    page.route("**/unsent/", unanswered)
    finding(page).fill("My own finding.")
    page.get_by_role("button", name="Adopt A").click()
    expect(page.get_by_text("What you had typed: Finding")).to_be_visible()
    page.unroute("**/unsent/")
    assert UnsentForm.objects.get().version == 1, "the server has what was typed"
    adopted = finding(page).input_value()
    page.get_by_label("Reason").fill("Neither looked.")
    page.get_by_label("Reason").blur()
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator(".unsent")).to_be_hidden()
    assert ["finding", adopted] in UnsentForm.objects.get().fields


def test_a_save_that_the_page_before_sent_as_it_went_is_no_other_window(deciding):
    """A reload asks what there is before the save that leaving began has arrived."""
    page = deciding.open(refusals=(409,))
    finding(page).fill("My own")
    finding(page).blur()
    expect(status(page)).to_have_text(SAVED)
    UnsentForm.objects.update(version=2, fields=[["finding", "My own fin"]])
    finding(page).fill("My own finding.")
    finding(page).blur()
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator(".unsent")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert ["finding", "My own finding."] in UnsentForm.objects.get().fields


def test_the_second_of_two_windows_shows_both(deciding):
    one, two = deciding.open(), deciding.open(refusals=(409,))
    finding(one).fill("Typed in the first window.")
    finding(one).blur()
    expect(status(one)).to_have_text(SAVED)
    finding(two).fill("Typed in the second window.")
    finding(two).blur()
    expect(status(two)).to_have_text("Not saved: you typed into another window too.")
    notice = two.locator(".unsent")
    expect(notice).to_contain_text("Typed in the first window.")
    expect(finding(two)).to_have_value("Typed in the second window.")
    assert findings(two) == []
    two.get_by_role("button", name="Take the other").click()
    expect(finding(two)).to_have_value("Typed in the first window.")
    two.get_by_role("button", name="Put back what stood here").click()
    expect(finding(two)).to_have_value("Typed in the second window.")
    expect(status(two)).to_have_text(SAVED)
    assert ["finding", "Typed in the second window."] in UnsentForm.objects.get().fields


def test_who_starts_again_may_change_their_mind(deciding):
    page = deciding.open()
    finding(page).fill("My own finding.")
    finding(page).blur()
    expect(status(page)).to_have_text(SAVED)
    page = deciding.open()
    page.get_by_role("button", name="Start again without it").click()
    expect(finding(page)).to_have_value("")
    expect(page.get_by_role("button", name="Put back what stood here")).to_be_focused()
    page.get_by_role("button", name="Put back what stood here").click()
    expect(finding(page)).to_have_value("My own finding.")
    page.get_by_role("button", name="Put back what stood here").click()
    finding(page).focus()
    finding(page).blur()
    expect(finding(page)).to_have_value("")
    page.wait_for_load_state("networkidle")
    expect(status(page)).to_have_text("")
    assert not UnsentForm.objects.exists()


def test_offline_it_stays_in_the_browser_and_is_sent_when_it_can_be(deciding):
    page = deciding.open()
    page.context.set_offline(True)
    finding(page).fill("Typed in a tunnel.")
    finding(page).blur()
    expect(status(page)).to_contain_text("You are offline")
    assert len(kept(page)) == 1
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    assert kept(page) == []


def test_a_comment_and_a_statement_come_back_too(cast, new_page):
    article, claim = cast.deciding()
    address = f"/articles/{article.pk}/?claim={claim.pk}&tab=discussion"
    page = new_page(cast.eda)
    page.goto(address, wait_until="networkidle")
    page.locator("form[data-main] textarea").fill("Look at page")
    page.locator("form[data-main] textarea").blur()
    expect(status(page).last).to_have_text(SAVED)
    page = new_page(cast.eda)
    page.goto(address, wait_until="networkidle")
    expect(page.locator("form[data-main] textarea")).to_have_value("Look at page")
    page.locator("form[data-main] textarea").fill("Look at page 3.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator(".thread")).to_contain_text("Look at page 3.")
    assert Comment.objects.count() == 1
    page.wait_for_load_state("networkidle")
    expect(page.locator("form[data-main] textarea")).to_have_value("")
    assert not UnsentForm.objects.exists()
    assert kept(page) == []
    page = new_page(cast.mia)
    page.goto("/desks/desk/statements/funding/", wait_until="networkidle")
    page.locator("textarea").fill("By readers.")
    page.locator("textarea").blur()
    expect(status(page)).to_have_text(SAVED)
    page = new_page(cast.mia)
    page.goto("/desks/desk/statements/funding/", wait_until="networkidle")
    expect(page.locator("textarea")).to_have_value("By readers.")
    page.get_by_role("button", name="Publish this version").click()
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.locator(".messages")).to_contain_text("Readers have the new version.")
    assert Statement.objects.get().body == "By readers."
    assert not UnsentForm.objects.exists()
    assert kept(page) == []


def test_a_pasted_text_is_there_in_another_browser(cast, new_page):
    text = "A title\n\n" + "It cost seven florins, they said. " * 3_000
    page = new_page(cast.eda)
    page.goto("/desks/desk/articles/add/", wait_until="networkidle")
    page.locator("textarea[name=text]").fill(text)
    page.locator("textarea[name=text]").blur()
    expect(status(page)).to_have_text(SAVED)
    page = new_page(cast.eda)
    page.goto("/desks/desk/articles/add/", wait_until="networkidle")
    expect(page.locator("textarea[name=text]")).to_have_value(text)
