"""By one key from a citation to the words in the saved copy, in which nothing acts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations import workflow
from annotations.models import Citation, Snapshot
from annotations.tasks.captures import capture_next
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.tasks.test_parts import PIXEL, SITE
from tests.views.test_openable import sound

pytestmark = pytest.mark.django_db(transaction=True)

FILLER = "".join(f"<p>Paragraph {number} of a long page.</p>" for number in range(200))
PAGE = f"""<!doctype html><title>Ferry</title>
<script>document.title = "ran"; fetch("/desk/");</script>
{FILLER}<p onclick="alert(1)">The ferry <b>returns</b> in spring.</p>
<img src="/static/never.png" onerror="alert(1)">{FILLER}"""


@pytest.mark.heart
def test_o_opens_the_copy_at_the_words_and_nothing_of_it_runs(db, new_page):
    cast = Cast()
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    source = workflow.SourceDraft("The ferry", url="https://news.example/ferry")
    citation: Citation = workflow.save_citation(
        check, source, person=cast.ann, stance="supports", passage="The ferry returns in spring."
    )
    workflow.keep_copy(
        citation.source, PAGE.encode(), person=cast.ann, name="a.html", media_type="text/html"
    )
    page = new_page(cast.ann, viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/copies/.*#passage$"))
    expect(page.locator("mark").first).to_be_in_viewport()
    expect(page).to_have_title("Copy: The ferry")
    assert not any("/desk/" in url or "never.png" in url for url in asked), asked
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("link", name="Back to the source").click()
    expect(page.locator("h1")).to_have_text("The ferry")


def test_o_opens_the_copy_from_the_page_where_it_is_decided(db, new_page):
    cast = Cast()
    article, claim = cast.deciding()
    citation = Citation.objects.filter(annotation__assignment__claim=claim).first()
    assert citation is not None
    copied = PAGE.replace("The ferry <b>returns</b> in spring.", citation.passage)
    workflow.keep_copy(
        citation.source, copied.encode(), person=cast.eda, name="a.html", media_type="text/html"
    )
    page = new_page(cast.eda, viewport={"width": 1280, "height": 800})
    page.goto(reverse("decide_claim", args=[article.pk, claim.pk]))
    page.locator(f".ann a[data-copy][href*='{citation.uuid}']").focus()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(f"/{citation.uuid}/#passage$"))
    expect(page.locator("mark").first).to_be_in_viewport()
    page.go_back()
    # From the list of what the verdict stands on, that of the citation which has the focus.
    page.locator(f"input[name=cite][value='{citation.uuid}']").focus()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(f"/{citation.uuid}/#passage$"))


def test_a_page_is_seen_as_it_looked_and_asks_nobody(db, new_page, settings):
    """Its picture and its style are there, from the deposit alone; its server is gone."""
    cast = Cast()
    _article, claim = cast.checking()
    settings.SAVE_COPIES = True
    with servers.serving(SITE) as server:
        settings.FETCH_ALLOWED = [server.name]
        source = workflow.SourceDraft("The ferry", url=f"http://{server.name}/ferry")
        workflow.save_citation(
            c.check_of(claim, cast.ann), source, person=cast.ann, stance="supports"
        )
        assert capture_next()
    page = new_page(cast.ann, viewport={"width": 1280, "height": 800})
    page.goto(reverse("read_copy", args=[Snapshot.objects.get().uuid]))
    page.get_by_text("1 that it names was not saved").click()
    expect(page.get_by_text("/gone.png: There is no such page (404).")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="As it looked").click()
    expect(page.get_by_text("The ferry returns in spring.")).to_have_css("color", "rgb(0, 0, 128)")
    assert page.get_by_alt_text("The pier").evaluate("picture => picture.naturalWidth") == 1
    assert [url for url in asked if not url.startswith("data:")] == [page.url]


def test_o_opens_a_recording_at_its_second(db, new_page):
    cast = Cast()
    article, claim = cast.checking()
    citation = workflow.save_citation(
        c.check_of(claim, cast.ann),
        workflow.SourceDraft("The interview", url="https://radio.example/1"),
        person=cast.ann,
        stance="supports",
        locator="04:12",
    )
    # Longer than one answer to a player.
    workflow.keep_copy(citation.source, sound(600), person=cast.ann, media_type="audio/wav")
    page = new_page(cast.ann, viewport={"width": 1280, "height": 800})
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    parts: list[str] = []
    page.on("response", lambda answer: parts.append(answer.headers.get("content-range", "")))
    page.keyboard.press("o")
    player = page.locator("audio")
    expect(player).to_be_visible()
    expect(player).to_have_js_property("currentTime", 252)
    assert player.evaluate("player => Math.round(player.duration)") == 600
    player.evaluate("player => { player.currentTime = 599; }")
    expect(player).to_have_js_property("seeking", False)
    expect(player).to_have_js_property("readyState", 4)
    assert any(parts), "it is asked for in parts"


def test_a_picture_opens_as_itself(db, new_page):
    cast = Cast()
    _article, claim = cast.checking()
    citation = workflow.save_citation(
        c.check_of(claim, cast.ann), workflow.SourceDraft("A scan"), person=cast.ann,
        stance="supports",
    )  # fmt: skip
    copy = workflow.keep_copy(citation.source, PIXEL, person=cast.ann, name="scan")
    page = new_page(cast.ann, viewport={"width": 1280, "height": 800})
    page.goto(reverse("read_copy", args=[copy.uuid]))
    assert page.get_by_alt_text("A scan").evaluate("picture => picture.naturalWidth") == 1
