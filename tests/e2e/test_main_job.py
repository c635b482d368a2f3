"""From a news article to a published and corrected verdict, as four people in a browser."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def drag_over(page: Page, first: str, last: str) -> None:
    """Select with the mouse from the beginning of `first` to the end of `last`.

    As a person would, once more where the page moved under the pointer.
    """
    for _try in range(3):
        drag_once(page, first, last)
        selected = " ".join(page.evaluate("String(getSelection())").split())
        if selected.startswith(first[:12]) and selected.endswith(last[-12:]):
            return


def drag_once(page: Page, first: str, last: str) -> None:
    box = page.evaluate(
        """async ([first, last]) => {
            // Letters stand elsewhere once the styles and the fonts they name have come.
            for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
              if (!link.sheet) await new Promise((done) => link.addEventListener("load", done));
            }
            await Promise.allSettled([...document.fonts].map((face) => face.load()));
            const root = document.querySelector("[data-text]");
            const nodes = [];
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const find = (words) => nodes.find((node) => node.data.includes(words));
            const [a, b] = [find(first), find(last)];
            const from = a.data.indexOf(first), to = b.data.indexOf(last) + last.length;
            a.parentElement.scrollIntoView({ block: "center" });
            const range = document.createRange();
            range.setStart(a, from);
            range.setEnd(a, from + 1);
            const start = range.getBoundingClientRect();
            range.setStart(b, to - 1);
            range.setEnd(b, to);
            const end = range.getBoundingClientRect();
            const middle = (box) => box.top + box.height / 2;
            return [start.left + 1, middle(start), end.right - 1, middle(end)];
        }""",
        [first, last],
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, steps=4)
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def import_as(page: Page, text: str, **fields: str) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Add article").click()
    page.get_by_label("Text", exact=True).fill(text)
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.get_by_role("button", name="Preview the sentences").click()
    expect(page.get_by_role("heading", name="sentences")).to_be_visible()


def mark(page: Page, first: str, last: str, claim: str, reading: str, claimant: str) -> None:
    drag_over(page, first, last)
    expect(page.get_by_role("button", name="Mark as claim")).to_be_visible()
    if first == last:
        page.keyboard.press("m")
    else:
        page.get_by_role("button", name="Mark as claim").click()
    page.get_by_label("The claim in plain words").fill(claim)
    page.get_by_label("How we read it").fill(reading)
    page.get_by_label("Claimant").fill(claimant)
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#panel h2")).to_have_text(claim)
    expect(page.locator("[data-text] [data-start][tabindex='0']")).to_be_focused()


def cite(page: Page, title: str, stance: str, passage: str) -> None:
    page.get_by_role("button", name="Add source").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Publisher").fill("The archive")
    page.get_by_label("Web address").fill(f"https://records.example/{title.replace(' ', '-')}")
    page.get_by_label(stance).check()
    page.get_by_label("Passage").fill(passage)
    page.get_by_role("button", name="Save source").click()
    expect(page.locator("#panel")).to_contain_text(title)
    expect(page.get_by_role("button", name="Add source")).to_be_focused()


def check(page: Page, rating: str, finding: str, why: str, sources: list[tuple[str, str]]) -> None:
    page.locator(".option", has_text=rating).first.click()
    page.get_by_label("Proposed finding").fill(finding)
    page.get_by_label("Justification").fill(why)
    for title, stance in sources:
        cite(page, title, stance, f"So says {title}.")


@dataclass(frozen=True)
class Story:
    """One article's own words: what is marked, who says it, and which sentences are left."""

    file: str
    title: str
    is_sample: bool
    within: str
    across: tuple[str, str]
    touched: str
    left: tuple[tuple[int, int], ...]
    claimant: str


STORIES = [
    Story(
        "lavrov-consulate.txt",
        "Lavrov said",
        True,
        "We never asked them to close the consulate general as they did",
        ("It was their initiative", "what caused it"),
        "sentences 11–12",
        ((1, 9), (13, 17)),
        "Sergei Lavrov",
    ),
    Story(
        "orsolet-baths.txt",
        "Orsolet’s old baths",
        False,
        "The baths closed on 14 February 2021, the day the old boiler failed",
        ("We never turned money down", "offered us any"),
        "sentences 8–9",
        ((1, 2), (4, 7), (10, 17)),
        "Ilsa Marrender",
    ),
]


SAMPLE, CHECKED = STORIES


@pytest.mark.heart
@pytest.mark.parametrize(
    "story",
    [
        pytest.param(CHECKED, id=CHECKED.file),
        pytest.param(SAMPLE, id=SAMPLE.file, marks=pytest.mark.drill),
    ],
)
def test_four_people_take_an_article_to_a_corrected_edition(story, db, new_page):
    cast = Cast(is_sample=story.is_sample)
    eda, ann, ben, eli = (
        new_page(person, refusals=(422,)) for person in (cast.eda, cast.ann, cast.ben, cast.eli)
    )

    # The editor adds the article, marks two claims, triages the rest and opens checking.
    import_as(eda, (FIXTURES / story.file).read_text(encoding="utf-8"), Outlet="The Test")
    expect(eda.locator(".sentence-list .head").first).to_contain_text(story.title)
    eda.get_by_role("button", name="Save").click()
    expect(eda.locator(".rail .hint a")).to_be_focused()
    mark(eda, story.within, story.within, "This did not happen.", "A request.", story.claimant)
    first, last = story.across
    mark(eda, first, last, "This did.", "Who decided.", story.claimant)
    expect(eda.locator("#panel .crumb")).to_contain_text(f"Claim 2 of 2, {story.touched}")
    eda.get_by_role("link", name=re.compile(r"^Sentence 1\b")).first.click()
    for first, last in story.left:
        expect(eda.locator("#panel .crumb")).to_have_text(f"Sentence {first}")
        eda.get_by_label("No factual claim").check()
        eda.get_by_label("Say the same of every sentence not triaged yet, up to").fill(str(last))
        eda.get_by_role("button", name="Save and go to next").click()
    expect(eda.locator(".rail .hint a")).to_have_count(0)
    eda.get_by_role("link", name="Open checking").click()
    eda.get_by_label("Ann").check()
    eda.get_by_label("Ben").check()
    eda.get_by_role("button", name="Open checking").click()
    expect(eda.locator(".stage")).to_have_text("Checking")
    article = eda.url.split("/articles/")[1].split("/")[0]

    # The first checker writes, leaves, comes back to the draft, and submits.
    ann.goto("/desk/")
    ann.get_by_role("link", name="Start").click()
    check(
        ann,
        "False",
        "MARKER the note asked for it.",
        "MARKER because of the note.",
        [("MARKER note", "Contradicts the claim"), ("MARKER list", "Gives context")],
    )
    ann.goto("/desk/")
    ann.get_by_role("link", name="Continue").click()
    expect(ann.get_by_label("Proposed finding")).to_have_value("MARKER the note asked for it.")
    expect(ann.locator("#panel .source-list")).to_contain_text("MARKER list")

    # The second checker sees none of it, nor that there is any.
    for address in ("/desk/", f"/articles/{article}/", f"/articles/{article}/history/"):
        ben.goto(address)
        assert "MARKER" not in ben.content()
        assert "Ann started" not in ben.content()

    ann.get_by_role("button", name="Save and go to next").click()
    expect(ann.locator("#panel .crumb")).to_contain_text("Claim 2")
    expect(ann.locator("#panel")).to_be_focused()
    check(ann, "True", "It was.", "The record says so.", [("Record", "Supports the claim")])
    ann.get_by_role("link", name="Submit annotations").click()
    ann.get_by_role("button", name="Submit ").click()
    expect(ann.locator(".messages")).to_contain_text("2 annotations are submitted.")
    expect(ann.locator(".messages")).to_be_focused()
    ben.goto(f"/articles/{article}/")
    assert "MARKER" not in ben.content()
    assert "Submitted" not in ben.locator(".rail").inner_text()
    check(ben, "Half", "It was half so.", "Two notes differ.", [("Second note", "Gives context")])
    ben.get_by_role("button", name="Save and go to next").click()
    check(ben, "True", "It was so.", "The same record.", [("Record", "Supports the claim")])
    ben.get_by_role("link", name="Submit annotations").click()
    ben.get_by_role("button", name="Submit ").click()

    # An editor who did neither decides; another approves and publishes.
    eda.goto("/desk/")
    eda.get_by_role("link", name="Decide").click()
    expect(eda.locator(".pair")).to_contain_text("MARKER because of the note.")
    expect(eda.locator(".pair")).to_contain_text("Two notes differ.")
    eda.locator("#verdict .option", has_text="False").click()
    eda.get_by_label("Finding*", exact=True).fill("The note asked for it.")
    eda.get_by_label("Justification").fill("The first note is signed.")
    eda.get_by_role("button", name="Decide and go to next").click()
    expect(eda.locator(".problem")).to_be_focused()
    eda.get_by_label("A missing source").check()
    eda.get_by_label("Reason").fill("Ben had not seen the signed note.")
    eda.get_by_role("button", name="Decide and go to next").click()
    eda.get_by_role("button", name="Adopt 1 agreed claim").click()
    expect(eda.locator(".messages")).to_contain_text("1 claim is decided.")
    eli.goto("/desk/")
    eli.get_by_role("link", name="Approve").click()
    expect(eli.frame_locator("iframe").locator("h1")).to_contain_text(story.title)
    is_at_head = "document.activeElement === document.body"
    assert eli.evaluate(is_at_head), "a page that is only opened is read from its head"
    eli.get_by_role("button", name="Approve all 2 verdicts").click()
    publish = eli.get_by_role("button", name="Publish")
    expect(publish).to_be_focused()
    expect(publish).to_have_accessible_description(re.compile("approved"))
    publish.click()
    sure = eli.get_by_role("button", name="Publish edition 1")
    expect(sure).to_be_focused()
    expect(sure).to_have_accessible_description(re.compile("2 claims become public"))
    sure.press("Enter")
    expect(eli.locator(".messages")).to_contain_text("Edition 1 is published.")

    # Anyone reads the annotated article and the claim's own page.
    reader = new_page()
    reader.goto("/")
    reader.get_by_role("link", name=story.title).click()
    note = reader.get_by_role("link", name="Claim 1: False. Read the note.")
    note.click()
    expect(reader.locator("#note-1")).to_contain_text("The note asked for it.")
    assert "Ben had not seen" not in reader.content()
    reader.locator("#note-1").get_by_role("link", name="Full check").click()
    expect(reader.locator("h1")).to_have_text("This did not happen.")
    expect(reader.locator(".evidence-list")).to_contain_text("MARKER note")
    structured = reader.locator('script[type="application/ld+json"]')
    if story.is_sample:
        expect(structured).to_have_count(0)
        expect(reader.locator(".sample")).to_contain_text("Sample.")
        expect(reader.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    else:
        data = json.loads(structured.inner_text())
        assert data["@type"] == "ClaimReview"
        assert data["claimReviewed"] == "This did not happen."
        assert data["reviewRating"]["alternateName"] == "False"
        assert data["itemReviewed"]["author"]["name"] == story.claimant
        assert reader.url == data["url"]

    # Later an editor corrects it, in public.
    eli.locator(".rail a.claim-entry").first.click()
    eli.get_by_role("link", name="Correct").click()
    eli.get_by_label("Why is it opened again?").fill("A reader sent a second note.")
    eli.get_by_role("button", name="Reopen the claim").click()
    reader.reload()
    expect(reader.locator(".review")).to_contain_text("Being reviewed.")
    eda.goto("/desk/")
    eda.get_by_role("link", name="Decide").click()
    eda.locator("#verdict .option", has_text="Half").click()
    eda.get_by_label("Finding*", exact=True).fill("The note asked for half of it.")
    eda.get_by_label("A missing source").check()
    eda.get_by_label("Reason").fill("The second note.")
    eda.get_by_role("button", name="Decide and go to next").click()
    expect(eda.locator(".messages")).to_contain_text("is decided")
    eli.goto("/desk/")
    eli.get_by_role("link", name="Approve").click()
    eli.get_by_role("button", name=re.compile("Approve claim")).click()
    eli.get_by_label("Kind of change").select_option(label="Correction")
    eli.get_by_label("Why, in public").fill("We had not seen the second note.")
    eli.get_by_role("button", name="Publish the article").click()
    sure = eli.get_by_role("button", name="Publish edition 2")
    expect(sure).to_be_focused()
    expect(eli.get_by_label("Why, in public")).to_have_value("We had not seen the second note.")
    sure.click()
    expect(eli.locator(".messages")).to_contain_text("Edition 2 is published.")
    reader.reload()
    expect(reader.locator(".history-list")).to_contain_text("We had not seen the second note.")
    expect(reader.locator(".history-list del").first).to_have_text("False")
    expect(reader.locator(".review")).to_have_count(1)
    expect(reader.locator(".review")).not_to_contain_text("Being reviewed.")
    assert Claim.objects.filter(status="published").count() == 2
