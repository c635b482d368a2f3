"""Words of a long sentence chosen by keys alone, by few of them, and marked to the character."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Mark
from tests import cast as c
from tests.cast import Cast
from tests.e2e.looks import findings
from tests.e2e.test_marking import WIDE, bench, chosen, go_to, marked, save_claim
from tests.js.choosing import marking, read, ways
from tests.js.test_choosing import AT_MOST, LONG

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = LONG["quotes and commas"]


@pytest.fixture
def page(db, new_page) -> Page:
    cast = Cast()
    article = c.import_text(cast.desk, cast.eda, f"A title\n\n{SENTENCE}\n\nIt is so, they say.")
    page: Page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 1)
    return page


def press(page: Page, keys: list[str]) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_spans_all_over_the_sentence_take_eight_keys_at_most(page):
    """The keys are those of the shortest way, which tests/js/test_choosing.py counts for all."""
    assert page.evaluate("document.activeElement.id") == "s1"
    sentence = read(page, "#s1")
    found = ways(sentence)
    text = page.evaluate("document.getElementById('s1').textContent")
    base = sentence.words[0][0]
    spans = sorted(found)
    longest = max(found, key=lambda span: len(found[span] + marking(found[span])))
    for span in [*spans[:: len(spans) // 30], longest]:
        press(page, found[span])
        assert len(found[span] + marking(found[span])) <= AT_MOST
        assert chosen(page) == text[span[0] - base : span[1] - base], found[span]
        press(page, ["Escape", "Escape"])
        assert chosen(page) == ""
    press(page, found[longest] + marking(found[longest]))
    expect(page.get_by_label("The claim in plain words")).to_be_focused()


@pytest.mark.heart
def test_behind_the_last_sentence_nothing_takes_the_keys_from_it(page):
    """The bar over selected words waits in the text: none of it is a sentence."""
    last = page.locator("#s2")
    press(page, ["End"])
    expect(last).to_be_focused()
    press(page, ["ArrowDown", "ArrowRight"])
    expect(last).to_be_focused()
    press(page, ["ArrowUp"])
    expect(page.locator("#s1")).to_be_focused()


def test_a_selection_that_runs_out_behind_the_last_sentence_ends_with_it(page):
    page.evaluate(
        """() => {
            const range = document.createRange();
            range.setStart(document.getElementById("s2").firstChild, 0);
            const text = document.querySelector("[data-text]");
            range.setEnd(text, text.childNodes.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("m")
    expect(page.get_by_label("The claim in plain words")).to_be_focused()
    save_claim(page, "It is so.")
    assert marked() == ["It is so, they say."]


def test_first_and_last_word_by_their_letters_and_enter_marks(page):
    press(page, ["w", "u"])
    hint = page.locator("[data-letters]")
    expect(hint).to_have_text("First word begins with: u")
    expect(page.locator("[data-heard]")).to_have_text("“unemployment")
    press(page, ["Enter"])
    expect(page.locator("[data-heard]")).to_contain_text("Last word begins with:")
    press(page, ["2", "0", "2"])
    assert chosen(page) == "“unemployment fell by a third between 2019 and 2023,"
    assert findings(page) == []
    press(page, ["Enter"])
    expect(page.get_by_label("The claim in plain words")).to_be_focused()
    save_claim(page, "It fell by a third.")
    assert marked() == ["unemployment fell by a third between 2019 and 2023"]
    page.keyboard.press("Control+z")
    expect(page.locator(".messages")).to_contain_text("Undone")
    assert not Mark.objects.exists()


def test_letters_choose_words_and_nothing_else_until_enter_or_escape(page):
    press(page, ["w", "t", "ArrowRight"])
    assert chosen(page) == "took"
    press(page, ["ArrowLeft", "ArrowLeft"])
    assert chosen(page) == "to", "round the end"
    press(page, ["Backspace", "x"])
    expect(page.locator("[data-heard]")).to_have_text("No word begins with x")
    press(page, ["Escape", "m"])
    expect(page.locator("#panel blockquote")).to_be_visible()


def test_clauses_from_where_one_stands(page):
    press(page, ["w", "w", "Control+Shift+ArrowRight"])
    assert chosen(page) == "who took office in May,"
    press(page, ["Alt+Shift+ArrowUp"])
    assert chosen(page) == "The minister, who took office in May,"
    press(page, ["Control+Shift+ArrowDown", "Control+Shift+ArrowRight"])
    assert chosen(page) == "who took office in May, told the committee that"
    press(page, ["Control+Shift+ArrowLeft", "Shift+ArrowLeft"])
    assert chosen(page) == "who took office in"


def test_selecting_begins_at_the_word_that_was_clicked(page):
    box = page.evaluate(
        """async () => {
            const { rangeOf, wordsOf } = await import("/static/js/offsets.js");
            const word = wordsOf(document.getElementById("s1"))[5];
            const box = rangeOf(document.querySelector("[data-text]"), word.start, word.end)
                .getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.click(*box)
    page.keyboard.press("Shift+ArrowRight")
    assert chosen(page) == "in"
    page.keyboard.press("Shift+ArrowRight")
    assert chosen(page) == "in May,"


def test_the_letters_of_a_cyrillic_layout_are_found_and_the_key_is_where_w_is(db, new_page):
    cast = Cast()
    article = c.import_text(cast.desk, cast.eda, "Слово\n\nОн сказал, что это стоит сто рублей.")
    page = new_page(cast.eda, viewport=WIDE)
    page.goto(bench(article))
    go_to(page, 1)
    pressed = """(keys) => {
        for (const [key, code] of keys) document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(pressed, [["ц", "KeyW"], ["с", "KeyC"], ["т", "KeyN"]])
    assert chosen(page) == "стоит"
    page.evaluate(pressed, [["Enter", "Enter"], ["р", "KeyH"]])
    assert chosen(page) == "стоит сто рублей."


def test_with_letters_turned_off_the_arrows_still_choose(page):
    page.evaluate("localStorage.setItem('keys:off', 'yes')")
    press(page, ["w"])
    assert chosen(page) == ""
    press(page, ["Shift+ArrowRight", "Control+Shift+ArrowRight"])
    assert chosen(page) == "The minister,"


def test_an_input_method_at_work_chooses_nothing(page):
    page.keyboard.press("w")
    page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
            { key: "u", code: "KeyU", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert chosen(page) == "The"
