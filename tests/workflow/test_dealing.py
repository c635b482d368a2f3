"""Checks are dealt out evenly, or taken; no slot is given twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from annotations import workflow
from annotations.models import Assignment, Claim, Sighting
from annotations.vocabulary import Dealing
from annotations.workflow import dealing
from tests import cast as c

SENTENCES = [f"The {word} ferry carried {n} people." for n, word in enumerate("abcdefgh", 10)]
TEXT = "Ferries carry people\n\n" + " ".join(SENTENCES)


@pytest.fixture
def eight(cast):
    """An article with eight claims, and four checkers."""
    cast.cem, cast.dot = c.make_person("cem", cast.desk), c.make_person("dot", cast.desk)
    article = c.import_text(cast.desk, cast.eda, TEXT)
    for words in SENTENCES:
        c.mark(article, words, cast.eda)
    return article


def open_to_take(article, actor):
    return workflow.open_checking(article, [], actor=actor, way=Dealing.TAKEN)


def loads(*people):
    return [Assignment.objects.filter(person=person).count() for person in people]


def test_claims_are_dealt_out_evenly_two_people_each(cast, eight):
    everybody = [cast.ann, cast.ben, cast.cem, cast.dot]
    workflow.open_checking(eight, everybody, actor=cast.eda, way=Dealing.DEALT)
    assert loads(*everybody) == [4, 4, 4, 4]
    assert {claim.assignments.count() for claim in Claim.objects.all()} == {2}


def test_the_next_goes_to_who_owes_least_and_none_to_who_is_away(cast, eight):
    other, _claim = cast.checking()
    cast.cem.away_from = cast.cem.away_until = timezone.localdate()
    cast.cem.save()
    everybody = [cast.ann, cast.ben, cast.cem, cast.dot]
    workflow.open_checking(eight, everybody, actor=cast.eda, way=Dealing.DEALT)
    assert loads(cast.cem) == [0]
    # Ann and Ben owe one of the other article already: eighteen checks among three.
    assert loads(cast.ann, cast.ben, cast.dot) == [6, 6, 6]
    assert other.pk != eight.pk


def test_with_too_few_who_can_nothing_opens(cast, eight):
    cast.ann.away_from = cast.ann.away_until = timezone.localdate()
    cast.ann.save()
    people = [cast.ann, cast.ben]
    with pytest.raises(workflow.Refused, match="needs 2 people who check it; 1 of these can"):
        workflow.open_checking(eight, people, actor=cast.eda, way=Dealing.DEALT)
    assert set(Claim.objects.values_list("status", flat=True)) == {"spotted"}


def test_whoever_has_time_takes_what_nobody_was_asked_for(cast, eight):
    open_to_take(eight, cast.eda)
    assert len(workflow.take(eight, actor=cast.ann)) == 8
    with pytest.raises(workflow.Refused, match="others were faster"):
        workflow.take(eight, actor=cast.ann)
    assert len(workflow.take(eight, actor=cast.ben)) == 8
    assert not workflow.to_take(cast.desk, cast.cem).exists(), "two each are enough"


def test_what_others_held_and_let_go_of_is_taken_with_the_rest(cast, eight, monkeypatch):
    open_to_take(eight, cast.eda)
    take, tries = dealing._take, []

    def take_what_is_free(keys, *args, **kwargs):
        tries.append(keys)
        return take(keys[:3] if len(tries) == 1 else keys, *args, **kwargs)

    monkeypatch.setattr(dealing, "_take", take_what_is_free)
    assert len(workflow.take(eight, actor=cast.ann)) == 8


def test_a_slot_that_was_declined_is_open_again_but_not_to_who_declined(cast, eight):
    open_to_take(eight, cast.eda)
    first = workflow.take(eight, actor=cast.ann)[0]
    workflow.take(eight, actor=cast.ben)
    workflow.decline(first, actor=cast.ann, reason="I wrote about it.")
    assert not workflow.to_take(cast.desk, cast.ann).exists()
    assert [claim.pk for claim in workflow.to_take(cast.desk, cast.cem)] == [first.claim_id]


def test_who_has_seen_others_work_takes_nothing_of_it(cast, eight):
    claims = open_to_take(eight, cast.eda)
    Sighting.objects.note(cast.ann, [claims[0].pk])
    assert len(workflow.take(eight, actor=cast.ann)) == 7


def test_nothing_of_an_article_on_hold_is_free(cast, eight):
    open_to_take(eight, cast.eda)
    base = {"on_hold": ""}
    workflow.plan(eight, {"on_hold": "a letter"}, actor=cast.eda, base=base)
    assert not workflow.to_take(cast.desk, cast.ann).exists()


def test_who_is_needed_to_approve_takes_nothing(db):
    cast = c.Cast()
    article, _claim = cast.marked()
    for name in ("eli", "mia"):
        workflow.set_active(getattr(cast, name), False, actor=None)
    open_to_take(article, cast.eda)
    with pytest.raises(workflow.Refused, match="Nothing is left"):
        workflow.take(article, actor=cast.eda)
    assert workflow.take(article, actor=cast.ann)


def test_what_is_taken_is_due_when_the_article_is_unless_that_has_passed(cast, eight):
    open_to_take(eight, cast.eda)
    soon = timezone.now() + dt.timedelta(days=2)
    workflow.plan(eight, {"due_at": soon}, actor=cast.eda, base={"due_at": None})
    assert {check.due_at for check in workflow.take(eight, actor=cast.ann)} == {soon}
    past = timezone.now() - dt.timedelta(days=2)
    workflow.plan(eight, {"due_at": past}, actor=cast.eda, base={"due_at": soon})
    assert {check.due_at for check in workflow.take(eight, actor=cast.ben)} == {None}
