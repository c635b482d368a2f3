"""A desk at work in browsers: rules, a refusal, a lapse, a disagreement, a withdrawal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations import tasks
from annotations.models import Assignment, Claim, Transition
from tests import cast as c
from tests.cast import Cast
from tests.e2e.test_panels import is_tidy

pytestmark = pytest.mark.django_db(transaction=True)


def answer(page: Page, rating: str, finding: str) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Start").or_(page.get_by_role("link", name="Continue")).click()
    page.locator("label", has_text=rating).first.click()
    page.get_by_label("Proposed finding").fill(finding)
    page.get_by_label("Justification").fill(f"The register says so: {finding}")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Your annotation is submitted.")).to_be_visible()


def test_a_desk_of_five_in_browsers(transactional_db, new_page):
    cast = Cast()
    article, claim = cast.marked()
    mia, eda, eli = (new_page(person) for person in (cast.mia, cast.eda, cast.eli))
    ann, ben = (new_page(person) for person in (cast.ann, cast.ben))

    # The manager writes guidelines and lets checks lapse after a day.
    mia.goto("/desk/guidelines/")
    mia.get_by_role("link", name="Write guidelines").click()
    mia.get_by_role("textbox", name="Guidelines").fill("Name a register.")
    mia.get_by_role("button", name="Save as a new version").click()
    expect(mia.get_by_text("Version 1")).to_be_visible()
    mia.goto("/desk/rules/")
    mia.get_by_label("Days until a check lapses").fill("1")
    mia.get_by_label("Why do the rules change?").fill("Deadlines slip.")
    mia.get_by_role("button", name="Change the rules").click()
    expect(mia.get_by_text("The rules are changed")).to_be_visible()

    # The editor opens checking. One checker answers, one declines, one never answers.
    eda.goto(f"/articles/{article.pk}/open/")
    eda.get_by_label("Ann").check()
    eda.get_by_label("Ben").check()
    eda.get_by_role("button", name="Open checking").click()
    expect(eda.get_by_text("Checking is open for 1 claim.")).to_be_visible()
    ann.goto("/desk/")
    ann.get_by_role("link", name="Start").click()
    ann.get_by_text("Guidelines", exact=True).click()
    expect(ann.get_by_text("Name a register.")).to_be_visible()
    answer(ann, "False", "No such letter.")
    ben.goto("/desk/")
    ben.get_by_role("link", name="Start").click()
    ben.get_by_role("link", name="I cannot check this").click()
    ben.get_by_label("Reason").fill("I know the mayor.")
    ben.get_by_role("button", name="Decline").click()
    expect(ben.get_by_text("You have declined.")).to_be_visible()
    for person, task in (("mia", "check"), ("eda", "decide")):
        eda.goto(f"/articles/{article.pk}/claims/{claim.pk}/asked/")
        eda.get_by_label("Who", exact=False).select_option(person)
        eda.get_by_label("What for").select_option(task)
        eda.get_by_role("button", name="Ask", exact=True).click()
        expect(eda.get_by_text(f"Asked {person.title()} to {task}.")).to_be_visible()
    late = timezone.now() - dt.timedelta(days=2)
    Assignment.objects.filter(person=cast.mia).update(assigned_at=late)
    assert tasks.lapse_overdue() == 1
    cast_max = c.make_person("max", cast.desk)
    eda.goto(f"/articles/{article.pk}/claims/{claim.pk}/asked/")
    expect(eda.get_by_text("Expired")).to_be_visible()
    eda.get_by_label("Who", exact=False).select_option("max")
    eda.get_by_role("button", name="Ask", exact=True).click()
    answer(new_page(cast_max), "Half", "Half a letter.")

    # They differ: the editor who was asked decides, with the cause; another approves, publishes.
    eda.goto("/desk/")
    expect(eda.get_by_text("You are asked to decide.")).to_be_visible()
    eda.get_by_role("link", name="Decide").click()
    expect(eda.get_by_text("step apart on the scale")).to_be_visible()
    eda.locator(".verdict label", has_text="Half").first.click()
    eda.get_by_role("textbox", name="Finding").fill("Half a letter was sent.")
    eda.get_by_label("Justification").fill("The register has its second page.")
    eda.get_by_label("A missing source").check()
    eda.get_by_label("Reason").fill("The first answer missed page 2.")
    eda.get_by_role("button", name="Decide").click()
    expect(eda.get_by_text("is decided")).to_be_visible()
    ann.goto("/desk/my-annotations/")
    expect(ann.get_by_text("Another rating.")).to_be_visible()
    expect(ann.get_by_text("The first answer missed page 2.")).to_be_visible()
    eli.goto(f"/articles/{article.pk}/approve/")
    eli.get_by_role("button", name="Approve claim 1").click()
    eli.get_by_role("button", name="Publish the article").click()
    eli.get_by_role("button", name="Publish edition 1").click()
    expect(eli.get_by_text("Edition 1 is published.")).to_be_visible()

    # A court asks; the manager withdraws at once, an editor confirms, readers are told.
    mia.goto(f"/articles/{article.pk}/withdraw/")
    mia.get_by_label("Why, in public").fill("A court asked for it.")
    mia.get_by_label("Its page stays").check()
    mia.get_by_role("button", name="Withdraw this article").click()
    reader = new_page(refusals=(410,))
    reader.goto(f"/checks/{cast.desk.slug}/{article.slug}/")
    expect(reader.get_by_text("A court asked for it.")).to_be_visible()
    eda.goto("/desk/")
    eda.get_by_role("link", name="Confirm").click()
    expect(eda.get_by_text("taken back by")).to_be_visible()
    is_tidy(eda)
    eda.get_by_role("button", name="Confirm the withdrawal of the article").click()
    expect(eda.get_by_text("You stand behind it too.")).to_be_visible()
    assert Claim.objects.get(pk=claim.pk).status == "published"

    # The observer reads all of it in the log, and takes it away.
    ola = new_page(cast.ola)
    ola.goto("/desk/log/")
    for words in ("Withdrew the article", "Confirmed, as the second person", "Declined to check"):
        expect(ola.get_by_role("cell").get_by_text(words).first).to_be_visible()
    with ola.expect_download() as download:
        ola.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert Transition.objects.filter(move="decline").get().reason == "I know the mayor."


def test_a_new_title_needs_a_second_person_in_browsers(transactional_db, new_page):
    cast = Cast()
    article, _claim = cast.published()
    eda, mia = new_page(cast.eda), new_page(cast.mia)
    eda.goto(f"/articles/{article.pk}/details/")
    eda.get_by_label("Title").fill("Ferry returns after all")
    eda.get_by_role("button", name="Save").click()

    # Whoever changed it last is told why the button does nothing, and who may.
    eda.goto(f"/articles/{article.pk}/approve/")
    expect(eda.get_by_role("button", name="Publish")).to_have_attribute("aria-disabled", "true")
    expect(eda.get_by_text("You were the last to change what readers get")).to_be_visible()

    # Somebody else publishes, or stands behind it and leaves that to her.
    mia.goto(f"/articles/{article.pk}/approve/")
    expect(mia.get_by_role("button", name="Publish")).to_be_enabled()
    mia.get_by_role("button", name="Approve the article").click()
    expect(mia.get_by_text("The article is approved as it stands.")).to_be_visible()
    expect(mia.get_by_role("button", name="Approve the article")).to_have_count(0)
    eda.reload()
    eda.get_by_role("button", name="Publish the article").click()
    eda.get_by_role("button", name="Publish edition 2").click()
    expect(eda.get_by_text("Edition 2 is published.")).to_be_visible()
    eda.goto(f"/articles/{article.pk}/history/")
    expect(eda.get_by_text("Approved the article")).to_be_visible()
