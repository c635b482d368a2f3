"""Lines of the log in words: made when they are read, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from annotations import workflow
from annotations.models import Article, Orphan, Transition
from annotations.vocabulary import MoveName
from annotations.words.log import SAID, desk_lines, said, what
from annotations.words.log_details import DETAILS
from tests import cast as c
from tests.cast import Cast
from tests.workflow.test_revising import NEGATED, revise


def test_every_move_is_said_in_words():
    assert set(SAID) == set(MoveName)


def test_a_name_that_stands_beside_a_line_is_not_said_again_in_it(cast):
    """Of whoever did it themselves; another person is still named."""
    story(cast)
    article = Article.objects.get()
    workflow.look_after(article, actor=cast.eda)
    workflow.hand_over(article, cast.eli, actor=cast.eda, based_on=cast.eda.pk)
    lines = list(Transition.objects.order_by("at", "pk"))
    shown = desk_lines(lines, cast.desk)
    twice = [each["what"] for each in shown if each["actor"] and str(each["actor"]) in each["what"]]
    assert twice == []
    assert "Eli looks after the article" in [each["what"] for each in shown]
    own = {MoveName(line.move) for line in lines if line.actor and line.actor == of(line)}
    assert own >= {MoveName.SUBMIT, MoveName.OWN}


def of(line: Transition) -> Any:
    return line.assignment.person if line.assignment else line.person


def story(cast: Cast) -> None:
    """From a text to a correction, with what code has to say on the way."""
    workflow.change_rules(
        cast.desk,
        {"demand_reply": "warn", "decider_may_approve": True, "lapse_days": 3},
        actor=cast.mia,
        reason="We agreed to.",
    )
    article, claim = cast.marked()
    workflow.describe(article, {"topic": "Sea"}, actor=cast.eda, base={"topic": ""})
    wording = workflow.ClaimDraft("They never asked.", type="quotation")
    workflow.save_wording(claim, wording, person=cast.eda, based_on=1)
    other = c.mark(article, c.SECOND, cast.eda)
    workflow.set_aside(other, "duplicate", actor=cast.eda, duplicate_of=claim)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    workflow.reword(claim, workflow.ClaimDraft("So it is."), actor=cast.eda, reason="Clearer.")
    workflow.assign(claim, cast.eli, actor=cast.eda, task="decide")
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.eda)
    workflow.write_statement(cast.desk, "funding", "By readers.", actor=cast.mia, based_on=0)
    workflow.end_membership(cast.ben.memberships.get(), actor=cast.mia, reason="A new job.")
    revise(article, NEGATED, cast.eda)
    workflow.let_go(Orphan.objects.filter(mark__claim=claim).get(), "gone", actor=cast.eda)


def stored() -> list[dict[str, Any]]:
    """The log byte for byte, but for keys and times."""
    columns = ("move", "source", "target", "reason", "detail", "policy", "actor__username")
    rows = list(Transition.objects.order_by("at", "pk").values(*columns))
    return [json.loads(json.dumps(row)) for row in rows]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.django_db
def test_the_log_is_the_same_in_whatever_language_it_was_made(language):
    with transaction.atomic():
        with translation.override("en"):
            story(Cast())
        english = stored()
        transaction.set_rollback(True)
    with translation.override(language):
        story(Cast())
    assert stored() == english


@pytest.mark.django_db
def test_nothing_that_is_stored_in_the_log_can_be_translated(cast, monkeypatch):
    """The catalogues lack many words: here every message of the code is another one."""

    def another(message: str, *rest: Any) -> str:
        return f"⟦{message}⟧"

    for name in ("gettext", "ngettext", "pgettext"):
        monkeypatch.setattr(f"django.utils.translation._trans.{name}", another)
    assert translation.gettext("Submit") == "⟦Submit⟧"
    story(cast)
    assert "⟦" not in json.dumps(stored(), ensure_ascii=False)


@pytest.mark.django_db
def test_each_line_is_told_with_what_it_holds_and_no_gap(cast):
    story(cast)
    for line in Transition.objects.select_related("assignment__person", "sentence", "person"):
        assert set(line.detail) <= set(DETAILS), line.move
        assert "%(" not in what(line) + said(line), line.move
    told = {line.move: said(line) for line in Transition.objects.all()}
    assert told["reword"].splitlines()[0] == "Clearer."
    assert "“They never asked.” → “So it is.”" in told["reword"]
    assert told["set aside"] == "The same as another claim.\n“They never asked.”"
    assert "days until a check lapses: never → 3" in told["change rules"]
    returned = Transition.objects.filter(move="return").exclude(assignment=None).first()
    assert returned is not None
    assert what(returned).startswith("Returned to ")


@pytest.mark.django_db
def test_a_returned_claim_names_nobody_where_nobody_is_named(cast):
    _article, claim = cast.deciding()
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="Why?")
    lines = Transition.objects.filter(move="return").order_by("pk")
    assert [what(line) for line in lines] == ["Returned an annotation", "Returned to Ann"]


@pytest.mark.django_db
def test_lines_from_before_keep_their_words(cast):
    line = Transition(desk=cast.desk, move="disclose", reason="Every required annotation is in.")
    assert said(line) == "Every required annotation is in."
