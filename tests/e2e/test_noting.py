"""What is still to be confirmed of a source is noted on its page, and settled there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotations import workflow
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_note_is_made_seen_before_handing_in_and_settled(db, new_page, tmp_path: Path):
    cast = Cast()
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    draft = workflow.SourceDraft("The ferry", url="https://news.example/ferry")
    citation = workflow.save_citation(check, draft, person=cast.ann, stance="supports")
    page = new_page(cast.ann, viewport={"width": 390, "height": 844})
    page.goto(f"/sources/{citation.source.uuid}/")
    page.get_by_label("What is still to be confirmed").fill("Needs a primary source.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_text("The note is added.")).to_be_visible()
    expect(page.get_by_text("Needs a primary source.", exact=True)).to_be_visible()
    page.screenshot(path=str(tmp_path / "note.png"), full_page=True)
    assert findings(page) == []
    page.goto(f"/articles/{article.pk}/submit/")
    expect(page.get_by_text("Still to confirm: Needs a primary source.")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("link", name="The ferry").click()
    page.get_by_role("button", name="Confirmed").click()
    expect(page.get_by_text("The note is marked as confirmed.")).to_be_visible()
    expect(page.get_by_text("Needs a primary source.")).to_have_count(0)
