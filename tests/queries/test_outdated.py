"""A published article that was changed since waits in the queue until readers have it."""

from __future__ import annotations

import pytest

from annotations import workflow
from annotations.models import Article, Orphan
from annotations.queries.queue import queue
from annotations.vocabulary import SetAside
from tests import cast as c
from tests.queries.test_queue import desk_of
from tests.workflow.test_revising import revise


def told(person):
    """The queue's sentences about articles to publish again."""
    found = queue(desk_of(person), person)
    rows = [*found.now, *found.waiting]
    return [need.why for need in rows if need.page == "approve"]


def hold(article, what, actor):
    now = {"on_hold": Article.objects.get(pk=article.pk).on_hold}
    workflow.plan(article, {"on_hold": what}, actor=actor, base=now)


@pytest.fixture
def published(cast):
    article, claim = cast.published()
    return cast, article, claim


def test_a_changed_title_waits_until_it_is_published(published):
    cast, article, _claim = published
    assert told(cast.eli) == told(cast.eda) == []
    c.retitle(article, cast.eda)
    assert [why.split(" changed it")[0] for why in told(cast.eli)] == [str(cast.eda)]
    assert [why.startswith("You changed it") for why in told(cast.eda)] == [True]
    assert told(cast.ann) == [], "who may not publish is told nothing"
    workflow.publish(article, actor=cast.eli)
    assert told(cast.eli) == told(cast.eda) == []


def test_what_is_on_hold_hides_nothing_that_is_not(published, monkeypatch):
    monkeypatch.setattr("annotations.queries.outdated.MOST", 1)
    cast, article, _claim = published
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} More.")
    cast.publish(other, c.mark(other, c.SECOND, cast.eda))
    for each in (article, other):
        c.retitle(each, cast.eda)
    hold(article, "a letter", cast.eda)
    assert len(told(cast.eli)) == 1


def test_what_was_changed_back_waits_for_nobody(published):
    cast, article, _claim = published
    title = article.title
    c.retitle(article, cast.eda)
    c.retitle(article, cast.eli, title)
    assert told(cast.eli) == told(cast.eda) == []


def test_since_when_is_the_first_change_and_who_the_last(published):
    cast, article, _claim = published
    c.retitle(article, cast.eda)
    first = Article.objects.get(pk=article.pk).outdated_since
    c.retitle(article, cast.eli, "A third title")
    row = Article.objects.get(pk=article.pk)
    assert (row.outdated_since, row.outdated_by) == (first, cast.eli)


def test_a_new_text_waits_until_it_is_published(published):
    cast, article, _claim = published
    revise(article, f"{c.TEXT} A ferry more.", cast.eda)
    assert len(told(cast.eli)) == 1
    c.triage_all(article, cast.eda)
    workflow.publish(article, actor=cast.eli)
    assert told(cast.eli) == []


@pytest.mark.parametrize("act", ["attach", "let_go"])
def test_who_says_what_becomes_of_its_marks_was_the_last_to_change_it(published, act):
    cast, article, _claim = published
    revise(article, c.TEXT.replace(c.MARKED, "nothing of the kind"), cast.eda)
    orphan = Orphan.objects.get()
    at = orphan.revision.text.index("nothing")
    if act == "attach":
        workflow.attach(orphan, at, at + len("nothing"), actor=cast.eli)
    else:
        workflow.let_go(orphan, SetAside.GONE, actor=cast.eli)
    assert [why.startswith("You changed it") for why in told(cast.eli)] == [True]


def test_one_more_place_of_a_published_claim_waits_and_taken_out_again_does_not(published):
    cast, article, claim = published
    made = workflow.mark(article, 0, 5, actor=cast.eda, claim=claim)
    assert len(told(cast.eli)) == 1
    workflow.unmark(article, made, actor=cast.eda)
    assert told(cast.eli) == []


def test_of_a_draft_what_is_on_hold_and_what_was_taken_back_nothing_waits(published):
    cast, article, _claim = published
    draft = c.import_text(cast.desk, cast.eda, f"{c.TEXT} Another.")
    c.retitle(draft, cast.eda, "A draft")
    assert told(cast.eli) == []
    c.retitle(article, cast.eda)
    hold(article, "a letter", cast.eda)
    assert told(cast.eli) == []
    hold(article, "", cast.eda)
    assert len(told(cast.eli)) == 1
    workflow.withdraw(article, actor=cast.mia, why="error")
    assert told(cast.eli) == []


def test_an_article_with_verdicts_to_publish_is_told_of_once(published):
    cast, article, claim = published
    c.retitle(article, cast.eda)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.eli)
    assert len(told(cast.eli)) == 1
