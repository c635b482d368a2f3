"""What is pasted from a word processor, a mail or a page keeps its structure, by its words."""

from __future__ import annotations

import pytest

from annotations.formats import clipboard, plain, readers
from annotations.formats.plain import Document
from annotations.text.canonical import BadText
from annotations.text.links import web_address
from tests.formats import pasted
from tests.formats.test_beside import sentences, whole

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{margin:0}</style><title>x</title></head><body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle>Ferry is back</p>
<p class=MsoNormal>It sails, says <a href="https://town.example/r">the town</a>. So be it.
<o:p></o:p></p>
<h2>What came before</h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>A pier</p>
<table><tr><td><p class=MsoNormal>Year</p></td><td><p class=MsoNormal>Cars</p></td></tr>
<tr><td><p class=MsoNormal>2024</p></td><td><p class=MsoNormal>3,900</p></td></tr></table>
<script>alert(1)</script><!--EndFragment--></body></html>"""
TEXT = (
    "Ferry is back\n\nIt sails, says the town. So be it.\n\nWhat came before\n\nA pier\n\n"
    "Year | Cars\n\n2024 | 3,900"
)


def read(html: str) -> Document:
    return readers.read(readers.Source(html.encode()), readers.CLIPBOARD)


@pytest.fixture(scope="module")
def copied() -> Document:
    return read(WORD)


def typed(text: str, *copied: Document) -> Document:
    return clipboard.structured(plain.read(text), copied)


def test_a_word_processors_html_is_its_blocks(copied):
    assert copied.text == TEXT
    assert sentences(copied) == [
        ("heading", "", "Ferry is back"),
        ("body", "", "It sails, says the town."),
        ("body", "", "So be it."),
        ("heading", "", "What came before"),
        ("body", "list_item", "A pier"),
        ("row", "", "Year | Cars"),
        ("row", "", "2024 | 3,900"),
    ]


def test_the_text_that_is_sent_is_what_was_copied(copied):
    document = typed(TEXT, copied)
    assert sentences(document) == sentences(copied)
    assert [(document.text[e.start : e.end], e.address) for e in document.links] == [
        ("the town", "https://town.example/r")
    ]
    assert document.title == "Ferry is back"
    whole(document)


def test_what_was_typed_around_and_within_it_stays_as_it_is(copied):
    text = f"My own words first. See https://a.example/.\n\n{TEXT}".replace("A pier", "Two piers.")
    document = typed(text, copied)
    assert document.text == text
    assert ("body", "", "Two piers.") in sentences(document)
    assert ("row", "", "2024 | 3,900") in sentences(document)
    assert [document.text[e.start : e.end] for e in document.links] == [
        "https://a.example/",
        "the town",
    ]
    whole(document)
    again = clipboard.structured(document, [copied])
    assert again == document


def test_what_was_not_copied_is_read_as_any_text(copied):
    assert typed("One two. Three.", copied).sentences == plain.read("One two. Three.").sentences
    assert typed(TEXT) == plain.read(TEXT)


def test_nothing_but_words_links_and_blocks_comes_through():
    found = read('<p onclick="x()">A <a href="javascript:alert(1)">b</a> c.</p><iframe>d</iframe>')
    assert found.text.startswith("A b c.")
    assert found.links == ()
    with pytest.raises(BadText):
        read("<script>alert(1)</script>")


def test_rtf_is_refused_in_words_that_name_what_to_do():
    for data, name in ((b"{\\rtf1\\ansi x}", "a.rtf"), (b"{\\rtf1\\ansi x}", "a.txt")):
        with pytest.raises(BadText, match=r"save it as \.docx or \.odt") as why:
            readers.media_type_of(data, name)
        assert why.value.code == "rtf"


# --- the shapes in which programs copy ---

SHOWN = [
    ("heading", "", "Ferry is back"),
    ("body", "", "The ferry carried 3,900 cars, says the town."),
    ("body", "", "Nobody asked why."),
    ("body", "list_item", "A new pier"),
    ("body", "list_item", "Two boats"),
    ("body", "list_item", "One crew"),
    ("row", "", "Year | Cars"),
    ("row", "", "2024 | 3,900"),
    ("body", "", "It is so."),
]


@pytest.mark.parametrize("shape", ["WORD", "GOOGLE_DOCS", "LIBREOFFICE", "OUTLOOK"])
def test_what_a_program_copies_is_the_same_words_and_blocks_whichever_it_is(shape):
    found = read(getattr(pasted, shape))
    expected = list(SHOWN)
    if shape == "WORD":
        expected[2] = ("body", "", "Nobody asked why.[1]")  # the number of a note stays one
    if shape == "OUTLOOK":
        # A mail has no headings, only a bold line; whom it answers stands below it.
        expected += [
            ("body", "", "From: Ann Lee <ann@paper.example>"),
            ("body", "", "Sent: Friday"),
        ]
    assert sentences(found) == expected
    assert [(found.text[e.start : e.end], e.address) for e in found.links] == [
        ("the town", "https://town.example/report")
    ]
    assert sentences(typed(found.text, found)) == expected
    whole(typed(found.text, found))


# --- part of a paragraph ---

PART = "carried 3,900 cars, says the town. Nobody"


def links_in(document: Document) -> list[tuple[str, int]]:
    return [(document.text[e.start : e.end], e.start) for e in document.links]


def test_part_of_a_paragraph_that_is_pasted_into_another_keeps_its_links():
    part = read(pasted.BROWSER)
    assert part.text == PART
    text = f"My words.\n\nIn May the ferry {PART} knows why, I think. Else the town is quiet."
    found = typed(text, part)
    assert links_in(found) == [("the town", text.index("the town"))]
    assert found.sentences == plain.read(text).sentences
    whole(found)
    assert clipboard.structured(found, [part]) == found


def test_a_paragraph_that_was_edited_keeps_the_links_whose_words_stand_where_they_stood(copied):
    text = TEXT.replace("It sails, says the town.", "It sails again, says the town.")
    assert links_in(typed(text, copied)) == [("the town", text.index("the town"))]
    text = TEXT.replace("says the town.", "says the mayor.")
    assert links_in(typed(text, copied)) == []


def test_two_paragraphs_that_were_joined_keep_their_links(copied):
    text = TEXT.replace("So be it.\n\nWhat", "So be it. What")
    assert links_in(typed(text, copied)) == [("the town", text.index("the town"))]


def test_words_that_stand_more_often_than_they_were_pasted_are_anybodys():
    link = read('<p><a href="https://town.example/">the town</a></p>')
    text = "I saw the town. He saw the town too."
    assert links_in(typed(text, link)) == []
    assert [words for words, _at in links_in(typed(text, link, link))] == ["the town"] * 2
    assert links_in(typed("I saw the town. He saw the townspeople.", link)) == [("the town", 6)]


def test_what_was_pasted_twice_and_kept_once_has_its_link_once(copied):
    assert links_in(typed(TEXT, copied, copied)) == links_in(typed(TEXT, copied))


def test_pasted_fragments_that_overlap_give_links_that_do_not():
    one = read('<p>a <a href="https://a.example/">long way to</a></p>')
    two = read('<p><a href="https://b.example/">way to go</a> on</p>')
    found = typed("It is a long way to go on from here.", one, two)
    assert [words for words, _at in links_in(found)] == ["long way to"]
    whole(found)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.google.com/url?q=https://a.example/b&sa=D", "https://a.example/b"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&data=0",
            "https://a.example/",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=1", "https://a.example/"),
        ("https://www.google.com/url?q=javascript:x", "https://www.google.com/url?q=javascript:x"),
        ("https://www.google.com/search?q=https://a.example/", None),
        ("https://a.example/url?q=https://b.example/", None),
    ],
)
def test_an_address_that_a_program_put_around_another_is_the_other(written, address):
    assert web_address(written) == (address or written)


def test_lines_that_only_the_html_has_are_spaces_and_those_of_a_poem_are_lines():
    found = read(
        "<p>A new\n  pier, and\r\n\ta <b>boat\n</b>too.</p><pre>Roses are red\nViolets are</pre>"
    )
    assert found.text.split("\n\n")[0] == "A new pier, and a boat too."
    assert "Roses are red\nViolets are" in found.text


# --- mails ---

MAILED = {
    "gmail": '<div dir="ltr">I agree.</div><br><div class="gmail_quote gmail_quote_container"><div'
    ' dir="ltr" class="gmail_attr">On Fri, Ann Lee wrote:<br></div><blockquote class="gmail_quote"'
    ' style="margin:0 0 0 0.8ex"><div dir="ltr">The pier is shut.</div></blockquote></div>',
    "thunderbird": '<p>I agree.</p><div class="moz-cite-prefix">On Fri, Ann Lee wrote:<br></div>'
    '<blockquote type="cite" cite="mid:1"><p>The pier is shut.</p></blockquote>',
    "outlook": '<div class="WordSection1"><p class="MsoNormal">I agree.<o:p></o:p></p><div><div'
    ' style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p'
    ' class="MsoNormal"><b>On:</b> Fri, <b>From:</b> Ann Lee<o:p></o:p></p></div></div><p'
    ' class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">The pier is shut.</p></div>',
    "outlook on the web": '<div>I agree.</div><div id="appendonsend"></div><hr><div'
    ' id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Ann Lee</font></div><div>The pier is shut.'
    "</div>",
    "yahoo": '<div>I agree.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>The pier is'
    " shut.</div></div>",
}


@pytest.mark.parametrize("program", MAILED)
def test_what_a_mail_answers_is_a_quotation_whichever_program_wrote_it(program):
    found = sentences(read(MAILED[program]))
    assert found[0] == ("body", "", "I agree.")
    assert found[-1] == ("body", "quote", "The pier is shut.")
    assert all(block == "" for _kind, block, _words in found[:-1]) or program == "yahoo"


def test_a_box_under_a_line_that_tells_no_sender_is_no_mail():
    ruled = (
        '<div style="border-top:solid #000 1.0pt;padding:3.0pt 0cm"><p><b>Note:</b> so.</p></div>'
    )
    assert sentences(read(f"{ruled}<p>The pier is shut.</p>"))[-1][1] == ""


def test_the_notes_of_what_was_copied_have_their_numbers():
    text = read(
        '<p class="MsoNormal">It was 240<a href="#_ftn1" name="_ftnref1"><sup>1</sup></a> homes.'
        '</p><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1"><sup>1'
        "</sup></a>2024 report.</p></div>"
    ).text
    assert text == "It was 240¹ homes.\n\n¹ 2024 report."
