"""Evidence from end to end: cited, saved, quoted from the copy, published, changed, corrected."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import Annotation, Capture, Citation, Edition, Job, Watch
from annotations.workflow import copies
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1440, "height": 900}}
STOOD = b"<p>The ferry returns in spring.</p>"
PAGE = b'<html lang="en"><title>Harbour news</title><h1>News</h1>' + STOOD


def cited(page: Page, address: str) -> None:
    """Ann pastes the address, and says what it is for."""
    page.keyboard.press("s")
    expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
    page.keyboard.insert_text(address)
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    expect(page.get_by_label("Title")).to_have_value("Harbour news")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("Harbour news")


def picked(page: Page, workbench: str) -> None:
    """She picks the passage in the copy."""
    citation = Citation.objects.get()
    page.goto(f"{workbench}&cite={citation.uuid}")
    page.get_by_role("button", name="Pick it in the saved copy").click()
    dialog = page.get_by_role("dialog", name="The saved copy")
    dialog.locator("[data-words] p", has_text="The ferry returns in spring.").click(click_count=3)
    dialog.get_by_role("button", name="Take these words").click()
    expect(page.get_by_label("Passage")).to_have_value("The ferry returns in spring.")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("claim=[0-9]+#panel$"))
    citation.refresh_from_db()
    assert citation.passage == "The ferry returns in spring."


def handed_in_and_decided(cast: Cast) -> None:
    """The rest of the day, as other tests show it."""
    check = Citation.objects.get().annotation.assignment  # type: ignore[union-attr]
    answer = workflow.Answer(c.rating(check.claim, "false"), "Not so.", "The news says so.", "high")
    version = Annotation.objects.get(assignment=check).version
    workflow.save_annotation(check, answer, person=cast.ann, based_on=version)
    workflow.submit(check, actor=cast.ann)
    c.annotate(check.claim, cast.ben)
    quoted = Citation.objects.get(annotation__assignment=check)
    cites = [workflow.CitationDraft(quoted.source, "contradicts", quoted.passage)]
    c.decide(check.claim, cast.eda, citations=cites)
    workflow.approve(check.claim, actor=cast.eli)


def looked() -> None:
    """As if days had passed."""
    Job.objects.update(next_at=timezone.now())
    Watch.objects.update(next_try_at=timezone.now(), tried_at=None)
    call_command("worker", "--once")
    Watch.objects.update(next_try_at=timezone.now(), tried_at=None)
    call_command("worker", "--once")


def test_an_address_is_cited_saved_quoted_published_changed_and_corrected(
    db, new_page, settings, monkeypatch
):
    # The form has looked at the page, and one host is not asked twice within seconds.
    monkeypatch.setattr(copies, "HOST_RATE", dt.timedelta())
    cast, said = Cast(), {"page": servers.page(PAGE)}
    article, claim = cast.checking()
    robots = servers.page(b"", status="404 Not Found")

    def site(connection, head):
        (robots if head.startswith("GET /robots.txt") else said["page"])(connection, head)

    with servers.serving(site) as server:
        settings.FETCH_ALLOWED = [server.name]
        settings.SAVE_COPIES = settings.WATCH_SOURCES = True
        page = new_page(cast.ann, **WIDE)
        workbench = f"/articles/{article.pk}/?claim={claim.pk}"
        page.goto(workbench)
        cited(page, f"http://{server.name}/ferry")
        call_command("worker", "--once")
        assert Capture.objects.get().state == "saved"
        page.goto(reverse("source", args=[Citation.objects.get().source.uuid]))
        expect(page.get_by_role("link", name="ferry", exact=True)).to_be_visible()
        picked(page, workbench)
        handed_in_and_decided(cast)
        eli = new_page(cast.eli, **WIDE)
        eli.goto(reverse("approve", args=[article.pk]))
        eli.get_by_role("button", name="Publish the article").click()
        eli.get_by_role("button", name="Publish edition 1").click()
        expect(eli.get_by_text("Edition 1 is published.")).to_be_visible()
        assert Edition.objects.filter(claim=claim).exists()
        looked()
        looked()
        said["page"] = servers.page(PAGE.replace(b"returns", b"does not return"))
        looked()
    eda = new_page(cast.eda, **WIDE)
    eda.goto("/desks/desk/")
    expect(eda.get_by_text("A page that a published claim relies on has changed.")).to_be_visible()
    eda.get_by_role("link", name="Look").first.click()
    expect(eda.locator("ins")).to_have_text("does not return")
    eda.get_by_role("link", name="Say whether it matters").click()
    eda.get_by_label("Yes: it is to be corrected").check()
    eda.get_by_label("Reason").fill("The harbour office says the opposite now.")
    eda.get_by_role("button", name="Save whether it matters").click()
    expect(eda).to_have_url(re.compile("/correct/$"))
    workflow.reopen(claim, actor=cast.eda, reason="The harbour office says the opposite now.")
    source = Citation.objects.filter(verdict__isnull=False).latest("pk").source
    cites = [workflow.CitationDraft(source, "supports", "The ferry does not return in spring.")]
    c.decide(claim, cast.eda, "half", finding="It does not return.", citations=cites)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "The harbour office changed its page.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    claim.refresh_from_db()
    reader = new_page(**WIDE)
    reader.goto(reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug]))
    expect(reader.get_by_text("The harbour office changed its page.").first).to_be_visible()
    expect(reader.get_by_text("The ferry does not return in spring.").first).to_be_visible()
