"""Articles as JSON: read in any of three shapes, or refused with every place that is wrong."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from annotations.formats import articles
from annotations.models import Article
from annotations.text.canonical import BadText

ONE = {
    "title": "Ferry to return",
    "text": ["It sails again.", "So says the mayor."],
    "url": "https://post.example/ferry",
    "outlet": "The Post",
    "byline": "A. Writer",
    "published_on": "2026-11",
    "language": "en",
    "topic": "Transport",
    "tags": ["sea"],
}
OTHER = {"title": "Another", "text": "Nothing happened. It rained."}

SHAPES = {
    "list.json": json.dumps([ONE, OTHER], indent=1),
    "lines.jsonl": f"{json.dumps(ONE)}\n\n{json.dumps(OTHER)}\n",
    "lines": f"{json.dumps(ONE)}\n{json.dumps(OTHER)}\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_object_is_an_article_with_what_it_says_of_itself(name):
    data = SHAPES[name].encode()
    assert articles.are_in(data, name)
    first, second = articles.read(data, name, "fr")
    assert first.document.text == "It sails again.\n\nSo says the mayor."
    assert first.said == {key: ONE[key] for key in articles.LONGEST}
    assert first.unread == ("tags",)
    assert json.loads(first.document.original) == ONE
    assert first.document.original_sha256 == hashlib.sha256(first.document.original).hexdigest()
    assert (second.said, second.document.language) == ({"title": "Another"}, "fr")


def test_one_object_is_one_article():
    data = json.dumps(OTHER, indent=2).encode()
    (only,) = articles.read(data, "one.json", "en")
    assert only.document.original == data


@pytest.mark.parametrize(
    "value",
    [
        {"claim": "It is so", "title": "A", "text": "B"},
        {"stance": "agree", "title": "A", "text": "B"},
        {"@type": "ClaimReview", "title": "A", "text": "B"},
        {"title": "A"},
        ["title", "text"],
        5,
    ],
)
def test_what_is_of_another_kind_is_none(value: Any):
    assert not articles.are_in(json.dumps([value]).encode())
    assert not articles.are_in(b'{"title": "A", "text": ')


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": " "}, "Line 2, /1/title “ ”: words are expected."),
    "no words": ({"text": 5}, "Line 2, /1/text “5”: words, or a list of paragraphs."),
    "empty": ({"text": ""}, "Line 2, /1/text “”: The text is empty."),
    "no address": ({"url": "post"}, "Line 2, /1/url “post”: an address with http"),
    "no host": ({"url": "http://[a"}, "Line 2, /1/url “http://[a”: an address with http"),
    "no date": ({"published_on": "2026-13"}, "Line 2, /1/published_on “2026-13”: a date as"),
    "no language": ({"language": "English"}, "Line 2, /1/language “English”: the tag of a"),
    "a number": ({"outlet": 5}, "Line 2, /1/outlet “5”: words are expected."),
    "too long": ({"topic": "x" * 61}, "60 characters at most."),
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_is_told_with_its_place(name):
    change, told = WRONG[name]
    data = f"[{json.dumps(OTHER)},\n{json.dumps(ONE | change)}, 7]".encode()
    with pytest.raises(BadText) as bad:
        articles.read(data, "list.json", "en")
    assert told in str(bad.value)
    assert "Line 2, /2 “7”: an object with title and text." in str(bad.value)


def test_what_may_be_said_is_what_an_article_holds():
    fields: dict[str, Any] = {each.name: each for each in Article._meta.concrete_fields}
    held = {name: fields[name].max_length for name in articles.LONGEST}
    assert held == articles.LONGEST
