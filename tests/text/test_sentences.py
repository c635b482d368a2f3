"""Where sentences end, rule by rule and language by language, and what holds for any text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.characters import extends
from annotations.text.languages import LANGUAGES
from annotations.text.sentences import ParagraphKind, split
from tests.text.cases import CASES

HANDCUT = [
    pytest.param(language, cut, id=f"{language}: {rule}")
    for language, cases in CASES.items()
    for rule, cut in cases
]
# Characters at which something is decided, more often than chance would draw them.
TRICKY = st.text(
    st.sampled_from(" \n\n.!?…。！”“\"'«»()[]–-:;,1aAБбمЖ中我\u0301\u200d\u093e😀🏽\u0e33#*")
    | st.characters()
)


def pieces(text: str, language: str = "en") -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text, language)]


@pytest.mark.parametrize(("language", "cut"), HANDCUT)
def test_a_paragraph_is_cut_as_by_hand(language, cut):
    assert pieces(cut.replace("|", ""), language) == [part.strip() for part in cut.split("|")]


def test_a_region_does_not_change_the_language():
    text = "Äpfel usw. Birnen."
    assert pieces(text, "de-AT") == pieces(text, "DE") == [text]
    assert pieces(text, "xx") == ["Äpfel usw.", "Birnen."]


@pytest.mark.parametrize("language", ["xx", "", "not a tag", "en_GB"])
def test_any_language_tag_is_accepted(language):
    assert pieces("He came. She left.", language) == ["He came.", "She left."]


@given(TRICKY, st.sampled_from(sorted(LANGUAGES)))
@example("a \u0301b", "en")
@example("x. \u0301b. C", "en")
@example("我。\u0301我", "zh")
@example(" . 😀 ", "en")
@example("。 ー", "zh")
@example('。"', "zh")
def test_spans_and_gaps_give_any_text_back(text, language):
    sentences = split(text, language)
    end = 0
    for sentence in sentences:
        assert end <= sentence.start < sentence.end
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.end].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(TRICKY)
@example(" \u0301a")
@example("a. \u0301b")
@example("A。\u200dB")
@example("A。\u0e33B")
def test_no_grapheme_cluster_is_cut(text):
    # After a line end or another control every cluster begins anew, whatever follows.
    for sentence in split(text):
        for at in (sentence.start, sentence.end):
            if 0 < at < len(text) and unicodedata.category(text[at - 1]) not in ("Cc", "Zl", "Zp"):
                assert not extends(text[at])


@given(TRICKY)
def test_paragraphs_are_numbered_in_order_and_hold_one_kind(text):
    kinds: dict[int, ParagraphKind] = {}
    numbers = []
    for sentence in split(text):
        assert kinds.setdefault(sentence.paragraph, sentence.kind) is sentence.kind
        numbers.append(sentence.paragraph)
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(kinds)))
