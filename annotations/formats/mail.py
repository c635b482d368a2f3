"""Mails (.eml): the words of the message, who sent it, when, and what was attached.

Source: RFC 5322 and RFC 2045, as Python's `email` reads them. Nothing a message refers to is
fetched; what is attached is named, and read only if a person asks for it.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from annotations.formats import fragment
from annotations.formats.blocks import PARAGRAPH, QUOTE, TITLE, Part, assembled
from annotations.formats.plain import About, Document
from annotations.formats.quoting import quoted_lines
from annotations.text.canonical import BadText
from annotations.text.links import told_in


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a mail. Raises BadText when it has no words."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    if not message.keys():
        raise BadText("no_mail", "This is no mail: it has no header.")
    subject = _header(message, "subject")
    title = [Part(TITLE, subject)] if subject else []
    attached = [name for part in message.iter_attachments() if (name := part.get_filename())]
    return assembled(
        [*title, *_body(message)],
        data,
        language=language,
        default=default,
        about=About(
            title=subject[:300],
            byline=(parseaddr(_header(message, "from"))[0])[:200],
            published_on=_day(message),
        ),
        left_out=sum(len(name.split()) for name in attached),
        attached=tuple(attached),
    )


def attachment(data: bytes, number: int) -> tuple[str, bytes]:
    """The name and bytes of what is attached to a mail, by its number from 0. Raises BadText."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    named = [part for part in message.iter_attachments() if part.get_filename()]
    content = named[number].get_payload(decode=True) if 0 <= number < len(named) else None
    if not isinstance(content, bytes):
        raise BadText("no_attachment", "That mail has no such attachment. Choose the mail again.")
    return str(named[number].get_filename()), content


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, TypeError, AttributeError):  # headers of every kind of wrong
        return ""


def _day(message: EmailMessage) -> str:
    """The day of the mail in its sender's own zone."""
    try:
        moment = message["date"].datetime
    except (AttributeError, ValueError, TypeError, IndexError):
        return ""
    return f"{moment:%Y-%m-%d}" if moment else ""


def _body(message: EmailMessage) -> list[Part]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return []
    try:
        content = part.get_content()
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return []
    if part.get_content_subtype() == "html":
        return fragment.parts(content)
    paragraphs = content.replace("\r\n", "\n").split("\n\n")
    said = [each for paragraph in paragraphs for each in quoted_lines(_unwrapped(paragraph))]
    return [
        Part(QUOTE if is_quoted else PARAGRAPH, words, links=told_in(words))
        for is_quoted, words in said
    ]


def _unwrapped(paragraph: str) -> str:
    """The paragraph's lines; those that format=flowed wrapped (RFC 3676) made one."""
    return paragraph.replace(" \n", " ")
