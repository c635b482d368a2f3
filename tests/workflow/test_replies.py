"""Right of reply: a letter about many claims, its reminder, its answers; and who may answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations import blobs, demands, workflow
from annotations.editions import content, reading
from annotations.models import Desk, Edition, Letter, ReplyPoint, ReplyRequest, Transition, User
from annotations.queries import replies as replies_queries
from annotations.queries.copies import kept_bytes
from annotations.tasks import replies as reminders
from annotations.vocabulary import AnswerWay
from annotations.words import reply_letters
from annotations.words.log import actor, what
from annotations.workflow import erase_reader, letters, replies
from tests import cast as c

MAIL = "mayor@mail.example"
NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


FRIDAY = dt.date(2026, 11, 27)


def asked(cast, claims, *, until: dt.date | None = FRIDAY, reminds: bool = True) -> ReplyRequest:
    body = "{addressee}: {claims} {link}"
    letter = workflow.ReplyLetter(MAIL, "What do you say?", body, reminds)
    return workflow.ask_reply(
        claims,
        "The mayor",
        channel="email",
        until=until,
        actor=cast.eda,
        letter=letter,
        fill=reply_letters.letter,
    )


def answer(row: ReplyRequest, words: str = "It is so.", **points: str) -> None:
    given = workflow.Answered(words, points, AnswerWay.LINK)
    replies.answer_by_link(row, given)


def test_one_letter_puts_many_claims_in_the_words_of_then(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    row = asked(cast, [claim, other])
    (letter,) = Letter.objects.filter(kind="reply")
    assert letter.to == MAIL
    assert f"1. {claim.claim_reviewed}" in letter.body
    assert f"2. {other.claim_reviewed}" in letter.body
    assert f"“{c.SECOND}”" in letter.body
    assert replies.pass_for_reply(row) in letter.body
    workflow.reword(claim, workflow.ClaimDraft("Other words"), actor=cast.eda, reason="Clearer.")
    assert [point.number for point in row.points.all()] == [1, 2]
    assert "Other words" not in {point.words for point in row.points.all()}
    assert Transition.objects.filter(move="ask reply").count() == 2


def test_the_link_leaves_the_outbox_once_it_is_sent_and_the_letter_stays_without_it(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    call_command("worker", "--once")
    letter = Letter.objects.get(kind="reply")
    assert (letter.state, letter.body) == ("sent", "")
    assert row.body == "{addressee}: {claims} {link}"


def test_what_is_typed_never_becomes_the_place_of_a_link(cast):
    _article, claim = cast.deciding()
    row = workflow.ask_reply(
        [claim],
        "Mr {link}",
        channel="email",
        actor=cast.eda,
        letter=workflow.ReplyLetter(MAIL, "S", "{addressee} {claims} {unknown}"),
        fill=reply_letters.letter,
    )
    said = Letter.objects.get(kind="reply").body
    assert said.startswith("Mr {link} ")
    assert said.endswith(" {unknown}")
    assert row.link_until is None


def test_a_sample_desk_says_in_its_letters_that_it_is_one(cast):
    _article, claim = cast.deciding()
    sample = Desk(is_sample=True, organisation="X", name="x")
    text = reply_letters.filled("Hello", addressee="A", desk=sample, points=[], until=None, link="")
    assert text.startswith("Sample.")
    assert claim is not None


def test_the_addressee_is_reminded_once_on_the_day_before(cast, now):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    assert reminders.remind(NOW + DAY) == 0
    now.move_to(NOW + 2 * DAY, tick=False)
    assert [reminders.remind(NOW + 2 * DAY) for _ in range(2)] == [1, 0]
    reminder = Letter.objects.get(key=replies.letter_key(row, "reminder"))
    assert reminder.to == MAIL
    assert replies.pass_for_reply(row) in reminder.body
    assert Transition.objects.filter(move="remind reply", claim=claim).count() == 1


@pytest.mark.parametrize("ended", ["answered", "withdrawn", "late", "unwanted"])
def test_nobody_is_reminded_of_what_is_settled(cast, ended):
    _article, claim = cast.deciding()
    row = asked(cast, [claim], reminds=ended != "unwanted")
    if ended == "answered":
        answer(row)
    if ended == "withdrawn":
        workflow.withdraw_reply(row, "In error.", actor=cast.eda)
    assert reminders.remind(NOW + (4 if ended == "late" else 2) * DAY) == 0


def test_a_request_that_is_withdrawn_closes_its_link_and_counts_no_more(cast):
    _article, claim = cast.decided()
    Desk.objects.update(demand_reply="block")
    row = asked(cast, [claim], until=None)
    desk = Desk.objects.get(pk=cast.desk.pk)
    claims = type(claim).objects.filter(pk=claim.pk)

    def lacks() -> list[str]:
        return [str(each.text) for each in demands.unmet_of(desk, claims)]

    assert not any("reply" in said for said in lacks())
    workflow.withdraw_reply(row, "Sent in error.", actor=cast.eda)
    assert any("Nobody was asked for a reply" in said for said in lacks())
    assert Letter.objects.get(kind="reply").state == "failed"
    assert Letter.objects.get(kind="reply").body == ""
    with pytest.raises(workflow.Refused, match="withdrawn"):
        answer(row)
    with pytest.raises(workflow.Refused, match="already"):
        workflow.withdraw_reply(row, "Again.", actor=cast.eda)


def test_who_may_still_answer_is_in_the_way_until_their_day_is_over(cast, now):
    _article, claim = cast.decided()
    Desk.objects.update(demand_reply="warn")
    desk = Desk.objects.get(pk=cast.desk.pk)
    asked(cast, [claim])
    claims = type(claim).objects.filter(pk=claim.pk)
    said = [each.text for each in demands.unmet_of(desk, claims)]
    assert any(text.startswith("The mayor may answer") for text in said)
    now.move_to(NOW + 5 * DAY)
    said = [each.text for each in demands.unmet_of(desk, claims)]
    assert not any("mayor" in text for text in said)


def test_what_comes_by_the_link_is_the_addressees_own(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    row = asked(cast, [claim, other])
    point = row.points.get(claim=claim)
    answer(row, "", **{str(point.uuid): "Not so."})
    row.refresh_from_db()
    assert (row.came, row.kept_by, row.answer) == ("link", None, "")
    line = Transition.objects.get(move="reply", claim=claim)
    assert (line.actor, line.reason, actor(line)) == (None, "Not so.", "The mayor")
    assert "by the link" in what(line)
    with pytest.raises(workflow.Refused, match="kept already"):
        answer(row, "And again.")
    with pytest.raises(workflow.Refused, match="stays"):
        workflow.withdraw_reply(row, "Too late.", actor=cast.eda)


def test_an_answer_to_a_point_of_another_letter_is_kept_nowhere(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    row, foreign = asked(cast, [claim]), asked(cast, [other])
    point = foreign.points.get()
    answer(row, "Mine.", **{str(point.uuid): "Theirs."})
    assert set(ReplyPoint.objects.values_list("answer", flat=True)) == {""}
    assert not ReplyRequest.objects.get(pk=foreign.pk).answered_at


def test_the_link_ends_two_weeks_after_the_day(cast, now):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    assert row.link_until is not None
    assert row.link_until.date() == dt.date(2026, 12, 12)
    now.move_to(row.link_until)
    with pytest.raises(workflow.Refused, match="ended"):
        answer(row)


def test_readers_get_the_answer_to_the_claim_else_the_one_to_all(cast):
    article, claim = cast.approved()
    first, second = asked(cast, [claim], until=None), asked(cast, [claim], until=None)
    gone = asked(cast, [claim], until=None)
    workflow.withdraw_reply(gone, "In error.", actor=cast.eda)
    answer(first, "Of all.", **{str(first.points.get().uuid): "Of this."})
    answer(second, "Of all.")
    workflow.publish(article, actor=cast.mia)
    edition = reading.read(Edition.objects.get(claim=claim).content)
    assert isinstance(edition, content.ClaimEdition)
    assert [each.answer for each in edition.replies] == ["Of this.", "Of all."]


def test_a_file_that_comes_with_an_answer_is_checked_with_all_other_bytes(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    file = b"From: a@b.example\n\nSo it is."
    given = workflow.Answered("So it is.", came=AnswerWay.MAIL, file=file, file_name="a.eml")
    workflow.keep_reply(row, given, actor=cast.eda)
    row.refresh_from_db()
    assert (row.attachment, row.kept_by, row.came) == (blobs.keep(file).sha256, cast.eda, "mail")
    assert row.attachment in set(kept_bytes())


def test_an_address_is_forgotten_and_gets_nothing_more(cast, now):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    assert erase_reader(MAIL) == 2
    row.refresh_from_db()
    assert row.email == ""
    assert Letter.objects.get(kind="reply").to == ""
    now.move_to(NOW + 2 * DAY)
    assert reminders.remind(NOW + 2 * DAY) == 0


def test_the_queue_tells_of_days_and_of_answers_but_not_to_a_blind_checker(cast, now):
    _article, claim = cast.checking()
    row = asked(cast, [claim])

    def told(person: User) -> list[str]:
        return [need.why for need in replies_queries.waiting(cast.desk, person)]

    assert told(cast.eda) == ["The mayor was asked for a reply."]
    assert told(cast.ann) == []
    now.move_to(NOW + 4 * DAY)
    assert told(cast.eda)[0].endswith("or what they said.")
    assert replies_queries.waiting(cast.desk, cast.eda)[0].is_late
    answer(row)
    assert told(cast.eda) == ["The mayor answered."]
    assert told(cast.ann) == []
    workflow.note_reply_read(row, actor=cast.eda)
    assert told(cast.eda) == []


def test_whoever_checks_blind_withdraws_nothing(cast):
    _article, claim = cast.checking()
    row = asked(cast, [claim])
    workflow.assign(claim, cast.eli, actor=cast.eda)
    with pytest.raises(workflow.Refused):
        workflow.withdraw_reply(row, "In error.", actor=cast.eli)


def test_a_desk_writes_its_letter_over_no_other(cast):
    workflow.write_letter(cast.desk, "Yours", "{claims}", actor=cast.mia, based_on=0)
    assert reply_letters.template_of(cast.desk) == ("Yours", "{claims}")
    with pytest.raises(workflow.Stale, match="Version 1"):
        workflow.write_letter(cast.desk, "Mine", "{claims}", actor=cast.mia, based_on=0)


def test_a_letter_that_is_given_up_names_neither_link_nor_address(cast):
    _article, claim = cast.deciding()
    asked(cast, [claim])
    assert letters.give_up_old(timezone.now() + 5 * DAY) == 1
    letter = Letter.objects.get(kind="reply")
    assert letter.body == ""
    assert MAIL not in letter.error
