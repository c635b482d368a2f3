"""Readers' reports: taken in within limits, answered, and told. No third party is asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
import uuid
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.models import Edition, Letter, Report, Salt, User
from annotations.rights import Right
from annotations.vocabulary import LetterKind, ReportOutcome

from . import letters, notices
from .cleaning import SALTS_KEPT
from .core import Refused, one_transaction, require

HOURLY, DAILY = 5, 20
"""Reports that one sender may send."""


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
    key: uuid.UUID | None = None
    """The idempotency key of the form."""

    def name(self, edition: Edition) -> uuid.UUID:
        """The UUID of the report: the same for the same words about the same page, by one key.

        A reader has no account, so there is no receipt to look up: the report is its own. Other
        words sent by the same form are another report, and nothing of them is lost.
        """
        about = [edition.desk_id, edition.claim_id, edition.article_id]
        said = json.dumps([*about, self.words, self.evidence, self.email])
        return uuid.uuid5(self.key, said) if self.key else uuid.uuid4()


def _sender(address: str) -> str:
    """The network address, hashed with the day's salt; salts older than two days are deleted."""
    today = timezone.now().date()
    salt, made = Salt.objects.get_or_create(day=today, defaults={"value": secrets.token_bytes(32)})
    if made:
        Salt.objects.filter(day__lt=today - SALTS_KEPT).delete()
    return hmac.new(bytes(salt.value), address.encode(), hashlib.sha256).hexdigest()


@one_transaction
def receive(edition: Edition, draft: ReportDraft, *, address: str) -> Report:
    """Keep a reader's report on an edition, once. Raises TooMany; then nothing is kept.

    `address` is the network address it came from; only its hash is stored.
    """
    sender = _sender(address)
    # One at a time for each day: two at once would both count what is there before.
    Salt.objects.select_for_update(no_key=True).get(day=timezone.now().date())
    name, now = draft.name(edition), timezone.now()
    if (received := Report.objects.filter(uuid=name).first()) is not None:
        return received
    sent = Report.objects.filter(sender=sender)
    if (
        sent.filter(at__gt=now - dt.timedelta(hours=1)).count() >= HOURLY
        or sent.filter(at__gt=now - dt.timedelta(days=1)).count() >= DAILY
    ):
        raise TooMany(
            _("You have sent several reports just now. Your words are still here: try later.")
        )
    report = Report.objects.create(
        uuid=name,
        edition=edition,
        words=draft.words,
        evidence=draft.evidence,
        email=draft.email,
        language=draft.language,
        is_suspect=draft.is_suspect,
        sender=sender,
        at=now,
    )
    if not report.is_suspect:
        notices.tell_of_report(report)
    return report


@one_transaction
def answer(report: Report, outcome: str, words: str, *, actor: User, url: str) -> Letter | None:
    """Close a report, with the words for its reader; a letter to send if they left an address.

    `url` is the full address of the page it is about. Raises PermissionDenied, Refused.
    """
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    desk = report.edition.desk
    require(actor, Right.PUBLISH, desk)
    if report.outcome:
        raise Refused(_("Someone has answered it already. Their answer stands."))
    report.outcome, report.answer = outcome, words
    report.answered_by, report.answered_at = actor, timezone.now()
    report.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    if not report.email or not words or outcome == ReportOutcome.SPAM:
        return None
    return _letter(report, words, url)


def _letter(report: Report, words: str, url: str) -> Letter:
    """The answer in the reader’s language, to be sent."""
    desk = report.edition.desk
    with translation.override(report.language):
        subject = _("Your report to %(organisation)s") % {"organisation": desk.organisation}
        body = _(
            "You wrote to us:\n\n%(words)s\n\nWe answer:\n\n%(answer)s\n\n%(url)s\n\n"
            "%(organisation)s"
        ) % {
            "words": report.words,
            "answer": words,
            "url": url,
            "organisation": desk.organisation,
        }
    return letters.post(
        to=report.email,
        subject=subject,
        body=body,
        report=report,
        kind=LetterKind.ANSWER,
        language=report.language,
    )
