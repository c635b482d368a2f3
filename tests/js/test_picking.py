"""Picking a passage in the words of a saved copy (picking.js): search, keys, what is taken."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.said_of_code import APP

LINES = [
    ["p. 3", "The line carried 4,000 people. “Nobody warned us”, said the mayor."],
    ["p. 3", "It is a fine line."],
    ["p. 4", "The line ended in 2024. Nobody knew why."],
]
FORM = """<form><input name="url" value="https://records.example/1">
<input name="title" value="Register">
    <input name="isbn"><textarea name="passage"></textarea><input name="locator">
    <button type="button" data-pick="/words/" data-source="7">Pick</button></form>"""


def dialog() -> str:
    """The page's own dialog, with its English words."""
    (file,) = (path for path in (APP / "templates").rglob("*.html") if _is_of_picking(path))
    html = re.sub(r"{#.*?#}", "", file.read_text(encoding="utf-8"))
    html = re.sub(r"{% translate [\"'](.*?)[\"'] %}", r"\1", html)
    return re.sub(r"{%.*?%}", "", html)


def _is_of_picking(path: Path) -> bool:
    return '<dialog id="pick"' in path.read_text(encoding="utf-8")


def picking(page: Page, passage: str = "", **told: Any) -> list[Route]:
    """The dialog, opened beside a form in which this passage stands; what was asked for."""
    asked: list[Route] = []
    answer = {"title": "Register", "saved": "", "problem": "", "lines": LINES} | told

    def reply(route: Route) -> None:
        asked.append(route)
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    page.route("**/words/**", reply)
    page.evaluate(
        """async ([html, passage]) => {
            document.body.innerHTML = html;
            document.forms[0].passage.value = passage;
            const { pick } = await import("/static/js/picking.js");
            await pick(document.querySelector("[data-pick]"));
        }""",
        [FORM + dialog(), passage],
    )
    return asked


def test_the_copy_of_what_stands_in_the_form_is_asked_for(blank):
    (route,) = picking(blank)
    assert parse_qs(urlsplit(route.request.url).query) == {
        "url": ["https://records.example/1"],
        "title": ["Register"],
        "source": ["7"],
    }
    assert blank.locator("[data-words] p").count() == 3
    places = blank.locator("[data-words] p").evaluate_all(
        "(lines) => lines.map((line) => line.dataset.place ?? '')"
    )
    assert places == ["p. 3", "", "p. 4"], "a place is shown where it begins"


def test_a_passage_that_is_typed_already_is_chosen_whatever_its_quotation_marks(blank):
    picking(blank, '"nobody warned us"')
    assert blank.evaluate("String(getSelection())") == "“Nobody warned us”"
    assert blank.locator("[data-take]").is_enabled()


def test_words_are_found_one_after_the_other_and_enter_takes_their_sentence_up(blank):
    picking(blank)
    blank.get_by_label("Find words").fill("line")
    assert blank.locator("[data-found]").text_content() == "1 of 3"
    blank.keyboard.press("ArrowUp")
    assert blank.locator("[data-found]").text_content() == "3 of 3"
    assert blank.locator(".hit").text_content() == LINES[2][1]
    blank.keyboard.press("Enter")
    assert blank.evaluate("String(getSelection())").strip() == "The line ended in 2024."
    blank.get_by_label("Find words").fill("zeppelin")
    assert blank.locator("[data-found]").text_content() == "No line has these words."


def test_what_is_chosen_goes_into_the_fields_as_typed_words_do(blank):
    picking(blank, "Nobody knew why.")
    blank.locator("[data-take]").click()
    assert not blank.locator("#pick").is_visible()
    assert blank.locator("[name=passage]").input_value() == "Nobody knew why."
    assert blank.locator("[name=locator]").input_value() == "p. 4"
    assert blank.evaluate("document.activeElement.name") == "passage"
    blank.keyboard.press("Control+z")
    assert blank.locator("[name=passage]").input_value() != "", "what stood there is back"


def test_keys_move_the_ends_by_words_and_across_lines(blank):
    picking(blank, "It is a fine line.")
    blank.keyboard.press("Shift+ArrowRight")
    blank.keyboard.press("Control+Enter")
    assert blank.locator("[name=passage]").input_value() == "It is a fine line. The"
    assert blank.locator("[name=locator]").input_value() == "p. 3"


@pytest.mark.parametrize("words", ["<b>bold</b>", "<img src=x onerror=alert(1)>"])
def test_nothing_of_a_copy_is_markup(blank, words):
    picking(blank, lines=[["", words]])
    assert blank.locator("[data-words] p").text_content() == words
    assert blank.locator("[data-words] p *").count() == 0


def test_a_problem_is_said_and_nothing_can_be_taken(blank):
    picking(blank, problem="It was not saved.", lines=[])
    assert blank.locator("[data-problem]").text_content() == "It was not saved."
    assert blank.locator("[data-take]").is_disabled()
    assert blank.evaluate("document.activeElement.dataset.close") == ""
