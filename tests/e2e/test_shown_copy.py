"""The saved copy behind a verdict as readers meet it, in every look: see `looks.py`."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations import workflow
from annotations.models import Source
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import IN_LOOKS, WIDE, objections

pytestmark = pytest.mark.django_db(transaction=True)


@IN_LOOKS
def test_a_copy_that_readers_may_open_is_well_in_every_look(db, new_page, looks):
    """No script runs in it, so axe-core cannot: it is read, measured and taken."""
    cast = Cast()
    article, claim = cast.deciding()
    source = Source.objects.get(added_by=cast.ann)
    words = "<p>The ferry sails every day but Sunday.</p>" * 12
    copied = f"<title>Timetable</title>{words}<p>It returns in spring.</p>{words}"
    workflow.keep_copy(source, copied.encode(), person=cast.ann, media_type="text/html")
    said = workflow.CitationDraft(source, "supports", "It returns in spring.")
    c.decide(claim, cast.eda, citations=[said])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.change_rules(cast.desk, {"shows_copies": True}, actor=cast.mia, reason="For readers.")
    claim.refresh_from_db()
    digest = source.snapshots.get().sha256
    path = reverse("shown_copy", args=[claim.desk.slug, claim.number, digest])
    page = new_page(None, viewport=WIDE)
    for language, name in (("en", "shown-copy"), ("ar", "shown-copy-arabic")):
        page.goto(f"{path}?use=1&lang={language}")
        expect(page.locator("mark")).to_have_text("It returns in spring.")
        # A title in another language stands where the page's own words do.
        expect(page.locator("h1")).to_have_css(
            "text-align", {"en": "left", "ar": "right"}[language]
        )
        assert objections(page, name, looks, runs_scripts=False) == []
