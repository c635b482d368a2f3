"""A cited page changes on its server after it was published: seen in the queue, and corrected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import SourceChange, Watch
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1440, "height": 900}}
PASSAGE = "The ferry returns in spring, the harbour office says."
PAGE = f"<html><title>Ferry</title><h1>News</h1><p>{PASSAGE}</p>".encode()


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def published(cast: Cast, address: str) -> None:
    article, claim = cast.deciding()
    source = workflow.add_source(
        claim, workflow.SourceDraft("Harbour news", url=address), actor=cast.eda
    )
    cited = workflow.CitationDraft(source, "contradicts", PASSAGE)
    c.decide(claim, cast.eda, citations=[cited])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)


def looked() -> None:
    Watch.objects.update(next_try_at=timezone.now(), tried_at=None)
    call_command("worker", "--once")


def kept(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=str(folder / f"{name}.png"), full_page=True)
    assert findings(page) == []


def test_a_change_is_seen_in_the_queue_and_corrected(cast, new_page, settings, tmp_path):
    said = {"page": servers.page(PAGE)}
    robots = servers.page(b"", status="404 Not Found")

    def site(connection, head):
        (robots if head.startswith("GET /robots.txt") else said["page"])(connection, head)

    with servers.serving(site) as server:
        settings.FETCH_ALLOWED = [server.name]
        settings.WATCH_SOURCES = True
        published(cast, f"http://{server.name}/ferry")
        looked()
        looked()
        assert not SourceChange.objects.exists()
        said["page"] = servers.page(PAGE.replace(b"returns", b"does not return"))
        looked()
    desk = new_page(cast.eda, **WIDE)
    desk.goto("/desks/desk/")
    expect(desk.get_by_text("A page that a published claim relies on has changed.")).to_be_visible()
    kept(desk, tmp_path, "1-queue")
    desk.get_by_role("link", name="Look").first.click()
    expect(desk.get_by_role("heading", name="What was quoted stands there no more")).to_be_visible()
    expect(desk.locator("ins")).to_have_text("does not return")
    kept(desk, tmp_path, "2-changes")
    desk.get_by_role("link", name="Say whether it matters").click()
    desk.get_by_label("Yes: it is to be corrected").check()
    desk.get_by_label("Reason").fill("The harbour office says the opposite now.")
    kept(desk, tmp_path, "3-matters")
    desk.get_by_role("button", name="Save whether it matters").click()
    expect(desk).to_have_url(re.compile("/correct/$"))
    kept(desk, tmp_path, "4-correct")
    desk.goto("/desks/desk/")
    expect(desk.get_by_text("A page that a published claim relies on has changed.")).to_have_count(
        0
    )
