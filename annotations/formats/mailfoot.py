"""What stands in a mail and was written by nobody who wrote it: told by its words and its place.

A line of a telephone or of a mail program ("Sent from my iPhone"), the notice of an office that a
mail is confidential, and the lines of a mailing list on how to leave it. Each is told by two things
at least, in the languages that mails are read in: a program's name after the words for "sent from";
this mail, its secrecy, its receiver; the words for leaving a list beside a link. Notices are looked
for at the end of what somebody wrote only, and something else must be left.

Runs where nothing of Django is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.formats.blocks import MAIL_FOOT, QUOTE, SIGNATURE, Part
from annotations.text.links import Words, visible

_LONGEST_LINE, _LONGEST_LIST_LINE = 90, 45
"""Code points of a program's line; words of a mailing list's."""
_FIRST, _LAST = 3, 10
"""Paragraphs at the beginning and at the end of a mail among which a list's lines stand."""
_SHORT = 25
"""Words of a paragraph that may stand below a notice: an address, a line of the list's."""
_SENT = re.compile(
    r"sent (?:from|via|with|using|by)\b|get outlook for\b|von meinem\b.*\bgesendet"
    r"|gesendet (?:von|mit|aus|über)\b|diese nachricht wurde von meinem\b"
    r"|envoyé (?:de|depuis|à partir de|avec|par|via)\b"
    r"|(?:télécharge[zr]|obtenir) outlook\b"
    r"|enviado (?:desde|con|por|a través|do|da|de|pelo|a partir|via)\b"
    r"|(?:obtener|obter|obtén) outlook|inviato (?:da|dal|con|tramite)\b|scarica outlook\b"
    r"|(?:verzonden|verstuurd) (?:vanaf|met|via|vanuit)\b|wysł(?:ane|ano) (?:z|za)\b"
    r"|отправлено (?:с|из|через|от)\b|(?:надіслано|відправлено) (?:з|із|через)\b"
    r"|.*gönderildi\b|dikirim (?:dari|menggunakan|melalui)\b|στάλθηκε (?:από|με)\b"
    r"|أ?ُ?رسلت? من\b|تم الإرسال من\b|مُ?رسل من\b|发自我的|发送自|發自我的|從我的.*傳送"
    r"|.*から送信|.*से भेजा गया|ուղարկվ(?:ած|ել) է\b",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"i-?phone|i-?pad|i-?pod|android|galaxy|samsung|blackberry|huawei|xiaomi|redmi|honor\b"
    r"|pixel|nokia|xperia|motorola|oneplus|\boppo\b|fairphone|windows|outlook|yahoo|gmail"
    r"|proton|tutanota|\btuta\b|\bspark\b|mailbird|thunderbird|k-9|t-mobile|verizon"
    r"|\bgmx\b|web\.de|telekom|mymail|mail\.ru|яндекс|yandex|icloud|\baol\b|fairemail"
    r"|bluemail|\bphone\b|mobile|smartphone|\bhandy\b|mobiltelefon|tablet|téléphone|móvil"
    r"|celular|cellulare|telem[óo]vel|telefo[on]|komórk|телефон|смартфон|мобіль|мобиль"
    r"|telefonum|ponsel|κινητό|هاتف|جوال|آيفون|手机|手機|スマート|फ़?ोन",
    re.IGNORECASE,
)
_THIS_MAIL = re.compile(
    r"\bthis (?:e-?mail|message|communication|transmission)\b"
    r"|\bdiese (?:e-?mail|mail|nachricht)\b|\bce (?:message|courriel|mail)\b"
    r"|\bcet e-?mail\b|\beste (?:mensaje|correo|e-?mail)\b"
    r"|\besta (?:mensagem|comunicaci[óo]n)\b"
    r"|\bquest[oa] (?:messaggio|e-?mail|comunicazione)\b"
    r"|\b(?:dit|deze) (?:e-?mail(?:bericht)?|bericht)\b"
    r"|\bt[aeę] (?:wiadomość|wiadomości)\b|\bniniejsz[aey] wiadomoś"
    r"|\bэто (?:сообщение|письмо)\b|\bданное (?:сообщение|письмо)\b"
    r"|\b(?:це|цей) (?:повідомлення|лист)\b|\bbu (?:e-?posta|ileti|mesaj)\b"
    r"|\b(?:e-?mail|pesan) ini\b|το παρόν (?:μήνυμα|e-?mail)|هذه الرسالة|هذا البريد"
    r"|本(?:邮件|郵件|メール|电子邮件)|此(?:邮件|郵件|电子邮件)|このメール"
    r"|यह (?:ईमेल|संदेश)|इस (?:ईमेल|संदेश)"
    r"|այս (?:նամակ|հաղորդագրությու)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"confiden[ct]i|privileged|vertraulich|riservat|vertrouwelijk|poufn|конфиденциальн"
    r"|конфіденційн|\bgizli|rahasia|εμπιστευτικ|سري|السرية|机密|機密|保密|गोपनीय|գաղտնի",
    re.IGNORECASE,
)
_RECEIVER = re.compile(
    r"intended (?:recipient|solely|only|addressee)"
    r"|(?:solely|only) for the (?:use|person|individual)|addressee|in error|by mistake"
    r"|empfänger|adressat|irrtümlich|destinataire|par erreur|destinat[áa]ri"
    r"|por (?:error|engano|erro)\b|per errore|geadresseerde|ontvanger|bestemd voor|adresat"
    r"|odbiorc|omyłk|адресат|получател|по ошибке|адресат|одержувач|отримувач|помилков"
    r"|alıcı|yanlışlıkla|penerima|παραλήπτ|αποδέκτ|المرسل إليه|المستلم|بالخطأ"
    r"|عن طريق الخطأ|收件人|误收|誤收|受信者|宛先|誤って|प्राप्तकर्ता|ստացող|հասցեատ",
    re.IGNORECASE,
)
_LEAVING = re.compile(
    r"unsubscribe|update your (?:e-?mail )?preferences"
    r"|manage (?:your )?(?:subscriptions?|preferences)|in your browser"
    r"|you(?:’|')?(?: a)?re receiving this"
    r"|you (?:have )?received this (?:e-?mail|message) because|opt[ -]out\b|abmelden"
    r"|abbestellen|austragen|abzubestellen|im browser|sie erhalten dies|désabonn|désinscri"
    r"|vous recevez ce|dans (?:votre|le) navigateur|gérer vos préférences|darse de baja"
    r"|date de baja|cancelar (?:la|su|tu|a|sua)? ?(?:suscripción|inscrição|assinatura)"
    r"|recibes? este|en (?:el|tu|su) navegador|disiscri|annulla(?:re)? l[’']iscrizione"
    r"|cancellarti|ricevi quest|nel browser|descadastr|recebe(?:u)? est"
    r"|no (?:seu )?navegador|afmelden|uitschrijven|u ontvangt deze|in (?:je|uw) browser"
    r"|wypis(?:z|ać)|zrezygnuj|otrzymuje(?:sz|cie|\w*) t|w przeglądarce|отпис"
    r"|отказаться от рассылки|вы получили это|в браузере|відпис|ви отримали це|abonelikten"
    r"|listeden çık|tarayıcı|إلغاء الاشتراك|في المتصفح|退订|退訂|取消订阅|取消訂閱|浏览器"
    r"|配信停止|配信解除|購読解除|登録解除|ブラウザ|απεγγραφή|διαγραφή από"
    r"|berhenti berlangganan|di browser|सदस्यता (?:रद्द|समाप्त)|अनसब्सक्राइब|բաժանորդագրությ",
    re.IGNORECASE,
)


def set_apart(parts: Sequence[Part]) -> list[Part]:
    """The parts of a mail; what nobody wrote who wrote it is a part of its own, of its kind.

    All of them, where nothing else is said.
    """
    found = [each for part in parts for each in _by_lines(part)]
    is_end = is_quoted = True
    for at in range(len(found) - 1, -1, -1):
        part = found[at]
        if part.kind in (SIGNATURE, MAIL_FOOT):
            continue
        is_end = is_end or is_quoted != (part.kind == QUOTE)
        is_quoted = part.kind == QUOTE
        is_outside = at < _FIRST or at >= len(found) - _LAST
        if (is_end and _is_notice(part.text)) or (is_outside and _is_of_a_list(part)):
            found[at] = replace(part, kind=MAIL_FOOT)
        elif len(part.text.split()) > _SHORT:
            is_end = False
    is_left = any(part.kind not in (SIGNATURE, MAIL_FOOT) and part.text.strip() for part in found)
    return found if is_left else list(parts)


def _by_lines(part: Part) -> Iterator[Part]:
    """The part; a line of a program in it is one of its own."""
    lines = part.text.split("\n")
    if part.kind == SIGNATURE or not any(map(_is_of_a_program, lines)):
        yield part
        return
    at = 0
    run = Words()
    for line in lines:
        end = at + len(visible(line))
        moved = tuple((a - at, z - at, to) for a, z, to in part.links if at <= a and z <= end)
        at = end
        if _is_of_a_program(line):
            if run.text.strip():
                yield replace(part, text=run.text, links=run.links)
            yield Part(MAIL_FOOT, line, links=moved)
            run = Words()
            continue
        run.add("\n" if run.text else "")
        run.add_linked(line, moved)
    if run.text.strip():
        yield replace(part, text=run.text, links=run.links, pictures=())


def _is_of_a_program(line: str) -> bool:
    """Whether a line only tells from which telephone or program the mail was sent."""
    words = line.strip().strip("*_<>-–— ")
    if len(words) > _LONGEST_LINE or words.endswith((":", "：", "?", "!")):
        return False
    return bool(_SENT.match(words) and _PROGRAM.search(words))


def _is_notice(words: str) -> bool:
    """Whether it speaks of this mail, and of two of the mail, its secrecy and its receiver."""
    told = [bool(each.search(words)) for each in (_THIS_MAIL, _SECRET, _RECEIVER)]
    return sum(told) > 1 and told[0]


def _is_of_a_list(part: Part) -> bool:
    """Whether it says how to leave a list, or to read it elsewhere, and leads there."""
    leads = bool(part.links) or "http" in part.text or "@" in part.text
    is_short = len(part.text.split()) <= _LONGEST_LIST_LINE
    return leads and is_short and bool(_LEAVING.search(part.text))
