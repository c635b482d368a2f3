"""Idempotency keys: a repeated save has one effect, and no key ends in an error page."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Citation, Claim, Comment
from annotations.workflow import discussion
from tests import cast as c

KEY = uuid.UUID(int=7)
SOURCE = workflow.SourceDraft("Register")
ANSWER = workflow.Answer(finding="So it is")


@pytest.fixture
def check(cast):
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def cite(check, person, key=KEY):
    return workflow.save_citation(check, SOURCE, person=person, stance="context", key=key)


def test_a_citation_that_was_taken_out_is_not_made_again_by_the_form_that_made_it(cast, check):
    made = cite(check, cast.ann)
    assert cite(check, cast.ann) == made
    workflow.remove_citation(check, made, person=cast.ann)
    with pytest.raises(workflow.Stale, match="taken out since"):
        cite(check, cast.ann)
    assert not Citation.objects.exists()


def test_a_key_of_another_kind_of_save_is_refused_in_words(cast, check):
    cite(check, cast.ann)
    with pytest.raises(workflow.Stale, match="something else"):
        workflow.save_annotation(check, ANSWER, person=cast.ann, based_on=1, key=KEY)


def test_a_key_of_another_row_is_refused_in_words(cast):
    article, claim = cast.marked()
    other = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    first, second = c.check_of(claim, cast.ann), c.check_of(other, cast.ann)
    workflow.save_annotation(first, ANSWER, person=cast.ann, based_on=0, key=KEY)
    with pytest.raises(workflow.Stale, match="something else"):
        workflow.save_annotation(second, ANSWER, person=cast.ann, based_on=0, key=KEY)


def test_anothers_key_is_no_key_of_mine(cast, check):
    cite(check, cast.ann)
    theirs = c.check_of(check.claim, cast.ben)
    assert cite(theirs, cast.ben).annotation.assignment.person == cast.ben


def test_a_comment_sent_twice_is_one_and_on_another_claim_refused(cast):
    article, claim = cast.deciding()
    discussion.add(claim, "So?", person=cast.eda, key=KEY)
    discussion.add(claim, "So?", person=cast.eda, key=KEY)
    assert Comment.objects.count() == 1
    other = c.mark(article, c.SECOND, cast.eda)
    with pytest.raises(workflow.Stale):
        discussion.add(other, "So?", person=cast.eda, key=KEY)


def test_a_receipt_from_before_keys_named_their_rows_is_refused_in_words(cast, check):
    workflow.once(cast.ann, KEY, "", lambda: 1)
    with pytest.raises(workflow.Stale):
        cite(check, cast.ann)


@pytest.mark.parametrize("fields", [{"finding": "It is"}, {"title": "A", "stance": "context"}])
def test_a_page_answers_a_spent_key_with_words(cast, check, fields):
    workflow.once(cast.ann, KEY, "something else", lambda: 1)
    client = Client()
    client.force_login(cast.ann)
    name = "cite" if "title" in fields else "annotate"
    sent = fields | {"key": str(KEY), "version": "0"}
    answer = client.post(reverse(name, args=[check.uuid]), sent)
    assert answer.status_code == 409
    assert "something else" in answer.content.decode()


def test_a_wording_that_was_saved_is_saved_once_and_logged_with_what_changed(cast):
    _article, claim = cast.marked()
    words = workflow.ClaimDraft("Put better.")
    for _time in range(2):
        saved = workflow.save_wording(claim, words, person=cast.eda, based_on=1, key=KEY)
    assert saved.version == 2
    [line] = claim.transitions.filter(move="word")
    assert line.detail == {"fields": {"claim_reviewed": [claim.claim_reviewed, "Put better."]}}
    assert line.reason == ""


def test_two_who_reword_at_once_do_not_overwrite_each_other(cast):
    _article, claim = cast.checking()
    first, second = workflow.ClaimDraft("Put better."), workflow.ClaimDraft("Put otherwise.")
    workflow.reword(claim, first, actor=cast.eda, reason="Clearer.", based_on=1)
    with pytest.raises(workflow.Stale, match="meanwhile"):
        workflow.reword(claim, second, actor=cast.eli, reason="Clearer.", based_on=1)


def test_a_refused_wording_leaves_no_claimant_behind(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    new = cast.desk.claimants.model(desk=cast.desk, name="Nobody yet", kind="person")
    wording = workflow.ClaimDraft("So.", claimant=new)
    with pytest.raises(workflow.Closed):
        workflow.save_wording(claim, wording, person=cast.eda, based_on=1)
    assert not cast.desk.claimants.filter(name="Nobody yet").exists()


def test_a_statement_is_a_line_of_the_log_and_the_second_of_two_is_told(cast):
    workflow.write_statement(cast.desk, "funding", "By us.", actor=cast.mia, based_on=0)
    [line] = cast.desk.transitions.filter(move="write statement")
    assert (line.actor, line.target, line.detail) == (cast.mia, "1", {"kind": "funding"})
    with pytest.raises(workflow.Stale) as stale:
        workflow.write_statement(cast.desk, "funding", "By all.", actor=cast.mia, based_on=0)
    assert stale.value.current.body == "By us."


def test_what_was_answered_to_anothers_key_is_not_told(cast):
    key = uuid.uuid4()
    workflow.once(cast.ann, key, "a save", lambda: "Ann’s")
    assert workflow.answered(cast.ann, key, "a save") == "Ann’s"
    assert workflow.answered(cast.ann, key, "another save") is None
    assert workflow.answered(cast.ben, key, "a save") is None
    assert workflow.answered(cast.ann, None, "a save") is None


def test_a_form_that_marks_makes_one_claim_also_where_an_earlier_release_noted_it(cast):
    """0.1.0 noted the claim's key, where its UUID is noted now."""
    article = cast.article()
    wording = workflow.ClaimDraft("There is a ferry.")

    def mark(key: uuid.UUID) -> int:
        return workflow.mark_new(
            article, [(0, 5)], actor=cast.eda, exact="Ferry", wording=wording, key=key
        )

    made = mark(KEY)
    assert mark(KEY) == made
    other = uuid.UUID(int=8)
    workflow.once(cast.eda, other, f"mark {article.uuid}", lambda: made)
    assert mark(other) == made
    assert [claim.pk for claim in Claim.objects.all()] == [made]
