"""An article's own links: marked over, opened, and taken as a source by one press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from annotations import exchange
from annotations.models import Article, Claim
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.e2e.test_citing import HEAD, WIDE
from tests.e2e.test_marking import marked, save_claim
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import page as pages
from tests.views.test_import import CAPTION, PICTURED

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "a-long-address/" * 30
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def linked(cast: Cast, *addresses: str) -> tuple[Article, Claim]:
    """An article in a check; the first words of its claim link to the addresses."""
    article, claim = cast.checking()
    text = article.revision.text
    start = text.index(c.MARKED)
    for word, address in zip(c.MARKED.split(), addresses, strict=False):
        at = text.index(word, start)
        article.revision.links.create(start=at, end=at + len(word), address=address)
    return article, claim


def offered(page: Page, words: str) -> Locator:
    return page.get_by_role("link", name=re.compile(rf"^Take as the source: ?{words}$"))


def test_a_press_on_an_articles_link_fills_the_address_and_looks_it_up(cast, new_page, settings):
    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        here = f"http://{news.name}/ferry"
        article, claim = linked(cast, here, f"{here}-2")
        page: Page = new_page(cast.ann, **WIDE)
        page.goto(f"/articles/{article.pk}/?claim={claim.pk}&cite=new")
        field = page.get_by_label("Web address, DOI or ISBN")
        offered(page, "never").click()
        expect(field).to_have_value(f"{here}-2")
        expect(field).to_be_focused()
        # Another that is offered takes its place; what was typed would stay.
        offered(page, "We").click()
        expect(field).to_have_value(here)
        expect(page.get_by_label("Title")).to_have_value("Ferry returns")
        field.fill("https://typed.example/")
        offered(page, "We").click()
        expect(field).to_have_value(f"https://typed.example/ {here}")


def test_opened_in_a_window_of_its_own_the_address_is_looked_up_too(cast, new_page, settings):
    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        article, claim = linked(cast, f"http://{news.name}/ferry")
        page: Page = new_page(cast.ann, **WIDE)
        page.goto(f"/articles/{article.pk}/?claim={claim.pk}&cite=new")
        page.goto(offered(page, "We").evaluate("link => link.href"))
        expect(page.get_by_label("Title")).to_have_value("Ferry returns")


def test_a_page_is_never_asked_for_by_itself(cast, new_page, settings):
    asked: list[str] = []
    with servers.serving(servers.page(HEAD)) as news:
        article, _claim = linked(cast, f"http://{news.name}/ferry")
        page: Page = new_page(cast.eda, **WIDE)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"/articles/{article.pk}/?sentence=1")
        expect(page.get_by_role("link", name="The article links to")).to_have_count(1)
        page.wait_for_load_state("networkidle")
        assert not [each for each in asked if news.name in each]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_links_and_places_in_the_file_are_heard_and_fit(cast, new_page, size):
    given = exchange.Given(data=SAMPLES["a.srt"], name="a.srt")
    document = exchange.read(given, cast.desk).document
    article = exchange.import_document(cast.desk, document, actor=cast.eda).article
    end = len(article.revision.text)
    article.revision.links.create(start=end - 8, end=end - 1, address=f"https://a.example/{LONG}")
    page: Page = new_page(cast.eda, **size)
    page.goto(f"/articles/{article.pk}/?sentence={article.revision.sentences.count()}")
    assert findings(page) == []
    link = page.locator("[data-text]").get_by_role("link", name="The article links to a.example.")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    width = size["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_are_marked_across_a_link_and_a_place_in_the_file(cast, new_page):
    """What stands between the words for the eye alone is no part of what is marked."""
    article = cast.article()
    text = article.revision.text
    for words in ("never asked", "the mayor"):
        at = text.index(words, text.index(c.MARKED))
        article.revision.links.create(start=at, end=at + len(words), address="https://a.example/")
    page: Page = new_page(cast.eda, **WIDE)
    page.goto(f"/articles/{article.pk}/")
    first, last = page.locator(".linked-words").first, page.locator(".linked-words").last
    start, end = first.bounding_box(), last.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 1, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()
    page.keyboard.press("m")
    save_claim(page, "It is so.")
    assert marked() == ["never asked them to stop sailing,” the mayor"]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_was_left_out_of_a_page_is_taken_in_by_one_press(cast, new_page, size):
    page: Page = new_page(cast.eda, **size)
    page.goto("/desks/desk/articles/add/")
    file: FilePayload = {
        "name": "a.html", "mimeType": "text/html", "buffer": pages(PICTURED).encode()
    }  # fmt: skip
    page.get_by_label("Or a file").set_input_files([file])
    page.get_by_role("button", name="Preview the sentences").click()
    page.get_by_text("Look at what was left out").click()
    assert findings(page) == []
    row = page.locator(".left-out li").filter(has_text=CAPTION)
    row.get_by_role("button", name="Take in").click()
    expect(row.get_by_role("button", name="Leave out")).to_be_visible()
    expect(page.locator(".sentence-list li p").filter(has_text=CAPTION)).to_have_count(1)
    assert findings(page) == []
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator("[data-text]")).to_contain_text(CAPTION)
