"""Verdicts: what is written when one decides, adopts, approves or sends back."""

from __future__ import annotations

import datetime as dt

import pytest

from annotations import readiness, second_person, workflow
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Claim,
    Correction,
    Rating,
    Transition,
    Verdict,
)
from tests import cast as c


def test_a_verdict_keeps_all_that_its_decider_wrote_and_when_and_who(cast):
    _article, claim = cast.deciding()
    day = dt.date(2024, 2, 29)
    c.decide(claim, cast.eda, "half", finding="Half.", evidence_as_of=day)
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    assert (verdict.number, verdict.rating.slug, verdict.finding) == (1, "half", "Half.")
    assert (verdict.justification, verdict.cause) == ("We looked.", "error")
    assert (verdict.reason, verdict.evidence_as_of) == ("The second register is newer.", day)
    assert (verdict.decided_by, verdict.adopted) == (cast.eda, None)
    assert Transition.objects.get(move="decide").reason == "The second register is newer."


def test_a_citation_of_a_verdict_keeps_where_it_stands_and_what_it_says(cast):
    _article, claim = cast.deciding()
    source = claim.desk.sources.first()
    cited = workflow.CitationDraft(source, "supports", "A passage", "p. 3", "A note")
    other = workflow.CitationDraft(source, "context", "Another", "p. 4", "More")
    c.decide(claim, cast.eda, citations=[cited, other])
    kept = Verdict.objects.get().citations.order_by("position")
    assert [(row.position, row.stance, row.passage, row.locator, row.note) for row in kept] == [
        (0, "supports", "A passage", "p. 3", "A note"),
        (1, "context", "Another", "p. 4", "More"),
    ]


def test_the_second_verdict_of_a_claim_is_its_number_two(cast):
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Why?")
    c.decide(claim, cast.eda)
    assert Claim.objects.get(pk=claim.pk).verdict == Verdict.objects.get(number=2)


def test_a_verdict_with_a_rating_of_another_scale_is_refused(cast):
    _article, claim = cast.deciding()
    other = c.make_scale("other")
    draft = workflow.VerdictDraft(
        Rating.objects.get(scale=other, slug="true"), "So.", "Look.", cause="error", reason="New."
    )
    with pytest.raises(workflow.Refused, match="not on the desk’s scale"):
        workflow.decide(claim, draft, actor=cast.eda)


def test_who_decides_on_what_they_have_not_seen_is_told(cast):
    _article, claim = cast.deciding()
    seen = readiness.basis(claim)
    draft = workflow.VerdictDraft(c.rating(claim, "true"), "So.", "L.", cause="error", reason="N.")
    with pytest.raises(workflow.Stale):
        workflow.decide(claim, draft, actor=cast.eda, based_on=f"{seen}0")
    assert workflow.decide(claim, draft, actor=cast.eda, based_on=seen).number == 1


def test_who_approves_another_verdict_than_the_one_they_read_is_told(cast):
    _article, claim = cast.decided()
    with pytest.raises(workflow.Stale):
        workflow.approve(claim, actor=cast.eli, based_on=2)
    workflow.approve(claim, actor=cast.eli, based_on=1)
    assert Claim.objects.get(pk=claim.pk).status == "approved"


def test_who_publishes_something_else_than_they_saw_is_told(cast):
    article, _claim = cast.approved()
    seen = second_person.shown(article)
    c.retitle(article, cast.eda)
    article = Article.objects.get(pk=article.pk)
    with pytest.raises(workflow.Stale):
        workflow.publish(article, actor=cast.eli, based_on=seen)
    assert Article.objects.get(pk=article.pk).status == "draft"
    workflow.publish(article, actor=cast.eli, based_on=second_person.shown(article))
    assert Article.objects.get(pk=article.pk).status == "published"


@pytest.mark.parametrize("whose", ["ann", "ben"])
def test_what_all_agree_on_is_adopted_in_the_words_of_whom_the_decider_picks(cast, whose):
    article, claim = cast.deciding("true", "true")
    person = getattr(cast, whose)
    assert workflow.adopt_agreed(article, actor=cast.eda, whose=person.pk) == [claim]
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    assert verdict.adopted is not None
    assert verdict.adopted.assignment.person == person
    assert (verdict.rating.slug, verdict.decided_by) == ("true", cast.eda)
    assert (verdict.finding, verdict.justification) == (
        f"Finding of {person}",
        f"Because, says {person}",
    )
    assert [row.passage for row in verdict.citations.all()] == [f"Passage of {person}"]


def test_one_annotation_alone_agrees_with_nobody(cast):
    article, claim = cast.deciding("true", "true")
    Assignment.objects.filter(claim=claim, person=cast.ben).update(status="expired")
    Annotation.objects.filter(assignment__person=cast.ben).update(submitted_at=None)
    with pytest.raises(workflow.Refused, match="No claim waits"):
        workflow.adopt_agreed(article, actor=cast.eda)


def test_where_ratings_differ_nothing_is_adopted(cast):
    article, _claim = cast.deciding("true", "half")
    with pytest.raises(workflow.Refused, match="No claim waits"):
        workflow.adopt_agreed(article, actor=cast.eda)


def test_claims_of_another_article_are_not_adopted_along(cast):
    article, _claim = cast.deciding("true", "true")
    other = c.import_text(cast.desk, cast.eda, "The pier is old. It was built in 1901.")
    theirs = c.mark(other, "It was built in 1901", cast.eda)
    c.triage_all(other, cast.eda)
    workflow.open_checking(other, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(theirs, person)
    workflow.adopt_agreed(article, actor=cast.eda)
    assert Claim.objects.get(pk=theirs.pk).status == "deciding"


def asked_to_decide(claim: Claim) -> Assignment:
    return Assignment.objects.get(claim=claim, task="decide")


def test_what_is_sent_back_is_returned_to_its_decider_with_the_reason(cast):
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Look at the register.")
    asked = asked_to_decide(claim)
    assert (asked.person, asked.status) == (cast.eda, "returned")
    line = Transition.objects.get(assignment=asked, move="return")
    assert line.reason == "Look at the register."
    assert Transition.objects.get(claim=claim, move="send back").reason == "Look at the register."


@pytest.mark.parametrize("role", ["checker", "elsewhere"])
def test_what_is_sent_back_waits_for_nobody_when_its_decider_may_decide_no_more(cast, role):
    _article, claim = cast.decided()
    mine = cast.eda.memberships.filter(desk=cast.desk)
    if role == "elsewhere":
        mine.update(desk=c.make_desk("third"))
    else:
        mine.update(role=role)
    workflow.send_back(claim, actor=cast.eli, reason="Why?")
    assert Claim.objects.get(pk=claim.pk).status == "deciding"
    assert not Assignment.objects.filter(claim=claim, task="decide").exists()


def test_where_all_ratings_are_the_same_no_cause_is_asked_for(cast):
    _article, claim = cast.deciding("true", "true")
    c.decide(claim, cast.eda, "true", cause="", reason="")
    assert Claim.objects.get(pk=claim.pk).status == "decided"


def test_who_was_asked_to_approve_is_done_when_they_have(cast):
    _article, claim = cast.decided()
    asked = workflow.assign(claim, cast.eli, actor=cast.eda, task="approve")
    workflow.approve(claim, actor=cast.eli)
    assert Assignment.objects.get(pk=asked.pk).status == "submitted"


def test_what_readers_never_had_is_not_corrected(cast):
    article, claim = cast.approved()
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    assert not Correction.objects.exists()
