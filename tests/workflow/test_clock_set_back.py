"""A machine whose clock was set back, while rows of before say a later time than it is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from annotations import second_person, workflow
from annotations.models import Article, User
from annotations.workflow import jobs


def describe(article: Article, title: str, *, actor: User) -> None:
    article.refresh_from_db()
    workflow.describe(article, {"title": title}, actor=actor, base={"title": article.title})


@pytest.mark.parametrize("back", [dt.timedelta(seconds=1), dt.timedelta(days=1)])
def test_a_change_after_publishing_is_still_one_that_a_second_person_has_to_see(
    cast, time_machine, back
):
    article, _claim = cast.published()
    assert second_person.last_change(article) is None
    time_machine.move_to(timezone.now() - back)
    describe(article, "Another title", actor=cast.eda)
    change = second_person.last_change(article)
    assert change is not None
    assert change.actor == cast.eda
    with pytest.raises(workflow.Refused):
        workflow.publish(article, actor=cast.eda)


def test_whose_change_was_the_last_is_told_by_the_order_of_writing(cast, time_machine):
    article, _claim = cast.published()
    describe(article, "What Eli wrote", actor=cast.eli)
    time_machine.move_to(timezone.now() - dt.timedelta(hours=1))
    describe(article, "What Eda wrote", actor=cast.eda)
    change = second_person.last_change(article)
    assert change is not None
    assert change.actor == cast.eda
    assert second_person.unseen_change(article, cast.eda) == change
    with pytest.raises(workflow.Refused):
        workflow.publish(article, actor=cast.eda)
    article.refresh_from_db()
    workflow.approve_article(article, actor=cast.eli)
    assert second_person.approved_since(article, change, but=cast.eda.pk)


@pytest.mark.parametrize("is_held", [False, True])
def test_a_job_does_not_wait_until_the_clock_is_where_it_was(db, is_held):
    jobs.plan(["clean"])
    now, every = timezone.now(), dt.timedelta(hours=1)
    job = jobs.claim(["clean"], now)
    assert job is not None
    if not is_held:
        jobs.done(job, every)
    for clock in (now, now - dt.timedelta(minutes=1)):
        assert jobs.claim(["clean"], clock) is None, "another machine's clock is a little behind"
    set_back = now - dt.timedelta(days=1)
    again = jobs.claim(["clean"], set_back)
    assert again is not None
    jobs.done(again, every)
    assert jobs.claim(["clean"], set_back + dt.timedelta(minutes=59)) is None
    assert jobs.claim(["clean"], set_back + every) is not None
