"""A newsroom moves in and publishes a first check: by pages and mail alone, of any site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.drills.hands import Person

PASSWORD = "a ferry to the other side"
NAMES = {
    "ed": "Edda Editor",
    "eli": "Eli Editor",
    "ann": "Ann Checker",
    "ben": "Ben Checker",
    "cam": "Cam Checker",
    "dee": "Dee Checker",
    "obi": "Obi Observer",
}
"""Seven people, beside the head of the desk who invites them: local part of an address, name."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article with one claim in it."""

    title: str
    claim: str

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.claim} Gulls sat on the rails."


PORT = Story("A port in numbers", "The port handled 412 ships in 2025.")
FERRY = Story("A ferry in numbers", "The ferry carried 31,000 people in June.")


def addresses(site: str) -> dict[str, str]:
    return {name: f"{name}@{site}" for name in NAMES}


def lines(site: str) -> str:
    """What the head pastes: a line a person, with a role."""
    return "\n".join(
        f"{address}, {NAMES[name]}, {NAMES[name].split()[1].lower()}"
        for name, address in addresses(site).items()
    )


def come_in(person: Person, link: str, names: str) -> None:
    """By the link of an invitation to an account of one's own; one lands at the desk."""
    page = person.page
    page.goto(link)
    first, last = names.split()
    for label, words in (("First name", first), ("Last name", last)):
        field = page.get_by_label(label)
        if not field.input_value():  # the invitation may have said it
            person.to(field)
            person.write(words)
    person.to(page.get_by_label("Password"))
    person.write(PASSWORD)
    person.click("Make my account")
    expect(page).to_have_url(re.compile(r"/desks/[\w-]+/$"))


def invite(head: Person, site: str) -> None:
    """All seven by one form, from the head's own desk."""
    page = head.page
    head.desk()
    head.click(head.link("People"))
    head.click(head.link("Invite people"))
    head.to(page.get_by_label("Whom"))
    head.paste(lines(site))
    head.click(page.locator("main button.primary").first)
    expect(page.locator(".messages")).to_contain_text("7 people are invited.")


def sign_in(person: Person, name: str) -> None:
    page = person.page
    page.goto("/login/")
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    person.click(page.locator("main button.primary"))
    expect(page).to_have_url(re.compile(r"/desks/[\w-]+/$"))


def publish(story: Story, head: Person, editor: Person, checkers: dict[str, Person]) -> str:
    """An article with one claim, checked by two, from its text to readers: its public address."""
    add(editor, story)
    open_checking(editor, list(checkers))
    for checker in checkers.values():
        annotate(checker)
    editor.desk()
    editor.click(editor.link("Decide"))
    editor.click("Adopt 1 agreed claim")
    expect(editor.page.locator(".messages")).to_contain_text("1 claim is decided.")
    head.desk()
    head.click(head.link("Approve"))
    head.click(head.page.get_by_role("button", name=re.compile("^Approve")).first)
    expect(head.page.locator(".messages")).to_contain_text("approved")
    head.click("Publish the article")
    head.click(head.page.get_by_role("button", name=re.compile("^Publish edition")))
    expect(head.page.locator(".messages")).to_contain_text("is published.")
    return public_address(head, story)


def public_address(person: Person, story: Story) -> str:
    """Where readers find what was published last: it stands first on the site's own first page."""
    page = person.page
    page.goto("/")
    person.click(person.link(story.title))
    expect(page.locator("main")).to_contain_text(story.claim)
    return page.url


def add(editor: Person, story: Story) -> None:
    page = editor.page
    editor.desk()
    page.goto(f"{page.url}articles/add/")
    editor.to(page.get_by_label("Text", exact=True))
    editor.paste(story.text)
    editor.send("Preview the sentences")
    expect(page.locator("h2#preview")).to_be_visible()
    editor.send("Save the article")
    expect(page.locator("[data-text]")).to_contain_text(story.claim)
    editor.click(page.locator("[data-text] [data-start]", has_text=story.claim))
    editor.press("m")
    expect(page.get_by_label("The claim in plain words")).to_be_focused()
    editor.press("Control+Enter")
    expect(page.locator("#panel h2")).to_have_text(story.claim)
    editor.to_text()
    editor.press("ArrowDown", "2")
    expect(page.locator(".rail .hint a")).to_have_count(0)


def open_checking(editor: Person, names: list[str]) -> None:
    editor.click(editor.link("Open checking"))
    for name in names:
        editor.click(editor.page.get_by_label(name))
    editor.click("Open checking")
    expect(editor.page.locator(".stage")).to_have_text("Checking")


def annotate(checker: Person) -> None:
    page = checker.page
    checker.desk()
    checker.click(checker.link("Start"))
    page.wait_for_load_state("networkidle")
    checker.press("v")
    expect(page.locator("#panel .option input:focus")).to_have_count(1)
    checker.press("Space")
    checker.to(page.get_by_label("Proposed finding"))
    checker.write("The register has it so.")
    checker.to(page.get_by_label("Justification"))
    checker.write("The register was read with the clerk on Monday.")
    checker.press("Escape")
    page.evaluate("document.activeElement.blur()")
    checker.press("s")
    expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
    checker.paste("https://register.example/")
    checker.press("Tab", "1")  # it supports; the passage is next
    checker.write("Line 3 of the register.")
    checker.to(page.get_by_label("Title"))
    checker.write("The register")
    checker.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("The register")
    checker.press("Control+Enter")
    page.wait_for_load_state("networkidle")
    checker.click(page.get_by_role("link", name=re.compile("Submit")).first)
    checker.click(page.get_by_role("button", name=re.compile("Submit|Hand in")).first)
    expect(page.locator(".messages")).to_contain_text("submitted")


def all_come_in(
    new_person: Callable[[], Person], link_to: Callable[[str], str], site: str
) -> dict[str, Person]:
    """Each of the seven, by the link in their own mail."""
    people = {}
    for name, address in addresses(site).items():
        people[name] = new_person()
        come_in(people[name], link_to(address), NAMES[name])
    return people
