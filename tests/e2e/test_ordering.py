"""The order of citations: by keys, by buttons, by dragging, and without scripts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import Annotation, Claim
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1280, "height": 900}}
TITLES = ["One", "Two", "Three"]


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def drafting(cast: Cast, new_page, **options) -> Page:
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for title in TITLES:
        workflow.save_citation(
            check, workflow.SourceDraft(title), person=cast.ann, stance="context"
        )
    page: Page = new_page(cast.ann, **(WIDE | options))
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    return page


def shown(page: Page, *titles: str) -> None:
    expect(page.locator("#panel .source-list li > a:first-child")).to_have_text(titles)


def kept() -> list[str]:
    return [row.source.title for row in Annotation.objects.get().citations.all()]


def test_by_keys_and_buttons_it_is_kept_at_once_and_the_focus_stays(cast, new_page):
    page = drafting(cast, new_page)
    assert findings(page) == []
    expect(page.locator("[data-movable][draggable=true]")).to_have_count(3)
    page.get_by_label("Proposed finding").fill("Typed meanwhile")
    page.get_by_role("link", name="Three", exact=True).focus()
    with page.expect_response("**/place/**"):
        page.keyboard.press("Alt+ArrowUp")
    shown(page, "One", "Three", "Two")
    with page.expect_response("**/place/**"):
        page.keyboard.press("Alt+ArrowUp")
    shown(page, "Three", "One", "Two")
    expect(page.get_by_role("link", name="Three", exact=True)).to_be_focused()
    expect(page.locator("[data-ordered]")).to_have_text("1 of 3")
    with page.expect_response("**/place/**"):
        page.get_by_role("button", name=re.compile("^Move down.*One$")).click()
    shown(page, "Three", "Two", "One")
    expect(page.get_by_role("button", name=re.compile("^Move up.*One$"))).to_be_focused()
    expect(page.get_by_role("button", name=re.compile("^Move down.*One$"))).to_be_disabled()
    expect(page.get_by_label("Proposed finding")).to_have_value("Typed meanwhile")
    assert kept() == ["Three", "Two", "One"]
    page.reload()
    shown(page, "Three", "Two", "One")


def test_by_dragging_and_what_the_server_refuses_goes_back(cast, new_page):
    page = drafting(cast, new_page, refusals=(410,))
    expect(page.locator("[data-movable][draggable=true]")).to_have_count(3)
    items = page.locator("#panel [data-movable]")
    with page.expect_response("**/place/**"):
        items.nth(2).drag_to(items.nth(0), target_position={"x": 20, "y": 3})
    shown(page, "Three", "One", "Two")
    assert kept() == ["Three", "One", "Two"]
    c.annotate(Claim.objects.get(), cast.ann)
    with page.expect_response("**/place/**"):
        page.get_by_role("button", name=re.compile("^Move down.*Three$")).click()
    shown(page, "Three", "One", "Two")


def test_without_scripts_buttons_do_it_and_what_was_typed_is_saved(cast, new_page):
    page = drafting(cast, new_page, java_script_enabled=False)
    page.get_by_label("Proposed finding").fill("Typed meanwhile")
    page.get_by_role("button", name=re.compile("^Move up.*Three$")).click()
    shown(page, "One", "Three", "Two")
    expect(page.get_by_label("Proposed finding")).to_have_value("Typed meanwhile")
    assert Annotation.objects.get().finding == "Typed meanwhile"


def test_the_decider_orders_what_readers_get_and_a_reload_keeps_it(cast, new_page):
    article, claim = cast.deciding()
    page = new_page(cast.eda, **WIDE)
    page.goto(reverse("decide_claim", args=[article.pk, claim.pk]))
    names = page.locator("#cite li b")
    before = names.all_text_contents()
    assert findings(page) == []
    page.get_by_role("button", name=re.compile(f"^Move down.*{before[0]}$")).click()
    expect(names).to_have_text(before[::-1])
    page.reload()
    expect(names).to_have_text(before[::-1])
    page.locator("#cite li").nth(1).drag_to(
        page.locator("#cite li").nth(0), target_position={"x": 20, "y": 3}
    )
    expect(names).to_have_text(before)
    page.locator("#cite li").nth(0).get_by_role("checkbox").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(names).to_have_text(before[::-1])
    page.locator("input[name=rating]").first.check(force=True)
    page.get_by_role("textbox", name="Finding").fill("It is not so.")
    page.get_by_role("textbox", name="Justification").fill("The register has none.")
    page.locator("input[name=cause]").first.check()
    page.get_by_role("textbox", name="Reason").fill("Neither looked.")
    page.get_by_role("button", name="Decide and go to next").last.click()
    expect(page.get_by_text("is decided")).to_be_visible()
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    assert [row.source.title for row in verdict.citations.all()] == before[::-1]
