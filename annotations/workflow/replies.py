"""Right of reply: asking whom claims are about, and keeping what they answered."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import blobs
from annotations.models import (
    Article,
    Claim,
    Desk,
    LetterTemplate,
    Mark,
    ReplyPoint,
    ReplyRequest,
    User,
)
from annotations.rights import Right
from annotations.vocabulary import AnswerWay, Channel, LetterKind, MoveName, NoticeKind

from . import guards, letters, notices
from .core import (
    Refused,
    Stale,
    lock_claims,
    lock_desk,
    log,
    one_transaction,
    require,
    require_reason,
)

logger = logging.getLogger(__name__)

LINK = "{link}"
"""Where the link of its addressee stands in a letter."""
LINK_ENDS = dt.timedelta(days=14)
"""How long after the day that was named an answer is still taken by the link."""
NO_DAY = dt.timedelta(days=30)
"""In how long an answer is hoped for where no day was named."""


@dataclass(frozen=True, slots=True)
class ReplyLetter:
    """What is sent by mail from here: to which address, and in which words."""

    email: str
    subject: str
    body: str
    reminds: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: words on all, on single points (by their UUID), and a file."""

    words: str = ""
    points: Mapping[str, str] | None = None
    came: str = AnswerWay.HAND
    file: bytes | None = None
    file_name: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What is said of single points, without what is left empty."""
        return {key: words for key, words in (self.points or {}).items() if words.strip()}


Fill = Callable[[ReplyRequest], str]
"""The letter of a request as it is sent, with its link."""


def lock_for_reply(claims: Sequence[Claim], actor: User) -> tuple[Desk, list[Claim]]:
    """The claims of one desk, locked. Raises PermissionDenied, Refused."""
    if not claims:
        raise Refused(_("Choose the claims it is about."))
    locked = lock_claims(Claim.objects.filter(pk__in=[claim.pk for claim in claims]))
    desk = locked[0].desk
    require(actor, Right.DECIDE, desk)
    for claim in locked:
        if claim.desk_id != desk.pk:
            raise Refused(_("These claims belong to different desks."))
        if why := guards.checks_it_not(claim, actor):
            raise Refused(why)
    return desk, locked


# --- asking ---


@one_transaction
def ask_reply(
    claims: Sequence[Claim],
    addressee: str,
    *,
    channel: str,
    actor: User,
    until: date | None = None,
    letter: ReplyLetter | None = None,
    fill: Fill | None = None,
) -> ReplyRequest:
    """Note that somebody was asked for a reply, or ask them by mail from here.

    With a letter `fill` makes the words that are sent. Raises PermissionDenied, Refused.
    """
    desk, locked = lock_for_reply(claims, actor)
    if not addressee.strip():
        raise Refused(_("Say who is asked."))
    row = ReplyRequest(desk=desk, addressee=addressee, channel=channel, until=until, asked_by=actor)
    if letter is not None:
        _take_letter(row, letter)
    row.save()
    _put(row, [claim for claim in claims if claim in locked])
    _about(row, locked, MoveName.ASK_REPLY, actor, detail={"addressee": addressee})
    if letter is not None and fill is not None:
        _send(row, fill(row), "")
    return row


def _take_letter(row: ReplyRequest, letter: ReplyLetter) -> None:
    if not letter.email or not letter.body.strip():
        raise Refused(_("Say where the letter goes, and write it."))
    row.channel = Channel.EMAIL
    row.email, row.subject, row.body = letter.email, letter.subject, letter.body
    row.reminds = letter.reminds and row.until is not None
    if LINK in letter.body:
        row.link_until = link_ends(row.until, row.asked_at)


def link_ends(until: date | None, asked_at: dt.datetime) -> dt.datetime:
    """When a link ends, UTC: two weeks after the day that was named, in the zone at work."""
    if until is None:
        return asked_at + NO_DAY + LINK_ENDS
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(end) + LINK_ENDS


def _put(row: ReplyRequest, claims: Sequence[Claim]) -> None:
    """Keep each claim in the words in which it is put to them now, numbered in this order."""
    said = {point.claim.pk: point for point in points_of(claims)}
    for number, claim in enumerate(claims, 1):
        point = said[claim.pk]
        point.request, point.number = row, number
        point.save()


def points_of(claims: Iterable[Claim]) -> list[ReplyPoint]:
    """The claims as they would be put to somebody now: points that are not saved, numbered."""
    rows = list(claims)
    marks = Mark.objects.filter(claim__in=rows).select_related("revision__article")
    newest = {mark.claim_id: mark for mark in marks.order_by("revision_id", "-start")}
    found = []
    for number, claim in enumerate(rows, 1):
        mark = newest.get(claim.pk)
        found.append(
            ReplyPoint(
                claim=claim,
                number=number,
                words=claim.claim_reviewed,
                quote=mark.exact if mark else "",
                place=mark.revision.article.title[:500] if mark else "",
            )
        )
    return found


def _send(row: ReplyRequest, body: str, which: str) -> None:
    """Into the outbox. It is secret whatever it says: nobody but its reader is to have the link."""
    letters.post(
        to=row.email,
        subject=row.subject,
        body=body,
        kind=LetterKind.REPLY,
        language=row.desk.language,
        is_secret=True,
        key=letter_key(row, which),
    )


def letter_key(row: ReplyRequest, which: str = "") -> str:
    """The key of its letter in the outbox; `which` is empty, or "reminder"."""
    return f"reply:{row.uuid}{':' if which else ''}{which}"


@one_transaction
def remind(row: ReplyRequest, at: dt.datetime, body: str) -> bool:
    """Send the reminder, once, if the answer is still waited for; returns whether it is sent."""
    rows = ReplyRequest.objects.awaited().filter(pk=row.pk, reminds=True, reminded_at=None)
    found = rows.exclude(email="").select_for_update(no_key=True).first()
    if found is None:
        return False
    found.reminded_at = at
    found.save(update_fields=["reminded_at"])
    _send(found, body, "reminder")
    for claim in found.claims.order_by("pk"):
        log(found.desk, MoveName.REMIND_REPLY, None, claim=claim)
    return True


@one_transaction
def withdraw_reply(row: ReplyRequest, why: str, *, actor: User) -> ReplyRequest:
    """Take the request back: its link is closed, and it counts no more.

    Raises PermissionDenied; Refused where it was answered.
    """
    _desk, locked = lock_for_reply(list(row.claims.all()), actor)
    require_reason(why)
    row = ReplyRequest.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.answered_at is not None:
        raise Refused(_("It was answered: that stays."))
    if row.withdrawn_at is not None:
        raise Refused(_("It was withdrawn already."))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    letters.stop(letter_key(row), letter_key(row, "reminder"))
    for claim in locked:
        detail = {"addressee": row.addressee}
        log(claim.desk, MoveName.WITHDRAW_REPLY, actor, claim=claim, reason=why, detail=detail)
    return row


@one_transaction
def no_reply_needed(claims: Sequence[Claim], why: str, *, actor: User) -> ReplyRequest:
    """Note that nobody needs to be asked, and why. Raises PermissionDenied, Refused."""
    desk, locked = lock_for_reply(claims, actor)
    if not why.strip():
        raise Refused(_("Say why nobody needs to be asked."))
    noted = ReplyRequest.objects.create(desk=desk, not_needed=why, asked_by=actor)
    _about(noted, locked, MoveName.REPLY_NOT_NEEDED, actor, reason=why)
    return noted


def _about(
    row: ReplyRequest, claims: Sequence[Claim], move: MoveName, actor: User, **what: Any
) -> None:
    row.claims.set(claims)
    for claim in claims:
        log(claim.desk, move, actor, claim=claim, **what)


# --- answers ---


@one_transaction
def keep_reply(asked: ReplyRequest, answer: str | Answered, *, actor: User) -> ReplyRequest:
    """Keep what was answered, once. Raises PermissionDenied, Refused."""
    _desk, locked = lock_for_reply(list(asked.claims.all()), actor)
    given = Answered(answer) if isinstance(answer, str) else answer
    return _keep(asked, given, locked, actor)


@one_transaction
def answer_by_link(asked: ReplyRequest, given: Answered) -> ReplyRequest:
    """Keep what the addressee answered by the link that was sent to them, as theirs, once.

    Raises Refused where it was answered or withdrawn meanwhile, or the link has ended.
    """
    locked = lock_claims(Claim.objects.filter(reply_requests=asked))
    return _keep(asked, given, locked, None)


def _keep(
    asked: ReplyRequest, given: Answered, claims: Sequence[Claim], actor: User | None
) -> ReplyRequest:
    asked = ReplyRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if asked.answered_at is not None or asked.not_needed:
        raise Refused(_("The answer is kept already."))
    if asked.withdrawn_at is not None:
        raise Refused(_("The request was withdrawn."))
    if actor is None and not has_open_link(asked):
        raise Refused(_("The link has ended."))
    if not given.words.strip() and not given.said:
        raise Refused(_("Write what was answered, or “no answer”."))
    asked.answer, asked.answered_at = given.words, timezone.now()
    asked.came, asked.kept_by = given.came, actor
    if given.file is not None:
        asked.attachment, asked.attachment_name = _bytes(given.file), given.file_name[:255]
    asked.save()
    said, lines = {}, []
    for point in asked.points.filter(uuid__in=given.said):
        point.answer = said[point.claim_id] = given.said[str(point.uuid)]
        point.save(update_fields=["answer"])
    for claim in claims:
        words = said.get(claim.pk) or given.words
        detail = {"came": given.came} | ({"by": asked.addressee} if actor is None else {})
        move = MoveName.REPLY
        lines.append(log(claim.desk, move, actor, claim=claim, reason=words, detail=detail))
    # One answer is one notice, however many claims it is about.
    for line in lines[:1]:
        notices.tell_of_line(_who_waits(asked, claims), NoticeKind.ANSWERED, line)
    return asked


def _who_waits(asked: ReplyRequest, claims: Sequence[Claim]) -> set[int | None]:
    """The keys of whoever asked, and of those who look after the articles."""
    articles = Article.objects.filter(revisions__marks__claim__in=claims)
    owners = articles.filter(owner__isnull=False).values_list("owner", flat=True)
    return {asked.asked_by_id, *owners.distinct()}


def _bytes(data: bytes) -> str:
    """The SHA-256 under which they are kept. Raises Refused where they cannot be kept."""
    try:
        return blobs.keep(data).sha256
    except OSError as error:
        logger.exception("The file of an answer was not kept")
        raise Refused(blobs.unkept(error)) from None


# --- the link of an addressee ---


def pass_for_reply(row: ReplyRequest) -> str:
    """What the address of its link holds: signed, and good for this request and this end only."""
    assert row.link_until is not None
    return _signer().sign_object([row.uuid.hex, int(row.link_until.timestamp())])


def reply_of(shown: str) -> ReplyRequest | None:
    """The request that a pass was made for, whatever became of it; None where it is no pass."""
    try:
        key, until = _signer().unsign_object(shown)
        key = uuid.UUID(key)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    row = ReplyRequest.objects.select_related("desk").filter(uuid=key).first()
    if row is None or row.link_until is None or int(row.link_until.timestamp()) != until:
        return None
    return row


def _signer() -> signing.Signer:
    return signing.Signer(salt="annotations.replies")


def has_open_link(row: ReplyRequest) -> bool:
    """Whether its link still takes an answer, as far as time goes."""
    return row.link_until is not None and row.link_until > timezone.now()


@one_transaction
def note_reply_read(row: ReplyRequest, *, actor: User) -> None:
    """Say that what came by the link was read. Raises PermissionDenied, Refused."""
    lock_for_reply(list(row.claims.all()), actor)
    rows = ReplyRequest.objects.filter(pk=row.pk, came=AnswerWay.LINK, read_at=None)
    rows.update(read_at=timezone.now())


# --- the desk's letter ---


@one_transaction
def write_letter(
    desk: Desk, subject: str, body: str, *, actor: User, based_on: int
) -> LetterTemplate:
    """Add the next version of how the desk asks for a reply.

    `based_on` is the number of the version the author began from, 0 for none. Raises
    PermissionDenied; Stale when someone else has written a newer one.
    """
    desk = lock_desk(desk)
    require(actor, Right.MANAGE, desk)
    newest = LetterTemplate.objects.filter(desk=desk).order_by("-number").first()
    number = newest.number if newest else 0
    if number != based_on:
        said = _("Version %(version)d was written meanwhile. Read it; yours is kept below.")
        raise Stale(said % {"version": number}, current=newest)
    made = LetterTemplate.objects.create(
        desk=desk, number=number + 1, subject=subject, body=body, written_by=actor
    )
    log(desk, MoveName.WRITE_LETTER, actor, target=str(made.number))
    return made
