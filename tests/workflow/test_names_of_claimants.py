"""Two names of one claimant: merged and parted, and what keeps the name it has."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from annotations import workflow
from annotations.models import Claim, Claimant, Transition
from annotations.vocabulary import ClaimStatus
from annotations.words.log import said, what
from tests import cast as c
from tests.workflow.racing import at_once


def claimant(desk, name: str) -> Claimant:
    return Claimant.objects.create(desk=desk, name=name)


@pytest.fixture
def john(cast) -> Claimant:
    return claimant(cast.desk, "John Smith")


@pytest.fixture
def mayor(cast) -> Claimant:
    return claimant(cast.desk, "Mayor Smith")


def mains(desk) -> dict[str, str]:
    """The main name of each name."""
    rows = Claimant.objects.filter(desk=desk).select_related("same_as")
    return {row.name: row.main.name for row in rows}


def spotted(cast, **wording) -> Claim:
    return c.mark(c.import_text(cast.desk, cast.eda), c.MARKED, cast.eda, **wording)


# --- merging ---


def test_a_name_is_naming_the_main_entry_from_then_on(cast, john, mayor):
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    assert Claimant.objects.named(cast.desk, "mayor  smith") == john
    assert spotted(cast, claimant=mayor, reports=mayor).claimant == john


def test_the_log_names_both(cast, john, mayor):
    spotted(cast, claimant=mayor)
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    line = Transition.objects.get(move="merge claimants")
    assert (line.desk, line.actor, line.claim) == (cast.desk, cast.eda, None)
    assert what(line) == "Said that “Mayor Smith” is another name of the claimant “John Smith”"
    assert said(line) == "1 claim whose wording is open names the main one now."


def test_claims_whose_wording_is_open_name_the_main_entry_with_a_line_each(cast, john, mayor):
    own = spotted(cast, claimant=mayor)
    passed_on = spotted(cast, claimant=john, reports=mayor)
    assert workflow.merge_claimants(john, mayor, actor=cast.eda) == 2
    own.refresh_from_db()
    passed_on.refresh_from_db()
    assert (own.claimant, passed_on.reports) == (john, john)
    assert (own.version, own.changed_by) == (2, cast.eda)
    line = own.transitions.get(move="word")
    assert line.detail == {"fields": {"claimant": ["Mayor Smith", "John Smith"]}}
    assert passed_on.transitions.get(move="word").detail["fields"].keys() == {"reports"}


def test_a_frozen_wording_keeps_the_name_it_has(cast, john, mayor):
    _article, claim = cast.checking()
    Claim.objects.filter(pk=claim.pk).update(claimant=mayor)
    before = Claim.objects.values().get(pk=claim.pk)
    assert workflow.merge_claimants(john, mayor, actor=cast.eda) == 0
    assert Claim.objects.values().get(pk=claim.pk) == before
    assert not claim.transitions.filter(move="word").exists()


def test_the_names_of_a_name_become_names_of_the_main_entry(cast, john, mayor):
    claimant(cast.desk, "J. Smith")
    short = Claimant.objects.get(name="J. Smith")
    workflow.merge_claimants(mayor, short, actor=cast.eda)
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    assert set(mains(cast.desk).values()) == {"John Smith"}
    assert "With its other names: “J. Smith”." in said(Transition.objects.latest("pk"))


def test_a_name_cannot_be_one_of_itself(cast, john):
    with pytest.raises(workflow.Refused, match="of itself"):
        workflow.merge_claimants(john, john, actor=cast.eda)


def test_a_name_of_another_desk_is_refused(cast, john):
    other = claimant(c.make_desk("other"), "Mayor Smith")
    with pytest.raises(workflow.Refused, match="different desks"):
        workflow.merge_claimants(john, other, actor=cast.eda)


def test_what_is_so_already_is_refused(cast, john, mayor):
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    with pytest.raises(workflow.Refused, match="is another name of “John Smith” already"):
        workflow.merge_claimants(john, mayor, actor=cast.eda)


def test_a_name_of_one_is_not_taken_away_for_another(cast, john, mayor):
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    with pytest.raises(workflow.Refused, match="Say first that it is so no longer"):
        workflow.merge_claimants(claimant(cast.desk, "Jane Smith"), mayor, actor=cast.eda)
    assert mains(cast.desk)["Mayor Smith"] == "John Smith"


def test_what_is_a_name_itself_has_no_names(cast, john, mayor):
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    with pytest.raises(workflow.Refused, match="choose “John Smith” instead"):
        workflow.merge_claimants(mayor, claimant(cast.desk, "J. Smith"), actor=cast.eda)
    assert mains(cast.desk)["J. Smith"] == "J. Smith"


def test_who_may_only_mark_may_not_merge(cast, john, mayor):
    """Readers see the names grouped at once."""
    cast.desk.checkers_mark = True
    cast.desk.save(update_fields=["checkers_mark"])
    with pytest.raises(PermissionDenied):
        workflow.merge_claimants(john, mayor, actor=cast.ann)


def test_caches_are_told_what_groups_by_name(
    cast, john, mayor, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), caplog.at_level("INFO"):
        workflow.merge_claimants(john, mayor, actor=cast.eda)
    (told,) = [line for line in caplog.messages if line.startswith("Purge")]
    assert told == "Purge /search/ /claimants/desk/ /feeds/desk/claimant.atom"


# --- parting ---


def test_a_name_stands_for_itself_again_and_claims_stay_where_they_went(cast, john, mayor):
    claim = spotted(cast, claimant=mayor)
    workflow.merge_claimants(john, mayor, actor=cast.eda)
    mayor.refresh_from_db()
    workflow.part_claimants(mayor, actor=cast.eda)
    claim.refresh_from_db()
    assert mains(cast.desk)["Mayor Smith"] == "Mayor Smith"
    assert claim.claimant == john
    assert Claimant.objects.named(cast.desk, "Mayor Smith") == mayor
    line = Transition.objects.latest("pk")
    assert what(line) == "Said that “Mayor Smith” is not another name of the claimant “John Smith”"


def test_who_stands_for_themselves_is_not_parted_from_anybody(cast, john):
    with pytest.raises(workflow.Refused, match="stands for itself already"):
        workflow.part_claimants(john, actor=cast.eda)
    assert not Transition.objects.filter(move="part claimants").exists()


# --- two at once ---


def in_a_thread(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock that this one holds."""
    waiting = "select exists (select from pg_locks where not granted)"
    for _each in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_two_who_merge_both_ways_at_once_one_is_refused_and_there_is_no_ring(cast, _round):
    john, mayor = (claimant(cast.desk, name) for name in ("John Smith", "Mayor Smith"))
    ends = at_once(
        partial(workflow.merge_claimants, john, mayor, actor=cast.eda),
        partial(workflow.merge_claimants, mayor, john, actor=cast.eli),
    )
    assert ends == {"done": 1, "Refused": 1}
    assert Claimant.objects.filter(same_as__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_a_chain_that_is_made_at_once_nothing_points_at_a_name(cast, _round):
    one, two, three = (claimant(cast.desk, name) for name in ("One", "Two", "Three"))
    at_once(
        partial(workflow.merge_claimants, one, two, actor=cast.eda),
        partial(workflow.merge_claimants, two, three, actor=cast.eli),
    )
    assert not Claimant.objects.filter(same_as__same_as__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_is_opened_while_a_merge_waits_for_it_keeps_its_name(cast):
    john, mayor = (claimant(cast.desk, name) for name in ("John Smith", "Mayor Smith"))
    claim = spotted(cast, claimant=mayor)
    merging = Thread(
        target=in_a_thread, args=[partial(workflow.merge_claimants, john, mayor, actor=cast.eda)]
    )
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.CHECKING)
        merging.start()
        wait_until_somebody_waits()
    merging.join()
    claim.refresh_from_db()
    assert (claim.claimant, claim.version) == (mayor, 1)
    assert mains(cast.desk)["Mayor Smith"] == "John Smith"
