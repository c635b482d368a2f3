"""What autosave.js reads of a form, puts back into one, and sends; without a server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route

FORM = """
<form data-autosave data-draft="1:check" action="/save/">
  <input type="hidden" name="csrfmiddlewaretoken" value="token">
  <input type="hidden" name="version" value="3">
  <input type="hidden" name="key" value="">
  <div class="mb-3"><label for="finding">Finding</label>
  <input id="finding" name="finding" value="As it was"></div>
  <div class="mb-3"><label for="why">Why</label><textarea id="why" name="why"></textarea></div>
  <button data-save>Save</button>
</form><p data-saved data-at="Saved {time}" data-saving="Saving" data-silent="No answer"
  data-invalid="Look again" data-field-saved="Saved {time}" data-field-waiting="Not yet"
  data-field-invalid="Wrong"></p>"""


def test_the_pages_own_bookkeeping_is_no_part_of_what_was_typed(blank):
    content = blank.evaluate(
        """async () => {
            document.body.innerHTML = `<form><input name="csrfmiddlewaretoken" value="t">
                <input name="version" value="1"><input name="key" value="k">
                <input name="q" value="is:mine">
                <input name="initial-title" value="Old"><input name="rows-INITIAL_FORMS" value="0">
                <input name="title" value="New"><input type="file" name="file">
                <input type="checkbox" name="cite" value="a" checked>
                <input type="checkbox" name="cite" value="b">
                </form>`;
            const { contentOf } = await import("/static/js/autosave.js");
            return contentOf(document.forms[0]);
        }"""
    )
    assert json.loads(content) == [
        # What it was based on comes back with what was typed (docs/decisions/0127).
        ["version", "1"],
        ["initial-title", "Old"],
        ["title", "New"],
        ["cite", "a"],
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ([["finding", "So"]], [["finding", " So\r\n"]], True),
        ([["finding", "So"]], [["finding", "so"]], False),
        ([["finding", "So"], ["based_on", "1"]], [["finding", "So"], ["based_on", "2"]], True),
        ([["finding", "So"]], [["finding", "So"], ["why", ""]], False),
    ],
)
def test_two_contents_are_the_same_as_the_server_would_take_them(blank, one, other, is_same):
    found = blank.evaluate(
        """async ([one, other]) => (await import("/static/js/autosave.js")).same(one, other)""",
        [json.dumps(one), json.dumps(other)],
    )
    assert found is is_same


def test_a_field_of_many_values_is_changed_where_one_of_them_is(blank):
    before = [["finding", "So"], ["cite", "a"], ["cite", "b"]]
    after = [["finding", "So"], ["cite", "a"], ["why", "For"]]
    found = blank.evaluate(
        """async ([one, other]) => (await import("/static/js/autosave.js")).changed(one, other)""",
        [json.dumps(before), json.dumps(after)],
    )
    assert sorted(found) == ["cite", "why"]


def test_a_content_is_put_back_into_every_kind_of_field_and_as_many_rows(blank):
    content = [
        ["title", "Typed"], ["cite", "b"], ["kind", "two"], ["rating", "false"],
        ["rows-TOTAL_FORMS", "2"], ["rows-0-url", "one"], ["rows-1-url", "two"],
    ]  # fmt: skip
    found = blank.evaluate(
        """async (content) => {
            document.body.innerHTML = `<form>
                <details><summary>More</summary><input name="title" value="Old"></details>
                <input type="checkbox" name="cite" value="a" checked>
                <input type="checkbox" name="cite" value="b">
                <select name="kind"><option>one<option>two</select>
                <input type="radio" name="rating" value="true" checked>
                <input type="radio" name="rating" value="false">
                <input name="rows-TOTAL_FORMS" value="1"><input name="rows-MAX_NUM_FORMS" value="5">
                <fieldset><input name="rows-0-url"></fieldset>
                <template data-rows="rows"><fieldset>
                <input name="rows-__prefix__-url"></fieldset></template></form>`;
            const { contentOf, fill } = await import("/static/js/autosave.js");
            fill(document.forms[0], content);
            return [contentOf(document.forms[0]), document.querySelector("details").open];
        }""",
        json.dumps(content),
    )
    back, is_open = found
    kept = [pair for pair in json.loads(back) if pair[0] != "rows-MAX_NUM_FORMS"]
    assert sorted(kept) == sorted(content)
    assert is_open, "what was typed is where it can be seen"


def open_form(page: Page, *answers: tuple[int, dict[str, Any]]) -> list[Route]:
    """The form on the page; the server gives these answers in turn. What was sent to it."""
    sent: list[Route] = []

    def answer(route: Route) -> None:
        status, told = answers[min(len(sent), len(answers) - 1)]
        sent.append(route)
        route.fulfill(status=status, body=json.dumps(told), content_type="application/json")

    page.route("**/save/", answer)
    page.evaluate("(html) => { document.body.innerHTML = html; }", FORM)
    page.evaluate("""() => import("/static/js/autosave.js")""")
    return sent


def test_what_was_typed_is_sent_when_the_focus_leaves_and_said_once_it_is_there(blank):
    sent = open_form(blank, (200, {"saved": "14:02", "version": 4, "errors": {}}))
    blank.get_by_label("Finding").fill("As it is")
    with blank.expect_response("**/save/"):
        blank.evaluate("document.activeElement.blur()")
    blank.wait_for_function("document.querySelector('[data-saved]').textContent === 'Saved 14:02'")
    (route,) = sent
    assert route.request.headers["x-autosave"] == "1"
    assert 'name="finding"\r\n\r\nAs it is' in (route.request.post_data or "")
    assert blank.locator("[name=version]").input_value() == "4"
    assert blank.locator("[name=key]").input_value(), "one content has one key"
    assert blank.locator("label[for=finding]").get_attribute("data-ack") == "Saved 14:02"
    assert blank.locator("label[for=why]").get_attribute("data-ack") is None
    assert blank.evaluate("Object.keys(localStorage)") == [], "the server has it"


def test_what_the_server_has_not_got_is_kept_here_and_one_wrong_field_keeps_back_no_other(blank):
    wrong = {"saved": "14:03", "version": 4, "errors": {"finding": ["Too long."]}}
    sent = open_form(blank, (503, {}), (200, wrong))
    blank.get_by_label("Finding").fill("Too long by far")
    blank.evaluate("document.activeElement.blur()")
    blank.wait_for_function("document.querySelector('[data-saved]').textContent === 'No answer'")
    (kept,) = blank.evaluate("Object.values(localStorage)")
    assert ["finding", "Too long by far"] in json.loads(json.loads(kept)["content"])
    key = blank.locator("[name=key]").input_value()
    blank.evaluate("dispatchEvent(new Event('online'))")
    blank.wait_for_function("document.querySelector('[data-saved]').textContent === 'Look again'")
    assert len(sent) == 2
    assert blank.locator("[name=key]").input_value() == key, "a retry has one effect"
    assert blank.locator("label[for=finding]").get_attribute("data-ack") == "Wrong"
    assert blank.locator("#finding").get_attribute("aria-invalid") == "true"
    described = blank.locator("#finding").get_attribute("aria-describedby")
    assert blank.locator(f"#{described}").text_content() == "Wrong"
