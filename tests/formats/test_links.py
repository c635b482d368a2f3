"""The links of an article's own text, out of pages and files of each kind."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from annotations.formats import html, hyperlinks
from annotations.formats.kept import document_from, is_current, kept
from annotations.formats.plain import Document
from annotations.text.links import MOST, visible
from tests.formats.files import docx, odt, paragraph
from tests.formats.test_files import read
from tests.formats.test_html import page

HERE = "https://paper.example/news/ferry"
RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="https://town.example/pier" TargetMode="External"/>
<Relationship Id="r2" Target="file:///etc/passwd" TargetMode="External"/>
<Relationship Id="r3" Target="media/picture.png"/></Relationships>"""


def links(document: Document) -> list[tuple[str, str]]:
    """Each with its words, but that of the paragraph that every page here begins with."""
    found = [(document.text[each.start : each.end], each.address) for each in document.links]
    return [each for each in found if each[0] != "mayor"]


def of(body: str, address: str = HERE, head: str = "") -> list[tuple[str, str]]:
    return links(html.read(page(body, head).encode(), address=address))


def test_a_pages_article_keeps_the_links_of_its_own_text_and_no_menu():
    assert of(
        '<p>The <a href="/report?y=2026#p3">town’s  own <b>report</b></a> says that the pier cost'
        ' <a href="https://x.example/">two&nbsp;million</a>, and <a href="javascript:x()">more</a>'
        ' was paid to <a href="#who">them</a> and <a>others</a>.</p>'
    ) == [
        ("town’s own report", "https://paper.example/report?y=2026#p3"),
        ("two million", "https://x.example/"),
    ]


@pytest.mark.parametrize(
    ("address", "head", "found"),
    [
        (HERE, "", "https://paper.example/news/a"),
        (HERE, '<base href="https://cdn.example/x/">', "https://cdn.example/x/a"),
        (
            "",
            '<link rel="canonical" href="https://paper.example/b/c">',
            "https://paper.example/b/a",
        ),
        ("", "", None),
    ],
)
def test_a_relative_address_starts_where_the_page_says(address, head, found):
    body = '<p>The pier, says <a href="a">the report of the town</a>, is new and cost much.</p>'
    got = of(body, address, head)
    assert got == ([("the report of the town", found)] if found else [])


def test_of_words_that_stand_twice_each_keeps_its_own_address():
    found = html.read(
        page(
            '<p>The town said that it paid for the pier, <a href="/1">it said</a>.</p>'
            '<p>The county said that it paid for the pier, <a href="/2">it said</a>.</p>'
        ).encode(),
        address=HERE,
    )
    assert [each.address[-2:] for each in found.links] == ["/m", "/1", "/2"]
    assert [found.text[each.start - 38 : each.start] for each in found.links[1:]] == [
        "town said that it paid for the pier, ".rjust(38),
        "ounty said that it paid for the pier, ",
    ]


def test_a_link_that_is_its_whole_block_is_kept_and_no_longer_word_for_it():
    body = '<ul><li><a href="/r.pdf">Ferry</a></li><li>More than that was not said of it.</li></ul>'
    assert of(body) == [("Ferry", "https://paper.example/r.pdf")]
    # "Ferry" begins the title too, which is another block.
    aside = '<aside><ul><li><a href="/w">Ferry is</a></li></ul></aside>'
    assert of(aside) == []


def test_a_link_to_the_page_itself_is_none_of_its_links():
    body = f'<p>The pier is new, as <a href="{HERE}?utm_source=x">we told</a> all readers once.</p>'
    assert of(body) == []


def test_links_change_nothing_of_what_is_taken_for_the_article():
    bare = "<p>The pier, says the report of the town, is new and cost a lot of money.</p>"
    linked = bare.replace("the report", '<a href="/r">the report</a>')
    assert html.read(page(linked).encode()).text == html.read(page(bare).encode()).text


def test_of_very_many_links_the_first_are_kept():
    cells = "".join(
        f'<p>Item {at} is <a href="/{at}">of the list {at}</a> here.</p>' for at in range(1100)
    )
    found = of(cells)
    assert len(found) == MOST - 1
    assert found[0] == ("of the list 0", "https://paper.example/0")


def test_what_is_kept_between_two_looks_keeps_the_links():
    document = html.read(
        page('<p>Says <a href="/r">the report of the town</a>, at length, today.</p>').encode(),
        address=HERE,
    )
    values = kept(document)
    assert document.links
    assert document_from(values, document.original) == document
    assert is_current(values)
    # As it was kept before there were any: it is read again.
    del values["links"]
    assert not is_current(values)


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def word_link(name: str, *runs: str) -> str:
    return f'<w:hyperlink xmlns:r="r" r:id="{name}">{"".join(map(run, runs))}</w:hyperlink>'


def odt_link(address: str, words: str) -> str:
    named = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<text:a {named} xlink:href="{address}">{words}</text:a>'


def cell(inside: str) -> str:
    return f"<w:tc><w:p>{inside}</w:p></w:tc>"


PIER = "https://town.example/pier"
SAMPLES = {
    "a.md": f"""# Ferry

Says [the *report*  of the town]({PIER} 'x'), or [it](mailto:a@b.c).

| a | b |
|---|---|
| one [two](https://x.example/2) | [three](https://x.example/3) |
""".encode(),
    "a.docx": docx(
        f"<w:p>{run('Says ')}{word_link('r1', 'the report ', 'of the town')}"
        f"{word_link('r2', ', or it')}{word_link('r9', '.')}</w:p>"
        f"<w:tbl><w:tr>{cell(run('one '))}{cell(word_link('r1', 'two'))}</w:tr></w:tbl>"
        + paragraph("That is all that was said."),
        rels=RELS,
    ),
    "a.odt": odt(
        f"<text:p>Says {odt_link(PIER, 'the report <text:span>of the town</text:span>')}, or"
        f" {odt_link('../x.odt', 'it')}.</text:p>"
    ),
    "a.eml": b"From: Ann <ann@x.example>\nSubject: Ferry\n"
    b"Content-Type: text/html; charset=utf-8\n\n"
    b'<p>Says <a href="https://town.example/pier">the <b>report</b> of the town</a>, or'
    b' <a href="/it">it</a>.</p><p>That is all.</p>',
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_keeps_the_links_of_its_text(name):
    found = links(read(SAMPLES[name], name))
    first = ("the report of the town", "https://town.example/pier")
    assert found[0] == first
    more = {
        "a.md": [("two", "https://x.example/2"), ("three", "https://x.example/3")],
        "a.docx": [("two", "https://town.example/pier")],
    }
    assert found[1:] == more.get(name, [])


# --- whatever stands around it ---

INSIDE = st.text(st.sampled_from("abé e\u0301\u00ad \t\n.1"), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(INSIDE, INSIDE), min_size=1, max_size=8))
def test_each_link_of_a_page_is_found_on_its_own_words_or_not_at_all(pairs):
    body = "".join(
        f"<p>{before} said of this <a href='/{at}'>{words}</a> and then no more.</p>"
        for at, (before, words) in enumerate(pairs)
    )
    tree = lxml_html.document_fromstring(f"<body><main>{body}</main></body>")
    found = hyperlinks.of_page(tree, HERE)
    blocks = ["".join(each.itertext()) for each in tree.iter("p")]
    for number, told in enumerate(hyperlinks.in_blocks(found, blocks)):
        for first, stop, address in told:
            at = int(address.rpartition("/")[2])
            assert visible(blocks[number])[first:stop] == visible(pairs[at][1])
            assert visible(blocks[at]) == visible(blocks[number])
    shown = [each for each in pairs if visible(each[1])]
    assert len(found) == len(shown)
    assert sum(map(len, hyperlinks.in_blocks(found, blocks))) == len(shown)


def test_links_that_are_nowhere_cost_no_more_than_a_bound_and_hide_no_article(monkeypatch):
    monkeypatch.setattr(hyperlinks, "_WORK", 10_000)
    blocks = ["The town said that it paid for the pier, it said."] * 50
    nowhere = [hyperlinks.Hyperlink("amenuof", "links", "andmore", HERE)] * 5
    there = [hyperlinks.Hyperlink("forthepier,", "itsaid", ".", HERE)]
    assert sum(map(len, hyperlinks.in_blocks(nowhere[:1] + there * 50, blocks))) == 50
    assert sum(map(len, hyperlinks.in_blocks(nowhere + there, blocks))) == 0
