"""Nothing stalls: what has come to a halt stands in the queue of who can do something about it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from annotations import workflow
from annotations.models import Assignment, Claim, Desk, Edition, Membership
from annotations.queries import filters
from annotations.queries.access import desks_for
from annotations.queries.claims import listed
from annotations.queries.queue import queue
from annotations.vocabulary import Dealing
from annotations.workflow import reports
from tests import cast as c


def queue_of(person):
    return queue(desks_for(person)[0], person)


def told(needs):
    return [(need.why, need.verb, need.page) for need in needs]


def filtered(person, words):
    wanted = filters.parse(words)
    return list(listed(desks_for(person)[0], person, wanted))


def late(claim, person, days=1):
    check = Assignment.objects.get(claim=claim, person=person)
    due = timezone.now() - dt.timedelta(days=days)
    Assignment.objects.filter(pk=check.pk).update(due_at=due)


def end(how, claim, cast):
    """Let Ann's check of the claim end unmet, in one of the ways there are."""
    check = c.check_of(claim, cast.ann)
    if how == "declined":
        workflow.decline(check, actor=cast.ann, reason="I wrote about it.")
    elif how == "taken back":
        workflow.take_back(check, actor=cast.eda, reason="She is ill.")
    elif how == "lapsed":
        Desk.objects.update(lapse_days=1)
        late(claim, cast.ann, days=3)
        assert workflow.lapse(Assignment.objects.get(pk=check.pk), at=timezone.now())
    else:
        workflow.end_membership(
            Membership.objects.get(user=cast.ann), actor=cast.mia, reason="Another job."
        )


@pytest.mark.parametrize("how", ["declined", "taken back", "lapsed", "left"])
def test_a_claim_that_is_one_checker_short_waits_for_an_editor(cast, how):
    article, claim = cast.checking()
    end(how, claim, cast)
    (need,) = queue_of(cast.eli).stalled
    why = "Ann declined." if how == "declined" else "No longer asked: Ann."
    assert told([need]) == [(f"1 claim lacks a checker. {why}", "Ask somebody", "asked")]
    assert (need.article, need.claim) == (article, claim.pk)
    assert filtered(cast.eli, "is:short") == [claim]
    workflow.assign(claim, c.make_person("cem", cast.desk), actor=cast.eli)
    assert (queue_of(cast.eli).needs, filtered(cast.eli, "is:short")) == ([], [])


def test_several_lead_to_their_list(cast):
    article, claim = cast.marked()
    second = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [], actor=cast.eda, way=Dealing.TAKEN)
    (need,) = queue_of(cast.eda).stalled
    assert need.why == "2 claims lack a checker. Nobody else was asked."
    assert (need.page, need.query) == ("claims", f"?q=is:short+article:{article.pk}")
    assert set(filtered(cast.eda, f"is:short article:{article.pk}")) == {claim, second}
    assert filtered(cast.eda, f"is:short article:{article.pk + 1}") == []


def test_what_others_are_late_with_is_overdue_for_who_may_ask_somebody_else(cast):
    _article, claim = cast.checking()
    late(claim, cast.ann)
    late(claim, cast.ben)
    (need,) = queue_of(cast.eli).overdue
    assert told([need]) == [("2 things asked of Ann and Ben are late.", "Ask somebody", "asked")]
    assert filtered(cast.eli, "is:late") == [claim]
    assert [need.verb for need in queue_of(cast.ann).overdue] == ["Start"], "one's own, as before"


def test_what_waits_for_somebody_who_is_away_is_said(cast):
    _article, claim = cast.checking()
    day = dt.date(2031, 12, 3)
    cast.ann.away_from, cast.ann.away_until = timezone.localdate(), day
    cast.ann.save()
    (need,) = queue_of(cast.eli).stalled
    assert need.why == "Away until 3 Dec 2031: Ann. 1 thing waits for them."
    assert filtered(cast.eli, "is:away") == [claim]


def closed(person):
    workflow.set_active(person, False, actor=None)


def test_what_waits_for_a_closed_account_is_said(cast):
    _article, claim = cast.checking()
    closed(cast.ann)
    (need,) = queue_of(cast.eli).stalled
    assert need.why == "Ann can no longer sign in. 1 thing waits for them."
    assert filtered(cast.eli, "is:away") == [claim]


def test_an_article_of_a_closed_account_is_free_to_be_taken_on(cast):
    article = cast.article()
    workflow.look_after(article, actor=cast.eda)
    closed(cast.eda)
    assert [need.verb for need in queue_of(cast.eli).unassigned] == ["Assign to me"]
    workflow.look_after(article, actor=cast.eli)
    assert [need.verb for need in queue_of(cast.eli).now] == ["Mark"]


@pytest.mark.parametrize("stage", ["checking", "deciding", "decided", "approved"])
def test_on_hold_it_is_in_nobodys_queue_at_any_stage(cast, stage):
    article, _claim = getattr(cast, stage)()
    everybody = (cast.ann, cast.ben, cast.eda, cast.eli, cast.mia)
    assert any(queue_of(person).needs for person in everybody)
    workflow.plan(article, {"on_hold": "a letter"}, actor=cast.eda, base={"on_hold": ""})
    assert [queue_of(person).needs for person in everybody] == [[]] * 5


@pytest.mark.parametrize("why", ["late", "away", "closed"])
def test_a_decision_asked_of_one_who_is_late_or_away_waits_for_all_who_may(cast, why):
    _article, claim = cast.deciding()
    workflow.assign(claim, cast.eda, actor=cast.mia, task="decide")
    assert not [need for need in queue_of(cast.eli).now if need.page == "decide"]
    if why == "late":
        late(claim, cast.eda)
    elif why == "closed":
        closed(cast.eda)
    else:
        cast.eda.away_from = cast.eda.away_until = timezone.localdate()
        cast.eda.save()
    assert [need.page for need in queue_of(cast.eli).now] == ["decide"]


@pytest.mark.parametrize("state", ["short", "late", "away"])
def test_who_checks_it_blind_learns_nothing_of_how_far_others_are(cast, state):
    """Also an editor: for them it is no row, no filter and no count (rule 4)."""
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eda], actor=cast.mia)
    before = told(queue_of(cast.eda).needs)
    if state == "short":
        workflow.decline(c.check_of(claim, cast.ann), actor=cast.ann, reason="Ill.")
    elif state == "late":
        late(claim, cast.ann)
    else:
        cast.ann.away_from = cast.ann.away_until = timezone.localdate()
        cast.ann.save()
    assert told(queue_of(cast.eda).needs) == before
    assert filtered(cast.eda, f"is:{state}") == []
    assert queue_of(cast.eli).stalled or queue_of(cast.eli).overdue, "but who is not blind does"
    assert filtered(cast.eli, f"is:{state}") == [claim]


def test_checkers_see_what_is_free_to_take_and_nothing_of_who_has_what(cast):
    _article, claim = cast.checking()
    cem = c.make_person("cem", cast.desk)
    assert queue_of(cem).needs == []
    workflow.decline(c.check_of(claim, cast.ann), actor=cast.ann, reason="Ill.")
    (need,) = queue_of(cem).unassigned
    assert told([need]) == [
        ("1 claim lacks a checker, and you may take it.", "Take", "take_checks")
    ]
    assert need.sends
    assert queue_of(cast.ann).needs == [], "who declined is not asked again"
    assert filtered(cem, "is:short") == [], "a list of them is for who may ask somebody"


def test_readers_reports_that_wait_are_one_row_counted(cast):
    article, _claim = cast.published()
    edition = Edition.objects.get(article=article)
    for number in range(3):
        draft = reports.ReportDraft(words=f"It is wrong {number}.")
        reports.receive(edition, draft, address=f"192.0.2.{number}")
    (need,) = queue_of(cast.eli).stalled
    assert (need.title, need.verb, need.page) == ("Readers’ reports", "Answer", "reports")
    assert need.why.startswith("3 readers wait for an answer, the first since ")
    assert queue_of(cast.ann).needs == [], "a checker may not answer"


def test_an_article_nobody_looks_after_can_be_taken_on_and_is_ones_own_then(cast):
    article = cast.article()
    (need,) = queue_of(cast.eli).unassigned
    assert (need.verb, need.page, need.sends) == ("Assign to me", "look_after", True)
    workflow.look_after(article, actor=cast.eli)
    (need,) = queue_of(cast.eli).now
    assert (need.verb, need.why[:13]) == ("Mark", "Yours. Added ")
    assert queue_of(cast.eda).needs == [], "somebody looks after it"


def test_what_is_on_hold_is_in_nobodys_queue(cast):
    article = cast.article()
    workflow.look_after(article, actor=cast.eli)
    workflow.plan(article, {"on_hold": "a letter"}, actor=cast.eli, base={"on_hold": ""})
    assert queue_of(cast.eli).needs == []


@pytest.mark.parametrize("has_claims", [True, False])
@pytest.mark.parametrize("are_owned", [True, False])
def test_ones_own_article_is_not_forgotten_behind_newer_ones(
    cast, monkeypatch, has_claims, are_owned
):
    """What is cut off is of what the person is told, and not of what anybody has."""
    monkeypatch.setattr("annotations.queries.to_begin.MOST", 2)
    texts = [c.import_text(cast.desk, cast.eda, f"{c.TEXT} {number}.") for number in range(4)]
    for text in texts if has_claims else ():
        c.mark(text, c.MARKED, cast.eda)
    own, *others = texts
    workflow.look_after(own, actor=cast.eli)
    for text in others if are_owned else ():
        workflow.look_after(text, actor=cast.eda)
    assert [need.article for need in queue_of(cast.eli).now] == [own]


def test_to_whoever_may_only_mark_what_waits_for_somebody_away_hides_nothing(cast, monkeypatch):
    monkeypatch.setattr("annotations.queries.to_begin.MOST", 2)
    workflow.change_rules(cast.desk, {"checkers_mark": True}, actor=cast.mia, reason="We try it.")
    texts = [c.import_text(cast.desk, cast.eda, f"{c.TEXT} {number}.") for number in range(4)]
    for text in texts[1:]:
        workflow.look_after(text, actor=cast.eda)
    cast.eda.away_from = cast.eda.away_until = timezone.localdate()
    cast.eda.save()
    assert [need.article for need in queue_of(cast.ann).unassigned] == texts[:1]


def test_ones_own_article_is_overdue_when_its_day_has_passed(cast):
    article = cast.article()
    workflow.look_after(article, actor=cast.eli)
    past = timezone.now() - dt.timedelta(days=2)
    workflow.plan(article, {"due_at": past}, actor=cast.eli, base={"due_at": None})
    assert [need.verb for need in queue_of(cast.eli).overdue] == ["Mark"]


def test_what_the_desk_wants_first_stands_first(cast):
    first, second = cast.article(), c.import_text(cast.desk, cast.eda, f"{c.TEXT} More.")
    workflow.plan(first, {"priority": "high"}, actor=cast.eda, base={"priority": ""})
    assert [need.article for need in queue_of(cast.eli).unassigned] == [first, second]


def test_that_it_can_be_published_is_said_only_where_it_is_so(cast):
    article, claim = cast.approved()
    assert [need.why for need in queue_of(cast.eli).now] == [
        "Everything is approved. It can be published."
    ]
    untriaged = article.revision.sentences.filter(number=2)
    untriaged.update(triage="")
    (need,) = queue_of(cast.eli).now
    assert (need.why, need.verb) == (
        "Every verdict is approved, but something else is still in the way.",
        "See what",
    )
    untriaged.update(triage="unimportant")
    Desk.objects.update(demand_primary="block")
    assert [need.verb for need in queue_of(cast.eli).now] == ["See what"]
    Desk.objects.update(demand_primary="warn")
    assert [need.verb for need in queue_of(cast.eli).now] == ["Publish"]
    assert Claim.objects.get(pk=claim.pk).status == "approved"


def test_the_heading_counts_all_that_waits(cast, client):
    for number in range(5):
        c.import_text(cast.desk, cast.eda, f"{c.TEXT} {number}.")
    client.force_login(cast.eli)
    page = client.get(f"/desks/{cast.desk.slug}/").content.decode()
    assert "<h1>5 things need you</h1>" in page
    assert page.count("Assign to me") == 5


def test_the_buttons_of_the_queue_do_it_once(cast, client):
    article, claim = cast.checking()
    workflow.decline(c.check_of(claim, cast.ann), actor=cast.ann, reason="Ill.")
    cem = c.make_person("cem", cast.desk)
    client.force_login(cem)
    key = {"key": "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a01"}
    answers = [client.post(f"/articles/{article.pk}/take/", key) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {
        f"/articles/{article.pk}/?claim={claim.pk}#panel"
    }
    assert Assignment.objects.filter(person=cem).count() == 1
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} More.")
    client.force_login(cast.eli)
    answers = [client.post(f"/articles/{other.pk}/look-after/", key) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/articles/{other.pk}/"}
    other.refresh_from_db()
    assert other.owner == cast.eli


def test_an_article_past_its_day_is_overdue_for_who_looks_after_it_at_any_stage(cast):
    article, _claim = cast.checking()
    past = timezone.now() - dt.timedelta(days=2)
    workflow.plan(article, {"due_at": past}, actor=cast.eda, base={"due_at": None})
    (need,) = queue_of(cast.eli).overdue
    assert need.why == "It is not published yet, and nobody looks after it."
    workflow.look_after(article, actor=cast.eda)
    assert queue_of(cast.eli).overdue == []
    assert [need.why for need in queue_of(cast.eda).overdue] == ["It is not published yet."]


def test_who_is_away_is_said_where_people_are_chosen(cast, client):
    article, _claim = cast.marked()
    cast.ann.away_from, cast.ann.away_until = timezone.localdate(), dt.date(2031, 12, 3)
    cast.ann.save()
    client.force_login(cast.eda)
    assert (
        "Ann (away until 3 Dec 2031)"
        in client.get(f"/articles/{article.pk}/open/").content.decode()
    )
