"""Marking and triage as people do it: by mouse, by keys, by touch, and by forms alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Article, Claim, Mark, Sentence
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.e2e.test_main_job import drag_over

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

TEXT = """A title

👩‍👩‍👧 The café opened. “It cost 5 florins in cash,” he said. Nobody paid 7 florins for it.

Everyone says: it cost 5 florins in cash. And then it cost 5 florins in cash again."""
REPEATED = "t cost 5 florins in cash"

HEBREW = "כותרת\n\nהמעבורת הביאה 4,000 איש בשנה שעברה. זה רציף יפה."


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def bench(article: Article, query: str = "") -> str:
    return f"/articles/{article.pk}/{query}"


def save_claim(page: Page, words: str) -> None:
    page.get_by_label("The claim in plain words").fill(words)
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator("#panel h2")).to_have_text(words)


def go_to(page: Page, number: int) -> None:
    """To a sentence by keys alone: into the text, to its first line, and down."""
    expect(page.locator("[data-text] [data-start][tabindex='0']")).to_have_count(1)
    page.keyboard.press("t")
    if page.evaluate("document.activeElement.id") == "panel":
        page.keyboard.press("t")
    page.keyboard.press("Home")
    for _sentence in range(number):
        page.keyboard.press("ArrowDown")


def marked() -> list[str]:
    return list(Mark.objects.order_by("start").values_list("exact", flat=True))


def chosen(page: Page) -> str:
    return str(page.evaluate("getSelection().toString()"))


@pytest.mark.heart
def test_words_selected_by_mouse_are_trimmed_before_ones_eyes_and_marked(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    drag_over(page, "“It cost", "in cash,”")
    page.get_by_role("button", name="Mark as claim").click()
    expect(page.locator("#panel blockquote")).to_have_text("“It cost 5 florins in cash,”")
    drag_over(page, "It cost", "in cash,”")
    page.get_by_role("button", name="Mark as claim").click()
    expect(page.locator("#panel blockquote del")).to_have_text(",”")
    expect(page.locator("#panel .trimmed-note")).to_contain_text("is left out")
    assert findings(page) == []
    save_claim(page, "It cost 5 florins.")
    assert marked() == ["It cost 5 florins in cash"]


def test_the_button_marks_what_is_selected_now_not_what_it_was_shown_for(cast, new_page):
    """A machine that is slow sees the selection rest before it is whole."""
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    drag_over(page, "It cost", "It cost")
    button = page.get_by_role("button", name="Mark as claim")
    expect(button).to_be_visible()
    button.evaluate("""(button) => {
        const { anchorNode, focusNode, anchorOffset, focusOffset } = getSelection();
        getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset + 10);
        button.click();
    }""")
    expect(page.locator("#panel blockquote")).to_have_text("It cost 5 florins")


def test_marking_and_triage_by_keys_on_a_russian_and_a_french_layout(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 1)
    press = """(options) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...options }))"""
    page.evaluate(press, {"key": "'", "code": "Digit4", "isComposing": True})
    page.evaluate(press, {"key": "é", "code": "Digit2"})
    expect(page.locator("#s2")).to_be_focused()
    expect(page.locator("[data-toast]")).to_be_visible()
    assert Sentence.objects.get(number=1).triage == "unimportant"
    page.evaluate(press, {"key": "ь", "code": "KeyM"})
    expect(page.get_by_label("The claim in plain words")).to_be_visible()


def test_what_was_left_out_can_be_taken_in(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    drag_over(page, "It cost", "in cash,”")
    page.keyboard.press("m")
    expect(page.locator("#panel blockquote")).to_have_text("It cost 5 florins in cash,”")
    expect(page.locator("#panel blockquote del")).to_have_text(",”")
    page.get_by_role("link", name="Take it in").click()
    expect(page.locator("#panel blockquote del")).to_have_count(0)
    save_claim(page, "All of it.")
    assert marked() == ["It cost 5 florins in cash,”"]


def test_words_across_sentences_and_paragraphs_are_one_mark(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    drag_over(page, "Nobody paid", "in cash.")
    page.keyboard.press("m")
    save_claim(page, "Nobody paid more.")
    assert marked() == [
        "Nobody paid 7 florins for it.\n\nEveryone says: it cost 5 florins in cash."
    ]


def test_marks_that_overlap_and_nest_each_have_their_line_and_number(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    for words in ("Nobody paid 7 florins", "paid 7 florins for it", "7 florins"):
        c.mark(article, words, cast.eda)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    expect(page.locator("mark.depth-3")).to_have_text("7 florins")
    expect(page.locator("mark.depth-2")).to_have_text("paid ")
    expect(page.locator("[data-text] .ref")).to_have_count(3)
    assert findings(page) == []


def test_repeats_are_offered_and_marked_with_the_claim(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    drag_over(page, "it cost", "in cash.")
    page.keyboard.press("m")
    expect(page.locator(".repeats")).to_have_count(0)
    drag_over(page, "And then", "in cash again")
    page.evaluate("getSelection().removeAllRanges()")
    start = article.revision.text.index("it cost 5")
    page.goto(bench(article, f"?start={start}&end={start + 25}"))
    expect(page.locator(".repeats legend")).to_have_text("These words stand in 1 more place")
    page.locator(".repeats input").check()
    assert findings(page) == []
    save_claim(page, "It cost 5 florins.")
    assert marked() == ["it cost 5 florins in cash"] * 2
    assert Claim.objects.count() == 1
    page.get_by_role("button", name=re.compile("^Undo a mark")).click()
    expect(page.locator(".messages")).to_contain_text("Undone: a mark.")
    assert marked() == []
    page.locator("#text").focus()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".messages")).to_contain_text("Done again: a mark.")
    assert marked() == ["it cost 5 florins in cash"] * 2


@pytest.mark.heart
def test_keys_alone_choose_words_from_either_end_mark_and_triage(cast, new_page):
    """No mouse event anywhere: the editor's whole job on the text, by the keyboard."""
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 2)
    assert page.evaluate("document.activeElement.id") == "s2"
    page.keyboard.press("Shift+ArrowRight")
    assert chosen(page) == "“It"
    for _word in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert chosen(page) == "cost 5"
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    assert chosen(page) == "“It cost 5 florins"
    expect(page.locator("[data-heard]")).to_have_text("“It cost 5 florins")
    page.keyboard.press("m")
    expect(page.locator("#panel blockquote del")).to_have_text("“")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "s2"
    page.keyboard.press("t")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("The claim in plain words")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("It cost 5 florins.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel h2")).to_have_text("It cost 5 florins.")
    assert marked() == ["It cost 5 florins"]

    go_to(page, 1)
    # As fast as fingers go: each is for the sentence it was pressed on, past the one with a claim.
    for key in "3423":
        page.keyboard.press(key)
    expect(page.locator("[data-toast]")).to_contain_text("Every sentence is triaged.")
    expect(page.locator(".rail .hint a[href*='sentence=']")).to_have_count(0)
    rows = Sentence.objects.filter(number__isnull=False).order_by("number")
    assert [row.triage for row in rows] == [
        "not_factual",
        "checkworthy",
        "opinion",
        "unimportant",
        "not_factual",
    ]
    page.keyboard.press("Control+z")
    expect(page.locator(".messages")).to_contain_text("Undone: triage of sentence 5.")
    assert Sentence.objects.get(number=5).triage == ""


def test_an_article_takes_a_key_for_each_sentence_without_a_claim(cast, new_page):
    """31 sentences, 10 of them with a claim: 21 keys, the first of which finds the text's place."""
    sentences = [f"In {1900 + n} the line carried {n + 2} thousand people." for n in range(31)]
    article = c.import_text(cast.desk, cast.eda, "The line\n\n" + " ".join(sentences))
    for n in range(1, 31, 3):
        c.mark(article, f"the line carried {n + 2} thousand people", cast.eda)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    page.keyboard.press("t")
    expect(page.locator("#s1")).to_be_focused()
    for _key in range(21):
        page.keyboard.press("2")
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("Every sentence is triaged.", timeout=30_000)
    counted = Counter(Sentence.objects.filter(kind="body").values_list("triage", flat=True))
    assert counted == {"unimportant": 21, "checkworthy": 10}


def test_a_sentence_that_holds_a_claim_stays_check_worthy_and_says_why(cast, new_page):
    article, _claim = cast.marked()
    page = new_page(cast.eda, viewport=WIDE, refusals=(409,))
    page.goto(bench(article, "?sentence=1"))
    go_to(page, 1)
    page.keyboard.press("4")
    expect(page.locator("[data-toast]")).to_contain_text("Set the claim aside first")
    assert Sentence.objects.get(number=1).triage == "checkworthy"


def test_a_tapped_sentence_is_selected_and_its_ends_are_moved_by_buttons(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(bench(article))
    page.locator("#s3").tap()
    bar = page.get_by_role("toolbar", name="Selected words")
    expect(bar).to_be_visible()
    assert findings(page) == []
    bar.get_by_role("group", name="First word").get_by_role("button", name="later").tap()
    for _word in range(2):
        bar.get_by_role("group", name="Last word").get_by_role("button", name="earlier").tap()
    assert chosen(page) == "paid 7 florins"
    for button in bar.get_by_role("button").all():
        box = button.bounding_box()
        if box:
            assert min(box["width"], box["height"]) >= 44
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0
    bar.get_by_role("button", name="Mark as claim").tap()
    save_claim(page, "Somebody paid 7 florins.")
    assert marked() == ["paid 7 florins"]


@pytest.mark.heart
def test_right_to_left_text_is_marked_to_the_character(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, HEBREW, language="he")
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 1)
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    assert chosen(page) == "המעבורת הביאה"
    page.keyboard.press("m")
    save_claim(page, "The ferry brought them.")
    assert marked() == ["המעבורת הביאה"]


@pytest.mark.heart
def test_emoji_combining_marks_and_line_breaks_count_as_the_server_counts(cast, new_page):
    text = "A title\n\n👩‍👩‍👧 Cafe\u0301 q\u0323\u0307 🏴‍☠️ opened at nine. It is fine."
    article = c.import_text(cast.desk, cast.eda, text)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    found = page.evaluate(
        """async () => {
            const offsets = await import("/static/js/offsets.js");
            const root = document.querySelector("[data-text]");
            const sentence = document.getElementById("s1");
            const words = offsets.wordsOf(sentence).map((w) => [w.start, w.end]);
            const range = offsets.rangeOf(root, words[4][0], words[5][1]);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            const before = offsets.selectionSpan(root);
            // The same text with a line break for the space after "opened".
            const node = range.startContainer;
            const rest = node.splitText(node.data.indexOf("opened") + 6);
            rest.data = rest.data.slice(1);
            node.after(document.createElement("br"));
            const same = offsets.rangeOf(root, words[4][0], words[5][1]);
            getSelection().removeAllRanges();
            getSelection().addRange(same);
            return [words, before, offsets.selectionSpan(root), same.toString()];
        }"""
    )
    kept = article.revision.text
    words, before, after, shown = found
    assert [kept[start:end] for start, end in words] == kept.split("\n")[-1].split(" It")[0].split()
    assert kept[before["start"] : before["end"]] == "opened at"
    assert after == before
    assert shown == "openedat"


def test_a_page_that_shows_other_words_cannot_mark(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    page.evaluate("document.getElementById('s3').lastChild.data = 'Nobody paid 9 florins for it.'")
    go_to(page, 3)
    page.keyboard.press("m")
    expect(page.locator("#panel .problem-line")).to_contain_text("Those words are not in the text")
    assert marked() == []


def test_letters_turned_off_stay_off_and_the_dialog_gives_the_focus_back(cast, new_page):
    article, _claim = cast.marked()
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 2)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "s2"
    page.keyboard.press("?")
    page.get_by_label("Use single-letter keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    go_to(page, 2)
    for key in ("m", "3", "j", "?"):
        page.keyboard.press(key)
    expect(page.locator("#panel form")).to_have_count(0)
    expect(page.locator("#keys")).to_be_hidden()
    assert Sentence.objects.get(number=2).triage == "unimportant"
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use single-letter keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#panel h2")).to_contain_text("It is so that")


def test_next_and_previous_keep_the_filter_one_came_with(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    for words in ("The café opened", "5 florins", "7 florins", "And then"):
        c.mark(article, words, cast.eda, claim_reviewed=f"So: {words}")
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    page.keyboard.press("/")
    page.keyboard.type("florins")
    page.keyboard.press("Enter")
    expect(page.locator(".rail a.claim-entry")).to_have_count(2)
    expect(page.locator(".rail")).to_contain_text("2 of 4 claims")
    page.keyboard.press("j")
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 2 of 4")
    page.get_by_role("link", name="Next claim").first.click()
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 3 of 4")
    assert "q=florins" in page.url
    expect(page.get_by_role("link", name="Next claim")).to_have_count(0)
    page.reload()
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 3 of 4")
    page.keyboard.press("k")
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 2 of 4")


def test_forms_alone_mark_triage_undo_and_put_back(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    page = new_page(cast.eda, viewport=WIDE, java_script_enabled=False)
    page.goto(bench(article, "?sentence=3"))
    page.get_by_label("First word").select_option(label="paid (3)")
    page.get_by_label("Last word").select_option(label="florins (3)")
    page.get_by_role("button", name="Mark as claim").click()
    expect(page.locator("[data-text] .selected-words")).to_have_text("paid 7 florins")
    save_claim(page, "Somebody paid.")
    assert marked() == ["paid 7 florins"]
    page.get_by_role("button", name="Take this mark out").click()
    expect(page.locator(".messages")).to_contain_text("taken out")
    assert marked() == []
    page.get_by_role("link", name="Removed marks").click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#panel h2")).to_have_text("Somebody paid.")
    page.goto(bench(article, "?sentence=1"))
    page.get_by_label("No factual claim").check()
    page.get_by_role("button", name="Save and go to next").click()
    expect(page.locator("#panel .crumb")).to_have_text("Sentence 2")
    page.get_by_role("button", name=re.compile("^Undo triage of sentence 1")).click()
    expect(page.locator("#panel .crumb")).to_have_text("Sentence 1")
    assert Sentence.objects.get(number=1).triage == ""
    page.get_by_role("button", name=re.compile("^Redo")).click()
    expect(page.locator(".messages")).to_contain_text("Done again")
    assert Sentence.objects.get(number=1).triage == "not_factual"


def test_words_are_added_to_the_claim_that_is_in_the_panel(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    c.mark(article, "The café opened", cast.eda)
    second = c.mark(article, "5 florins", cast.eda)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article, f"?claim={second.pk}"))
    page.locator(".rail a.claim-entry").first.click()
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 1 of 2")
    page.locator(".rail a.claim-entry").last.click()
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 2 of 2")
    drag_over(page, "paid 7", "florins for it")
    page.get_by_role("button", name="Add to claim 2").click()
    page.get_by_role("button", name="Add to the claim").click()
    expect(page.locator("#panel blockquote")).to_have_text(["5 florins", "paid 7 florins for it"])
    assert second.marks.count() == 2


def test_on_a_phone_a_claim_that_was_asked_for_is_brought_into_view(cast, new_page):
    article = c.import_text(cast.desk, cast.eda, TEXT)
    claims = [c.mark(article, words, cast.eda) for words in ("The café opened", "7 florins")]
    page = new_page(cast.eda, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(bench(article, f"?claim={claims[0].pk}"))
    page.get_by_role("link", name="Claim 2: No rating yet.").tap()
    expect(page.locator("#panel .crumb")).to_contain_text("Claim 2 of 2")
    expect(page.locator("#panel h2")).to_be_in_viewport()
    bar = page.get_by_role("navigation", name="Claim", exact=True)
    expect(bar.get_by_role("link", name="Claim 2")).to_have_count(1)
    expect(bar.get_by_role("link", name="Next claim")).to_have_count(0)
    assert f"claim={claims[0].pk}" in str(bar.locator("[data-to=previous]").get_attribute("href"))


def test_the_bar_stays_below_the_words_when_the_window_changes(db, new_page):
    cast = Cast()
    article = cast.article()
    page = new_page(cast.eda, viewport={"width": 1440, "height": 900})
    page.goto(f"/articles/{article.pk}/")
    drag_over(page, "The line", "4,000 people")
    bar = page.locator(".pop")
    expect(bar).to_be_visible()
    below = """() => {
      const words = [...CSS.highlights.get("pick")][0].getClientRects();
      return document.querySelector(".pop").getBoundingClientRect().top - [...words].at(-1).bottom;
    }"""
    gap = page.evaluate(below)
    page.set_viewport_size({"width": 560, "height": 900})
    page.wait_for_function(f"Math.abs(({below})() - {gap}) < 2")


def test_words_selected_before_the_script_came_are_offered_when_it_comes(db, new_page):
    cast = Cast()
    article = cast.article()
    page = new_page(cast.eda)
    held: list[Route] = []
    page.route("**/js/select.js", lambda route: held.append(route))
    page.goto(f"/articles/{article.pk}/", wait_until="commit")
    page.wait_for_function("document.readyState === 'interactive'")
    drag_over(page, "The line", "4,000 people")
    page.wait_for_function("String(getSelection()).endsWith('people')")
    held[0].continue_()
    expect(page.get_by_role("button", name="Mark as claim")).to_be_visible()


def test_after_a_mark_the_keys_go_on_from_its_sentence(cast, new_page):
    """They began at the top again: ten claims in thirty sentences took 160 presses to get back."""
    article = c.import_text(cast.desk, cast.eda, TEXT)
    claim = c.mark(article, "5 florins", cast.eda)
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    page.keyboard.press("t")
    expect(page.locator("[data-start]:focus")).to_contain_text("5 florins")
