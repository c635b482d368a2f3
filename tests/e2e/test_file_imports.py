"""A long file comes in while one looks on, or looks away, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from annotations.models import Article, FileImport
from annotations.tasks.file_imports import FileImporter
from tests import cast as c
from tests.e2e.looks import LOOKS, PHONE, objections
from tests.tasks.test_file_imports import articles, checks, take_all, wait_out

from .test_earlier_checks import pictured


def send(page: Page, desk: str, *files: Path) -> None:
    """From the page where one adds an article, to the one where files are taken in."""
    page.goto(f"/desks/{desk}/articles/add/")
    page.get_by_role("link", name="Several files, or a long one").click()
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Take the files in").click()


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def shown(page: Page) -> Any:
    return page.locator("[data-state]").first


def test_how_far_a_long_file_is_is_seen_twice_and_then_done(cast, new_page, tmp_path):
    page, importer = new_page(cast.eda), FileImporter()
    send(page, "desk", written(tmp_path, "many.jsonl", articles(50)))
    expect(shown(page)).to_contain_text("It waits for its turn.")
    seen = []
    for rows in (0, 20, 40):
        importer.take_next()
        expect(shown(page)).to_contain_text(f"{rows} of 50 rows are in.")
        seen.append(page.locator("progress").get_attribute("value"))
    assert seen == ["0", "20", "40"], "the page shows it by itself"
    pictured(page, "file-progress")
    wrong = objections(page, "a file that comes in", LOOKS)
    page.get_by_role("link", name="Files that are taken in").click()
    expect(shown(page)).to_contain_text("40 of 50 rows are in.")
    take_all(importer)
    expect(shown(page)).to_contain_text("Taken in: all 50 rows.")
    expect(page.get_by_role("link", name="Look again")).to_have_count(0)
    expect(page.locator("[data-spoken]")).to_contain_text("Taken in: all 50 rows.")
    wrong += objections(page, "files that came in", LOOKS)
    pictured(page, "files-done")
    assert not wrong, "\n".join(wrong)
    assert Article.objects.count() == 50


def test_a_worker_that_is_killed_costs_nothing_and_doubles_nothing(cast, new_page, tmp_path):
    page, killed = new_page(cast.eda), FileImporter()
    send(page, "desk", written(tmp_path, "many.jsonl", articles(50)))
    for _turn in range(2):
        killed.take_next()
    expect(shown(page)).to_contain_text("20 of 50 rows are in.")
    wait_out()
    take_all(FileImporter())
    expect(shown(page)).to_contain_text("Taken in: all 50 rows.")
    expect(shown(page)).to_contain_text("50 new, 0 changed, 0 were there already.")
    assert Article.objects.count() == 50


def test_two_desks_bring_files_at_once_and_see_their_own(cast, new_page, tmp_path):
    other = c.make_desk("other")
    olaf = c.make_person("olaf", other, "editor")
    ours, theirs = new_page(cast.eda), new_page(olaf)
    send(ours, "desk", written(tmp_path, "ours.jsonl", articles(30)))
    send(theirs, "other", written(tmp_path, "theirs.json", checks(1_200)))
    take_all()
    expect(shown(ours)).to_contain_text("Taken in: all 30 rows.")
    expect(shown(theirs)).to_contain_text("Taken in: all 1200 rows.")
    theirs.goto("/desks/other/imports/")
    expect(theirs.get_by_role("link", name="theirs.json")).to_be_visible()
    expect(theirs.get_by_role("link", name="ours.jsonl")).to_have_count(0)
    assert Article.objects.filter(desk=other).count() == 0


def test_it_is_stopped_with_the_keyboard_which_keeps_its_place(cast, new_page, tmp_path):
    page, importer = new_page(cast.eda), FileImporter()
    send(page, "desk", written(tmp_path, "many.jsonl", articles(50)))
    page.get_by_role("button", name="Stop").focus()
    for _turn in range(2):
        importer.take_next()
    expect(shown(page)).to_contain_text("20 of 50 rows are in.")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown(page)).to_contain_text("Stopped: 20 of 50 rows are in, and stay.")
    take_all(importer)
    assert Article.objects.count() == 20


def test_without_scripts_one_looks_again_and_takes_the_wrong_rows(cast, new_page, tmp_path):
    page = new_page(cast.eda, java_script_enabled=False, viewport=PHONE)
    rows = [{"title": "A", "text": 5}, {"title": "B", "text": "It is so."}]
    data = "\n".join(map(json.dumps, rows)).encode()
    send(page, "desk", written(tmp_path, "wrong.jsonl", data))
    refresh = page.locator('meta[http-equiv="refresh"]')
    assert refresh.get_attribute("content") == "5"
    take_all()
    page.get_by_role("link", name="Look again").click()
    page.get_by_text("1 place is wrong").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="All of them as CSV").click()
    assert re.search(r"1,/text,5,", download.value.path().read_text(encoding="utf-8-sig"))
    pictured(page, "file-wrong")
    assert FileImport.objects.get().state == "refused"
