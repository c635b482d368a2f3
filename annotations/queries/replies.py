"""Requests for a reply: those of an article, and what of them waits for somebody at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.listing import listed
from annotations.models import Article, Claim, Desk, Letter, Mark, ReplyPoint, ReplyRequest, User
from annotations.prepared import Prepared
from annotations.queries.needs import Need
from annotations.vocabulary import AnswerWay, LetterKind
from annotations.workflow.replies import has_open_link, letter_key

MOST = 200
"""Requests of which the queue tells."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as its page shows it."""

    row: ReplyRequest
    claims: list[int]
    """The numbers of its claims in the article."""
    points: list[ReplyPoint]
    """Those that were answered each by itself."""
    letter: Letter | None
    """What became of its mail, as long as the outbox keeps it."""

    @property
    def is_late(self) -> bool:
        until = self.row.until
        return self.is_open and until is not None and until < timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether an answer may still be kept, or the request withdrawn."""
        row = self.row
        return not (row.not_needed or row.answered_at or row.withdrawn_at)

    @property
    def has_open_link(self) -> bool:
        return self.is_open and has_open_link(self.row)

    @property
    def is_unread(self) -> bool:
        return self.row.came == AnswerWay.LINK and self.row.read_at is None


def of_claims(claims: Collection[Claim], numbers: Mapping[int, int], user: User) -> list[Asked]:
    """The requests about these claims that the person may see, oldest first."""
    found = ReplyRequest.objects.visible_to(user).filter(claims__in=claims).distinct()
    found = found.select_related("asked_by", "kept_by").prefetch_related("claims", "points")
    rows = list(found.order_by("asked_at"))
    letters = _letters(rows)
    return [
        Asked(
            row,
            sorted(numbers[claim.pk] for claim in row.claims.all() if claim.pk in numbers),
            [point for point in row.points.all() if point.answer],
            letters.get(letter_key(row)),
        )
        for row in rows
    ]


def _letters(rows: Iterable[ReplyRequest]) -> dict[str | None, Letter]:
    keys = [letter_key(row) for row in rows if row.body]
    if not keys:
        return {}
    return {letter.key: letter for letter in Letter.objects.filter(key__in=keys).defer("body")}


# --- the queue ---


def _waiting(reader: int, desk: int) -> Any:
    first = Mark.objects.filter(claim__reply_requests=OuterRef("pk")).order_by("pk")
    rows = ReplyRequest.objects.visible_to(User(pk=reader)).filter(desk=desk)
    is_unread = Q(came=AnswerWay.LINK, read_at=None)
    is_awaited = Q(not_needed="", answered_at=None, withdrawn_at=None, until__isnull=False)
    article = Subquery(first.values("revision__article")[:1])
    is_open = Q(not_needed="", answered_at=None, withdrawn_at=None)
    found = rows.annotate(is_unsent=Exists(_unsent()))
    wanted = found.filter(is_unread | is_awaited | (is_open & Q(is_unsent=True)))
    # What came, and what never went out, is not hidden by all that is only waited for.
    first_of_all = F("answered_at").asc(nulls_last=True), "-is_unsent"
    ordered = wanted.order_by(*first_of_all, "until", "pk")
    return ordered.values_list("pk", article, "is_unsent")[:MOST]


def _unsent() -> Any:
    """The letter of a request, if it was given up: nobody was asked."""
    key = Concat(Value("reply:"), Cast(OuterRef("uuid"), CharField()))
    return Letter.objects.filter(kind=LetterKind.REPLY, failed_at__isnull=False, key=key)


_WAITING = Prepared(_waiting, 2)


def waiting(desk: Desk, user: User) -> list[Need]:
    """Answers that came by a link and nobody has read, and days that were given: by article.

    Of claims that the person checks blind, nothing.
    """
    found = _WAITING(user.pk, desk.pk)
    if not found:
        return []
    rows = ReplyRequest.objects.in_bulk([key for key, *_rest in found])
    unsent = {rows[key] for key, _article, is_unsent in found if is_unsent}
    by_article: dict[int, list[ReplyRequest]] = {}
    for key, article, _is_unsent in found:
        by_article.setdefault(article, []).append(rows[key])
    articles = Article.objects.select_related("owner").in_bulk(by_article)
    return [
        need for key, asked in by_article.items() for need in _needs(articles[key], asked, unsent)
    ]


def _needs(article: Article, rows: list[ReplyRequest], unsent: set[ReplyRequest]) -> Iterable[Need]:
    unread = [row for row in rows if row.answered_at is not None]
    open_ones = [row for row in rows if row.answered_at is None]
    refused = [row for row in open_ones if row in unsent]
    awaited = [row for row in open_ones if row.until is not None and row not in unsent]
    stage = _("Right of reply")
    if refused:
        why = ngettext(
            "The letter to %(people)s was not sent.",
            "The letters to these were not sent: %(people)s.",
            len(refused),
        ) % {"people": _named(refused)}
        yield Need(article, why, _("See why"), "replies", "i-alert", stage)
    if unread:
        why = ngettext("%(people)s answered.", "These answered: %(people)s.", len(unread)) % {
            "people": _named(unread)
        }
        yield Need(article, why, _("Read"), "replies", "i-comment", stage)
    if awaited:
        why = ngettext(
            "%(people)s was asked for a reply.",
            "These were asked for a reply: %(people)s.",
            len(awaited),
        ) % {"people": _named(awaited)}
        due = min(_end_of(row.until) for row in awaited if row.until)
        if due < timezone.now():
            why += " " + _("The time they were given is over: note “no answer”, or what they said.")
        yield Need(article, why, _("Open"), "replies", "i-clock", stage, due_at=due)


def _end_of(day: dt.date) -> dt.datetime:
    """The end of the day, in the time zone that is at work."""
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(end) - dt.timedelta(minutes=1)


def _named(rows: Iterable[ReplyRequest]) -> str:
    return listed(sorted({row.addressee for row in rows}))
