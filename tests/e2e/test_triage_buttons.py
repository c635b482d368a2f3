"""Triage by the four buttons under a sentence: by mouse, by touch and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Sentence
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.e2e.test_main_job import drag_over
from tests.e2e.test_marking import PHONE, TEXT, WIDE, bench, chosen

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = """() => [...document.querySelectorAll("[data-start], .gutter a, .thead")].map((each) =>
    [...each.getClientRects()].map(({ x, y, width, height }) => [x, y, width, height]))"""


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def buttons(page: Page) -> Locator:
    return page.locator("#triage-buttons")


def under(page: Page, name: str) -> Locator:
    """The buttons, where they stand under that sentence and below its last line."""
    found = page.locator(f"#{name} + #triage-buttons")
    expect(found).to_be_visible()
    # Both places at once: between two questions the page may scroll.
    gap = found.evaluate(
        "(box) => box.getBoundingClientRect().top"
        " - [...box.previousElementSibling.getClientRects()].at(-1).bottom"
    )
    assert -4 <= gap < 30
    return found


def triaged(number: int) -> str:
    return Sentence.objects.get(number=number).triage


def test_the_mouse_chooses_a_sentence_says_what_it_is_and_goes_on(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    c.mark(article, "5 florins", cast.eda)
    page = new_page(cast.eda, viewport=WIDE, refusals=(409,))
    page.goto(bench(article))
    expect(buttons(page)).to_be_hidden()
    before = page.evaluate(PLACES)
    page.locator("#s1").click(position={"x": 5, "y": 5})
    shown = under(page, "s1")
    assert page.evaluate(PLACES) == before, "nothing moves"
    assert findings(page) == []
    expect(shown.get_by_role("button")).to_have_count(4)
    shown.get_by_role("button", name="Opinion or prediction").click()
    expect(page.locator("[data-toast]")).to_contain_text("not triaged yet")
    expect(page.locator("#s3")).to_be_focused()  # past the one with a claim
    under(page, "s3")
    assert page.evaluate(PLACES) == before
    assert triaged(1) == "opinion"

    page.locator("#s2").click(position={"x": 5, "y": 5})
    shown = under(page, "s2")
    expect(shown.locator("[aria-pressed=true]")).to_contain_text("Check-worthy")
    shown.get_by_role("button", name="No factual claim").click()
    expect(page.locator("[data-toast]")).to_contain_text("Set the claim aside first")
    expect(page.locator("#s2")).to_be_focused()
    under(page, "s2")
    assert triaged(2) == "checkworthy"

    drag_over(page, "Nobody paid", "7 florins")
    expect(page.get_by_role("button", name="Mark as claim")).to_be_visible()
    expect(buttons(page)).to_be_hidden()
    page.locator(".thead .key").click()
    page.locator("#s4").click(position={"x": 5, "y": 5})
    under(page, "s4")
    page.keyboard.press("ArrowUp")
    expect(buttons(page)).to_be_hidden()
    page.keyboard.press("3")
    expect(page.locator("#s4")).to_be_focused()
    expect(buttons(page)).to_be_hidden()


def test_the_sentence_of_the_panel_has_them_and_the_panel_goes_along(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    page.locator(".gutter a[data-number='2']").click()
    expect(page.locator("#panel .crumb")).to_have_text("Sentence 2")
    under(page, "s2").get_by_role("button", name="Factual, unimportant").click()
    expect(page.locator("#panel .crumb")).to_have_text("Sentence 3")
    under(page, "s3")


def test_a_finger_finds_them_below_what_marks_the_sentence(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(bench(article))
    page.locator("#s3").tap()
    expect(page.locator(".pop > #triage-buttons")).to_be_visible()
    assert findings(page) == []
    for button in buttons(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    buttons(page).get_by_role("button", name="No factual claim").tap()
    expect(page.locator("#s4")).to_be_focused()
    under(page, "s4")
    expect(page.get_by_role("toolbar", name="Selected words")).to_be_hidden()
    assert chosen(page) == ""
    expect(page.locator("[data-toast]")).to_contain_text("not triaged yet")
    assert triaged(3) == "not_factual"
    assert findings(page) == []


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_without_scripts_they_are_a_form_of_the_page(cast, new_page, size):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=size, java_script_enabled=False)
    page.goto(bench(article, "?sentence=2"))
    shown = under(page, "s2")
    shown.get_by_role("button", name="Opinion or prediction").click()
    page.wait_for_url("**/?sentence=3#s3")
    expect(page.locator("#s3")).to_be_in_viewport()
    under(page, "s3")
    assert triaged(2) == "opinion"
