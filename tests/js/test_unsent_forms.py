"""What unsent.js keeps on the server of a form that is not sent, and says of two windows."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Page, Route

PAGE = """<form data-unsent="/unsent/" data-keep="1:letter">
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <input type="hidden" name="key" value="here">
    <div class="mb-3"><label for="body">Body</label>
    <textarea id="body" name="body"></textarea></div>
    <div class="actions"><button>Send</button></div></form>
    <template id="unsent-tools"><section class="notice" hidden>
        <div data-case="back" hidden>
        <p data-words data-at="Until {time}" data-here="In this browser"></p>
            <button type="button" data-instead>Without it</button></div>
        <div data-case="changed" hidden><button type="button" data-instead>Put back</button></div>
        <div data-case="other" hidden><p data-words data-at="Elsewhere, {time}"></p>
        <dl data-theirs></dl>
            <button type="button" data-mine>Keep</button>
            <button type="button" data-instead>Take</button></div>
    </section><span data-said data-at="Saved {time}" data-saving="Saving" data-stale="Two windows"
        data-silent="No answer" data-field-saved="Saved {time}"
            data-field-waiting="Not yet"></span></template>"""


class Server:
    """What the server has of the form, and what was sent to it."""

    def __init__(self, page: Page, row: dict[str, Any] | None = None) -> None:
        self.page, self.row = page, row
        self.sent: list[dict[str, str]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []
        page.route("**/unsent/**", self.reply)
        page.evaluate("(html) => { document.body.innerHTML = html; }", PAGE)

    def reply(self, route: Route) -> None:
        if route.request.method == "GET":
            forms = {"letter": self.row} if self.row else {}
            route.fulfill(body=json.dumps({"forms": forms}), content_type="application/json")
            return
        fields = parse_qs(route.request.post_data or "", keep_blank_values=True)
        self.sent.append({name: value for name, (value,) in fields.items()})
        status, told = (
            self.answers.pop(0) if self.answers else (200, {"saved": "9:30", "version": 1})
        )
        route.fulfill(status=status, body=json.dumps(told), content_type="application/json")

    def open(self) -> None:
        self.page.evaluate("""async () => (await import("/static/js/unsent.js")).start()""")

    def says(self, words: str) -> None:
        said = "document.querySelector('[data-said]').textContent === words"
        self.page.wait_for_function(f"(words) => {said}", arg=words)

    def leave(self) -> None:
        self.page.evaluate("document.activeElement.blur()")


def row(words: str, version: int = 2, key: str = "other") -> dict[str, Any]:
    return {"fields": [["body", words]], "version": version, "key": key, "saved": "9:00"}


def test_what_was_typed_is_kept_with_the_version_it_is_based_on(blank):
    server = Server(blank)
    server.open()
    blank.get_by_label("Body").fill("Dear")
    server.leave()
    server.says("Saved 9:30")
    blank.get_by_label("Body").fill("Dear all")
    server.leave()
    blank.wait_for_function("document.querySelector('label').dataset.ack === 'Saved 9:30'")
    assert [each["version"] for each in server.sent] == ["0", "1"]
    assert json.loads(server.sent[1]["content"]) == [["body", "Dear all"]]
    assert server.sent[1]["form"] == "letter"


def test_the_form_has_it_again_and_says_so_and_can_begin_again_without(blank):
    server = Server(blank, row("Typed yesterday"))
    server.open()
    server.says("Saved 9:00")
    body = blank.get_by_label("Body")
    assert body.input_value() == "Typed yesterday"
    assert blank.locator("[data-case=back] p").text_content() == "Until 9:00"
    blank.get_by_text("Without it").click()
    assert body.input_value() == ""
    blank.get_by_text("Put back").click()
    assert body.input_value() == "Typed yesterday"


def test_of_two_windows_both_are_shown_and_a_person_chooses(blank):
    server = Server(blank)
    server.open()
    server.answers = [(409, {"theirs": row("Typed there", 5)})]
    blank.get_by_label("Body").fill("Typed here")
    server.leave()
    server.says("Two windows")
    assert blank.locator("[data-theirs] dd").text_content() == "Typed there"
    assert blank.get_by_label("Body").input_value() == "Typed here"
    blank.get_by_text("Keep").click()
    server.says("Saved 9:30")
    assert server.sent[-1]["version"] == "5", "over what was seen"
    assert json.loads(server.sent[-1]["content"]) == [["body", "Typed here"]]


def test_an_answer_that_was_lost_is_no_other_window(blank):
    server = Server(blank)
    server.open()
    server.answers = [(409, {"theirs": row("Dea", 1, key="here")})]
    blank.get_by_label("Body").fill("Dear")
    server.leave()
    server.says("Saved 9:30")
    assert [each["version"] for each in server.sent] == ["0", "1"]
    assert not blank.locator("[data-case=other]").is_visible()


def test_a_form_that_is_sent_says_which_version_of_it_that_ends(blank):
    server = Server(blank, row("Typed yesterday", 7))
    server.open()
    server.says("Saved 9:00")
    sent = blank.evaluate(
        """() => {
            document.forms[0].addEventListener("submit", (event) => event.preventDefault());
            document.forms[0].requestSubmit();
            return new FormData(document.forms[0]).get("unsent");
        }"""
    )
    assert sent == "7 letter"
