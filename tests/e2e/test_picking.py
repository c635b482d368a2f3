"""The passage of a citation is picked in the saved copy, by pointer and by keys alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import Citation
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.formats.files import column, pdf

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1280, "height": 800}}
FILLER = "".join(f"<p>Paragraph {number} of a long page.</p>" for number in range(120))
PAGE = f"""<!doctype html><title>Ferry</title>
<script>document.title = "ran"; fetch("/never/");</script>
{FILLER}<p onclick="alert(1)">The ferry <b>returns</b> in spring. The town pays for <i>it</i>.</p>
<p>&lt;img src="/static/never.png" onerror="document.title='ran'"&gt; A tag that is words.</p>
{FILLER}"""
URL = "https://news.example/ferry"


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def citing(cast: Cast, new_page, data: bytes, kind: str, **options) -> tuple[Page, Citation]:
    """ann's citation of a source with a copy, opened to be edited."""
    article, claim = cast.checking()
    # A language as many pages write it, and no browser takes it.
    source = workflow.SourceDraft("The ferry", url=URL, language="en_US")
    citation: Citation = workflow.save_citation(
        c.check_of(claim, cast.ann), source, person=cast.ann, stance="supports", note="Kept."
    )
    workflow.keep_copy(citation.source, data, person=cast.ann, name="ferry", media_type=kind)
    page: Page = new_page(cast.ann, **(WIDE | options))
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&cite={citation.uuid}")
    return page, citation


def test_a_sentence_is_picked_by_keys_and_nothing_of_the_copy_runs(cast, new_page):
    page, citation = citing(cast, new_page, PAGE.encode(), "text/html")
    title = page.title()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Note").fill("Typed, not saved yet.")
    page.get_by_label("Passage").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="The saved copy")
    expect(dialog.get_by_label("Find words")).to_be_focused()
    expect(dialog).to_contain_text("A tag that is words.")
    assert findings(page) == []
    page.keyboard.type("The  FERRY")
    expect(dialog).to_contain_text("1 of 1")
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-chosen]")).to_have_text("The ferry returns in spring.")
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-chosen]")).to_have_text("The town pays for it.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Shift+ArrowRight")
    expect(dialog.locator("[data-chosen]")).to_have_text(
        "The ferry returns in spring. The town pays for it."
    )
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    expect(dialog.locator("[data-chosen]")).to_have_text("ferry returns in")
    page.keyboard.press("Enter")
    passage = page.get_by_label("Passage")
    expect(passage).to_be_focused()
    expect(passage).to_have_value("ferry returns in")
    expect(page.get_by_label("Note")).to_have_value("Typed, not saved yet.")
    assert page.title() == title
    assert not any("/never" in url for url in asked), asked
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("The ferry")
    citation.refresh_from_db()
    assert (citation.passage, citation.note) == ("ferry returns in", "Typed, not saved yet.")


def test_with_the_mouse_words_are_selected_and_the_page_is_the_locator(cast, new_page):
    data = pdf([column(["The first page says little."]), column(["The ferry returns in spring."])])
    page, citation = citing(cast, new_page, data, "application/pdf")
    page.get_by_role("button", name="Pick it in the saved copy").click()
    dialog = page.get_by_role("dialog", name="The saved copy")
    line = dialog.locator("[data-words] p", has_text="The ferry returns in spring.")
    line.dblclick(position={"x": 60, "y": 12})
    expect(dialog.locator("[data-chosen]")).to_contain_text("p. 2")
    line.click(click_count=3)
    dialog.get_by_role("button", name="Take these words").click()
    expect(page.get_by_label("Locator")).to_have_value("p. 2")
    expect(page.get_by_label("Passage")).to_have_value("The ferry returns in spring.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("p. 2")
    citation.refresh_from_db()
    assert (citation.passage, citation.locator) == ("The ferry returns in spring.", "p. 2")


def test_what_was_typed_comes_back_and_escape_changes_nothing(cast, new_page):
    page, _citation = citing(cast, new_page, PAGE.encode(), "text/html")
    passage = page.get_by_label("Passage")
    passage.fill("The town pays for it.")
    button = page.get_by_role("button", name="Pick it in the saved copy")
    button.click()
    dialog = page.get_by_role("dialog", name="The saved copy")
    # Words that are typed already are where it opens.
    expect(dialog.locator("[data-chosen]")).to_have_text("The town pays for it.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(passage).to_have_value("The town pays for it.")
    button.click()
    expect(dialog.locator("[data-chosen]")).to_have_text("The town pays for it.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(passage).to_have_value("The ferry returns in spring.")
    page.keyboard.press("Control+z")
    expect(passage).to_have_value("The town pays for it.")


def test_a_new_citation_of_a_document_that_was_saved_before_is_picked_too(cast, new_page):
    page, citation = citing(cast, new_page, PAGE.encode(), "text/html")
    page.goto(re.sub("cite=.*", "cite=new", page.url))
    page.get_by_label("Web address, DOI or ISBN").fill("http://www.news.example/ferry/?utm_a=1")
    page.get_by_role("button", name="Pick it in the saved copy").click()
    page.get_by_label("Find words").fill("returns")
    expect(page.locator("#pick [data-found]")).to_have_text("1 of 1")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Passage")).to_have_value("The ferry returns in spring.")
    assert Citation.objects.get() == citation


def test_on_a_phone_a_tap_takes_a_sentence_and_without_a_copy_it_is_said(cast, new_page):
    page, _citation = citing(
        cast, new_page, PAGE.encode(), "text/html", viewport={"width": 390, "height": 800}
    )
    page.get_by_role("button", name="Pick it in the saved copy").click()
    dialog = page.get_by_role("dialog", name="The saved copy")
    dialog.get_by_text("Paragraph 3 of a long page.").first.click(position={"x": 20, "y": 10})
    expect(dialog.locator("[data-chosen]")).to_have_text("Paragraph 3 of a long page.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert findings(page) == []
    dialog.get_by_role("button", name="Close").click()
    page.get_by_label("Web address, DOI or ISBN").fill("https://other.example/")
    page.get_by_role("button", name="Pick it in the saved copy").click()
    expect(dialog).to_contain_text("There is no copy of it that could be read here")


def test_without_scripts_no_button_is_shown_and_the_passage_is_typed(cast, new_page):
    page, citation = citing(cast, new_page, PAGE.encode(), "text/html", java_script_enabled=False)
    expect(page.get_by_role("button", name="Pick it in the saved copy")).to_have_count(0)
    page.get_by_label("Passage").fill("The ferry returns in spring.")
    page.get_by_role("button", name="Save source").last.click()
    citation.refresh_from_db()
    assert citation.passage == "The ferry returns in spring."


def test_a_decider_picks_the_passage_of_a_source_of_their_own(cast, new_page):
    article, claim = cast.deciding()
    citation = Citation.objects.filter(annotation__assignment__claim=claim).first()
    assert citation is not None
    workflow.keep_copy(
        citation.source, PAGE.encode(), person=cast.eda, name="a", media_type="text/html"
    )
    page = new_page(cast.eda, **WIDE)
    page.goto(reverse("decide_claim", args=[article.pk, claim.pk]))
    page.get_by_text("Add a source of your own").click()
    row = page.locator("details.addsrc fieldset").first
    row.get_by_label("Title").fill(citation.source.title)
    row.get_by_label("Web address").fill(citation.source.url)
    row.get_by_role("button", name="Pick it in the saved copy").click()
    page.get_by_label("Find words").fill("town pays")
    expect(page.locator("#pick [data-found]")).to_have_text("1 of 1")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(row.get_by_label("Passage")).to_have_value("The town pays for it.")
    expect(row.get_by_label("Passage")).to_be_focused()
