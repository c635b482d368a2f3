"""What is typed into a form is there when its page is opened again, until it is sent.

Every form in which people write, as every page has it (tests/views/every_page.py): one that is
added tomorrow is typed into too.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations import workflow
from annotations.models import Article, Claim, ReplyRequest, UnsentForm, User
from annotations.words import reply_letters
from annotations.workflow.replies import pass_for_reply
from tests.cast import Cast
from tests.e2e.test_drafts import kept
from tests.e2e.test_pages import fixtures
from tests.views import every_page
from tests.views.forms import Found
from tests.views.test_kept_forms import NOT_KEPT

__all__ = ["fixtures"]

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"^Saved \d\d:\d\d")
TYPED = "Words that took an hour to find."


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def of(page: Page, form: Found) -> Locator:
    """The first field of the form in which people write, in sight."""
    name = form.kept.replace('"', '\\"')
    found = page.locator(f'form:is([data-keep="{name}"], [data-draft="{name}"])').first
    found.evaluate("(form) => form.closest('details')?.setAttribute('open', '')")
    found.evaluate(
        "(form) => form.querySelectorAll('details').forEach((each) => (each.open = true))"
    )
    return found.locator(f'[name="{min(form.long)}"]')


def test_what_is_typed_into_any_form_is_there_when_its_page_is_opened_again(fixtures, new_page):
    forms = {form.name: form for form in every_page.opened().long() if form.name not in NOT_KEPT}
    people = {user.username: user for user in User.objects.all()}
    browsers: dict[str | None, Page] = {}
    lost = []
    for name, form in sorted(forms.items()):
        if form.who not in browsers:
            browsers[form.who] = new_page(people[form.who] if form.who else None)
        tab = browsers[form.who].context.new_page()
        tab.goto(form.page, wait_until="networkidle")
        of(tab, form).fill(TYPED)
        tab.close()
        tab = browsers[form.who].context.new_page()
        tab.goto(form.page, wait_until="networkidle")
        if of(tab, form).input_value() != TYPED:
            lost.append(name)
        tab.close()
    assert lost == []


def test_what_one_typed_writes_over_nothing_that_others_saved_since(cast, new_page):
    """What it was based on comes back with it."""
    article = cast.article()
    address = f"/articles/{article.pk}/details/"
    page = new_page(cast.eda)
    page.goto(address, wait_until="networkidle")
    page.get_by_label("Why this article?").fill(TYPED)
    page.get_by_label("Why this article?").blur()
    expect(page.locator("[data-unsent-said]")).to_have_text(SAVED)
    page.context.close()
    workflow.describe(article, {"topic": "Sea"}, actor=cast.eli, base={"topic": ""})
    page = new_page(cast.eda, refusals=(409,))
    page.goto(address, wait_until="networkidle")
    expect(page.get_by_label("Why this article?")).to_have_value(TYPED)
    page.get_by_role("button", name="Save").click()
    topic = page.get_by_role("region", name="Topic")
    expect(topic).to_contain_text("Changed only in the saved version")
    expect(topic.get_by_label("Use theirs")).to_be_checked()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.locator(".messages")).to_contain_text("The details are saved")
    article = Article.objects.get(pk=article.pk)
    assert (article.why_selected, article.topic) == (TYPED, "Sea")


def test_a_conflict_that_is_settled_ends_what_was_kept_too(cast, new_page):
    article = cast.article()
    address = f"/articles/{article.pk}/details/"
    page = new_page(cast.eda, refusals=(409,))
    page.goto(address, wait_until="networkidle")
    page.get_by_label("Why this article?").fill(TYPED)
    page.get_by_label("Why this article?").blur()
    expect(page.locator("[data-unsent-said]")).to_have_text(SAVED)
    said = {"why_selected": "Read by many."}
    workflow.describe(article, said, actor=cast.eli, base={"why_selected": ""})
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Keep all of mine").click()
    expect(page.locator(".messages")).to_contain_text("The details are saved")
    article = Article.objects.get(pk=article.pk)
    assert article.why_selected == TYPED
    page.wait_for_load_state("networkidle")
    assert kept(page) == []
    assert not UnsentForm.objects.exists()


def test_what_was_sent_is_not_put_back(cast, new_page):
    article, claim = cast.marked()
    page = new_page(cast.eda)
    panel = f"/articles/{article.pk}/?claim={claim.pk}"
    page.goto(panel, wait_until="networkidle")
    page.get_by_text("Set aside: do not check it").click()
    page.get_by_label("Why").select_option("opinion")
    page.get_by_label("Note").fill(TYPED)
    page.get_by_role("button", name="Set aside").click()
    expect(page.locator(".messages")).to_contain_text("The claim is set aside.")
    workflow.bring_back(Claim.objects.get(), actor=cast.eli, reason="Look again.")
    is_let_go(page, panel, "Note")

    page = new_page(cast.mia)
    page.goto("/desks/desk/letter/", wait_until="networkidle")
    page.get_by_label("Letter").fill(TYPED)
    page.get_by_role("button", name="Save this version").click()
    expect(page.locator(".messages")).to_contain_text("The next letter begins with these words.")
    newer = {"actor": cast.mia, "based_on": 1}
    workflow.write_letter(cast.desk, "What do you say?", "Dear {addressee}", **newer)
    page.goto("/desks/desk/letter/", wait_until="networkidle")
    expect(page.get_by_label("Letter")).to_have_value("Dear {addressee}")
    assert kept(page) == []
    assert not UnsentForm.objects.exists()


def is_let_go(page: Page, address: str, label: str) -> None:
    page.goto(address, wait_until="networkidle")
    expect(page.get_by_label(label)).to_have_value("")
    assert kept(page) == []
    assert not UnsentForm.objects.exists()


def asked(cast: Cast) -> tuple[ReplyRequest, str]:
    _article, claim = cast.deciding()
    row = workflow.ask_reply(
        [claim],
        "The mayor",
        channel="email",
        actor=cast.eda,
        letter=workflow.ReplyLetter("mayor@mail.example", "What do you say?", "{claims} {link}"),
        fill=reply_letters.letter,
    )
    return row, f"/reply/{pass_for_reply(row)}/"


def test_what_an_addressee_types_is_there_until_it_is_sent(cast, new_page):
    row, address = asked(cast)
    page = new_page()
    page.goto(address, wait_until="networkidle")
    expect(page.get_by_text("What you type is kept in this browser")).to_be_visible()
    page.get_by_label("Your answer to number 1").fill(TYPED)
    tab = page.context.new_page()
    page.close()
    tab.goto(address, wait_until="networkidle")
    expect(tab.get_by_label("Your answer to number 1")).to_have_value(TYPED)
    tab.get_by_role("button", name="Check your answers").click()
    tab.go_back(wait_until="networkidle")
    expect(tab.get_by_label("Your answer to number 1")).to_have_value(TYPED)
    tab.get_by_role("button", name="Check your answers").click()
    tab.get_by_role("button", name="Change them").click()
    expect(tab.get_by_label("Your answer to number 1")).to_have_value(TYPED)
    tab.get_by_role("button", name="Check your answers").click()
    assert all(address not in name for name in kept(tab)), "the pass is no name of what is kept"
    tab.get_by_role("button", name="Send these answers").click()
    expect(tab.get_by_role("heading", name="Your answer is in")).to_be_visible()
    assert kept(tab) == []
    assert row.points.get().answer == TYPED


def test_what_an_addressee_sends_too_late_is_shown_to_them(cast, new_page):
    row, address = asked(cast)
    page = new_page(refusals=(410,))
    page.goto(address, wait_until="networkidle")
    page.get_by_label("Your answer to number 1").fill(TYPED)
    workflow.withdraw_reply(row, "Asked by mistake.", actor=cast.eda)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_text("What you had written, which was not sent")).to_be_visible()
    expect(page.get_by_text(TYPED)).to_be_visible()
