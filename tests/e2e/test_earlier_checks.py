"""Earlier checks by others come in by a file, in a real browser."""

from __future__ import annotations

import json
import os
from pathlib import Path

from annotations import workflow
from annotations.models import EarlierCheck
from tests import cast as c
from tests.e2e.looks import LOOKS, PHONE, objections
from tests.formats.test_earlier import CLAIMS, REVIEW, rated


def test_a_file_is_chosen_looked_at_and_kept(cast, new_page, tmp_path):
    dirty = REVIEW | rated(ratingValue="4", bestRating=1, worstRating=5) | {"url": "junk"}
    file = tmp_path / "checks.json"
    file.write_text(json.dumps([REVIEW, dirty, {"@type": "ClaimReview"}]), encoding="utf-8")
    page = new_page(cast.eda)
    page.goto("/desks/desk/earlier-checks/")
    page.get_by_role("link", name="Add a file").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
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
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name="Keep what is in claims.json").click()


def pictured(page, name: str) -> None:
    """A picture for whoever asks for one."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_checker_opens_what_others_have_checked_and_answers_alone(cast, new_page):
    article, claim = cast.checking()
    EarlierCheck.objects.bulk_create(
        EarlierCheck(
            desk=cast.desk,
            added_by=cast.eda,
            external_id=str(number),
            claim=f"{claim.claim_reviewed} {words}",
            publisher=publisher,
            rating=rating,
            url=f"https://lantern.example/{number}",
            published_on="2026-03",
        )
        for number, (words, publisher, rating) in enumerate(
            [
                ("Says the mayor.", "The Lantern", "Mostly false"),
                ("كما يقول العمدة", "المنارة للتحقق من الأخبار", "مضلل"),
                ("A" * 300, "P" * 200, "R" * 300),
            ]
        )
    )
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    others = page.locator("details.others")
    assert not others.get_by_text("Mostly false").is_visible(), "closed until it is asked for"
    others.get_by_text("Others have checked this").click()
    others.get_by_text("Mostly false").wait_for()
    assert page.locator("#panel input[name=rating]:checked").count() == 0
    wrong = objections(page, "what others have checked", LOOKS)
    pictured(page, "others-wide")
    page.set_viewport_size(PHONE)
    pictured(page, "others-phone")
    assert not wrong, "\n".join(wrong)


def taken_away(page, address: str, folder: Path) -> Path:
    """The checks of a desk, as a reader takes them from the foot of its public page."""
    page.goto(address)
    link = page.get_by_role("link", name="Checks as data")
    data = page.request.get(link.get_attribute("href")).body()
    file = folder / "checks.jsonl"
    file.write_bytes(data)
    return file


def looked_at(page, file: Path) -> None:
    page.goto("/desks/elsewhere/earlier-checks/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()


def brought_in(page, file: Path) -> None:
    looked_at(page, file)
    page.get_by_role("button", name="Keep what is in checks.jsonl").click()


def test_what_one_desk_published_is_brought_to_another_by_pages_and_again_when_it_was_corrected(
    cast, new_page, tmp_path
):
    _article, claim = cast.published()
    reader, manager = new_page(), new_page(cast.stranger)
    brought_in(manager, taken_away(reader, "/checks/desk/", tmp_path))
    manager.get_by_text("1 new, 0 changed, 0 were there already.").wait_for()
    there = EarlierCheck.objects.get()
    claim.refresh_from_db()
    assert there.desk == cast.stranger.memberships.get().desk
    assert (there.claim, there.rating) == (claim.claim_reviewed, "False")
    looked_at(manager, tmp_path / "checks.jsonl")
    manager.get_by_text("0 would be new, 0 changed, 1 are there already.").wait_for()
    corrected(cast, claim)
    brought_in(manager, taken_away(reader, "/checks/desk/", tmp_path))
    manager.get_by_text("0 new, 1 changed, 0 were there already.").wait_for()
    again = EarlierCheck.objects.get()
    assert (again.pk, again.rating) == (there.pk, "Half")


def corrected(cast, claim) -> None:
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(claim.marks.get().revision.article, actor=cast.eli, notes={claim.pk: note})
