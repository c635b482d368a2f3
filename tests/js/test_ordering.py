"""The order of a list (ordering.js): what its keys and buttons move, and what is kept of it."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Route

ITEM = """<li data-movable {place}><a href="#">{name}</a>
<input type="checkbox" name="cite" value="{name}" checked>
    <button data-by="-1">Earlier</button><button data-by="1">Later</button></li>"""


def open_list(page: Page, order: str = "", *, places: bool = False) -> None:
    items = "".join(
        ITEM.format(name=name, place=f'data-place-url="/place/{name}/"' if places else "")
        for name in "abc"
    )
    html = f"""<form><input type="hidden" name="csrfmiddlewaretoken" value="token">
        {"" if places else f'<input type="hidden" name="order" value="{order}">'}
        <ul data-order>{items}</ul></form><p data-ordered data-words="{{nth}} of {{count}}"></p>"""
    page.evaluate(
        """async (html) => {
            document.body.innerHTML = html;
            (await import("/static/js/ordering.js")).watch();
        }""",
        html,
    )


def standing(page: Page) -> str:
    return "".join(page.locator("[data-movable] a").all_text_contents())


def test_keys_move_an_item_and_the_form_takes_the_order(blank):
    open_list(blank)
    blank.locator("a", has_text="c").focus()
    blank.keyboard.press("Alt+ArrowUp")
    assert standing(blank) == "acb"
    assert blank.locator("[name=order]").input_value() == "a c b"
    assert blank.locator("[data-ordered]").text_content() == "2 of 3"
    blank.keyboard.press("Alt+ArrowDown")
    blank.keyboard.press("Alt+ArrowDown")
    assert standing(blank) == "abc", "the last goes no later"
    assert blank.evaluate("document.activeElement.textContent") == "c"


def test_a_button_keeps_the_focus_or_gives_it_to_the_other_at_the_end(blank):
    open_list(blank)
    blank.locator("[data-movable]", has_text="b").get_by_text("Earlier").click()
    assert standing(blank) == "bac"
    first = blank.locator("[data-movable]").first
    assert first.get_by_text("Earlier").is_disabled()
    assert blank.evaluate("document.activeElement.textContent") == "Later"
    assert blank.locator("[data-movable]").last.get_by_text("Later").is_disabled()


def test_a_list_stands_as_the_forms_field_says_and_again_when_that_is_put_back(blank):
    open_list(blank, "c a b")
    assert standing(blank) == "cab"
    blank.evaluate(
        """() => {
            document.forms[0].order.value = "b";
            document.forms[0].dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    assert standing(blank) == "bca", "what it does not name comes after, as it stood"


def test_a_place_is_posted_and_taken_back_where_the_server_refuses(blank):
    sent: list[Route] = []

    def answer(route: Route) -> None:
        sent.append(route)
        status = 200 if len(sent) == 1 else 409
        route.fulfill(status=status, body=json.dumps({}), content_type="application/json")

    blank.route("**/place/**", answer)
    open_list(blank, places=True)
    blank.locator("a", has_text="c").focus()
    with blank.expect_response("**/place/c/"):
        blank.keyboard.press("Alt+ArrowUp")
    assert "place=1" in (sent[0].request.post_data or "")
    assert standing(blank) == "acb"
    with blank.expect_response("**/place/c/"):
        blank.keyboard.press("Alt+ArrowUp")
    blank.wait_for_function("document.querySelector('[data-movable] a').textContent === 'a'")
    assert standing(blank) == "acb"
