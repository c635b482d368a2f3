"""The outbox against a real mail server: one that takes letters, and ones that do not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import Error, transaction
from django.utils import timezone

from annotations.models import Letter, Report
from annotations.tasks.mail import send_next
from annotations.workflow import cleaning, letters

DAY = dt.timedelta(days=1)


def post(number: int = 1, **more) -> Letter:
    values = {"to": f"ann{number}@mail.example", "subject": "Grüße", "body": "Öffne die Tür: x\n"}
    return letters.post(**(values | more))


def test_a_letter_is_sent_once_with_its_words_and_a_name_of_its_own(db, server):
    letter = post()
    call_command("worker", "--once")
    call_command("worker", "--once")
    (taken,) = server.taken
    assert taken["To"] == "ann1@mail.example"
    assert taken["From"] == "The Desk <desk@factcheck.example>"
    assert taken["Message-ID"] == f"<{letter.uuid}@127.0.0.1>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_payload(decode=True).decode().strip() == "Öffne die Tür: x"
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert (letter.tries, letter.error, letter.claimed_until) == (1, "", None)


def test_a_move_that_is_undone_sends_nothing(db, server):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not send_next()
    assert server.asked == 0


def test_one_event_makes_one_letter(db, server):
    assert post(key="invitation 7") == post(2, key="invitation 7")
    assert post() != post()
    assert Letter.objects.count() == 3


def test_a_subject_brings_no_header_of_its_own(db, server):
    post(subject="Hello\r\nBcc: everybody@mail.example\n" + "long " * 100)
    assert send_next()
    (taken,) = server.taken
    assert taken["Bcc"] is None
    assert len(Letter.objects.get().subject) <= 200


def test_an_address_that_is_refused_is_given_up_at_once_with_what_was_said(db, server):
    server.does = "refuse"
    letter = post()
    assert send_next()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert letter.error == "550 5.1.1 Nobody of that name lives here"
    assert not send_next()
    assert server.asked == 1


@pytest.mark.parametrize(
    ("does", "said"),
    [("not now", "451 4.7.1 Come back later"), ("die", "closed"), ("slow", "time")],
)
def test_a_server_in_trouble_is_asked_again_later_and_the_letter_arrives(
    db, server, settings, time_machine, does, said
):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    settings.EMAIL_TIMEOUT = 0.5
    server.does = does
    letter = post()
    assert send_next()
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert said in letter.error
    assert not send_next(), "not before its time"
    server.does = "accept"
    time_machine.shift(dt.timedelta(seconds=61))
    assert send_next()
    assert server.ids == [f"<{letter.uuid}@127.0.0.1>"]
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == ("sent", 2, "")


def test_a_server_that_is_away_is_asked_less_and_less_and_given_up_after_three_days(
    db, settings, time_machine
):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = post()
    begun, waits = timezone.now(), []
    while letter.state == "waiting":
        assert send_next()
        letter.refresh_from_db()
        waits.append(round((letter.next_try_at - timezone.now()).total_seconds() / 60))
        time_machine.move_to(letter.next_try_at, tick=False)
    assert waits[:6] == [1, 5, 25, 125, 360, 360]
    assert letter.failed_at is not None
    assert 2 * DAY < letter.failed_at - begun <= 3 * DAY
    assert "refused" in letter.error
    assert not send_next()


def test_a_server_without_tls_gets_no_letter_where_tls_is_asked_for(db, server, settings):
    settings.EMAIL_USE_TLS = True
    letter = post()
    assert send_next()
    letter.refresh_from_db()
    assert "STARTTLS" in letter.error
    assert server.asked == 0


def test_one_letter_that_cannot_be_sent_keeps_no_other_from_it(db, server):
    post(to="a\nBcc: b@mail.example")
    other = post(2)
    call_command("worker", "--once")
    assert server.ids == [f"<{other.uuid}@127.0.0.1>"]


@pytest.mark.parametrize("does", ["accept", "refuse"])
def test_a_secret_is_blanked_once_it_is_sent_or_given_up_and_never_told(db, server, does):
    server.does = does
    letter = post(is_secret=True)
    assert send_next()
    letter.refresh_from_db()
    assert letter.state != "waiting"
    assert letter.body == ""
    assert not letters.try_again(letter)
    if does == "refuse":
        assert letter.error == "550", "a server may repeat what it does not like"


def test_a_secret_that_waits_is_blanked_by_nobody(db):
    letter = post(is_secret=True)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(body="")
    other = post()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Letter.objects.filter(pk=other.pk).update(body="", sent_at=timezone.now())


def test_a_letter_that_somebody_holds_is_nobody_elses_until_the_lease_is_over(db):
    post()
    now = timezone.now()
    held = letters.claim(now)
    assert held is not None
    assert letters.claim(now + letters.LEASE - dt.timedelta(seconds=1)) is None
    again = letters.claim(now + letters.LEASE)
    assert again == held
    letters.sent(held, now)
    letters.failed(again, "Too late", now)
    held.refresh_from_db()
    assert (held.state, held.error) == ("sent", ""), "whoever comes second changes nothing"


def test_without_a_server_letters_wait_and_are_given_up_after_three_days(db, server, settings):
    settings.MAIL_GOES_OUT = False
    letter, secret = post(), post(is_secret=True)
    call_command("worker", "--once")
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("waiting", 0)
    assert letters.give_up_old(timezone.now() + 3 * DAY - dt.timedelta(minutes=1)) == 0
    assert letters.give_up_old(timezone.now() + 3 * DAY + dt.timedelta(minutes=1)) == 2
    for row in (letter, secret):
        row.refresh_from_db()
        assert (row.state, row.error) == ("failed", "")
    assert secret.body == ""
    Letter.objects.update(tries=7)
    assert letters.try_again(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == ("waiting", 0, "")
    settings.MAIL_GOES_OUT = True
    assert send_next()
    assert server.ids == [f"<{letter.uuid}@127.0.0.1>"]


def test_letters_to_members_go_after_their_time_and_answers_to_readers_never(cast, time_machine):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    article, _claim = cast.published()
    report = Report.objects.create(
        edition=article.editions.get(), words="No.", email="reader@mail.example"
    )
    for letter in (post(), post(report=report), post()):
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
    fresh = post()
    time_machine.shift(89 * DAY)
    cleaning.old_letters(timezone.now())
    assert Letter.objects.count() == 4
    time_machine.shift(2 * DAY)
    cleaning.old_letters(timezone.now())
    assert set(Letter.objects.all()) == {report.letters.get(), fresh}
