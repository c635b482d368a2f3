"""Who looks after an article, by when it is wanted, and whether it waits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from annotations import workflow
from annotations.models import PLANNED, Article, Membership, Notice, Transition
from annotations.vocabulary import MoveName, NoticeKind
from annotations.words.log import said, what
from tests import cast as c

SOON = dt.datetime(2031, 3, 4, 10, 30, 5, tzinfo=dt.UTC)


def planned(article):
    row = Article.objects.get(pk=article.pk)
    return {name: getattr(row, name) for name in PLANNED}


def test_an_article_is_taken_on_once_and_the_second_is_told_by_whom(cast):
    article = cast.article()
    workflow.look_after(article, actor=cast.eda)
    workflow.look_after(article, actor=cast.eda)
    with pytest.raises(workflow.Refused, match="Eda looks after it already"):
        workflow.look_after(article, actor=cast.eli)
    lines = Transition.objects.filter(move=MoveName.OWN)
    assert [(line.actor, line.person, what(line)) for line in lines] == [
        (cast.eda, cast.eda, "Eda looks after the article")
    ]
    assert not Notice.objects.filter(kind=NoticeKind.HANDED).exists(), "one knows what one took"


def test_it_is_handed_over_to_who_may_mark_and_they_are_told(cast):
    article = cast.article()
    with pytest.raises(workflow.Refused, match="Ann may not mark claims at this desk"):
        workflow.hand_over(article, cast.ann, actor=cast.eda, based_on=None)
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=None)
    assert Notice.objects.get(kind=NoticeKind.HANDED).person == cast.eli
    with pytest.raises(workflow.Stale):
        workflow.hand_over(article, cast.mia, actor=cast.eda, based_on=None)
    workflow.hand_over(article, None, actor=cast.eda, based_on=cast.eli.pk)
    line = Transition.objects.filter(move=MoveName.OWN).latest("pk")
    assert (line.person, what(line)) == (cast.eli, "Nobody looks after the article any more")


@pytest.mark.parametrize("name", ["ann", "ola", "stranger"])
def test_who_may_not_assign_plans_nothing(cast, name):
    article, person = cast.article(), getattr(cast, name)
    with pytest.raises(PermissionDenied):
        workflow.plan(article, {"due_at": SOON}, actor=person, base=planned(article))
    with pytest.raises(PermissionDenied):
        workflow.hand_over(article, None, actor=person, based_on=None)
    with pytest.raises(PermissionDenied):
        workflow.look_after(article, actor=person)


def test_a_plan_says_in_the_log_what_was_and_what_is(cast):
    article = cast.article()
    wanted = {"due_at": SOON, "priority": "high", "on_hold": "the ministry"}
    assert workflow.plan(article, wanted, actor=cast.eda, base=planned(article)) == [*wanted]
    assert planned(article) == wanted
    line = Transition.objects.get(move=MoveName.PLAN)
    assert set(said(line).splitlines()) == {
        "Due: “–” → “4 Mar 2031, 10:30”",
        "Priority: “In turn” → “First”",
        "Waits for: “–” → “the ministry”",
    }
    assert workflow.plan(article, wanted, actor=cast.eda, base=wanted) == [], "nothing is new"
    assert Transition.objects.filter(move=MoveName.PLAN).count() == 1


def test_what_somebody_planned_meanwhile_is_not_lost(cast):
    article = cast.article()
    before = planned(article)
    workflow.plan(article, {"priority": "low"}, actor=cast.eda, base=before)
    workflow.plan(article, {"due_at": SOON, "priority": ""}, actor=cast.eli, base=before)
    assert planned(article)["priority"] == "low", "what one did not touch stays as it is"
    with pytest.raises(workflow.Stale):
        workflow.plan(article, {"priority": "high"}, actor=cast.eli, base=before)


@pytest.mark.parametrize("how", ["leaves", "becomes a checker"])
def test_articles_of_who_leaves_are_nobodys_again(cast, how):
    article = cast.article()
    workflow.look_after(article, actor=cast.eli)
    if how == "leaves":
        membership = Membership.objects.get(user=cast.eli)
        workflow.end_membership(membership, actor=cast.mia, reason="Another job.")
    else:
        workflow.enrol(cast.desk, cast.eli, "checker", actor=cast.mia)
    assert Article.objects.get(pk=article.pk).owner is None
    line = Transition.objects.filter(move=MoveName.OWN).latest("pk")
    assert (said(line), line.article) == ("Eli left the desk.", article)


def test_the_day_of_who_is_away_ends_after_it_begins(cast):
    cast.ann.away_from, cast.ann.away_until = dt.date(2031, 1, 2), dt.date(2031, 1, 4)
    days = [dt.date(2031, 1, day) for day in range(1, 6)]
    assert [cast.ann.is_away(day) for day in days] == [False, True, True, True, False]
    assert not cast.ben.is_away(timezone.localdate())


def test_the_import_form_says_whose_it_is_and_by_when(cast, client):
    client.force_login(cast.eda)
    page = f"/desks/{cast.desk.slug}/articles/add/"
    form = {
        "text": c.TEXT,
        "language": "en",
        "public_text": "excerpts",
        "is_mine": "on",
        "due_at": "2031-03-04T10:30",
    }
    client.post(page, form | {"do": "save"})
    article = Article.objects.get()
    assert article.owner == cast.eda
    assert article.due_at == SOON.replace(second=0)


def test_the_plan_page_keeps_what_others_planned_and_the_seconds_of_what_was_due(cast, client):
    article = cast.article()
    workflow.plan(article, {"due_at": SOON}, actor=cast.eda, base=planned(article))
    client.force_login(cast.eda)
    page = f"/articles/{article.pk}/plan/"
    form = client.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in ("shown", "owner", "priority", "on_hold")}
    sent |= {"due_at": "2031-03-04T10:30", "key": "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a01"}
    assert client.post(page, sent | {"priority": "high"}).status_code == 302
    assert planned(article) == {"due_at": SOON, "priority": "high", "on_hold": ""}
    # The same page in another tab, from before.
    late = sent | {"priority": "low", "key": "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a02"}
    answer = client.post(page, late)
    assert answer.status_code == 409
    assert "Somebody changed the plan meanwhile" in answer.content.decode()
    forged = sent | {"shown": "x", "key": "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a03"}
    assert client.post(page, forged).status_code == 422
