"""States of the desk's pages that one only gets to by doing something, each looked at by axe-core.

And an article of 300 sentences, for a long page is a state too.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from annotations import workflow
from annotations.models import ArchiveAnswer, ArchiveRequest, Claim, EarlierCheck
from annotations.workflow import discussion
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import IN_LOOKS, WIDE, objections
from tests.e2e.test_main_job import drag_over
from tests.formats.test_html import page as saved_page
from tests.long import long_article
from tests.views.test_beside import imported
from tests.views.test_import import PICTURED

pytestmark = pytest.mark.django_db(transaction=True)

NewPage = Callable[..., Page]


def check_page(cast: Cast, new_page: NewPage) -> Page:
    """Ann's page of a check that has begun."""
    article, claim = cast.checking()
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    return page


def empty_queue(cast: Cast, new_page: NewPage) -> Page:
    page = new_page(cast.eda)
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing needs you right now.")
    expect(page.locator(".empty")).to_contain_text("it appears here with the reason")
    return page


def import_preview(cast: Cast, new_page: NewPage) -> Page:
    cast.article()
    page = new_page(cast.eda)
    page.goto("/desk/articles/add/")
    page.get_by_label("Text", exact=True).fill(c.TEXT.replace("sailing,”", "sailing,"))
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator(".sentence-list").first).to_be_visible()
    return page


def import_duplicate(cast: Cast, new_page: NewPage) -> Page:
    cast.article()
    page = new_page(cast.eda)
    page.goto("/desk/articles/add/")
    page.get_by_label("Text", exact=True).fill(c.TEXT)
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.locator("main")).to_contain_text("This text is already on the desk")
    return page


def selected_words(cast: Cast, new_page: NewPage) -> Page:
    article = cast.article()
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/")
    drag_over(page, "The line", "4,000 people")
    expect(page.get_by_role("button", name="Mark as claim")).to_be_visible()
    return page


def refused_wording(cast: Cast, new_page: NewPage) -> Page:
    article = cast.article()
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/?start=0&end=20")
    page.get_by_label("The claim in plain words").fill("")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#panel .problem")).to_be_visible()
    return page


def marks_taken_out(cast: Cast, new_page: NewPage) -> Page:
    article, claim = cast.marked()
    workflow.unmark_step(article, claim.marks.get(), actor=cast.eda)
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/?removed=1")
    expect(page.locator("#panel")).to_contain_text(c.MARKED)
    return page


def list_of_keys(cast: Cast, new_page: NewPage) -> Page:
    page = check_page(cast, new_page)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys h2")).to_be_in_viewport()
    return page


def signed_out(cast: Cast, new_page: NewPage) -> Page:
    page = check_page(cast, new_page)
    Session.objects.all().delete()
    page.get_by_label("Proposed finding").fill("Typed while signed out")
    expect(page.get_by_role("dialog", name="You are signed out")).to_be_visible()
    return page


def offline(cast: Cast, new_page: NewPage) -> Page:
    page = check_page(cast, new_page)
    page.context.set_offline(True)
    page.get_by_label("Proposed finding").fill("Typed in a tunnel")
    page.get_by_label("Proposed finding").blur()
    expect(page.locator("[data-saved]")).to_contain_text("You are offline.")
    return page


def conflict(cast: Cast, new_page: NewPage) -> Page:
    page = check_page(cast, new_page)
    check = c.check_of(Claim.objects.get(), cast.ann)
    answer = workflow.Answer(
        c.rating(check.claim, "half"), "Half of the weeks.", "The log is silent."
    )
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    page.get_by_label("Proposed finding").fill("All of the weeks.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in another window")
    return page


def submit_refused(cast: Cast, new_page: NewPage) -> Page:
    page = check_page(cast, new_page)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator(".problem, .messages").first).to_be_visible()
    return page


def discussed(cast: Cast, new_page: NewPage) -> Page:
    article, claim = cast.deciding()
    first = discussion.add(claim, "Is the register complete, @ann?", person=cast.eda)
    discussion.add(claim, "It is, up to March.", person=cast.ann, parent=first)
    settled = discussion.add(claim, "Who keeps it?", person=cast.eli)
    discussion.resolve(settled, person=cast.eli)
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&tab=discussion")
    expect(page.locator(".thread").first).to_be_visible()
    return page


def decision_refused(cast: Cast, new_page: NewPage) -> Page:
    article, _claim = cast.deciding()
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/decide/")
    page.get_by_role("button", name="Decide").last.click()
    expect(page.locator(".problem").first).to_be_visible()
    return page


def not_yet_ready(cast: Cast, new_page: NewPage) -> Page:
    article, _claim = cast.deciding()
    page = new_page(cast.eli)
    page.goto(f"/articles/{article.pk}/approve/")
    expect(page.locator("main")).to_contain_text("thing is in the way")
    return page


def long(cast: Cast, new_page: NewPage) -> Page:
    article = long_article(cast, 300, 75)
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/?sentence=150")
    expect(page.locator(".rail a.claim-entry")).to_have_count(75)
    return page


def ordered(cast: Cast, new_page: NewPage) -> Page:
    """A check with three sources, the last of which was put first."""
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for title in ("The register of the port", "A letter of the mayor", "The ferry’s timetable"):
        cited = workflow.save_citation(
            check, workflow.SourceDraft(title), person=cast.ann, stance="context"
        )
    workflow.place_citation(check, cited, 0, person=cast.ann)
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}#panel")
    expect(page.locator("[data-movable][draggable=true]")).to_have_count(3)
    return page


def picking(cast: Cast, new_page: NewPage) -> Page:
    article, claim = cast.checking()
    cited = workflow.save_citation(
        c.check_of(claim, cast.ann),
        workflow.SourceDraft("The ferry returns", url="https://news.example/ferry"),
        person=cast.ann,
        stance="supports",
    )
    words = "<p>The town pays for it.</p>" * 20 + "<p>The ferry returns in spring.</p>"
    workflow.keep_copy(
        cited.source, words.encode(), person=cast.ann, name="a.html", media_type="text/html"
    )
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}&cite={cited.uuid}")
    page.get_by_role("button", name="Pick it in the saved copy").click()
    dialog = page.get_by_role("dialog", name="The saved copy")
    dialog.get_by_label("Find words").fill("returns")
    expect(dialog).to_contain_text("1 of 1")
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-chosen]")).to_have_text("The ferry returns in spring.")
    return page


def linked(cast: Cast, new_page: NewPage) -> Page:
    words = "closed in 2021"
    article = c.import_text(cast.desk, cast.eda, f"The line was {words}, the mayor said.")
    start = article.revision.text.index(words)
    article.revision.links.create(
        start=start, end=start + len(words), address="https://news.example/closed"
    )
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/?sentence=1#panel")
    expect(page.locator("#panel a[href='https://news.example/closed']")).to_be_visible()
    return page


def left_out(cast: Cast, new_page: NewPage) -> Page:
    page = new_page(cast.eda)
    page.goto("/desk/articles/add/")
    file: FilePayload = {
        "name": "ferry.html", "mimeType": "text/html", "buffer": saved_page(PICTURED).encode()
    }  # fmt: skip
    page.get_by_label("Or a file").set_input_files([file])
    page.get_by_role("button", name="Preview the sentences").click()
    page.get_by_text("Look at what was left out").click()
    page.get_by_role("button", name="Take in").first.click()
    expect(page.get_by_role("button", name="Leave out")).to_be_visible()
    return page


def rows_of_a_table(cast: Cast, new_page: NewPage) -> Page:
    article = imported(cast)
    page = new_page(cast.eda)
    page.goto(f"/articles/{article.pk}/")
    row = page.locator("[data-text] [data-start]", has_text="3,900").first
    row.scroll_into_view_if_needed()
    expect(row).to_be_visible()
    return page


def chosen_by_number(cast: Cast, new_page: NewPage) -> Page:
    """The form of a source, its stance taken by one press."""
    page = check_page(cast, new_page)
    page.keyboard.press("s")
    expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    expect(page.get_by_label("Contradicts the claim")).to_be_checked()
    return page


def checked_by_others(cast: Cast, new_page: NewPage) -> Page:
    article, claim = cast.checking()
    EarlierCheck.objects.create(
        desk=cast.desk,
        added_by=cast.eda,
        external_id="1",
        claim=f"{claim.claim_reviewed} Says the mayor.",
        publisher="The Lantern",
        rating="Mostly false",
        url="https://lantern.example/1",
        published_on="2026-03",
    )
    page = new_page(cast.ann)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.get_by_text("Others have checked this").click()
    expect(page.get_by_text("Mostly false")).to_be_visible()
    return page


def claims_refused(cast: Cast, new_page: NewPage) -> Page:
    cast.marked()
    page = new_page(cast.eda)
    page.goto("/desk/claims/")
    page.get_by_text("Set aside", exact=True).first.click()
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one claim.")
    return page


def noted_source(cast: Cast, new_page: NewPage) -> Page:
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    draft = workflow.SourceDraft("The town’s ferry log", url="https://town.example/log")
    cited = workflow.save_citation(check, draft, person=cast.ann, stance="supports")
    assert cited.annotation is not None
    needs = "Needs a primary source: the log itself, not a report of it."
    workflow.add_note(cited.annotation, cited.source, needs, person=cast.ann)
    page = new_page(cast.ann)
    page.goto(reverse("source", args=[cited.source.uuid]))
    expect(page.get_by_text(needs, exact=True)).to_be_visible()
    return page


ARCHIVED = "https://web.archive.org/web/20261129101500/https://records.example/Ann"
TOLD = {"status": "success", "job_id": "spn2-0123abcd", "timestamp": "20261129101500"}


def saved_by_others(cast: Cast, new_page: NewPage) -> Page:
    """The Internet Archive has it, the desk’s own archive will not."""
    _article, claim = cast.published()
    claim.refresh_from_db()
    assert claim.verdict is not None
    source = claim.verdict.citations.get().source
    workflow.keep_copy(source, b"<p>The ferry returns.", person=cast.ann, name="ferry.html")
    now = timezone.now()
    there = ArchiveRequest.objects.create(
        source=source, service="internet_archive", state="answered", finished_at=now,
        archived_url=ARCHIVED, archived_at=now,
    )  # fmt: skip
    ArchiveAnswer.objects.create(request=there, status=200, said={"job_id": "spn2-0123abcd"})
    ArchiveAnswer.objects.create(request=there, status=200, said=TOLD)
    said = {"said": "This site asks archives to stay away."}
    refused = ArchiveRequest.objects.create(
        source=source, service="own", state="failed", finished_at=now, problem="said",
        about_problem=said,
    )  # fmt: skip
    words = {"status": "failed", "error": said["said"]}
    ArchiveAnswer.objects.create(request=refused, status=200, said=words)
    page = new_page(cast.eda)
    page.goto(reverse("source", args=[source.uuid]))
    page.get_by_text("What it answered, word for word").first.click()
    expect(page.get_by_text("spn2-0123abcd").first).to_be_visible()
    return page


STATES = {
    "note-on-source": noted_source,
    "saved-by-others": saved_by_others,
    "claims-refused": claims_refused,
    "queue-empty": empty_queue,
    "import-preview": import_preview,
    "import-duplicate": import_duplicate,
    "selection": selected_words,
    "wording-refused": refused_wording,
    "marks-removed": marks_taken_out,
    "keys": list_of_keys,
    "signed-out": signed_out,
    "offline": offline,
    "conflict": conflict,
    "submit-refused": submit_refused,
    "discussion": discussed,
    "decision-refused": decision_refused,
    "approve-blocked": not_yet_ready,
    "citations-ordered": ordered,
    "pick-passage": picking,
    "links": linked,
    "rows": rows_of_a_table,
    "stance": chosen_by_number,
    "left-out": left_out,
    "checked-by-others": checked_by_others,
    "long": long,
}


@IN_LOOKS
@pytest.mark.parametrize("name", STATES)
def test_a_state_is_well_in_every_look(transactional_db, new_page, name, looks):
    def wide(person):
        return new_page(person, refusals=(401, 403, 409, 422), viewport=WIDE)

    page = STATES[name](Cast(), wide)
    assert objections(page, name, looks) == []


@IN_LOOKS
def test_a_lost_database_is_well_in_every_look_and_what_was_typed_is_sent_later(
    transactional_db, new_page, monkeypatch, looks
):
    def lost(*_args: object, **_fields: object) -> None:
        raise OperationalError("the server closed the connection")

    cast = Cast()
    article = cast.article()
    page = new_page(cast.eda, refusals=(503,), viewport=WIDE)
    page.goto(f"/articles/{article.pk}/details/")
    page.locator("[name=title]").fill("Typed as the server fell")
    with monkeypatch.context() as patched:
        patched.setattr("annotations.workflow.describe", lost)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The database does not answer")
        expect(page.locator("main")).to_contain_text("Typed as the server fell")
        assert objections(page, "lost-database", looks) == []
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("body")).to_contain_text("Typed as the server fell")
    article.refresh_from_db()
    assert article.title == "Typed as the server fell"
