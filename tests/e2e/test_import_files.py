"""Several files come in through the administration, in a real browser."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from annotations.models import Article, Claim, EarlierCheck
from annotations.tasks.file_imports import FileImporter
from tests import cast as c
from tests.commands.test_fixture import SHORT, changed
from tests.e2e.test_earlier_checks import pictured
from tests.formats.test_earlier import REVIEW
from tests.tasks.test_file_imports import checks, take_all

PIER = {"claim": "The pier holds.", "marks": [{"exact": "It holds"}]}


def test_files_are_looked_at_and_imported_and_errors_are_said_by_line(cast, new_page, tmp_path):
    files = {
        "ferry.txt": c.TEXT,
        "debate.tsv": "line\tspeaker\ttext\n1\tMs Reed\tIt is so.\n1\tMr Holt\tNo.\n",
        "checks.json": json.dumps([REVIEW, {"@type": "ClaimReview"}]),
        "mine.json": SHORT,
        "wrong.json": changed('"title"', '"titel"'),
        "debates.csv": "document,speaker,text\nOne,Ms Reed,It is so.\nTwo,Mr Holt,No.\n",
        "post.json": json.dumps(
            [{"id": 1, "title": "Pier", "text": "It holds.", "claims": [PIER, {"claim": ""}]}],
            indent=1,
        ),
        "pier.json": json.dumps([{"title": "Pier", "text": "It holds.", "claims": [PIER]}]),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    page = new_page(cast.eda)
    page.goto("/admin/annotations/article/")
    page.get_by_role("link", name="Import files").click()
    page.get_by_label("Files").set_input_files([tmp_path / name for name in files])
    page.get_by_role("button", name="Look at them").click()
    page.get_by_text("Line 3, line “1”: a line comes once.").wait_for()
    page.get_by_text("Line 5: an article that is written by hand has no “titel”").wait_for()
    page.get_by_text("Line 15, /0/claims/1/marks “”: a list of at least one place").wait_for()
    page.get_by_text("Articles: 1 new, 0 there already. Claims marked: 1.").wait_for()
    page.get_by_text("Articles: 2 new, 0 there already.").wait_for()
    assert not Article.objects.exists()
    pictured(page, "admin-import-look")
    page.get_by_role("button", name="Import these files").click()
    page.get_by_role("heading", name="Done").wait_for()
    pictured(page, "admin-import-done")
    assert Article.objects.count() == 5
    assert EarlierCheck.objects.count() == 1
    assert Claim.objects.get().marks.get().exact == "It holds"


def test_a_long_file_leads_from_the_administration_to_how_far_it_is(cast, new_page, tmp_path):
    file = tmp_path / "checks.json"
    file.write_bytes(checks(2_200))
    page, importer = new_page(cast.eda), FileImporter()
    page.goto("/admin/annotations/article/import/")
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Look at them").click()
    page.get_by_text("It is long: it is read to its end").wait_for()
    page.get_by_role("button", name="Import these files").click()
    page.get_by_role("heading", name="Files that are taken in").wait_for()
    for rows in (0, 1000, 2000):
        importer.take_next()
        expect(page.locator("[data-state]")).to_contain_text(f"{rows} of 2200 rows are in.")
    take_all(importer)
    expect(page.locator("[data-state]")).to_contain_text("Taken in: all 2200 rows.")
    assert EarlierCheck.objects.count() == 2_200
