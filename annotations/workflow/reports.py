"""Readers' reports: taken in within limits, answered, and told. No third party is asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.models import Edition, Letter, Report, Salt, User
from annotations.rights import Right
from annotations.vocabulary import Outcome

from .core import Refused, one_transaction, require

logger = logging.getLogger(__name__)

HOURLY, DAILY = 5, 20
"""Reports that one sender may send."""
SALT_KEPT = dt.timedelta(days=2)
MOST_TRIES = 5


class TooMany(Refused):
    """The sender has sent as many reports as one may."""


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What a reader wrote."""

    words: str
    evidence: str = ""
    email: str = ""
    language: str = "en"
    is_suspect: bool = False


def _sender(address: str) -> str:
    """The network address, hashed with the day's salt; salts older than two days are deleted."""
    today = timezone.now().date()
    salt, made = Salt.objects.get_or_create(day=today, defaults={"value": secrets.token_bytes(32)})
    if made:
        Salt.objects.filter(day__lt=today - SALT_KEPT).delete()
    return hmac.new(bytes(salt.value), address.encode(), hashlib.sha256).hexdigest()


@one_transaction
def receive(edition: Edition, draft: ReportDraft, *, address: str) -> Report:
    """Keep a reader's report on an edition. Raises TooMany; then nothing is kept.

    `address` is the network address it came from; only its hash is stored.
    """
    sender = _sender(address)
    # One at a time for each day: two at once would both count what is there before.
    Salt.objects.select_for_update().get(day=timezone.now().date())
    now = timezone.now()
    sent = Report.objects.filter(sender=sender)
    if (
        sent.filter(at__gt=now - dt.timedelta(hours=1)).count() >= HOURLY
        or sent.filter(at__gt=now - dt.timedelta(days=1)).count() >= DAILY
    ):
        raise TooMany(
            _("You have sent several reports just now. Your words are still here: try later.")
        )
    return Report.objects.create(
        edition=edition,
        words=draft.words,
        evidence=draft.evidence,
        email=draft.email,
        language=draft.language,
        is_suspect=draft.is_suspect,
        sender=sender,
        at=now,
    )


@one_transaction
def answer(report: Report, outcome: str, words: str, *, actor: User, url: str) -> Letter | None:
    """Close a report, with the words for its reader; a letter if they left an address.

    `url` is the full address of the page it is about. Raises PermissionDenied, Refused.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    desk = report.edition.desk
    require(actor, Right.PUBLISH, desk)
    if report.outcome:
        raise Refused(_("Someone has answered it already. Their answer stands."))
    report.outcome, report.answer = outcome, words
    report.answered_by, report.answered_at = actor, timezone.now()
    report.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    if not report.email or not words or outcome == Outcome.SPAM:
        return None
    letter = _letter(report, words, url)
    transaction.on_commit(lambda: send(letter.pk))
    return letter


def _letter(report: Report, words: str, url: str) -> Letter:
    """The answer in the reader's language, to be sent."""
    desk = report.edition.desk
    with translation.override(report.language):
        return Letter.objects.create(
            report=report,
            to=report.email,
            subject=_("Your report to %(organisation)s") % {"organisation": desk.organisation},
            body=_(
                "You wrote to us:\n\n%(words)s\n\nWe answer:\n\n%(answer)s\n\n%(url)s\n\n"
                "%(organisation)s"
            )
            % {
                "words": report.words,
                "answer": words,
                "url": url,
                "organisation": desk.organisation,
            },
        )


def send(letter_pk: int) -> bool:
    """Send one letter that waits, or note why not. A letter is sent once, whoever calls."""
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(skip_locked=True)
            .filter(pk=letter_pk, sent_at__isnull=True, tries__lt=MOST_TRIES)
            .first()
        )
        if letter is None:
            return False
        letter.tries += 1
        try:
            EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
        except OSError as problem:
            letter.error = str(problem)[:500]
            logger.warning("Letter %s was not sent: %s", letter.uuid, problem)
        else:
            letter.sent_at, letter.error = timezone.now(), ""
        letter.save(update_fields=["tries", "sent_at", "error"])
    return letter.sent_at is not None


def send_letters() -> tuple[int, int]:
    """Send all letters that wait; how many went out, and how many did not."""
    waiting = Letter.objects.filter(sent_at__isnull=True, tries__lt=MOST_TRIES)
    results = [send(pk) for pk in waiting.values_list("pk", flat=True)]
    return sum(results), len(results) - sum(results)
