"""Earlier checks by others come in by a file, in a real browser."""

from __future__ import annotations

import json
import os
from pathlib import Path

from annotations.models import EarlierCheck
from tests.e2e.looks import LOOKS, objections
from tests.formats.test_earlier import CLAIMS, REVIEW, rated


def test_a_file_is_chosen_looked_at_and_kept(cast, new_page, tmp_path):
    dirty = REVIEW | rated(ratingValue="4", bestRating=1, worstRating=5) | {"url": "junk"}
    file = tmp_path / "checks.json"
    file.write_text(json.dumps([REVIEW, dirty, {"@type": "ClaimReview"}]), encoding="utf-8")
    page = new_page(cast.eda)
    page.goto("/desks/desk/earlier-checks/")
    page.get_by_role("link", name="Add a file").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("2 would be new, 0 changed, 0 are there already.").wait_for()
    page.get_by_text("Its best rating is the lower number.").wait_for()
    wrong = objections(page, "the look", LOOKS)
    pictured(page, "earlier-look")
    page.get_by_role("button", name="Keep what is in checks.json").click()
    page.get_by_text("2 new, 0 changed, 0 were there already.").wait_for()
    assert EarlierCheck.objects.count() == 2
    _add(page, tmp_path)
    page.get_by_role("searchbox", name="Search earlier checks").fill("refuted")
    page.keyboard.press("Enter")
    page.get_by_text("2 answers or texts").click()
    page.get_by_text("How many did it carry?").wait_for()
    wrong += objections(page, "the list", LOOKS)
    pictured(page, "earlier-list")
    assert not wrong, "\n".join(wrong)


def _add(page, folder: Path) -> None:
    file = folder / "claims.json"
    file.write_text(json.dumps(CLAIMS), encoding="utf-8")
    page.goto("/desks/desk/earlier-checks/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Keep what is in claims.json").click()


def pictured(page, name: str) -> None:
    """A picture for whoever asks for one."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
