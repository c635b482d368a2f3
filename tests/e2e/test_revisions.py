"""The main line of a changed text, as an editor in a browser: compare, save, confirm, place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Article
from tests import cast as c
from tests.cast import MARKED, SECOND, TEXT, Cast
from tests.e2e.looks import WIDE, objections
from tests.formats.test_html import page as html_page

pytestmark = pytest.mark.django_db(transaction=True)

NEW = TEXT.replace("stop sailing,” the mayor said", "stop sailing,” she said").replace(
    "carried 4,000 people", "carried no more than 4,000 people"
)


def article_of(cast: Cast) -> Article:
    article = c.import_text(cast.desk, cast.eda)
    c.mark(article, MARKED, cast.eda, claim_reviewed="The town never asked for an end.")
    c.mark(article, SECOND, cast.eda, claim_reviewed="The line carried 4,000 people.")
    c.mark(article, "the town paid for a new pier", cast.eda, claim_reviewed="The town paid.")
    c.triage_all(article, cast.eda)
    return article


def test_an_editor_changes_the_text_and_settles_every_mark(db, new_page):
    cast = Cast()
    article = article_of(cast)
    page = new_page(cast.eda, refusals=(422,), viewport=WIDE)
    page.goto(f"/articles/{article.pk}/")
    page.get_by_role("link", name="revision 1").click()
    page.get_by_role("link", name="Change the text").click()

    # What changes, and what it does to each mark, before anything is saved.
    page.get_by_label("Text", exact=True).fill(NEW)
    page.get_by_label("Why is the text changed?").fill("The paper corrected it.")
    page.get_by_role("button", name="See what changes").click()
    expect(page.locator(".compared-text ins").first).to_be_visible()
    expect(page.locator(".fates li")).to_have_count(3)
    expect(page.locator(".fates li").first).to_contain_text("To place: its words changed")
    assert objections(page, "revise") == []
    page.get_by_role("button", name="Save as a new revision").click()

    # One is confirmed, the other placed again by hand.
    expect(page.get_by_role("heading", name="Marks to place")).to_be_visible()
    assert objections(page, "orphans") == []
    page.get_by_label("still means that").check()
    page.get_by_role("button", name="Confirm the chosen marks").click()
    expect(page.locator(".messages")).to_contain_text("1 mark is confirmed.")
    expect(page.locator(".how ins").first).to_contain_text("no more than")
    page.get_by_text("It is made in other words").click()
    page.get_by_label("Or the words themselves").fill("no more than five")
    page.get_by_role("button", name="Place it there").click()
    expect(page.locator(".problem")).to_contain_text("do not stand in the current text")
    page.get_by_role("button", name="It is made here").first.click()
    expect(page.get_by_text("Every mark has its place")).to_be_visible()
    assert objections(page, "settled") == []

    # The old text stays, with its marks, and what changed since.
    page.goto(f"/articles/{article.pk}/revisions/")
    assert objections(page, "revisions") == []
    page.get_by_role("link", name="What changed in revision 2").click()
    expect(page.locator(".compared-text ins").first).to_be_visible()
    assert objections(page, "revision") == []
    page.get_by_role("link", name="Revision 1").click()
    expect(page.locator(".oldtext mark").first).to_have_text(MARKED)
    assert article.revision.marks.count() == 3


def test_a_saved_page_is_looked_at_and_its_sentences_put_right(db, new_page):
    cast = Cast()
    page = new_page(cast.eda, viewport=WIDE)
    page.goto("/desk/articles/add/")
    saved = {"name": "ferry.html", "mimeType": "text/html", "buffer": html_page().encode()}
    page.get_by_label("Or a file").set_input_files([saved])
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.get_by_role("heading", name="8 sentences, 2 headings")).to_be_visible()
    expect(page.get_by_label("Outlet")).to_have_value("The Paper")
    page.get_by_role("button", name="Join with the next: The line has been").click()
    expect(page.get_by_role("heading", name="7 sentences, 2 headings")).to_be_visible()
    page.get_by_role("button", name="Split or shift: The line has been").click()
    page.get_by_label("From this word on").select_option(label="with a pause in the war.")
    assert objections(page, "import") == []
    page.get_by_role("button", name="Begin a new sentence").click()
    expect(page.get_by_role("heading", name="8 sentences, 2 headings")).to_be_visible()
    page.get_by_role("button", name="Save the article").click()
    expect(page.locator(".messages")).to_contain_text("The article is on the desk.")
    last = Article.objects.get().revision.sentences.get(number=8)
    assert last.end - last.start > 60
