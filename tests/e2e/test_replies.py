"""One letter about two claims: sent, answered by its link without an account, read, published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotations.models import ReplyRequest
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.tasks.test_parts import PIXEL

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def kept(page: Page, folder: Path, name: str) -> None:
    """A picture of the page for whoever looks at the run, and what axe finds on it."""
    page.screenshot(path=str(folder / f"{name}.png"), full_page=True)
    assert findings(page) == []


def test_somebody_is_asked_and_answers_by_their_link(
    cast, new_page, live_server, settings, tmp_path
):
    settings.SITE_URL = live_server.url
    article, claim = cast.deciding()
    c.mark(article, c.SECOND, cast.eda)
    desk = new_page(cast.eda, **WIDE)
    desk.goto(f"/articles/{article.pk}/replies/")
    for box in desk.get_by_role("group", name="About which claims").get_by_role("checkbox").all():
        box.check()
    desk.get_by_label("Who is asked").fill("The mayor")
    desk.get_by_label("Asked to answer by").fill("2099-12-01")
    desk.get_by_label("Their e-mail address").fill("mayor@mail.example")
    kept(desk, tmp_path, "1-ask")
    desk.get_by_role("button", name="Ask, or note it").click()
    expect(desk.get_by_role("heading", name="Look at the letter")).to_be_visible()
    expect(desk.get_by_text("(Their own link stands here.)")).to_be_visible()
    kept(desk, tmp_path, "2-letter")
    desk.get_by_role("button", name="Send the letter").click()
    expect(desk.get_by_text("The letter is on its way.").first).to_be_visible()
    call_command("worker", "--once")
    (sent,) = [each for each in mail.outbox if each.to == ["mayor@mail.example"]]
    (link,) = re.findall(rf"{re.escape(live_server.url)}/reply/\S+", str(sent.body))

    guest = new_page(None, refusals=(422,), **PHONE)
    guest.goto(link)
    expect(guest.get_by_text(claim.claim_reviewed)).to_be_visible()
    guest.get_by_label("Your answer to number 1").fill("It stopped in May, not in June.")
    kept(guest, tmp_path, "3-guest")
    guest.get_by_role("button", name="Check your answers").click()
    expect(guest.get_by_text("It stopped in May, not in June.")).to_be_visible()
    expect(guest.get_by_text("No answer")).to_be_visible()
    kept(guest, tmp_path, "4-check")
    guest.get_by_role("button", name="Change them").click()
    expect(guest.get_by_label("Your answer to number 1")).to_have_value(
        "It stopped in May, not in June."
    )
    guest.get_by_label("Anything else you want to say").fill("Ask me again.")
    guest.get_by_role("button", name="Check your answers").click()
    file = guest.get_by_label("A file, if one belongs to it")
    file.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"<p>"})
    guest.get_by_role("button", name="Send these answers").click()
    expect(guest.get_by_text("This is no PDF, picture, or text")).to_be_visible()
    expect(guest.get_by_text("Ask me again.")).to_be_visible()
    kept(guest, tmp_path, "4-no-such-file")
    file.set_input_files({"name": "plan.exe", "mimeType": "image/png", "buffer": PIXEL})
    guest.get_by_role("button", name="Send these answers").click()
    expect(guest.get_by_role("heading", name="Your answer is in")).to_be_visible()
    kept(guest, tmp_path, "5-sent")
    assert ReplyRequest.objects.get().came == "link"

    desk.goto("/desks/desk/")
    expect(desk.get_by_text("The mayor answered.")).to_be_visible()
    desk.goto(f"/articles/{article.pk}/replies/")
    expect(desk.get_by_text("It stopped in May, not in June.")).to_be_visible()
    with desk.expect_download() as saved:
        desk.get_by_role("link", name="plan.png").click()
    assert saved.value.path().read_bytes() == PIXEL
    kept(desk, tmp_path, "6-read")
    desk.get_by_role("button", name="I have read it").click()
    desk.goto("/desks/desk/")
    expect(desk.get_by_text("The mayor answered.")).to_have_count(0)
