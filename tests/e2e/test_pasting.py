"""Pasting into the text of an article: by keys, with its structure or plainly, and undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article
from tests.cast import Cast
from tests.formats.test_clipboard import TEXT, WORD

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/desk/articles/add/"
PLAIN = "Ferry is back\nIt sails, says the town. So be it.\nA pier"
COPY = """([html, text]) => navigator.clipboard.write([new ClipboardItem({
  "text/html": new Blob([html], { type: "text/html" }),
  "text/plain": new Blob([text], { type: "text/plain" }),
})])"""


@pytest.fixture
def page(db, new_page) -> Page:
    page: Page = new_page(Cast().eda, refusals=(422,))
    page.goto(ADD)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # Chromium cleans what a page copies, and would say that our policy allows no style.
    shown = re.sub(
        r"<(script|style)>.*?</\1>|<!\[if.*?<!\[endif\]>| style='[^']*'", "", WORD, flags=re.DOTALL
    )
    page.evaluate(COPY, [shown, PLAIN])
    field(page).focus()
    return page


def field(page: Page):
    return page.locator("#id_text")


def kept(page: Page):
    return page.get_by_role("button", name="Paste the characters only")


def test_what_is_pasted_by_keys_keeps_its_structure_beside_what_was_typed(page):
    page.keyboard.type("My own words.")
    page.keyboard.press("ControlOrMeta+v")
    expect(field(page)).to_have_value(f"My own words.\n\n{TEXT}")
    expect(kept(page)).to_be_visible()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\n\nMore of mine.")
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator("ol.sentence-list .table-row")).to_have_count(2)
    expect(page.locator("ol.sentence-list .head")).to_have_count(2)
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    expect(page.locator(".para.row")).to_have_count(2)
    assert Article.objects.get().revision.links.count() == 1


def test_a_plain_paste_is_plain_and_a_press_makes_one_of_the_other(page):
    page.keyboard.press("ControlOrMeta+Shift+v")
    expect(field(page)).to_have_value(PLAIN)
    expect(kept(page)).to_be_hidden()
    field(page).fill("")
    page.keyboard.press("ControlOrMeta+v")
    expect(field(page)).to_have_value(TEXT)
    kept(page).click()
    expect(field(page)).to_have_value(PLAIN)
    expect(page.locator("input[name=copied]")).to_have_value("")
    expect(field(page)).to_be_focused()


def test_undo_takes_it_back_and_what_the_server_cannot_read_stays_as_characters(page):
    page.keyboard.press("ControlOrMeta+v")
    expect(field(page)).to_have_value(TEXT)
    page.keyboard.press("ControlOrMeta+z")
    expect(field(page)).to_have_value(PLAIN)
    field(page).fill("")
    page.route("**/copied/", lambda route: route.fulfill(status=422, body="{}"))
    page.keyboard.press("ControlOrMeta+v")
    expect(field(page)).to_have_value(PLAIN)


def test_a_heading_and_a_row_are_triaged_by_keys(page):
    page.keyboard.press("ControlOrMeta+v")
    expect(field(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Preview the sentences").click()
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator("[data-text] [data-start][tabindex='0']")).to_have_count(1)
    page.locator("#sh0").click()
    page.keyboard.press("1")
    mark = page.locator(".gutter a[data-number=h0] .triage-mark")
    expect(mark).to_have_class("triage-mark checkworthy")
    # Nobody is asked for a heading or row: the keys go on to the first sentence of the body.
    expect(page.locator("#s1")).to_be_focused()
    page.locator(".para.row .sentence").first.click()
    page.keyboard.press("2")
    expect(page.locator(".para.row .triage-mark").first).to_have_class("triage-mark unimportant")
    assert list(
        Article.objects.get().revision.sentences.exclude(triage="").values_list("kind", "triage")
    ) == [("heading", "checkworthy"), ("row", "unimportant")]
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator(".para.row .triage-mark").first).to_have_class("triage-mark free")
