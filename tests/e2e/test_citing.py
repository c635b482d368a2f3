"""Citing a source by keys: its address is pasted, and nobody waits for the rest."""

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Citation, Source
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1440, "height": 900}}
HEAD = (
    b'<html lang="en"><title>Ferry returns</title><meta property="og:site_name" content="The News">'
    b'<meta property="article:published_time" content="2026-03-02">'
)


class Counted:
    """The keys that a person presses beside the words of a passage; a chord is one for each key."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += len(key.split("+"))
            self.page.keyboard.press(key)

    def paste(self, words: str) -> None:
        self.count += 2
        self.page.keyboard.insert_text(words)


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def opened(cast: Cast, new_page, person, **options) -> Page:
    article, claim = cast.checking()
    c.check_of(claim, person)
    page: Page = new_page(person, **options)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    return page


def test_a_source_costs_fewer_than_twelve_keys_beside_its_passage(cast, new_page, settings):
    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        page = opened(cast, new_page, cast.ann, **WIDE)
        keys = Counted(page)
        keys.press("s")
        expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
        keys.paste(f"http://{news.name}/ferry?utm_source=mail")
        keys.press("Tab", "2")
        expect(page.get_by_label("Passage")).to_be_focused()
        page.keyboard.insert_text("The ferry returns in spring.")
        expect(page.get_by_label("Title")).to_have_value("Ferry returns")
        expect(page.locator("[data-looked]")).to_contain_text("Filled from the page")
        assert findings(page) == []
        keys.press("Control+Enter")
        expect(page.locator("#panel .source-list")).to_contain_text("Ferry returns")
    citation = Citation.objects.select_related("source").get()
    source = citation.source
    assert citation.stance == "contradicts"
    assert citation.passage == "The ferry returns in spring."
    assert (source.title, source.publisher, source.published_on, source.language) == (
        "Ferry returns",
        "The News",
        "2026-03-02",
        "en",
    )
    assert keys.count < 12, keys.count


def test_a_claim_with_its_source_costs_twelve_keys_beside_prose(cast, new_page, settings):
    """Without the keys that lead there and away: whoever opens a claim stands at its head."""
    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        page = opened(cast, new_page, cast.ann, **WIDE)
        keys = Counted(page)
        keys.press("1")
        expect(page.locator("#panel .option input").first).to_be_checked()
        keys.press("Tab")
        expect(page.get_by_label("Proposed finding")).to_be_focused()
        page.keyboard.insert_text("The port has it otherwise.")
        keys.press("Tab", "s")
        expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
        keys.paste(f"http://{news.name}/ferry")
        keys.press("Tab", "2")
        expect(page.get_by_label("Passage")).to_be_focused()
        page.keyboard.insert_text("The ferry returns in spring.")
        expect(page.get_by_label("Title")).to_have_value("Ferry returns")
        keys.press("Control+Enter")
        expect(page.get_by_label("Justification")).to_be_focused()
        page.keyboard.insert_text("The register was read with the clerk.")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            keys.press("Control+Enter")
        expect(page.get_by_label("Justification")).to_have_value(re.compile("read with the clerk"))
    annotation = Annotation.objects.get()
    assert annotation.rating is not None
    assert annotation.finding == "The port has it otherwise."
    assert annotation.justification == "The register was read with the clerk."
    assert annotation.citations.get().passage == "The ferry returns in spring."
    assert keys.count <= 12, keys.count


def test_nobody_waits_for_a_slow_page_and_what_was_typed_stays(cast, new_page, settings):
    answered, asked = threading.Event(), threading.Event()

    def slow(connection, head):
        asked.set()
        answered.wait(20)
        servers.page(HEAD)(connection, head)

    with servers.serving(slow) as news:
        settings.FETCH_ALLOWED = [news.name]
        page = opened(cast, new_page, cast.ann, **WIDE)
        page.keyboard.press("s")
        expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
        page.keyboard.insert_text(f"http://{news.name}/ferry")
        expect(page.locator("[data-looked]")).to_contain_text("Looking it up")
        assert asked.wait(20)
        page.get_by_label("Title").fill("My title")
        page.get_by_label("Publisher").focus()
        page.keyboard.type("The")
        answered.set()
        expect(page.get_by_label("Published on")).to_have_value("2026-03-02")
        page.keyboard.type(" Sun")
        expect(page.get_by_label("Title")).to_have_value("My title")
        expect(page.get_by_label("Publisher")).to_have_value("The Sun")


def test_a_page_that_cannot_be_read_says_so_and_the_source_is_saved_all_the_same(cast, new_page):
    page = opened(cast, new_page, cast.ann, **WIDE)
    page.keyboard.press("s")
    expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
    page.keyboard.insert_text("http://127.0.0.1:9/ferry")
    expect(page.locator("[data-looked]")).to_contain_text("not fetched")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("127.0.0.1:9/ferry")


PASTE = """(words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", words);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}"""


def test_several_lines_are_several_sources(cast, new_page):
    page = opened(cast, new_page, cast.ann, **WIDE)
    page.keyboard.press("s")
    field = page.get_by_label("Web address, DOI or ISBN")
    expect(field).to_be_focused()
    expect(page.locator("form[data-looks]")).to_be_attached()
    page.evaluate(PASTE, "https://a.example/1\nhttps://b.example/2\n")
    expect(field).to_have_value("https://a.example/1 https://b.example/2")
    page.keyboard.press("Tab")
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list li")).to_have_count(2)
    assert Source.objects.count() == 2


def test_without_scripts_a_button_looks_it_up(cast, new_page, settings):
    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        page = opened(cast, new_page, cast.ann, java_script_enabled=False, **WIDE)
        page.get_by_role("button", name="Add source").click()
        page.get_by_label("Web address, DOI or ISBN").fill(f"http://{news.name}/ferry")
        page.get_by_role("button", name="Look up the address").click()
        expect(page.get_by_label("Title")).to_have_value("Ferry returns")
        page.get_by_label("Gives context").check()
        page.get_by_role("button", name="Save source").click()
        expect(page.locator("#panel .source-list")).to_contain_text("Ferry returns")
