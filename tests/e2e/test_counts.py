"""The counts of the side bar while a page stays open; the head that an article's pages share."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations import workflow
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_counts_follow_what_others_do_while_a_page_is_open(db, new_page):
    cast = Cast()
    article, claim = cast.deciding()
    page = new_page(cast.eda)
    page.goto("/desks/desk/articles/")
    side = page.get_by_role("navigation", name="Desk", exact=True)
    expect(side.get_by_role("link", name="My queue 1 waiting for you")).to_be_visible()
    expect(side.get_by_role("link", name="Claims 1 in work")).to_be_visible()
    c.decide(claim, cast.eli)
    workflow.approve(claim, actor=cast.mia)
    workflow.publish(article, actor=cast.mia)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(side.get_by_role("link", name="My queue", exact=True)).to_be_visible()
    expect(side.get_by_role("link", name="Claims", exact=True)).to_be_visible()


def test_without_scripts_the_pages_have_their_counts(db, new_page):
    cast = Cast()
    cast.deciding()
    page = new_page(cast.eda, java_script_enabled=False)
    page.goto("/desks/desk/articles/")
    side = page.get_by_role("navigation", name="Desk", exact=True)
    expect(side.get_by_role("link", name="Claims 1 in work")).to_be_visible()
    expect(side.get_by_role("link", name="My queue", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_articles_pages_share_a_head_that_leads_to_each(db, new_page, width):
    cast = Cast()
    article, _claim = cast.decided()
    page = new_page(cast.eda, viewport={"width": width, "height": 844})
    page.goto(f"/articles/{article.pk}/")
    places = page.get_by_role("navigation", name="Pages of this article")
    for place, address in (
        ("Verdicts", "decide/"), ("Publication", "approve/"), ("History", "history/"), ("Text", ""),
    ):  # fmt: skip
        places.get_by_role("link", name=place, exact=True).click()
        expect(page).to_have_url(
            f"{page.url.split('/articles/')[0]}/articles/{article.pk}/{address}"
        )
        expect(places.locator("[aria-current]")).to_have_text(place)
        head = page.get_by_role("banner")
        expect(head.get_by_text(article.title)).to_be_visible()
        expect(head.get_by_text("Decided", exact=True)).to_be_visible()


def test_an_observer_is_led_to_what_they_may_open(db, new_page):
    cast = Cast()
    article, _claim = cast.decided()
    page = new_page(cast.ola)
    page.goto(f"/articles/{article.pk}/")
    places = page.get_by_role("navigation", name="Pages of this article")
    expect(places.get_by_role("link")).to_have_text(["Text", "History"])
