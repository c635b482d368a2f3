"""Withdrawal and retraction: at once, in public, and never by one person in the end."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied

from annotations import second_person, workflow
from annotations.models import Article, Claim, Correction, Edition
from annotations.vocabulary import ArticleStatus, ClaimStatus
from tests import cast as c


def test_a_manager_withdraws_alone_and_readers_find_a_tombstone_with_nothing_of_the_text(cast):
    article, _claim = cast.published()
    with pytest.raises(PermissionDenied):
        workflow.withdraw(article, actor=cast.eda, why="A court asked for it.")
    with pytest.raises(workflow.Refused, match="Say why, for readers"):
        workflow.withdraw(article, actor=cast.mia, why=" ")
    edition = workflow.withdraw(
        article, actor=cast.mia, why="A court asked for it.", reason="MARKER of the log"
    )
    assert Article.objects.get(pk=article.pk).status == ArticleStatus.WITHDRAWN
    assert edition.number == 2
    assert edition.content["tombstone"]["why"] == "A court asked for it."
    told = json.dumps(Edition.objects.get(pk=edition.pk).content, ensure_ascii=False)
    assert c.MARKED not in told
    assert "Decided by" not in told
    assert "MARKER" not in told


def test_a_second_person_confirms_and_not_the_first(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    assert second_person.taken_back_alone(article) is not None
    with pytest.raises(workflow.Refused, match="someone else confirms"):
        workflow.confirm_taking_back(article, actor=cast.mia)
    workflow.confirm_taking_back(article, actor=cast.eda)
    assert second_person.taken_back_alone(article) is None
    with pytest.raises(workflow.Refused, match="Nothing waits"):
        workflow.confirm_taking_back(article, actor=cast.eli)


def test_what_is_not_published_is_not_withdrawn(cast):
    article, _claim = cast.approved()
    with pytest.raises(workflow.Refused, match="is not published"):
        workflow.withdraw(article, actor=cast.mia, why="A court.")


def test_another_move_meanwhile_does_not_end_the_wait_for_a_second_person(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court.")
    c.retitle(article, cast.eli)
    assert second_person.taken_back_alone(article)


def test_what_was_withdrawn_can_be_published_again(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    edition = workflow.publish(article, actor=cast.eda)
    assert edition.number == 3
    assert "tombstone" not in edition.content
    assert second_person.taken_back_alone(article) is None


def test_a_retracted_verdict_is_taken_out_of_every_page_that_shows_it(cast):
    article, claim = cast.published()
    with pytest.raises(PermissionDenied):
        workflow.retract(claim, actor=cast.eda, why="The register was forged.")
    edition = workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    assert Claim.objects.get(pk=claim.pk).status == ClaimStatus.RETRACTED
    assert edition.content["tombstone"]["kind"] == "retracted"
    assert Correction.objects.get().kind == "retraction"
    newest = Edition.objects.filter(article=article).latest("number")
    assert newest.number == 2
    shown = newest.content["claims"][0]
    assert "verdict" not in shown
    assert shown["set_aside"]["note"] == "The register was forged."
    assert newest.content["corrections"][0]["why"] == "The register was forged."
    assert "Decided by" not in json.dumps(newest.content)


def test_the_next_edition_of_an_article_still_says_what_was_retracted(cast):
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    second = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(second, person, "true")
    c.decide(second, cast.eda, "true", cause="", reason="")
    workflow.approve(second, actor=cast.eli)
    edition = workflow.publish(article, actor=cast.eli)
    first, other = edition.content["claims"]
    assert first["set_aside"]["note"] == "The register was forged."
    assert other["verdict"]["rating"]["label"] == "True"


def test_a_retracted_verdict_can_be_taken_up_again_by_the_whole_road(cast):
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    workflow.reopen(claim, actor=cast.eli, reason="It was not.")
    assert second_person.taken_back_alone(claim) is None
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "The register was genuine after all.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    assert Edition.objects.filter(claim=claim).latest("number").number == 3
