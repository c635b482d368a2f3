"""A worker that is killed in the middle of a job or a file: in the end all is done, and once.

It is held up by a lock of ours, seen to wait for it, and killed there. Mails and saved pages:
test_killed.py, test_captures.py.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import uuid
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from annotations import workflow
from annotations.exchange import earlier
from annotations.models import (
    Assignment,
    EarlierCheck,
    FileImport,
    HeldForm,
    Incoming,
    Job,
    Letter,
    Notice,
    Receipt,
    Salt,
    Transition,
    User,
)
from annotations.tasks.jobs import DUTIES
from annotations.vocabulary import NoticeKind, NoticeWay
from annotations.workflow import jobs
from tests import cast as c
from tests.formats.test_earlier import REVIEW
from tests.workflow.racing import waits_for_us

from .processes import start_worker

AGES_AGO = dt.timedelta(days=60)
"""By then all has served its time."""


class Lapses:
    """Checks that are over. Held up between two of them, and with one half written."""

    job = "lapse"

    def __init__(self) -> None:
        self.cast = c.Cast(lapse_days=7)

    def add(self, number: int) -> None:
        text = f"The bridge {number}\n\nIt fell {number} times. It rose {number} times."
        article = c.import_text(self.cast.desk, self.cast.eda, text)
        claims = [
            c.mark(article, f"It {what} {number} times", self.cast.eda) for what in ("fell", "rose")
        ]
        c.triage_all(article, self.cast.eda)
        workflow.open_checking(article, [self.cast.ann, self.cast.ben], actor=self.cast.eda)
        rows = Assignment.objects.filter(claim__in=claims)
        rows.update(assigned_at=timezone.now() - AGES_AGO)

    def hold(self, number: int) -> None:
        if number % 2:
            lock_table(Transition)
        else:
            self.cast.desk.claims.order_by("-pk").select_for_update()[0]

    def check(self, times: int) -> None:
        rows = Assignment.objects.filter(task="check")
        assert [row.status for row in rows] == ["expired"] * 4 * times
        lines = Transition.objects.filter(move="expire")
        assert lines.count() == 4 * times
        assert set(lines.values_list("assignment", flat=True)) == {row.pk for row in rows}


class Digests:
    """Daily mails. Held up between two people, and with a mail that tells of nothing yet."""

    job = "digests"

    def __init__(self) -> None:
        self.cast = c.Cast()
        _article, self.claim = self.cast.marked()
        self.people: list[User] = []

    def add(self, number: int) -> None:
        person = c.make_person(f"person{number}", self.cast.desk)
        person.email, person.time_zone = f"person{number}@mail.example", where_it_is_noon()
        person.save()
        workflow.choose_notices(person, dict.fromkeys(NoticeKind, NoticeWay.DAILY))
        workflow.assign(self.claim, person, actor=self.cast.eda)
        yesterday = timezone.now() - dt.timedelta(days=1)
        Notice.objects.filter(person=person).update(at=yesterday)
        self.people.append(person)

    def hold(self, number: int) -> None:
        if number % 2:
            lock_table(Notice)
        else:
            User.objects.select_for_update().get(pk=self.people[-1].pk)

    def check(self, times: int) -> None:
        letters = Letter.objects.filter(kind="digest")
        assert [row.person_id for row in letters.order_by("person")] == [
            each.pk for each in self.people
        ]
        told = Notice.objects.filter(person__in=self.people)
        assert {(row.person_id, row.letter.person_id) for row in told if row.letter} == {
            (each.pk, each.pk) for each in self.people
        }
        assert not told.filter(letter=None).exists()
        assert sorted(each.to for each in mail.outbox) == sorted(
            [each.email] for each in self.people
        )


class CleanUp:
    """Rows that have served their time, and others that have not. Held up at each kind in turn."""

    job = "clean"

    def __init__(self) -> None:
        self.cast = c.Cast()
        self.made: list[dict[type, object]] = []
        self.young: set[tuple[str, object]] = set()

    def add(self, number: int) -> None:
        now, ann, desk = timezone.now(), self.cast.ann, self.cast.desk
        for at in (now, now - AGES_AGO):
            later = at + dt.timedelta(days=1)
            day = later.date() - dt.timedelta(days=number if at != now else -number)
            form = {"to": "/", "fields": [], "files": []}
            rows = [
                HeldForm.objects.create(expires_at=later, made_at=at, **form),
                Receipt.objects.create(person=ann, key=uuid.uuid4(), at=at),
                Incoming.objects.create(desk=desk, person=ann, data=b"A text.", at=at),
                Salt.objects.create(day=day, value=b"salt"),
                Session.objects.create(session_key=uuid.uuid4().hex, expire_date=later),
            ]
            if at == now:
                self.young |= {(row._meta.label, row.pk) for row in rows}
        self.old = rows

    def hold(self, number: int) -> None:
        row = self.old[number % len(self.old)]
        type(row)._base_manager.select_for_update().get(pk=row.pk)

    def check(self, times: int) -> None:
        kinds = (HeldForm, Receipt, Incoming, Salt, Session)
        left = {(kind._meta.label, row.pk) for kind in kinds for row in kind._base_manager.all()}
        assert left == self.young
        assert len(left) == times * len(kinds)


class Imports:
    """Files of checks. Held up with half the rows of the last one in: somebody has the next."""

    job = ""
    ROWS = 20

    def __init__(self) -> None:
        self.cast = c.Cast()

    def add(self, number: int) -> None:
        rows = [
            REVIEW | {"url": f"https://post.example/{number}/{at}", "claimReviewed": f"No. {at}."}
            for at in range(self.ROWS)
        ]
        self.data = json.dumps(rows).encode()
        sent = workflow.Sent(f"{number}.json", self.data, holds_checks=True)
        workflow.bring(self.cast.desk, [sent], actor=self.cast.eda)

    def hold(self, number: int) -> None:
        check = earlier.read(self.data, "a.json").checks[number % self.ROWS]
        EarlierCheck.objects.create(
            desk=self.cast.desk,
            external_id=check.key,
            claim="Ours.",
            sha256=check.sha256,
            added_by=self.cast.eda,
        )

    def check(self, times: int) -> None:
        rows = FileImport.objects.all()
        assert [(row.state, row.new, row.same) for row in rows] == [("done", self.ROWS, 0)] * times
        assert EarlierCheck.objects.exclude(claim="Ours.").count() == times * self.ROWS
        assert Transition.objects.filter(move="import checks").count() == times


KINDS = (Lapses, Digests, CleanUp, Imports)


def where_it_is_noon() -> str:
    """A zone whose morning is over, whenever this runs."""
    ahead = 12 - timezone.now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def lock_table(model: type) -> None:
    """Let others read it, and write nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {model._meta.db_table} in share mode")  # type: ignore[attr-defined]


def wait_out(kind: str) -> None:
    """As if each lease were over; of all jobs this one alone is due."""
    past = timezone.now() - dt.timedelta(seconds=1)
    jobs.plan(DUTIES)
    Job.objects.update(next_at=past + dt.timedelta(days=1))
    Job.objects.filter(name=kind).update(next_at=past)
    for held in (Job, FileImport):
        held.objects.filter(claimed_until__isnull=False).update(claimed_until=past)


def kill_while_it_waits(worker: subprocess.Popen[bytes]) -> None:
    """Kill the worker as soon as it waits for a lock that this transaction holds."""
    try:
        while not waits_for_us():
            with suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"it ended by itself: {worker.wait(0.05)}")
    finally:
        worker.kill()
        worker.wait()


def killed_over_and_over(kind: Lapses | Digests | CleanUp | Imports, times: int) -> None:
    for number in range(times):
        kind.add(number)
        wait_out(kind.job)
        with transaction.atomic():
            kind.hold(number)
            kill_while_it_waits(start_worker(9))
            transaction.set_rollback(True)
        held = Job.objects if kind.job else FileImport.objects
        assert held.filter(claimed_until__isnull=False).count() == 1, "it was in the middle"
    wait_out(kind.job)
    call_command("worker", "--once")
    assert not Job.objects.exclude(error="", claimed_until=None).exists()
    kind.check(times)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_all_is_done_once_though_the_worker_is_killed_in_the_middle(kind):
    killed_over_and_over(kind(), times=2)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", KINDS)
def test_nor_is_anything_lost_or_done_twice_when_it_is_killed_twenty_times(kind):
    killed_over_and_over(kind(), times=20)
