"""Words that the desk uses again, put in by keys while one writes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations import workflow
from tests.cast import Cast
from tests.e2e.test_panels import is_tidy

WORDS = "The figure is of 2019."


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def test_a_checker_puts_them_where_the_caret_stands_and_takes_them_out_again(cast, new_page):
    article, claim = cast.checking()
    workflow.keep_phrase(cast.desk, "Out of date", WORDS, actor=cast.eda)
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    finding = page.locator("textarea[name=finding]")
    finding.fill("No. Not so.")
    finding.press("Home")
    for _step in range(3):
        finding.press("ArrowRight")
    opener = page.locator("summary", has_text="Words we use again")
    opener.focus()
    opener.press("Enter")
    button = page.get_by_role("button", name="Out of date")
    expect(button).to_be_visible()
    is_tidy(page)
    button.focus()
    button.press("Enter")
    expect(finding).to_have_value(f"No. {WORDS} Not so.")
    expect(finding).to_be_focused()
    page.keyboard.press("Control+z")
    expect(finding).to_have_value("No. Not so.")


def test_the_decider_finds_them_below_the_justification(cast, new_page):
    article, claim = cast.deciding()
    workflow.keep_phrase(cast.desk, "Out of date", WORDS, actor=cast.eda)
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/claims/{claim.pk}/decide/")
    page.locator("summary", has_text="Words we use again").click()
    page.get_by_role("button", name="Out of date").click()
    expect(page.locator("textarea[name=justification]")).to_have_value(WORDS)
