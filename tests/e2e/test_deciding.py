"""Deciding in the browser: adopting and adding sources lose nothing that was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Claim
from tests.cast import Cast
from tests.e2e.test_panels import is_tidy


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.mark.heart
def test_the_decider_adopts_adds_a_source_and_decides_by_enter(cast, new_page):
    article, claim = cast.deciding()
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/claims/{claim.pk}/decide/")
    finding = page.get_by_label("Finding*", exact=True)
    finding.fill("My own finding.")
    page.get_by_role("button", name="Adopt A").click()
    expect(page.get_by_text("What you had typed: Finding")).to_be_visible()
    expect(page.get_by_text("My own finding.")).to_be_visible()
    expect(page.locator("#your-verdict")).to_be_focused()
    expect(finding).to_have_value(page.locator(".ann .finding").first.inner_text())
    page.get_by_text("Add a source of your own").click()
    page.get_by_label("Web address").fill("https://archive.example/register")
    page.get_by_label("Title").fill("The register itself")
    is_tidy(page)
    page.get_by_role("button", name="One more source").click()
    expect(page.locator("legend", has_text="Source 2")).to_be_focused()
    expect(page.get_by_label("Title").first).to_have_value("The register itself")
    page.locator("[name=add-0-stance][value=contradicts]").check()
    page.get_by_label("An error").check()
    page.get_by_label("Reason").fill("Neither looked into it.")
    page.get_by_label("Title").first.press("Enter")
    expect(page.locator(".messages")).to_contain_text("is decided")
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    titles = list(verdict.citations.values_list("source__title", flat=True))
    assert "The register itself" in titles


def test_a_number_chooses_the_rating_and_the_stance_of_the_source_in_hand(cast, new_page):
    article, claim = cast.deciding()
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/claims/{claim.pk}/decide/")
    ratings = page.locator("#verdict .option input")
    page.keyboard.press("3")
    expect(ratings.nth(2)).to_be_checked()
    expect(ratings.nth(2)).to_be_focused()
    page.keyboard.press("1")
    expect(ratings.first).to_be_checked()
    page.keyboard.press("9")
    expect(ratings.first).to_be_checked()  # there is no ninth
    finding = page.locator("#id_finding")
    finding.press("2")
    expect(finding).to_have_value("2")  # in a field it is typed
    expect(ratings.first).to_be_checked()
    page.get_by_text("Add a source of your own").click()
    stances = page.locator("[name=add-0-stance]")
    stances.first.focus()
    page.keyboard.press("2")
    expect(stances.nth(1)).to_be_checked()
    expect(ratings.first).to_be_checked()
    is_tidy(page)
