"""Texts made to be slow or to break things: they finish, and the work grows as the text does."""

import re
import sys
from types import ModuleType

import pytest

from annotations.formats import data, plain
from annotations.text import (
    abbreviations,
    anchors,
    beside,
    canonical,
    folding,
    names,
    notices,
    paragraphs,
    people,
    quotations,
    sentences,
    speakers,
    speech,
    turns,
)

MEGABYTE = 1_000_000
# One pattern each, repeated to a megabyte.
UNITS = [
    *("a", "a.", "A. ", ". ", "...", "... ", ".”", ". ” ", ". (", "(", "U.S. ", "St. The ", "1. "),
    *("“", "” ", "‘", '"a', "« ", ". »", "。”", '。"', "中!", "?”A ", " ", "\n", "a\n", "a\n\n"),
    *(
        "- ",
        ". – ",
        "# a\n",
        "A: b\n",
        "word " * 11 + "\n",
        "e\u0301",
        "\u0301\u0323",
        "\u0f71\u0344",
    ),
    *("“A,” said Ann Lee. ", "“He said, ‘", "— a, — said he. ", "Ann Lee, ", "said ", "the "),
    *(
        "according to ",
        "A: “b”\n",
        "«“„",
        "《中！",
        "a. b. ",
        ".[a]",
        "a said, “b,” ",
        "Ann and ",
        ", said",
        "«a «b",
    ),
    *("😀\u200d", ". 😀 ", ". :)", ".[1]", "\U0001f3f4\U000e0067", "_*", "a'", "a, ", "“a. \n\n"),
]


def everything(text: str) -> None:
    """All that this layer does to one text."""
    text = canonical.canonicalise(text).text
    found = sentences.split(text)
    notices.notices(text, found)
    anchors.trim(text, 0, len(text))
    anchors.words(text, 0, len(text))
    speakers.attributions(text, found)


def refused_or_read(text: str) -> None:
    if text.strip():
        everything(text)
    else:
        with pytest.raises(canonical.BadText):
            everything(text)


@pytest.mark.parametrize("length", [30_000, pytest.param(150_000, marks=pytest.mark.drill)])
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_a_long_text_of_one_pattern_is_read(unit, length):
    refused_or_read(unit * (length // len(unit)))


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a ", " ", "“", '"a', "(", "e\u0301", "\u0301\u0323"], ids=ascii
)
def test_a_megabyte_without_an_end_of_sentence_is_read(unit):
    refused_or_read(unit * (MEGABYTE // len(unit.encode())))


def calls(text: str) -> int:
    """How many functions, of Python's or of C's, are called to read the text."""
    count = 0

    def tally(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        everything(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_four_times_the_text_takes_four_times_the_calls_at_most(unit):
    if unit.strip():
        # What is made once a process (patterns, data of a language) is made before it is counted.
        everything(unit * 1000)
        assert calls(unit * 4000) <= 4.2 * calls(unit * 1000) + 100


def unguarded(pattern: re.Pattern[str]) -> list[str]:
    """The quantifiers of a pattern that are without limit and would be tried again shorter."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern.pattern)
    return re.findall(r".(?:[*+]|\{\d*,\})(?![+\d])", re.sub(r"[*+?}]\+", "", bare))


def possessive_groups(pattern: re.Pattern[str]) -> list[str]:
    """Groups that may not be given back. Before Python 3.11.5 one that can itself go back, and
    fails, keeps what it had read (https://github.com/python/cpython/issues/106052)."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern.pattern)
    return re.findall(r"\)(?:[*+?]|\{[\d,]*\})\+|\(\?>", bare)


MODULES = [
    *(anchors, canonical, names, notices, paragraphs, people, quotations, sentences, speakers),
    *(speech, turns, plain, data, folding, abbreviations, beside),
]


@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_goes_back_over_what_it_took(module: ModuleType):
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert patterns
    assert [unguarded(pattern) for pattern in patterns] == [[]] * len(patterns)


@pytest.mark.parametrize("pattern", ["a+b", "[x]*", r"(?:a|b)+\s", "a{2,}"])
def test_the_search_for_such_patterns_finds_them(pattern):
    assert unguarded(re.compile(pattern))


def test_ten_thousand_combining_marks_stay_with_their_letter():
    text = canonical.canonicalise("It fell. Q" + "\u0301\u0323" * 5000 + " c. D").text
    found = sentences.split(text)
    assert [text[s.start] for s in found] == ["I", "Q", "D"]


def test_ten_thousand_quotations_are_twenty_thousand_sentences():
    assert len(sentences.split("“He came. She left.” " * 10_000)) == 20_000


@pytest.mark.parametrize("module", MODULES)
def test_every_python_reads_the_patterns_alike(module: ModuleType):
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert [possessive_groups(pattern) for pattern in patterns] == [[]] * len(patterns)
