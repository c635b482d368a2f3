"""An editor looks at what the desk learned, chooses a period, and takes the pack away."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import expect

from annotations import workflow
from tests import cast as c
from tests.cast import Cast

from .looks import objections


def several(cast: Cast) -> None:
    """Five published claims on which two people agreed thrice."""
    pairs = [("true", "true"), ("half", "half"), ("false", "false"), ("true", "half")]
    for number, answers in enumerate([*pairs, ("true", "false")]):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claim = c.mark(article, c.MARKED, cast.eda)
        c.triage_all(article, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        for person, slug in zip((cast.ann, cast.ben), answers, strict=True):
            c.annotate(claim, person, slug)
        c.decide(claim, cast.eda, answers[1])
        workflow.approve(claim, actor=cast.eli)
        workflow.publish(article, actor=cast.eli)


def test_an_editor_reads_the_figures_and_takes_the_pack_away(transactional_db, new_page):
    cast = Cast()
    several(cast)
    eda = new_page(cast.eda)
    eda.goto("/desks/desk/")
    eda.get_by_role("link", name="Statistics").click()
    expect(eda.get_by_role("img", name="Which ratings met on one claim")).to_be_visible()
    row = eda.get_by_role("row", name="Every rating (nominal)")
    expect(row.get_by_role("cell", name="0.45")).to_be_visible()
    assert objections(eda, "statistics") == []
    eda.get_by_role("link", name="Last year").click()
    expect(eda.get_by_text("No claim was published for the first time.").first).to_be_visible()
    eda.get_by_role("link", name="Renewal pack").click()
    expect(eda.get_by_role("heading", name="Whose claims were checked")).to_be_visible()
    assert objections(eda, "renewal") == []
    with eda.expect_download() as download:
        eda.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("renewal-desk-")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        assert sum(line["figure"] == "The checks" for line in csv.DictReader(file)) == 5 * 4
