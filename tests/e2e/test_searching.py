"""One search over the desk, by its key."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_word_of_a_text_is_found_by_keys_alone(db, new_page):
    cast = Cast()
    text = "L’équipe du port\n\nHier, l’équipe a parlé. Le café rouvre."
    article = c.import_text(cast.desk, cast.eda, text)
    page = new_page(cast.eda)
    page.goto("/desks/desk/people/")
    page.keyboard.press("/")
    page.keyboard.type("cafe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search: “cafe”")).to_be_visible()
    found = page.get_by_role("link", name="L’équipe du port")
    expect(page.locator("mark", has_text="café")).to_be_visible()
    found.press("Enter")
    expect(page).to_have_url(re.compile(rf"/articles/{article.pk}/\?sentence=2#panel"))


def test_on_a_phone_the_search_is_on_its_own_page(db, new_page):
    cast = Cast()
    c.import_text(cast.desk, cast.eda)
    page = new_page(cast.eda, viewport={"width": 390, "height": 800})
    page.goto("/desks/desk/more/")
    page.get_by_role("link", name="Search everything").click()
    page.get_by_role("searchbox", name="Search everything").fill("ferry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=c.TEXT.splitlines()[0])).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
