"""What was left out of a page, taken in: a paragraph of its own, at the place where it stood."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats import html, leftout, plain
from annotations.formats.plain import Document
from annotations.formats.taken import taken_in
from annotations.text import boundaries
from annotations.text.canonical import BadText, canonicalise
from tests.formats.test_html import page

BODY = """<figure><img src="x"><figcaption>The mayor opens the pier. It cost 2 million.</figcaption>
</figure><figure><img src="y"><figcaption>Boats at the pier.</figcaption></figure>
<p>The pier was opened by the mayor, says <a href="https://town.example/">the town</a>, and it is a
fine one, as all who saw it on that day could see.</p>"""
CAPTION, BOATS = "The mayor opens the pier. It cost 2 million.", "Boats at the pier."


@pytest.fixture(scope="module")
def document() -> Document:
    return html.read(page(BODY).encode(), address="https://paper.example/")


def number(document: Document, line: str) -> int:
    return document.left_out_lines.index(line)


def whole(document: Document) -> None:
    """What holds of any document."""
    assert canonicalise(document.text).text == document.text
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    paragraphs = [row.paragraph for row in document.sentences]
    assert [b - a for a, b in pairwise(paragraphs) if b - a not in (0, 1)] == []
    at = 0
    for row in document.sentences:
        assert document.text[at : row.start].strip() == ""
        at = row.end
    assert at == len(document.text)
    assert len(document.blocks) == len(document.sentences)


def test_a_caption_comes_in_where_it_stood(document):
    found = taken_in(document, [number(document, CAPTION)])
    blocks = found.text.split("\n\n")
    at = blocks.index(CAPTION)
    assert blocks[at - 1].startswith("The ferry is back")
    assert blocks[at + 1].startswith("The pier was opened")
    assert [b for b in blocks if b != CAPTION] == document.text.split("\n\n")
    new = [
        found.text[row.start : row.end]
        for row in found.sentences
        if CAPTION.startswith(found.text[row.start : row.end])
        or CAPTION.endswith(found.text[row.start : row.end])
    ]
    assert new == ["The mayor opens the pier.", "It cost 2 million."]
    assert found.left_out == document.left_out - 9
    assert found.original == document.original
    whole(found)


def test_links_stay_on_their_words(document):
    found = taken_in(document, range(len(document.left_out_lines)))
    assert [found.text[each.start : each.end] for each in found.links] == [
        document.text[each.start : each.end] for each in document.links
    ]
    whole(found)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_of_one_place_stand_in_the_order_of_the_page(document, order):
    both = [number(document, CAPTION), number(document, BOATS)]
    found = document
    for at in order:
        found = taken_in(found, [both[at]])
    assert f"{CAPTION}\n\n{BOATS}\n\nThe pier was opened" in found.text
    assert taken_in(document, both).text == found.text
    assert taken_in(found, both) == found


def test_what_stood_before_the_text_comes_before_it(document):
    menu = document.left_out_lines.index("MENU Home")
    assert document.left_out_at[menu] == -1
    found = taken_in(document, [menu])
    assert found.text.startswith("MENU Home\n\nFerry is back\n\n")
    whole(found)


def test_what_was_cut_by_hand_stays_cut_so(document):
    starts = boundaries.starts_of(document.sentences)
    caption = number(document, CAPTION)
    # The last sentence before the caption's place, and the first after it, are one by hand.
    last = max(
        at for at, row in enumerate(document.sentences) if row.end <= document.left_out_at[caption]
    )
    joined = plain.recut(document, boundaries.joined_with_next(starts, last))
    found = taken_in(joined, [caption])
    assert found.is_cut_by_hand
    row = found.sentences[last]
    assert (
        found.text[row.start : row.end]
        == document.text[document.sentences[last].start : document.sentences[last + 1].end]
    )
    assert found.text[found.sentences[last + 1].start :].startswith("The mayor opens the pier.")
    whole(found)


def test_numbers_of_no_line_change_nothing(document):
    assert taken_in(document, [len(document.left_out_lines), 10**6]) == document


def test_a_text_that_grows_too_long_is_refused(document, monkeypatch):
    monkeypatch.setattr(plain, "MAX_CHARACTERS", len(document.text) + 3)
    with pytest.raises(BadText):
        taken_in(document, [number(document, CAPTION)])


@given(st.sets(st.integers(0, 12)), st.permutations(range(13)))
def test_whatever_is_taken_in_in_whatever_order_it_is_the_same_text(document, taken, order):
    found = document
    for each in order:
        if each in taken:
            found = taken_in(found, [each])
    assert found.text == taken_in(document, taken).text
    whole(found)


def test_what_a_page_shows_tells_how_far_the_article_has_come():
    blocks = [
        "Title of it",
        "A paragraph that is long enough to tell its own place in the page.",
        "End.",
    ]
    shown = [
        leftout.Line(False, "Menu"),
        leftout.Line(True, "Title of it"),
        leftout.Line(True, "By Ann"),
        leftout.Line(True, blocks[1]),
        leftout.Line(True, "Caption"),
        leftout.Line(True, "it"),  # a word of the article's that stands anywhere
        leftout.Line(False, "Foot"),
    ]
    lines, pictures = leftout.left_out(shown, blocks)
    assert pictures == []
    assert [(each.words, each.after) for each in lines] == [
        ("By Ann", 0),
        ("Caption", 1),
        ("Menu", -1),
        ("Foot", 1),
    ]
