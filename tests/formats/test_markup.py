"""What people write with a little formatting: what becomes of it, and what never does."""

from __future__ import annotations

import re

import pytest
from django.utils.html import conditional_escape
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from annotations.formats.markup import (
    ELEMENTS,
    HEADINGS,
    LONGEST,
    line_in_words,
    linked,
    plain,
    rendered,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One line\nand another", "<p>One line<br>\nand another</p>"),
        ("*so* and **so**", "<p><em>so</em> and <strong>so</strong></p>"),
        ("# How\n\n## Why", "<h2>How</h2>\n<h3>Why</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("> he said", "<blockquote>\n<p>he said</p>\n</blockquote>"),
        (
            "[the law](https://law.example/1)",
            '<p><a href="https://law.example/1" rel="noopener nofollow">the law</a></p>',
        ),
        (
            "See https://law.example/1.",
            '<p>See <a href="https://law.example/1" rel="noopener nofollow">'
            "https://law.example/1</a>.</p>",
        ),
        ("4 < 5 & <b>bold</b>", "<p>4 &lt; 5 &amp; &lt;b&gt;bold&lt;/b&gt;</p>"),
        ("    indented, as typed", "<p>indented, as typed</p>"),
        ("A line\n---", "<p>A line</p>\n<hr>"),
        ("example.org is no link", "<p>example.org is no link</p>"),
    ],
)
def test_a_little_formatting_is_read(typed, shown):
    assert rendered(typed).strip() == shown


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/1.gif)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '[x](https://a.example/" onmouseover="alert(1))',
        "<https://a.example/><svg/onload=alert(1)>",
        "[x](vbscript:x)\n\n[y]: javascript:alert(1)\n[y]",
    ],
)
def test_nothing_that_acts_or_fetches_comes_out(typed):
    tree = html.fragment_fromstring(rendered(typed), create_parent="div")
    for element in tree.iterdescendants():
        assert element.tag in ELEMENTS | set(HEADINGS)
        assert set(element.attrib) <= {"href", "title", "rel"}
        assert re.match(r"https?:|mailto:", element.get("href", "https:"))


@given(st.text(st.sampled_from("ab<>&\"'[]()!#*_`-+.:/\\\n \tjavscript:http"), max_size=60))
def test_any_signs_come_out_safe(typed):
    for element in html.fragment_fromstring(rendered(typed), create_parent="div").iterdescendants():
        assert element.tag in ELEMENTS | set(HEADINGS)
        assert set(element.attrib) <= {"href", "title", "rel", "start"}
        assert re.match(r"https?:|mailto:", element.get("href", "https:"))


def test_headings_never_go_past_the_sixth_level():
    assert rendered("##### Deep", 4).strip() == "<h6>Deep</h6>"


def test_a_text_of_any_length_is_shown():
    shown = rendered("[" * (LONGEST + 1))
    assert len(html.fragment_fromstring(shown).text_content()) == LONGEST + 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("One line\nand another", "One line\nand another"),
        ("*so* and **so**, `as is`", "so and so, as is"),
        ("# How\n\n## Why\n\nSo.", "How\n\nWhy\n\nSo."),
        ("Two:\n\n- a\n- b\n  - c\n\nAfter", "Two:\n- a\n- b\n  - c\n\nAfter"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("2) c", "2) c"),
        ("> he said\n\nshe", "he said\n\nshe"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("[the law](https://law.example/1) says", "the law (https://law.example/1) says"),
        ("See https://löw.example/ü.", "See https://löw.example/ü."),
        ("<https://law.example/1>", "https://law.example/1"),
        ("4 < 5 & <b>bold</b> &amp; 2 \\* 3", "4 < 5 & <b>bold</b> & 2 * 3"),
        ("", ""),
    ],
)
def test_without_its_formatting_it_reads_as_plain_words(typed, read):
    assert plain(typed) == read


@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1))
def test_words_without_formatting_stay_what_they_are(typed):
    assert plain(typed) == typed


LINK = '<a href="https://law.example/1" rel="noopener nofollow">'


@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [
        ("It *was* so", "It *was* so", "It *was* so"),
        (
            "So [the law](https://law.example/1) says.",
            f"So {LINK}the law</a> says.",
            "So the law (https://law.example/1) says.",
        ),
        (
            "See https://law.example/1.",
            f"See {LINK}https://law.example/1</a>.",
            "See https://law.example/1.",
        ),
        (
            "See ![p](https://law.example/1)",
            f"See !{LINK}p</a>",
            "See !p (https://law.example/1)",
        ),
    ],
)
def test_a_line_has_links_and_nothing_else(typed, shown, words):
    assert linked(typed) == shown
    assert line_in_words(typed) == words


@pytest.mark.parametrize(
    "typed",
    [
        """He said "4 < 5" & it's *so*.""",
        "# 1. [x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        "law.example and a@b.example",
        "[a] [b](c",
    ],
)
def test_a_line_without_a_link_stands_as_a_template_puts_it(typed):
    assert linked(typed) == conditional_escape(typed)
    assert line_in_words(typed) == typed


@pytest.mark.parametrize("typed", ["[]()", "[the law]()", "[the law]( )", "[the law](<>)"])
def test_a_link_that_leads_nowhere_stands_as_it_was_typed(typed):
    assert linked(typed) == conditional_escape(typed)
    assert line_in_words(typed) == plain(typed) == typed.strip()
    assert "<a" not in rendered(typed)


def test_nor_does_one_by_reference():
    assert "<a" not in rendered("[the law]\n\n[the law]: <>")
    assert "<a" in rendered("[the law]\n\n[the law]: https://law.example/")


def test_prose_leads_to_pages_of_this_site_and_a_line_does_not():
    assert 'href="/about/desk/"' in rendered("See [the policy](/about/desk/).")
    assert "<a" not in linked("See [the policy](/about/desk/).")


def test_a_link_in_a_list_is_its_words():
    typed = "So [the law](https://law.example/1) says."
    assert line_in_words(typed, addresses=False) == "So the law says."


@example("[]()")
@given(st.text(alphabet="[]()<>\"'&! hps:/.ax\n", max_size=80))
def test_a_line_becomes_no_other_element_and_loses_no_word(typed):
    made = html.fromstring(f"<p>{linked(typed)}</p>")
    assert {each.tag for each in made.iter()} <= {"p", "a"}
    for each in made.iter("a"):
        assert set(each.attrib) <= {"href", "rel", "title"}
        assert re.match("https?://|mailto:", each.get("href"))
