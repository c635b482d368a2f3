"""Bylines, times and appeals among an article's paragraphs are left out, and nothing else is."""

from __future__ import annotations

import pytest
from lxml import html as markup

from annotations.formats import extraction, html
from annotations.formats.plain import Document
from tests.formats.test_html import page

TOLD = "The council built 240 homes in the harbour last year, the mayor said on Monday."


def read(body: str, head: str = "", address: str = "") -> Document:
    found = page(f"<p>{TOLD}</p>{body}<p>{TOLD.replace('240', '300')}</p>", head)
    return html.read(found.encode(), address=address, extract=extraction.extract)


APPEALS = {
    "form": "<div><p>Our letter of the week.</p><input type='email'><button>Go</button></div>",
    "link": "<p>You have two articles left. <a href='/subscribe/'>Read all</a> for one pound.</p>",
    "its own site": "<p>Help us: <a href='https://www.paper.example/donate'>give now</a>.</p>",
    "class": "<p class='article-paywall'>Only subscribers read on. Sign in.</p>",
    "id": "<div id='newsletter-2'><p>The day in your inbox.</p></div>",
    "byline": "<p>By Ann Lee, in Holm</p>",
    "byline in another language": "<p>Texte : Ann Lee</p>",
    "time": "<p><time>12 May 2026</time>, changed <time>13 May</time></p>",
}


@pytest.mark.parametrize("shape", APPEALS)
def test_what_is_beside_the_article_is_left_out_and_can_be_looked_at(shape):
    found = read(APPEALS[shape], address="https://www.paper.example/homes")
    lines = found.text.split("\n\n")
    assert lines[lines.index(TOLD) + 1] == TOLD.replace("240", "300")
    left = "".join("".join(found.left_out_lines).split())
    assert "".join(shown(APPEALS[shape]).replace("Go", "").split()) in left


SENTENCES = {
    "a link to give to others": "<p>They ask for <a href='https://c.example/donate'>gifts</a>.</p>",
    "a letter that is a source": "<p>So <a href='/newsletter/2026-05'>it wrote</a> in May.</p>",
    "who wrote it, in a sentence": "<p>Ann Lee was hit by a stone while she spoke to them.</p>",
    "somebody else": "<p>By Tom Reed, in Holm</p>",
    "a time in a sentence": "<p>At <time>10:32</time> the mayor left the hall in great anger.</p>",
    "what is not for everybody": "".join(
        f"<p class='paywall'>In {year} they built a pier of wood which a storm took away.</p>"
        for year in range(1901, 1906)
    ),
}


def shown(source: str) -> str:
    tree = markup.fromstring(f"<div>{source.replace('</p>', ' </p>')}</div>")
    return " ".join("".join(tree.itertext()).split())


@pytest.mark.parametrize("shape", SENTENCES)
def test_sentences_of_the_article_stay(shape):
    found = read(SENTENCES[shape], address="https://www.paper.example/homes").text
    assert shown(SENTENCES[shape]) in " ".join(found.split())


def test_a_page_with_many_lines_of_times_is_a_chronicle():
    lines = [f"<p>In <time>{year}</time> a mole.</p>" for year in range(1901, 1906)]
    assert read("".join(lines)).text.count("mole") == 5
    assert read("".join(lines[:2])).text.count("mole") == 0


def test_what_the_page_says_of_itself_is_read_before_its_byline_is_left_out():
    found = read("<p class='byline'>By Ann Lee</p><p><time>12 May 2026</time></p>")
    assert found.about.byline == "Ann Lee"
    assert found.about.published_on == "2026-11-20"
    bare = page("<p class='byline'>By <a rel='author' href='/a'>Tom Reed</a></p>").replace(
        '<meta name="author" content="Ann Lee">', ""
    )
    assert html.read(bare.encode(), extract=extraction.extract).about.byline == "Tom Reed"
