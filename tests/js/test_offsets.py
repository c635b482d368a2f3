"""What the browser and the server must see alike in a text: characters, words, edges."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from playwright.sync_api import Page

from annotations.text import anchors
from tests.text import texts

ODD = {
    "emoji": "👩‍👩‍👧 “Café” cost 5\u00a0€ 🏴‍☠️\U0001f1eb\U0001f1f7 — q\u0323\u0307 fine.",
    "combining": "Cafe\u0301 N\u0303o  two spaces\u2003and\u3000wide ones",
    "chinese": "「這是」2024年的，測試。ㄅㄆㄇ注音『引用』 and Latin 𠀀𪜶々〇",
    "japanese": "ﾊﾝｶｸ カタカナーと「ひらがな」、（括弧）12人。",
    "korean": "서울은 한국의 수도이다. 漢字 섞인 글",
    "arabic": "«المعبورة» 4,000 سنة، (in 2024).",
    "hebrew": "המעבורת הביאה 4,000 איש.",
    "thai": "กรุงเทพฯ เป็นเมืองหลวง ก็ำ",
    "lines": "One line\nand another\n\nafter an empty one",
    "signs": "a_b 1½ Ⅳ ² _ -- ... ' \" <b>&amp;</b>",
}
TEXTS = ODD | {text.name: text.text for text in texts.texts()}

MAKE = """([html, text, start]) => {
    document.body.innerHTML = html;
    const sentence = document.querySelector("[data-start]");
    sentence.dataset.start = start;
    // As the page shows it: a line end is a <br>, marks cut the text nodes, a note stands between.
    for (const [n, line] of text.split("\\n").entries()) {
        if (n) sentence.append(document.createElement("br"));
        const points = [...line];
        for (let at = 0; at < points.length; at += 40) {
            const mark = document.createElement("mark");
            mark.append(points.slice(at, at + 40).join(""));
            const note = document.createElement("a");
            note.dataset.notText = "";
            note.append("\\u2060 7");
            sentence.append(mark, note);
        }
    }
}"""


def show(page: Page, text: str, start: int = 0) -> None:
    """One sentence that begins at this offset of its revision, with the page's own attributes."""
    rules = Template("{% load workbench %}{% text_rules %}").render(Context())
    html = f"<div data-text{rules}><p data-start></p></div>"
    page.evaluate(MAKE, [html, text, start])


@pytest.mark.heart
def test_words_and_lengths_are_the_servers(blank):
    """In every text of the collection, and in ten odd ones."""
    for name, text in TEXTS.items():
        show(blank, text, 7)
        words, length, read = blank.evaluate(
            """async () => {
                const offsets = await import("/static/js/offsets.js");
                const sentence = document.querySelector("[data-start]");
                const words = offsets.wordsOf(sentence).map((word) => [word.start, word.end]);
                return [words, offsets.endOf(sentence) - 7, offsets.textOf(sentence)];
            }"""
        )
        assert read == text, name
        assert length == len(text), name
        theirs = [(start - 7, end - 7) for start, end in words]
        assert theirs == anchors.words(text, 0, len(text)), name


@pytest.mark.heart
def test_a_span_shown_in_the_page_is_read_back_as_the_same_span(blank):
    """Each word by itself, and each with all before it, there and back."""
    for name, text in ODD.items():
        show(blank, text, 7)
        spans = anchors.words(text, 0, len(text))
        spans += [(0, end) for _start, end in spans]
        found = blank.evaluate(
            """async (spans) => {
                const offsets = await import("/static/js/offsets.js");
                const { rangeOf, selectionSpan, textBetween } = offsets;
                const root = document.querySelector("[data-text]");
                return spans.map(([start, end]) => {
                    const range = rangeOf(root, start + 7, end + 7);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                    const span = selectionSpan(root);
                    return [span.start - 7, span.end - 7, textBetween(root, start + 7, end + 7)];
                });
            }""",
            spans,
        )
        for (start, end), (from_, to, words) in zip(spans, found, strict=True):
            assert (from_, to) == (start, end), name
            assert words == text[start:end], name


@pytest.mark.heart
@pytest.mark.parametrize("name", ODD)
def test_white_space_at_the_edges_of_a_selection_is_left_out_as_the_server_does(blank, name):
    text = ODD[name]
    show(blank, text)
    for found in re.finditer(r"\s+", text):
        start, end = found.span()
        for asked in ((start, len(text)), (0, end), (start, min(end + 1, len(text)))):
            wanted = anchors._without_spaces(text, *asked)
            got = blank.evaluate(
                """async ([start, end]) => {
                    const { rangeOf, selectionSpan } = await import("/static/js/offsets.js");
                    const root = document.querySelector("[data-text]");
                    getSelection().removeAllRanges();
                    getSelection().addRange(rangeOf(root, start, end));
                    return selectionSpan(root);
                }""",
                asked,
            )
            assert got == {"start": wanted[0], "end": wanted[1]}
