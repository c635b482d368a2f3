"""Saying that two names are one, with the keyboard alone, and that they are two after all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Claimant
from tests.e2e.looks import WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_two_names_are_merged_and_parted_by_keys(cast, new_page, script):
    mary, mayor = (
        Claimant.objects.create(desk=cast.desk, name=name) for name in ("Mary Oke", "The mayor")
    )
    page = new_page(cast.eda, java_script_enabled=script, viewport=WIDE)
    page.goto(f"/desks/desk/claimants/{mary.uuid}/")
    page.get_by_label("Another name of theirs").focus()
    page.keyboard.type("mayor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Are “Mary Oke” and “The mayor” the same?"
    )
    page.get_by_label("Mary Oke (0 claims").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("The mayor (0 claims")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="They are the same")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The mayor")
    mary.refresh_from_db()
    assert mary.same_as == mayor
    page.get_by_role("button", name="No longer the same").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Mary Oke” stands for itself again.")).to_be_visible()
    mary.refresh_from_db()
    assert mary.same_as is None
