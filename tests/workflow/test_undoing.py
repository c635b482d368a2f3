"""What a person can undo: the last steps of their own, and what was undone until they go on."""

from __future__ import annotations

from annotations import workflow
from annotations.models import Step
from annotations.workflow import undoing


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
