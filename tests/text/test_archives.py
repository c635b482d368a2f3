"""Archived copies that anybody can open, told by their address alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.archives import Copies, Place, place_of

STORY = "https://post.example/story?id=7"

COPIES = [
    (f"https://web.archive.org/web/20260302101500/{STORY}", STORY),
    (f"http://web.archive.org/web/20260302101500if_/{STORY}", STORY),
    (f"https://web.archive.org/web/2026/{STORY}", STORY),
    ("https://web.archive.org/web/20260302101500/https:/post.example/a", "https://post.example/a"),
    (f"https://archive.ph/20260302101500/{STORY}", STORY),
    (f"https://archive.is/2026.03.02-101500/{STORY}", STORY),
    (f"https://arquivo.pt/wayback/20260302101500/{STORY}", STORY),
    (f"https://www.webarchive.org.uk/ukwa/20260302101500/{STORY}", STORY),
    # A copy of a copy is one of the page.
    (f"https://archive.ph/20260303/https://web.archive.org/web/20260302101500/{STORY}", STORY),
    # These do not say what they are of, and stand for it.
    ("https://archive.ph/AbC12", "https://archive.ph/AbC12"),
    ("https://ghostarchive.org/archive/aB3xY", "https://ghostarchive.org/archive/aB3xY"),
    # Of what nobody outside can have seen, the copy stands for the page too.
    (
        "https://web.archive.org/web/2026/http://localhost/x",
        "https://web.archive.org/web/2026/http://localhost/x",
    ),
    (
        "https://web.archive.org/web/2026/https://a:b@post.example/",
        "https://web.archive.org/web/2026/https://a:b@post.example/",
    ),
]


@pytest.mark.parametrize(("address", "page"), COPIES)
def test_a_copy_says_what_page_it_is_of(address, page):
    assert place_of(address) == Place(page, address)


@pytest.mark.parametrize(
    "address",
    [
        STORY,
        "",
        "https://web.archive.org/",
        f"https://web.archive.org/web/*/{STORY}",  # a list of copies
        f"https://web.archive.org/save/{STORY}",  # to make one
        f"https://web.archive.org/web/{STORY}",  # whichever is the newest when it is opened
        f"https://archive.example/web/20260302101500/{STORY}",
        f"https://web.archive.org.evil.example/web/20260302101500/{STORY}",
        f"https://post.example/?u=https://web.archive.org/web/20260302101500/{STORY}",
        f"ftp://web.archive.org/web/20260302101500/{STORY}",
        "https://archive.org/details/some-item",
        "https://archive.ph/search/?q=https://post.example/",
        "https://archive.ph/about",
        "https://perma.cc/AB12-CD34",  # may be private
        "http://127.0.0.1:8000/articles/1/copies/",
        "https://[broken",
        "archive.ph/AbC12",
    ],
)
def test_what_is_no_copy_for_everybody_stands_as_it_is(address):
    assert place_of(address) == Place(address)


def test_a_page_of_which_another_address_is_a_copy_has_that_copy():
    copy = "https://web.archive.org/web/20260302101500/http://www.post.example/story/?utm_source=x"
    copies = Copies(["https://law.example/", copy, f"https://archive.ph/2026/{STORY}"])
    assert copies.place("https://post.example/story") == Place("https://post.example/story", copy)
    assert copies.place("https://post.example/other") == Place("https://post.example/other")
    assert copies.place("") == Place("")
    assert Copies([""]).place("") == Place("")


@given(st.text(max_size=80), st.integers(0, 40))
def test_no_address_breaks_it(words, deep):
    address = "https://web.archive.org/web/2026/" * deep + words
    found = place_of(address)
    assert found.archived_at in ("", address)
    Copies([address, words]).place(words)
