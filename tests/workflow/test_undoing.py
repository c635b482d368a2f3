"""What a person can undo: the last steps of their own, and what was undone until they go on."""

from __future__ import annotations

import pytest

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Step
from annotations.workflow import undoing
from tests import cast as c


def steps(article, person) -> list[dict]:
    mine = Step.objects.filter(article=article, person=person).order_by("pk")
    return [step.what["triage"] for step in mine]


def test_the_last_steps_of_each_person_are_kept(cast, monkeypatch):
    monkeypatch.setattr(undoing, "KEPT", 3)
    article = cast.article()
    workflow.triage_step(article, [1], "opinion", actor=cast.eli)
    values = ["opinion", "unimportant", "not_factual", "checkworthy", "opinion"]
    for value in values:
        workflow.triage_step(article, [2], value, actor=cast.eda)
    kept = [step["2"][1] for step in steps(article, cast.eda)]
    assert kept == values[2:]
    assert len(steps(article, cast.eli)) == 1


def test_what_was_undone_is_gone_once_one_goes_on(cast):
    article = cast.article()
    for value in ("opinion", "unimportant"):
        workflow.triage_step(article, [2], value, actor=cast.eda)
    workflow.undo(article, actor=cast.eda)
    workflow.triage_step(article, [3], "opinion", actor=cast.eda)
    assert steps(article, cast.eda) == [{"2": ["", "opinion"]}, {"3": ["", "opinion"]}]


def test_what_one_person_undid_is_still_there_when_another_goes_on(cast):
    article = cast.article()
    workflow.triage_step(article, [2], "opinion", actor=cast.eda)
    workflow.undo(article, actor=cast.eda)
    workflow.triage_step(article, [3], "opinion", actor=cast.eli)
    workflow.redo(article, actor=cast.eda)
    assert article.revision.sentences.get(number=2).triage == "opinion"


def test_a_mark_taken_out_comes_back_and_goes_again_as_often_as_one_likes(cast):
    article, claim = cast.marked()
    workflow.unmark_step(article, claim.marks.get(), actor=cast.eda)
    for _time in range(2):
        workflow.undo(article, actor=cast.eda)
        assert claim.marks.get().exact == c.MARKED
        workflow.redo(article, actor=cast.eda)
        assert not claim.marks.exists()


def test_a_mark_made_goes_and_comes_back_as_often_as_one_likes(cast):
    article = cast.article()
    end = len("Ferry")
    draft = workflow.ClaimDraft("There is a ferry.")
    workflow.mark_step(article, [(0, end)], actor=cast.eda, exact="Ferry", wording=draft)
    for _time in range(2):
        workflow.undo(article, actor=cast.eda)
        assert not article.revision.marks.exists()
        workflow.redo(article, actor=cast.eda)
        assert article.revision.marks.get().exact == "Ferry"


def test_each_person_undoes_their_own_step_only(cast):
    article = cast.article()
    workflow.triage_step(article, [2], "opinion", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="nothing of yours to undo"):
        workflow.undo(article, actor=cast.eli)
    with pytest.raises(workflow.Refused, match="nothing of yours to redo"):
        workflow.redo(article, actor=cast.eda)


def test_what_somebody_triaged_since_is_not_undone(cast):
    article = cast.article()
    workflow.triage_step(article, [2], "opinion", actor=cast.eda)
    workflow.triage(article, [2], "unimportant", actor=cast.eli)
    with pytest.raises(workflow.Refused, match="Somebody has triaged"):
        workflow.undo(article, actor=cast.eda)


def test_a_mark_that_somebody_took_out_is_not_undone(cast):
    article = cast.article()
    draft = workflow.ClaimDraft("There is a ferry.")
    workflow.mark_step(article, [(0, 5)], actor=cast.eda, exact="Ferry", wording=draft)
    workflow.unmark(article, article.revision.marks.get(), actor=cast.eli)
    with pytest.raises(workflow.Refused, match="taken that mark out already"):
        workflow.undo(article, actor=cast.eda)


@pytest.mark.parametrize("stage", ["opened", "published", "revised"])
def test_undo_ends_with_its_stage(cast, stage):
    """Nothing that was typed before is undone by a key once it stands on something else."""
    if stage == "published":
        article, _claim = cast.approved()
        workflow.triage_step(article, [3], "opinion", actor=cast.eda)
        workflow.publish(article, actor=cast.eli)
    else:
        article, _claim = cast.marked()
        workflow.triage_step(article, [3], "opinion", actor=cast.eda)
        assert workflow.last_steps(article, cast.eda)[0] is not None
        if stage == "opened":
            workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        else:
            text = plain.read(f"{c.TEXT} It is new.", "en")
            exchange.revise(article, text, actor=cast.eda, based_on=1)
    assert workflow.last_steps(article, cast.eda) == (None, None)
    with pytest.raises(workflow.Refused, match="nothing of yours to undo"):
        workflow.undo(article, actor=cast.eda)


def test_a_run_fills_the_gaps_and_refuses_nobody_for_the_claims_in_it(cast):
    article = cast.article()
    c.mark(article, c.SECOND, cast.eda)
    workflow.triage_step(article, [3], "opinion", actor=cast.eda)
    step = workflow.triage_step(article, range(1, 5), "unimportant", actor=cast.eda)
    assert step is not None
    assert step.what["triage"] == {"1": ["", "unimportant"], "4": ["", "unimportant"]}
    rows = article.revision.sentences.filter(number__isnull=False).order_by("number")
    assert [row.triage for row in rows] == ["unimportant", "checkworthy", "opinion", "unimportant"]
    # The first is what one says it is, whatever it was.
    step = workflow.triage_step(article, range(3, 5), "unimportant", actor=cast.eda)
    assert step is not None
    assert step.what["triage"] == {"3": ["opinion", "unimportant"]}
    with pytest.raises(workflow.Refused, match="Set the claim aside first"):
        workflow.triage_step(article, range(2, 5), "unimportant", actor=cast.eda)


def test_a_run_of_no_sentence_changes_nothing(cast):
    article = cast.article()
    assert workflow.triage_step(article, [], "unimportant", actor=cast.eda) is None
    assert not article.revision.sentences.exclude(triage="").exists()
