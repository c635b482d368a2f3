"""Paragraphs that a person leaves out: what stays has its words, places, links and pictures."""

import hashlib
from dataclasses import replace
from itertools import combinations

import pytest

from annotations.formats import plain
from annotations.formats.dropped import numbers, paragraphs, without
from annotations.formats.taken import taken_in
from annotations.text.pictures import Picture

TEXT = """The ferry

It returns in spring. It was away.

Read https://junk.example now.

The port counted 17 ships (https://port.example/17). All were new."""
ENDS = [9, 45, 77, len(TEXT)]


def read() -> plain.Document:
    document = plain.read(TEXT)
    places = tuple(f"p. {row.paragraph + 1}" for row in document.sentences)
    return replace(
        document,
        places=places,
        pictures=(Picture(47, "https://junk.example/a.png"), Picture(79, "https://port.example/b")),
        left_out_lines=("At the head.", "After the third.", "At the end."),
        left_out_at=(-1, ENDS[2], ENDS[3]),
        left_out=8,
    )


EVERY = [gone for size in (1, 2, 3) for gone in combinations(range(4), size)]


@pytest.mark.parametrize("gone", EVERY)
def test_what_stays_is_word_for_word_what_it_was(gone):
    document = read()
    found = without(document, gone)
    stays = [
        (document.text[row.start : row.end], row.kind, place)
        for row, place in zip(document.sentences, document.places, strict=True)
        if row.paragraph not in gone
    ]
    now = zip(found.sentences, found.places, strict=True)
    assert [(found.text[row.start : row.end], row.kind, place) for row, place in now] == stays
    assert found.text == "\n\n".join(p for n, p in enumerate(TEXT.split("\n\n")) if n not in gone)
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    assert (found.original, found.original_sha256) == (document.original, document.original_sha256)
    assert {found.text[each.start : each.end] for each in found.links} == {
        words
        for paragraph, words in ((2, "https://junk.example"), (3, "https://port.example/17"))
        if paragraph not in gone
    }
    assert [each.address for each in found.pictures] == [
        each.address
        for paragraph, each in zip((2, 3), document.pictures, strict=True)
        if paragraph not in gone
    ]
    assert numbers(document, found) == [n for n in range(4) if n not in gone]


@pytest.mark.parametrize("gone", EVERY)
def test_what_was_left_out_of_the_page_still_comes_in_at_its_place(gone):
    document = read()
    found = taken_in(without(document, gone), [0, 1, 2])
    parts = TEXT.split("\n\n")
    lines = document.left_out_lines
    wanted = [(-1, lines[0]), *enumerate(parts), (2.5, lines[1]), (3.5, lines[2])]
    assert found.text == "\n\n".join(words for at, words in sorted(wanted) if at not in gone)
    known = numbers(document, found)
    assert [n for n in known if n is not None] == [n for n in range(4) if n not in gone]


def test_a_text_keeps_something_and_its_title_follows_it():
    document = read()
    assert without(document, range(4)) is document
    assert without(document, [9, -1]) is document
    assert without(document, [0]).title.startswith("It returns in spring.")
    named = replace(document, title="As the page says")
    assert without(named, [0]).title == "As the page says"
    assert [document.text[slice(*span)] for span in paragraphs(document)] == TEXT.split("\n\n")
