"""The list of names while one types "@" (mention.js): whom it offers, and what its keys do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PAGE = """async (typed) => {
    document.body.innerHTML = `<section id="panel">
    <ul data-members data-label="Members" data-heard="{n} names">
        <li data-member="ann" data-name="Ann Lee"><li data-member="anton" data-name="Anton Vale">
        <li data-member="ben" data-name="Ben Łuk"><li data-member="li.wei" data-name="李 薇"></ul>
        <textarea></textarea></section>`;
    globalThis.field = document.querySelector("textarea");
    const { offer } = await import("/static/js/mention.js");
    field.addEventListener("input", () => offer(field));
    field.focus();
    field.value = typed;
    offer(field);
}"""


def offered(page: Page) -> list[str]:
    options = page.locator("#mentions [role=option]").all()
    return [option.get_attribute("data-member") or "" for option in options]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("@", ["ann", "anton", "ben", "li.wei"]),
        ("See @an", ["ann", "anton"]),
        ("@łu", ["ben"]),
        ("@薇", ["li.wei"]),
        ("@LEE", ["ann"]),
        ("@ann", []),
        ("@nobody", []),
        ("write to ann@an", []),
        ("@ann is here", []),
    ],
)
def test_names_are_offered_by_how_any_word_of_them_begins(blank, typed, names):
    blank.evaluate(PAGE, typed)
    assert offered(blank) == names


def test_keys_choose_and_take_and_the_focus_stays_in_the_field(blank):
    blank.evaluate(PAGE, "See @an")
    field = blank.locator("textarea")
    assert field.get_attribute("aria-activedescendant") == "mention-0"
    assert blank.locator("[role=status]").text_content() == "2 names"
    blank.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "mention-1"
    blank.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "mention-0", "after the last the first"
    blank.keyboard.press("ArrowUp")
    blank.keyboard.press("Enter")
    assert field.input_value() == "See @anton "
    assert offered(blank) == []
    assert field.get_attribute("aria-controls") is None
    assert blank.evaluate("document.activeElement === field")


def test_escape_closes_the_list_alone_and_enter_is_the_fields_again(blank):
    blank.evaluate(PAGE, "@an")
    blank.evaluate(
        """() => {
            globalThis.heard = [];
            document.addEventListener("keydown", (event) => heard.push(event.key));
        }"""
    )
    blank.keyboard.press("Escape")
    assert offered(blank) == []
    assert blank.evaluate("heard") == [], "the page did not hear it"
    blank.keyboard.press("Enter")
    assert blank.locator("textarea").input_value() == "@an\n"
    assert blank.evaluate("heard") == ["Enter"]


def test_nothing_is_taken_while_an_input_method_composes(blank):
    blank.evaluate(PAGE, "@an")
    blank.evaluate(
        """field.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert blank.locator("textarea").input_value() == "@an"
    assert offered(blank) == ["ann", "anton"]
