"""The sample article comes out as people cut it."""

from annotations.formats.plain import read
from annotations.text.notices import Notice, Oddity
from annotations.text.sentences import split
from tests.text.samples import ARTICLE, article, gold


def test_the_sample_article_is_cut_exactly_as_by_hand():
    text = article()
    cut = [
        {
            "start": sentence.start,
            "end": sentence.end,
            "paragraph": sentence.paragraph,
            "kind": sentence.kind.value,
            "text": text[sentence.start : sentence.end],
        }
        for sentence in split(text)
    ]
    assert cut == gold()["sentences"]


def test_the_sample_article_needs_no_change_on_the_way_in():
    document = read(ARTICLE.read_bytes())
    assert document.changes == ()
    assert document.text == article()
    assert document.sha256 == document.original_sha256


def test_the_sample_articles_open_quotation_and_its_dash_are_pointed_out_and_nothing_else():
    assert read(article()).notices == (
        Notice(1, Oddity.UNCLOSED_QUOTE),
        Notice(13, Oddity.STARTS_WITH_DASH),
    )
