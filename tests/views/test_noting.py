"""What is still to be confirmed of a source: one's own until it is disclosed, then the desk's."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import demands, workflow
from annotations.models import Citation, Claim, Desk, Sighting, Source, SourceNote, User
from annotations.queries.access import article_of
from tests import cast as c

NEEDS = "Needs a primary source."


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def source(cast) -> Source:
    """Cited by ann while the claim is checked."""
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "false"), "Not so.", "Because.", "high")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    draft = workflow.SourceDraft("The ferry", url="https://news.example/ferry")
    return workflow.save_citation(check, draft, person=cast.ann, stance="supports").source


def noted(source: Source, person: User, body: str = NEEDS) -> SourceNote:
    own = person.assignments.get(claim=Claim.objects.get()).annotation
    return workflow.add_note(own, source, body, person=person)


def page(person: User, source: Source) -> str:
    answer = client_of(person).get(reverse("source", args=[source.uuid]))
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def post(person: User, source: Source, **data: str) -> Any:
    own = source.citations.exclude(annotation=None).get().annotation
    assert own is not None
    given = {"annotation": str(own.uuid), "body": NEEDS, "key": str(uuid.uuid4())} | data
    return client_of(person).post(reverse("add_note", args=[source.uuid]), given)


def test_a_note_is_made_on_the_page_of_the_source_once(cast, source):
    assert "What is still to be confirmed" in page(cast.ann, source)
    key = str(uuid.uuid4())
    for _time in range(2):
        assert post(cast.ann, source, key=key).status_code == 302
    note = SourceNote.objects.get()
    assert (note.body, note.source) == (NEEDS, source)
    assert NEEDS in page(cast.ann, source)
    url = reverse("settle_note", args=[source.uuid, note.uuid])
    for _time in range(2):
        assert client_of(cast.ann).post(url).status_code == 302
    assert NEEDS not in page(cast.ann, source)
    note.refresh_from_db()
    assert note.settled_by == cast.ann


@pytest.mark.parametrize("body", ["", "x" * 1001, "a\0b"])
def test_what_is_refused_comes_back_as_it_was_typed(cast, source, body):
    answer = post(cast.ann, source, body=body)
    assert answer.status_code == 422
    assert body.replace("\0", "\0") in answer.content.decode()
    assert not SourceNote.objects.exists()


def test_before_disclosure_it_is_its_authors_alone(cast, source):
    note = noted(source, cast.ann)
    theirs = workflow.save_citation(
        c.check_of(Claim.objects.get(), cast.ben),
        workflow.SourceDraft("The ferry", url="https://news.example/ferry"),
        person=cast.ben,
        stance="supports",
    ).source
    for person in (cast.ben, cast.eda, cast.eli, cast.mia, cast.stranger):
        assert not SourceNote.objects.visible_to(person).exists(), person
        assert NEEDS not in page(person, source)
        assert NEEDS not in page(person, theirs)
        url = reverse("settle_note", args=[source.uuid, note.uuid])
        assert client_of(person).post(url).status_code == 404
        with pytest.raises(PermissionDenied):
            workflow.settle_note(note, person=person)
    assert post(cast.eda, source).status_code == 404


def test_after_disclosure_the_desk_sees_it_and_the_look_is_noted(cast, source):
    claim = Claim.objects.get()
    noted(source, cast.ann)
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    assert NEEDS not in page(cast.ben, source)
    c.annotate(claim, cast.ben)
    assert NEEDS in page(cast.ben, source)
    assert Sighting.objects.filter(person=cast.ben, claim=claim).exists()


def test_whoever_checks_it_again_blind_is_told_nothing(cast, source):
    claim = Claim.objects.get()
    noted(source, cast.ann)
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    c.annotate(claim, cast.ben)
    workflow.ask_again(claim, cast.mia, actor=cast.eda, reason="One more.")
    assert not SourceNote.objects.visible_to(cast.mia).exists()
    assert NEEDS not in page(cast.mia, source)


@pytest.mark.parametrize("level", ["off", "warn", "block"])
def test_as_the_desk_says_it_stops_its_author_from_handing_in(cast, source, level):
    is_refused = level == "block"
    Desk.objects.update(demand_confirmed=level)
    claim = Claim.objects.get()
    note, check = noted(source, cast.ann), c.check_of(claim, cast.ann)
    shown = client_of(cast.ann).get(reverse("submit", args=[article_of(claim).pk]))
    assert NEEDS in shown.content.decode()
    assert ("What you noted is still to be confirmed" in shown.content.decode()) == is_refused
    if is_refused:
        with pytest.raises(workflow.Refused, match="is still to be confirmed"):
            workflow.submit(check, actor=cast.ann)
        workflow.settle_note(note, person=cast.ann)
    workflow.submit(check, actor=cast.ann)


def test_a_note_of_one_stops_nobody_else_before_it_is_disclosed(cast, source):
    noted(source, cast.ann)
    Desk.objects.update(demand_confirmed="block")
    c.annotate(Claim.objects.get(), cast.ben)


def test_publishing_waits_until_it_is_confirmed_by_whoever_may_say_so(cast, source):
    claim = Claim.objects.get()
    note = noted(source, cast.ann)
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    c.annotate(claim, cast.ben)
    Desk.objects.update(demand_confirmed="block")
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    article = article_of(claim)
    with pytest.raises(workflow.Refused, match="is still to be confirmed"):
        workflow.publish(article, actor=cast.eli)
    with pytest.raises(PermissionDenied):
        workflow.settle_note(note, person=cast.ben)
    workflow.settle_note(note, person=cast.eli)
    workflow.publish(article, actor=cast.eli)


@pytest.mark.parametrize("also_published", [False, True])
def test_a_note_on_what_is_no_longer_cited_stops_nobody(cast, source, also_published):
    """Neither its author from handing in, nor the desk from publishing."""
    claim = Claim.objects.get()
    noted(source, cast.ann)
    check = c.check_of(claim, cast.ann)
    Desk.objects.update(demand_confirmed="block")
    submit = reverse("submit", args=[article_of(claim).pk])
    assert "still to be confirmed" in client_of(cast.ann).get(submit).content.decode()
    cited = Citation.objects.get(annotation=check.annotation)
    workflow.remove_citation(check, cited, person=cast.ann)
    assert "still to be confirmed" not in client_of(cast.ann).get(submit).content.decode()
    workflow.submit(check, actor=cast.ann)
    if also_published:
        c.annotate(claim, cast.ben)
        c.decide(claim, cast.eda)
        workflow.approve(claim, actor=cast.eli)
        workflow.publish(article_of(claim), actor=cast.eli)


def test_what_was_never_handed_in_is_in_nobodys_way(cast, source):
    """Nor does it tell that there was a draft."""
    claim = Claim.objects.get()
    noted(source, cast.ann)
    workflow.decline(c.check_of(claim, cast.ann), actor=cast.ann, reason="Away.")
    Desk.objects.update(demand_confirmed="block")
    Claim.objects.update(status="approved")
    found = demands.unmet_demands(article_of(claim))
    assert [each.demand for each in found if each.demand == "demand_confirmed"] == []


def test_only_ones_own_annotation_and_what_it_cites_is_noted(cast, source):
    own = c.check_of(Claim.objects.get(), cast.ann).annotation
    other = Source.objects.create(desk=cast.desk, title="Other", added_by=cast.ann)
    with pytest.raises(workflow.Refused, match="does not cite it"):
        workflow.add_note(own, other, NEEDS, person=cast.ann)
    with pytest.raises(PermissionDenied):
        workflow.add_note(own, source, NEEDS, person=cast.eda)


def test_a_note_is_settled_and_no_other(cast, source):
    first, second = (noted(source, cast.ann, body) for body in ("Ask them.", "Ask others."))
    workflow.settle_note(first, person=cast.ann)
    assert list(SourceNote.objects.open()) == [second]
