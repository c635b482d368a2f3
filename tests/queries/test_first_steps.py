"""A new desk says what comes first: each step until it is done, none once it has published."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from annotations import workflow
from annotations.queries.first_steps import first_steps
from annotations.vocabulary import Role
from tests import cast as c
from tests.cast import Cast

STEPS = {
    "people": lambda desk, mia: workflow.invite(desk, "a@example.org", role=Role.EDITOR, actor=mia),
    "rules": lambda desk, mia: workflow.change_rules(
        desk, {"sources_needed": 3}, actor=mia, reason="More."
    ),
    "guidelines": lambda desk, mia: workflow.write_guidelines(
        desk, "Be fair.", actor=mia, based_on=0
    ),
    "statements": lambda desk, mia: workflow.write_statement(
        desk, "corrections", "We correct.", actor=mia, based_on=0
    ),
    "article": lambda desk, mia: c.import_text(desk, mia),
}


def done(desk) -> set[str]:
    steps = first_steps(desk)
    assert steps is not None
    return {name for name, is_done in asdict(steps).items() if is_done}


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_done_by_doing_it_and_by_nothing_else(step):
    desk = c.make_desk()
    mia = c.make_person("mia", desk, Role.MANAGER)
    assert done(desk) == set()
    STEPS[step](desk, mia)
    assert done(desk) == {step}


@pytest.mark.django_db
def test_a_desk_that_has_published_is_told_no_first_steps():
    cast = Cast()
    article, _claim = cast.approved()
    assert first_steps(cast.desk) is not None
    workflow.publish(article, actor=cast.eli)
    assert first_steps(cast.desk) is None
