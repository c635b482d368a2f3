"""By one key from a citation to the words in the saved copy, in which nothing acts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations import workflow
from annotations.models import Citation
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

FILLER = "".join(f"<p>Paragraph {number} of a long page.</p>" for number in range(200))
PAGE = f"""<!doctype html><title>Ferry</title>
<script>document.title = "ran"; fetch("/desk/");</script>
{FILLER}<p onclick="alert(1)">The ferry <b>returns</b> in spring.</p>
<img src="/static/never.png" onerror="alert(1)">{FILLER}"""


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
