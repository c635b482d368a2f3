"""Who is left to approve: rule 6 seen from the other side."""

from __future__ import annotations

import pytest

from annotations import workflow
from annotations.models import Claim, User
from annotations.workflow.guards import approvers
from tests import cast as c


def test_only_active_members_with_the_right_are_left_to_approve(cast):
    _article, claim = cast.marked()
    assert approvers(claim, decider=None) == {cast.eda.pk, cast.eli.pk, cast.mia.pk}
    User.objects.filter(pk=cast.eli.pk).update(is_active=False)
    assert approvers(claim, decider=None) == {cast.eda.pk, cast.mia.pk}


def test_whoever_decides_or_annotates_is_not_left_to_approve(cast):
    article, claim = cast.marked()
    assert approvers(claim, decider=cast.eda) == {cast.eli.pk, cast.mia.pk}
    workflow.open_checking(article, [cast.ann, cast.mia], actor=cast.eda)
    c.annotate(claim, cast.mia)
    assert approvers(claim, decider=cast.eda) == {cast.eli.pk}


def test_nobody_decides_where_that_leaves_no_one_to_approve(cast):
    _article, claim = cast.deciding()
    User.objects.filter(pk__in=[cast.eli.pk, cast.mia.pk]).update(is_active=False)
    with pytest.raises(workflow.Refused, match="nobody is left who may approve"):
        c.decide(claim, cast.eda)


def test_who_decided_may_publish_what_another_approved(cast):
    article, claim = cast.approved()
    assert claim.verdicts.get().decided_by == cast.eda
    workflow.publish(article, actor=cast.eda)
    assert Claim.objects.get(pk=claim.pk).status == "published"
