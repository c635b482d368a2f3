"""What people are told of: the rows that they may see now, each with the article it leads to.

Others' work is not read here: a notice says who did what to which claim, and no word of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.models import (
    Assignment,
    Claim,
    Comment,
    Desk,
    Letter,
    Mark,
    Notice,
    Report,
    Transition,
    User,
)
from annotations.models.disclosure import DisclosedQuerySet
from annotations.prepared import Prepared, PreparedRows

from .paging import Stretch, newest, stretch

ORDER = ("at", "pk")
PAGE = 50
"""Notices on a page."""
MOST_COUNTED = 100
"""The latest unread notices, which are counted."""
MOST_TOLD = 50
"""Notices that one mail tells of."""

RELATED = (
    "desk",
    "line__actor",
    "line__article",
    "line__claim",
    "line__assignment__person",
    "comment__author",
    "comment__claim",
    "assignment__person",
    "assignment__claim",
    "report__edition__claim",
    "report__edition__article",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and the key of the article where its claim was marked first, if there is one."""

    notice: Notice
    article: int | None

    @property
    def claim(self) -> Claim | None:
        return claim_of(self.notice)


def claim_of(notice: Notice) -> Claim | None:
    """The claim that it is about."""
    for row in (notice.line, notice.comment, notice.assignment):
        if row is not None:
            return row.claim
    return notice.report.edition.claim if notice.report else None


def _with_all(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return notices.select_related(*RELATED).defer("comment__body", "report__edition__content")


def page_of(desk: Desk, user: User, asked: Mapping[str, str]) -> Stretch[Notice]:
    """One page of what the person was told at the desk, newest first."""
    if not asked.get("after") and not asked.get("before"):
        return newest(_NEWEST(user.pk, desk.pk), PAGE)
    return stretch(_told_at(user.pk, desk.pk), ORDER, asked, PAGE)


def _told_at(reader: int, desk: int) -> QuerySet[Notice]:
    return _with_all(Notice.objects.visible_to(User(pk=reader)).filter(desk=desk))


def _newest(reader: int, desk: int) -> QuerySet[Notice]:
    """The first page, which is asked for most, and one more row."""
    return _told_at(reader, desk).order_by("-at", "-pk")[: PAGE + 1]


_NEWEST: PreparedRows[Notice] = PreparedRows(_newest, 2)


def _unread(reader: int, desk: int, most: int) -> Any:
    waiting = Notice.objects.filter(person=reader, desk=desk, read_at__isnull=True)
    latest = Notice.objects.filter(pk__in=waiting.order_by("-at").values("pk")[:most])
    return latest.still_so().order_by().values_list("line", "comment", "assignment", "report")


def _among(rows: Any) -> Prepared:
    """Which of the given rows the reader may see; to be counted, so nobody is shown them."""

    def asked(reader: int, keys: int) -> Any:
        found = rows.visible_to(User(pk=reader))
        found = found.unread() if isinstance(found, DisclosedQuerySet) else found
        return found.filter(pk__any_of=keys).order_by().values_list("pk")

    return Prepared(asked, 2)


# The most is a key too: of a reader of whom it knows nothing PostgreSQL expects fewer unread ones
# than that, and would read and sort them all. Where it does not know the most, it reads in order.
_UNREAD = Prepared(_unread, 3)
_MAY_SEE = tuple(_among(model.objects) for model in (Transition, Comment, Assignment, Report))


def unread(desk: Desk, user: User) -> int:
    """How many of a member's latest notices at the desk are unread and still so.

    MOST_COUNTED are looked at. It stands beside every page: as one statement, `visible_to` takes
    ten times as long to plan as to run. So the notices are asked for first, and then of each kind
    of row that they name, which of these the person may see.
    """
    count = 0
    rows = _UNREAD(user.pk, desk.pk, MOST_COUNTED)
    for of_one, may_see in zip(zip(*rows, strict=True), _MAY_SEE, strict=bool(rows)):
        wanted = [key for key in of_one if key is not None]
        if wanted:
            found = {key for (key,) in may_see(user.pk, sorted(set(wanted)))}
            count += sum(key in found for key in wanted)
    return count


def of_letter(letter: Letter, but: Iterable[str]) -> list[Notice]:
    """What a mail may tell its reader now, the oldest first, without these kinds."""
    assert letter.person is not None
    rows = Notice.objects.visible_to(letter.person).filter(letter=letter).still_so()
    rows = rows.exclude(kind__in=list(but)).order_by("desk__name", "at", "pk")
    return list(_with_all(rows)[:MOST_TOLD])


def told(notices: Iterable[Notice]) -> list[Told]:
    """Each with the article that it leads to, in one statement."""
    rows = list(notices)
    claims = {claim.pk for row in rows if (claim := claim_of(row)) is not None}
    first = Mark.objects.filter(claim__in=claims).order_by("claim_id", "pk").distinct("claim_id")
    articles = dict(first.values_list("claim", "revision__article"))
    return [Told(row, _article(row, articles)) for row in rows]


def _article(notice: Notice, articles: Mapping[int, int]) -> int | None:
    if notice.line is not None and notice.line.article_id is not None:
        return notice.line.article_id
    claim = claim_of(notice)
    return articles.get(claim.pk) if claim is not None else None
