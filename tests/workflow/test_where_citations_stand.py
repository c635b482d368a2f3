"""A desk may ask where in its source each citation stands: a locator, or words found in a copy."""

from __future__ import annotations

import pytest
from django.db import connection

from annotations import saved, workflow
from annotations.models import Citation, Claim, Desk, Transition
from annotations.vocabulary import Demand
from annotations.workflow import locating
from annotations.workflow.verdicts import as_draft
from tests import cast as c
from tests.formats.files import column, pdf

PAGE = b"<!doctype html><p>The ferry returns in spring, the mayor says.</p>"
WORDS = "The ferry returns in spring"
URL = "https://news.example/ferry"


@pytest.fixture(autouse=True)
def rule(cast) -> None:
    Desk.objects.update(demand_locator=Demand.BLOCK)


def cited(claim: Claim, person, **what) -> Citation:
    """The only citation of a whole annotation that is not handed in yet."""
    check = c.check_of(claim, person)
    workflow.start(check, actor=person)
    answer = workflow.Answer(c.rating(claim, "false"), "Not so", "Because", "high")
    workflow.save_annotation(check, answer, person=person, based_on=0)
    source = workflow.SourceDraft("The ferry", url=URL)
    row: Citation = workflow.save_citation(
        check, source, person=person, **({"stance": "supports"} | what)
    )
    return row


def submit(claim: Claim, person) -> None:
    workflow.submit(c.check_of(claim, person), actor=person)


@pytest.fixture
def claim(cast) -> Claim:
    _article, claim = cast.checking()
    found: Claim = claim
    return found


def keep(row: Citation, data: bytes, kind: str = "text/html") -> None:
    person = row.source.added_by
    workflow.keep_copy(row.source, data, person=person, name="a", media_type=kind)


def test_a_locator_is_enough(cast, claim):
    cited(claim, cast.ann, locator="page 3")
    submit(claim, cast.ann)


@pytest.mark.parametrize("passage", ["", WORDS])
def test_neither_a_locator_nor_words_in_a_copy_is_said_before_it_is_handed_in(cast, claim, passage):
    cited(claim, cast.ann, passage=passage, locator="  ")
    with pytest.raises(workflow.Refused, match=r"The ferry.*give its page"):
        submit(claim, cast.ann)


def test_words_that_were_found_in_a_copy_of_a_page_are_their_place(cast, claim):
    row = cited(claim, cast.ann, passage=WORDS)
    keep(row, PAGE)
    submit(claim, cast.ann)
    row.refresh_from_db()
    assert row.is_found


@pytest.mark.parametrize(
    ("data", "kind", "passage"),
    [
        (PAGE, "text/html", "The ferry returns in summer, the mayor says."),  # only like them
        (PAGE, "text/html", ""),
        (pdf([column([WORDS])]), "application/pdf", WORDS),  # it has pages: which?
        (b"year,ferries\nThe ferry returns in spring\n", "text/csv", WORDS),
        (b"\x89PNG\0", "image/png", WORDS),
    ],
)
def test_what_is_no_place(cast, claim, data, kind, passage):
    row = cited(claim, cast.ann, passage=passage)
    keep(row, data, kind)
    with pytest.raises(workflow.Refused):
        submit(claim, cast.ann)
    row.refresh_from_db()
    assert not row.is_found


def test_a_copy_that_only_somebody_elses_hidden_citation_has_is_none(cast, claim):
    keep(cited(claim, cast.ben, passage=WORDS), PAGE)
    cited(claim, cast.ann, passage=WORDS)
    with pytest.raises(workflow.Refused, match="give its page"):
        submit(claim, cast.ann)


def test_of_a_confidential_source_no_page_is_asked(cast, claim):
    row = cited(claim, cast.ann, locator="p. 1")
    check = c.check_of(claim, cast.ann)
    workflow.remove_citation(check, row, person=cast.ann)
    source = workflow.SourceDraft("An official", is_confidential=True)
    workflow.save_citation(check, source, person=cast.ann, stance="context")
    submit(claim, cast.ann)


def test_a_desk_that_only_warns_lets_it_be_handed_in_and_decided(cast, claim):
    Desk.objects.update(demand_locator=Demand.WARN)
    for person in (cast.ann, cast.ben):
        cited(claim, person)
        submit(claim, person)
    article = claim.marks.get().revision.article
    workflow.adopt_agreed(article, actor=cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    line = Transition.objects.get(move="publish", claim=None)
    assert {lack["demand"] for lack in line.detail["lacks"]} == {"demand_locator"}


def test_a_decision_is_stopped_where_it_is_made_and_what_was_found_stays_with_it(cast, claim):
    Desk.objects.update(demand_locator=Demand.OFF)
    row = cited(claim, cast.ann, passage=WORDS)
    submit(claim, cast.ann)
    cited(claim, cast.ben, locator="p. 1")
    submit(claim, cast.ben)
    Desk.objects.update(demand_locator=Demand.BLOCK)
    article = claim.marks.get().revision.article
    with pytest.raises(workflow.Refused, match="It is not said where"):
        workflow.adopt_agreed(article, actor=cast.eda, whose=cast.ann.pk)
    with pytest.raises(workflow.Refused, match="It is not said where"):
        c.decide(claim, cast.eda, citations=[workflow.CitationDraft.of(row)])
    keep(row, PAGE)
    workflow.adopt_agreed(article, actor=cast.eda, whose=cast.ann.pk)
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    assert [each.is_found for each in verdict.citations.all()] == [True]
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)


@pytest.mark.django_db(transaction=True)
def test_copies_are_read_before_anything_is_held(cast, claim, monkeypatch):
    """A web archive may take a minute: nobody waits for the claim meanwhile."""
    read = []

    def words_of(copy):
        read.append(connection.in_atomic_block)
        return saved.words_of(copy)

    monkeypatch.setattr(locating, "words_of", words_of)
    for person, asks in ((cast.ann, Demand.BLOCK), (cast.ben, Demand.OFF)):
        keep(cited(claim, person, passage=WORDS), PAGE)
        Desk.objects.update(demand_locator=asks)
        submit(Claim.objects.get(pk=claim.pk), person)
    Desk.objects.update(demand_locator=Demand.BLOCK)
    article = claim.marks.get().revision.article
    workflow.adopt_agreed(article, actor=cast.eda, whose=cast.ben.pk)
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    annotation = claim.assignments.get(person=cast.ben, task="check").annotation
    workflow.decide(Claim.objects.get(pk=claim.pk), as_draft(annotation), actor=cast.eda)
    assert read == [False, False, False]
