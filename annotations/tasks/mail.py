"""The outbox is emptied: one letter at a time, outside of any transaction."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from annotations.models import Letter
from annotations.vocabulary import LetterKind
from annotations.workflow import letters, notices

from . import lost_passwords
from .notices import words_of

logger = logging.getLogger(__name__)


def send_next() -> bool:
    """Send the letter that has waited longest; returns whether there was one.

    Where no mail goes out they wait: for a server that is set, or to be given up.
    """
    if not settings.MAIL_GOES_OUT:
        return False
    letter = letters.claim(timezone.now())
    if letter is None:
        return False
    try:
        message = message_of(letter)
        if message is None:
            _let_go(letter)
            return True
        _send(message)
    except Exception as problem:  # whatever it is: the others are sent all the same
        why = _why(problem, letter)
        logger.warning("Letter %s was not sent: %s", letter.uuid, why)
        letters.failed(letter, why, timezone.now(), for_good=_is_for_good(problem))
    else:
        letters.sent(letter, timezone.now())
    return True


def _let_go(letter: Letter) -> None:
    """There is nothing to send, or nobody to send it to."""
    if letter.kind == LetterKind.LOST:
        letters.drop(letter, timezone.now())
    else:
        notices.take_back(letter)


def _send(message: EmailMessage) -> None:
    """Hand it to the mail server, and hang up however that ends: Django does not, at a refusal."""
    message.connection = connection = get_connection()
    try:
        message.send()
    finally:
        with suppress(Exception):
            connection.close()


def message_of(letter: Letter) -> EmailMessage | None:
    """The mail; None where it is of notices, and its reader may be told none of them now, or of a
    lost password, and nobody has an account with that address.

    Each copy of it has the same Message-ID, by which a second one can be told.
    """
    words: tuple[str, str] | None
    if letter.kind in (LetterKind.NOTICES, LetterKind.DIGEST):
        words = words_of(letter)
    elif letter.kind == LetterKind.LOST:
        words = lost_passwords.words_of(letter)
    else:
        words = letter.subject, letter.body
    if words is None:
        return None
    subject, body = words
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<{letter.uuid}@{host}>", "Auto-Submitted": "auto-generated"}
    subject = " ".join(subject.split())[:200]
    return EmailMessage(subject, body, to=[letter.to], headers=headers)


def _why(problem: Exception, letter: Letter) -> str:
    """What went wrong, as the mail server or the system said it; of a secret no more than a code.

    A server may repeat the words that it does not like.
    """
    said: bytes | str
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, said = problem.smtp_code, problem.smtp_error
    else:
        return type(problem).__name__ if letter.is_secret else str(problem) or repr(problem)
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return str(code) if letter.is_secret else f"{code} {words}"


def _is_for_good(problem: Exception) -> bool:
    """Whether the server says that there is no such address: to ask again changes nothing.

    Other refusals, as of our password, are put right by somebody who then needs the letters.
    """
    if not isinstance(problem, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _said in problem.recipients.values())
