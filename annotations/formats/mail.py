"""Mails (.eml): the words of the message, who sent it, when, and what was attached.

Source: RFC 5322 and RFC 2045, as Python's `email` reads them. Nothing a message refers to is
fetched; what is attached is named, and read only if a person asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from annotations.formats import fragment, mailed, mailfoot
from annotations.formats.blocks import TITLE, Part, assembled
from annotations.formats.plain import About, Document
from annotations.text.canonical import BadText

_FAR_MORE = 3
"""How many times as much as its plain words the HTML of a mail says where those stand in for it."""


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a mail. Raises BadText when it has no words."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    if not message.keys():
        raise BadText("no_mail", "This is no mail: it has no header.")
    subject = _header(message, "subject")
    title = [Part(TITLE, subject)] if subject else []
    attached = [name for name, _part in _attached(message)]
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
    named = _attached(message)
    content = _bytes_of(named[number][1]) if 0 <= number < len(named) else None
    if content is None:
        raise BadText("no_attachment", "That mail has no such attachment. Choose the mail again.")
    return named[number][0], content


def _bytes_of(part: MIMEPart) -> bytes | None:
    if part.get_content_type() == "message/rfc822":
        try:
            return bytes(part.get_content())
        except (LookupError, ValueError, AttributeError, TypeError):  # a mail that is none
            return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None


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


def _attached(message: EmailMessage) -> list[tuple[str, MIMEPart]]:
    """What is attached, each under its name; a mail that is handed on whole by its subject."""
    found: list[tuple[str, MIMEPart]] = []
    for part in message.iter_attachments():
        name = part.get_filename() or ""
        if not name and part.get_content_type() == "message/rfc822":
            name = f"{_header(part.get_content(), 'subject')[:100] or 'mail'}.eml"
        if name:
            found.append((name, part))
    return found


def _body(message: EmailMessage) -> list[Part]:
    """The parts of the message: of its plain words, or of its HTML where that says far more."""
    plain, html = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    parts = _parts(plain) if plain is not None else []
    if html is not None and not parts:
        parts = _parts(html)
    elif html is not None and _length(parts) * _FAR_MORE < _length(shown := _parts(html)):
        parts = shown
    after = [each for part in _further(message, plain, html) for each in _parts(part)]
    return mailfoot.set_apart([*parts, *after])


def _length(parts: Sequence[Part]) -> int:
    return sum(len(part.text.split()) for part in parts)


def _further(message: EmailMessage, *bodies: MIMEPart | None) -> Iterator[MIMEPart]:
    """Words that go on after a picture: parts of text that are no file and nothing else's twin."""
    if message.get_content_type() != "multipart/mixed":
        return
    for part in message.iter_attachments():
        is_text = part.get_content_type() in ("text/plain", "text/html")
        if is_text and part not in bodies and not part.is_attachment() and not part.get_filename():
            yield part


def _parts(part: MIMEPart) -> list[Part]:
    try:
        content = part.get_content()
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return []
    if part.get_content_subtype() == "html":
        return fragment.parts(content, is_mail=True)
    said = dict(part["content-type"].params) if "content-type" in part else {}
    flowed = str(said.get("format", "")).lower() == "flowed"
    return mailed.parts(content, flowed=flowed, del_sp=str(said.get("delsp", "")).lower() == "yes")
