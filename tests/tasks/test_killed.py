"""A worker that is killed, over and over, in the middle of what it does: nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations.models import Job, Letter
from annotations.workflow import letters

from .processes import start_worker
from .smtp import MailServer

WAIT = 60
"""Seconds after which something is broken. Nothing is said of how long it takes."""


def post(number: int) -> Letter:
    return letters.post(to=f"ann{number}@mail.example", subject="Hello", body="Come in.")


def kill_in_the_middle(server: MailServer) -> set[str]:
    """Kill a worker while the mail server has the text of a letter and has not answered.

    Returns the names of the mails that it held.
    """
    server.does = "hold"
    server.holds.clear()
    server.let_go.clear()
    worker = start_worker(server.port)
    try:
        assert server.holds.wait(WAIT)
    finally:
        worker.kill()
        worker.wait()
        server.let_go.set()
    held = Letter.objects.open().filter(claimed_until__isnull=False)
    return {f"<{letter.uuid}@127.0.0.1>" for letter in held}


def wait_out_the_leases() -> None:
    """As if all the minutes of each lease and wait had passed."""
    past = timezone.now() - dt.timedelta(seconds=1)
    Letter.objects.filter(claimed_until__isnull=False).update(claimed_until=past)
    Letter.objects.open().update(next_try_at=past)
    Job.objects.filter(claimed_until__isnull=False).update(claimed_until=past)
    Job.objects.update(next_at=past)


def check(server: MailServer, held: Counter[str]) -> None:
    """Every letter arrived, and no copy too many but of those that a worker was killed with."""
    server.does = "accept"
    wait_out_the_leases()
    call_command("worker", "--once")
    rows = list(Letter.objects.all())
    assert [row.state for row in rows] == ["sent"] * len(rows)
    copies = Counter(server.ids)
    assert set(copies) == {f"<{row.uuid}@127.0.0.1>" for row in rows}
    for name, count in copies.items():
        assert count <= 1 + held[name], "a copy that nothing explains"
    for row in rows:
        assert row.tries == 1 + held[f"<{row.uuid}@127.0.0.1>"]
    assert not Job.objects.exclude(error="", claimed_until=None).exists()


@pytest.mark.heart
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_held_is_taken_up_again_and_nothing_else_is_sent_twice(server):
    for number in range(3):
        post(number)
    held = Counter(kill_in_the_middle(server))
    assert sum(held.values()) == 1
    check(server, held)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_nor_is_anything_lost_when_it_is_killed_twenty_times(server):
    held: Counter[str] = Counter()
    for number in range(20):
        post(2 * number)
        post(2 * number + 1)
        held.update(kill_in_the_middle(server))
        wait_out_the_leases()
    assert sum(held.values()) == 20
    check(server, held)
