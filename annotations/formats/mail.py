"""Mails (.eml): the words of the message, who sent it, when, and what was attached.

Source: RFC 5322 and RFC 2045, as Python's `email` reads them. Nothing a message refers to is
fetched; what is attached is named and not read.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from lxml import etree
from lxml import html as markup

from annotations.formats.blocks import HEADING, LIST_ITEM, PARAGRAPH, QUOTE, TITLE, Part, assembled
from annotations.formats.inline import flatten
from annotations.formats.plain import About, Document
from annotations.text.canonical import BadText
from annotations.text.links import Words, web_address

_BLOCKS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    "li": LIST_ITEM,
    "blockquote": QUOTE,
    **dict.fromkeys(("p", "div", "tr", "pre", "td", "section", "article", "body"), PARAGRAPH),
}


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
    )


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
        return _from_html(content)
    paragraphs = content.replace("\r\n", "\n").split("\n\n")
    return [Part(PARAGRAPH, _unwrapped(each)) for each in paragraphs if each.strip()]


def _unwrapped(paragraph: str) -> str:
    """The paragraph's lines; those that format=flowed wrapped (RFC 3676) made one."""
    return paragraph.replace(" \n", " ")


def _from_html(content: str) -> list[Part]:
    """The blocks of a mail in HTML: all of it is the message's own."""
    try:
        tree = markup.document_fromstring(content)
    except (etree.ParserError, ValueError):
        return []
    for element in list(tree.iter("script", "style", "head", "template")):
        element.drop_tree()
    flatten(tree)
    for element in list(tree.iter("br")):
        element.tail = "\n" + (element.tail or "")
    parts: list[Part] = []
    kind, words = PARAGRAPH, Words()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            parts.append(Part(kind, words.text, links=words.links))
            words = Words()
            kind = _BLOCKS[tag] if event == "start" else PARAGRAPH
        if event == "start":
            if tag == "a":
                words.open_link()
            words.add(element.text or "")
        else:
            if tag == "a":
                words.close_link(web_address(element.get("href") or ""))
            words.add(element.tail or "")
    last = Part(kind, words.text, links=words.links)
    return [part for part in [*parts, last] if part.text.strip()]
