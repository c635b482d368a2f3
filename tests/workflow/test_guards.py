"""Who is left to approve: rule 6 seen from the other side."""

from __future__ import annotations

import pytest

from annotations import workflow
from annotations.models import Annotation, Claim, User
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


def test_who_annotated_leaves_the_decision_to_others(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    for person in (cast.ann, cast.eli):
        c.annotate(claim, person)
    with pytest.raises(workflow.Refused, match="someone else decides on it"):
        c.decide(claim, cast.eli)
    c.decide(claim, cast.eda)


def test_who_checks_one_claim_moves_another(cast):
    article, claim = cast.marked()
    other = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    workflow.assign(other, cast.eli, actor=cast.eda)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    workflow.bring_back(claim, actor=cast.eli, reason="It can be checked.")
    workflow.set_aside(other, "opinion", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="You check"):
        workflow.bring_back(other, actor=cast.eli, reason="It can be checked.")


def test_what_was_disclosed_once_keeps_its_moment(cast):
    _article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    moments = dict(Annotation.objects.values_list("assignment__person", "disclosed_at"))
    workflow.give_back(check, actor=cast.eda, reason="Page 3.")
    workflow.submit(check, actor=cast.ann)
    assert dict(Annotation.objects.values_list("assignment__person", "disclosed_at")) == moments
