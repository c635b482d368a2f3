"""The text under the keys (select.js): sentences, words, triage; each as the server is told it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template
from playwright.sync_api import Page, Route

SENTENCES = ["The line carried 4,000 people.", "“Nobody warned us”, she said.", "It is fine."]


def text(direction: str) -> str:
    rules = Template("{% load workbench %}{% text_rules %}").render(Context())
    rows, at = "", 0
    for number, words in enumerate(SENTENCES, 1):
        rows += f"""<span class="gutter"><a href="#s{number}" data-number="{number}">{number}
            <span class="triage-mark none"></span><span data-label></span></a></span>
            <p class="sentence" id="s{number}" data-start="{at}">{words}</p>"""
        at += len(words) + 2
    return f"""<input type="hidden" name="csrfmiddlewaretoken" value="token">
        <p data-toast hidden><span data-words></span></p>
        <div data-text{rules} dir="{direction}" data-mark-url="/mark/"
            data-triage-url="/triage/">{rows}</div>
        <div id="triage-buttons" hidden><button value="nfs">No claim</button></div>
        <template id="select-tools"><div class="pop"><button data-do="mark">Mark</button>
            <button data-do="add">Add<span data-number></span></button>
            <span data-letters data-first="First:" data-last="Last:"
                data-none="No {{letters}}" hidden></span>
            <span data-heard></span></div></template>"""


def show(page: Page, direction: str = "ltr") -> None:
    page.evaluate(
        """async (html) => {
            document.body.innerHTML = html;
            await import("/static/js/select.js");
            document.getElementById("s1").focus();
        }""",
        text(direction),
    )


def chosen(page: Page) -> str:
    return str(page.evaluate("String(getSelection())"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_one_sentence_is_in_the_tab_order_and_the_arrows_lead_on(blank):
    show(blank)
    for key, at in (("ArrowDown", "s2"), ("ArrowRight", "s3"), ("Home", "s1"), ("End", "s3")):
        blank.keyboard.press(key)
        assert focused(blank) == at
        assert blank.locator(".sentence[tabindex]").count() == 1


def test_in_arabic_the_arrow_to_the_left_leads_on(blank):
    show(blank, "rtl")
    blank.keyboard.press("ArrowLeft")
    assert focused(blank) == "s2"


def test_shift_moves_either_end_by_words_and_m_marks_them(blank):
    show(blank)
    blank.keyboard.press("ArrowDown")
    for _time in range(3):
        blank.keyboard.press("Shift+ArrowRight")
    blank.keyboard.press("Shift+ArrowDown")
    assert chosen(blank) == "warned us”,"
    with blank.expect_navigation():
        blank.keyboard.press("m")
    place = urlsplit(blank.url)
    start = len(SENTENCES[0]) + 2 + SENTENCES[1].index("warned")
    assert place.path == "/mark/"
    assert parse_qs(place.query) == {
        "start": [str(start)],
        "end": [str(start + len("warned us”,"))],
        "head": ["warnedus”,"],
        "tail": ["warnedus”,"],
    }


def test_words_are_found_by_how_they_begin(blank):
    show(blank)
    blank.keyboard.press("w")
    blank.keyboard.press("c")
    assert chosen(blank) == "carried"
    blank.keyboard.press("Enter")
    blank.keyboard.press("p")
    assert chosen(blank) == "carried 4,000 people."
    blank.keyboard.press("x")
    assert blank.locator("[data-heard]").text_content() == "No px"
    assert chosen(blank) == "carried 4,000 people.", "what was chosen stays"


@pytest.mark.parametrize("status", [200, 409])
def test_a_digit_says_what_a_sentence_is_and_goes_on_or_back_where_it_is_refused(blank, status):
    sent: list[Route] = []

    def answer(route: Route) -> None:
        sent.append(route)
        changed = [{"number": "1", "triage": "unimportant", "label": ": Unimportant"}]
        told = {
            "changed": changed,
            "words": "2 left.",
            "undo": "",
            "error": "Somebody was quicker.",
        }
        route.fulfill(status=status, body=json.dumps(told), content_type="application/json")

    blank.route("**/triage/", answer)
    show(blank)
    with blank.expect_response("**/triage/"):
        blank.keyboard.press("2")
    said = "2 left." if status == 200 else "Somebody was quicker."
    blank.wait_for_function(
        "(said) => document.querySelector('[data-toast] [data-words]').textContent === said",
        arg=said,
    )
    (route,) = sent
    fields = parse_qs(route.request.post_data or "")
    assert (fields["number"], fields["triage"]) == (["1"], ["unimportant"])
    sign = blank.locator("[data-number='1'] .triage-mark").get_attribute("class")
    assert sign == ("triage-mark unimportant" if status == 200 else "triage-mark none")
    assert focused(blank) == ("s2" if status == 200 else "s1")


def test_letters_that_are_turned_off_do_nothing(blank):
    blank.evaluate("""localStorage.setItem("keys:off", "yes")""")
    show(blank)
    blank.keyboard.press("w")
    assert chosen(blank) == ""
    assert blank.locator(".pop").is_hidden()
