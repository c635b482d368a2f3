"""Adding an article in a browser: what was typed outlives Back, a reload and a closed tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article
from tests.cast import Cast
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import page as html_page

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/desk/articles/add/"
TEXT = "A title\n\nOne two. Three four."


@pytest.fixture
def page(db, new_page) -> Page:
    page: Page = new_page(Cast().eda, refusals=(409, 422))
    page.goto(ADD)
    return page


def text_of(page: Page):
    return page.locator("#id_text")


def kept(page: Page) -> int:
    return int(
        page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('draft:')).length")
    )


def test_a_long_preview_is_saved_from_wherever_one_reads_it(page):
    """The button stays in reach, and hides nothing that has the focus."""
    many = "\n\n".join(f"This is sentence {number}." for number in range(60))
    text_of(page).fill(f"A title\n\n{many}")
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator("h2#preview")).to_be_focused()
    save = page.get_by_role("button", name="Save the article")
    expect(save).to_be_in_viewport()
    edge = save.bounding_box()["y"]
    for number in (20, 30, 40):
        button = page.locator(
            ".prev button", has_text=f"Join with the next: This is sentence {number}"
        )
        button.focus()
        box = button.bounding_box()
        assert 0 <= box["y"] <= edge - box["height"]
    expect(save).to_be_in_viewport()


def test_what_was_typed_is_there_after_a_reload_back_and_a_closed_tab(page):
    text_of(page).fill(TEXT)
    page.get_by_label("Outlet").fill("The Paper")
    page.reload()
    expect(text_of(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator("ol.sentence-list > li")).to_have_count(3)
    page.goto("/desk/")
    page.go_back()
    expect(text_of(page)).to_have_value(TEXT)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(ADD)
    expect(text_of(page)).to_have_value(TEXT)
    expect(page.get_by_label("Outlet")).to_have_value("The Paper")


def test_a_refusal_keeps_what_was_typed_and_a_save_ends_the_keeping(page):
    text_of(page).fill('{"claim": 1}')
    page.get_by_label("Outlet").fill("The Paper")
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator(".problem")).to_contain_text("This is JSON")
    expect(page.get_by_label("Outlet")).to_have_value("The Paper")
    text_of(page).fill(TEXT)
    page.get_by_role("button", name="Preview the sentences").click()
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    assert Article.objects.get().outlet == "The Paper"
    page.goto(ADD)
    expect(text_of(page)).to_have_value("")
    assert kept(page) == 0


def test_a_file_that_was_looked_at_is_saved_also_after_a_reload(page):
    file = {"name": "ferry.html", "mimeType": "text/html", "buffer": html_page().encode()}
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.get_by_label("Byline")).to_have_value("Ann Lee")
    page.goto(ADD)
    expect(page.get_by_label("Byline")).to_have_value("Ann Lee")
    page.get_by_role("button", name="Preview the sentences").click()
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    assert Article.objects.get().title == "Ferry is back"


@pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.srt", "a.eml"])
def test_a_file_goes_from_choosing_to_the_workbench(page, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": SAMPLES[name]}
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Preview the sentences").click()
    rows = page.locator(".sentence-list")
    expect(rows).to_contain_text("The council built 240 homes in the harbour last year")
    if name in ("a.pdf", "a.srt"):
        expect(rows).to_contain_text({"a.pdf": "p. 1", "a.srt": "00:00:01"}[name])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    expect(page.locator(".body")).to_contain_text("The council built 240 homes")


def test_a_heading_that_states_a_figure_is_made_text_in_the_preview(page):
    text_of(page).fill("Rents rose by 8 per cent\n\nThe office said so. Nobody asked.")
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator(".sentence-list")).to_contain_text("A heading that states a figure.")
    page.get_by_role("button", name="It is text, no heading: Rents rose by 8 per").click()
    expect(page.locator(".sentence-list")).not_to_contain_text("A heading that states a figure.")
    expect(page.locator("#preview")).to_contain_text("3 sentences")
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    kinds = [row.kind for row in Article.objects.get().revision.sentences.all()]
    assert kinds == ["body", "body", "body"]


def test_the_sentences_are_begun_at_their_head_also_where_one_skipped_to_the_page(page):
    """An address keeps where one skipped to, and browsers go there once more when all is loaded."""
    page.goto(f"{ADD}#main")
    text_of(page).fill(TEXT)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("h2#preview")).to_be_focused()
    page.wait_for_load_state("networkidle")
    expect(page.locator("h2#preview")).to_be_focused()
