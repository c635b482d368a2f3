"""The whole main job by the keyboard: from signing in to a published edition, and to reading it.

No mouse and no touch anywhere, and nothing is focused but by keys: with the page's scripts, and
with forms alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Edition, Mark, User
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

POINTED = """() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"]) {
        addEventListener(kind, () => console.error(`a ${kind} in a job by keys`), true);
    }
}"""
"""Fails the test, as any complaint on the console does."""


SKIPPED = """(element) =>
    document.activeElement === document.body && element.closest("#panel") !== null"""
"""Whether the focus is before everything, and the panel is where to go."""


class Keys:
    """A person at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def to(self, target: Locator) -> None:
        """Tab on until the focus is there; from the top of a page over its second skip link."""
        expect(target).to_be_visible()
        if target.evaluate(SKIPPED):
            self.press("Tab", "Tab", "Enter")
        for _step in range(250):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no key leads to {target}")

    def follow(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self.to(self.page.get_by_role("link", name=name, exact=exact).first)
        self.press("Enter")

    def push(self, name: str, *, exact: bool = False) -> None:
        self.to(self.page.get_by_role("button", name=name, exact=exact).first)
        self.press("Enter")

    def fill(self, label: str, words: str, *, exact: bool = False) -> None:
        self.to(self.page.get_by_label(label, exact=exact).first)
        self.press("Control+a")
        self.write(words)

    def sign_in(self, name: str) -> None:
        self.page.goto("/login/")
        self.fill("User name", name)
        self.fill("Password", name)
        self.press("Enter")
        expect(self.page).to_have_url(re.compile("/desks/desk/$"))

    def choose(self, option: str) -> None:
        """One of the radios: to their group, and then by the arrows."""
        radio = self.page.get_by_role("radio", name=re.compile(f"^{option}")).first
        group = radio.get_attribute("name")
        self.to(self.page.locator(f"input[name='{group}']").first)
        self.press("Space")
        for _option in range(10):
            if radio.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {option}")


def mark_with_scripts(keys: Keys) -> None:
    """The words from the first sentence's second to its last but three."""
    page = keys.page
    expect(page.locator("[data-text] [data-start][tabindex='0']")).to_have_count(1)
    keys.press("t")
    if page.evaluate("document.activeElement.id") == "panel":
        keys.press("t")
    keys.press("Home", "ArrowDown", *["Shift+ArrowRight"] * 7)
    keys.press("m")
    expect(page.get_by_label("The claim in plain words")).to_be_visible()


def mark_by_form(keys: Keys) -> None:
    page = keys.page
    keys.follow(re.compile("^Sentence 1"))
    keys.to(page.get_by_label("First word"))
    keys.write("")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.to(page.get_by_label("Last word"))
    for _word in range(6):
        keys.press("ArrowDown")
    keys.push("Mark as claim")


@pytest.mark.drill
@pytest.mark.parametrize(
    ("scripts", "mark"),
    [
        pytest.param(True, mark_with_scripts, id="with scripts"),
        pytest.param(False, mark_by_form, id="forms alone"),
    ],
)
def test_an_article_becomes_a_published_check_by_keys_alone(
    db, new_page, scripts: bool, mark: Callable[[Keys], None]
):
    cast = Cast()
    people = (None, cast.ann, cast.ben, cast.eli)
    eda, ann, ben, eli = (Keys(opened(new_page, scripts, person)) for person in people)

    eda.sign_in("eda")
    eda.follow("Add article")
    eda.fill("Text", c.TEXT, exact=True)
    eda.push("Preview the sentences")
    eda.push("Save the article")
    expect(eda.page.locator("[data-text]")).to_contain_text("The line carried")
    mark(eda)
    eda.fill("The claim in plain words", "The town never asked the line to stop.")
    eda.fill("Claimant", "The mayor")
    eda.push("Save claim")
    expect(eda.page.locator("#panel h2")).to_have_text("The town never asked the line to stop.")
    assert Mark.objects.get().exact == "“We never asked them to stop sailing,”"
    eda.follow(re.compile("^Sentence 2"))
    expect(eda.page.locator("#panel .crumb")).to_have_text("Sentence 2")
    eda.choose("No factual claim")
    eda.fill("Say the same of every sentence not triaged yet, up to", "4")
    eda.push("Save and go to next")
    expect(eda.page.locator(".rail .hint a")).to_have_count(0)
    eda.follow("Open checking")
    for name in ("Ann", "Ben"):
        eda.to(eda.page.get_by_label(name))
        eda.press("Space")
    eda.push("Open checking")
    expect(eda.page.locator(".stage")).to_have_text("Checking")

    for checker, name in ((ann, "ann"), (ben, "ben")):
        checker.page.goto("/desk/")
        checker.follow("Start")
        checker.choose("False")
        checker.fill("Proposed finding", "It did ask.")
        checker.fill("Justification", "The letter says so.")
        checker.push("Add source")
        checker.fill("Title", f"Letter of {name}")
        checker.choose("Contradicts the claim")
        checker.push("Save source")
        expect(checker.page.locator("#panel")).to_contain_text(f"Letter of {name}")
        checker.push("Submit")
        expect(checker.page.locator(".messages")).to_contain_text("is submitted.")

    eda.page.goto("/desk/")
    eda.follow("Decide")
    eda.push("Adopt all agreed")
    expect(eda.page.locator(".messages")).to_contain_text("1 claim is decided.")
    eli.page.goto("/desk/")
    eli.follow("Approve")
    eli.push("Approve the verdict")
    eli.push("Publish")
    expect(eli.page.locator(".messages")).to_contain_text("Edition 1 is published.")
    assert Edition.objects.filter(desk=cast.desk).count() == 2

    reader = Keys(opened(new_page, scripts))
    reader.page.goto("/")
    reader.follow("Ferry to return in spring")
    reader.follow("Claim 1: False. Read the note.")
    reader.follow("Full check")
    expect(reader.page.locator("h1")).to_have_text("The town never asked the line to stop.")


def opened(new_page: Callable[..., Page], scripts: bool, person: User | None = None) -> Page:
    page = new_page(person, java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    if scripts:
        page.add_init_script(f"({POINTED})()")
    return page
