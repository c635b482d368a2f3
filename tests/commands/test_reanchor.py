"""`manage.py reanchor`: looking again for claims that have no place in the current text."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from annotations import workflow
from annotations.models import Orphan, Transition
from tests.cast import TEXT
from tests.workflow.test_revising import GONE, revise


def said(*args: str) -> str:
    out = io.StringIO()
    call_command("reanchor", *args, stdout=out)
    return out.getvalue()


def brought_back(cast):
    """An article whose only claim was let go, and brought back."""
    article, claim = cast.marked()
    revise(article, GONE, cast.eda)
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda)
    workflow.bring_back(claim, actor=cast.eda, reason="It is in the caption.")
    return article, claim


def test_a_claim_brought_back_waits_for_its_place_again(cast):
    article, _claim = brought_back(cast)
    assert f"{article.slug}: 0 placed, 1 wait for a person" in said("--person", "eda")
    assert Orphan.objects.open().count() == 1
    assert Transition.objects.filter(move="look again", actor=cast.eda).exists()
    assert "Every mark has its place" in said("--person", "eda")


def test_a_claim_whose_words_came_back_is_marked_where_they_stand(cast):
    article, claim = brought_back(cast)
    revise(article, TEXT, cast.eda)
    assert "1 placed, 0 wait" in said("--person", "eda", "--article", article.slug)
    assert article.revision.marks.get().claim == claim


def test_a_dry_run_says_it_and_changes_nothing(cast):
    brought_back(cast)
    lines = Transition.objects.count()
    assert "1 wait for a person" in said("--person", "eda", "--dry-run")
    assert not Orphan.objects.open().exists()
    assert Transition.objects.count() == lines


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["--person", "nobody"], "There is nobody named"),
        (["--person", "eda", "--desk", "elsewhere"], "is at no desk"),
        (["--person", "eda", "--article", "no-such"], "There is no article"),
        (["--person", "ann"], "You may not mark claims"),
    ],
)
def test_what_cannot_be_done_is_said(cast, args, reason):
    brought_back(cast)
    with pytest.raises(CommandError, match=reason):
        said(*args)
