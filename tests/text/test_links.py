"""Links: which addresses are kept, and that each stays on its own words, whatever is normalised."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.canonical import BadText, canonicalise
from annotations.text.links import (
    LONGEST,
    Link,
    Words,
    carried,
    place,
    together,
    visible,
    web_address,
    written_out,
)

A = "https://a.example/1"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example", "https://a.example"),
        (" HTTPS://A.Example/x\n", "https://a.example/x"),
        ("/fares", "https://paper.example/fares"),
        ("?page=2", "https://paper.example/news/today?page=2"),
        ("//b.example/x", "https://b.example/x"),
        ("https://a.example:8080/x", "https://a.example:8080/x"),
        ("https://a.example/été ü", "https://a.example/%C3%A9t%C3%A9%20%C3%BC"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        ("https://a.example/\u202ex\"'<>", "https://a.example/%E2%80%AEx%22'%3C%3E"),
        ("https://[::1]/", "https://[::1]/"),
        ("", ""),
        ("#note", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:ann@a.example", ""),
        ("ftp://a.example/", ""),
        ("https://ann:secret@a.example/", ""),
        (r"https://a.example\@b.example/", ""),
        ("https://a.example:x/", ""),
        ("https:///x", ""),
        ("https://[::1/", ""),
        ("https://a.example/" + "x" * LONGEST, ""),
        ("https://a.example/\ud800", ""),
    ],
)
def test_only_web_addresses_are_kept_and_in_printable_ascii(written, address):
    assert web_address(written, "https://paper.example/news/today") == address


def test_without_a_base_a_relative_address_leads_nowhere():
    assert web_address("/fares") == ""


LETTERS = st.text(
    st.sampled_from(
        "abcé e\u0301\u0300\u00ad\u200b\ufeff\u202e \t\n\r\u2028ﬁ각ᄀ1😀🏴\U000e0067\U000e007f"
    ),
    max_size=12,
)


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=6), LETTERS)
def test_whatever_is_normalised_a_link_stands_on_its_own_words(pairs, last):
    words = Words()
    named = []
    for number, (before, linked) in enumerate(pairs):
        words.add(before)
        words.open_link()
        words.add(linked)
        words.close_link(f"https://a.example/{number}")
        named.append(linked)
    words.add(last)
    try:
        text = canonicalise(words.text).text
    except BadText:
        return
    found = list(place(text, words.links, at=5))
    assert all(a.end <= b.start for a, b in pairwise(found))
    shown = visible(text)
    for link in found:
        linked = named[int(link.address.rpartition("/")[2])]
        exact = text[link.start - 5 : link.end - 5]
        assert exact.strip() == exact != ""
        # Where a mark was composed with the letter before the link, the letter is the link's too.
        assert sorted(visible(linked)) == sorted(visible(exact)) or (
            set(visible(linked)) <= set(visible(exact)) and len(visible(exact)) <= len(shown)
        )


@given(st.lists(st.text(st.sampled_from("ab \t\n\xa0\u200b"), max_size=8), min_size=3, max_size=9))
def test_where_nothing_composes_a_link_is_its_words_to_the_letter(pieces):
    words = Words()
    for number, piece in enumerate(pieces):
        if number % 2:
            words.open_link()
        words.add(piece)
        if number % 2:
            words.close_link(f"https://a.example/{number}")
    try:
        text = canonicalise(words.text).text
    except BadText:
        return
    found = {int(each.address.rpartition("/")[2]): each for each in place(text, words.links)}
    linked = {at: piece for at, piece in enumerate(pieces) if at % 2 and visible(piece)}
    assert found.keys() == linked.keys()
    for at, link in found.items():
        assert text[link.start : link.end].split() == linked[at].replace("\u200b", "").split()


BEFORE = "The office says so. The mayor said so here. It is a fine pier, they say."


def linked(words: str, at: int = 0) -> Link:
    start = BEFORE.index(words, at)
    return Link(start, start + len(words), A)


@pytest.mark.parametrize(
    ("after", "words", "found"),
    [
        (BEFORE, "so", "The office says |so|. The"),
        (f"New. {BEFORE}", "so", "The office says |so|. The"),
        (BEFORE.replace("mayor", "old mayor"), "so", "The office says |so|. The"),
        (BEFORE.replace("fine ", "very fine "), "fine pier", "It is a very |fine pier|, they"),
        ("It is a fine pier, they say. The office says so.", "fine pier", "It is a |fine pier|, "),
        (BEFORE.replace("fine pier", "bad pier"), "fine pier", None),
        ("Nothing of it.", "so", None),
    ],
)
def test_in_another_text_a_link_follows_its_words_or_goes(after, words, found):
    links = carried(BEFORE, [linked(words)], after)
    if found is None:
        assert links == ()
        return
    (link,) = links
    assert after[link.start : link.end] == words
    before, _bar, rest = found.partition("|")
    assert after[: link.start].endswith(before)
    assert after[link.end :].startswith(rest.partition("|")[2])


def test_two_links_that_meet_on_the_same_words_are_one():
    start = BEFORE.index("fine pier")
    both = [linked("fine pier"), Link(start + 5, start + 9, A)]
    after = "A fine pier."
    found = carried(BEFORE, both, after)
    assert [after[each.start : each.end] for each in found] == ["fine pier"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See https://a.example/x.", "https://a.example/x"),
        ("See (https://a.example/x).", "https://a.example/x"),
        ("See https://a.example/Pier_(Town), it says", "https://a.example/Pier_(Town)"),
        ("“https://a.example/x”", "https://a.example/x"),
        ("See HTTP://A.example/x?y=1&z=2#a!", "HTTP://A.example/x?y=1&z=2#a"),
        ("See https://münchen.example/é…", "https://münchen.example/é"),
        ("See http:// or https://.", None),
        ("See https://ann:pw@a.example/", None),
        ("See xhttps and a.example/x", None),
    ],
)
def test_an_address_that_is_written_out_is_a_link_without_the_marks_after_it(text, words):
    found = [text[each.start : each.end] for each in written_out(text)]
    assert found == ([words] if words else [])


def test_of_links_that_touch_the_first_stand():
    first = [Link(5, 10, A), Link(20, 25, A)]
    more = [Link(0, 5, A), Link(9, 12, A), Link(12, 20, A), Link(18, 22, A), Link(24, 30, A)]
    assert [(each.start, each.end) for each in together(first, more)] == [
        (0, 5),
        (5, 10),
        (12, 20),
        (20, 25),
    ]


def test_addresses_cost_time_that_grows_as_the_text_does():
    hostile = "https://" + ")" * 1900 + " "
    assert written_out(hostile * 200) == ()
