"""What a telephone, an office or a mailing list puts into a mail is none of its sentences."""

from __future__ import annotations

import pytest

from annotations.formats import mail
from annotations.formats.taken import taken_in
from tests.formats.test_mail import MORE, TOLD, written

SENT = [
    "Sent from my iPhone",
    "Sent from my Galaxy A54",
    "Sent from Outlook for iOS",
    "Get Outlook for Android<https://aka.example/a>",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour Android",
    "Enviado desde mi iPhone",
    "Enviado do meu telemóvel",
    "Inviato da iPhone",
    "Verzonden vanaf mijn iPad",
    "Wysłane z iPhone'a",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "iPhone’umdan gönderildi",
    "أرسلت من الـ iPhone",
    "发自我的手机",
    "iPhoneから送信",
    "Στάλθηκε από το iPhone μου",
    "Dikirim dari ponsel saya",
    "मेरे iPhone से भेजा गया",
    "Ուղարկված է iPhone-ից",
]


@pytest.mark.parametrize("line", SENT)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["at once", "after a gap"])
def test_the_line_of_a_telephone_is_no_sentence_and_can_be_taken_in(line, gap):
    found = written(f"{MORE}{gap}{line}\n")
    assert found.text == f"Homes\n\n{MORE}"
    assert found.left_out_kinds == ("mail_foot",)
    assert found.left_out == len(found.left_out_lines[0].split())
    assert taken_in(found, [0]).text == f"Homes\n\n{MORE}\n\n{found.left_out_lines[0]}"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from the mayor’s office to all who live in the harbour.",
        "Sent from my iPhone is what he wrote under each mail that the court has now read in full?",
        "It was sent from an iPhone, the police said on Monday.",
        "Sent from my iPhone:",
        "Отправлено с завода в мае.",
    ],
)
def test_what_somebody_wrote_of_telephones_stays(line):
    found = written(f"{MORE}\n\n{line}\n")
    assert not found.left_out_lines
    assert line in found.text


def test_the_line_of_a_telephone_in_html_and_in_what_is_quoted_is_none_either():
    found = written(
        f"<div>{MORE}<br><br>Sent from my iPhone</div><blockquote><p>{TOLD}</p>"
        '<p>Sent from <a href="https://yahoo.example/x">Yahoo Mail on Android</a></p></blockquote>',
        "text/html",
    )
    assert found.text == f"Homes\n\n{MORE}\n\n{TOLD}"
    assert found.left_out_lines == ("Sent from my iPhone", "Sent from Yahoo Mail on Android")
    assert [each.address for each in taken_in(found, [1]).links] == ["https://yahoo.example/x"]


NOTICES = [
    "This e-mail and any files with it are confidential and meant for the intended recipient.",
    "If you have received this message in error, please tell the sender and delete it.",
    "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt.",
    "Ce message est confidentiel et réservé à son destinataire.",
    "Este mensaje es confidencial y va dirigido solo a su destinatario.",
    "Questo messaggio è riservato al destinatario.",
    "Esta mensagem é confidencial e destina-se ao destinatário.",
    "Deze e-mail is vertrouwelijk en alleen bestemd voor de geadresseerde.",
    "Ta wiadomość jest poufna i przeznaczona dla adresata.",
    "Это сообщение конфиденциально и предназначено адресату.",
    "Це повідомлення конфіденційне, лише для одержувача.",
    "Bu e-posta gizlidir ve yalnızca alıcı içindir.",
    "هذه الرسالة سرية وموجهة إلى المستلم فقط.",
    "本邮件为保密邮件，仅供收件人使用。",
    "このメールは機密であり、受信者のみを対象とします。",
    "Το παρόν μήνυμα είναι εμπιστευτικό για τον παραλήπτη.",
    "Pesan ini rahasia dan hanya untuk penerima.",
    "यह ईमेल गोपनीय है और केवल प्राप्तकर्ता के लिए है।",
    "Այս նամակը գաղտնի է և միայն ստացողի համար է։",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_the_notice_of_an_office_is_no_sentence(notice):
    below = "The Paper, 12 High Street"
    found = written(
        f"{MORE}\n\n{notice}\n\n{below}\n\nOn 30/11/2026, Tom Reed wrote:\n\n> {TOLD}\n"
    )
    assert notice not in found.text
    assert found.left_out_lines == (notice,)
    assert TOLD in found.text
    assert below in found.text


def test_a_notice_above_what_somebody_wrote_is_a_sentence_of_theirs():
    found = written(f"{NOTICES[0]}\n\n{MORE} {MORE}\n")
    assert not found.left_out_lines


def test_a_mail_that_says_nothing_else_is_its_text():
    found = written(f"{NOTICES[0]}\n\nSent from my iPhone\n")
    assert NOTICES[0] in found.text
    assert not found.left_out_lines


LEAVING = [
    "You are receiving this because you signed up. Unsubscribe: https://list.example/u",
    "Newsletter abbestellen: https://list.example/u",
    "Se désabonner : https://list.example/u",
    "Darse de baja: https://list.example/u",
    "Per cancellarti: https://list.example/u",
    "Cancelar inscrição: https://list.example/u",
    "Afmelden: https://list.example/u",
    "Wypisz się: https://list.example/u",
    "Отписаться: https://list.example/u",
    "Відписатися: https://list.example/u",
    "Abonelikten çık: https://list.example/u",
    "إلغاء الاشتراك: https://list.example/u",
    "退订：https://list.example/u",
    "配信停止：https://list.example/u",
    "Απεγγραφή: https://list.example/u",
    "Berhenti berlangganan: https://list.example/u",
    "सदस्यता रद्द करें: https://list.example/u",
    "Չեղարկել բաժանորդագրությունը՝ https://list.example/u",
]


@pytest.mark.parametrize("line", LEAVING)
def test_how_to_leave_a_mailing_list_is_no_sentence(line):
    found = written(f"{MORE}\n\n{line}\n")
    assert found.text == f"Homes\n\n{MORE}"
    assert found.left_out_lines == (line,)


def test_it_is_none_in_a_newsletters_html_above_the_text_either():
    found = written(
        '<p><a href="https://list.example/v">View this email in your browser</a></p>'
        f'<p>{MORE}</p><p>{TOLD}</p><p>The Paper | <a href="https://list.example/u">Unsubscribe</a>'
        "</p>",
        "text/html",
    )
    assert found.text == f"Homes\n\n{MORE}\n\n{TOLD}"
    assert len(found.left_out_lines) == 2


def test_words_about_leaving_a_list_without_a_way_to_it_are_the_writers():
    line = "Most readers unsubscribe within a year, the paper said."
    assert line in written(f"{MORE}\n\n{line}\n").text


def test_a_mail_of_many_lines_is_read_in_time_that_grows_as_they_do():
    found = mail.read(
        f"Subject: Homes\n\n{MORE}\n\n{('Sent from my iPhone' + chr(10)) * 4000}".encode(), "", "en"
    )
    assert found.text == f"Homes\n\n{MORE}"
