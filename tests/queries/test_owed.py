"""Whatever waits at a desk stands in the queue of somebody who can do something about it.

In each state whoever would have done it is away, gone, too close or not allowed to. What waits is
read from the rows, not from what queues say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import (
    OPEN,
    Article,
    Assignment,
    Claim,
    Desk,
    Edition,
    Letter,
    Membership,
    ReplyRequest,
    Report,
    User,
)
from annotations.prepared import Prepared
from annotations.queries import replies
from annotations.queries.access import desks_for
from annotations.queries.board import at_stages
from annotations.queries.queue import queue
from annotations.rights import allows
from annotations.second_person import taken_back_alone
from annotations.views.desk.queue import row_of
from annotations.vocabulary import ArticleStatus, ClaimStatus, Dealing, Role, Task
from annotations.workflow import letters, reports
from annotations.workflow.assignments import RIGHTS
from tests import cast as c
from tests.cast import Cast
from tests.workflow.test_replies import answer, asked

STAGE_OF = {
    Task.CHECK: ClaimStatus.CHECKING,
    Task.DECIDE: ClaimStatus.DECIDING,
    Task.APPROVE: ClaimStatus.DECIDED,
}


def away(person: User) -> None:
    person.away_from = person.away_until = timezone.localdate()
    person.save()


def left(cast: Cast, *people: User) -> None:
    for person in people:
        member = Membership.objects.get(user=person, desk=cast.desk)
        workflow.end_membership(member, actor=cast.mia, reason="Another job.")


def demoted(cast: Cast, person: User) -> None:
    workflow.enrol(cast.desk, person, Role.CHECKER, actor=cast.mia)


def marked_where_it_is_published(cast: Cast) -> None:
    """A second text makes a claim that readers have: nothing of it is left to be checked."""
    _article, claim = cast.published()
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT}\n\nIt is another text.")
    start = other.revision.text.index(c.MARKED)
    workflow.mark(other, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(other, cast.eda)


def its_only_claim_is_set_aside(cast: Cast) -> None:
    _article, claim = cast.marked()
    workflow.set_aside(claim, "opinion", actor=cast.eda)


def owner_is_away(cast: Cast) -> None:
    workflow.look_after(cast.article(), actor=cast.eda)
    away(cast.eda)


def owner_is_away_and_it_is_late(cast: Cast) -> None:
    article, _claim = cast.checking()
    workflow.look_after(article, actor=cast.eda)
    Article.objects.update(due_at=timezone.now() - dt.timedelta(days=1))
    away(cast.eda)


def owner_left(cast: Cast) -> None:
    workflow.look_after(cast.article(), actor=cast.eda)
    left(cast, cast.eda)


def owner_has_another_role(cast: Cast) -> None:
    workflow.look_after(cast.article(), actor=cast.eda)
    demoted(cast, cast.eda)


def owner_may_mark_no_more(cast: Cast) -> None:
    workflow.change_rules(cast.desk, {"checkers_mark": True}, actor=cast.mia, reason="We try it.")
    workflow.look_after(cast.article(), actor=cast.ann)
    workflow.change_rules(cast.desk, {"checkers_mark": False}, actor=cast.mia, reason="No more.")


def late_before_anything_is_marked(cast: Cast) -> None:
    cast.article()
    Article.objects.update(due_at=timezone.now() - dt.timedelta(days=1))


def everybody_declined(cast: Cast) -> None:
    _article, claim = cast.checking()
    for person in (cast.ann, cast.ben):
        workflow.decline(c.check_of(claim, person), actor=person, reason="No time.")


def a_checker_is_away(cast: Cast) -> None:
    cast.checking()
    away(cast.ann)


def a_checker_has_no_account(cast: Cast) -> None:
    cast.checking()
    workflow.set_active(cast.ann, False, actor=None)


def a_checker_left(cast: Cast) -> None:
    cast.checking()
    left(cast, cast.ann)


def a_checker_only_looks_on(cast: Cast) -> None:
    cast.checking()
    workflow.enrol(cast.desk, cast.ann, Role.OBSERVER, actor=cast.mia)


def nobody_was_asked(cast: Cast) -> None:
    article, _claim = cast.marked()
    workflow.open_checking(article, [], actor=cast.eda, way=Dealing.TAKEN)


def who_was_asked_to_decide_checks_now(cast: Cast) -> None:
    _article, claim = cast.deciding()
    workflow.assign(claim, cast.eda, actor=cast.mia, task="decide")
    demoted(cast, cast.eda)


def who_was_asked_to_approve_left(cast: Cast) -> None:
    _article, claim = cast.decided()
    workflow.assign(claim, cast.eli, actor=cast.mia, task="approve")
    left(cast, cast.eli)


def returned_to_somebody_away(cast: Cast) -> None:
    _article, claim = cast.deciding()
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="More.")
    away(cast.ann)


def correction_asked(cast: Cast) -> None:
    _article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")


def changed_at_a_desk_of_one_editor(cast: Cast) -> None:
    article, _claim = cast.published()
    left(cast, cast.eda, cast.eli)
    c.retitle(article, cast.mia)


def withdrawn(cast: Cast) -> None:
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court.")


def withdrawn_at_a_desk_of_one_editor(cast: Cast) -> None:
    withdrawn(cast)
    left(cast, cast.eda, cast.eli)


def retracted_at_a_desk_of_one_editor(cast: Cast) -> None:
    _article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="Forged.")
    left(cast, cast.eda, cast.eli)


def approved_at_a_desk_of_one_editor(cast: Cast) -> None:
    _article, claim = cast.deciding()
    c.decide(claim, cast.mia)
    left(cast, cast.eda, cast.eli)


def a_reader_waits(cast: Cast) -> None:
    article, _claim = cast.published()
    edition = Edition.objects.get(article=article)
    draft = reports.ReportDraft(words="It is wrong.")
    reports.receive(edition, draft, address="192.0.2.1")


def an_addressee_answered(cast: Cast) -> None:
    _article, claim = cast.deciding()
    answer(asked(cast, [claim]))


def an_addressee_is_late(cast: Cast) -> None:
    _article, claim = cast.deciding()
    asked(cast, [claim], until=timezone.localdate() - dt.timedelta(days=1), reminds=False)


def a_letter_was_refused(cast: Cast) -> None:
    _article, claim = cast.deciding()
    asked(cast, [claim], until=None, reminds=False)
    letter = Letter.objects.get(kind="reply")
    letters.failed(letter, "550 no such user", timezone.now(), for_good=True)


State = Callable[[Cast], None]

STATES: dict[str, State] = {
    each.__name__: each
    for each in (
        marked_where_it_is_published, its_only_claim_is_set_aside, owner_is_away,
        owner_is_away_and_it_is_late, owner_left, owner_has_another_role, owner_may_mark_no_more,
        late_before_anything_is_marked, everybody_declined, a_checker_is_away,
        a_checker_has_no_account, a_checker_left, a_checker_only_looks_on, nobody_was_asked,
        who_was_asked_to_decide_checks_now, who_was_asked_to_approve_left,
        returned_to_somebody_away, correction_asked, changed_at_a_desk_of_one_editor, withdrawn,
        withdrawn_at_a_desk_of_one_editor, retracted_at_a_desk_of_one_editor,
        approved_at_a_desk_of_one_editor, a_reader_waits, an_addressee_answered,
        an_addressee_is_late, a_letter_was_refused,
    )
}  # fmt: skip


def members(desk: Desk) -> list[User]:
    """Whoever is there to do something today."""
    today = timezone.localdate()
    found = User.objects.filter(memberships__desk=desk, is_active=True)
    return [person for person in found if not person.is_away(today)]


Waits = Iterator[tuple[str, Article | None, set[str]]]
"""What waits, in words, about which article, and the pages where a verb may lead; none: any."""

CONFIRM, REPLIES = {"confirm_taking_back", "people"}, {"replies"}
ASK = {"asked", "claims", "decide", "approve"}


def waiting(desk: Desk) -> Waits:
    """What waits for somebody at the desk."""
    for article in Article.objects.filter(desk=desk, on_hold=""):
        if article.status == ArticleStatus.DRAFT:
            yield "it is not published", article, set()
        if article.outdated_since is not None:
            yield "readers have not got it as it is", article, {"approve", "people"}
        if taken_back_alone(article):
            yield "its withdrawal is not confirmed", article, CONFIRM
        for claim in Claim.objects.made_in(article):
            if claim.status in (ClaimStatus.DECIDING, ClaimStatus.DECIDED):
                yield f"a claim waits: {claim.status}", article, {*ASK, "people"}
            if taken_back_alone(claim):
                yield "a retraction is not confirmed", article, CONFIRM
            if claim.reply_requests.filter(answered_at=None, until__lt=timezone.localdate()):
                yield "an addressee is late", article, REPLIES
            if claim.reply_requests.filter(answered_at__isnull=False, read_at=None):
                yield "an answer is not read", article, REPLIES
    if Report.objects.filter(edition__desk=desk, outcome=""):
        yield "a reader waits", None, {"reports"}


def owed_by_nobody(desk: Desk) -> Waits:
    """What was asked of people who cannot do it now: others have to know."""
    there = {person.pk for person in members(desk)}
    for row in Assignment.objects.filter(claim__desk=desk, status__in=OPEN):
        member = Membership.objects.filter(desk=desk, user=row.person_id).first()
        able = member and allows(member.role, RIGHTS[Task(row.task)])
        if row.claim.status != STAGE_OF[Task(row.task)] or (row.person_id in there and able):
            continue
        mark = row.claim.marks.latest("pk")
        yield f"{row.person} is asked to {row.task}", mark.revision.article, ASK
    for letter in Letter.objects.filter(kind="reply", failed_at__isnull=False):
        request = ReplyRequest.objects.get(uuid=(letter.key or "").split(":")[1])
        mark = request.claims.get().marks.latest("pk")
        yield "a letter was not sent", mark.revision.article, REPLIES


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_what_waits_stands_in_the_queue_of_somebody_who_is_there(state):
    cast = Cast()
    STATES[state](cast)
    told: dict[int | None, set[str]] = {}
    for person in members(cast.desk):
        for need in queue(desks_for(person)[0], person).needs:
            told.setdefault(need.article.pk if need.article else None, set()).add(need.page)
    missed = []
    for why, article, pages in (*waiting(cast.desk), *owed_by_nobody(cast.desk)):
        there = told.get(article.pk if article else None, set())
        if not there or (pages and not pages & there):
            missed.append((why, str(article), there))
    assert missed == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_button_of_a_queue_is_accepted(state):
    cast = Cast()
    STATES[state](cast)
    refused = []
    for person in members(cast.desk):
        client = Client()
        client.force_login(person)
        desk = desks_for(person)[0]
        for need in queue(desk, person).needs:
            row = row_of(need, desk)
            send = client.post if row["verb_post"] else client.get
            answered = send(row["verb_url"], {"key": row["key"]})
            if answered.status_code != (302 if row["verb_post"] else 200):
                refused.append((str(person), need.verb, row["verb_url"], answered.status_code))
    assert refused == []


@pytest.mark.parametrize("way", ["answered", "not sent"])
def test_what_came_or_never_went_out_is_not_hidden_by_what_is_waited_for(cast, monkeypatch, way):
    monkeypatch.setattr(replies, "MOST", 1)
    monkeypatch.setattr(replies, "_WAITING", Prepared(replies._waiting, 2))
    _article, claim = cast.deciding()
    soon, late = timezone.localdate(), timezone.localdate() + dt.timedelta(days=9)
    asked(cast, [claim], until=soon)
    row = asked(cast, [claim], until=late)
    if way == "answered":
        answer(row)
    else:
        letter = Letter.objects.get(key=f"reply:{row.uuid}")
        letters.failed(letter, "550 no such user", timezone.now(), for_good=True)
    told = [need.why for need in queue(desks_for(cast.eda)[0], cast.eda).needs]
    said = {"answered": "The mayor answered.", "not sent": "The letter to The mayor was not sent."}
    assert said[way] in told


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_counts_are_those_of_the_lists_they_lead_to(state):
    cast = Cast()
    STATES[state](cast)
    client = Client()
    client.force_login(cast.mia)
    page = client.get(reverse("queue", args=[cast.desk.slug])).context
    rows = sum(len(group["rows"]) for group in page["groups"] if not group["slim"])
    beside = client.get(reverse("desk_counts", args=[cast.desk.slug])).json()
    assert rows == beside["queue"]
    listed = {
        stage["label"]: len(client.get(stage["url"]).context["rows"])
        for stage in at_stages(cast.desk, queue(desks_for(cast.mia)[0], cast.mia).stages)
    }
    assert listed == {stage["label"]: stage["count"] for stage in page["stages"]}
