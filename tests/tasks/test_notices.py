"""Notices: who is told of what, when and how; and nobody what they may not know."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from annotations import workflow
from annotations.models import (
    Assignment,
    Desk,
    Edition,
    Letter,
    Membership,
    Notice,
    NoticeChoice,
    User,
)
from annotations.queries import notices as notices_queries
from annotations.tasks import notices as mails
from annotations.vocabulary import AnswerWay, NoticeKind, NoticeWay
from annotations.words import reply_letters
from annotations.words.notices import address, sentence
from annotations.workflow import discussion, replies, reports
from annotations.workflow import notices as moves
from tests import cast as c
from tests.cast import Cast
from tests.replaying import replayed

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def cast(clock, db) -> Cast:
    cast = Cast()
    replayed(("addresses",), give_addresses)
    return cast


def give_addresses() -> None:
    User.objects.update(email=Concat(F("username"), Value("@mail.example")))


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def work(clock, pause: dt.timedelta = 2 * MINUTE) -> list[Any]:
    """Let time pass and the worker work; the mails that it sent."""
    clock.shift(pause)
    before = len(mail.outbox)
    call_command("worker", "--once")
    return mail.outbox[before:]


def told(kind: str) -> set[str]:
    """Who was told of that kind."""
    return {row.person.username for row in Notice.objects.filter(kind=kind)}


def remind(cast: Cast, due: dt.timedelta, then: dt.timedelta) -> None:
    """Ask for checks until so long after noon, and let the worker look so long after it."""
    article, _claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=NOON + due)
    moves.remind(NOON + then)


# --- what makes a notice, and for whom ---


def asked(cast: Cast) -> None:
    cast.checking()


def returned(cast: Cast) -> None:
    _article, claim = cast.deciding()
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="A source, please.")


def sent_back(cast: Cast) -> None:
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")


def mentioned(cast: Cast) -> None:
    _article, claim = cast.deciding()
    discussion.add(claim, "@ann and @eda, look.", person=cast.eda)


def declined(cast: Cast) -> None:
    _article, claim = cast.checking()
    workflow.decline(c.check_of(claim, cast.ben), actor=cast.ben, reason="No time.")


def lapsed(cast: Cast) -> None:
    _article, claim = cast.checking()
    Desk.objects.update(lapse_days=1)
    workflow.lapse(c.check_of(claim, cast.ben), at=timezone.now() + 2 * DAY)


def left(cast: Cast) -> None:
    cast.checking()
    workflow.end_membership(cast.ben.memberships.get(), actor=cast.mia)


def taken_back(cast: Cast) -> None:
    _article, claim = cast.checking()
    workflow.take_back(c.check_of(claim, cast.ben), actor=cast.eda, reason="Enough.")


def retracted(cast: Cast) -> None:
    _article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="A court asked.")


def withdrawn(cast: Cast) -> None:
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court asked.")


def reported(cast: Cast) -> None:
    cast.published()
    edition = Edition.objects.filter(claim__isnull=False).get()
    reports.receive(edition, reports.ReportDraft("Not so."), address="192.0.2.1")


def suspected(cast: Cast) -> None:
    cast.published()
    edition = Edition.objects.filter(claim__isnull=False).get()
    draft = reports.ReportDraft("Buy this.", is_suspect=True)
    reports.receive(edition, draft, address="192.0.2.1")


def handed(cast: Cast) -> None:
    article, _claim = cast.marked()
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=None)


def answered(cast: Cast) -> None:
    """What eda asked about an article that eli looks after, on paper."""
    article, claim = cast.deciding()
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=None)
    row = workflow.ask_reply([claim], "The mayor", channel="letter", actor=cast.eda)
    workflow.keep_reply(row, "No.", actor=cast.eda)


def answered_by_link(cast: Cast) -> None:
    """The same about two claims, by the addressee."""
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=None)
    row = workflow.ask_reply(
        [claim, other],
        "The mayor",
        channel="email",
        until=timezone.localdate() + DAY,
        actor=cast.eda,
        letter=workflow.ReplyLetter("mayor@town.example", "What do you say?", "{claims} {link}"),
        fill=reply_letters.letter,
    )
    replies.answer_by_link(row, workflow.Answered("No.", {}, AnswerWay.LINK))


EVENTS: list[tuple[Callable[[Cast], object], str, set[str]]] = [
    (asked, "asked", {"ann", "ben"}),
    (handed, "handed", {"eli"}),
    (returned, "returned", {"ann"}),
    (sent_back, "returned", {"eda"}),
    (mentioned, "mentioned", {"ann"}),
    (lambda cast: remind(cast, DAY, HOUR), "due", {"ann", "ben"}),
    (lambda cast: remind(cast, 2 * DAY, HOUR), "due", set()),
    (lambda cast: remind(cast, HOUR, HOUR), "overdue", {"ann", "ben", "eda"}),
    (lambda cast: remind(cast, HOUR, 8 * DAY), "overdue", set()),
    (declined, "given_up", {"eda"}),
    (lapsed, "given_up", {"eda"}),
    (left, "given_up", {"eda"}),
    (taken_back, "given_up", set()),
    (lambda cast: cast.deciding(), "all_in", {"eda"}),
    (lambda cast: cast.approved(), "approved", {"ann", "ben", "eda"}),
    (lambda cast: cast.published(), "published", {"ann", "ben", "eda"}),
    (lambda cast: cast.corrected(), "corrected", {"ann", "ben", "eda"}),
    (retracted, "corrected", {"ann", "ben", "eda", "eli"}),
    (withdrawn, "corrected", {"ann", "ben", "eda", "eli"}),
    (reported, "reported", {"eda", "eli", "mia"}),
    (suspected, "reported", set()),
    (answered, "answered", {"eli"}),
]


@pytest.mark.parametrize(
    ("happen", "kind", "people"), EVENTS, ids=[f"{n} {each[1]}" for n, each in enumerate(EVENTS)]
)
def test_an_event_is_told_to_those_it_concerns_and_to_nobody_else(cast, happen, kind, people):
    happen(cast)
    assert told(kind) == people


def test_every_kind_is_made_by_some_event():
    assert {kind for _happen, kind, _people in EVENTS} == set(NoticeKind)


def test_an_answer_about_several_claims_is_one_notice_that_leads_to_the_replies(cast):
    answered_by_link(cast)
    assert told("answered") == {"eda", "eli"}
    (row,) = Notice.objects.filter(person=cast.eda, kind="answered")
    (shown,) = [each for each in notices_queries.told([row]) if each.notice == row]
    assert sentence(shown).startswith("The mayor answered what you asked about “")
    assert address(shown) == reverse("replies", args=[shown.article])


def test_one_act_that_asks_and_returns_is_one_notice(cast):
    sent_back(cast)
    assert Notice.objects.filter(person=cast.eda, kind="asked").count() == 0


def test_a_correction_is_not_told_as_a_first_publication_too(cast):
    cast.corrected()
    assert Notice.objects.filter(person=cast.ann, kind="published").count() == 1
    assert Notice.objects.filter(person=cast.ann, kind="corrected").count() == 1


def test_who_is_not_active_is_told_nothing(cast):
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    article, _claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    moves.tell([cast.ben], NoticeKind.ASKED, cast.desk, 1, line=cast.desk.transitions.first())
    assert told("asked") == {"ann", "eli"}


def test_an_undone_move_tells_nobody(cast):
    article, _claim = cast.marked()
    with pytest.raises(workflow.Refused):
        workflow.open_checking(
            article, [cast.ann, cast.ben, cast.eda, cast.eli, cast.mia], actor=cast.eda
        )
    assert not Notice.objects.exists()


# --- each leads where it says, and is said in a sentence ---


@pytest.mark.parametrize(
    ("happen", "kind", "people"),
    [each for each in EVENTS if each[2]],
    ids=[f"{n} {each[1]}" for n, each in enumerate(EVENTS) if each[2]],
)
def test_each_notice_is_shown_and_leads_to_a_page_that_its_reader_may_open(
    cast, happen, kind, people
):
    happen(cast)
    for name in sorted(people):
        person = getattr(cast, name)
        rows = [row for row in Notice.objects.visible_to(person) if row.kind == kind]
        assert rows, f"{name} may see none"
        client = client_of(person)
        page = client.get(reverse("notices", args=["desk"])).content.decode()
        for each in notices_queries.told(rows):
            words, path = sentence(each), address(each)
            assert "None" not in words
            assert "%(" not in words
            assert words in page.replace("&#x27;", "'")
            answer = client.get(path)
            assert answer.status_code == 200, f"{kind}: {path}"


# --- in the way that each person wants ---


def choose(person: User, way: str, *kinds: str) -> None:
    workflow.choose_notices(person, dict.fromkeys(kinds or list(NoticeKind), way))


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_kind_that_is_turned_off_makes_no_notice_and_no_mail(cast, clock, kind):
    happen, _kind, people = next(each for each in EVENTS if each[1] == kind and each[2])
    for name in people:
        choose(getattr(cast, name), NoticeWay.OFF, kind)
    happen(cast)
    assert told(kind) == set()
    work(clock)
    assert told(kind) == set(), "nor by the clock"


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_kind_is_mailed_at_once_where_that_is_wanted_and_only_it(cast, clock, kind):
    happen, _kind, people = next(each for each in EVENTS if each[1] == kind and each[2])
    name = min(people)
    for person in User.objects.all():
        choose(person, NoticeWay.OFF)
    choose(getattr(cast, name), NoticeWay.AT_ONCE, kind)
    happen(cast)
    if kind in (NoticeKind.DUE, NoticeKind.OVERDUE):
        clock.shift(HOUR)
    (sent,) = work(clock)
    assert sent.to == [f"{name}@mail.example"]
    assert "https://" in sent.body or "http://" in sent.body
    assert work(clock) == []


def test_what_is_for_here_only_is_never_mailed(cast, clock):
    choose(cast.ann, NoticeWay.HERE)
    cast.checking()
    mails_of_days = [each for _n in range(3) for each in work(clock, DAY)]
    assert [each for each in mails_of_days if each.to == ["ann@mail.example"]] == []
    assert notices_queries.unread(cast.desk, cast.ann) == 1


def test_what_is_turned_off_between_the_event_and_the_mail_is_not_mailed(cast, clock):
    cast.checking()
    choose(cast.ann, NoticeWay.OFF, "asked")
    assert [each.to for each in work(clock)] == [["ben@mail.example"]]
    assert not Letter.objects.open().exists()


@pytest.mark.parametrize("way", [NoticeWay.OFF, NoticeWay.HERE])
def test_nor_is_what_is_no_longer_wanted_by_mail(cast, clock, way):
    """Chosen once it is on its way: by then the notice says how it was wanted before."""
    cast.checking()
    assert moves.turned_off(cast.ann) == []
    choose(cast.ann, way, "asked")
    choose(cast.ann, NoticeWay.AT_ONCE, "returned")
    assert moves.turned_off(cast.ann) == ["asked"]
    assert [each.to for each in work(clock)] == [["ben@mail.example"]]


def test_an_act_on_many_claims_is_one_mail(cast, clock):
    article = cast.article()
    for words in (c.MARKED, c.SECOND, "In 2024 the town paid for a new pier"):
        c.mark(article, words, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    sent = work(clock)
    assert sorted(each.to[0] for each in sent) == ["ann@mail.example", "ben@mail.example"]
    for each in sent:
        assert each.subject == "3 notices from Desk"
        assert each.body.count("You are asked to check") == 3


def test_what_just_happened_waits_a_minute_for_the_rest_of_the_act(cast):
    cast.checking()
    assert moves.gather(NOON + dt.timedelta(seconds=59)) == 0
    assert moves.gather(NOON + dt.timedelta(seconds=60)) == 2
    assert moves.gather(NOON + dt.timedelta(seconds=61)) == 0


def test_without_an_address_a_person_reads_it_here_only(cast, clock):
    User.objects.filter(pk=cast.ann.pk).update(email="")
    cast.checking()
    assert [each.to for each in work(clock)] == [["ben@mail.example"]]
    assert Notice.objects.get(person=cast.ann).way == NoticeWay.HERE


def test_a_mail_is_in_the_language_and_the_time_of_its_reader_else_of_the_desk(
    cast, clock, monkeypatch
):
    heard: list[tuple[str, str | None, str]] = []

    def hear(each: Any) -> str:
        heard.append((each.notice.person.username, translation.get_language(), sentence(each)))
        return "x"

    monkeypatch.setattr(mails, "sentence", hear)
    User.objects.filter(pk=cast.ann.pk).update(language="fr", time_zone="America/New_York")
    Desk.objects.filter(pk=cast.desk.pk).update(language="ar", time_zone="Asia/Kolkata")
    article, _claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=NOON + 3 * DAY)
    work(clock)
    said = {name: (language, words) for name, language, words in heard}
    assert said["ann"][0] == "fr"
    assert "07:00" in said["ann"][1]
    assert said["ben"][0] == "ar"
    assert "17:30" in said["ben"][1]


# --- nothing breaks blindness ---


@pytest.mark.parametrize("do_others_work", [False, True])
def test_a_blind_checkers_mails_are_the_same_whatever_the_others_do(cast, clock, do_others_work):
    """Not one more, not one fewer, and not a word of them."""
    for person in (cast.ann, cast.eli):
        choose(person, NoticeWay.AT_ONCE)
    article, claim = cast.marked()
    # eli asked for it, and checks it too.
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eli)
    if do_others_work:
        c.annotate(claim, cast.ben, text="SecretFinding")
        workflow.assign(claim, cast.mia, actor=cast.eli)
        workflow.decline(c.check_of(claim, cast.mia), actor=cast.mia, reason="SecretReason")
    work(clock)
    work(clock, DAY)
    page = reverse("workbench", args=[article.pk])
    assert [
        (each.to, each.subject, each.body)
        for each in mail.outbox
        if each.to[0] in ("ann@mail.example", "eli@mail.example")
    ] == [
        (
            ["ann@mail.example"],
            f"You are asked to check “{claim}”.",
            f"Desk\n\nYou are asked to check “{claim}”.\n"
            f"http://127.0.0.1:8000{page}?claim={claim.pk}#panel\n\n"
            "What you want to hear of, and how:\nhttp://127.0.0.1:8000/account/notices/",
        )
    ]
    assert notices_queries.unread(cast.desk, cast.ann) == 1
    assert notices_queries.unread(cast.desk, cast.eli) == 0
    assert told("given_up") == ({"eli"} if do_others_work else set()), "it is only hidden"


def test_a_mention_from_an_earlier_round_is_not_told_to_who_checks_again(cast, clock):
    _article, claim = cast.deciding()
    choose(cast.ann, NoticeWay.AT_ONCE)
    work(clock)
    discussion.add(claim, "@ann, Ben says SecretWords.", person=cast.eda)
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="A source.")
    (sent,) = [each for each in work(clock) if each.to == ["ann@mail.example"]]
    assert "returned to you" in sent.body
    assert "mentioned" not in sent.body
    assert "SecretWords" not in sent.body
    page = client_of(cast.ann).get(reverse("notices", args=["desk"])).content.decode()
    assert "mentioned" not in page


def test_no_notice_holds_a_word_of_anybody(cast):
    """Keys alone: what could be told is asked for when it is shown."""
    words = {
        field.name
        for field in Notice._meta.concrete_fields
        if field.get_internal_type() in ("TextField", "CharField", "JSONField")
    }
    assert words == {"kind", "event", "way"}


def test_who_left_the_desk_gets_nothing_that_was_on_its_way(cast, clock):
    cast.checking()
    clock.shift(2 * MINUTE)
    moves.gather(timezone.now())
    assert Letter.objects.open().count() == 2
    Membership.objects.filter(user=cast.ann).delete()
    assert [each.to for each in work(clock)] == [["ben@mail.example"]]
    assert not Letter.objects.filter(person=cast.ann).exists(), "there was nothing to send"
    assert [each for each in work(clock, DAY) if each.to == ["ann@mail.example"]] == []


def test_what_is_done_or_declined_meanwhile_is_not_asked_for_any_more(cast, clock):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    workflow.decline(c.check_of(claim, cast.ben), actor=cast.ben, reason="No time.")
    assert notices_queries.unread(cast.desk, cast.ann) == 0
    assert [each.to for each in work(clock)] == [["eda@mail.example"]]


def test_what_is_done_meanwhile_is_not_said_to_be_due(cast, clock):
    article, claim = cast.marked()
    due = NOON + DAY + 6 * HOUR
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=due)
    work(clock)
    assert told("due") == {"ann", "ben"}
    c.annotate(claim, cast.ann)
    digests = work(clock, 20 * HOUR)
    assert [each.to for each in digests] == [["ben@mail.example"]]


@pytest.mark.parametrize("happen", [happen for happen, _kind, _people in EVENTS])
def test_what_is_counted_is_what_is_listed(cast, happen):
    """The number beside the pages is made another way than the list."""
    happen(cast)
    # Whoever checks again is blind again: some of what they were told is hidden.
    claim = cast.desk.claims.get()
    if claim.status == "deciding":
        workflow.give_back(c.check_of(claim, cast.ben), actor=cast.eda, reason="A source.")
    for membership in cast.desk.memberships.all():
        person = membership.user
        listed = Notice.objects.visible_to(person).filter(desk=cast.desk).still_so().count()
        assert notices_queries.unread(cast.desk, person) == listed, person


# --- the daily mail ---


ZONES = [
    ("Europe/Paris", "2027-03-27"),
    ("America/New_York", "2026-10-31"),
    ("Australia/Lord_Howe", "2026-10-03"),
]
MORE_ZONES = [
    ("Europe/Paris", "2026-10-24"),
    ("Asia/Kolkata", "2026-11-24"),
    ("Pacific/Kiritimati", "2026-11-24"),
    ("America/Adak", "2026-10-31"),
]


@pytest.mark.parametrize(
    ("zone", "day"),
    [*ZONES, *(pytest.param(*each, marks=pytest.mark.drill) for each in MORE_ZONES)],
)
def test_the_daily_mail_comes_once_each_morning_where_its_reader_is(cast, clock, zone, day):
    here = zoneinfo.ZoneInfo(zone)
    User.objects.filter(pk=cast.ann.pk).update(time_zone=zone)
    choose(cast.ann, NoticeWay.DAILY)
    begin = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(0), here).astimezone(dt.UTC)
    line = made_line(cast)
    for step in range(0, 4 * 24 * 60, 30):
        at = begin + step * MINUTE
        clock.move_to(at, tick=False)
        if step % 60 == 0:
            moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, step, line=line)
        moves.make_digests(at)
    made = Letter.objects.filter(kind="digest").order_by("made_at")
    mornings = [letter.made_at.astimezone(here) for letter in made]
    first = dt.date.fromisoformat(day)
    assert [each.date() for each in mornings] == [first + n * DAY for n in range(4)]
    assert {(each.hour, each.minute) for each in mornings} == {(7, 0)}
    in_them = Notice.objects.filter(letter__isnull=False)
    waiting = Notice.objects.filter(letter__isnull=True)
    last = made.last()
    assert last is not None
    assert all(row.at < last.made_at for row in in_them)
    assert all(row.at >= last.made_at for row in waiting), "none is left out"


def made_line(cast: Cast) -> Any:
    _article, claim = cast.checking()
    Notice.objects.all().delete()
    return c.check_of(claim, cast.ann).transitions.get(move="assign")


def test_a_worker_that_was_away_in_the_morning_sends_it_later_and_the_next_on_time(cast, clock):
    choose(cast.ann, NoticeWay.DAILY)
    line = made_line(cast)

    def happen(event: str) -> None:
        moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, event, line=line)

    happen("on Wednesday at noon")
    clock.move_to("2026-11-27T15:00:00Z", tick=False)
    happen("on Friday at three")
    assert len(work(clock, HOUR)) == 1
    assert work(clock, HOUR) == []
    assert Notice.objects.filter(letter=None).count() == 1, "that waits for tomorrow"
    clock.move_to("2026-11-28T06:59:00Z", tick=False)
    assert work(clock, 0 * MINUTE) == []
    clock.move_to("2026-11-28T07:05:00Z", tick=False)
    (sent,) = work(clock, 0 * MINUTE)
    assert sent.subject == "Your day at Desk"


def test_a_mail_is_promised_without_reading_what_it_will_tell(cast, clock, monkeypatch):
    """Every five minutes, of everybody: a day of a busy desk would stand in memory each time."""
    choose(cast.ann, NoticeWay.DAILY)
    choose(cast.ben, NoticeWay.AT_ONCE)
    cast.checking()
    monkeypatch.setattr(Notice, "from_db", classmethod(lambda *_row: pytest.fail("it is read")))
    assert moves.make_digests(NOON + DAY) == 1
    assert moves.gather(NOON + DAY) == 1


def test_without_news_there_is_no_daily_mail(cast, clock):
    assert [each for _n in range(3) for each in work(clock, DAY)] == []


def test_somebody_who_moves_east_or_west_gets_one_a_day_at_most(cast, clock):
    choose(cast.ann, NoticeWay.DAILY)
    line = made_line(cast)
    for number, zone in enumerate(["Asia/Tokyo", "America/Los_Angeles", "Asia/Tokyo"]):
        User.objects.filter(pk=cast.ann.pk).update(time_zone=zone)
        moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, number, line=line)
        moves.make_digests(timezone.now() + 10 * HOUR)
    days = list(Letter.objects.filter(kind="digest").values_list("key", flat=True))
    assert len(days) == len(set(days)) == 1


def test_what_is_due_tomorrow_is_told_once_by_the_calendar_of_its_person(cast, clock):
    """Noon in London; in Kiritimati it is two at night of the next day."""
    User.objects.filter(pk=cast.ben.pk).update(time_zone="Pacific/Kiritimati")
    article, _claim = cast.marked()
    due = dt.datetime(2026, 11, 27, 5, tzinfo=dt.UTC)  # on the 27th in both
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=due)
    moves.remind(NOON)
    assert told("due") == {"ben"}
    for hours in range(0, 36, 3):
        moves.remind(NOON + hours * HOUR)
    assert Notice.objects.filter(kind="due").count() == 2
    workflow.assign(
        Assignment.objects.get(person=cast.ann).claim,
        cast.ann,
        actor=cast.eda,
        due_at=due + 3 * DAY,
    )
    moves.remind(due + 2 * DAY)
    assert Notice.objects.filter(kind="due", person=cast.ann).count() == 2, "another day, told anew"


# --- the pages ---


def test_the_page_counts_lists_and_is_read(cast, clock):
    cast.checking()
    ann, url = client_of(cast.ann), reverse("notices", args=["desk"])
    queue = reverse("queue", args=["desk"])
    assert ">1</span>" in link_to(ann.get(queue).content.decode(), url)
    page = ann.get(url).content.decode()
    assert "You are asked to check" in page
    assert "New</span>" in page
    until = page.split('name="until" value="')[1].split('"')[0]
    clock.shift(MINUTE)
    cast.checking()
    ann.post(reverse("read_notices", args=["desk"]), {"until": until})
    assert notices_queries.unread(cast.desk, cast.ann) == 1, "what came since is not read"
    assert ">1</span>" in link_to(ann.get(queue).content.decode(), url)
    assert ann.get(url).content.decode().count("New</span>") == 1
    for nonsense in ("", "yesterday", "2026-13-01T00:00:00Z", "2026-11-25"):
        ann.post(reverse("read_notices", args=["desk"]), {"until": nonsense})
    assert notices_queries.unread(cast.desk, cast.ann) == 1


def link_to(page: str, url: str) -> str:
    return page.split(f'href="{url}"')[1].split("</a>")[0]


def test_a_notice_that_may_not_be_seen_yet_is_not_read_by_reading_the_others(cast, clock):
    """eli asked for a check and holds one: that somebody declined is for later."""
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eli)
    workflow.decline(c.check_of(claim, cast.ben), actor=cast.ben, reason="No time.")
    assert told("given_up") == {"eli"}
    assert notices_queries.unread(cast.desk, cast.eli) == 0
    workflow.note_read(cast.eli, cast.desk, timezone.now())
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.eli)
    shown = Notice.objects.visible_to(cast.eli).filter(read_at=None)
    assert {row.kind for row in shown} == {"given_up", "all_in"}


def test_the_list_costs_the_same_however_many_there_are(cast, django_assert_max_num_queries):
    line = made_line(cast)
    ann, url = client_of(cast.ann), reverse("notices", args=["desk"])
    ann.get(url)

    def statements() -> int:
        with django_assert_max_num_queries(20) as queries:
            assert ann.get(url).status_code == 200
        return len(queries)

    moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, "one", line=line)
    few = statements()
    for number in range(200):
        moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, number, line=line)
    assert statements() == few
    page = ann.get(url).content.decode()
    assert page.count("You are asked to check") == 50
    assert "before=" in page
    assert ">100</span>" in link_to(page, url)


def test_page_by_page_each_is_told_once_and_the_way_back_is_the_same(cast):
    """The first page is asked for by a statement of its own."""
    line = made_line(cast)
    for number in range(2 * notices_queries.PAGE + 7):
        moves.tell([cast.ann], NoticeKind.ASKED, cast.desk, number, line=line)
    pages: list[Any] = []
    asked: dict[str, str] = {}
    while len(pages) < 5:
        pages.append(notices_queries.page_of(cast.desk, cast.ann, asked))
        if not pages[-1].older:
            break
        asked = dict(parse_qsl(pages[-1].older))
    walked = [row.pk for page in pages for row in page]
    ordered = Notice.objects.filter(person=cast.ann, desk=cast.desk).order_by("-at", "-pk")
    assert walked == list(ordered.values_list("pk", flat=True))
    assert [len(page.rows) for page in pages[:2]] == [notices_queries.PAGE] * 2
    assert pages[0].newer == ""
    back = notices_queries.page_of(cast.desk, cast.ann, dict(parse_qsl(pages[1].newer)))
    assert [row.pk for row in back] == [row.pk for row in pages[0]]


def test_everybody_chooses_for_themselves(cast):
    ann, url = client_of(cast.ann), reverse("notice_choices")
    page = ann.get(url).content.decode()
    assert page.count("<select") == len(NoticeKind)
    sent = dict.fromkeys(NoticeKind, "daily") | {"asked": "off"}
    assert ann.post(url, sent).status_code == 302
    assert ann.post(url, sent | {"asked": "here"}).status_code == 302
    chosen = dict(NoticeChoice.objects.filter(person=cast.ann).values_list("kind", "way"))
    assert chosen == dict.fromkeys(NoticeKind.values, "daily") | {"asked": "here"}
    assert not NoticeChoice.objects.exclude(person=cast.ann).exists()
    assert ann.post(url, sent | {"asked": "loud"}).status_code == 422
    assert 'value="here" selected' in ann.get(url).content.decode()


def test_the_page_of_choices_says_where_no_mail_comes(cast, settings):
    ann, url = client_of(cast.ann), reverse("notice_choices")
    assert "No mail goes out" not in ann.get(url).content.decode()
    User.objects.filter(pk=cast.ann.pk).update(email="")
    assert "You have no e-mail address" in ann.get(url).content.decode()
    settings.MAIL_GOES_OUT = False
    assert "No mail goes out" in ann.get(url).content.decode()
