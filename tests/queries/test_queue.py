"""What is owed is on the desk page, however much came in since."""

from __future__ import annotations

import pytest

from annotations import workflow
from annotations.models import Article, Claim
from annotations.prepared import Prepared
from annotations.queries import queue as queue_queries
from annotations.queries.access import desks_for
from annotations.queries.queue import queue
from annotations.queries.to_begin import MOST
from tests import cast as c

NEWER = MOST


def desk_of(person):
    return desks_for(person)[0]


@pytest.fixture
def owed(cast):
    """Ten articles of which a check is owed, three to decide; then 200 newer ones."""
    for number in range(13):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claim = c.mark(article, c.MARKED, cast.eda)
        c.triage_all(article, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        if number < 3:
            c.annotate(claim, cast.ann)
            c.annotate(claim, cast.ben, "half")
    Article.objects.bulk_create(
        Article(desk=cast.desk, title=f"Newer {n}", slug=f"newer-{n}", created_by=cast.eda)
        for n in range(NEWER)
    )
    return cast


def test_what_is_owed_is_listed_though_hundreds_of_articles_are_newer(owed):
    own = queue(desk_of(owed.ann), owed.ann)
    assert (own.count, {need.page for need in own.now}) == (10, {"workbench"})
    editors = queue(desk_of(owed.eda), owed.eda)
    assert [need.page for need in editors.now] == ["decide"] * 3
    assert len(editors.unassigned) == MOST, "the newest that wait to be marked"
    assert dict(editors.stages) == {"spotted": NEWER, "checking": 10, "deciding": 3}


def test_an_article_published_with_a_claim_open_again_is_still_in_work(cast):
    article, claim = cast.published()
    assert queue(desk_of(cast.eda), cast.eda).stages == []
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    found = queue(desk_of(cast.eda), cast.eda)
    assert [(need.article, need.page) for need in found.now] == [(article, "decide")]
    assert dict(found.stages) == {"deciding": 1}


def test_a_claim_whose_marks_were_all_taken_out_counts_for_no_article(cast):
    article, _claim = cast.marked()
    Claim.objects.update(status="decided")
    assert [need.page for need in queue(desk_of(cast.eli), cast.eli).now] == ["approve"]
    article.revision.marks.all().delete()
    assert queue(desk_of(cast.eli), cast.eli).now == []


def test_what_was_taken_back_alone_waits_for_another_and_says_what_it_is(cast):
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="Forged.")
    [need] = queue(desk_of(cast.eli), cast.eli).now
    assert (need.article, need.page, need.stage) == (article, "confirm_taking_back", "Retracted")
    assert "retracted “" in need.why
    workflow.confirm_taking_back(claim, actor=cast.eli)
    workflow.withdraw(article, actor=cast.mia, why="A court.")
    [need] = [
        each
        for each in queue(desk_of(cast.eli), cast.eli).now
        if each.page == "confirm_taking_back"
    ]
    assert (need.article, need.stage) == (article, "Withdrawn")
    assert "withdrew it" in need.why


def test_agreement_is_of_the_claims_disclosed_last_and_of_no_more(cast, monkeypatch):
    cast.deciding("false", "half")
    cast.deciding("true", "true")
    cast.checking()
    found = queue(desk_of(cast.mia), cast.mia).agreement
    assert found is not None
    assert (found.same, found.claims) == (1, 2)
    monkeypatch.setattr(queue_queries, "MOST_CLAIMS", 1)
    monkeypatch.setattr(queue_queries, "_DISCLOSED", Prepared(queue_queries._disclosed, 1))
    found = queue(desk_of(cast.mia), cast.mia).agreement
    assert found is not None
    assert (found.same, found.claims) == (1, 1)
