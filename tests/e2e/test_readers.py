"""What readers do in a browser: print, read without scripts, embed, report, read in Arabic."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Route, expect

from annotations.models import Report
from tests.cast import Cast
from tests.views.readers import article_page, claim_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published(transactional_db):
    cast = Cast()
    article, claim = cast.corrected()
    return cast, article, claim


@pytest.mark.heart
def test_article_and_claim_are_complete_without_scripts(published, new_page):
    _cast, article, claim = published
    page = new_page(java_script_enabled=False)
    page.goto(article_page(article))
    expect(page.get_by_text("Half of it is so.").first).to_be_visible()
    page.get_by_role("link", name="Full check").first.click()
    expect(page).to_have_url(claim_page(claim))
    for words in ("Corrected.", "What we found", "Evidence", "Cite this check", "Report an error"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.get_by_text("Embed", exact=True).click()
    expect(page.get_by_label("Copy this into your page:")).to_be_visible()


@pytest.mark.heart
def test_a_mark_leads_to_its_note_and_back(published, new_page):
    _cast, article, _claim = published
    page = new_page()
    page.goto(article_page(article))
    page.locator("[role=doc-noteref]").click()
    assert page.url.endswith("#note-1")
    page.locator("[role=doc-backlink]").click()
    assert page.url.endswith("#ref-1")


def test_print_holds_text_notes_and_addresses_and_no_buttons(published, new_page, live_server):
    _cast, article, claim = published
    page = new_page()
    for url in (article_page(article), claim_page(claim)):
        page.goto(url)
        page.emulate_media(media="print")
        expect(page.get_by_text(f"{live_server.url}{url}").first).to_be_visible()
        for hidden in (".masthead nav", ".foot", ".tools", "#embed-code"):
            assert not page.locator(hidden).first.is_visible(), hidden
        expect(page.get_by_text("Half of it is so.").first).to_be_visible()
        for below in page.locator(".read .row").all():
            assert below.evaluate("row => getComputedStyle(row).display") == "block"
        expect(page.get_by_text("Our rating scale")).to_be_hidden()
        for link in page.locator("main a[href^=http]").all():
            printed = link.evaluate("link => getComputedStyle(link, '::after').content")
            assert link.get_attribute("href") in printed
        assert page.pdf().startswith(b"%PDF")
        page.emulate_media(media="screen")


def test_a_reader_reports_an_error(published, new_page):
    _cast, _article, claim = published
    page = new_page()
    page.goto(claim_page(claim))
    page.get_by_role("link", name="Report an error").click()
    page.get_by_label("What is wrong?").fill("The year is wrong.")
    page.wait_for_timeout(3100)  # milliseconds: sooner, it is taken for a machine's
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Report.objects.get().words == "The year is wrong."


def as_whitenoise_does(route: Route) -> None:
    """Tests serve static files without WhiteNoise, which lets every origin have them."""
    answer = route.fetch()
    route.fulfill(response=answer, headers=answer.headers | {"access-control-allow-origin": "*"})


def test_static_files_may_be_fetched_from_a_frame_without_an_origin():
    answer = Client().get("/static/js/embed.js")
    answer.close()
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_an_embed_takes_the_height_of_its_content_and_sets_no_cookie(published, new_page):
    """Framed as the code to copy says: sandboxed, so with no origin of its own."""
    _cast, _article, claim = published
    page = new_page()
    page.goto(claim_page(claim))
    code = page.locator("#embed-code").input_value()
    frame = code.split("</iframe>")[0] + "</iframe>"
    script = code.split('src="')[2].split('"')[0]
    # Another site's page: without this site's policy, which forbids scripts in the page itself.
    page.route(
        "**/a-page-around",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<!doctype html><title>Around</title><script type="module" src="{script}">'
            f"</script>{frame}",
        ),
    )
    page.route("**/static/**", as_whitenoise_does)
    page.goto("/a-page-around")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("Half of it is so.")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    height = page.evaluate("document.querySelector('iframe').offsetHeight")
    assert 100 < height < 320
    assert page.context.cookies() == []


def test_in_arabic_the_page_runs_from_right_to_left_and_the_text_as_it_is(published, new_page):
    _cast, article, _claim = published
    page = new_page()
    page.goto(f"{article_page(article)}?lang=ar")
    direction = "element => getComputedStyle(element).direction"
    assert page.locator("body").evaluate(direction) == "rtl"
    assert page.locator(".read p[lang]").first.evaluate(direction) == "ltr"
    notes, text = page.locator(".notes").first, page.locator(".read p[lang]").first
    page.set_viewport_size({"width": 1440, "height": 900})
    assert (notes.bounding_box() or {})["x"] < (text.bounding_box() or {})["x"]
