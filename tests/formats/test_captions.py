"""What pages call a caption, and whom a picture is by: no sentences of the article, nor lost."""

from __future__ import annotations

import pytest

from annotations.formats import clipboard, html, readers
from annotations.formats.plain import Document
from tests.formats.files import WORD, docx, odt, paragraph

BEFORE = "The harbor of Port Ellery was closed on Monday after the storm broke two of its piers."
AFTER = (
    "Nobody was hurt, but the ferry to the islands will not sail before Friday, it was said.",
    "Repairs will cost about 2 million dollars, and the county has promised to pay half of that.",
    "Fishermen said that they had warned of the piers for years, since the wood was all rotten.",
)
SAID = "The ferry at Pier Two on Monday."
BY = "Ann Bell / Harbor Times"
PICTURE = '<img src="https://p.example/a.jpg" width="900" height="600" alt="A ferry at a pier">'
AMP = f"{PICTURE.replace('<img', '<amp-img')}</amp-img>"
OTHER = PICTURE.replace("a.jpg", "b.jpg")


def page(inserted: str) -> Document:
    said = "".join(f"<p>{each}</p>" for each in AFTER)
    return html.read(
        f'<html lang="en"><head><title>Harbor closed</title></head><body><article>'
        f"<h1>Harbor closed</h1><p>{BEFORE}</p>{inserted}{said}</article></body></html>".encode()
    )


def beside(document: Document) -> list[tuple[str, str]]:
    return list(zip(document.left_out_lines, document.left_out_kinds, strict=True))


def inserted(document: Document) -> list[tuple[str, str]]:
    """Sentences of the article that it had not, with what they are."""
    known = {"Harbor closed", BEFORE, *AFTER}
    return [
        (words, block or sentence.kind.value)
        for sentence, block in zip(document.sentences, document.blocks, strict=True)
        if (words := document.text[sentence.start : sentence.end]) not in known
    ]


SHORTCODE = 'id="attachment_1" align="alignnone" width="900"'
ONE = [
    f"<figure>{PICTURE}<figcaption>{SAID}</figcaption></figure>",
    f'<div id="a" class="wp-caption">{PICTURE}<p class="wp-caption-text">{SAID}</p></div>',
    f'<dl class="wp-caption"><dt>{PICTURE}</dt><dd class="wp-caption-text">{SAID}</dd></dl>',
    f"<p>[caption {SHORTCODE}]{PICTURE} {SAID}[/caption]</p>",
    f'<p>[caption {SHORTCODE} caption="{SAID}"]{PICTURE}[/caption]</p>',
    f"<figure>{AMP}<figcaption>{SAID}</figcaption></figure>",
    f'<div class="image">{PICTURE}<p class="caption">{SAID}</p></div>',
    f'<div class="image">{PICTURE}<div class="ArticleImage-captionText">{SAID}</div></div>',
    f'<p>{PICTURE}<span class="photo_caption">{SAID}</span></p>',
    f'<p>{PICTURE}</p><p class="caption">{SAID}</p>',
    f'<div class="image">{PICTURE}<h4 class="caption">{SAID}</h4></div>',
    f"<figure>{PICTURE}<h6>{SAID}</h6></figure>",
    f"<figure>{PICTURE}<p>{SAID}</p></figure>",
    f"<figure>{PICTURE}<div><div>{SAID}</div></div></figure>",
    f'<table class="tr-caption-container"><tbody><tr><td>{PICTURE}</td></tr><tr>'
    f'<td class="tr-caption">{SAID}</td></tr></tbody></table>',
    f"<figure>{PICTURE}<figcaption>{SAID}<button>Larger</button></figcaption></figure>",
]


@pytest.mark.parametrize("shape", ONE)
def test_a_caption_is_one_whatever_the_page_calls_it_and_stands_with_its_picture(shape):
    document = page(shape)
    assert inserted(document) == []
    assert beside(document) == [(SAID, "caption")]
    assert [(each.address[-5:], each.caption) for each in document.pictures] == [("a.jpg", SAID)]


@pytest.mark.parametrize(
    "within",
    [
        f'{SAID} <span class="credit">{BY}</span>',
        f'<span>{SAID}</span><span class="credit">{BY}</span>',
        f"<span>{SAID}</span><cite>{BY}</cite>",
        f"<p>{SAID}</p><p>{BY}</p>",
        f"<div>{SAID}</div><div><small>{BY}</small></div>",
    ],
)
def test_whom_a_picture_is_by_is_not_glued_to_its_caption(within):
    document = page(f"<figure>{PICTURE}<figcaption>{within}</figcaption></figure>")
    assert beside(document) == [(f"{SAID} {BY}", "caption")]
    assert document.pictures[0].caption == f"{SAID} {BY}"


@pytest.mark.parametrize(
    "shape",
    [
        f'<div>{PICTURE}<div class="image-caption">{SAID}</div><div class="image-credit">{BY}</div>'
        "</div>",
        f'<div class="photo">{PICTURE}<p class="caption">{SAID}</p><p class="photo-credit">{BY}</p>'
        "</div>",
    ],
)
def test_a_line_that_tells_whom_a_picture_is_by_is_beside_the_article(shape):
    document = page(shape)
    assert inserted(document) == []
    assert beside(document) == [(SAID, "caption"), (BY, "caption")]


def test_each_picture_of_a_gallery_has_its_own_caption():
    document = page(
        f"<figure><figure>{PICTURE}<figcaption>{SAID}</figcaption></figure>"
        f"<figure>{OTHER}<figcaption>Boats below the light.</figcaption></figure></figure>"
    )
    assert inserted(document) == []
    assert [each.caption for each in document.pictures] == [SAID, "Boats below the light."]


@pytest.mark.parametrize("code", ['[gallery ids="1,2,3"]', '[audio mp3="https://p.example/a.mp3"]'])
def test_a_shortcode_without_words_is_no_sentence(code):
    assert inserted(page(f"<p>{code}</p>")) == []


def test_a_shortcode_among_words_leaves_them():
    document = page(f"<p>It was late. [caption {SHORTCODE}]{PICTURE}[/caption] Nobody came.</p>")
    assert inserted(document) == [("It was late.", "body"), ("Nobody came.", "body")]


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        # A figure of running text is the article's own.
        (
            "<figure><blockquote>We told them years ago that the wood was rotten.</blockquote>"
            "<figcaption>Tom Cole, fisherman</figcaption></figure>",
            [
                ("We told them years ago that the wood was rotten.", "quote"),
                ("Tom Cole, fisherman", "body"),
            ],
        ),
        (
            "<figure><ul><li>One is the first ship.</li><li>Two is the second ship.</li></ul>"
            "</figure>",
            [("One is the first ship.", "list_item"), ("Two is the second ship.", "list_item")],
        ),
        # Words of the article beside a picture are not taken for its caption.
        (
            f'<p>{PICTURE}<span class="caption">{SAID}</span> The mayor came at noon that day.</p>',
            [("The mayor came at noon that day.", "body")],
        ),
    ],
)
def test_words_of_the_article_stay(shape, found):
    assert inserted(page(shape)) == found


def test_a_long_paragraph_that_is_called_a_caption_is_text():
    words = "The mayor said that the harbor would be open again before the summer. " * 12
    document = page(f'<div>{PICTURE}<p class="caption">{words}</p></div>')
    assert len(inserted(document)) == 12


# --- files, and what is pasted ---


def lines(document: Document) -> list[tuple[str, str]]:
    return [
        (document.text[sentence.start : sentence.end], block or sentence.kind.value)
        for sentence, block in zip(document.sentences, document.blocks, strict=True)
    ]


def style(name: str, based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:styleId="{name}"><w:name w:val="{name}"/>{on}</w:style>'


def test_a_style_of_ones_own_is_what_it_was_made_from_in_a_word_file():
    made = (style("caption"), style("Bildtext", "caption"), style("Unten", "Bildtext"))
    heads = (style("heading 1"), style("Ours", "heading 1"), style("A", "B"), style("B", "A"))
    styles = f'<w:styles xmlns:w="{WORD}">{"".join((*made, *heads))}</w:styles>'
    body = paragraph(AFTER[0], "A") + paragraph(SAID, "Unten") + paragraph("What it cost", "Ours")
    data = docx(body + paragraph(AFTER[1]), styles_xml=styles)
    assert lines(readers.read(readers.Source(data), readers.DOCX)) == [
        (AFTER[0], "body"),
        (SAID, "caption"),
        ("What it cost", "heading"),
        (AFTER[1], "body"),
    ]


def test_a_style_of_ones_own_is_what_it_was_made_from_in_an_opendocument_text():
    names = "urn:oasis:names:tc:opendocument:xmlns"
    own = '<style:style style:name="{}" style:family="paragraph" style:parent-style-name="{}"/>'
    styles = (
        f'<office:document-styles xmlns:office="{names}:office:1.0" '
        f'xmlns:style="{names}:style:1.0"><office:styles>{own.format("Bildtext", "Caption")}'
        "</office:styles></office:document-styles>"
    )
    body = f'<text:p>{AFTER[0]}</text:p><text:p text:style-name="P1">{SAID}</text:p>'
    data = odt(body, own.format("P1", "Bildtext"), styles_xml=styles)
    found = readers.read(readers.Source(data), readers.ODT)
    assert lines(found) == [(AFTER[0], "body"), (SAID, "caption")]


def test_a_caption_in_the_html_of_a_markdown_text_is_not_lost():
    text = f'{AFTER[0]}\n\n<figure><img src="a.jpg">\n<figcaption>{SAID}</figcaption></figure>\n'
    found = readers.read(readers.Source(text.encode()), readers.MARKDOWN)
    assert lines(found) == [(AFTER[0], "body"), (SAID, "caption")]


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (f"<figure><figcaption><p>{SAID}</p><p>{BY}</p></figcaption></figure>", [SAID, BY]),
        (
            f'<figure><figcaption><span>{SAID}</span><span class="credit">{BY}</span></figcaption>'
            "</figure>",
            [SAID, BY],
        ),
        (f'<div class="wp-caption">{PICTURE}<p class="wp-caption-text">{SAID}</p></div>', [SAID]),
    ],
)
def test_a_caption_that_is_pasted_is_one(shape, said):
    found = clipboard.read(f"<p>{AFTER[0]}</p>{shape}<p>{AFTER[1]}</p>".encode(), "en", "en")
    captions = [(each, "caption") for each in said]
    assert lines(found) == [(AFTER[0], "body"), *captions, (AFTER[1], "body")]
