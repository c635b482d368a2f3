"""The suggestion of a speaker in a browser: seen, used without losing a word, never by Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Claim, Claimant
from tests import cast as c
from tests.e2e.looks import WIDE, objections
from tests.views.test_said_by import TEXT, span

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(cast) -> str:
    article = c.import_text(cast.desk, cast.eda, TEXT)
    at = span("The letter came in 2019")
    return f"/articles/{article.pk}/?start={at['start']}&end={at['end']}"


def test_the_suggestion_can_be_read_by_everybody(cast, address, new_page):
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(address)
    expect(page.locator(".said-by")).to_contain_text("Perhaps said by Maria Keller")
    assert objections(page, "said-by") == []


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_name_fills_the_field_and_what_was_typed_stays(cast, address, new_page, script):
    page = new_page(cast.eda, java_script_enabled=script)
    page.goto(address)
    page.locator("[name=claim_reviewed]").fill("The letter came in 2019, not before.")
    page.get_by_role("button", name="Use this name").click()
    expect(page.get_by_label("Claimant")).to_have_value("Maria Keller")
    expect(page.locator("[name=claim_reviewed]")).to_have_value(
        "The letter came in 2019, not before."
    )
    assert not Claim.objects.exists()
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#panel")).to_contain_text("Maria Keller")
    assert str(Claim.objects.get().claimant) == "Maria Keller"


def test_enter_saves_and_takes_no_suggestion(cast, address, new_page):
    page = new_page(cast.eda)
    page.goto(address)
    page.get_by_label("Claimant").fill("The outlet")
    page.get_by_label("Claimant").press("Enter")
    expect(page.locator("#panel")).to_contain_text("The outlet")
    assert str(Claim.objects.get().claimant) == "The outlet"


def test_what_a_known_claimant_is_chooses_itself(cast, address, new_page):
    Claimant.objects.create(desk=cast.desk, name="World Bank", kind="organisation")
    page = new_page(cast.eda)
    page.goto(address)
    kind = page.get_by_label("Person or organisation?", exact=True)
    page.get_by_label("Claimant").press_sequentially("world bank")
    expect(kind).to_have_value("organisation")
    page.get_by_label("Claimant").fill("Port Union")
    kind.select_option("organisation")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#panel")).to_contain_text("Port Union")
    assert Claimant.objects.get(name="Port Union").kind == "organisation"
