"""What a sentence is: one value, changed where it differs, each change a line of the log."""

from __future__ import annotations

import pytest

from annotations import workflow
from annotations.models import Transition
from tests import cast as c


def lines(article) -> list[tuple[str, str]]:
    rows = Transition.objects.filter(article=article, move="triage").order_by("pk")
    return list(rows.values_list("source", "target"))


def test_the_same_value_again_is_no_line_of_the_log(cast):
    article = cast.article()
    assert workflow.triage(article, [1, 2], "opinion", actor=cast.eda) == 2
    assert workflow.triage(article, [1, 2], "opinion", actor=cast.eda) == 0
    assert workflow.triage(article, [2], "unimportant", actor=cast.eda) == 1
    assert lines(article) == [("", "opinion"), ("", "opinion"), ("opinion", "unimportant")]


def test_a_sentence_that_is_marked_is_nothing_but_worth_checking(cast):
    article = cast.article()
    c.mark(article, c.MARKED, cast.eda)
    assert lines(article) == [("", "checkworthy")]
    with pytest.raises(workflow.Refused):
        workflow.triage(article, [1], "opinion", actor=cast.eda)
    assert workflow.triage(article, [1], "checkworthy", actor=cast.eda) == 0
