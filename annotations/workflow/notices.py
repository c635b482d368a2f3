"""Telling people of what happened: rows made in the transaction of the move, mails made of them.

A row holds keys alone. Whoever shows or sends it asks `visible_to` at that moment.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations import rights
from annotations.models import (
    OPEN,
    USUAL_WAYS,
    Assignment,
    Claim,
    Comment,
    Desk,
    Letter,
    Membership,
    Notice,
    NoticeChoice,
    Report,
    Transition,
    User,
    Verdict,
)
from annotations.rights import Right
from annotations.vocabulary import (
    AssignmentStatus,
    LetterKind,
    MoveName,
    NoticeKind,
    NoticeWay,
    Task,
)

from .core import one_transaction
from .letters import post

SETTLING = dt.timedelta(minutes=1)
"""What happens in so short a time is one mail: ten claims are asked for in one act."""
DIGEST_AT = dt.time(7)
"""When the daily mail goes out, where the person is."""
LOOK_BACK, LOOK_AHEAD = dt.timedelta(days=7), dt.timedelta(hours=49)
"""What became overdue longer ago, while no worker ran, is told of no more. And the day after
tomorrow begins no later than so many hours from now, also when the clocks are turned back."""

NOT_DONE = {"days", "left"}
"""What the log says of a request that ended unmet: its time was over, or its person left."""


# --- what happened ---


def tell(
    people: Iterable[User | int | None],
    kind: NoticeKind,
    desk: Desk,
    event: object,
    *,
    but: User | None = None,
    at: dt.datetime | None = None,
    **row: Any,
) -> None:
    """Note that these people are to be told, but for whoever did it; each once for the event.

    `row` is what it is in: `line`, `comment`, `assignment` or `report`. People may be given by key;
    who does not want to hear of the kind, or is not active, is told nothing.
    """
    keys = {person.pk if isinstance(person, User) else person for person in people}
    keys -= {None, but.pk if but else None}
    if not keys:
        return
    active = User.objects.filter(pk__in=keys, is_active=True).order_by("pk")
    ways = ways_of(keys, kind)
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=person,
                desk=desk,
                kind=kind,
                event=f"{kind}:{event}",
                way=ways[person],
                at=at or timezone.now(),
                **row,
            )
            for person in active.values_list("pk", flat=True)
            if ways[person] != NoticeWay.OFF
        ],
        ignore_conflicts=True,
    )


def ways_of(people: Iterable[int | None], kind: NoticeKind) -> dict[int | None, str]:
    """How each of these people, by key, wants to hear of the kind."""
    chosen = NoticeChoice.objects.filter(person__in=list(people), kind=kind)
    ways = dict.fromkeys(people, str(USUAL_WAYS[kind]))
    return ways | dict(chosen.values_list("person", "way"))


def tell_of_line(people: Iterable[User | int | None], kind: NoticeKind, line: Transition) -> None:
    """As `tell`, of a line of the log, by its actor."""
    tell(people, kind, line.desk, line.uuid, but=line.actor, line=line)


def tell_of_assignment(line: Transition) -> None:
    """What became of something that was asked for: to its person, or to who asked for it."""
    row, move = line.assignment, line.move
    assert row is not None
    if move == MoveName.ASSIGN:
        tell_of_line([row.person_id], NoticeKind.ASKED, line)
    elif move == MoveName.RETURN:
        # That it is returned says that it is asked for, too: one act, one notice.
        asked = Notice.objects.filter(person=row.person_id, kind=NoticeKind.ASKED)
        asked.filter(line__assignment=row, read_at=None, letter=None).delete()
        tell_of_line([row.person_id], NoticeKind.RETURNED, line)
    elif move == MoveName.DECLINE or (move == MoveName.EXPIRE and NOT_DONE & line.detail.keys()):
        tell_of_line([row.assigned_by_id], NoticeKind.GIVEN_UP, line)


def tell_of_disclosure(claim: Claim, line: Transition) -> None:
    """All annotations are in: to who asked for them, and to who is asked to decide."""
    asked = claim.assignments.filter(task=Task.CHECK, status=AssignmentStatus.SUBMITTED)
    deciders = claim.assignments.filter(task=Task.DECIDE, status__in=OPEN)
    people = {*asked.values_list("assigned_by", flat=True)}
    tell_of_line(people | {*deciders.values_list("person", flat=True)}, NoticeKind.ALL_IN, line)


def workers_on(claims: Iterable[Claim]) -> set[int | None]:
    """The keys of those whose work these claims stand on: who checked, decided and approved."""
    rows = list(claims)
    done = Assignment.objects.filter(claim__in=rows, status=AssignmentStatus.SUBMITTED)
    verdicts = Verdict.objects.filter(pk__in=[claim.verdict_id for claim in rows])
    approvals = Transition.objects.filter(claim__in=rows, move=MoveName.APPROVE)
    return {
        *done.values_list("person", flat=True),
        *verdicts.values_list("decided_by", flat=True),
        *approvals.values_list("actor", flat=True),
    }


def tell_of_mention(comment: Comment, people: Iterable[User]) -> None:
    """Somebody was named in a discussion."""
    desk, author = comment.claim.desk, comment.author
    tell(people, NoticeKind.MENTIONED, desk, comment.uuid, but=author, comment=comment)


def tell_of_report(report: Report) -> None:
    """A reader reported something: to all who may answer."""
    desk = report.edition.desk
    members = Membership.objects.filter(desk=desk, role__in=rights.roles_with(Right.PUBLISH))
    people = members.values_list("user", flat=True)
    tell(people, NoticeKind.REPORTED, desk, report.uuid, report=report)


# --- what is due ---


@one_transaction
def remind(at: dt.datetime) -> None:
    """Tell of what is due tomorrow where its person is, and of what is overdue (UTC)."""
    owed = Assignment.objects.filter(
        status__in=OPEN, due_at__gt=at - LOOK_BACK, due_at__lt=at + LOOK_AHEAD
    ).select_related("person", "claim__desk")
    rows = list(owed.order_by("pk"))
    told = set(
        Notice.objects.filter(assignment__in=rows).values_list("assignment", "event", "person")
    )
    for row in rows:
        assert row.due_at is not None
        desk, key = row.claim.desk, f"{row.uuid}:{row.due_at.isoformat()}"
        if row.due_at <= at:
            kind, people = NoticeKind.OVERDUE, {row.person_id, row.assigned_by_id}
        elif _days_until(row.due_at, at, zone_of(row.person, desk)) <= 1:
            kind, people = NoticeKind.DUE, {row.person_id}
        else:
            continue
        new = {person for person in people if (row.pk, f"{kind}:{key}", person) not in told}
        tell(new, kind, desk, key, at=at, assignment=row)


def zone_of(person: User, desk: Desk) -> zoneinfo.ZoneInfo:
    """Where the person is, as they said, else where the desk is."""
    return zoneinfo.ZoneInfo(person.time_zone or desk.time_zone)


def _days_until(due: dt.datetime, at: dt.datetime, zone: zoneinfo.ZoneInfo) -> int:
    return (due.astimezone(zone).date() - at.astimezone(zone).date()).days


# --- mails ---


def gather(at: dt.datetime) -> int:
    """Make one mail of all that each person is to be told at once by then; returns how many."""
    ready = _to_mail(NoticeWay.AT_ONCE).filter(at__lte=at - SETTLING)
    return sum(_gather_for(person) for person in _people(ready))


@one_transaction
def _gather_for(person: User) -> bool:
    person = _hold(person)
    notices = _to_mail(NoticeWay.AT_ONCE).filter(person=person)
    return _put_into_letter(person, notices, LetterKind.NOTICES, None)


def make_digests(at: dt.datetime) -> int:
    """Make the daily mail of each person whose morning has come by then (UTC), if there is news.

    One for each date where the person is, whatever the clocks do there. Returns how many.
    """
    people = _people(_to_mail(NoticeWay.DAILY).filter(at__lt=at))
    return sum(_digest_for(person, at) for person in people)


@one_transaction
def _digest_for(person: User, at: dt.datetime) -> bool:
    person = _hold(person)
    notices = _to_mail(NoticeWay.DAILY).filter(person=person)
    desk = Desk.objects.filter(pk__in=notices.order_by().values("desk")).order_by("pk").first()
    if desk is None:
        return False
    zone = zone_of(person, desk)
    today = at.astimezone(zone).date()
    morning = dt.datetime.combine(today, DIGEST_AT, zone)
    key = f"digest:{person.pk}:{today}"
    last = Letter.objects.filter(person=person, kind=LetterKind.DIGEST).order_by("-pk").first()
    # Who went west has had that of a later date already.
    if at < morning or (last is not None and (last.key or "") >= key):
        return False
    # What happens later today waits for tomorrow, though no worker ran this morning.
    return _put_into_letter(person, notices.filter(at__lt=morning), LetterKind.DIGEST, key)


def _to_mail(way: NoticeWay) -> Any:
    """Notices that no mail tells of yet."""
    return Notice.objects.filter(way=way, letter__isnull=True).order_by("pk")


def _people(notices: Any) -> list[User]:
    return list(User.objects.filter(pk__in=notices.order_by().values("person")).order_by("pk"))


def _hold(person: User) -> User:
    """The person, held: two workers make no two mails of the same notices."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _put_into_letter(
    person: User, notices: QuerySet[Notice], kind: LetterKind, key: str | None
) -> bool:
    """Promise a mail that tells of these; without an address they stay on the page alone."""
    if not notices.exists():
        return False
    if not person.email or not person.is_active:
        notices.update(way=NoticeWay.HERE)
        return False
    letter = post(to=person.email, subject="", body="", person=person, kind=kind, key=key)
    notices.update(letter=letter)
    return True


@one_transaction
def take_back(letter: Letter) -> None:
    """There is nothing in a mail of notices that its reader may be told now: it is not sent."""
    Notice.objects.filter(letter=letter).update(letter=None, way=NoticeWay.HERE)
    letter.delete()


# --- what people choose, and what they have read ---


@one_transaction
def choose(person: User, ways: Mapping[str, str]) -> None:
    """Keep how the person wants to hear of each of these kinds, from now on."""
    for kind, way in ways.items():
        NoticeChoice.objects.update_or_create(person=person, kind=kind, defaults={"way": way})


def turned_off(person: User) -> list[str]:
    """The kinds that the person wants no mail of now."""
    silent = Q(way__in=[NoticeWay.OFF, NoticeWay.HERE])
    return list(NoticeChoice.objects.filter(silent, person=person).values_list("kind", flat=True))


@one_transaction
def note_read(person: User, desk: Desk, until: dt.datetime) -> int:
    """The person has read what they were told at the desk until then; returns how much that was.

    What they could not see is not read: they may, later.
    """
    shown = Notice.objects.visible_to(person).filter(desk=desk, read_at__isnull=True)
    keys = list(shown.filter(at__lte=until).values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=keys).update(read_at=timezone.now())
