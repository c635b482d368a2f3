"""A day at the desk, by script: one article from import to a correction and a retraction.

Eight people, an article of 31 sentences with ten claims, two annotations of each, one of which
goes back; once with a mouse beside the keys, once by keys alone. What they do is counted by kind,
as it was in November 2026 (docs/day.md): clicks, keys beside prose, and characters of prose; and
reckoned as then, at 40 words a minute, 0.4 s a key and 1.2 s a click. Prose is typed key by key,
each page is come to by a link or by an address that counts, and nothing moves the focus but what is
pressed. After each move it is asked where the focus stands. Nothing here measures how fast the
machine is.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Article, Assignment, Claim, Correction, Edition, User
from annotations.vocabulary import ClaimStatus, Dealing
from tests import cast as c
from tests.capture import servers
from tests.cast import Cast
from tests.drills.hands import Person, Tally
from tests.e2e.test_by_keys import POINTED

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = (
    b'<html lang="en"><title>Port register</title><meta property="og:site_name" content="The Port">'
    b'<meta property="article:published_time" content="2026-03-02">'
)
CLAIMS = [
    "The port handled 412 ships in 2025.",
    "Its cranes were bought in 1998.",
    "Night work ended in March.",
    "The town owns 60 percent of the port.",
    "Wages rose by 4 percent last year.",
    "Two docks have stood empty since May.",
    "The ferry carried 31,000 people in June.",
    "No accident was reported in three years.",
    "The new pier cost 12 million crowns.",
    "A third of the fish is sold abroad.",
]
OTHERS = [
    "The harbour woke late that day.",
    "Gulls sat on the rails.",
    "A man was mending a net.",
]
FOCUSED = "document.activeElement.matches('[data-start]') ? document.activeElement.textContent : ''"
"""The words of the sentence that has the focus."""


def article() -> str:
    """31 sentences, every third a claim."""
    body, others = [], iter(OTHERS * 7)
    for claim in CLAIMS:
        body += [next(others), claim, next(others)]
    return (
        "A port in numbers\n\n"
        + "\n\n".join([" ".join(body[n : n + 3]) for n in range(0, 30, 3)])
        + (" That is all there is to say.")
    )


SKIPS = """(element) => {
    if (document.activeElement !== document.body) return 0;
    const links = [...document.querySelectorAll("a.skip")];
    return 1 + links.findIndex((link) => document.querySelector(link.hash)?.contains(element));
}"""
"""Tabs to the link at the head of a page that skips to what holds the element; 0: there is none."""


BEFORE = Tally(clicks=63 + 13 + 6, keys=777 + 1, prose=4712 + 268 + 76)
"""What the same day took in November 2026: to publication, a correction, a retraction."""


PATIENCE = 60_000
"""Milliseconds."""


@pytest.fixture(autouse=True)
def patient():
    """However busy the machine is: nothing here asks how fast it is."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


ADDRESS = "desk.example/desk/"
"""What somebody types to come to the desk, whose site here has another name."""


class AtDesk(Person):
    """Somebody who types, and comes to the desk by a bookmark."""

    def __init__(self, page: Page, tally: Tally) -> None:
        super().__init__(page, tally)
        page.set_default_timeout(PATIENCE)

    def write(self, words: str) -> None:
        self.tally.prose += len(words)
        self.page.keyboard.type(words)

    def desk(self) -> None:
        self.tally.clicks += 1
        super().desk()

    def article(self, title: str) -> None:
        """From their queue to the article, by the list."""
        self.desk()
        self.click(self.link("Articles"))
        self.click(self.link(title))
        expect(self.page.locator("[data-text]")).to_be_visible()


class AtKeys(AtDesk):
    """Somebody without a mouse: what others click, they tab to. From a page's head they skip."""

    def __init__(self, page: Page, tally: Tally) -> None:
        super().__init__(page, tally)
        page.add_init_script(f"({POINTED})()")

    def desk(self) -> None:
        """Ctrl+L, the address in full, Enter."""
        self.tally.keys += 2 + len(ADDRESS) + 1
        self.page.goto("/desk/")

    def click(self, target: Locator | str) -> None:
        found = self.found(target)
        kind = found.evaluate("(element) => element.type || element.localName")
        if kind != "radio":
            self.to(found)
        if kind == "radio":
            self.choose(found)
        elif kind == "checkbox":
            self.press("Space")
        elif kind in ("a", "button", "submit"):
            self.press("Enter")

    def send(self, button: str) -> None:
        expect(self.button(button)).to_be_visible()
        self.press("Control+Enter")

    def choose(self, radio: Locator) -> None:
        """To the group by Tab, in it by the arrows."""
        name = radio.get_attribute("name")
        held = self.page.locator(f"input[name='{name}']:checked")
        self.to(held if held.count() else self.page.locator(f"input[name='{name}']").first)
        self.press("Space")
        for _option in range(10):
            if radio.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {radio}")

    def to(self, target: Locator) -> None:
        expect(target).to_be_visible()
        self.press(*["Tab"] * target.evaluate(SKIPS))
        if self.page.evaluate("document.activeElement.matches('.skip')"):
            self.press("Enter")
        super().to(target)


def add(editor: Person) -> None:
    editor.desk()
    editor.click(editor.link("Add article"))
    editor.click(editor.page.get_by_label("Text", exact=True))
    editor.paste(article())
    editor.click(editor.page.get_by_label("I look after it"))
    editor.send("Preview the sentences")
    editor.stands_at("h2#preview")
    editor.send("Save the article")
    expect(editor.page.locator("[data-text]")).to_contain_text("412 ships")
    editor.stands_at(".rail .hint a")


def mark_all(editor: Person) -> None:
    page = editor.page
    for number, words in enumerate(CLAIMS):
        editor.to_text()
        for _sentence in range(32):
            if words in page.evaluate(FOCUSED):
                break
            editor.press("ArrowDown")
        assert words in page.evaluate(FOCUSED)
        editor.press("m")
        plain = page.get_by_label("The claim in plain words")
        expect(plain).to_be_focused()
        editor.press("Control+a")
        editor.write(f"{words[:-1]}, the port says.")
        if number == 0:
            editor.to(page.get_by_label("Claimant"))
            editor.write("The port")
        editor.press("Control+Enter")
        expect(page.locator("#panel h2")).to_have_text(f"{words[:-1]}, the port says.")
        editor.stands_at(page.locator("[data-text] [data-start]", has_text=words))


def triage_all(editor: Person) -> None:
    page = editor.page
    editor.to_text()
    editor.press("Home", "ArrowDown")
    for _sentence in range(21):
        # Answered before the next: under load, keys typed ahead outlast the wait below.
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            editor.press("2")
    expect(page.locator(".rail .hint a")).to_have_count(0)


def open_checking(editor: Person) -> None:
    """Four check, and each claim is dealt to two of them."""
    page = editor.page
    editor.click(editor.link("Open checking"))
    for name in ("Ann", "Ben", "Cam", "Dee"):
        editor.click(page.get_by_label(name))
    editor.click(page.get_by_label(str(Dealing.DEALT.label)))
    editor.click("Open checking")
    expect(page.locator(".stage")).to_have_text("Checking")


def annotate(checker: Person, address: str) -> None:
    """Five annotations with a source each, one after the other, by keys."""
    page = checker.page
    checker.desk()
    checker.click(checker.link("Start"))
    for number in range(5):
        page.wait_for_load_state("networkidle")
        claim = int(page.locator("#panel").get_attribute("data-claim") or 0)
        choice = page.locator(f"#panel .option:has-text('{rated(claim)}')").first
        checker.press(str(choice.locator("kbd").text_content()))
        expect(choice.locator("input")).to_be_checked()
        expect(choice.locator("input")).to_be_focused()
        checker.to(page.get_by_label("Proposed finding"))
        checker.write(f"The port’s own register has it otherwise in line {claim}.")
        checker.press("Tab", "s")
        expect(page.get_by_label("Web address, DOI or ISBN")).to_be_focused()
        checker.paste(f"{address}/register/{claim}")
        checker.press("Tab", "2")
        checker.write(f"Line {claim}: see the figure in the last column.")
        expect(page.get_by_label("Title")).to_have_value("Port register")
        checker.press("Control+Enter")
        expect(page.locator("#panel .source-list")).to_contain_text("Port register")
        checker.stands_at(page.get_by_label("Justification"))
        checker.write(f"The register of the port, line {claim}, was read with the clerk on Monday.")
        checker.press("Control+Enter")
        if number < 4:
            checker.stands_at("#panel")
    page.wait_for_load_state("networkidle")
    hand_in(checker)


def rated(claim: int) -> str:
    """What a checker finds of a claim: of the last three the second finds something else."""
    handed_in = Assignment.objects.filter(claim__number=claim, status="submitted")
    return "Half" if claim > 7 and handed_in.exists() else "False"


def give_back(editor: Person) -> Assignment:
    """Of the first claim that differs, one annotation goes back."""
    page = editor.page
    editor.desk()
    editor.click(editor.link("Decide"))
    editor.click(editor.link(re.compile("^Return [A-D]$")))
    editor.to(page.locator("main textarea").first)
    editor.write("Say which month the line is of, and who of the port read it to you.")
    editor.send("Return")
    expect(page.locator(".messages")).to_be_visible()
    return Assignment.objects.get(status="returned")


def mend(checker: Person) -> None:
    """What went back is said more exactly, and handed in again."""
    page = checker.page
    checker.desk()
    checker.click(checker.link("Fix"))
    expect(page.locator("#panel")).to_contain_text("Returned to you")
    checker.to(page.get_by_label("Justification"))
    checker.press("Control+End")
    checker.write(" The line is of December 2025, and the clerk of the port read it out to us.")
    checker.press("Control+Enter")
    page.wait_for_load_state("networkidle")
    hand_in(checker)


def hand_in(checker: Person) -> None:
    checker.click(checker.page.get_by_role("link", name=re.compile("Submit")).first)
    checker.click(checker.page.get_by_role("button", name=re.compile("Submit|Hand in")).first)
    expect(checker.page.locator(".messages")).to_contain_text("submitted")
    checker.stands_at(".messages")


def decide(editor: Person, claims: list[Claim]) -> None:
    """Seven adopted at once, and three by hand."""
    editor.desk()
    editor.click(editor.link("Decide"))
    editor.click("Adopt all 7 agreed claims")
    expect(editor.page.locator(".messages")).to_contain_text("7 claims are decided.")
    for claim in claims:
        expect(editor.page.locator("h2.claimw")).to_have_text(claim.claim_reviewed)
        editor.stands_at("h2.claimw")
        decide_one(editor)
    editor.stands_at(".messages")


def decide_one(editor: Person) -> None:
    page = editor.page
    editor.click(page.get_by_role("button", name=re.compile("^Adopt [A-D]$")).first)
    expect(page.locator("#your-verdict")).to_be_focused()
    editor.click(page.get_by_label("An error"))
    editor.click(page.locator("#id_reason"))
    editor.write("The second line was overlooked.")
    editor.send("Decide and go to next")
    expect(page.locator(".messages")).to_contain_text("is decided")


def approve_and_publish(editor: Person, told: str = "") -> None:
    page = editor.page
    editor.desk()
    editor.click(editor.link("Approve"))
    editor.click(page.get_by_role("button", name=re.compile("^Approve")).first)
    expect(page.locator(".messages")).to_contain_text("approved")
    publish = page.get_by_role("button", name="Publish the article")
    if told:
        editor.stands_at("form.corrections textarea >> nth=0")
        editor.write(told)
    else:
        editor.stands_at(publish)
    editor.click(publish)
    sure = page.get_by_role("button", name=re.compile("^Publish edition"))
    editor.stands_at(sure)
    editor.click(sure)
    expect(page.locator(".messages")).to_contain_text("is published.")
    editor.stands_at(".messages")


def correct(editor: AtDesk, work: Article, claim: Claim) -> None:
    page = editor.page
    editor.article(work.title)
    editor.click(page.locator(f".rail a.claim-entry[data-claim='{claim.number}']"))
    editor.click(page.get_by_role("link", name=re.compile("^Correct")).first)
    editor.click(page.locator("main textarea").first)
    editor.write("The port sent the register of December.")
    editor.click(page.locator("main button.primary").first)
    expect(page.locator(".messages")).to_be_visible()
    editor.stands_at("h2.claimw")
    editor.desk()
    editor.click(editor.link("Decide"))
    finding = page.get_by_label("Finding*", exact=True)
    editor.click(finding)
    editor.press("Control+a")
    editor.write("The port’s register of December has one ship less.")
    if page.locator("#id_reason").count():
        expect(page.locator("#id_reason")).not_to_have_value("")  # said once, not typed again
    editor.send("Decide and go to next")
    expect(page.locator(".messages")).to_contain_text("is decided")


def retract(manager: AtDesk, editor: Person, work: Article, claim: Claim) -> None:
    manager.article(work.title)
    manager.click(manager.page.locator(f".rail a.claim-entry[data-claim='{claim.number}']"))
    manager.click(manager.page.get_by_role("link", name=re.compile("^Retract")).first)
    manager.click(manager.page.locator("main textarea").first)
    manager.write("The source was a forgery.")
    manager.click(manager.page.locator("main button.primary").first)
    expect(manager.page.locator(".messages")).to_be_visible()
    manager.stands_at("#panel")
    editor.desk()
    editor.click(editor.page.get_by_role("link", name=re.compile("^(Confirm|Look)")).first)
    editor.click(editor.page.locator("main button.primary").first)
    editor.stands_at(".messages")


NAMES = ("eda", "eli", "mia", "ola", "ann", "ben", "cam", "dee")
"""Two editors, a manager, an observer, four checkers."""


@pytest.mark.parametrize("person_at", [AtDesk, AtKeys])
def test_a_day_of_eight_people_takes_under_half_an_hour_of_hands(
    person_at, db, new_page, settings, capsys
):
    cast, tally = Cast(), Tally()
    for name in ("cam", "dee"):
        c.make_person(name, cast.desk)
    wide = {"width": 1440, "height": 900}
    people = {
        name: person_at(new_page(User.objects.get(username=name), viewport=wide), tally)
        for name in NAMES
    }
    eda, eli, mia, ola, *checkers = people.values()

    def part(name: str) -> None:
        done = f"{tally.clicks} clicks, {tally.keys} keys, {tally.prose} characters"
        tally.parts.append(f"{name}: {done} so far")

    with servers.serving(servers.page(HEAD)) as news:
        settings.FETCH_ALLOWED = [news.name]
        add(eda)
        part("added")
        mark_all(eda)
        part("marked")
        triage_all(eda)
        part("triaged")
        open_checking(eda)
        part("opened")
        for checker in checkers:
            annotate(checker, f"http://{news.name}")
        part("annotated")
        work = Article.objects.get()
        claims = list(Claim.objects.order_by("number"))
        returned = give_back(eda)
        mend(people[returned.person.username])
        part("returned and mended")
        decide(eda, claims[7:])
        part("decided")
        approve_and_publish(eli)
        part("published")
        assert Edition.objects.filter(claim__isnull=False).count() == 10
        ola.article(work.title)
        part("looked at")
        correct(eda, work, claims[0])
        approve_and_publish(eli, "The port sent December, which was missing.")
        part("corrected")
        assert Correction.objects.exists()
        retract(mia, eli, work, claims[1])
        part("retracted")
    claims[1].refresh_from_db()
    assert claims[1].status == ClaimStatus.RETRACTED
    with capsys.disabled():
        print("", *tally.parts, sep="\n")
        for name, each in (("November", BEFORE), ("now", tally)):
            print(
                f"{name}: {each.clicks} clicks, {each.keys} keys, {each.prose} characters of prose,"
                f" {each.minutes:.1f} minutes"
            )
    if person_at is AtKeys:
        assert tally.clicks == 0
    else:
        assert tally.clicks + tally.keys < BEFORE.clicks + BEFORE.keys
    assert tally.minutes < 30
