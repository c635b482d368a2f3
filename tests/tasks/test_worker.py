"""The worker: what is due is done, whoever else is at work and whatever fails beside it."""

from __future__ import annotations

import datetime as dt
import signal
import threading

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.models import Job, Letter, Presence, Receipt, Sighting, User
from annotations.tasks import jobs as duties
from annotations.tasks.worker import Worker
from annotations.workflow import jobs, letters
from tests import cast as c

from .processes import start_worker

WAIT = 60
"""Seconds after which something is broken. Nothing is said of how long it takes."""


def post(number: int) -> Letter:
    return letters.post(to=f"ann{number}@mail.example", subject="Hello", body="Come in.")


@pytest.fixture
def broken(monkeypatch):
    """A job that fails as a row that PostgreSQL refuses, until its text is taken out."""
    problem = ["null value in column “x”\nDETAIL: Failing row contains (SecretFinding)."]

    def fail(_at: dt.datetime) -> None:
        if problem:
            raise IntegrityError(problem[0])

    every = dt.timedelta(minutes=1)
    monkeypatch.setitem(duties.DUTIES, "lapse", duties.Duty("Lapse", fail, every))
    return problem


def test_a_job_that_fails_stops_no_other_and_its_failure_is_kept(db, broken, time_machine):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    letter = post(1)
    with pytest.raises(CommandError, match="1 failed"):
        call_command("worker", "--once")
    letter.refresh_from_db()
    assert letter.state == "sent"
    failed, well = Job.objects.get(name="lapse"), Job.objects.get(name="clean")
    assert (well.tries, well.error) == (0, "")
    assert well.finished_at is not None
    assert failed.tries == 1
    assert failed.error.startswith("IntegrityError: null value in column “x” (test_worker.py:")
    assert "SecretFinding" not in failed.error, "what PostgreSQL says of a row is not for everybody"
    call_command("worker", "--once")  # it is not due again yet
    broken.clear()
    jobs.run_again("lapse")
    call_command("worker", "--once")
    failed.refresh_from_db()
    assert (failed.tries, failed.error) == (0, "")
    assert failed.next_at == timezone.now() + dt.timedelta(minutes=1)


def test_a_job_is_done_each_time_it_is_due_and_by_one_worker_only(db, time_machine):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    jobs.plan(["lapse"])
    jobs.plan(["lapse"])
    job = jobs.claim(["lapse"], timezone.now())
    assert job is not None
    assert jobs.claim(["lapse"], timezone.now()) is None
    jobs.done(job, dt.timedelta(minutes=1))
    assert jobs.claim(["lapse"], timezone.now() + dt.timedelta(seconds=59)) is None
    assert jobs.claim(["lapse"], timezone.now() + dt.timedelta(seconds=60)) is not None


def test_a_job_whose_worker_was_killed_is_taken_up_again(db):
    jobs.plan(["lapse"])
    now = timezone.now()
    first = jobs.claim(["lapse"], now)
    assert first is not None
    second = jobs.claim(["lapse"], now + jobs.LEASE)
    assert second is not None
    jobs.failed(first, "Too late", dt.timedelta(minutes=1))
    second.refresh_from_db()
    assert (second.error, second.claimed_until) == ("", now + 2 * jobs.LEASE), (
        "whoever lost it says nothing of it any more"
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(server):
    sent = {f"<{post(number).uuid}@127.0.0.1>" for number in range(30)}
    problems: list[BaseException] = []
    together = threading.Barrier(2)

    def work() -> None:
        try:
            together.wait()
            Worker().run_once()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _each in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert problems == []
    assert len(server.ids) == 30
    assert set(server.ids) == sent
    assert not Letter.objects.open().exists()
    assert not Job.objects.exclude(error="").exists()


@pytest.mark.django_db(transaction=True)
def test_told_to_end_it_finishes_what_it_holds_and_begins_nothing_else(server):
    held, other = post(1), post(2)
    server.does = "hold"
    worker = start_worker(server.port)
    try:
        assert server.holds.wait(WAIT)
        worker.send_signal(signal.SIGTERM)
        server.does = "accept"
        server.let_go.set()
        assert worker.wait(WAIT) == 0
    finally:
        server.let_go.set()
        worker.kill()
        worker.wait()
    for row in (held, other):
        row.refresh_from_db()
    assert held.state == "sent"
    assert (other.state, other.tries) == ("waiting", 0)


def test_told_to_end_in_the_middle_of_a_job_it_begins_no_letter(db, monkeypatch):
    letter = post(1)
    worker = Worker()
    duty = duties.Duty("Lapse", lambda _at: worker.end(), dt.timedelta(minutes=1))
    monkeypatch.setattr(duties, "DUTIES", {"lapse": duty})
    worker.run_once()
    letter.refresh_from_db()
    assert letter.tries == 0


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_sent_while_the_worker_runs_without_anybody_calling_it(server):
    server.does = "hold"
    worker = start_worker(server.port)
    try:
        letter = post(1)
        assert server.holds.wait(WAIT)
        letter.refresh_from_db()
        assert letter.claimed_until is not None, "it is held, and committed, while it is sent"
        server.let_go.set()
        worker.send_signal(signal.SIGINT)
        assert worker.wait(WAIT) == 0
    finally:
        server.let_go.set()
        worker.kill()
        worker.wait()
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_what_has_served_its_time_is_deleted_and_nothing_else(cast, settings, time_machine):
    # Long ago: the database asks its own clock how old a receipt is.
    time_machine.move_to("2026-10-01T10:00:00Z", tick=False)
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "table": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "kept_for_a_while",
        },
    }
    call_command("createcachetable")
    caches["table"].set("short", 1, timeout=60)
    caches["table"].set("long", 1, timeout=60 * 60 * 24 * 30)
    article, claim = cast.deciding()
    c.look(cast.eda)
    seen = Sighting.objects.count()
    assert seen
    Receipt.objects.create(person=cast.ann, key="b5b5e3a8-6c4d-4c1c-9c3e-6d3f6f0f7a01")
    Presence.objects.create(article=article, person=cast.ann)
    Client().force_login(cast.ann)
    time_machine.shift(dt.timedelta(days=6))
    call_command("worker", "--once")
    assert Receipt.objects.count() == 1
    assert not Presence.objects.exists()
    assert rows("kept_for_a_while") == 1
    assert rows("django_session") == 1
    time_machine.shift(dt.timedelta(days=10))
    call_command("worker", "--once")
    assert not Receipt.objects.exists()
    assert rows("django_session") == 0
    assert Sighting.objects.count() == seen, "who has seen what is known for good"
    assert claim.transitions.exists()
    with connection.cursor() as cursor:
        cursor.execute("drop table kept_for_a_while")


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


# --- the page and the command ---


@pytest.fixture
def keeper(cast) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("keeper"))
    return client


def test_the_page_of_jobs_is_for_who_keeps_the_server_alone(cast, keeper):
    call_command("worker", "--once")
    letter = post(1)
    addresses = [
        reverse("jobs"),
        reverse("run_job", args=["clean"]),
        reverse("send_letter_again", args=[letter.uuid]),
    ]
    User.objects.filter(pk=cast.eda.pk).update(is_staff=True)
    editor = Client()
    editor.force_login(cast.eda)
    refused = editor.get(addresses[0])
    assert refused.status_code == 403
    assert "Only whoever keeps this site sees what its worker does." in refused.content.decode()
    for each in addresses[1:]:
        assert editor.post(each).status_code == 403
        assert keeper.get(each).status_code == 405
    assert keeper.get(addresses[0]).status_code == 200


def test_the_page_says_what_failed_and_has_it_done_again(keeper, broken, server):
    server.does = "refuse"
    letter = letters.post(to="ann@mail.example", subject="Private", body="Words", key="1")
    page = keeper.get(reverse("jobs")).content.decode()
    assert "No worker is running" in page
    with pytest.raises(CommandError):
        call_command("worker", "--once")
    page = keeper.get(reverse("jobs")).content.decode()
    assert "No worker is running" not in page
    assert "It failed 1 time in a row" in page
    assert "null value in column" in page
    assert "550 5.1.1 Nobody of that name lives here" in page
    assert "Private" not in page
    broken.clear()
    server.does = "accept"
    assert keeper.post(reverse("run_job", args=["lapse"])).status_code == 302
    assert keeper.post(reverse("run_job", args=["nonsense"])).status_code == 404
    assert keeper.post(reverse("send_letter_again", args=[letter.uuid])).status_code == 302
    call_command("worker", "--once")
    page = keeper.get(reverse("jobs")).content.decode()
    assert "It failed" not in page
    assert "550" not in page
    assert len(server.taken) == 1


def test_the_page_costs_the_same_however_many_letters_fail(keeper, django_assert_num_queries):
    call_command("worker", "--once")

    def fail(count: int) -> None:
        for number in range(count):
            letter = post(number)
            letters.failed(letter, "Nobody", timezone.now(), for_good=True)

    fail(1)
    with django_assert_num_queries(6):
        keeper.get(reverse("jobs"))
    fail(120)
    with django_assert_num_queries(6):
        page = keeper.get(reverse("jobs")).content.decode()
    assert page.count("Nobody") == 50


def test_the_command_says_the_same_and_runs_a_job(db, broken, capsys):
    call_command("jobs")
    assert "No worker is running." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("worker", "--once")
    call_command("jobs")
    out = capsys.readouterr().out
    assert "Failed IntegrityError: null value in column" in out
    assert "0 letters wait" in out
    broken.clear()
    call_command("jobs", "--run", "lapse")
    call_command("worker", "--once")
    call_command("jobs")
    assert "Failed" not in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no job “dust”"):
        call_command("jobs", "--run", "dust")
