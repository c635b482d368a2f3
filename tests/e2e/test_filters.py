"""From a filtered list into an article, and from claim to claim within the filter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from annotations import workflow
from annotations.models import Assignment
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = ("We never asked them to stop sailing", c.SECOND, "In 2024 the town paid for a new pier")


def test_what_was_looked_for_is_kept_from_the_queue_to_the_keys(db, new_page):
    cast = Cast()
    article = cast.article()
    claims = [c.mark(article, words, cast.eda) for words in PLACES]
    c.triage_all(article, cast.eda)
    workflow.set_aside(claims[1], "opinion", actor=cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    page = new_page(cast.eda)
    page.goto("/desk/")
    page.get_by_role("searchbox", name="Filter articles and claims").fill("ferry state:checking")
    page.keyboard.press("Enter")
    page.get_by_text("What you can filter by").click()
    expect(page.get_by_role("link", name="assignee:me")).to_be_visible()
    page.get_by_role("link", name="Ferry to return in spring").first.click()
    expect(page.locator(".rail ol li")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    for key, claim in (("j", claims[0]), ("j", claims[2]), ("k", claims[0])):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(rf"claim={claim.pk}&q=state%3Achecking"))
    page.goto("/desk/articles/?q=assignee:ann")
    page.get_by_role("link", name="Ferry to return in spring").first.click()
    expect(page.locator(".rail ol li")).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_somebody_is_asked_about_all_that_a_filter_fits(db, new_page, scripts):
    cast = Cast()
    article = cast.article()
    claims = [c.mark(article, words, cast.eda) for words in PLACES]
    page = new_page(cast.eda, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page.goto("/desk/claims/")
    page.get_by_role("searchbox", name="Filter claims").fill("pier assignee:none")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name=claims[2].claim_reviewed)).to_be_visible()
    page.get_by_label("The one in this list").check()
    page.get_by_text("Ask somebody", exact=True).first.click()
    page.get_by_label("Who").select_option("ann")
    page.get_by_role("button", name="Ask somebody").click()
    expect(page.locator("main")).to_contain_text("Ann is asked about one claim.")
    expect(page.locator("main")).to_contain_text("Nothing was found")
    assert Assignment.objects.get().claim == claims[2]
