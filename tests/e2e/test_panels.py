"""The panel's tabs and the whole job of a checker, by keys alone and by forms alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations import workflow
from annotations.models import Annotation, Citation, Comment
from annotations.workflow import discussion
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [
    {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]
WIDE = LOOKS[0]


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def is_tidy(page: Page) -> None:
    """Nothing for axe-core to find, nothing that scrolls sideways, not even at 320 px."""
    assert findings(page) == []
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size(size)


def test_the_workbench_is_as_long_as_the_window_and_only_its_parts_scroll(cast, new_page):
    """What is read out alone stood outside of its part, and made the page longer."""
    article, claim = cast.checking()
    page = new_page(cast.ann, **WIDE)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.evaluate(
        """() => {
            for (const part of document.querySelectorAll(".rail, .panel, .text")) {
                const deep = document.createElement("div");
                deep.append(...Array.from({ length: 60 }, () => document.createElement("p")));
                deep.lastChild.append(Object.assign(document.createElement("span"),
                    { className: "visually-hidden", textContent: "Read out" }));
                part.append(deep);
            }
        }"""
    )
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


@pytest.mark.parametrize("look", LOOKS, ids=["wide-light", "phone-dark"])
def test_a_claim_is_discussed_in_its_tab(cast, new_page, look):
    article, claim = cast.deciding()
    page = new_page(cast.eda, refusals=(422,), **look)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.get_by_role("link", name="Discussion").click()
    expect(page.locator("#panel .empty")).to_contain_text("Nothing is said yet")
    is_tidy(page)
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#panel .problem")).to_contain_text("Write something first.")
    is_tidy(page)
    page.keyboard.press("c")
    page.keyboard.type("Is the register complete, @ann?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread")).to_contain_text("For Ann")
    page.locator(".thread summary").click()
    page.get_by_label("Your reply").fill("It is.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".thread .reply")).to_contain_text("It is.")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(".thread")).to_contain_text("Resolved by Eda")
    is_tidy(page)
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("button", name="Resolve")).to_be_visible()
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("look", LOOKS, ids=["wide-light", "phone-dark"])
def test_a_draft_is_restored_from_its_history(cast, new_page, look):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    first = workflow.Answer(
        c.rating(claim, "false"), "A long first thought", "Because of a lot of things."
    )
    workflow.save_annotation(check, first, person=cast.ann, based_on=0)
    workflow.save_annotation(check, workflow.Answer(finding="No"), person=cast.ann, based_on=1)
    page = new_page(cast.ann, **look)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.get_by_role("navigation", name="About this claim").get_by_role(
        "link", name="History"
    ).click()
    expect(page.locator(".versions li")).to_have_count(1)
    is_tidy(page)
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_label("Proposed finding")).to_have_value("A long first thought")
    expect(page.get_by_label("Justification")).to_have_value("Because of a lot of things.")


def test_a_checkers_whole_job_by_keys_alone(cast, new_page):
    """No mouse event: rate, write, cite, take the source out, undo that, and submit."""
    article, _claim = cast.checking()
    page = new_page(cast.ann, **WIDE)
    page.goto(f"/articles/{article.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("v")
    for _option in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("It is false.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("s")
    expect(page.get_by_label("Title")).to_be_visible()
    page.get_by_label("Title").press("Home")  # focuses, as Tab would
    page.keyboard.type("A letter")
    page.keyboard.press("Tab")
    page.get_by_label("Supports the claim").press("2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel .source-list")).to_contain_text("A letter")
    page.get_by_role("link", name="A letter", exact=True).press("Enter")
    page.get_by_role("button", name="Take this source out").press("Enter")
    expect(page.locator("#panel .source-list .none")).to_be_visible()
    assert not Citation.objects.exists()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator(".messages")).to_contain_text("The source is back.")
    assert Citation.objects.get().source.title == "A letter"
    page.get_by_label("Justification").press("End")
    page.keyboard.type("The letter says so.")
    page.get_by_role("button", name="Submit", exact=True).press("Enter")
    expect(page.locator(".messages")).to_contain_text("Your annotation is submitted.")
    answer = Annotation.objects.get()
    assert (answer.finding, answer.justification) == ("It is false.", "The letter says so.")
    assert answer.rating is not None


def test_a_checkers_whole_job_by_forms_alone(cast, new_page):
    article, _claim = cast.checking()
    page = new_page(cast.ann, java_script_enabled=False, **WIDE)
    page.goto(f"/articles/{article.pk}/")
    page.locator(".option", has_text="False").first.click()
    page.get_by_label("Proposed finding").fill("It is false.")
    page.get_by_label("Justification").fill("The letter says so.")
    page.get_by_role("button", name="Add source").click()
    page.get_by_label("Title").fill("A letter")
    page.get_by_label("Contradicts the claim").check()
    page.get_by_role("button", name="Save source").click()
    page.get_by_role("link", name="A letter", exact=True).click()
    page.get_by_role("button", name="Take this source out").click()
    page.get_by_role("button", name="Bring back A letter").click()
    expect(page.locator("#panel .source-list")).to_contain_text("A letter")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Your annotation is submitted.")
    assert Annotation.objects.get().submitted_at is not None


def test_on_a_phone_save_and_go_to_next_stays_in_reach(cast, new_page):
    article, claim = cast.checking()
    page = new_page(cast.ann, has_touch=True, is_mobile=True, **LOOKS[1])
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}#panel")
    button = page.get_by_role("button", name="Save and go to next")
    for label in ("Rating", "Proposed finding", "Justification"):
        page.locator("legend, label", has_text=label).first.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 844 - box["height"], label
        assert box["height"] >= 44


def test_a_source_is_found_again_as_one_types(cast, new_page):
    article, claim = cast.checking()
    second = c.mark(article, "It is a fine pier", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    source = workflow.SourceDraft("Register of ships", "The archive", "https://a.example/1")
    check = c.check_of(claim, cast.ann)
    workflow.save_citation(check, source, person=cast.ann, stance="context")
    page = new_page(cast.ann, **WIDE)
    page.goto(f"/articles/{article.pk}/?claim={second.pk}&cite=new")
    page.get_by_label("Find a source again").press_sequentially("regi")
    link = page.get_by_role("link", name="Register of ships")
    expect(link).to_be_visible()
    is_tidy(page)
    link.click()
    expect(page.get_by_label("Title")).to_have_value("Register of ships")
    expect(page.get_by_label("Web address")).to_have_value("https://a.example/1")
    page.get_by_label("Gives context").check()
    page.get_by_role("button", name="Save source").click()
    expect(page.locator("#panel .source-list")).to_contain_text("Register of ships")
    assert Citation.objects.count() == 2


def test_two_editors_see_each_other_at_the_article(cast, new_page):
    article, _claim = cast.marked()
    eda, eli = (new_page(person, **WIDE) for person in (cast.eda, cast.eli))
    eda.goto(f"/articles/{article.pk}/")
    expect(eda.locator("form.here")).to_have_count(1)
    with eda.expect_response("**/here/"):
        pass
    eli.goto(f"/articles/{article.pk}/")
    expect(eli.locator(".here .names")).to_have_text("Also here: Eda", timeout=10_000)
    assert findings(eli) == []


def test_keys_lead_into_the_panel_and_escape_leads_back(cast, new_page):
    article, claim = cast.checking()
    page = new_page(cast.ann, **WIDE)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.get_by_role("link", name="Queue").focus()
    for key, inside in (("v", "input[name=rating]"), ("/", "input[type=search]")):
        page.keyboard.press(key)
        assert page.evaluate("(inside) => document.activeElement.matches(inside)", inside)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "Queue"
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    page.reload()
    page.get_by_role("link", name="Queue").focus()
    page.keyboard.press("c")
    expect(page.locator("[data-comment]")).to_be_focused()


def test_two_editors_at_one_claims_wording(cast, new_page):
    """The second is shown both versions by name, and merges."""
    article, claim = cast.marked()
    address = f"/articles/{article.pk}/?claim={claim.pk}&edit=1"
    eda, eli = (new_page(person, refusals=(409,), **WIDE) for person in (cast.eda, cast.eli))
    for page in (eda, eli):
        page.goto(address)
    eli.get_by_label("The claim in plain words").fill("The town never asked.")
    eli.get_by_label("How we read it").fill("In writing.")
    eli.get_by_role("button", name="Save claim").click()
    expect(eli.locator("#panel h2")).to_have_text("The town never asked.")
    eda.get_by_label("The claim in plain words").fill("They never asked the line.")
    eda.get_by_role("button", name="Save claim").click()
    expect(eda.get_by_role("heading", level=1)).to_contain_text("Eli changed this at")
    expect(eda.locator(".fld").nth(1)).to_contain_text("Changed only in the saved version")
    is_tidy(eda)
    eda.get_by_role("radio", name="Merge").first.check()
    eda.get_by_label("Merged text").first.fill("The town never asked the line.")
    eda.get_by_role("button", name="Save what I chose").click()
    expect(eda.locator("#panel h2")).to_have_text("The town never asked the line.")
    expect(eda.locator("#panel .reading")).to_contain_text("In writing.")


@pytest.mark.parametrize("look", LOOKS, ids=["wide-light", "phone-dark"])
def test_names_are_offered_while_one_types_them(cast, new_page, look):
    article, claim = cast.deciding()
    page = new_page(cast.eda, **look)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&tab=discussion")
    field, names = page.locator("[data-comment]"), page.locator("#mentions").get_by_role("option")
    field.press_sequentially("Ask @")
    expect(names).to_have_count(6)
    expect(page.get_by_role("listbox", name="Members")).to_contain_text("Ben @ben")
    field.press_sequentially("e")
    expect(names).to_have_count(2)
    expect(page.locator("[role=status]").get_by_text("2 names.")).to_be_attached()
    field.press("ArrowDown")
    expect(names.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "mention-1")
    # A number of the text that is half below the bar is a smaller target than it is.
    page.evaluate("scrollTo(0, 0)")
    is_tidy(page)
    field.press("Enter")
    expect(field).to_have_value("Ask @eli ")
    expect(names).to_have_count(0)
    field.press_sequentially("and @b")
    expect(names).to_have_count(1)
    field.press("Escape")
    expect(names).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("e")
    names.first.click()
    expect(field).to_have_value("Ask @eli and @ben ")
    field.press("Control+Enter")
    expect(page.locator(".thread")).to_contain_text("For Ben, Eli")
    mentioned = Comment.objects.get().mentions.values_list("username", flat=True)
    assert set(mentioned) == {"ben", "eli"}


def test_a_name_is_taken_by_touch_in_a_reply(cast, new_page):
    article, claim = cast.deciding()
    discussion.add(claim, "Which register?", person=cast.ann)
    page = new_page(cast.ben, has_touch=True, is_mobile=True, **LOOKS[1])
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&tab=discussion")
    page.locator(".thread summary", has_text="Reply").first.tap()
    field = page.get_by_label("Your reply")
    field.tap()
    field.press_sequentially("Ask @el")
    name = page.get_by_role("option", name="Eli @eli")
    expect(name).to_be_in_viewport(ratio=1)
    is_tidy(page)
    name.tap()
    expect(field).to_have_value("Ask @eli ")
    expect(field).to_be_focused()
    page.locator(".thread form").get_by_role("button", name="Reply").tap()
    expect(page.locator(".thread")).to_contain_text("For Eli")


def test_the_list_of_names_knows_every_script_and_lets_the_caret_go(cast, new_page):
    for number in range(6):
        c.make_person(f"zoe{number}", cast.desk)
    c.make_person("عمر", cast.desk)
    article, claim = cast.deciding()
    page = new_page(cast.eda, **WIDE)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&tab=discussion")
    field, names = page.locator("[data-comment]"), page.locator("#mentions").get_by_role("option")
    field.press_sequentially("@عم")
    expect(names).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_value("@عمر ")
    field.press_sequentially("é@b")  # the server reads no mention here either
    # The list is made when the module has come, and this comes after it.
    page.evaluate("() => import('/static/js/mention.js').then(() => undefined)")
    expect(names).to_have_count(0)
    field.press_sequentially(" @")
    expect(names).to_have_count(8)
    field.press("ArrowUp")
    expect(names.last).to_have_attribute("aria-selected", "true")
    expect(names.last).to_be_in_viewport(ratio=1)
    field.press("Home")
    field.press("Tab")
    expect(names).to_have_count(0)
    expect(field).not_to_be_focused()
