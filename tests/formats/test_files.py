"""Files as newsrooms have them: Word, OpenDocument, PDF, subtitles, mails, Markdown."""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress

import pytest
from pypdf import PdfReader, PdfWriter

from annotations.formats import apart, markdown, packed, readers
from annotations.formats import docx as word
from annotations.formats import pdf as pdfs
from annotations.formats.plain import Document
from annotations.formats.readers import READERS, Source
from annotations.text.canonical import BadText, canonicalise
from tests.formats import files
from tests.formats.files import column, docx, odt, paragraph, pdf

BODY = "The council built 240 homes in the harbour last year. Nobody else was asked."


def read(data: bytes, name: str, language: str = "") -> Document:
    return readers.read(Source(data, language), readers.media_type_of(data, name))


def lines(document: Document) -> list[tuple[str, str, str]]:
    return [
        (row.kind.value, block, document.text[row.start : row.end])
        for row, block in zip(document.sentences, document.blocks, strict=True)
    ]


def refused(data: bytes, name: str) -> str:
    with pytest.raises(BadText) as problem:
        read(data, name)
    return problem.value.code


# --- Word ---

NOTE = f"""<w:footnotes xmlns:w="{files.WORD}"><w:footnote w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>Town report, p. 3.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def test_a_word_file_is_its_headings_paragraphs_lists_and_quotations():
    data = docx(
        paragraph("Ferry is back", "Titel")
        + paragraph(BODY)
        + paragraph("What came before", "berschrift1")
        + paragraph("An item.", about="<w:numPr/>")
        + paragraph("“We won,” she said.", "Zitat")
    )
    found = read(data, "ferry.docx")
    assert lines(found) == [
        ("heading", "", "Ferry is back"),
        ("body", "", "The council built 240 homes in the harbour last year."),
        ("body", "", "Nobody else was asked."),
        ("heading", "", "What came before"),
        ("body", "list_item", "An item."),
        ("body", "quote", "“We won,” she said."),
    ]
    assert (found.title, found.about.byline) == ("Ferry is back", "Ann Lee")
    assert found.original == data
    assert found.original_sha256 == hashlib.sha256(data).hexdigest()
    assert canonicalise(found.text).text == found.text


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ('<w:r><w:t>240</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
         "<w:t>1</w:t></w:r>", "240¹"),
        ('<w:r><w:t>240</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>', "240¹"),
        ("<w:del><w:r><w:delText>300</w:delText><w:t>300</w:t></w:r></w:del>"
         "<w:ins><w:r><w:t>240</w:t></w:r></w:ins>", "240"),
        ("<w:r><w:t>240</w:t><w:br/><w:t>homes</w:t></w:r>", "240\nhomes"),
        ("<w:r><w:t>240</w:t><w:tab/><w:t>homes</w:t></w:r>", "240 homes"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>240</w:t></w:r>", "240"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>300 </w:t></w:r><w:r><w:t>240</w:t></w:r>", "240"),
        ("<w:r><w:t>2</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r>"
         "<w:r><w:t>4</w:t></w:r>", "2 4"),
        ("<w:r><w:t>2</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
         "<w:r><w:t>40</w:t></w:r>", "240"),
        ("<w:hyperlink><w:r><w:t>240</w:t></w:r></w:hyperlink>", "240"),
        ("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>240</w:t></w:r>", "240"),
    ],
)  # fmt: skip
def test_what_a_run_of_a_word_file_becomes(run, words):
    found = read(docx(f"<w:p>{run}</w:p>{paragraph(BODY)}", footnotes_xml=NOTE), "a.docx")
    assert found.text.startswith(f"{words}\n\n{BODY}")
    assert found.text.endswith("¹ Town report, p. 3.")


def test_a_table_of_a_word_file_is_read_row_by_row():
    cells = [["Town", "Homes"], ["Leeds", "240"]]
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in cells
    )
    found = read(docx(f"{paragraph(BODY)}<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert found.text == f"{BODY}\n\nTown | Homes\n\nLeeds | 240"


BOX = (
    "<w:p><w:r><w:t>It sails at nine.</w:t></w:r><w:r>{}</w:r></w:p>"
    "<w:p><w:r><w:t>Nobody asked.</w:t></w:r></w:p>"
)
BOXED = f"<w:txbxContent>{paragraph('The pier in May.', 'Bild')}</w:txbxContent>"
CHOICE = f"<mc:Choice>{BOXED}</mc:Choice><mc:Fallback><w:pict>{BOXED}</w:pict></mc:Fallback>"


@pytest.mark.parametrize(
    "box",
    [
        f'<mc:AlternateContent xmlns:mc="mc">{CHOICE}</mc:AlternateContent>',  # Word since 2010
        f"<w:pict>{BOXED}</w:pict>",  # and before
    ],
)
def test_what_stands_in_a_box_of_a_word_file_is_read_once_and_in_no_line(box):
    data = docx(BOX.format(box))
    assert lines(read(data, "a.docx")) == [
        ("body", "", "It sails at nine."),
        ("body", "caption", "The pier in May."),
        ("body", "", "Nobody asked."),
    ]


def test_how_a_box_is_set_says_nothing_of_the_line_it_hangs_on():
    boxed = f"<w:txbxContent>{paragraph('Read more', 'Titel', about='<w:numPr/>')}</w:txbxContent>"
    found = lines(read(docx(BOX.format(f"<w:pict>{boxed}</w:pict>")), "a.docx"))
    assert found[0] == ("body", "", "It sails at nine.")


def test_macros_and_what_a_file_refers_to_are_left_alone():
    data = docx(
        paragraph(BODY),
        vbaProject_bin=b"\xd0\xcf\x11\xe0 Sub AutoOpen()",
        _rels_document_xml_rels='<R Target="http://127.0.0.1:9/x" TargetMode="External"/>',
    )
    assert read(data, "a.docm").text == BODY


def test_an_entity_of_a_word_file_is_never_resolved():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM'
        ' "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{files.WORD}"><w:body>{paragraph(BODY + " &b;&f;")}</w:body>'
        "</w:document>"
    )
    data = files.archive({"word/document.xml": bomb})
    text = read(data, "a.docx").text
    assert "root:" not in text
    assert "aaaa" not in text


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_archives_that_are_bombs_broken_locked_or_something_else_are_refused(name):
    assert refused(b"not an archive", name) == "broken_file"
    assert refused(docx(paragraph(BODY))[:-40], name) == "broken_file"
    assert refused(files.archive({"other.xml": "<x/>"}), name) == "broken_file"
    assert refused(files.archive({"word/document.xml": "<x", "content.xml": "<x"}), name) == (
        "broken_file"
    )
    many = {f"{n}": "" for n in range(packed.MOST_MEMBERS + 1)}
    assert refused(files.archive(many), name) == "too_much_packed"
    large = b"\0" * (packed.LARGEST + 1)
    assert refused(files.archive({"word/document.xml": large}), name) == "too_much_packed"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refused(old + "WordDocument".encode("utf-16-le"), name) == "old_word"
    assert refused(old + "EncryptedPackage".encode("utf-16-le"), name) == "locked"


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.docm", "report", "a.txt"])
def test_a_word_file_under_a_password_says_so_whatever_its_name(name):
    data = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(BadText, match="protected by a password") as problem:
        readers.media_type_of(data, name)
    assert problem.value.code == "locked"


def test_a_word_file_without_words_is_said_to_be_empty():
    assert refused(docx("<w:p/>"), "a.docx") == "empty"


# --- OpenDocument ---


def test_an_opendocument_text_is_its_headings_paragraphs_lists_notes_and_tables():
    styles = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    data = odt(
        '<text:h text:outline-level="1">Ferry is back</text:h>'
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        '<text:p>240<text:span text:style-name="T1">2</text:span> homes<text:s/>were built.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A report."
        "</text:p></text:note-body></text:note> Nobody knew.</text:p>"
        "<text:list><text:list-item><text:p>An item.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Leeds</text:p>"
        "</table:table-cell><table:table-cell><text:p>240</text:p></table:table-cell>"
        "</table:table-row></table:table>",
        styles,
    )
    assert lines(read(data, "a.odt")) == [
        ("heading", "", "Ferry is back"),
        ("body", "", "240² homes were built.¹"),
        ("body", "", "Nobody knew."),
        ("body", "list_item", "An item."),
        ("body", "", "Leeds 240"),
        ("body", "", "¹ A report."),
    ]


ODT_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {about}/>'
    "</style:style>"
    for name, about in {
        "up": 'style:text-position="super 58%"',
        "high": 'style:text-position="33% 80%"',
        "low": 'style:text-position="-33% 80%"',
        "level": 'style:text-position="0% 100%"',
        "struck": 'style:text-line-through-style="solid"',
        "kept": 'style:text-line-through-style="none"',
        "hidden": 'text:display="none"',
    }.items()
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('240<text:span text:style-name="up">1</text:span> homes', "240¹ homes"),
        ('240<text:span text:style-name="high">1</text:span> homes', "240¹ homes"),
        ('H<text:span text:style-name="low">2</text:span>O', "H2O"),
        ('24<text:span text:style-name="level">0</text:span> homes', "240 homes"),
        ('240 <text:span text:style-name="struck">old </text:span>homes', "240 homes"),
        ('240 <text:span text:style-name="struck">old <text:span text:style-name="kept">new '
         "</text:span></text:span>homes", "240 new homes"),
        ('240 <text:span text:style-name="hidden">secret </text:span>homes', "240 homes"),
        ('2<text:span text:style-name="struck">9</text:span>4 homes', "2 4 homes"),
        ('2<text:span text:style-name="hidden">9</text:span>40 homes', "240 homes"),
        ('2<text:span text:style-name="struck">9</text:span>, homes', "2, homes"),
        ('<draw:frame><draw:image/><svg:title>A pier</svg:title><svg:desc>In May</svg:desc>'
         "</draw:frame>240 homes", "240 homes"),
    ],
)  # fmt: skip
def test_what_letters_of_an_opendocument_text_become(line, words):
    found = read(odt(f"<text:p>{line}</text:p><text:p>{BODY}</text:p>", ODT_STYLES), "a.odt")
    assert found.text == f"{words}\n\n{BODY}"


def test_what_stands_in_a_box_of_an_opendocument_text_is_read_once_and_in_no_line():
    data = odt(
        "<text:p><draw:frame><draw:text-box>"
        '<text:p text:style-name="Illustration"><draw:frame>'
        '<draw:image xlink:href="https://paper.example/pier.jpg" xmlns:xlink="x"/>'
        "<svg:title>A pier</svg:title></draw:frame>Figure 1: The pier.</text:p>"
        "</draw:text-box></draw:frame>It sails at nine.</text:p><text:p>Nobody asked.</text:p>"
    )
    found = read(data, "a.odt")
    assert lines(found) == [
        ("body", "", "It sails at nine."),
        ("body", "caption", "Figure 1: The pier."),
        ("body", "", "Nobody asked."),
    ]
    assert [picture.alternative for picture in found.pictures] == ["A pier"]


def test_a_quotation_of_an_opendocument_text_is_one():
    data = odt(f'<text:p text:style-name="Quotations">We won.</text:p><text:p>{BODY}</text:p>')
    assert lines(read(data, "a.odt"))[0] == ("body", "quote", "We won.")


def test_a_locked_opendocument_text_is_refused():
    locked = {"content.xml": "x", "META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert refused(files.archive(locked), "a.odt") == "locked"


# --- PDF ---

PAGE = ["The council built 240 homes in the harbour last year, and the infor-",
        "mation was kept from the people of the town for twenty-",
        "One days. Nobody else was asked about it by the mayor."]  # fmt: skip
TEXT = (
    "The council built 240 homes in the harbour last year, and the information was kept from the"
    " people of the town for twenty- One days. Nobody else was asked about it by the mayor."
)


def test_a_pdf_is_read_with_words_parted_at_line_ends_whole_and_its_pages_told():
    towns = ("Leeds", "Hull", "Bath", "York")
    pages = [
        [
            (50, 780, 8, "The Harbour Report"),
            *column([f"In {town} too.", *PAGE, f"So it was in {town}."]),
            (300, 20, 8, f"{number}"),
        ]
        for number, town in enumerate(towns, 1)
    ]
    found = read(pdf(pages, "/Title (Harbour report) /Author (Ann Lee)"), "a.pdf")
    whole = " ".join(found.text.split())
    assert whole == " ".join(f"In {town} too. {TEXT} So it was in {town}." for town in towns)
    assert found.places == tuple(f"p. {number}" for number in (1, 2, 3, 4) for _sentence in "1234")
    assert (found.title, found.about.byline) == ("Harbour report", "Ann Lee")
    assert found.left_out == 4 * 4


def test_two_columns_of_a_pdf_are_read_one_after_the_other():
    left = ["The first column begins", "here and goes on for", "a while with its own", "words.",
            "It ends here."]  # fmt: skip
    right = ["The second column is", "another matter, and", "it has five lines of", "its own too.",
             "It ends there."]  # fmt: skip
    rows = [run for pair in zip(column(left), column(right, x=320), strict=True) for run in pair]
    text = read(pdf([rows]), "a.pdf").text.replace("\n\n", " ")
    assert text == " ".join([*left, *right])


def test_a_heading_of_a_pdf_is_no_part_of_the_sentence_after_it():
    found = read(pdf([[(50, 740, 18, "Harbour homes doubled"), *column(PAGE)]]), "a.pdf")
    assert found.text == f"Harbour homes doubled\n\n{TEXT}"
    assert [row.kind.value for row in found.sentences] == ["heading", "body", "body"]


@pytest.mark.parametrize(
    ("size", "words", "kind"),
    [
        (12, "Harbour homes doubled", "heading"),
        (11, "Harbour homes doubled", "body"),  # 10 points is usual here
        (18, "Is it over?", "heading"),
        (18, "It is over.", "body"),  # running text is never a heading
        (8, "Harbour homes doubled", "body"),
    ],
)
def test_a_short_line_in_larger_letters_that_is_no_sentence_is_a_heading(size, words, kind):
    found = read(pdf([[(50, 740, size, words), *column(PAGE)]]), "a.pdf")
    assert found.sentences[0].kind.value == kind


def test_a_sentence_that_goes_on_over_a_page_is_one_and_of_the_page_it_begins_on():
    pages = [
        column(["The council built 240 homes in the"]),
        column(["harbour last year. It is so."]),
    ]
    found = read(pdf(pages), "a.pdf")
    assert found.text == "The council built 240 homes in the harbour last year. It is so."
    assert found.places == ("p. 1", "p. 2")


def test_pages_of_a_line_or_two_keep_them_though_they_are_alike():
    found = read(pdf([column([f"Slide {n} says a thing."]) for n in range(9)]), "a.pdf")
    assert len(found.sentences) == 9


def test_a_scan_says_that_it_holds_no_words():
    assert refused(pdf([[], []]), "a.pdf") == "scan"
    assert refused(pdf([[(50, 20, 8, "1")], [(50, 20, 8, "2")]]), "a.pdf") == "scan"


def test_a_pdf_under_a_password_is_refused_and_one_without_a_password_to_read_is_read():
    for password, code in (("secret", "locked_pdf"), ("", "")):
        writer = PdfWriter()
        writer.append(PdfReader(io.BytesIO(pdf([column(PAGE)]))))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
        made = io.BytesIO()
        writer.write(made)
        if code:
            assert refused(made.getvalue(), "a.pdf") == code
        else:
            assert read(made.getvalue(), "a.pdf").text == TEXT


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.4\n" + b"\0" * 5000, pdf([column(PAGE)])[:400]]
)
def test_a_broken_pdf_is_refused(data):
    assert refused(data, "a.pdf") in ("broken_file", "scan", "text_too_hard")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_PAGES", 3)
    with pytest.raises(BadText) as problem:
        pdfs.read(pdf([column(PAGE)] * 4), "en", "en")
    assert problem.value.code == "too_many_pages"


def test_a_pdf_is_known_by_its_beginning_whatever_its_name():
    assert read(pdf([column(PAGE)]), "report").text == TEXT
    assert readers.media_type_of(docx(paragraph(BODY)), "") == readers.DOCX
    assert readers.media_type_of(odt("<text:p>x</text:p>"), "") == readers.ODT


RAISED_IN_PDF = {
    "a note": ([(0, 10, "built 240"), (4, 6, "1"), (0, 10, " homes")], "built 240¹ homes"),
    "as LibreOffice does": (
        [(0, 12, "built 12,5"), (4.6, 7, "2"), (0, 12, "."), (4.6, 7, "3"), (0, 12, " It is so")],
        "built 12,5².³ It is so",
    ),
    "an ordinal": ([(0, 12, "the 3"), (4.6, 9.6, "rd"), (0, 12, " of May")], "the 3rd of May"),
    "powers": ([(0, 10, "10"), (3.6, 7, "6"), (0, 10, " m"), (3.6, 7, "2")], "10⁶ m²"),
    "a note with a letter": ([(0, 10, "240"), (4, 6, "1a"), (0, 10, " homes")], "240[1a] homes"),
    "before its line": ([(4, 6, "1"), (0, 10, "240 homes")], "¹240 homes"),
    "lowered": ([(0, 12, "BENZOL"), (-1.1, 7, "2"), (0, 12, " is")], "BENZOL2 is"),
    "lowered after a figure": ([(0, 12, "is 10"), (-1.1, 7, "2"), (0, 12, "1")], "is 10 2 1"),
    "smaller": ([(0, 10, "24"), (0, 10, "0 homes"), (0, 7, "3")], "240 homes3"),
    "a smaller figure": ([(0, 10, "built 240"), (0, 7, "1")], "built 240 1"),
    "as large": ([(0, 10, "built 240"), (3, 10, "1")], "built 240 1"),
    "a large first letter": ([(0, 24, "T"), (9, 10, "he 240")], "The 240"),
    "smaller words": (
        [(0, 12, "built 240"), (2, 7, "1234567890 homes")], "built 240 1234567890 homes"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("runs", "words"), RAISED_IN_PDF.values(), ids=RAISED_IN_PDF)
def test_what_is_raised_in_a_line_of_a_pdf_never_makes_another_figure(runs, words):
    shown, x = [], 50.0
    for up, size, text in runs:
        shown.append((x, 740 + up, size, text))
        # About how wide the letters of Helvetica are.
        x += size * sum(0.25 if char in "iltf .," else 0.55 for char in text)
    found = pdfs.read(pdf([[*shown, *column(PAGE, top=600)]]), "en", "en")
    assert found.text == f"{words}\n\n{TEXT}"


def test_a_small_line_above_a_large_one_is_no_part_of_it():
    runs = [(50, 748, 8, "Page 12"), (50, 740, 12, "240 homes were built")]
    found = pdfs.read(pdf([[*runs, *column(PAGE, top=600)]]), "en", "en")
    assert found.text.startswith("Page 12\n\n240 homes were built")


# --- subtitles ---

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>The council built 240 homes</i>

2
00:00:03,000 --> 00:00:05,000
in the harbour last year.

3
00:01:02,500 --> 00:01:04,000
MAYOR: Nobody else was asked.

4
01:00:00,000 --> 01:00:02,000
MAYOR: It is so.
"""
VTT = """WEBVTT

NOTE a remark

00:01.000 --> 00:03.000
<v Ann Lee>The council built 240 homes</v>

00:03.000 --> 00:05.000
<v Ann Lee>The council built 240 homes</v>
<v Ann Lee>in the harbour.</v>
"""


def test_subtitles_become_sentences_with_the_time_of_each():
    found = read(SRT.encode(), "a.srt")
    assert found.text.split("\n\n") == [
        "The council built 240 homes in the harbour last year.",
        "MAYOR: Nobody else was asked. It is so.",
    ]
    assert found.places == ("00:00:01", "00:01:02", "01:00:00")


def test_a_line_that_stays_on_the_screen_is_said_once_and_a_voice_is_a_label():
    found = read(VTT.encode(), "a.vtt")
    assert found.text == "Ann Lee: The council built 240 homes in the harbour."
    assert found.places == ("00:00:01",)


def test_subtitles_without_a_time_are_refused():
    assert refused(b"Nothing of the kind.", "a.srt") == "no_cues"


# --- mail ---

MAIL = (
    "From: Ann Lee <ann@paper.example>\r\nTo: desk@paper.example\r\n"
    "Subject: =?utf-8?q?H=C3=A4fen?= and homes\r\nDate: Fri, 20 Nov 2026 23:30:00 -0500\r\n"
)


def test_a_mail_is_its_subject_and_words_with_who_sent_it_and_when_where_they_are():
    found = read(f"{MAIL}\r\n{BODY}\r\n\r\nAnn\r\n".encode(), "a.eml")
    assert found.text == f"Häfen and homes\n\n{BODY}\n\nAnn"
    about = found.about
    assert (about.byline, about.published_on) == ("Ann Lee", "2026-11-20")


def test_a_mail_in_html_with_attachments_is_read_without_them():
    data = (
        f"{MAIL}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><style>p {}</style></head>"
        f"<h2>News</h2><p>240<sup>1</sup> homes.<br>It is so.</p><ul><li>One.</li></ul>"
        '<img src="http://127.0.0.1:9/x">\r\n--x\r\nContent-Type: application/pdf\r\n'
        'Content-Disposition: attachment; filename="report.pdf"\r\n\r\n%PDF-\r\n--x--\r\n'
    ).encode()
    found = read(data, "a.eml")
    assert found.text == "Häfen and homes\n\nNews\n\n240¹ homes.\nIt is so.\n\nOne."
    assert found.left_out == 1


def test_what_is_no_mail_or_has_no_words_is_refused():
    assert refused(b"\r\nNo header here.", "a.eml") == "no_mail"
    assert refused(b"Date: never\r\n\r\n", "a.eml") == "empty"
    odd = (
        b"Subject: \xff\xfe x\r\nFrom: <\r\nDate: 99 Foo\r\nContent-Type: text/plain; charset=k\r\n"
    )
    assert "Words" in read(odd + b"\r\nWords \xff here.", "a.eml").text


# --- Markdown ---


def test_markdown_is_its_words_without_its_signs():
    text = (
        "---\ntitle: Ferry\nauthor: Ann Lee\n---\n# Ferry is *back*\n\nThe **council** built"
        " [240 homes](https://x.example)\nin the ~~old~~ harbour. `It` is so.\n\n## Before\n\n"
        "- An item.\n\n> A quotation.\n\n| Town | Homes |\n|---|---|\n| Leeds | 240 |\n\n"
        "<script>x</script>\n"
    )
    found = read(text.encode(), "a.md")
    assert lines(found) == [
        ("heading", "", "Ferry is back"),
        ("body", "", "The council built 240 homes in the harbour."),
        ("body", "", "It is so."),
        ("heading", "", "Before"),
        ("body", "list_item", "An item."),
        ("body", "quote", "A quotation."),
        ("row", "", "Town | Homes"),
        ("row", "", "Leeds | 240"),
    ]
    assert found.about.byline == "Ann Lee"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("240<sup>1</sup> homes", "240¹ homes"),
        ("240<sup>[1](#n)</sup> homes", "240¹ homes"),
        ("240<sup>1, 2, 3, 4, 5, 6</sup> homes", "240 1, 2, 3, 4, 5, 6 homes"),
        ("10<sup>6</sup> m<sup>2</sup> of CO<sub>2</sub>", "10⁶ m² of CO₂"),
        ("1~~2~~3 homes", "1 3 homes"),
        ("1<del>2</del>3 homes", "1 3 homes"),
        ("the ~~old~~ new homes", "the new homes"),
        ("240<br>homes", "240\nhomes"),
        ("1![2](a.png)3 homes", "1 3 homes"),
        ("1![](a.png)![](b.png)3 homes", "1 3 homes"),
        ("2**4**0 <b>homes</b><script>5</script>", "240 homes"),
        ("240 <b", "240 <b"),
    ],
)
def test_what_a_line_of_markdown_sets_apart_keeps_its_sense(line, words):
    found = markdown.read(f"{line}\n\n{BODY}".encode(), "en", "en")
    assert found.text == f"{words}\n\n{BODY}"
    table = f"| Town | Homes |\n|---|---|\n| Leeds | {line} |\n| Hull | 3 |\n"
    assert f"Leeds | {' '.join(words.split())}" in markdown.read(table.encode(), "en", "en").text


def test_a_link_of_markdown_stands_at_its_words_though_html_stands_before_it():
    line = b"240<sup>1</sup> homes in [Leeds](https://x.example) and ~~Hull~~."
    found = markdown.read(line, "en", "en")
    (link,) = found.links
    assert found.text[link.start : link.end] == "Leeds"


# --- all of them ---

SAMPLES = {
    "a.docx": docx(paragraph(BODY)),
    "a.odt": odt(f"<text:p>{BODY}</text:p>"),
    "a.pdf": pdf([column(PAGE)]),
    "a.srt": SRT.encode(),
    "a.vtt": VTT.encode(),
    "a.eml": f"{MAIL}\r\n{BODY}".encode(),
    "a.md": BODY.encode(),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_spans_give_the_text_of_a_file_back_and_the_language_is_its_own(name):
    found = read(SAMPLES[name], name)
    at = 0
    for sentence in found.sentences:
        assert found.text[at : sentence.start].strip() == ""
        at = sentence.end
    assert at == len(found.text)
    assert found.language == "en"
    assert len(found.places) == len(found.sentences)
    assert read(SAMPLES[name], name, "fr").language == "fr"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_takes_too_long_is_given_up(name):
    kind = {"a.docx": "docx", "a.odt": "odt", "a.pdf": "pdf", "a.eml": "mail", "a.md": "markdown"}
    with pytest.raises(BadText) as problem:
        apart.read(SAMPLES[name], "", kind=kind.get(name, "subtitles"), seconds=0.01)
    assert problem.value.code == "text_too_hard"


@pytest.mark.parametrize(("name", "data"), [(n, d[: len(d) // 2]) for n, d in SAMPLES.items()])
def test_half_a_file_is_read_or_refused_in_words(name, data):
    with suppress(BadText):
        assert read(data, name).sentences


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.doc", "an old Word document"), ("a.json", "JSON"), ("a.xlsx", "an Excel table")],
)
def test_what_has_no_reader_is_refused_naming_what_is_known(name, kind):
    with pytest.raises(BadText, match=f"This is {kind}, which cannot be imported") as problem:
        readers.media_type_of(b"x", name)
    for reader in READERS.values():
        for ending in reader.endings:
            assert ending in str(problem.value)


def test_the_work_of_a_long_run_grows_as_it_does(monkeypatch):
    """Counted, not timed: each of its texts looked through all of them for how the run is set."""

    def looked_at(texts: int) -> int:
        count = 0

        def counting(element):
            nonlocal count
            count += 1
            return packed.tag_of(element)

        monkeypatch.setattr(word, "tag_of", counting)
        body = f"<w:p><w:r>{'<w:t>Word. </w:t>' * texts}</w:r></w:p>"
        word.read(docx(body), "en", "en")
        return count

    assert looked_at(400) < 2.2 * looked_at(200)
