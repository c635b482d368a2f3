"""Mails: who said what in an exchange, what is handed on, what is only signed."""

from __future__ import annotations

import pytest

from annotations.formats import mail
from annotations.formats.plain import Document
from annotations.formats.taken import taken_in
from annotations.text.canonical import BadText

TOLD = "The council built 240 homes last year."
MORE = "It will build another 300 homes in the harbour within the next two years."
HEAD = "From: Ann Lee <ann@paper.example>\nSubject: Homes\nMIME-Version: 1.0\n"


def written(body: str, kind: str = "text/plain; charset=utf-8") -> Document:
    return mail.read(f"{HEAD}Content-Type: {kind}\n\n{body}".encode(), "", "en")


def blocks(found: Document) -> list[tuple[str, str]]:
    """Of each paragraph after the subject what it is ("" or "quote"), and its words in one line."""
    told: dict[int, tuple[str, list[str]]] = {}
    for row, block in zip(found.sentences, found.blocks, strict=True):
        kind, words = told.setdefault(row.paragraph, (block, []))
        assert kind == block
        words.append(" ".join(found.text[row.start : row.end].split()))
    return [(kind, " ".join(words)) for kind, words in told.values()][1:]


# Who wrote what is answered, as programs say it in several languages; some break the line.
ATTRIBUTIONS = [
    "On Mon, 30 Nov 2026 at 09:12, Tom Reed <tom@town.example> wrote:",
    "On Monday, November 30, 2026 at 09:12:00 AM Central European Time, Tom Reed\n"
    "<tom@town.example> wrote:",
    "On 30/11/2026 09:12, Tom Reed wrote:",
    "Am 30.11.26 um 09:12 schrieb Tom Reed:",
    "Le lun. 30 nov. 2026 à 09:12, Tom Reed <tom@town.example> a\nécrit :",
    "El lun, 30 nov 2026 a las 9:12, Tom Reed (<tom@town.example>) escribió:",
    "Il giorno lun 30 nov 2026 alle ore 09:12 Tom Reed <\ntom@town.example> ha scritto:",
    "30.11.2026 09:12, Tom Reed пишет:",
    "في الاثنين، 30 نوفمبر 2026 في 9:12 ص، كتب Tom Reed <tom@town.example>:",
    "Tom Reed <tom@town.example> 于2026年11月30日周一 09:12写道：",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("gap", ["", "\n"], ids=["at once", "after a gap"])
def test_what_is_answered_is_quoted_and_who_wrote_it_is_one_paragraph(attribution, gap):
    said = " ".join(attribution.split()).replace("< ", "<")
    found = blocks(written(f"{attribution}\n{gap}> {TOLD}\n>\n> {MORE}\n\nNo, only 120.\n"))
    assert found == [("", said), ("quote", TOLD), ("quote", MORE), ("", "No, only 120.")]


def test_an_answer_stands_above_between_or_below():
    found = blocks(written(f"No.\n\n> {TOLD}\nOnly 120.\n> {MORE}\n\nSo they say.\n"))
    assert found == [
        *[("", "No."), ("quote", TOLD), ("", "Only 120.")],
        *[("quote", MORE), ("", "So they say.")],
    ]


@pytest.mark.parametrize("two", [">>", "> >", ">> ", "> > "])
def test_a_quotation_in_a_quotation_is_a_paragraph_of_its_own(two):
    found = blocks(written(f"> {TOLD}\n{two}{MORE}\n> Yes, it did.\n\nNo.\n"))
    assert found == [("quote", TOLD), ("quote", MORE), ("quote", "Yes, it did."), ("", "No.")]


def test_a_sentence_goes_on_over_the_lines_that_a_quotation_was_wrapped_into():
    found = written(
        "> The council built 240 homes last year, as it said in its report on Monday,\n"
        "> and it will build another 300 homes in the harbour within the next two years\n"
        "> if the state pays.\n\nNo.\n"
    )
    assert len(found.sentences) == 3  # the subject, the quotation, the answer
    assert ">" not in found.text


# --- line ends ---


def test_line_ends_that_a_program_made_are_none():
    """RFC 3676: after a space, within one depth; a space that begins a line is none."""
    body = (
        "> The council built 240 \n> homes last year, it \n> said.\n>> Did it \n>> build any?\n"
        " From the beginning it was \nclear.\nA line.\n\n-- \nAnn\n"
    )
    found = written(body, "text/plain; charset=utf-8; format=flowed")
    assert found.text.split("\n\n") == [
        *["Homes", "The council built 240 homes last year, it said.", "Did it build any?"],
        "From the beginning it was clear.\nA line.",
    ]


def test_the_space_is_none_either_where_the_mail_says_so():
    kind = "text/plain; charset=utf-8; format=flowed; delsp=yes"
    found = written("議会は昨年、港に住宅を二百四十戸 \n建てた。\n", kind)
    assert found.text.split("\n\n")[1] == "議会は昨年、港に住宅を二百四十戸建てた。"


def test_in_other_mails_a_line_end_after_a_space_is_one():
    found = written("First line \nSecond line\n")
    assert found.text.split("\n\n")[1] == "First line\nSecond line"


def test_from_at_the_beginning_of_a_line_is_no_quotation():
    found = written("The council met.\n>From the beginning nobody knew\nof it.\n")
    assert {kind for kind, _words in blocks(found)} == {""}
    assert "From the beginning nobody knew\nof it." in found.text
    assert ">" not in found.text
    assert blocks(written(f"> {TOLD}\n>From the beginning.\n"))[-1][0] == "quote"


# --- signatures ---


SIGNED = "Ann Lee, reporter\nThe Paper, 12 High Street\n\n+44 20 7946 0000"


@pytest.mark.parametrize("dashes", ["-- ", "--"])
@pytest.mark.parametrize("after", ["", f"\nOn 30/11/2026, Tom Reed wrote:\n\n> {TOLD}\n"])
def test_a_signature_is_no_text_and_can_be_taken_in_at_its_place(dashes, after):
    found = written(f"{MORE}\n{dashes}\n{SIGNED}\n{after}")
    (line,) = found.left_out_lines
    assert line == SIGNED.replace("\n\n", "\n")
    assert found.left_out == len(line.split())
    assert "reporter" not in found.text
    assert (TOLD in found.text) == bool(after)
    lines = taken_in(found, [0]).text.split("\n\n")
    assert lines[1:3] == [MORE, line]


def test_a_signature_in_what_is_quoted_is_none_of_its_words():
    found = written(f"> {TOLD}\n> -- \n> Tom Reed\n\nNo.\n")
    assert blocks(found) == [("quote", TOLD), ("", "No.")]
    assert found.left_out_lines == ("Tom Reed",)


@pytest.mark.parametrize("body", [f"--\n{(MORE + chr(10)) * 13}", "-- \n", f"A -- b\n--c\n{MORE}"])
def test_what_is_no_signature_stays(body):
    found = written(f"{TOLD}\n\n{body}")
    assert not found.left_out_lines
    assert found.text.count(MORE) == body.count(MORE)


@pytest.mark.parametrize(
    "signature",
    [
        '<span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">{}</div>',
        '<div class="moz-signature">-- <br>{}</div>',
        '<div id="Signature"><p>{}</p></div>',
    ],
)
def test_a_signature_in_html_is_no_text_either(signature):
    found = written(f"<p>{MORE}</p>{signature.format('Ann Lee, reporter')}", "text/html")
    assert found.text == f"Homes\n\n{MORE}"
    assert "Ann Lee, reporter" in " ".join(found.left_out_lines)


# --- handed on ---

LABELS = {
    "en": ("From", "Date", "Subject", "To"),
    "de": ("Von", "Gesendet", "Betreff", "An"),
    "fr": ("De ", "Envoyé ", "Objet ", "À "),
    "es": ("De", "Enviado el", "Asunto", "Para"),
    "ru": ("От", "Дата", "Тема", "Кому"),
    "ar": ("من", "التاريخ", "الموضوع", "إلى"),
    "zh": ("发件人", "日期", "主题", "收件人"),
}
VALUES = ("Tom Reed <tom@town.example>", "30.11.2026 09:12", "Homes in the harbour", "Ann Lee")
BEGINNINGS = [
    "---------- Forwarded message ---------\n",
    "-----Ursprüngliche Nachricht-----\n",
    "-------- Message transféré --------\n",
    "________________________________\n",
    "Begin forwarded message:\n\n",
    "Начало переадресованного сообщения:\n\n",
]


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_is_handed_on_is_a_quotation_below_who_sent_it(language, beginning):
    colon = "：" if language == "zh" else ": "
    head = [f"{label}{colon}{value}" for label, value in zip(LABELS[language], VALUES, strict=True)]
    lines = "\n".join(head)
    found = blocks(written(f"See below.\n\n{beginning}{lines}\n\n\n{TOLD}\n\n{MORE}\n"))
    assert found[0] == ("", "See below.")
    assert found[-2:] == [("quote", TOLD), ("quote", MORE)]
    told = [words for kind, words in found if not kind]
    assert told[-4:] == head
    assert not any(set(words) <= {"_", "-"} for _kind, words in found)


@pytest.mark.parametrize(
    "body",
    [
        f"Contact:\n\nPress: press@town.example\nPhone: 555 0100\nWeb: town.example\n\n{MORE}",
        f"One said:\n\nFirst: yes\nSecond: no\nThird: at 09:12\n\n{MORE}",
        f"------------\n\n{MORE}",
    ],
)
def test_other_lines_with_labels_hand_nothing_on(body):
    assert blocks(written(f"{TOLD}\n\n{body}"))[-1] == ("", MORE)


# --- how a mail is put together ---


def parted(kind: str, *parts: str) -> bytes:
    body = "".join(f"--x\n{part}\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/{kind}; boundary=x\n\n{body}--x--\n".encode()


PLAIN, HTML = "Content-Type: text/plain\n\n", "Content-Type: text/html\n\n"
PICTURE = "Content-Type: image/png\nContent-Disposition: inline; filename=a.png\n\nx"


def test_of_two_ways_to_say_it_the_plain_one_is_read():
    found = mail.read(parted("alternative", PLAIN + TOLD, f"{HTML}<p>{TOLD}</p>"), "", "en")
    assert found.text == f"Homes\n\n{TOLD}"


@pytest.mark.parametrize("stub", ["This mail needs a program that shows HTML.", " "])
def test_plain_words_that_only_stand_in_for_the_html_are_not_the_text(stub):
    page = f"{HTML}<h2>News</h2><p>{TOLD}</p><p>{MORE}</p><p>{TOLD}</p><p>{MORE}</p>"
    found = mail.read(parted("alternative", PLAIN + stub, page), "", "en")
    assert found.text.startswith(f"Homes\n\nNews\n\n{TOLD}")


def test_words_go_on_after_a_picture():
    found = mail.read(parted("mixed", PLAIN + TOLD, PICTURE, PLAIN + MORE), "", "en")
    assert found.text == f"Homes\n\n{TOLD}\n\n{MORE}"
    assert found.attached == ("a.png",)


def test_a_text_that_is_attached_is_none_of_the_mail():
    file = f"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n{MORE}"
    found = mail.read(parted("mixed", PLAIN + TOLD, file), "", "en")
    assert found.text == f"Homes\n\n{TOLD}"
    assert found.attached == ("a.txt",)


def test_a_mail_that_is_handed_on_whole_is_attached_and_can_be_read():
    inner = f"Content-Type: message/rfc822\n\nSubject: Harbour\nFrom: t@town.example\n\n{MORE}\n"
    data = parted("mixed", f"{PLAIN}See there.", inner)
    found = mail.read(data, "", "en")
    assert found.attached == ("Harbour.eml",)
    name, whole = mail.attachment(data, 0)
    assert name == "Harbour.eml"
    assert mail.read(whole, "", "en").text == f"Harbour\n\n{MORE}"
    with pytest.raises(BadText):
        mail.attachment(data, 1)


def test_an_exchange_in_html_is_quoted_as_programs_mark_it():
    body = (
        f'<div dir="ltr">No.</div><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f"On Mon, Tom Reed wrote:<br></div><blockquote><p>{TOLD}</p><blockquote><p>{MORE}</p>"
        "</blockquote></blockquote></div>"
    )
    assert blocks(written(body, "text/html; charset=utf-8")) == [
        *[("", "No."), ("", "On Mon, Tom Reed wrote:"), ("quote", TOLD), ("quote", MORE)]
    ]
