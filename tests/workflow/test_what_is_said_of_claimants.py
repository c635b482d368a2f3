"""Name, kind and description of a claimant change for what is open; what is frozen keeps them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations import workflow
from annotations.models import Claim, Claimant, Edition, Transition
from annotations.second_person import shown
from annotations.words.log import said, what
from annotations.workflow import ClaimantDraft
from tests import cast as c
from tests.workflow.racing import at_once

BANK = ClaimantDraft("World Bank", "person")
RIGHT = ClaimantDraft("World Bank", "organisation", "lender of last resort")
RENAMED = replace(RIGHT, name="The World Bank")


@pytest.fixture
def bank(cast) -> Claimant:
    return Claimant.objects.create(desk=cast.desk, **BANK.values())


def spotted(cast, claimant: Claimant, words: str = "It lends") -> Claim:
    article = c.import_text(cast.desk, cast.eda, f"The bank\n\n{words} to towns.")
    return c.mark(article, words, cast.eda, claimant=claimant, reports=claimant)


def checking(cast, claimant: Claimant) -> Claim:
    claim = spotted(cast, claimant, f"It lent {Claim.objects.count()} times")
    article = claim.marks.get().revision.article
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    claim.refresh_from_db()
    return claim


def change(entry: Claimant, said: ClaimantDraft, actor, was: ClaimantDraft = BANK) -> int:
    return workflow.change_claimant(entry, said, actor=actor, based_on=was)


def told(claim: Claim) -> ClaimantDraft:
    claim = Claim.objects.select_related("claimant").get(pk=claim.pk)
    assert claim.claimant is not None
    return ClaimantDraft.of(claim.claimant)


def test_what_is_open_follows_and_what_is_frozen_keeps_what_it_had(cast, bank):
    opened, frozen = spotted(cast, bank), checking(cast, bank)
    article = frozen.marks.get().revision.article
    before = (frozen.version, shown(article))
    assert change(bank, RIGHT, cast.eda) == 1
    assert told(opened) == RIGHT
    assert told(frozen) == BANK
    frozen.refresh_from_db()
    assert frozen.reports == frozen.claimant
    assert (frozen.version, shown(article)) == before, "no approval is of anything else now"
    assert frozen.claimant is not None
    assert frozen.claimant.main == bank


def test_what_is_published_stays_and_a_correction_tells_the_difference(cast, bank):
    article, claim = cast.decided()
    Claim.objects.filter(pk=claim.pk).update(claimant=bank)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    before = Edition.objects.filter(claim=claim).latest("number").content
    change(bank, RIGHT, cast.eda)
    assert Edition.objects.filter(claim=claim).latest("number").content == before
    assert told(claim) == BANK
    claim.refresh_from_db()
    workflow.reopen(claim, actor=cast.eda, reason="It is no person.")
    claim.refresh_from_db()
    now = Claimant.objects.named(cast.desk, "World Bank")
    wording = replace(workflow.ClaimDraft.of(claim), claimant=now)
    workflow.reword(claim, wording, actor=cast.eda, reason="It is no person.")
    assert told(claim) == RIGHT
    line = Transition.objects.get(move="reword")
    assert line.detail["fields"]["claimant"] == [
        "World Bank (person)",
        "World Bank, lender of last resort (organisation)",
    ]


def test_a_new_name_leads_from_the_old_one(cast, bank):
    change(bank, RENAMED, cast.eda)
    assert Claimant.objects.named(cast.desk, "world  bank") == bank
    old = bank.other_names.get()
    assert (old.name, old.kind) == ("World Bank", "person")
    assert Claimant.objects.main_names(cast.desk, ["World Bank"]) == {
        "world bank": "The World Bank"
    }


def test_nothing_is_left_behind_where_nothing_is_frozen_and_the_name_stays(cast, bank):
    spotted(cast, bank)
    change(bank, RIGHT, cast.eda)
    assert not bank.other_names.exists()


def test_changed_back_and_forth_there_is_one_row_for_each_thing_said(cast, bank):
    first = checking(cast, bank)
    change(bank, RIGHT, cast.eda)
    change(bank, BANK, cast.eda, RIGHT)
    second = checking(cast, bank)
    change(bank, RIGHT, cast.eda)
    assert told(first) == told(second) == BANK
    assert bank.other_names.filter(**BANK.values()).count() == 1
    entry = Claimant.objects.get(pk=bank.pk)
    assert ClaimantDraft.of(entry) == RIGHT


def test_the_log_says_what_it_was_and_is(cast, bank):
    change(bank, RIGHT, cast.eda)
    change(bank, RENAMED, cast.eda, RIGHT)
    kind, name = Transition.objects.filter(move="change claimant").order_by("pk")
    assert what(kind) == "Changed what is said of the claimant “World Bank”"
    assert what(name) == ("Changed the name of the claimant “World Bank” to “The World Bank”")
    assert kind.detail["fields"]["kind"] == ["person", "organisation"]
    assert "organisation" in said(kind).lower()


def test_the_name_of_another_entry_is_refused_and_ones_own_other_name_is_not(cast, bank):
    other = Claimant.objects.create(desk=cast.desk, name="IBRD")
    with pytest.raises(workflow.Refused, match="has an entry already"):
        change(bank, replace(BANK, name="ibrd"), cast.eda)
    workflow.merge_claimants(bank, other, actor=cast.eda)
    change(bank, replace(BANK, name="IBRD"), cast.eda)
    assert str(Claimant.objects.get(pk=bank.pk)) == "IBRD"
    with pytest.raises(workflow.Refused, match="is the name of another entry now"):
        workflow.part_claimants(other, actor=cast.eda)


def test_another_name_is_not_changed_by_itself_and_no_change_is_none(cast, bank):
    other = Claimant.objects.create(desk=cast.desk, name="IBRD", same_as=bank)
    with pytest.raises(workflow.Refused, match="change that entry"):
        change(other, RENAMED, cast.eda, ClaimantDraft.of(other))
    with pytest.raises(workflow.Refused, match="Nothing is different"):
        change(bank, BANK, cast.eda)


def test_whoever_saw_another_state_is_told(cast, bank):
    change(bank, RIGHT, cast.eda)
    with pytest.raises(workflow.Stale) as caught:
        change(bank, replace(BANK, kind="outlet"), cast.eli)
    assert caught.value.current == RIGHT


def test_it_is_for_those_who_may_publish(cast, bank):
    with pytest.raises(PermissionDenied):
        change(bank, RIGHT, cast.ann)


def test_the_database_takes_one_main_entry_of_a_name(cast, bank):
    with pytest.raises(IntegrityError, match="claimant_once_per_desk"), transaction.atomic():
        Claimant.objects.create(desk=cast.desk, name="World Bank")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_of_two_changes_at_once_one_is_told_that_it_was_late(cast, _round):
    entry = Claimant.objects.create(desk=cast.desk, **BANK.values())
    ends = at_once(
        partial(change, entry, RIGHT, cast.eda), partial(change, entry, RENAMED, cast.eli)
    )
    assert ends == {"done": 1, "Stale": 1}
